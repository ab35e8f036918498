package search

import (
	"cmp"
	"maps"
	"regexp"
	"slices"
	"strings"
	"unicode/utf8"

	"github.com/RoaringBitmap/roaring/v2"
)

// meaning is which terms a word may stand for, and how well.
type meaning map[uint32]quality

// maxTerms bounds how many terms one word may stand for; a single consonant begins a fifteenth of all words. Suggestions need fewer.
const (
	maxTerms     = 400
	suggestTerms = 60
)

// maxSenses bounds the conditions of a search.
const maxSenses = 8

func (m meaning) add(term uint32, q quality) {
	if q > m[term] {
		m[term] = q
	}
}

// best returns the best terms, best first.
func (m meaning) best(most int) []uint32 {
	terms := slices.SortedFunc(maps.Keys(m), func(a, b uint32) int { return cmp.Or(cmp.Compare(m[b], m[a]), cmp.Compare(a, b)) })
	return terms[:min(len(terms), most)]
}

// maxVague bounds how many words of one character are looked up by what they begin: each stands for much, and costs accordingly. More than that are
// dropped.
const maxVague = 1

// understood is what a search text asks for. Every one of its words has a meaning in the catalogue.
type understood struct {
	words   []sense
	sizes   []uint32 // of which a product is made in one at least, if any are named
	sale    bool     // only what costs less than its list price
	newest  bool     // the newest first; only without words
	said    []said
	nothing bool // something was typed and nothing of it means anything
}

// said is a typed word and what became of it.
type said struct {
	raw     string
	as      string // what was read instead; empty: nothing else
	dropped bool
	size    bool
	sale    bool
	newest  bool
}

// sense is the meaning of one word: of the terms, and of parts that together say the same (반팔티셔츠: 반팔 and 티셔츠).
type sense struct {
	text  string
	of    int // of understood.said
	terms meaning
	parts []meaning // nil: it has none
}

// manner is how a text is read.
type manner uint8

const (
	lenient manner = iota // as it stands, and corrected where it finds nothing
	typing                // the same, and the last word may go on
)

// reader reads the words of one search.
type reader struct {
	x     *Index
	how   manner
	vague *int // how many words of one character may still be looked up
}

// searched reads a search text and finds its products; nil if nothing was typed. What leaves nothing of what the rest finds is left out: 검정 레인부츠
// finds rain boots where there are no black ones.
func (x *Index) searched(text string) (*understood, *matched) {
	u := x.understand(text, lenient)
	if u == nil {
		return nil, nil
	}
	m := x.matched(u, maxTerms)
	if len(u.words) > 1 && m.docs.IsEmpty() {
		m = u.relax(m)
	}
	x.fitted(u, m)
	return u, m
}

// relax leaves out words until something is found: those that say best what the thing is stay, of two that say it alike the last.
func (u *understood) relax(m *matched) *matched {
	order := make([]int, len(m.words))
	for i := range order {
		order[i] = i
	}
	best := func(i int) int {
		if len(m.words[i]) == 0 {
			return 0
		}
		return m.words[i][0].score
	}
	slices.SortFunc(order, func(a, b int) int { return cmp.Or(cmp.Compare(best(b), best(a)), cmp.Compare(b, a)) })
	var docs *roaring.Bitmap
	var kept []int
	for _, i := range order {
		if both := and(docs, m.all[i]); !both.IsEmpty() {
			docs, kept = both, append(kept, i)
		}
	}
	if docs == nil {
		return m
	}
	slices.Sort(kept)
	out := &matched{docs: docs}
	var words []sense
	for _, i := range kept {
		words, out.words, out.all = append(words, u.words[i]), append(out.words, m.words[i]), append(out.all, m.all[i])
	}
	u.keep(words)
	return out
}

