package config

import (
	"fmt"
	"net/url"
	"reflect"
	"strings"
)

// Setting is one setting as people see it.
type Setting struct {
	Group   string // the concern it belongs to
	Name    string // of the flag, without dashes
	Env     string
	Default string
	Help    string
	Value   string // the effective one; secrets are hidden
}

// All returns every setting in the order of the structs.
func (s *Settings) All() []Setting {
	var out []Setting
	v := reflect.ValueOf(*s)
	for i := range v.NumField() {
		group := v.Type().Field(i)
		for j := range v.Field(i).NumField() {
			f := group.Type.Field(j)
			name := group.Tag.Get("prefix") + flagName(f)
			out = append(out, Setting{
				Group: group.Name, Name: name, Env: Prefix + "_" + strings.ToUpper(strings.ReplaceAll(name, "-", "_")),
				Default: f.Tag.Get("default"), Help: f.Tag.Get("help"), Value: shown(v.Field(i).Field(j), f.Tag.Get("secret")),
			})
		}
	}
	return out
}

const hidden = "••••••"

// shown prints a value: one marked secret:"true" not at all, one marked secret:"url" without its password.
func shown(v reflect.Value, secret string) string {
	switch {
	case v.IsZero():
		return ""
	case v.Kind() == reflect.Pointer:
		return shown(v.Elem(), secret)
	case secret == "true":
		return hidden
	case v.Kind() == reflect.Slice:
		parts := make([]string, v.Len())
		for i := range parts {
			parts[i] = shown(v.Index(i), secret)
		}
		return strings.Join(parts, " ")
	case secret == "url":
		return withoutPassword(v.String())
	}
	return fmt.Sprint(v.Interface())
}

func withoutPassword(address string) string {
	if strings.HasPrefix(address, "sqlite:") {
		return address
	}
	u, err := url.Parse(address)
	if err != nil {
		return hidden
	}
	q := u.Query()
	for name := range q {
		if strings.Contains(strings.ToLower(name), "password") {
			q.Set(name, hidden)
			u.RawQuery = q.Encode()
		}
	}
	if _, has := u.User.Password(); has {
		u.User = url.UserPassword(u.User.Username(), "hidden")
	}
	return strings.Replace(u.String(), ":hidden@", ":"+hidden+"@", 1)
}

// flagName spells a field as its flag: OpsListen is ops-listen, BaseURL is base-url.
func flagName(f reflect.StructField) string {
	if n := f.Tag.Get("name"); n != "" {
		return n
	}
	var b strings.Builder
	for i, r := range f.Name {
		upper := r >= 'A' && r <= 'Z'
		if upper && i > 0 && (!isUpper(f.Name, i-1) || (i+1 < len(f.Name) && !isUpper(f.Name, i+1))) {
			b.WriteByte('-')
		}
		b.WriteString(strings.ToLower(string(r)))
	}
	return b.String()
}

func isUpper(s string, i int) bool { return s[i] >= 'A' && s[i] <= 'Z' }

// Markdown returns the settings as the table that docs/config.md holds.
func Markdown() string {
	var b strings.Builder
	b.WriteString("# Settings\n\nEvery setting is a flag and an environment variable; the flag wins. " +
		"`myclothes config` prints the effective ones with secrets hidden. Made by `make docs`.\n")
	group := ""
	for _, x := range new(Settings).All() {
		if x.Group != group {
			group = x.Group
			b.WriteString("\n## " + group + "\n\n| flag | variable | default | meaning |\n|---|---|---|---|\n")
		}
		fmt.Fprintf(&b, "| `--%s` | `%s` | %s | %s |\n", x.Name, x.Env, code(x.Default), strings.ReplaceAll(x.Help, "|", `\|`))
	}
	return b.String()
}

func code(s string) string {
	if s == "" {
		return ""
	}
	return "`" + s + "`"
}
