package search

import (
	"slices"
	"strings"
	"testing"

	"myclothes/internal/catalog"
)

// shop is a small catalogue: leaf, brand, Korean and English name, colour codes. IDs count from 1; all else is equal, so of two that fit alike the
// later one, which is newer, comes first.
var shop = []string{
	"shirts|damgyeol|코튼 옥스퍼드 셔츠|Cotton Oxford Shirt|white navy", // 1
	"tees|damgyeol|반팔 티셔츠|Short-sleeve T-shirt|black white",     // 2
	"tees|noreun|오버핏 그래픽 티셔츠|Oversized Graphic Tee|black",       // 3
	"shirts|noreun|데님 웨스턴 셔츠|Denim Western Shirt|blue",          // 4
	"jackets|seoga|울 자켓|Wool Jacket|black",                      // 5
	"jackets|noreun|가죽 재킷|Leather Jacket|brown",                 // 6
	"cardigans|haneulbat|램스울 카디건|Lambswool Cardigan|ivory",      // 7
	"sweatshirts|noreun|기모 맨투맨|Brushed Sweatshirt|grey",         // 8
	"jeans|seomjin|와이드 청바지|Wide Jeans|indigo",                   // 9
	"slacks|seoga|울 슬랙스|Wool Slacks|charcoal",                   // 10
	"sneakers|georeum|캔버스 스니커즈|Canvas Sneakers|white",           // 11
	"dresses|yuwol|플라워 원피스|Floral Dress|pink",                   // 12
	"backpacks|soban|나일론 백팩|Nylon Backpack|black",               // 13
	"scarves|haneulbat|캐시미어 머플러|Cashmere Muffler|camel",         // 14
	"beanies|haneulbat|울 비니|Wool Beanie|navy",                   // 15
	"knitwear|haneulbat|케이블 니트|Cable Sweater|ivory",             // 16
	"puffers|noreun|구스 패딩|Goose Puffer|black",                   // 17
	"socks|damgyeol|골지 양말|Ribbed Socks|white",                   // 18
	"belts|soban|소가죽 벨트|Leather Belt|brown",                     // 19
	"wallets|soban|반지갑|Bifold Wallet|brown",                     // 20
	"rainboots|georeum|첼시 레인부츠|Chelsea Rain Boots|navy",         // 21
	"blouses|yuwol|라운드 블라우스|Round Blouse|white",                 // 22
	"loafers|georeum|페니 로퍼|Penny Loafers|black",                 // 23
	"totes|soban|캔버스 에코백|Canvas Tote|ivory",                     // 24
	"skirts|yuwol|플리츠 스커트|Pleated Skirt|navy",                   // 25
	"trenches|seoga|클래식 트렌치코트|Classic Trench Coat|beige",        // 26
	"hoodies|noreun|헤비 후드티|Heavy Hoodie|grey",                   // 27
	"jackets|seoga|트위드 과자 자켓|Tweed Jacket|pink",                 // 28
	"shirts|yuwol|코튼셔츠|Cottonshirt|white",                       // 29
	"tees|yuwol|긴팔티셔츠|Longsleeve|white",                         // 30
}

func shopIndex(t testing.TB) *Index {
	t.Helper()
	brands := map[string]catalog.Brand{}
	for _, s := range []string{"damgyeol|담결|Damgyeol", "noreun|노른|Noreun", "seoga|모던 서가|Modern Seoga", "haneulbat|하늘밭|Haneulbat", "seomjin|섬진웍스|Seomjin Works",
		"georeum|걸음새|Georeumsae", "yuwol|유월기록|Yuwol Archive", "soban|소반공방|Soban Atelier"} {
		f := strings.Split(s, "|")
		brands[f[0]] = catalog.Brand{Slug: f[0], Name: text(f[1], f[2])}
	}
	x := New(madeTree())
	for i, line := range shop {
		f := strings.Split(line, "|")
		e := catalog.Entry{ID: int64(i + 1), Category: f[0], Brand: brands[f[1]], Name: text(f[2], f[3]), Price: 10_000, ListPrice: 10_000}
		for _, code := range strings.Fields(f[4]) {
			c := madeColors[slices.IndexFunc(madeColors, func(c catalog.Color) bool { return c.Code == code })]
			e.Variants = append(e.Variants, catalog.EntryVariant{Color: c, Size: "M", InStock: true})
		}
		x.Put(e)
	}
	return x
}

