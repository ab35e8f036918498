package search

import (
	"fmt"
	"math/rand/v2"
	"strings"
	"time"

	"myclothes/internal/catalog"
	"myclothes/internal/lang"
	"myclothes/internal/money"
)

func text(ko, en string) lang.Text { return lang.Text{KO: ko, EN: en} }

// madeTree is three deep with 60 leaves: four tops, each with shelves of leaves.
func madeTree() catalog.Tree {
	var all []catalog.Category
	add := func(parent, slug, ko, en string) {
		all = append(all, catalog.Category{Slug: slug, Parent: parent, Name: text(ko, en), Position: len(all)})
	}
	add("", "clothing", "의류", "Clothing")
	add("", "shoes", "신발", "Shoes")
	add("", "bags", "가방", "Bags")
	add("", "small", "액세서리", "Accessories")
	for _, s := range []string{"clothing tops 상의 Tops", "clothing outer 아우터 Outerwear", "clothing bottoms 하의 Bottoms", "clothing onepieces 원피스/세트 Dresses",
		"shoes everyday 캐주얼화 Casual", "shoes formal 드레스화 Formal", "bags large 큰가방 Large", "bags little 작은가방 Small", "small head 모자류 Headwear", "small rest 잡화 Sundries"} {
		f := strings.Fields(s)
		add(f[0], f[1], f[2], f[3])
	}
	for _, k := range madeKinds {
		add(k.shelf, k.slug, k.ko, k.en)
	}
	return catalog.NewTree(all)
}

type madeKind struct{ shelf, slug, ko, en, heads, sizes string }

var madeKinds = func() []madeKind {
	var out []madeKind
	for line := range strings.Lines(madeKindLines) {
		f := strings.Split(strings.TrimSpace(line), "|")
		if len(f) == 5 {
			out = append(out, madeKind{f[0], f[1], f[2], f[3], f[4], sizesOf(f[0])})
		}
	}
	return out
}()

func sizesOf(shelf string) string {
	switch shelf {
	case "bottoms":
		return strings.Join(catalog.Waist, " ")
	case "everyday", "formal":
		return strings.Join(catalog.Shoes, " ")
	case "large", "little", "head", "rest":
		return "FREE"
	case "onepieces":
		return strings.Join(catalog.Women, " ")
	}
	return strings.Join(catalog.Alpha, " ")
}

