package search

import (
	"fmt"
	"os"
	"slices"
	"strconv"
	"strings"
	"testing"

	"myclothes/internal/catalog"
	"myclothes/internal/demo"
	"myclothes/internal/lang"
)

// TestRelevance holds the demonstration's catalogue against testdata/relevance.txt, which explains itself.
func TestRelevance(t *testing.T) {
	file, err := os.ReadFile("testdata/relevance.txt")
	if err != nil {
		t.Fatal(err)
	}
	s := newStore()
	for i, line := range strings.Split(string(file), "\n") {
		line, _, _ = strings.Cut(line, "#")
		if strings.TrimSpace(line) == "" {
			continue
		}
		l, err := parseLine(line)
		if err != nil {
			t.Errorf("line %d: %v", i+1, err)
			continue
		}
		if wrong := l.judge(s); len(wrong) > 0 {
			t.Errorf("line %d: %s\n\t%s\n%s", i+1, l.query, strings.Join(wrong, "\n\t"), l.report(s))
		}
	}
}

// store is the demonstration's index and the entries it was made of, by ID.
type store struct {
	index   *Index
	tree    catalog.Tree
	entries map[int64]catalog.Entry
}

// newStore builds the index as Catalog.Load does.
func newStore() *store {
	s := &store{tree: catalog.NewTree(demo.Categories()), entries: map[int64]catalog.Entry{}}
	s.index = New(s.tree)
	var all []catalog.Entry
	for it := range demo.Items(0) {
		e := entryOf(it.Product)
		s.entries[e.ID] = e
		all = append(all, e)
	}
	s.index.fill(all)
	s.index.arrange()
	return s
}

// entryOf is what the store makes of a product that it has just been given: nothing is sold yet.
func entryOf(p catalog.Product) catalog.Entry {
	card := p.Card()
	e := catalog.Entry{
		ID: p.ID, Slug: p.Slug, Brand: catalog.Brand{Slug: p.Brand.Slug, Name: p.Brand.Name}, Category: p.Category, Name: p.Name, Fabric: p.Fabric,
		Price: card.Price, ListPrice: card.ListPrice, Popularity: p.Weight, CreatedAt: p.CreatedAt,
	}
	for _, v := range p.Variants {
		e.Variants = append(e.Variants, catalog.EntryVariant{Color: v.Color, Size: v.Size.Label, InStock: v.Available > 0})
	}
	return e
}

// line is one line of the table.
type line struct {
	query            string
	clauses          []clause
	instead, dropped string
	suggested        []string // nil: the line is about finding
}

// clause says something of the first most products found.
type clause struct {
	kind string // one of clauseKinds
	most int
	ids  []int64
	is   []predicate
}

// clauseKinds are: every one of them is so, at least one is so, none is so, these IDs are among them, exactly so many are found, or at least so many.
var clauseKinds = []string{"all", "some", "no", "has", "total", "least"}

// parseLine reads: query | clauses, parted by ";" | reading.
func parseLine(text string) (line, error) {
	columns := strings.Split(text, "|")
	if len(columns) < 2 || len(columns) > 3 {
		return line{}, fmt.Errorf("%q has %d columns", text, len(columns))
	}
	l := line{query: strings.TrimSpace(columns[0])}
	if strings.HasPrefix(l.query, `"`) {
		q, err := strconv.Unquote(l.query)
		if err != nil {
			return l, fmt.Errorf("%s: %w", l.query, err)
		}
		l.query = q
	}
	if list, ok := strings.CutPrefix(strings.TrimSpace(columns[1]), "suggests "); ok {
		for one := range strings.SplitSeq(list, ",") {
			l.suggested = append(l.suggested, strings.TrimSpace(one))
		}
		return l, nil
	}
	for one := range strings.SplitSeq(columns[1], ";") {
		c, err := parseClause(strings.Fields(one))
		if err != nil {
			return l, err
		}
		l.clauses = append(l.clauses, c)
	}
	return l, l.parseReading(columns[2:])
}