func found(t *testing.T, x *Index, text string) catalog.Found {
	t.Helper()
	f, err := x.Find(catalog.Query{Text: text})
	if err != nil {
		t.Fatal(err)
	}
	return f
}

// TestWordsFindWhatIsMeant names for each text what must come first, in this order or (after "any:") in any, and what must not come at all.
func TestWordsFindWhatIsMeant(t *testing.T) {
	x := shopIndex(t)
	for _, c := range []struct {
		text  string
		first []int64 // these are the first results, in any order
		never []int64
	}{
		{"셔츠", []int64{1, 4, 29}, nil},
		{"shirt", []int64{1, 4, 29}, nil},
		{"shirts", []int64{1, 4, 29}, nil},
		{"티셔츠", []int64{2, 3, 30}, []int64{1, 4, 29}},
		{"티", []int64{2, 3, 30}, []int64{1, 5}},
		{"t-shirt", []int64{2, 3, 30}, nil},
		{"tee", []int64{2, 3, 30}, []int64{1}},
		{"반팔 티셔츠", []int64{2}, []int64{3, 30}},
		{"반팔티셔츠", []int64{2}, []int64{3, 30}},
		{"긴팔 티셔츠", []int64{30}, []int64{2}},
		{"코튼셔츠", []int64{29, 1}, []int64{2, 4}},
		{"코튼 셔츠", []int64{29, 1}, []int64{2, 4}},
		{"자켓", []int64{5, 6, 28}, nil},
		{"쟈켓", []int64{5, 6, 28}, nil},
		{"가디건", []int64{7}, nil},
		{"스웨트셔츠", []int64{8}, nil},
		{"후디", []int64{27}, nil},
		{"데님", []int64{9, 4}, nil},
		{"청바지", []int64{9}, []int64{10}},
		{"바지", []int64{9, 10}, nil},
		{"정장바지", []int64{10}, []int64{9}},
		{"운동화", []int64{11}, nil},
		{"드레스", []int64{12}, nil},
		{"배낭", []int64{13}, nil},
		{"목도리", []int64{14}, nil},
		{"털모자", []int64{15}, nil},
		{"스웨터", []int64{16}, nil},
		{"푸퍼", []int64{17}, nil},
		{"삭스", []int64{18}, nil},
		{"허리띠", []int64{19}, nil},
		{"월렛", []int64{20}, nil},
		{"장화", []int64{21}, nil},
		{"남방", []int64{1, 4, 29}, nil},
		{"구두", []int64{23}, nil},
		{"에코백", []int64{24}, nil},
		{"치마", []int64{25}, nil},
		{"가죽자켓", []int64{6}, []int64{5}},
		{"레더재킷", []int64{6}, []int64{5}},
		{"트위드자켓", []int64{28}, []int64{5}},
		{"바바리", []int64{26}, nil},
		{"trousers", []int64{9, 10}, nil},
		{"검정 셔츠", []int64{}, []int64{5}},
		{"검정 자켓", []int64{5}, []int64{6}},
		{"검정자켓", []int64{5}, []int64{6}},
		{"검은티셔츠", []int64{2, 3}, []int64{30}},
		{"흰색 셔츠", []int64{1, 29}, []int64{4}},
		{"하얀셔츠", []int64{1, 29}, []int64{4}},
		{"네이비", []int64{1, 15, 21, 25}, nil},
		{"남색", []int64{1, 15, 21, 25}, nil},
		{"t shirt", []int64{2, 3, 30}, []int64{5}},

		{"ㅅㅊ", []int64{1, 4, 29}, nil},
		{"ㅌㅅㅊ", []int64{2, 3, 30}, []int64{1}},
		{"코튼ㅅㅊ", []int64{1, 29}, []int64{4}},
		{"ㅋㅌ ㅅㅊ", []int64{1, 29}, []int64{4}},
		{"티셔ㅊ", []int64{2, 3, 30}, []int64{1}},
		{"티셫", []int64{2, 3, 30}, []int64{1}},
		{"자케", []int64{5, 6, 28}, nil},
		{"과", []int64{28}, nil},
		{"트우", []int64{28}, nil},
		{"tucm", []int64{1, 4, 29}, nil},
		{"TUCM", []int64{1, 4, 29}, nil},
		{"xltucm", []int64{2, 3, 30}, nil},
		{"셧츠", []int64{1, 4, 29}, nil},
		{"tutcm", []int64{1, 4, 29}, nil},
		{"코튼셧츠", []int64{1, 29}, nil},
		{"ㄴㅗㅑㄱㅅ", []int64{1, 4, 29}, nil},
		{"노ㅑㄳ", []int64{1, 4, 29}, nil},
		{"sneekers", []int64{11}, nil},
		{"배ㄱ팩", []int64{13}, nil},
		{"담결", []int64{1, 2, 18}, []int64{3}},
		{"damgyeol", []int64{1, 2, 18}, []int64{3}},
		{"모던서가", []int64{5, 10, 26, 28}, nil},
		{"모던 서가", []int64{5, 10, 26, 28}, nil},
		{"modernseoga", []int64{5, 10, 26, 28}, nil},
		{"yuwol archive", []int64{12, 22, 25, 29, 30}, nil},
		{"유월기록 원피스", []int64{12}, []int64{22}},
		{"노른셔츠", []int64{4}, []int64{1}},
		{"셔츠 & 데님", []int64{4}, []int64{1}},
		{"  셔츠  ", []int64{1, 4, 29}, nil},
		{"\u200b셔츠\u200d", []int64{1, 4, 29}, nil},
		{"셔츠", []int64{1, 4, 29}, nil}, // decomposed, as macOS types it
	} {
		f := found(t, x, c.text)
		if len(f.IDs) < len(c.first) {
			t.Errorf("%q finds only %v, want %v", c.text, f.IDs, c.first)
			continue
		}
		first := slices.Sorted(slices.Values(f.IDs[:len(c.first)]))
		if want := slices.Sorted(slices.Values(c.first)); !slices.Equal(first, want) {
			t.Errorf("%q finds first %v, want %v (all: %v)", c.text, first, want, f.IDs)
		}
		for _, id := range c.never {
			if slices.Contains(f.IDs, id) {
				t.Errorf("%q must not find %d (%s): %v", c.text, id, shop[id-1], f.IDs)
			}
		}
	}
}

