package exchange

import (
	"encoding/csv"
	"errors"
	"fmt"
	"io"
	"slices"
	"strings"
	"unicode/utf8"

	"myclothes/internal/catalog"
	"myclothes/internal/lang"
)

// maxRecord bounds one record of a CSV file, so that a quote that nobody closed does not pull the whole file into memory.
const maxRecord = 1 << 20

// errRecord is a record that is too large to be one.
var errRecord = errors.New("a record of more than 1 MB: is a quote left open?")

// leash lets no more than maxRecord bytes, and what its reader buffers, be read for one record.
type leash struct {
	r    io.Reader
	left int
}

func (l *leash) Read(p []byte) (int, error) {
	if l.left <= 0 {
		return 0, errRecord
	}
	n, err := l.r.Read(p)
	l.left -= n
	return n, err
}

// csvReader reads records with the columns of their header.
type csvReader struct {
	*csv.Reader
	leash  *leash
	header []string
	last   int // the line on which the record before ended
}

func newCSV(r io.Reader) *csvReader {
	l := &leash{r: r, left: maxRecord}
	c := csv.NewReader(l)
	c.FieldsPerRecord = -1
	return &csvReader{Reader: c, leash: l}
}

// next returns the next record that is not empty.
func (c *csvReader) next() ([]string, error) {
	for {
		c.leash.left = maxRecord
		record, err := c.Read()
		if err == nil {
			end, _ := c.FieldPos(len(record) - 1)
			c.last = end + strings.Count(record[len(record)-1], "\n")
		}
		if err != nil || slices.ContainsFunc(record, func(s string) bool { return strings.TrimSpace(s) != "" }) {
			return record, err
		}
	}
}

// faultOf tells a fault of the file from one of reading it.
func (c *csvReader) faultOf(err error) (Fault, bool) {
	var p *csv.ParseError
	switch {
	case errors.Is(err, errRecord):
		return Fault{Line: c.last + 1, Text: errRecord.Error()}, true
	case errors.As(err, &p) && (errors.Is(err, csv.ErrQuote) || errors.Is(err, csv.ErrBareQuote)):
		return Fault{Line: p.Line, Text: fmt.Sprintf("a quote stands where none may, at byte %d: a field with quotes is quoted, and a quote in it is written twice", p.Column)}, true
	}
	return Fault{}, false
}

// table reads a CSV file whose header says what it holds.
type table struct{}

func (table) items(r io.Reader, bad func(Fault), yield func(item) error) error {
	c := newCSV(r)
	header, err := c.next()
	if f, ok := c.faultOf(err); ok {
		bad(f)
		return nil
	}
	if err == io.EOF {
		bad(Fault{Line: 1, Text: "the file is empty"})
		return nil
	}
	if err != nil {
		return err
	}
	for _, h := range header {
		c.header = append(c.header, strings.ToLower(strings.TrimSpace(h)))
	}
	switch kindOf(c.header) {
	case Products:
		return productRows(c, bad, yield)
	case Categories:
		return simpleRows(c, categoryColumns, bad, func(s *shelf, silent map[string]bool, at place) error {
			s.Sizes = strings.ReplaceAll(s.Sizes, "|", " ")
			return yield(item{category: &s.Category, silent: silent, rows: 1, at: at.of})
		})
	case Brands:
		return simpleRows(c, brandColumns, bad, func(s *shelf, silent map[string]bool, at place) error {
			return yield(item{brand: &s.Brand, silent: silent, rows: 1, at: at.of})
		})
	}
	bad(Fault{Line: c.last, Text: unknownHeader(c.header)})
	return nil
}

// headers are the columns of each kind of file, and which of them must be there.
var headers = []struct {
	kind    string
	columns map[string]bool
}{{Products, byName(columns, func(c column) (string, bool) { return c.name, c.needed })},
	{Categories, byName(categoryColumns, func(c simpleColumn) (string, bool) { return c.name, c.needed })},
	{Brands, byName(brandColumns, func(c simpleColumn) (string, bool) { return c.name, c.needed })}}

func byName[C any](all []C, of func(C) (string, bool)) map[string]bool {
	out := map[string]bool{}
	for _, c := range all {
		name, needed := of(c)
		out[name] = needed
	}
	return out
}

// kindOf returns what a file with that header holds: that of which it has the most columns and, of two, lacks the fewest. It is empty if it has none of any.
func kindOf(header []string) string {
	kind, most, least := "", 0, 0
	for _, k := range headers {
		has, lacks := 0, 0
		for name, needed := range k.columns {
			switch there := slices.Contains(header, name); {
			case there:
				has++
			case needed:
				lacks++
			}
		}
		if has > most || has == most && has > 0 && lacks < least {
			kind, most, least = k.kind, has, lacks
		}
	}
	return kind
}

// unknownHeader says why a first line names no columns.
func unknownHeader(header []string) string {
	for delimiter, name := range map[string]string{";": "semicolons", "\t": "tabs"} {
		if kind := kindOf(strings.Split(strings.Join(header, ","), delimiter)); kind != "" {
			return "the fields are parted by " + name + "; save the file with commas between them"
		}
	}
	return fmt.Sprintf("there is no such column: %q; a product file has product, sku, price …, a category file category, parent, name_ko, a brand file brand, name_ko",
		clip(strings.Join(header, ",")))
}

// place knows where each field of one record stands.
type place struct {
	line    int
	columns map[string][2]int
}

// of returns where a field of that name stands; the record's line where there is none.
func (p place) of(field, _ string) (line, column int) {
	if at, ok := p.columns[field]; ok {
		return at[0], at[1]
	}
	return p.line, 0
}

