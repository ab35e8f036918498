//go:build linux

package matrix

import (
	"fmt"
	"io"
	"slices"
	"strconv"
	"strings"
	"text/tabwriter"

	"myclothes/internal/lab/topology"
)

// Wrong returns the passages that are open and should not be, or closed and should not be.
func Wrong(all []Passage) []Passage {
	var wrong []Passage
	for _, p := range all {
		if p.Open != p.Allowed {
			wrong = append(wrong, p)
		}
	}
	return wrong
}

// Print writes who reaches whom by kind of machine: a row for who asks, a column for who is asked, in it the ports that are open from every machine of the
// one kind to every one of the other. One that is open only between some, or should be and is not, or is and should not be, has a "!".
func Print(out io.Writer, t *topology.Topology, all []Passage) error {
	kinds, cells := Cells(t, all)
	w := tabwriter.NewWriter(out, 0, 0, 2, ' ', 0)
	fmt.Fprintf(w, "from \\ to\t%s\n", strings.Join(kinds, "\t"))
	for i, from := range kinds {
		fmt.Fprint(w, from)
		for j := range kinds {
			fmt.Fprint(w, "\t", cells[i][j])
		}
		fmt.Fprintln(w)
	}
	return w.Flush()
}

// Cell is what goes from one kind of machine to another.
type Cell struct {
	Text  string // the open ports; empty where there are none
	Tried bool
	Wrong bool
}

// String is the cell in a terminal.
func (c Cell) String() string {
	switch {
	case !c.Tried:
		return " "
	case c.Text == "":
		return "·"
	}
	return c.Text
}

// Cells is the matrix by kinds of machines, a row for each kind who asks.
func Cells(t *topology.Topology, all []Passage) (kinds []string, cells [][]Cell) {
	for _, n := range t.Nodes {
		if !slices.Contains(kinds, n.Kind) {
			kinds = append(kinds, n.Kind)
		}
	}
	for _, from := range kinds {
		var row []Cell
		for _, to := range kinds {
			row = append(row, cell(all, from, to))
		}
		cells = append(cells, row)
	}
	return kinds, cells
}

func cell(all []Passage, from, to string) (c Cell) {
	tried, open, wrong := map[int]int{}, map[int]int{}, map[int]bool{}
	for _, p := range all {
		if p.From.Kind != from || p.To.Kind != to {
			continue
		}
		tried[p.Port]++
		if p.Open {
			open[p.Port]++
		}
		wrong[p.Port] = wrong[p.Port] || p.Open != p.Allowed
	}
	c.Tried = len(tried) > 0
	var words []string
	for _, port := range sorted(tried) {
		if open[port] == 0 && !wrong[port] {
			continue
		}
		word := strconv.Itoa(port)
		if port == 0 {
			word = "ping"
		}
		if wrong[port] || open[port] != tried[port] {
			word, c.Wrong = word+"!", true
		}
		words = append(words, word)
	}
	c.Text = strings.Join(words, " ")
	return c
}

func sorted(m map[int]int) []int {
	var all []int
	for k := range m {
		all = append(all, k)
	}
	slices.Sort(all)
	return all
}