func (l *line) parseReading(columns []string) error {
	for _, text := range columns {
		for one := range strings.SplitSeq(text, ";") {
			one = strings.TrimSpace(one)
			var ok bool
			if l.instead, ok = cutOr(one, "instead ", l.instead); ok {
				continue
			}
			if l.dropped, ok = cutOr(one, "dropped ", l.dropped); !ok && one != "" {
				return fmt.Errorf("%q is no reading", one)
			}
		}
	}
	return nil
}

func cutOr(s, prefix, otherwise string) (string, bool) {
	if rest, ok := strings.CutPrefix(s, prefix); ok {
		return rest, true
	}
	return otherwise, false
}

// parseClause reads "total 0", "least 5", "5 all in:shirts", "* no in:tees" and "3 has 12 14".
func parseClause(words []string) (clause, error) {
	if len(words) < 2 {
		return clause{}, fmt.Errorf("%q is no clause", words)
	}
	if words[0] == "total" || words[0] == "least" {
		n, err := strconv.Atoi(words[1])
		return clause{kind: words[0], most: n}, err
	}
	c := clause{kind: words[1], most: catalog.MaxLimit}
	if words[0] != "*" {
		n, err := strconv.Atoi(words[0])
		if err != nil {
			return c, err
		}
		c.most = n
	}
	if !slices.Contains(clauseKinds, c.kind) || len(words) < 3 {
		return c, fmt.Errorf("%q is no clause", words)
	}
	for _, w := range words[2:] {
		if c.kind == "has" {
			id, err := strconv.ParseInt(w, 10, 64)
			if err != nil {
				return c, err
			}
			c.ids = append(c.ids, id)
			continue
		}
		p, err := parsePredicate(w)
		if err != nil {
			return c, err
		}
		c.is = append(c.is, p)
	}
	return c, nil
}

// predicate is something that is so of a product or not: "in:shirts,tees", "name~셔츠", "!color:black".
type predicate struct {
	not    bool
	of     string
	values []string
}

var predicateKinds = []string{"in:", "brand:", "color:", "size:", "name~", "fabric~", "sale:", "id:"}

func parsePredicate(s string) (predicate, error) {
	p := predicate{}
	s, p.not = strings.CutPrefix(s, "!")
	for _, kind := range predicateKinds {
		if rest, ok := strings.CutPrefix(s, kind); ok {
			p.of, p.values = kind, strings.Split(rest, ",")
			return p, nil
		}
	}
	return p, fmt.Errorf("%q is no predicate", s)
}

func (p predicate) holds(s *store, e catalog.Entry) bool {
	return p.not != slices.ContainsFunc(p.values, func(v string) bool { return is(s, e, p.of, v) })
}

func is(s *store, e catalog.Entry, of, value string) bool {
	variant := func(f func(catalog.EntryVariant) bool) bool { return slices.ContainsFunc(e.Variants, f) }
	says := func(t lang.Text) bool { return strings.Contains(catalog.Fold(t.KO+"\n"+t.EN), catalog.Fold(value)) }
	switch of {
	case "in:":
		return slices.ContainsFunc(s.tree.PathTo(e.Category), func(c catalog.Category) bool { return c.Slug == value })
	case "brand:":
		return e.Brand.Slug == value
	case "color:":
		return variant(func(v catalog.EntryVariant) bool { return isColor(v.Color, value) })
	case "size:":
		return variant(func(v catalog.EntryVariant) bool { return v.Size == value })
	case "name~":
		return says(e.Name)
	case "fabric~":
		return says(e.Fabric)
	case "sale:":
		return (e.Price < e.ListPrice) == (value == "yes")
	}
	return strconv.FormatInt(e.ID, 10) == value
}

func (c clause) meets(s *store, id int64) bool {
	return !slices.ContainsFunc(c.is, func(p predicate) bool { return !p.holds(s, s.entries[id]) })
}

