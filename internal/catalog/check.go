package catalog

import (
	"fmt"
	"regexp"
	"slices"
	"strings"
	"unicode"

	"myclothes/internal/lang"
	"myclothes/internal/money"
)

// Flaw is one thing for which a product cannot be taken as it is.
type Flaw struct {
	Field string // as the columns of a file are called: "name_ko", "price", "fact_material_ko"
	SKU   string // of the variant that has it; empty for the product as a whole
	Words lang.Text
}

func (f Flaw) String() string {
	if f.SKU != "" {
		return f.SKU + " " + f.Field + ": " + f.Words.EN
	}
	return f.Field + ": " + f.Words.EN
}

// What a product may be at the most.
const (
	MaxPrice    = money.Amount(100_000_000)
	MaxVariants = 400
	MaxImages   = 60
	MaxWeight   = 1_000_000_000

	maxName        = 120   // characters
	maxDescription = 5_000 // characters
)

var (
	slugForm  = regexp.MustCompile(`^[a-z0-9]+(-[a-z0-9]+)*$`)
	skuForm   = regexp.MustCompile(`^[A-Za-z0-9._-]{1,64}$`)
	colorForm = regexp.MustCompile(`^[a-z0-9]+(-[a-z0-9]+)*$`)
	hexForm   = regexp.MustCompile(`^#[0-9a-fA-F]{6}$`)
)

// Check returns everything that is wrong with the product, in no order that matters; nothing if it can be taken. A product that is on sale must
// tell the facts that the 고시 wants for its category; a draft need not.
func (p *Product) Check(t Tree) []Flaw {
	c := &check{}
	c.text("name_ko", p.Name.KO, maxName, true)
	c.text("name_en", p.Name.EN, maxName, false)
	c.text("description_ko", p.Description.KO, maxDescription, false)
	c.text("description_en", p.Description.EN, maxDescription, false)
	c.text("fabric_ko", p.Fabric.KO, maxName, false)
	c.text("fabric_en", p.Fabric.EN, maxName, false)
	c.must(p.Slug == "" || len(p.Slug) <= 100 && slugForm.MatchString(p.Slug), "slug", "영문 소문자, 숫자, 하이픈만 쓸 수 있어요.", "Only a-z, 0-9 and single hyphens.")
	c.must(slices.Contains([]Status{Draft, OnSale, Stopped}, p.Status), "status", "draft, on_sale, stopped 중 하나여야 해요.", "One of draft, on_sale, stopped.")
	c.must(slugForm.MatchString(p.Brand.Slug), "brand", "브랜드를 적어 주세요.", "Name a brand by its slug.")
	c.must(p.Weight >= 0 && p.Weight <= MaxWeight, "weight", fmt.Sprintf("0에서 %d 사이여야 해요.", MaxWeight), fmt.Sprintf("From 0 to %d.", MaxWeight))
	c.seasons(p.Seasons)
	c.category(p, t)
	c.images(p)
	c.measures(p)
	c.variants(p, t.Rules(p.Category))
	return c.flaws
}

type check struct {
	flaws []Flaw
	sku   string
}

func (c *check) must(ok bool, field, ko, en string) bool {
	if !ok {
		c.flaws = append(c.flaws, Flaw{field, c.sku, lang.Text{KO: ko, EN: en}})
	}
	return ok
}

func (c *check) text(field, s string, most int, needed bool) {
	c.must(!needed || s != "", field, "비어 있어요.", "Is empty.")
	c.must(len([]rune(s)) <= most, field, fmt.Sprintf("%d자까지 쓸 수 있어요.", most), fmt.Sprintf("At most %d characters.", most))
	r, bad := Unseen(s)
	if most == maxName && strings.Contains(s, "\n") {
		r, bad = '\n', true // only a description has lines
	}
	if bad {
		c.must(false, field, fmt.Sprintf("보이지 않는 문자 U+%04X가 들어 있어요.", r), fmt.Sprintf("Holds the unseen character U+%04X.", r))
	}
}

