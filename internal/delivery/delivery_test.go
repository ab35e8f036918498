package delivery

import "testing"

func TestIsIsland(t *testing.T) {
	for address, want := range map[string]bool{
		"제주특별자치도 제주시 첨단로 242":               true,
		"제주 서귀포시 중앙로 1":                     true,
		"서귀포시 중앙로 1":                        true,
		"경상북도 울릉군 울릉읍 도동길 1":                true,
		"인천광역시 옹진군 백령면 백령로 1":               true,
		"전라남도 신안군 흑산면 흑산일주로 1":              true,
		"인천광역시 옹진군 영흥면 영흥로 1":               false, // a bridge since 2001
		"전라남도 신안군 임자면 임자로 1":                false, // a bridge since 2021
		"서울특별시 강남구 제주로 1":                   false, // only a street's name
		"서울특별시 중구 세종대로 110":                 false,
		"부산광역시 해운대구 울릉군길 3":                 false,
		"242 Cheomdan-ro, Jeju-si, Jeju-do": true,
		"1 Jeju-ro, Gangnam-gu, Seoul":      false,
		"(63309) 제주특별자치도 제주시 첨단로 242":       true,
		"울릉군 울릉읍 도동길 1":                     true,
		"충청남도 보령시 오천면 소성안길 55":              false,
		"제주로 12": false,
		"":       false,
		"   ":    false,
	} {
		if got := IsIsland(address); got != want {
			t.Errorf("IsIsland(%q) = %v, want %v", address, got, want)
		}
	}
}

func TestFees(t *testing.T) {
	p := Policy{Fee: 3000, FreeFrom: 50000, Island: 4000}
	if p.For(0) != 0 || p.For(1) != 3000 || p.For(49999) != 3000 || p.For(50000) != 0 {
		t.Errorf("fees: %d %d %d %d", p.For(0), p.For(1), p.For(49999), p.For(50000))
	}
	if p.UntilFree(49000) != 1000 || p.UntilFree(60000) != 0 || (Policy{Fee: 3000}).UntilFree(5) != 0 {
		t.Error("what is missing for free delivery is wrong")
	}
	if p.Surcharge("제주특별자치도 제주시 첨단로 242") != 4000 || p.Surcharge("서울특별시 중구 세종대로 110") != 0 {
		t.Error("the surcharge does not follow the address")
	}
	if (Policy{Fee: 3000}).For(1_000_000) != 3000 {
		t.Error("without a threshold nothing is free")
	}
}