// keep leaves no words but these, and says so.
func (u *understood) keep(words []sense) {
	texts := make([][]string, len(u.said))
	for _, s := range words {
		texts[s.of] = append(texts[s.of], s.text)
	}
	for _, s := range u.words {
		switch word := &u.said[s.of]; {
		case len(texts[s.of]) == 0:
			word.dropped = true
		case !slices.ContainsFunc(words, func(o sense) bool { return o.of == s.of && o.text == s.text }):
			word.as = strings.Join(texts[s.of], " ")
		}
	}
	u.words = words
}

// fitted takes out what is made in none of the sizes, and what is not on sale if that is asked. Beside other words a condition that leaves nothing is left out; by
// itself it is what is looked for.
func (x *Index) fitted(u *understood, m *matched) {
	if len(u.sizes) > 0 {
		x.narrow(u, m, x.wear.fitting(choice{sizes: u.sizes}), func(s said) bool { return s.size })
	}
	if u.sale {
		x.narrow(u, m, x.sale, func(s said) bool { return s.sale })
	}
}

func (x *Index) narrow(u *understood, m *matched, to *roaring.Bitmap, of func(said) bool) {
	if docs := and(m.docs, to); !docs.IsEmpty() || len(u.words) == 0 {
		m.docs = docs
		return
	}
	for i := range u.said {
		u.said[i].dropped = u.said[i].dropped || of(u.said[i])
	}
}

// understand reads a text; nil if nothing was typed.
func (x *Index) understand(text string, how manner) *understood {
	if text = trimmed(text); text == "" {
		return nil
	}
	u, words, vague := &understood{}, x.mended(read(text)), maxVague
	for i, w := range words {
		if slices.ContainsFunc(words[:i], func(o typed) bool { return slices.Equal(o.parts, w.parts) }) {
			continue
		}
		r := reader{x, how, &vague}
		if how == typing && i < len(words)-1 {
			r.how = lenient
		}
		if size, ok := r.size(w); ok && r.how != typing {
			u.sizes, u.said = append(u.sizes, size), append(u.said, said{raw: w.raw, size: true})
			continue
		}
		if sale, newest := r.wish(w); (sale || newest) && r.how != typing {
			u.sale, u.newest = u.sale || sale, u.newest || newest
			u.said = append(u.said, said{raw: w.raw, sale: sale, newest: newest})
			continue
		}
		senses, instead := r.word(w)
		for _, s := range senses {
			s.of = len(u.said)
			if !slices.ContainsFunc(u.words, func(o sense) bool { return o.text == s.text }) {
				u.words = append(u.words, s)
			}
		}
		u.said = append(u.said, said{raw: w.raw, as: instead, dropped: len(senses) == 0})
	}
	u.words = u.words[:min(len(u.words), maxSenses)]
	if len(u.words) > 0 && u.newest {
		u.anyAge()
	}
	u.nothing = len(u.words) == 0 && len(u.sizes) == 0 && !u.sale && !u.newest
	return u
}

// anyAge leaves out the wish for what is new: of what words find, the newest may fit them worst.
func (u *understood) anyAge() {
	u.newest = false
	for i := range u.said {
		u.said[i].dropped = u.said[i].dropped || u.said[i].newest
	}
}

// mended puts together what spaces part: 운 동 화, 청 바지. Words that are known are left alone.
func (x *Index) mended(words []typed) []typed {
	r := reader{x: x}
	var out []typed
	for i := 0; i < len(words); {
		n := 1
		for most := min(mostParts, len(words)-i); most > 1; most-- {
			if r.torn(words[i : i+most]) {
				n = most
				break
			}
		}
		out = append(out, together(words[i:i+n]))
		i += n
	}
	return out
}

// torn reports whether words are known together, and one of them is not alone.
func (r reader) torn(words []typed) bool {
	unknown := func(w typed) bool { return !r.known(w.parts[0]) }
	long := func(w typed) bool { return len(w.parts) > 1 || !isHangul(w.parts[0]) }
	return !slices.ContainsFunc(words, long) && slices.ContainsFunc(words, unknown) && r.known(together(words).parts[0])
}

