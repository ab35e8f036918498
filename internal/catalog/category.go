package catalog

import (
	"cmp"
	"reflect"
	"slices"

	"myclothes/internal/lang"
)

// Category is a node of the tree by which people browse. Parent is empty at the top. Notice, Plan and Sizes hold for everything below as well, where
// nothing else is said.
type Category struct {
	Slug     string
	Parent   string
	Name     lang.Text
	Position int    // among its siblings
	Notice   Notice // which facts its products must tell
	Plan     Plan   // how they are measured
	Sizes    string // the size schemes they come in, by name, separated by spaces; empty: any
}

// Tree is the whole category tree. The zero Tree is empty. It is not changed once made, so it may be shared.
type Tree struct {
	nodes    map[string]Category
	children map[string][]Category
	version  Version
}

// Version is what Stamped gave the tree.
func (t Tree) Version() Version { return t.version }

// Stamped returns the same tree with a version: that of all shelves, brands included, for they change together.
func (t Tree) Stamped(v Version) Tree {
	t.version = v
	return t
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

// Same reports whether both are one and the same tree, as it was made once; equal trees that were made apart are not.
func (t Tree) Same(other Tree) bool {
	return reflect.ValueOf(t.nodes).Pointer() == reflect.ValueOf(other.nodes).Pointer()
}

// All returns every category, parents before their children, siblings in their order.
func (t Tree) All() []Category {
	var out []Category
	for _, slug := range t.Below("")[1:] {
		out = append(out, t.nodes[slug])
	}
	return out
}

// Find returns the category of that slug.
func (t Tree) Find(slug string) (Category, bool) {
	c, ok := t.nodes[slug]
	return c, ok
}

// Rules returns the category with the Notice, Plan and Sizes that it has from above filled in.
func (t Tree) Rules(slug string) Category {
	path := t.PathTo(slug)
	if len(path) == 0 {
		return Category{}
	}
	out := path[len(path)-1]
	for _, c := range slices.Backward(path) {
		out.Notice, out.Plan, out.Sizes = cmp.Or(out.Notice, c.Notice), cmp.Or(out.Plan, c.Plan), cmp.Or(out.Sizes, c.Sizes)
	}
	return out
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