// Unseen returns the first character of s that nobody sees but that changes how the text is shown or compared: controls, zero-width
// characters and those that turn the direction of writing. A line break is allowed.
func Unseen(s string) (rune, bool) {
	for _, r := range s {
		if r != '\n' && (unicode.Is(unicode.Cc, r) || unicode.Is(unicode.Cf, r) || r == unicode.ReplacementChar || r == 0x3164 || r == 0x115f || r == 0x1160) {
			return r, true
		}
	}
	return 0, false
}

func (c *check) category(p *Product, t Tree) {
	_, known := t.Find(p.Category)
	if !c.must(known, "category", fmt.Sprintf("%q 카테고리가 없어요.", p.Category), fmt.Sprintf("There is no category %q.", p.Category)) {
		return
	}
	c.must(len(t.Children(p.Category)) == 0, "category", "맨 아래 카테고리여야 해요.", "Must be a category with none below it.")
	c.facts(p.Facts)
	notice := t.Rules(p.Category).Notice
	if p.Status != OnSale {
		return
	}
	if !c.must(notice.Facts() != nil, "category", "카테고리에 상품정보제공고시 종류가 정해져 있지 않아 판매할 수 없어요.", "The category does not say which facts its products must tell (notice), so nothing in it can go on sale.") {
		return
	}
	for _, f := range p.Facts.Missing(notice) {
		c.must(false, "fact_"+string(f)+"_ko", "상품정보제공고시 필수 항목이 비어 있어 판매할 수 없어요.", "A fact that the law wants is missing; the product cannot go on sale without it.")
	}
}

func (c *check) facts(told Told) {
	for f := range told {
		c.must(slices.Contains(Facts, f), "facts", "없는 고시 항목이 있어요: "+string(f), "There is no fact called so: "+string(f))
	}
	for _, f := range Facts {
		c.text("fact_"+string(f)+"_ko", told[f].KO, 1000, false)
		c.text("fact_"+string(f)+"_en", told[f].EN, 1000, false)
	}
}

// seasons are those of the year, each once and in its order: so they are kept, and so an export writes them.
func (c *check) seasons(all []Season) {
	at := -1
	for _, s := range all {
		i := slices.Index(Seasons, s)
		c.must(i >= 0, "seasons", fmt.Sprintf("%q라는 계절은 없어요.", s), fmt.Sprintf("%q is no season.", s))
		c.must(i < 0 || i > at, "seasons", "계절은 봄, 여름, 가을, 겨울 순으로 한 번씩만 적어 주세요.", "Each season once, in the order of the year.")
		at = max(at, i)
	}
}

func (c *check) images(p *Product) {
	c.must(len(p.Images) <= MaxImages, "images", fmt.Sprintf("사진은 %d장까지예요.", MaxImages), fmt.Sprintf("At most %d pictures.", MaxImages))
	for _, i := range p.Images {
		c.must(i.Path != "" && !strings.ContainsAny(i.Path, "\\ \t\n\"'<>") && !strings.Contains(i.Path, ".."), "images", "사진 경로가 올바르지 않아요.", "A picture's path is not valid.")
		made := i.Color == "" || slices.ContainsFunc(p.Variants, func(v Variant) bool { return v.Color.Code == i.Color })
		c.must(made, "images", "없는 색상의 사진이 있어요: "+i.Color, "A picture of a colour that the product does not have: "+i.Color)
	}
}

func (c *check) measures(p *Product) {
	known := map[string]bool{}
	for _, v := range p.Variants {
		known[v.Size.Label] = true
	}
	for _, m := range p.Measures.Points {
		c.must(slices.Contains(Points, m), "measures", "없는 실측 항목이 있어요: "+string(m), "There is no measure called so: "+string(m))
	}
	for _, r := range p.Measures.Rows {
		c.must(known[r.Size] && len(r.MM) == len(p.Measures.Points), "measures", "없는 사이즈의 실측이 있어요: "+r.Size, "Measures of a size that the product does not have: "+r.Size)
		for _, mm := range r.MM {
			c.must(mm >= 0 && mm <= 5000, "measures", "실측은 0에서 500cm 사이여야 해요.", "Measures go from 0 to 500 cm.")
		}
	}
}

