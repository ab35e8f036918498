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
	var kinds []string
	for _, n := range t.Nodes {
		if !slices.Contains(kinds, n.Kind) {
			kinds = append(kinds, n.Kind)
		}
	}
	w := tabwriter.NewWriter(out, 0, 0, 2, ' ', 0)
	fmt.Fprintf(w, "from \\ to\t%s\n", strings.Join(kinds, "\t"))
	for _, from := range kinds {
		fmt.Fprint(w, from)
		for _, to := range kinds {
			fmt.Fprint(w, "\t", cell(all, from, to))
		}
		fmt.Fprintln(w)
	}
	return w.Flush()
}

func cell(all []Passage, from, to string) string {
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
	if len(tried) == 0 {
		return " "
	}
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
			word += "!"
		}
		words = append(words, word)
	}
	if words == nil {
		return "·"
	}
	return strings.Join(words, " ")
}

func sorted(m map[int]int) []int {
	var all []int
	for k := range m {
		all = append(all, k)
	}
	slices.Sort(all)
	return all
}