// together returns words as one that was typed with spaces in it.
func together(words []typed) typed {
	if len(words) == 1 {
		return words[0]
	}
	var raws []string
	whole := ""
	for _, w := range words {
		raws, whole = append(raws, w.raw), whole+w.parts[0]
	}
	return typed{strings.Join(raws, " "), []string{whole}}
}

// sizeWords are other ways to write the labels of sizes.
var sizeWords = strings.NewReplacer("mm", "", "인치", "", "사이즈", "", "xxxl", "3xl", "xxl", "2xl")

// size returns the size that a word names which means nothing else: 250, 250mm, xl, L사이즈.
func (r reader) size(w typed) (uint32, bool) {
	if len(w.parts) > 1 || r.known(w.parts[0]) || strings.Contains(w.raw, "%") {
		return 0, false
	}
	label := sizeWords.Replace(w.parts[0])
	if size, ok := r.x.wear.size(label); ok {
		return size, true
	}
	return r.x.wear.size(strings.ToUpper(label))
}

// Words that ask for no thing but for how it is sold, where no product is called so.
var (
	saleWords   = strings.Fields("세일 할인 특가 세일상품 할인상품 sale")
	newestWords = strings.Fields("신상 신상품 신제품 신상템")
)

func (r reader) wish(w typed) (sale, newest bool) {
	if len(w.parts) > 1 || r.known(w.parts[0]) {
		return false, false
	}
	return slices.Contains(saleWords, w.parts[0]), slices.Contains(newestWords, w.parts[0])
}

// modelCode is what makers number their things with: MA-1. Its parts mean nothing by themselves.
var modelCode = regexp.MustCompile(`^[a-z]{1,4}-[0-9]{1,4}[a-z]?$`)

// word returns what a typed word asks for, each sense a condition of its own, and what was read instead of it, if anything was. A
// word with a hyphen is taken as one if it is known so, else by those of its parts that find something.
func (r reader) word(w typed) (senses []sense, instead string) {
	if len(w.parts) == 1 {
		return r.part(w.parts[0], w.raw)
	}
	if whole := ground(strings.Join(w.parts, "")); r.known(whole) {
		return []sense{r.direct(whole)}, ""
	}
	if modelCode.MatchString(fold(w.raw)) {
		found, _ := r.taken(strings.Join(w.parts, ""))
		return found, ""
	}
	for i, p := range w.parts[:min(len(w.parts), maxSenses)] {
		if slices.Contains(w.parts[:i], p) {
			continue
		}
		found, _ := r.taken(p)
		senses = append(senses, found...)
	}
	return senses, ""
}

// part resolves a word without punctuation: as it stands if that finds anything, then as typed on the other keyboard, then with
// one slip corrected, then both, then without what stands before a known word: 남자셔츠.
func (r reader) part(word, raw string) (senses []sense, instead string) {
	if found, ok := r.taken(word); ok {
		return found, ""
	}
	others := otherKeyboard(word, raw)
	for _, other := range others {
		if found, ok := r.taken(ground(other)); ok {
			return found, other
		}
	}
	if isHangul(word) && !strings.ContainsFunc(word, isJamo) {
		others = nil // whole syllables come of no English word with a slip but by chance
	}
	for _, w := range append([]string{word}, others...) {
		if found, text := r.corrected(ground(w)); found != nil {
			return found, text
		}
	}
	for _, w := range append([]string{word}, others...) {
		if tail, ok := r.tail(w); ok {
			return []sense{r.direct(tail)}, tail
		}
	}
	return nil, ""
}

// tail returns the longest known word with which a word in Hangul ends.
func (r reader) tail(word string) (string, bool) {
	if !isHangul(word) {
		return "", false
	}
	for i := range word {
		if i > 0 && utf8.RuneCountInString(word[i:]) > 1 && r.known(word[i:]) {
			return word[i:], true
		}
	}
	return "", false
}

