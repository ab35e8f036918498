package cache

import (
	"fmt"
	"hash/fnv"
	"reflect"
	"strings"
)

// shape digests how values of a type are written as JSON: names and types of their members, all the way down. It is the same in every process.
func shape[V any]() string {
	h := fnv.New32a()
	h.Write([]byte(spell(reflect.TypeFor[V](), nil)))
	return fmt.Sprintf("%08x", h.Sum32())
}

// spell writes a type out. Types that it is within are named only, so that it ends.
func spell(t reflect.Type, within []reflect.Type) string {
	for _, w := range within {
		if w == t {
			return t.String()
		}
	}
	within = append(within, t)
	switch t.Kind() {
	case reflect.Pointer, reflect.Slice:
		return t.Kind().String() + " " + spell(t.Elem(), within)
	case reflect.Array:
		return fmt.Sprintf("[%d]%s", t.Len(), spell(t.Elem(), within))
	case reflect.Map:
		return "map " + spell(t.Key(), within) + " " + spell(t.Elem(), within)
	case reflect.Struct:
		var b strings.Builder
		for i := range t.NumField() {
			f := t.Field(i)
			fmt.Fprintf(&b, "%s %q %s;", f.Name, f.Tag, spell(f.Type, within))
		}
		return t.String() + "{" + b.String() + "}"
	}
	return t.String()
}