const madeKindLines = `tops|shirts|셔츠|Shirts|셔츠 Shirt
tops|tees|티셔츠|T-shirts|티셔츠 T-shirt
tops|knitwear|니트|Knitwear|니트 Sweater,스웨터 Sweater
tops|sweatshirts|스웨트셔츠|Sweatshirts|스웨트셔츠 Sweatshirt,맨투맨 Sweatshirt
tops|hoodies|후디|Hoodies|후드티 Hoodie,후디 Hoodie
tops|blouses|블라우스|Blouses|블라우스 Blouse
tops|polos|폴로셔츠|Polo shirts|폴로셔츠 Polo,피케셔츠 Polo
tops|sleeveless|민소매|Sleeveless|나시 Tank,민소매 Tank
tops|cardigans|카디건|Cardigans|가디건 Cardigan,카디건 Cardigan
tops|vests|베스트|Vests|조끼 Vest,베스트 Vest
outer|jackets|재킷|Jackets|자켓 Jacket,재킷 Jacket
outer|coats|코트|Coats|코트 Coat
outer|trenches|트렌치코트|Trench coats|트렌치코트 Trench
outer|puffers|패딩|Puffers|패딩 Puffer,다운 Down
outer|blousons|점퍼|Blousons|점퍼 Blouson,블루종 Blouson
outer|windbreakers|바람막이|Windbreakers|바람막이 Windbreaker
outer|blazers|블레이저|Blazers|블레이저 Blazer
outer|leathers|가죽자켓|Leather jackets|라이더자켓 Rider
outer|fleeces|플리스|Fleeces|플리스 Fleece
outer|parkas|파카|Parkas|파카 Parka,야상 Parka
bottoms|slacks|슬랙스|Slacks|슬랙스 Slacks
bottoms|jeans|데님 팬츠|Jeans|청바지 Jeans,데님팬츠 Jeans
bottoms|skirts|스커트|Skirts|스커트 Skirt,치마 Skirt
bottoms|shorts|쇼츠|Shorts|반바지 Shorts,쇼츠 Shorts
bottoms|chinos|치노 팬츠|Chinos|치노팬츠 Chinos,면바지 Chinos
bottoms|joggers|조거 팬츠|Joggers|조거팬츠 Joggers
bottoms|leggings|레깅스|Leggings|레깅스 Leggings
bottoms|cargos|카고 팬츠|Cargo pants|카고팬츠 Cargos
bottoms|wides|와이드 팬츠|Wide pants|와이드팬츠 Pants
bottoms|culottes|퀼로트|Culottes|퀼로트 Culottes
onepieces|dresses|원피스|Dresses|원피스 Dress,드레스 Dress
onepieces|jumpsuits|점프수트|Jumpsuits|점프수트 Jumpsuit
onepieces|suits|정장|Suits|수트 Suit
onepieces|maxis|롱 원피스|Maxi dresses|롱원피스 Dress
everyday|sneakers|스니커즈|Sneakers|스니커즈 Sneakers,운동화 Sneakers
everyday|runners|러닝화|Runners|러닝화 Runners
everyday|sandals|샌들|Sandals|샌들 Sandals
everyday|slippers|슬리퍼|Slippers|슬리퍼 Slippers
everyday|canvas|캔버스화|Canvas shoes|캔버스화 Canvas
everyday|rainboots|레인부츠|Rain boots|레인부츠 Rainboots,장화 Rainboots
formal|loafers|로퍼|Loafers|로퍼 Loafers
formal|oxfords|옥스퍼드화|Oxfords|옥스퍼드화 Oxfords,구두 Oxfords
formal|boots|부츠|Boots|부츠 Boots,첼시부츠 Boots
formal|heels|힐|Heels|하이힐 Heels,펌프스 Pumps
formal|flats|플랫슈즈|Flats|플랫슈즈 Flats
large|backpacks|백팩|Backpacks|백팩 Backpack,배낭 Backpack
large|totes|토트백|Totes|토트백 Tote,에코백 Tote
large|travels|여행가방|Travel bags|보스턴백 Duffel
large|shoulders|숄더백|Shoulder bags|숄더백 Shoulderbag
little|crossbags|크로스백|Crossbody|크로스백 Crossbody
little|clutches|클러치|Clutches|클러치 Clutch
little|wallets|지갑|Wallets|반지갑 Wallet,지갑 Wallet
little|pouches|파우치|Pouches|파우치 Pouch
head|caps|볼캡|Caps|볼캡 Cap
head|beanies|비니|Beanies|비니 Beanie
head|buckets|버킷햇|Bucket hats|버킷햇 Buckethat
rest|belts|벨트|Belts|벨트 Belt
rest|socks|양말|Socks|양말 Socks
rest|scarves|머플러·스카프|Scarves|머플러 Muffler,스카프 Scarf
rest|gloves|장갑|Gloves|장갑 Gloves`

