package exchange

import (
	"bytes"
	"encoding/json"
	"errors"
	"fmt"
	"maps"
	"reflect"
	"regexp"
	"slices"
	"strings"
	"time"
)

// element is one member of a list in a JSON file and knows where its parts stand. It looks for them when somebody asks: where something is wrong.
type element struct {
	list         string
	raw          json.RawMessage
	line, column int // of its beginning
	skus         []string
	found        map[string]int // offsets by path: "variants.0.price"
}

// at returns where a member stands: by its path, or by the name of the column that would have it in a CSV file. Where there is none it is the next above it.
func (e *element) at(field, sku string) (line, column int) {
	if e.found == nil {
		e.found = map[string]int{}
		e.look(json.NewDecoder(bytes.NewReader(e.raw)), "")
	}
	path := pathOf(field, max(slices.Index(e.skus, sku), 0))
	if e.list == "categories" && path == "category" || e.list == "brands" && path == "brand" {
		path = "slug"
	}
	for {
		if offset, ok := e.found[path]; ok || path == "" {
			return e.place(offset)
		}
		path = path[:max(strings.LastIndexByte(path, '.'), 0)]
	}
}

// place returns line and column of an offset, both of the file.
func (e *element) place(offset int) (line, column int) {
	before := e.raw[:min(offset, len(e.raw))]
	n := bytes.Count(before, []byte("\n"))
	if n == 0 {
		return e.line, e.column + len(before)
	}
	return e.line + n, len(before) - bytes.LastIndexByte(before, '\n')
}

// look finds out where everything in the next value stands: members where their names do, others where they begin themselves.
func (e *element) look(d *json.Decoder, path string) {
	if _, ok := e.found[path]; !ok {
		e.found[path] = e.next(d)
	}
	t, err := d.Token()
	if err != nil {
		return
	}
	under := strings.TrimPrefix(path+".", ".")
	switch t {
	case json.Delim('{'):
		for d.More() {
			at := e.next(d)
			name, err := d.Token()
			if err != nil {
				return
			}
			e.found[under+fmt.Sprint(name)] = at
			e.look(d, under+fmt.Sprint(name))
		}
	case json.Delim('['):
		for i := 0; d.More(); i++ {
			e.look(d, under+fmt.Sprint(i))
		}
	default:
		return
	}
	if _, err := d.Token(); err != nil {
		return
	}
}

// next returns where the next token begins.
func (e *element) next(d *json.Decoder) int {
	at := int(d.InputOffset())
	for at < len(e.raw) && strings.IndexByte(" \t\r\n,:", e.raw[at]) >= 0 {
		at++
	}
	return at
}

// pathOf returns the path of what a CSV file has in that column; n is the variant's place.
func pathOf(field string, n int) string {
	variant := fmt.Sprintf("variants.%d", n)
	switch field {
	case "color":
		return variant + ".color.code"
	case "color_ko", "color_en":
		return variant + ".color.name." + strings.TrimPrefix(field, "color_")
	case "color_hex":
		return variant + ".color.hex"
	case "sku", "size", "price", "list_price", "stock":
		return variant + "." + field
	case "sale_price", "sale_from", "sale_until":
		return variant + ".sale." + strings.TrimPrefix(field, "sale_")
	case "measures":
		return "measures_cm"
	}
	if rest, ok := strings.CutPrefix(field, "fact_"); ok {
		field = "facts." + rest
	}
	for _, l := range []string{"ko", "en"} {
		if rest, ok := strings.CutSuffix(field, "_"+l); ok {
			return rest + "." + l
		}
	}
	return field
}

var unknownField = regexp.MustCompile(`unknown field "(.*)"`)

// misread says in the shop's words, and with its place, why an element could not be read.
func (e *element) misread(err error) Fault {
	e.at("", "")
	var kind *json.UnmarshalTypeError
	var moment *time.ParseError
	if errors.As(err, &kind) {
		path := e.behind(int(kind.Offset))
		return e.fault(path, fmt.Sprintf("%s stands where %s belongs", strings.Replace(kind.Value, "string", "text", 1), wanted(kind.Type)))
	}
	if errors.As(err, &moment) {
		return e.fault(e.behind(bytes.Index(e.raw, []byte(strings.Trim(moment.Value, `"`)))), "is no moment; write 2026-11-27T00:00:00+09:00")
	}
	if m := unknownField.FindStringSubmatch(err.Error()); m != nil {
		for _, path := range slices.Sorted(maps.Keys(e.found)) {
			if path == m[1] || strings.HasSuffix(path, "."+m[1]) {
				return e.fault(path, "there is no such member")
			}
		}
	}
	return e.fault("", "cannot be read as what it should be")
}

func (e *element) fault(path, text string) Fault {
	line, column := e.place(e.found[path])
	return Fault{line, column, path, text}
}

// behind returns the path of the innermost value that begins before an offset.
func (e *element) behind(offset int) string {
	best, at := "", -1
	for path, begins := range e.found {
		if begins <= offset && (begins > at || begins == at && len(path) > len(best)) {
			best, at = path, begins
		}
	}
	return best
}

// wanted names what a Go type takes.
func wanted(t reflect.Type) string {
	switch t.Kind() {
	case reflect.String:
		return "text"
	case reflect.Int, reflect.Int64:
		return "a whole number"
	case reflect.Float64:
		return "a number"
	case reflect.Slice:
		return "a list"
	}
	return "an object"
}
