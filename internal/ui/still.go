package ui

import (
	"bytes"
	"html/template"
	"sync"

	"myclothes/internal/catalog"
	"myclothes/internal/lang"
)

// stills are the parts of the frame that are the same on every page, rendered once for each language: the menu until the tree changes, the footer for
// good. html/template takes longer for them than for most pages' own bodies.
type stills struct {
	mu    sync.RWMutex
	menus map[lang.Tag]menu
	foots map[lang.Tag]template.HTML
}

type menu struct {
	tree catalog.Tree
	html template.HTML
}

// Menu is the menu of all categories.
func (f frameView) Menu() (template.HTML, error) {
	s := f.site.stills
	s.mu.RLock()
	m, ok := s.menus[f.Lang]
	s.mu.RUnlock()
	if ok && m.tree.Same(f.Tree) {
		return m.html, nil
	}
	html, err := f.still("menu")
	if err == nil {
		s.mu.Lock()
		s.menus[f.Lang] = menu{f.Tree, html}
		s.mu.Unlock()
	}
	return html, err
}

// Foot is the footer.
func (f frameView) Foot() (template.HTML, error) {
	s := f.site.stills
	s.mu.RLock()
	html, ok := s.foots[f.Lang]
	s.mu.RUnlock()
	if ok {
		return html, nil
	}
	html, err := f.still("foot")
	if err == nil {
		s.mu.Lock()
		s.foots[f.Lang] = html
		s.mu.Unlock()
	}
	return html, err
}

// still renders a part from the frame's templates, which have escaped what is in it.
func (f frameView) still(name string) (template.HTML, error) {
	var b bytes.Buffer
	err := f.site.frame.ExecuteTemplate(&b, name, f)
	return template.HTML(b.String()), err
}