// madeWords are what names are made of besides their heads: about 300 words of the trade in both languages.
var madeWords = strings.Fields(`코튼:Cotton 오가닉:Organic 수피마:Supima 리넨:Linen 울:Wool 캐시미어:Cashmere 램스울:Lambswool 메리노:Merino 실크:Silk 레이온:Rayon 텐셀:Tencel 나일론:Nylon
폴리:Poly 스판:Stretch 데님:Denim 생지:Raw 셀비지:Selvedge 코듀로이:Corduroy 트윌:Twill 포플린:Poplin 옥스퍼드:Oxford 플란넬:Flannel 트위드:Tweed 헤링본:Herringbone 개버딘:Gabardine
저지:Jersey 피케:Pique 와플:Waffle 골지:Ribbed 케이블:Cable 보이넥:Boatneck 브이넥:V-neck 라운드:Crewneck 터틀넥:Turtleneck 하이넥:Highneck 헨리넥:Henley 차이나칼라:Mandarin 밴드칼라:Bandcollar
오픈칼라:Opencollar 버튼다운:Buttondown 하프집업:Halfzip 집업:Zipup 반팔:Shortsleeve 긴팔:Longsleeve 칠부:Threequarter 래글런:Raglan 퍼프:Puffsleeve 오버핏:Oversized 세미오버:Semiover 슬림핏:Slim
레귤러핏:Regular 크롭:Cropped 롱:Long 미디:Midi 맥시:Maxi 미니:Mini 와이드:Wide 테이퍼드:Tapered 스트레이트:Straight 부츠컷:Bootcut 배기:Baggy 하이웨이스트:Highwaist 밴딩:Banded 핀턱:Pintuck
플리츠:Pleated 랩:Wrap 티어드:Tiered 셔링:Shirred 레이스:Lace 자수:Embroidered 그래픽:Graphic 로고:Logo 스트라이프:Stripe 체크:Check 도트:Dot 플라워:Floral 카모:Camo 타이다이:Tiedye 배색:Colorblock
워싱:Washed 빈티지:Vintage 클래식:Classic 모던:Modern 미니멀:Minimal 베이직:Basic 데일리:Daily 에센셜:Essential 시그니처:Signature 프리미엄:Premium 헤비:Heavy 라이트:Light 쿨:Cool 웜:Warm 기모:Brushed
발열:Heat 냉감:Cooling 방수:Waterproof 방풍:Windproof 경량:Lightweight 구스:Goose 덕다운:Duckdown 퀼팅:Quilted 양털:Shearling 무스탕:Mustang 스웨이드:Suede 레더:Leather 비건:Vegan 에나멜:Patent
캔버스:Canvas 메시:Mesh 하이탑:Hightop 로우탑:Lowtop 청키:Chunky 슬립온:Slipon 스트랩:Strap 버클:Buckle 페니:Penny 테슬:Tassel 첼시:Chelsea 더비:Derby 스퀘어토:Squaretoe 플랫폼:Platform 컴포트:Comfort
워커:Worker 카고:Cargo 유틸리티:Utility 밀리터리:Military 스포츠:Sport 요가:Yoga 골프:Golf 등산:Hiking 캠핑:Camping 여행:Travel 오피스:Office 캠퍼스:Campus 파티:Party 하객:Guest 홈웨어:Homewear
봄:Spring 여름:Summer 가을:Autumn 겨울:Winter 간절기:Midseason 사계절:Allseason 남녀공용:Unisex 커플:Couple 빅사이즈:Plussize 키작은:Petite 신상:New 베스트셀러:Bestseller 한정:Limited 단독:Exclusive
포켓:Pocket 후드:Hooded 드로스트링:Drawstring 지퍼:Zip 단추:Button 스냅:Snap 리본:Ribbon 프릴:Frill 러플:Ruffle 슬릿:Slit 절개:Panel 언발:Asymmetric 니팅:Knitted 크로셰:Crochet 시스루:Sheer
새틴:Satin 벨벳:Velvet 모달:Modal 대나무:Bamboo 재생:Recycled 친환경:Eco 수제:Handmade 국산:Domestic 이태리:Italian 일본:Japanese 프렌치:French 북유럽:Nordic 보헤미안:Bohemian 프레피:Preppy 스트릿:Street
고프코어:Gorpcore 발레코어:Balletcore 올드머니:Oldmoney 꾸안꾸:Effortless 페미닌:Feminine 시크:Chic 러블리:Lovely 내추럴:Natural 어반:Urban 레트로:Retro 웨스턴:Western 마린:Marine 사파리:Safari 아노락:Anorak`)

var madeColors = func() []catalog.Color {
	var out []catalog.Color
	for _, s := range strings.Fields(`white:화이트:White:#f7f6f2 ivory:아이보리:Ivory:#f1eadb cream:크림:Cream:#eae0cb oatmeal:오트밀:Oatmeal:#d6cab6 beige:베이지:Beige:#cdb994 camel:카멜:Camel:#b2875a
mocha:모카:Mocha:#806552 brown:브라운:Brown:#5d4030 burgundy:버건디:Burgundy:#66202c red:레드:Red:#a9322f pink:핑크:Pink:#e6c6c1 mustard:머스터드:Mustard:#c29a3c olive:올리브:Olive:#6a6c48
khaki:카키:Khaki:#7d7a5c green:딥그린:Green:#2f5545 mint:민트:Mint:#b5d3c6 sky:스카이블루:Sky:#a3bedb blue:블루:Blue:#3f669c navy:네이비:Navy:#222f4b lavender:라벤더:Lavender:#b9afcf
melange:멜란지:Melange:#bcbdbe grey:그레이:Grey:#8d8e90 charcoal:차콜:Charcoal:#45474c black:블랙:Black:#202125 indigo:인디고:Indigo:#26304a`) {
		f := strings.Split(s, ":")
		out = append(out, catalog.Color{Code: f[0], Name: text(f[1], f[2]), Hex: f[3]})
	}
	return out
}()

