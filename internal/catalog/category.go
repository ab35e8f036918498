package catalog

import "myclothes/internal/lang"

// Category is a node of the tree by which people browse. Parent is empty at the top.
type Category struct {
	Slug     string
	Parent   string
	Name     lang.Text
	Position int // among its siblings
}

// Tree is the whole category tree. The zero Tree is empty. It is not changed once made, so it may be shared.
type Tree struct {
	nodes    map[string]Category
	children map[string][]Category
}

// NewTree builds the tree from categories sorted by position. A category whose parent is missing hangs nowhere:
// it can be looked up but no listing reaches it.
func NewTree(all []Category) Tree {
	t := Tree{nodes: make(map[string]Category, len(all)), children: map[string][]Category{}}
	for _, c := range all {
		t.nodes[c.Slug] = c
		t.children[c.Parent] = append(t.children[c.Parent], c)
	}
	return t
}

// Find returns the category of that slug.
func (t Tree) Find(slug string) (Category, bool) {
	c, ok := t.nodes[slug]
	return c, ok
}

// Children returns what hangs directly below slug, in order; below "" hang the tops.
func (t Tree) Children(slug string) []Category { return t.children[slug] }

// Below returns slug and every category under it. A circle of parents, which no merchant means, ends too.
func (t Tree) Below(slug string) []string {
	out := []string{slug}
	for i := 0; i < len(out) && len(out) <= len(t.nodes); i++ {
		for _, c := range t.children[out[i]] {
			out = append(out, c.Slug)
		}
	}
	return out
}

// PathTo returns the categories from the top down to slug; nil for an unknown one.
func (t Tree) PathTo(slug string) []Category {
	var out []Category
	for c, ok := t.nodes[slug]; ok && len(out) <= len(t.nodes); c, ok = t.nodes[c.Parent] {
		out = append([]Category{c}, out...)
	}
	return out
}
