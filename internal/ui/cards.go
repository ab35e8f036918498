package ui

import (
	"bytes"
	"html/template"
	"sync"

	"myclothes/internal/catalog"
	"myclothes/internal/lang"
)

// Card is a product in a listing.
type Card struct {
	Words
	catalog.Card
	Address string
	Lazy    bool // its picture is below the first view
}

// cardTemplate renders a card by itself. html/template takes longer for 24 cards than a bare server for the whole page with its reads, so each is rendered once.
var cardTemplate = template.Must(template.New("cards").Funcs(funcs).ParseFS(files, "parts/*.html"))

// cardState is all that a card's text depends on.
type cardState struct {
	id      int64
	version catalog.Version
	picture string // it may show another colour than the product's own
	lang    lang.Tag
	lazy    bool
}

// HTML is the card, rendered once for each version of its product.
func (c Card) HTML() (template.HTML, error) {
	state := cardState{c.ID, c.Version, c.Image.Path, c.Lang, c.Lazy}
	if c.Version == 0 {
		return c.render()
	}
	if html, ok := rendered.get(state); ok {
		return html, nil
	}
	html, err := c.render()
	if err == nil {
		rendered.put(state, html)
	}
	return html, err
}

func (c Card) render() (template.HTML, error) {
	var b bytes.Buffer
	err := cardTemplate.ExecuteTemplate(&b, "card", c)
	return template.HTML(b.String()), err
}

// mostRendered is how many cards one generation holds: about 7 MB.
const mostRendered = 8_000

var rendered = generations{young: map[cardState]template.HTML{}}

// generations keeps what was asked for lately: when the young are many they become the old, and the old that nobody asked for meanwhile are forgotten.
type generations struct {
	mu         sync.RWMutex
	young, old map[cardState]template.HTML
}

func (g *generations) get(s cardState) (template.HTML, bool) {
	g.mu.RLock()
	html, ok := g.young[s]
	aged, had := g.old[s]
	g.mu.RUnlock()
	if !ok && had {
		g.put(s, aged)
		return aged, true
	}
	return html, ok
}

func (g *generations) put(s cardState, html template.HTML) {
	g.mu.Lock()
	defer g.mu.Unlock()
	if len(g.young) >= mostRendered {
		g.old, g.young = g.young, make(map[cardState]template.HTML, mostRendered)
	}
	g.young[s] = html
}
