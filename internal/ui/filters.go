package ui

import (
	"slices"

	"myclothes/internal/catalog"
	"myclothes/internal/lang"
	"myclothes/internal/money"
)

// Choice is one value of a filter and how many products have it.
type Choice struct {
	Value, Text string
	Count       int
	Chosen      bool
	Address     string // where choosing it leads, if it is a page of its own
}

// Filters is the form that narrows a listing.
type Filters struct {
	Action                 string // where the form goes
	Hidden                 []Hidden
	Colors, Prices, Brands []Choice
	Sizes                  []System
	Sale, Stock            Choice
	Chosen                 []Link // choices made, each leading to the listing without it
	Clear                  string // the listing without any
}

// Any reports whether there is anything to choose.
func (f Filters) Any() bool {
	return len(f.Colors)+len(f.Prices)+len(f.Brands)+len(f.Sizes)+len(f.Chosen) > 0 || f.Sale.Count > 0
}

// System is a group of sizes that are named in one way.
type System struct {
	Name    string
	Choices []Choice
}

// BySystem puts sizes together by the scheme that they belong to. They come ordered by scheme.
func BySystem(w Words, sizes []Choice) []System {
	var out []System
	for _, s := range sizes {
		name := w.T(systemNames[systemOf(s.Value)])
		if len(out) == 0 || out[len(out)-1].Name != name {
			out = append(out, System{Name: name})
		}
		last := &out[len(out)-1]
		last.Choices = append(last.Choices, s)
	}
	return out
}

func systemOf(label string) string {
	for _, s := range catalog.Schemes {
		if slices.Contains(s.Scheme, label) {
			return s.Name
		}
	}
	return ""
}

var systemNames = map[string]lang.Text{
	"free": {KO: "프리", EN: "One size"}, "alpha": {KO: "알파 사이즈", EN: "Letters"}, "women": {KO: "여성 사이즈", EN: "Women's"}, "men": {KO: "남성 사이즈", EN: "Men's"},
	"waist": {KO: "허리 (인치)", EN: "Waist (inches)"}, "shoes": {KO: "신발 (mm)", EN: "Shoes (mm)"}, "": {KO: "그 밖", EN: "Others"},
}

// Family names a colour as people look for it. A colour that is no family is named as it came.
func (w Words) Family(f catalog.Family) string {
	if t, ok := families[f]; ok {
		return w.T(t.name)
	}
	return string(f)
}

// Swatch is what the family looks like.
func (w Words) Swatch(f string) string { return families[catalog.Family(f)].hex }

var families = map[catalog.Family]struct {
	name lang.Text
	hex  string
}{
	catalog.Black:  {lang.Text{KO: "블랙", EN: "Black"}, "#202125"},
	catalog.Grey:   {lang.Text{KO: "그레이", EN: "Grey"}, "#9a9b9d"},
	catalog.White:  {lang.Text{KO: "화이트", EN: "White"}, "#ffffff"},
	catalog.Ivory:  {lang.Text{KO: "아이보리", EN: "Ivory"}, "#f1eadb"},
	catalog.Beige:  {lang.Text{KO: "베이지", EN: "Beige"}, "#cdb994"},
	catalog.Brown:  {lang.Text{KO: "브라운", EN: "Brown"}, "#6a4a36"},
	catalog.Red:    {lang.Text{KO: "레드", EN: "Red"}, "#a9322f"},
	catalog.Pink:   {lang.Text{KO: "핑크", EN: "Pink"}, "#e2b6b1"},
	catalog.Orange: {lang.Text{KO: "오렌지", EN: "Orange"}, "#d9803f"},
	catalog.Yellow: {lang.Text{KO: "옐로", EN: "Yellow"}, "#e2c766"},
	catalog.Green:  {lang.Text{KO: "그린", EN: "Green"}, "#4c7a5d"},
	catalog.Khaki:  {lang.Text{KO: "카키", EN: "Khaki"}, "#74704e"},
	catalog.Sky:    {lang.Text{KO: "스카이블루", EN: "Sky blue"}, "#a3bedb"},
	catalog.Blue:   {lang.Text{KO: "블루", EN: "Blue"}, "#3f669c"},
	catalog.Navy:   {lang.Text{KO: "네이비", EN: "Navy"}, "#222f4b"},
	catalog.Purple: {lang.Text{KO: "퍼플", EN: "Purple"}, "#7d6a9e"},
}

// Band writes a range of prices; "" where there is neither end.
func (w Words) Band(low, high money.Amount) string {
	if low%10 == 1 {
		low-- // "30,001 and up" is said as "from 30,000"
	}
	switch {
	case low == 0 && high == 0:
		return ""
	case low == 0:
		return w.Say(w.Won(high)+" 이하", "Up to "+w.Won(high))
	case high == 0:
		return w.Say(w.Won(low)+" 이상", w.Won(low)+" and up")
	}
	return w.Won(low) + w.Say(" ~ ", " – ") + w.Won(high)
}
