package catalog

import "myclothes/internal/lang"

// Fact is one of the things that a seller must say of a product before it is bought (전자상거래 등에서의 상품 등의 정보제공에 관한 고시).
type Fact string

// The facts. Colours and sizes are told by the variants and the size table where the merchant says nothing else.
const (
	FactKind     Fact = "kind"     // 종류
	FactMaterial Fact = "material" // 소재
	FactColor    Fact = "color"    // 색상
	FactSize     Fact = "size"     // 치수, 크기
	FactMaker    Fact = "maker"    // 제조자, 수입자
	FactCountry  Fact = "country"  // 제조국
	FactCare     Fact = "care"     // 세탁 방법, 취급 시 주의사항
	FactMade     Fact = "made"     // 제조연월
	FactWarranty Fact = "warranty" // 품질보증기준
	FactService  Fact = "service"  // A/S 책임자와 전화번호
)

// Facts lists every fact, in the order in which files name them.
var Facts = []Fact{FactKind, FactMaterial, FactColor, FactSize, FactMaker, FactCountry, FactCare, FactMade, FactWarranty, FactService}

// Derived reports whether the shop can tell the fact from the product's variants by itself.
func (f Fact) Derived() bool { return f == FactColor || f == FactSize }

// Notice is a set of goods for which the 고시 (별표) names the same facts.
type Notice string

// The sets that a fashion store sells.
const (
	Clothes Notice = "clothes"  // 의류
	Footw   Notice = "footwear" // 구두·신발
	Bags    Notice = "bags"     // 가방
	Smalls  Notice = "smalls"   // 패션잡화: 모자, 벨트, 액세서리 등
)

var notices = map[Notice][]Fact{
	Clothes: {FactMaterial, FactColor, FactSize, FactMaker, FactCountry, FactCare, FactMade, FactWarranty, FactService},
	Footw:   {FactMaterial, FactColor, FactSize, FactMaker, FactCountry, FactCare, FactWarranty, FactService},
	Bags:    {FactKind, FactMaterial, FactColor, FactSize, FactMaker, FactCountry, FactCare, FactWarranty, FactService},
	Smalls:  {FactKind, FactMaterial, FactSize, FactMaker, FactCountry, FactCare, FactWarranty, FactService},
}

// Facts returns what must be said, in the order of the 고시; nil for a set that does not exist.
func (n Notice) Facts() []Fact { return notices[n] }

// Told are the facts of a product, as the merchant wrote them.
type Told map[Fact]lang.Text

// Missing returns the facts that the 고시 wants and nobody told, in its order.
func (t Told) Missing(n Notice) []Fact {
	var out []Fact
	for _, f := range n.Facts() {
		if t[f].KO == "" && !f.Derived() {
			out = append(out, f)
		}
	}
	return out
}
