package demo

import (
	"slices"
	"strconv"

	"myclothes/internal/catalog"
	"myclothes/internal/draw"
)

// measure grades an article: the millimetres of a middle size, from its cut, and so many more or less for every size above or below. The
// seed makes each article a little different. Points that it does not have are left out.
func measure(plan catalog.Plan, cut draw.Spec, sizes []catalog.Size, seed uint32) catalog.SizeTable {
	base := middle(plan, cut)
	var table catalog.SizeTable
	for _, p := range plan.Points() {
		if base[p].mm > 0 {
			table.Points = append(table.Points, p)
		}
	}
	table.Rows = make([]catalog.SizeRow, 0, len(sizes))
	cells := make([]int, 0, len(sizes)*len(table.Points))
	for _, s := range sizes {
		step := stepOf(s.Label)
		from := len(cells)
		for i, p := range table.Points {
			g := base[p]
			jitter := (int(seed>>(i*3)&7) - 3) * g.spread
			cells = append(cells, g.round(float64(g.mm+jitter)+step*g.grade))
		}
		table.Rows = append(table.Rows, catalog.SizeRow{Size: s.Label, MM: slices.Clip(cells[from:])})
	}
	return table
}

// grading is a point of the middle size: its millimetres, how many a size adds, and the unit by which articles differ.
type grading struct {
	mm     int
	grade  float64
	spread int
}

// round gives whole units of 5 mm, of small things and feet whole millimetres.
func (g grading) round(mm float64) int {
	if g.spread < 4 {
		return int(mm + .5)
	}
	return int(mm/5+.5) * 5
}

// stepOf is how many sizes a label lies above the middle one: M, 66, 95 to 100, 30 inches, 250 mm.
func stepOf(label string) float64 {
	if i := slices.Index(catalog.Alpha, label); i >= 0 {
		return float64(i - 2)
	}
	if i := slices.Index(catalog.Women, label); i >= 0 {
		return float64(i-2)*.9 - 1.4
	}
	n, err := strconv.Atoi(label)
	switch {
	case err != nil:
		return 0
	case n <= 38:
		return float64(n-30) * .5
	case n <= 110:
		return float64(n-95)/5 - .4
	}
	return float64(n-250) / 5
}
