package api

import (
	"os"
	"reflect"
	"regexp"
	"slices"
	"strings"
	"testing"

	"go.yaml.in/yaml/v4"

	"myclothes/internal/fault"
)

type document struct {
	Paths      map[string]map[string]any
	Components struct {
		Schemas map[string]schema
	}
}

type schema struct {
	Properties map[string]map[string]any
	Required   []string
	Enum       []string
}

func read(t *testing.T) document {
	t.Helper()
	var d document
	if err := yaml.Unmarshal(openAPI, &d); err != nil {
		t.Fatal(err)
	}
	return d
}

func TestEveryRouteIsDescribed(t *testing.T) {
	described := map[string]bool{}
	for path, item := range read(t).Paths {
		for method := range item {
			described[strings.ToUpper(method)+" /api/v1"+path] = true
		}
	}
	for _, r := range new(API).Surface().Routes {
		if !strings.Contains(r.Pattern, "/api/v1") {
			continue
		}
		if !described[r.Pattern] {
			t.Errorf("%s is served and not described", r.Pattern)
		}
		delete(described, r.Pattern)
	}
	for d := range described {
		t.Errorf("%s is described and not served", d)
	}
}

func TestEverySchemaIsTheCode(t *testing.T) {
	schemas := read(t).Components.Schemas
	for name, v := range map[string]any{
		"Name": nameJSON{}, "Options": optionsJSON{}, "Card": cardJSON{}, "Products": pageJSON{}, "Variant": variantJSON{}, "Product": productJSON{},
		"Category": categoryJSON{}, "CartLine": cartLineJSON{}, "Cart": cartJSON{}, "Contact": contactJSON{}, "Delivery": deliveryJSON{}, "Place": placeJSON{},
		"Payment": paymentJSON{}, "Placed": placedJSON{}, "OrderLine": orderLineJSON{}, "Totals": totalsJSON{}, "Event": eventJSON{}, "Order": orderJSON{},
		"SignUp": signUpJSON{}, "SignIn": signInJSON{}, "Account": accountJSON{}, "Brief": briefJSON{}, "Business": businessJSON{}, "QuickOrder": quickOrderJSON{},
	} {
		var described []string
		for p := range schemas[name].Properties {
			described = append(described, p)
		}
		slices.Sort(described)
		if coded := members(reflect.TypeOf(v)); !slices.Equal(described, coded) {
			t.Errorf("%s: described %v, coded %v", name, described, coded)
		}
		for _, r := range schemas[name].Required {
			if !slices.Contains(described, r) {
				t.Errorf("%s requires %s, which it does not have", name, r)
			}
		}
	}
}

func members(t reflect.Type) []string {
	var out []string
	for i := range t.NumField() {
		f := t.Field(i)
		if f.Anonymous {
			out = append(out, members(f.Type)...)
			continue
		}
		name, _, _ := strings.Cut(f.Tag.Get("json"), ",")
		out = append(out, name)
	}
	slices.Sort(out)
	return out
}

func TestEnumsAreTheCode(t *testing.T) {
	d := read(t)
	var codes []string
	for _, f := range fault.All {
		codes = append(codes, string(f.Code))
	}
	for what, lists := range map[string][2][]string{
		"codes":           {codes, enum(d.Components.Schemas["Problem"].Properties["code"])},
		"statuses":        {constants(t, "../order/status.go", "Status"), d.Components.Schemas["Status"].Enum},
		"reasons":         {constants(t, "../order/status.go", "Reason"), enum(d.Components.Schemas["Event"].Properties["reason"])},
		"payment states":  {constants(t, "../payment/payment.go", "State"), enum(d.Components.Schemas["Payment"].Properties["state"])},
		"payment methods": {constants(t, "../payment/payment.go", "Method"), enum(d.Components.Schemas["Payment"].Properties["method"])},
	} {
		slices.Sort(lists[0])
		slices.Sort(lists[1])
		if len(lists[0]) == 0 || !slices.Equal(lists[0], lists[1]) {
			t.Errorf("%s: coded %v, described %v", what, lists[0], lists[1])
		}
	}
}

func enum(property map[string]any) []string {
	var out []string
	list, _ := property["enum"].([]any)
	for _, x := range list {
		out = append(out, x.(string))
	}
	return out
}

// constants reads the values of the constants of a type from its source.
func constants(t *testing.T, file, kind string) []string {
	t.Helper()
	src, err := os.ReadFile(file)
	if err != nil {
		t.Fatal(err)
	}
	var out []string
	for _, m := range regexp.MustCompile(`(?m)^\t\w+\s+`+kind+`\s+= "(\w+)"`).FindAllStringSubmatch(string(src), -1) {
		out = append(out, m[1])
	}
	return out
}
