// Package ui is how the shop looks: one typed view per page, its template beside it, and the frame around them all.
//
// A page is a body inside a frame. The body and almost all of the frame depend on the address and the catalogue alone, so a rendered Doc may be
// kept and shown to everybody; the one hole in it, filled when it is written, is what is the visitor's own: how much their cart holds.
package ui

import (
	"bytes"
	"embed"
	"encoding/json"
	"errors"
	"fmt"
	"html/template"
	"strings"
	"sync"

	"github.com/jba/templatecheck"

	"myclothes/internal/catalog"
	"myclothes/internal/lang"
)

//go:embed pages/*.html parts/*.html frame.html
var files embed.FS

// Seller is who sells, for the footer that 전자상거래법 §10 wants on the first page.
type Seller struct {
	Name, Representative, Address, Phone, Email, BusinessNumber, MailOrder, Hosting, PrivacyOfficer string
}

// BusinessDigits is the 사업자등록번호 without hyphens, as the Fair Trade Commission's register is asked for it.
func (s Seller) BusinessDigits() string { return strings.ReplaceAll(s.BusinessNumber, "-", "") }

// Site renders pages. It does not change once made and is safe for concurrent use.
type Site struct {
	Seller  Seller
	BaseURL string // public address without a slash at the end, for canonical links
	Demo    bool   // the frame says so, and links to the mails
	frame   *template.Template
	stills  *stills
}

// Meta is what the frame says of a page.
type Meta struct {
	Words
	Title       string // without the shop's name
	Description string
	Path        string       // without language: "/c/shirts?page=2"
	Private     bool         // not for search engines
	Preload     string       // path of the picture that the first view needs most
	Share       string       // path of the picture for those who link to the page
	Kind        string       // of the page, for Open Graph: "product"; empty: "website"
	Linked      []any        // what the page says to programs (JSON-LD)
	Refresh     int          // seconds after which the page should be loaded again; 0 never
	Tree        catalog.Tree // for the navigation
	Here        string       // slug of the top category that the page belongs to
	Search      string       // what stands in the search field
}

// Page is a page's template with the type of its view.
type Page[V any] struct {
	name     string
	template *template.Template
}

// New makes a site. It fails if a template does not fit its view.
func New(s Site) (*Site, error) {
	t, err := template.New("frame.html").Funcs(funcs).ParseFS(files, "frame.html", "parts/*.html")
	if err != nil {
		return nil, err
	}
	s.frame, s.stills = t, &stills{menus: map[lang.Tag]menu{}, foots: map[lang.Tag]template.HTML{}}
	errs := []error{templatecheck.CheckHTML(t, frameView{})}
	for _, check := range checks {
		errs = append(errs, check())
	}
	return &s, errors.Join(errs...)
}

// checks holds one check per page, filled by page.
var checks []func() error

var funcs = template.FuncMap{"asset": Asset, "dict": dict, "json": asJSON}

// asJSON writes a value for a script to read from an attribute.
func asJSON(v any) (string, error) {
	b, err := json.Marshal(v)
	return string(b), err
}

// dict makes a map of its arguments, name after value, for a part that takes several.
func dict(pairs ...any) (map[string]any, error) {
	m := make(map[string]any, len(pairs)/2)
	for i := 0; i+1 < len(pairs); i += 2 {
		name, ok := pairs[i].(string)
		if !ok {
			return nil, fmt.Errorf("dict: %v is no name", pairs[i])
		}
		m[name] = pairs[i+1]
	}
	return m, nil
}

// page reads the template pages/name.html for views of type V. A template that does not parse ends the program at its start.
func page[V any](name string) Page[V] {
	t := template.Must(template.New(name+".html").Funcs(funcs).ParseFS(files, "pages/"+name+".html", "parts/*.html"))
	checks = append(checks, func() error {
		var v V
		if err := templatecheck.CheckHTML(t, v); err != nil {
			return fmt.Errorf("page %s: %w", name, err)
		}
		return nil
	})
	return Page[V]{name, t}
}

type frameView struct {
	Meta
	Seller  Seller
	BaseURL string
	Demo    bool
	Body    template.HTML
	Visitor template.HTML
	site    *Site
}

// Tops are the top categories.
func (m Meta) Tops() []catalog.Category { return m.Tree.Children("") }

// Picture1200 is the public address of the picture for those who link to the page: one of the page's own that such programs can read, or else the shop's.
func (f frameView) Picture1200() string {
	if _, photo := catalog.PhotoStem(f.Share); photo {
		return f.BaseURL + "/media/" + catalog.PictureFile(f.Share, 1600)
	}
	return f.BaseURL + Asset("share.png")
}

// Canonical is the page's public address in its own language.
func (f frameView) Canonical() string { return f.BaseURL + f.To(f.Path) }

// In is the page's public address in another language.
func (f frameView) In(tag string) string { return f.BaseURL + Words{lang.Tag(tag)}.To(f.Path) }

// Switch is the link to the page in the other language.
func (f frameView) Switch() string {
	if f.Lang == lang.English {
		return f.Path
	}
	return Words{lang.English}.To(f.Path)
}

var buffers = sync.Pool{New: func() any { return new(bytes.Buffer) }}

// Fragment makes a part of a page, without the frame.
func Fragment[V any](p Page[V], w Words, v V) (Doc, error) {
	body := buffers.Get().(*bytes.Buffer)
	defer func() { body.Reset(); buffers.Put(body) }()
	if err := p.template.Execute(body, v); err != nil {
		return Doc{}, fmt.Errorf("fragment %s: %w", p.name, err)
	}
	return Doc{lang: w.Lang, head: bytes.Clone(body.Bytes()), alone: true}, nil
}

// Render makes the page of a view. Nothing is written anywhere if it fails.
func Render[V any](s *Site, p Page[V], m Meta, v V) (Doc, error) {
	body := buffers.Get().(*bytes.Buffer)
	whole := buffers.Get().(*bytes.Buffer)
	defer func() { body.Reset(); whole.Reset(); buffers.Put(body); buffers.Put(whole) }()
	if err := p.template.Execute(body, v); err != nil {
		return Doc{}, fmt.Errorf("page %s: %w", p.name, err)
	}
	f := frameView{Meta: m, Seller: s.Seller, BaseURL: s.BaseURL, Demo: s.Demo, Body: template.HTML(body.String()), Visitor: hole, site: s}
	if err := s.frame.Execute(whole, f); err != nil {
		return Doc{}, fmt.Errorf("frame of %s: %w", p.name, err)
	}
	head, tail, ok := bytes.Cut(bytes.Clone(whole.Bytes()), []byte(hole))
	if !ok {
		return Doc{}, errors.New("the frame has no place for the visitor")
	}
	return Doc{Path: m.Path, lang: m.Lang, head: head, tail: tail}, nil
}