// taken resolves a word as it was typed.
func (r reader) taken(word string) ([]sense, bool) {
	if utf8.RuneCountInString(word) == 1 && !r.known(word) {
		if *r.vague == 0 {
			return nil, false
		}
		*r.vague--
	}
	if whole := recomposed(word); r.known(whole) {
		return []sense{r.direct(whole)}, true
	}
	for _, same := range append([]string{word}, synonyms().same[word]...) {
		if parts := r.segmented(same, strict); parts != nil {
			return parts, true // 청자켓 is a 데님 자켓
		}
	}
	if s := r.direct(word); len(s.terms) > 0 {
		return []sense{s}, true
	}
	tail := strings.TrimRight(word, leads)
	if mixed := tail != "" && utf8.RuneCountInString(word[len(tail):]) > 1; mixed {
		if parts := r.segmented(word, loose); parts != nil {
			return parts, true
		}
	}
	for _, look := range []func(string) sense{r.initials, r.halfTyped} {
		if s := look(word); len(s.terms) > 0 {
			return []sense{s}, true
		}
	}
	if tail == "" {
		return nil, false // initials of several words in one could be anything's
	}
	parts := r.segmented(word, loose)
	return parts, parts != nil
}

// recomposed puts parts of syllables that were typed apart together: 배ㄱ팩. A word without such parts stays as it is.
func recomposed(word string) string {
	if !isHangul(word) || !strings.ContainsFunc(word, isJamo) {
		return word
	}
	whole, _ := fromKeys(keystrokes(word))
	return whole
}

// otherKeyboard returns what the same keys type on the other keyboard, likeliest first.
func otherKeyboard(word, raw string) []string {
	if isHangul(word) {
		return []string{keystrokes(word)}
	}
	var out []string
	for _, keys := range []string{raw, word} {
		hangul, ok := fromKeys(keys)
		if ok && !slices.Contains(out, hangul) && isSyllable([]rune(hangul)[0]) {
			out = append(out, hangul)
		}
	}
	return out
}

// corrected resolves a word as the likeliest one that is a slip away: the one that most products have; failing that, as two known
// words of which one has a slip.
func (r reader) corrected(word string) ([]sense, string) {
	if t, ok := r.slip(word); ok {
		return []sense{r.direct(t)}, t
	}
	for i := range word {
		left, right := word[:i], word[i:]
		if utf8.RuneCountInString(left) < 2 || utf8.RuneCountInString(right) < 2 {
			continue
		}
		if t, ok := r.slip(right); ok && r.known(left) {
			return []sense{r.direct(left), r.direct(t)}, left + t
		}
		if t, ok := r.slip(left); ok && r.known(right) {
			return []sense{r.direct(t), r.direct(right)}, t + right
		}
	}
	return nil, ""
}

func (r reader) slip(word string) (string, bool) {
	v := &r.x.words
	keys, best, most := slipForm(word), "", uint64(0)
	for _, t := range v.near.candidates(word) {
		text := v.terms[t].text
		other := slipForm(text)
		if !slipped(keys, other) {
			continue
		}
		n := r.weight(t)
		if n > 0 && keys == other {
			return text, true // but for shift: 빽팩
		}
		if n > most {
			best, most = text, n
		}
	}
	return best, most > 0
}

// known reports whether the word itself, or another for the same, is in the catalogue.
func (r reader) known(word string) bool {
	n, ok := r.x.words.numbers[word]
	if !ok {
		return false
	}
	is := func(other string) bool { return r.x.alive(r.x.words.numbers[other]) }
	return r.x.alive(n) || slices.ContainsFunc(synonyms().same[word], is) || slices.ContainsFunc(synonyms().kinds[word], is)
}

// weight returns roughly how many products a known term stands for, by itself and by its synonyms; 0 for one that is not known.
func (r reader) weight(n uint32) uint64 {
	text := r.x.words.terms[n].text
	if !r.known(text) {
		return 0
	}
	sum := 1 + r.x.products(n)
	for _, other := range synonyms().same[text] {
		sum += r.x.products(r.x.words.numbers[other])
	}
	return sum
}