// place returns where the fields of the record that was just read stand.
func (c *csvReader) place(fields int) place {
	p := place{columns: map[string][2]int{}}
	p.line, _ = c.FieldPos(0)
	for i := range min(fields, len(c.header)) {
		line, _ := c.FieldPos(i)
		p.columns[c.header[i]] = [2]int{line, i + 1}
	}
	return p
}

// readersOf returns, for each field of a record, the column that reads it, and says what is wrong with the header.
func readersOf[C any](c *csvReader, all []C, name func(C) string, need func(C) bool, bad func(Fault)) []*C {
	byName := map[string]*C{}
	for i := range all {
		byName[name(all[i])] = &all[i]
	}
	out := make([]*C, len(c.header))
	seen := map[string]bool{}
	for i, h := range c.header {
		switch {
		case seen[h]:
			bad(Fault{1, i + 1, h, "the column is there twice"})
		case byName[h] == nil:
			bad(Fault{1, i + 1, h, "there is no such column"})
		}
		seen[h], out[i] = true, byName[h]
	}
	for _, x := range all {
		if need(x) && !seen[name(x)] {
			bad(Fault{Line: 1, Field: name(x), Text: "the column is missing"})
		}
	}
	return out
}

// records reads every record and hands it on with its place; faults of the file's form go to bad and end it.
func (c *csvReader) records(bad func(Fault), each func(record []string, at place) error) error {
	for {
		record, err := c.next()
		if err == io.EOF {
			return nil
		}
		if f, ok := c.faultOf(err); ok {
			bad(f)
			return nil
		}
		if err != nil {
			return err
		}
		at := c.place(len(record))
		if len(record) != len(c.header) {
			bad(Fault{Line: at.line, Text: fmt.Sprintf("%d fields where the header has %d", len(record), len(c.header))})
			continue
		}
		for i, s := range record {
			if !utf8.ValidString(s) {
				line, column := at.of(c.header[i], "")
				bad(Fault{line, column, c.header[i], "holds bytes that are not UTF-8, as the rest of the file is"})
			}
			record[i] = unguarded(strings.TrimSpace(s))
		}
		if err := each(record, at); err != nil {
			return err
		}
	}
}

// silent returns the columns that a header does not have.
func silent[C any](header []string, all []C, name func(C) string) map[string]bool {
	out := map[string]bool{}
	for _, x := range all {
		out[name(x)] = !slices.Contains(header, name(x))
	}
	return out
}

func productRows(c *csvReader, bad func(Fault), yield func(item) error) error {
	readers := readersOf(c, columns, func(c column) string { return c.name }, func(c column) bool { return c.needed }, bad)
	g := &group{seen: map[string]int{}, silent: silent(c.header, columns, func(c column) string { return c.name }), bad: bad, yield: yield}
	err := c.records(bad, func(record []string, at place) error {
		r := &row{}
		var values [][2]string
		for i, s := range record {
			s = catalog.Neat(s)
			if readers[i] == nil || s == "" {
				continue
			}
			if err := readers[i].read(r, s); err != nil {
				line, column := at.of(readers[i].name, "")
				bad(Fault{line, column, readers[i].name, err.Error()})
			}
			if readers[i].shared {
				values = append(values, [2]string{readers[i].name, s})
			}
		}
		return g.add(r, at, values)
	})
	if err != nil {
		return err
	}
	return g.flush()
}

// shelf is a row of a category or brand file.
type shelf struct {
	catalog.Category
	Brand catalog.Brand
}

type simpleColumn struct {
	name   string
	needed bool
	of     func(*shelf) *string
}

var categoryColumns = []simpleColumn{
	{"category", true, func(s *shelf) *string { return &s.Slug }},
	{"parent", true, func(s *shelf) *string { return &s.Parent }},
	{"name_ko", true, func(s *shelf) *string { return &s.Name.KO }},
	{"name_en", false, func(s *shelf) *string { return &s.Name.EN }},
	{"notice", false, func(s *shelf) *string { return (*string)(&s.Notice) }},
	{"plan", false, func(s *shelf) *string { return (*string)(&s.Plan) }},
	{"sizes", false, func(s *shelf) *string { return &s.Sizes }},
}

var brandColumns = []simpleColumn{
	{"brand", true, func(s *shelf) *string { return &s.Brand.Slug }},
	{"name_ko", true, func(s *shelf) *string { return &s.Brand.Name.KO }},
	{"name_en", false, func(s *shelf) *string { return &s.Brand.Name.EN }},
	{"story_ko", false, func(s *shelf) *string { return &s.Brand.Story.KO }},
	{"story_en", false, func(s *shelf) *string { return &s.Brand.Story.EN }},
}

func simpleRows(c *csvReader, all []simpleColumn, bad func(Fault), each func(*shelf, map[string]bool, place) error) error {
	name := func(c simpleColumn) string { return c.name }
	readers := readersOf(c, all, name, func(c simpleColumn) bool { return c.needed }, bad)
	unsaid := silent(c.header, all, name)
	return c.records(bad, func(record []string, at place) error {
		s := &shelf{}
		for i, text := range record {
			if readers[i] != nil {
				*readers[i].of(s) = catalog.Neat(text)
			}
		}
		return each(s, unsaid, at)
	})
}

// alt is what is said of a picture where its file says nothing.
func alt(p *catalog.Product, color lang.Text) lang.Text {
	out := p.Name
	if color.KO != "" {
		out.KO += " " + color.KO
	}
	if out.EN != "" && color.EN != "" {
		out.EN += " " + color.EN
	}
	return out
}
