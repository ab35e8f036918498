package ui

import (
	"strconv"
	"strings"
	"time"

	"myclothes/internal/catalog"
	"myclothes/internal/lang"
	"myclothes/internal/order"
)

// Sources is the srcset of a picture that is kept in several sizes; "" for one that is not.
func (w Words) Sources(path string) string {
	if _, photo := catalog.PhotoStem(path); !photo {
		return ""
	}
	var out []string
	for _, n := range catalog.PictureWidths {
		out = append(out, "/media/"+catalog.PictureFile(path, n)+" "+strconv.Itoa(n)+"w")
	}
	return strings.Join(out, ", ")
}

// Until writes the last day of something that ends at t: a sale until the first of a month is over on the day before.
func (w Words) Until(t time.Time) string {
	t = t.In(order.Seoul).Add(-time.Second)
	return w.Say(t.Format("1월 2일까지"), "until "+t.Format("2 January"))
}

// Told is a fact as a page shows it. Foreign: there are no words in the page's language.
type Told struct {
	Name, Text string
	Foreign    bool
}

// Told returns the facts that the 고시 wants, in its order. Colours and sizes are told by the variants where the merchant says nothing else.
func (v ProductView) Told() []Told {
	var out []Told
	for _, f := range v.Notice.Facts() {
		t := v.Facts[f]
		if t.KO == "" {
			t = v.derived(f)
		}
		if t.KO != "" {
			out = append(out, Told{v.T(factNames[f]), v.T(t), v.Lang == lang.English && t.EN == ""})
		}
	}
	return out
}

func (v ProductView) derived(f catalog.Fact) lang.Text {
	var ko, en []string
	switch f {
	case catalog.FactColor:
		for _, c := range v.Colors() {
			ko, en = append(ko, c.Name.KO), append(en, c.Name.In(lang.English))
		}
	case catalog.FactSize:
		for _, s := range v.Product.Sizes() {
			ko, en = append(ko, s.Label), append(en, s.Label)
		}
		if len(v.Measures.Rows) > 0 {
			ko, en = append(ko, "실측은 사이즈 표 참고"), append(en, "see the size table for measures")
		}
	}
	return lang.Text{KO: strings.Join(ko, ", "), EN: strings.Join(en, ", ")}
}

var factNames = map[catalog.Fact]lang.Text{
	catalog.FactKind:     {KO: "종류", EN: "Kind"},
	catalog.FactMaterial: {KO: "소재", EN: "Material"},
	catalog.FactColor:    {KO: "색상", EN: "Colours"},
	catalog.FactSize:     {KO: "치수", EN: "Sizes"},
	catalog.FactMaker:    {KO: "제조자·수입자", EN: "Maker or importer"},
	catalog.FactCountry:  {KO: "제조국", EN: "Made in"},
	catalog.FactCare:     {KO: "세탁·취급 주의사항", EN: "Care"},
	catalog.FactMade:     {KO: "제조연월", EN: "Made"},
	catalog.FactWarranty: {KO: "품질보증기준", EN: "Warranty"},
	catalog.FactService:  {KO: "A/S 책임자·전화번호", EN: "After-sales service"},
}

// SeasonWords names the seasons that the product is for.
func (v ProductView) SeasonWords() string {
	if len(v.Seasons) == 0 || len(v.Seasons) == len(catalog.Seasons) {
		return v.Say("사계절", "All year")
	}
	var out []string
	for _, s := range v.Seasons {
		out = append(out, v.T(seasonNames[s]))
	}
	return strings.Join(out, " · ")
}

var seasonNames = map[catalog.Season]lang.Text{
	catalog.Spring: {KO: "봄", EN: "Spring"}, catalog.Summer: {KO: "여름", EN: "Summer"}, catalog.Autumn: {KO: "가을", EN: "Autumn"}, catalog.Winter: {KO: "겨울", EN: "Winter"},
}

// Measured is a column of the size table: Letter marks the place on the drawing.
type Measured struct {
	Letter, Name string
	Point        catalog.Point
}

// Measured returns the columns of the size table.
func (v ProductView) Measured() []Measured {
	out := make([]Measured, len(v.Measures.Points))
	for i, p := range v.Measures.Points {
		out[i] = Measured{string(rune('A' + i)), v.T(pointNames[p]), p}
	}
	return out
}

// CM writes millimetres as centimetres: "52.5"; a dash for what was not measured.
func (w Words) CM(mm int) string {
	if mm == 0 {
		return "–"
	}
	return strconv.FormatFloat(float64(mm)/10, 'f', -1, 64)
}

var pointNames = map[catalog.Point]lang.Text{
	catalog.Length: {KO: "총장", EN: "Length"}, catalog.Shoulder: {KO: "어깨너비", EN: "Shoulders"}, catalog.Chest: {KO: "가슴단면", EN: "Chest, flat"},
	catalog.SleeveL: {KO: "소매길이", EN: "Sleeve"}, catalog.Waistline: {KO: "허리단면", EN: "Waist, flat"}, catalog.Hip: {KO: "엉덩이단면", EN: "Hips, flat"},
	catalog.Thigh: {KO: "허벅지단면", EN: "Thigh, flat"}, catalog.Rise: {KO: "밑위", EN: "Rise"}, catalog.Hem: {KO: "밑단단면", EN: "Hem, flat"},
	catalog.FootL: {KO: "발길이", EN: "Foot length"}, catalog.Ball: {KO: "발볼", EN: "Ball of the foot"}, catalog.Heel: {KO: "굽높이", EN: "Heel"}, catalog.Shaft: {KO: "발목높이", EN: "Shaft"},
	catalog.Width: {KO: "가로", EN: "Width"}, catalog.Height: {KO: "세로", EN: "Height"}, catalog.Depth: {KO: "폭·깊이", EN: "Depth"}, catalog.Strap: {KO: "끈길이", EN: "Strap"},
	catalog.Round: {KO: "머리둘레", EN: "Around the head"}, catalog.Brim: {KO: "챙길이", EN: "Brim"},
}