// madeBrands are 200 invented ones: two syllables and a second word.
var madeBrands = func() []catalog.Brand {
	var out []catalog.Brand
	first := strings.Fields("담결:Damgyeol 유월:Yuwol 노른:Noreun 섬진:Seomjin 하늘밭:Haneulbat 서가:Seoga 걸음새:Georeumsae 소반:Soban 다온:Daon 가람:Garam 누리:Nuri 미르:Mir 보라매:Boramae 새솔:Saesol 아라:Ara 자올:Jaol 초담:Chodam 큰들:Keundeul 타래:Tarae 한울:Hanul")
	second := strings.Fields("기록:Archive 웍스:Works 공방:Atelier 상점:Store 스튜디오:Studio 클럽:Club 하우스:House 라인:Line 랩:Lab 유니온:Union")
	for _, a := range first {
		for _, b := range second {
			ko1, en1, _ := strings.Cut(a, ":")
			ko2, en2, _ := strings.Cut(b, ":")
			out = append(out, catalog.Brand{Slug: strings.ToLower(en1 + "-" + en2), Name: text(ko1+ko2, en1+" "+en2)})
		}
	}
	return out
}()

var madeFabrics = []lang.Text{
	text("면 100%", "Cotton 100%"), text("면 60% 폴리에스터 40%", "Cotton 60%, polyester 40%"), text("울 70% 나일론 30%", "Wool 70%, nylon 30%"), text("린넨 55% 면 45%", "Linen 55%, cotton 45%"),
	text("폴리에스터 100%", "Polyester 100%"), text("천연 소가죽", "Cowhide"), text("나일론 100%", "Nylon 100%"), text("아크릴 50% 울 50%", "Acrylic 50%, wool 50%"),
}

// made returns the product with that ID, always the same: three or four words and a head, 12 variants.
func made(id int64) catalog.Entry {
	r := rand.New(rand.NewPCG(uint64(id), 7))
	kind := madeKinds[r.IntN(len(madeKinds))]
	heads := strings.Split(kind.heads, ",")
	ko, en, _ := strings.Cut(heads[r.IntN(len(heads))], " ")
	for range 2 + r.IntN(3) {
		k, e, _ := strings.Cut(madeWords[r.IntN(len(madeWords))], ":")
		ko, en = k+" "+ko, e+" "+en
	}
	list := money.Amount(9_900 + 1000*int64(r.ExpFloat64()*60))
	e := catalog.Entry{
		ID: id, Slug: fmt.Sprintf("product-%d", id), Brand: madeBrands[int(float64(len(madeBrands))*r.Float64()*r.Float64())], Category: kind.slug,
		Name: text(ko, en), Fabric: madeFabrics[r.IntN(len(madeFabrics))], Price: list, ListPrice: list, Popularity: int64(r.ExpFloat64() * 100),
		CreatedAt: time.Date(2024, 1, 1, 0, 0, 0, 0, time.UTC).Add(time.Duration(r.IntN(60*24*700)) * time.Minute),
	}
	if r.IntN(3) == 0 {
		e.Price = list * money.Amount(100-5*(1+r.IntN(12))) / 100
	}
	e.Variants = madeVariants(r, strings.Fields(kind.sizes))
	return e
}

func madeVariants(r *rand.Rand, sizes []string) []catalog.EntryVariant {
	perColor := min(4, len(sizes))
	from := r.IntN(len(sizes) - perColor + 1)
	soldOut := r.IntN(20) == 0
	var out []catalog.EntryVariant
	for _, c := range r.Perm(len(madeColors))[:12/perColor] {
		for _, size := range sizes[from : from+perColor] {
			out = append(out, catalog.EntryVariant{Color: madeColors[c], Size: size, InStock: !soldOut && r.IntN(5) > 0})
		}
	}
	return out
}

// filled returns an index of the products 1 to n.
func filled(n int) *Index {
	x := New(madeTree())
	batch := make([]catalog.Entry, 0, loadBatch)
	for id := range n {
		if batch = append(batch, made(int64(id+1))); len(batch) == loadBatch {
			x.fill(batch)
			batch = batch[:0]
		}
	}
	x.fill(batch)
	x.arrange()
	return x
}
