package exchange

import (
	"errors"
	"fmt"
	"slices"

	"myclothes/internal/catalog"
)

// putShelves writes the categories and brands that are not so already.
func (w *writing) putShelves() error {
	had, err := w.w.Brands()
	if err != nil {
		return err
	}
	tree, err := w.w.Tree()
	if err != nil {
		return err
	}
	brands := bySlug(had)
	var putBrands []catalog.Brand
	var categories []item
	for _, x := range w.shelves {
		if x.category != nil {
			categories = append(categories, x)
			continue
		}
		was, ok := brands[x.brand.Slug]
		if ok {
			x.keepBrand(was)
		}
		if ok && was == *x.brand {
			w.done.SameBrands++
			continue
		}
		putBrands = append(putBrands, *x.brand)
	}
	putCategories := slices.DeleteFunc(placed(tree, categories), func(k catalog.Category) bool {
		was, ok := tree.Find(k.Slug)
		return ok && was == k
	})
	w.done.Brands, w.done.Categories, w.done.SameCategories = len(putBrands), len(putCategories), len(categories)-len(putCategories)
	return errors.Join(w.w.PutBrands(putBrands), w.w.PutCategories(putCategories))
}

// placed returns the categories of a file with their places among their siblings. A file that has all children of a category puts them in its order. One that has some
// leaves the known ones where they are, and new ones come after them.
func placed(tree catalog.Tree, all []item) []catalog.Category {
	out := make([]catalog.Category, len(all))
	parent, children := map[string]string{}, map[string][]int{}
	for i, x := range all {
		if was, ok := tree.Find(x.category.Slug); ok {
			x.keepCategory(was)
		}
		out[i] = *x.category
		parent[out[i].Slug] = out[i].Parent
		children[out[i].Parent] = append(children[out[i].Parent], i)
	}
	for under, of := range children {
		arrange(out, of, slices.DeleteFunc(slices.Clone(tree.Children(under)), func(c catalog.Category) bool {
			to, moves := parent[c.Slug]
			return moves && to != under
		}))
	}
	return out
}

// arrange gives the categories of a file that are one another's siblings their places. had are the siblings that the shop has and that stay.
func arrange(all []catalog.Category, of []int, had []catalog.Category) {
	known, next := map[string]int{}, 0
	for _, c := range had {
		known[c.Slug], next = c.Position, max(next, c.Position+1)
	}
	named, inOrder := 0, true
	for n, i := range of {
		if _, ok := known[all[i].Slug]; ok {
			inOrder = inOrder && named < len(had) && had[named].Slug == all[i].Slug && n == named
			named++
		}
	}
	whole := named == len(had)
	for n, i := range of {
		position, ok := known[all[i].Slug]
		switch {
		case whole && !(inOrder && len(of) == len(had)):
			position = n
		case !ok:
			position, next = next, next+1
		}
		all[i].Position = position
	}
}

// upheld refuses categories that leave products as they may not be.
func (w *writing) upheld() error {
	broken, err := w.w.Broken()
	if err != nil {
		return err
	}
	for _, b := range broken {
		w.blame(w.shelfAt["category "+b.Category], "category", "", fmt.Sprintf("%d products of the shop could not stay as they are: %s", b.Products, b.Some))
	}
	if len(w.refused.Faults) > 0 {
		return &w.refused
	}
	return nil
}
