package demo

import (
	"fmt"
	"time"

	"myclothes/internal/catalog"
	"myclothes/internal/lang"
)

var (
	warranty = t("공정거래위원회 고시 소비자분쟁해결기준에 따름", "According to the Consumer Dispute Resolution Standards of the Korea Fair Trade Commission")
	service  = t("마이클로즈 고객센터 1600-0000", "MyClothes customer service, 1600-0000")
)

// countries in which a brand has its things made; the first ones are the more frequent.
var countries = []lang.Text{
	t("대한민국", "Republic of Korea"), t("대한민국", "Republic of Korea"), t("대한민국", "Republic of Korea"), t("베트남", "Viet Nam"),
	t("베트남", "Viet Nam"), t("중국", "China"), t("포르투갈", "Portugal"), t("인도네시아", "Indonesia"),
}

// facts tells what the 고시 asks of the article's category: its material and its make by rule, colours and sizes being told by the variants.
func (a article) facts(r catalog.Category, listed time.Time) catalog.Told {
	told := catalog.Told{}
	country := countries[hash(a.stem+a.brand)>>3%uint32(len(countries))]
	for _, f := range r.Notice.Facts() {
		switch f {
		case catalog.FactKind:
			told[f] = r.Name
		case catalog.FactMaterial:
			told[f] = a.material(r)
		case catalog.FactMaker:
			told[f] = makerOf(houseOf(a.brand).Name, country)
		case catalog.FactCountry:
			told[f] = country
		case catalog.FactCare:
			told[f] = cares[fabrics[a.fabric].care]
		case catalog.FactMade:
			told[f] = made(listed)
		case catalog.FactWarranty:
			told[f] = warranty
		case catalog.FactService:
			told[f] = service
		}
	}
	return told
}

// makerOf names the maker, and of what comes from abroad the importer.
func makerOf(brand, country lang.Text) lang.Text {
	if country.KO == "대한민국" {
		return t("주식회사 "+brand.KO, brand.EN+" Co., Ltd.")
	}
	return t("주식회사 "+brand.KO+" 협력 공장 / 수입자 주식회사 "+brand.KO, "Partner factory of "+brand.EN+" / imported by "+brand.EN+" Co., Ltd.")
}

// made is the month before the one in which it was listed.
func made(listed time.Time) lang.Text {
	m := time.Date(listed.Year(), listed.Month()-1, 1, 0, 0, 0, 0, time.UTC)
	return t(fmt.Sprintf("%d년 %d월", m.Year(), m.Month()), m.Format("January 2006"))
}

// material adds what is not of the main fabric: linings and soles.
func (a article) material(r catalog.Category) lang.Text {
	x := fabrics[a.fabric]
	switch {
	case r.Notice == catalog.Footw && x.care != rinse:
		return t("겉감 "+x.name.KO+" / 밑창 합성고무", "Upper "+x.name.EN+" / sole synthetic rubber")
	case x.care == dry && r.Notice == catalog.Clothes:
		return t("겉감 "+x.name.KO+" / 안감 폴리에스터 100%", "Shell "+x.name.EN+" / lining polyester 100%")
	case r.Notice == catalog.Bags:
		return t("겉감 "+x.name.KO+" / 안감 폴리에스터 100%", "Outside "+x.name.EN+" / lining polyester 100%")
	}
	return x.name
}