func (c *check) variants(p *Product, rules Category) {
	c.must(len(p.Variants) > 0, "sku", "옵션이 하나도 없어요.", "There is no variant.")
	c.must(len(p.Variants) <= MaxVariants, "sku", fmt.Sprintf("옵션은 %d개까지예요.", MaxVariants), fmt.Sprintf("At most %d variants.", MaxVariants))
	skus, made, colors := map[string]bool{}, map[[2]string]bool{}, map[string]Color{}
	for _, v := range p.Variants {
		c.sku = v.SKU
		c.must(skuForm.MatchString(v.SKU), "sku", "영문, 숫자, . _ - 로 64자까지 쓸 수 있어요.", "Letters, digits and . _ - only, at most 64.")
		c.must(!skus[v.SKU], "sku", "같은 SKU가 두 번 있어요.", "The same SKU twice.")
		c.must(!made[[2]string{v.Color.Code, v.Size.Label}], "size", "같은 색상과 사이즈가 두 번 있어요.", "The same colour and size twice.")
		skus[v.SKU], made[[2]string{v.Color.Code, v.Size.Label}] = true, true
		one, known := colors[v.Color.Code]
		c.must(!known || one.Name == v.Color.Name && strings.EqualFold(one.Hex, v.Color.Hex), "color", "같은 색상 코드의 이름과 색이 서로 달라요.", "The same colour code with another name or swatch.")
		colors[v.Color.Code] = v.Color
		c.variant(v, rules)
	}
	c.sku = ""
}

func (c *check) variant(v Variant, rules Category) {
	c.must(colorForm.MatchString(v.Color.Code) && len(v.Color.Code) <= 40, "color", "영문 소문자, 숫자, 하이픈만 쓸 수 있어요.", "Only a-z, 0-9 and single hyphens.")
	c.must(hexForm.MatchString(v.Color.Hex), "color_hex", "#1b2a49 같은 모양이어야 해요.", "Must look like #1b2a49.")
	c.text("color_ko", v.Color.Name.KO, 40, true)
	c.text("color_en", v.Color.Name.EN, 40, false)
	c.must(rules.Takes(v.Size.Label), "size", fmt.Sprintf("이 카테고리에 없는 사이즈예요: %q", v.Size.Label), fmt.Sprintf("%q is no size of this category.", v.Size.Label))
	regular := v.Regular
	if regular == 0 {
		regular = v.Price
	}
	c.must(regular > 0 && regular <= MaxPrice, "price", "1원에서 1억 원 사이여야 해요.", "From 1 to 100,000,000 won.")
	c.must(v.ListPrice >= regular && v.ListPrice <= MaxPrice, "list_price", "판매가보다 낮을 수 없어요.", "Must not be below the price.")
	c.must(v.Available >= 0 && v.Available <= 1_000_000, "stock", "0에서 1,000,000 사이여야 해요.", "From 0 to 1,000,000.")
	if v.Sale == (Sale{}) {
		return
	}
	c.must(v.Sale.Price > 0 && v.Sale.Price < regular, "sale_price", "판매가보다 낮아야 해요.", "Must be below the price.")
	c.must(v.Sale.From.Before(v.Sale.Until), "sale_until", "시작보다 뒤여야 해요.", "Must be after the sale's start.")
}

// Takes reports whether a size of that label may be in the category. Only for one from Tree.Rules.
func (c Category) Takes(label string) bool {
	if label == "" || len([]rune(label)) > 20 {
		return false
	}
	names := strings.Fields(c.Sizes)
	return len(names) == 0 || slices.ContainsFunc(names, func(name string) bool {
		s, _ := SchemeOf(name)
		return slices.Contains(s, label)
	})
}

// Size returns the label with its place in the first of the category's schemes that has it, or else in the first of all.
func (c Category) Size(label string) Size {
	for _, name := range strings.Fields(c.Sizes) {
		if s, _ := SchemeOf(name); slices.Contains(s, label) {
			return s.Size(label)
		}
	}
	for _, s := range Schemes {
		if slices.Contains(s.Scheme, label) {
			return s.Size(label)
		}
	}
	return Size{Label: label}
}