func TestReading(t *testing.T) {
	x := shopIndex(t)
	for _, c := range []struct {
		text, instead string
		dropped       []string
		total         bool
	}{
		{"셔츠", "", nil, true},
		{"쟈켓", "", nil, true},
		{"티셔ㅊ", "", nil, true},
		{"셧츠", "셔츠", nil, true},
		{"데님 셧츠", "데님 셔츠", nil, true},
		{"인디공 셔츠", "", []string{"인디공"}, true}, // there is no 인디고 셔츠
		{"카라티", "", nil, false},
		{"tutcm", "셔츠", nil, true},
		{"tucm", "셔츠", nil, true},
		{"노ㅑㄳ", "shirt", nil, true},
		{"shrit", "shirt", nil, true},
		{"쀍뚧꿻 셔츠", "", []string{"쀍뚧꿻"}, true},
		{"Quixotic SHIRT", "", []string{"Quixotic"}, true},
		{"quixotic", "", nil, false},
		{"!!! ***", "", nil, false},
		{"👕", "", nil, false},
		{"셔츠 👕", "", nil, true},
		{"  ", "", nil, true},
	} {
		f := found(t, x, c.text)
		if f.Instead != c.instead || !slices.Equal(f.Dropped, c.dropped) || f.Total > 0 != c.total {
			t.Errorf("%q is read as %q without %q, %d found; want %q, %q, found %v", c.text, f.Instead, f.Dropped, f.Total, c.instead, c.dropped, c.total)
		}
	}
}

