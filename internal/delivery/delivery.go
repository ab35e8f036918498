// Package delivery says what it costs to bring an order to an address in Korea.
package delivery

import (
	"strings"

	"myclothes/internal/money"
)

// Policy is what the shop charges. The zero Policy charges nothing.
type Policy struct {
	Fee      money.Amount // 배송비 of an order below FreeFrom
	FreeFrom money.Amount // goods worth this much travel free; 0: no order does
	Island   money.Amount // 도서산간 추가 배송비, charged also where the fee is not
}

// For returns the fee for goods worth subtotal. Nothing bought costs nothing.
func (p Policy) For(subtotal money.Amount) money.Amount {
	if subtotal <= 0 || (p.FreeFrom > 0 && subtotal >= p.FreeFrom) {
		return 0
	}
	return p.Fee
}

// UntilFree returns how much more must be bought for free delivery: 0 where it is free already or never will be.
func (p Policy) UntilFree(subtotal money.Amount) money.Amount {
	if p.FreeFrom == 0 || subtotal >= p.FreeFrom {
		return 0
	}
	return p.FreeFrom - subtotal
}

// Surcharge returns what bringing something to that road address costs on top.
func (p Policy) Surcharge(roadAddress string) money.Amount {
	if IsIsland(roadAddress) {
		return p.Island
	}
	return 0
}

// region is a place that carriers reach only by ship or plane: every named level must match.
type region struct{ province, county, town string }

// islands are decided by the address and not by the postcode alone: the Fair Trade Commission found on 2025-10-07 that shops
// charging by postcode billed people on islands that have long had a bridge, so islands with one (영흥, 임자, 신지, 고금, 원산도, …) are not in the list.
// An empty level matches everything below.
var islands = []region{
	{"제주", "", ""},
	{"경북", "울릉군", ""},
	{"인천", "옹진군", "백령면"}, {"인천", "옹진군", "대청면"}, {"인천", "옹진군", "연평면"},
	{"인천", "옹진군", "덕적면"}, {"인천", "옹진군", "자월면"}, {"인천", "옹진군", "북도면"},
	{"전남", "신안군", "흑산면"}, {"전남", "신안군", "비금면"}, {"전남", "신안군", "도초면"}, {"전남", "신안군", "하의면"},
	{"전남", "신안군", "신의면"}, {"전남", "신안군", "장산면"},
	{"전남", "완도군", "노화읍"}, {"전남", "완도군", "보길면"}, {"전남", "완도군", "소안면"}, {"전남", "완도군", "청산면"},
	{"전남", "완도군", "금일읍"}, {"전남", "완도군", "생일면"}, {"전남", "완도군", "금당면"},
	{"전남", "진도군", "조도면"}, {"전남", "여수시", "삼산면"},
	{"경남", "통영시", "욕지면"}, {"경남", "통영시", "한산면"}, {"경남", "통영시", "사량면"},
	{"전북", "부안군", "위도면"},
}

// IsIsland reports whether the road address lies where the surcharge is due. Only whole leading parts of the address count:
// a street that merely bears an island's name ("서울특별시 … 제주로") does not.
func IsIsland(roadAddress string) bool {
	parts := strings.Fields(roadAddress)
	if len(parts) == 0 {
		return false
	}
	for _, p := range parts {
		if romanised[strings.ToLower(strings.Trim(p, ",."))] {
			return true
		}
	}
	if strings.HasPrefix(parts[0], "(") {
		parts = parts[1:] // "(63309) 제주특별자치도 …"
	}
	for _, r := range islands {
		if len(parts) > 0 && (r.at(parts) || (r.county != "" && r.at(append([]string{r.province}, parts...)))) {
			return true
		}
	}
	return false
}

// at reports whether the address, from its province on, lies in the region.
func (r region) at(parts []string) bool {
	return province(parts[0]) == r.province && hasPart(parts, 1, r.county) && hasPart(parts, 2, r.town)
}

func hasPart(parts []string, i int, want string) bool {
	return want == "" || (i < len(parts) && parts[i] == want)
}

// romanised are the islands in the spelling of English road addresses, which name the province last: "242 Cheomdan-ro, Jeju-si, Jeju-do".
var romanised = map[string]bool{"jeju-do": true, "jeju-si": true, "seogwipo-si": true, "ulleung-gun": true, "baengnyeong-myeon": true, "heuksan-myeon": true}

// provinces maps the spellings of 시·도, before and after the special self-governing names, to one.
var provinces = map[string]string{
	"제주특별자치도": "제주", "제주도": "제주", "제주시": "제주", "서귀포시": "제주",
	"경상북도": "경북", "인천광역시": "인천", "인천시": "인천", "전라남도": "전남", "경상남도": "경남",
	"전라북도": "전북", "전북특별자치도": "전북",
}

func province(s string) string {
	if p, ok := provinces[s]; ok {
		return p
	}
	return s
}