// judge returns what is not as the line has it.
func (l line) judge(s *store) (wrong []string) {
	if l.suggested != nil {
		return l.judgeSuggestions(s)
	}
	f, err := s.index.Find(catalog.Query{Text: l.query, Limit: catalog.MaxLimit})
	if err != nil {
		return []string{err.Error()}
	}
	for _, c := range l.clauses {
		if e := c.judge(s, f); e != "" {
			wrong = append(wrong, e)
		}
	}
	if f.Instead != l.instead {
		wrong = append(wrong, fmt.Sprintf("read as %q, want %q", f.Instead, l.instead))
	}
	if d := strings.Join(f.Dropped, " "); d != l.dropped {
		wrong = append(wrong, fmt.Sprintf("dropped %q, want %q", d, l.dropped))
	}
	return wrong
}

func (c clause) judge(s *store, f catalog.Found) string {
	first := f.IDs[:min(len(f.IDs), c.most)]
	fit := func(id int64) bool { return c.meets(s, id) }
	unfit := func(id int64) bool { return !c.meets(s, id) }
	switch c.kind {
	case "total":
		if f.Total != c.most {
			return fmt.Sprintf("%d found, want %d", f.Total, c.most)
		}
	case "least":
		if f.Total < c.most {
			return fmt.Sprintf("%d found, want %d at least", f.Total, c.most)
		}
	case "has":
		if i := slices.IndexFunc(c.ids, func(id int64) bool { return !slices.Contains(first, id) }); i >= 0 {
			return fmt.Sprintf("not among the first %d: %s", c.most, s.name(c.ids[i]))
		}
	case "some":
		if !slices.ContainsFunc(first, fit) {
			return fmt.Sprintf("none of the first %d is %v", c.most, c.is)
		}
	case "no":
		if i := slices.IndexFunc(first, fit); i >= 0 {
			return fmt.Sprintf("number %d of %v: %s", i+1, c.is, s.name(first[i]))
		}
	case "all":
		if len(first) == 0 || c.most < catalog.MaxLimit && len(first) < c.most {
			return fmt.Sprintf("only %d found", len(first))
		}
		if i := slices.IndexFunc(first, unfit); i >= 0 {
			return fmt.Sprintf("number %d is not %v: %s", i+1, c.is, s.name(first[i]))
		}
	}
	return ""
}

func (l line) judgeSuggestions(s *store) (wrong []string) {
	got := suggested(s, l.query)
	got = got[:min(len(got), 3)]
	for _, want := range l.suggested {
		if !slices.Contains(got, want) {
			wrong = append(wrong, "not among the first 3: "+want)
		}
	}
	return wrong
}

// suggested says suggestions as the table does; the shop asks for eight.
func suggested(s *store, text string) (out []string) {
	for _, x := range s.index.Suggest(text, 8) {
		switch {
		case x.Category != "":
			out = append(out, "category:"+x.Category)
		case x.Brand != "":
			out = append(out, "brand:"+x.Brand)
		case x.Product != 0:
			out = append(out, fmt.Sprintf("product:%d", x.Product))
		default:
			out = append(out, "search:"+x.Text.KO)
		}
	}
	return out
}

// report lists what came instead.
func (l line) report(s *store) string {
	if l.suggested != nil {
		return "\tsuggested: " + strings.Join(suggested(s, l.query), ", ")
	}
	f, err := s.index.Find(catalog.Query{Text: l.query, Limit: 12})
	if err != nil {
		return err.Error()
	}
	var b strings.Builder
	fmt.Fprintf(&b, "\t%d found:\n", f.Total)
	for i, id := range f.IDs {
		fmt.Fprintf(&b, "\t%3d. %s\n", i+1, s.name(id))
	}
	return b.String()
}

// name is a product as a report shows it.
func (s *store) name(id int64) string {
	e := s.entries[id]
	var colors []string
	for _, v := range e.Variants {
		if !slices.Contains(colors, v.Color.Code) {
			colors = append(colors, v.Color.Code)
		}
	}
	return fmt.Sprintf("%d %s (%s, %s, %s; %s)", e.ID, e.Name.KO, e.Name.EN, e.Category, e.Brand.Slug, strings.Join(colors, " "))
}