func TestSoldOutComesLastInBestOnly(t *testing.T) {
	x := shopIndex(t)
	loved := catalog.Entry{ID: 100, Category: "shirts", Name: text("아끼는 셔츠", "Loved Shirt"), Price: 5_000, ListPrice: 5_000, Popularity: 1000,
		Variants: []catalog.EntryVariant{{Color: madeColors[0], Size: "M"}}}
	x.Put(loved)
	last := func(q catalog.Query) int64 {
		f, err := x.Find(q)
		if err != nil || len(f.IDs) == 0 {
			t.Fatal(f, err)
		}
		return f.IDs[len(f.IDs)-1]
	}
	if last(catalog.Query{Category: "clothing"}) != 100 || last(catalog.Query{Text: "셔츠"}) != 100 || last(catalog.Query{Text: "아끼는 셔츠 "}) != 100 {
		t.Error("what cannot be bought must come after what can")
	}
	if f, _ := x.Find(catalog.Query{Text: "셔츠", Sort: catalog.PriceUp}); f.IDs[0] != 100 {
		t.Errorf("by price the cheapest comes first, sold out or not: %v", f.IDs)
	}
}

func TestABrandIsFoundByItsNewName(t *testing.T) {
	x := New(madeTree())
	e := made(1)
	e.Brand = catalog.Brand{Slug: "b", Name: text("옛이름", "Oldname")}
	x.Put(e)
	e.Brand.Name = text("새이름표", "Newname")
	x.Put(e)
	if found(t, x, "oldname").Total != 0 || found(t, x, "newname").Total != 1 || found(t, x, "새이름표").Total != 1 {
		t.Error("a brand is found by the name it has now, and by no other")
	}
}

func TestSuggest(t *testing.T) {
	x := shopIndex(t)
	x.Put(catalog.Entry{ID: 200, Category: "shirts", Name: text("린넨 옥스퍼드 셔츠", "Linen Oxford Shirt"), Brand: catalog.Brand{Slug: "damgyeol", Name: text("담결", "Damgyeol")}})
	type want struct{ category, brand, text string }
	for _, c := range []struct {
		text string
		want want // one of the suggestions, the first of its kind
	}{
		{"셔츠", want{category: "shirts"}},
		{"셔", want{category: "shirts"}},
		{"ㅅㅊ", want{category: "shirts"}},
		{"티셔ㅊ", want{category: "tees"}},
		{"xltu", want{category: "tees"}},
		{"청바지", want{category: "jeans"}},
		{"sho", want{category: "shoes"}},
		{"담ㄱ", want{brand: "damgyeol"}},
		{"모던서", want{brand: "seoga"}},
		{"damg", want{brand: "damgyeol"}},
		{"옥스", want{text: "옥스퍼드 셔츠"}},
		{"ㅇㅅㅍㄷ", want{text: "옥스퍼드 셔츠"}},
		{"니", want{category: "knitwear"}},
		{"비", want{category: "beanies"}},
		{"oxf", want{text: "옥스퍼드 셔츠"}},
	} {
		list := x.Suggest(c.text, 10)
		i := slices.IndexFunc(list, func(s catalog.Suggestion) bool {
			switch {
			case c.want.category != "":
				return s.Category != ""
			case c.want.brand != "":
				return s.Brand != ""
			}
			return s.Category == "" && s.Brand == "" && s.Product == 0
		})
		if i < 0 || list[i].Category != c.want.category || list[i].Brand != c.want.brand || c.want.text != "" && list[i].Text.KO != c.want.text {
			t.Errorf("%q suggests %+v, want %+v", c.text, list, c.want)
			continue
		}
		if list[i].Products == 0 {
			t.Errorf("%q suggests %+v without a count", c.text, list[i])
		}
		names := map[string]bool{}
		for _, s := range list {
			if names[s.Text.KO] {
				t.Errorf("%q suggests %q twice", c.text, s.Text.KO)
			}
			names[s.Text.KO] = true
		}
	}
	for _, limit := range []int{0, 1, 2, 5} {
		if n := len(x.Suggest("셔", limit)); n > limit {
			t.Errorf("%d suggestions, asked for %d", n, limit)
		}
	}
	if x.Suggest("", 10) != nil || x.Suggest("  ", 10) != nil || x.Suggest("quixotic", 10) != nil {
		t.Error("nothing typed, nothing suggested")
	}
}
