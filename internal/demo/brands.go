package demo

import (
	"myclothes/internal/catalog"
	"myclothes/internal/lang"
)

// t says one thing in both languages.
func t(ko, en string) lang.Text { return lang.Text{KO: ko, EN: en} }

// house is a brand and the tint of the studio in which it has its pictures taken.
type house struct {
	catalog.Brand
	ground string
}

// houses are invented; any likeness to a registered name is chance.
var houses = []house{
	{brand("damgyeol", t("담결", "Damgyeol"), t(
		"매일 손이 가는 옷의 결을 고릅니다. 좋은 면과 단정한 봉제, 그 두 가지만 봅니다.",
		"Everyday clothes chosen for their grain: good cotton, tidy sewing, nothing else.")), "#ebe8e2"},
	{brand("yuwol-archive", t("유월기록", "Yuwol Archive"), t(
		"초여름의 빛과 바람을 옷으로 기록하는 여성복 브랜드입니다.",
		"Womenswear that keeps a record of early-summer light and wind.")), "#ece7e2"},
	{brand("noreun", t("노른", "Noreun"), t(
		"동네에서 가장 편한 옷을 만듭니다. 여유로운 핏과 도톰한 원단이 노른의 기본입니다.",
		"The most comfortable clothes in the neighbourhood: easy fits in weighty fabrics.")), "#e8e9e3"},
	{brand("seomjin-works", t("섬진웍스", "Seomjin Works"), t(
		"오래 입을수록 멋이 나는 데님과 워크웨어를 연구합니다.",
		"Denim and workwear studied for how well they age.")), "#e6e7e6"},
	{brand("haneulbat", t("하늘밭", "Haneulbat"), t(
		"실 한 올부터 직접 고르는 니트 공방입니다. 계절마다 꼭 필요한 만큼만 짭니다.",
		"A knitting studio that picks its own yarn and makes only as much as a season needs.")), "#ece6dc"},
	{brand("modern-seoga", t("모던서가", "Modern Seoga"), t(
		"서재에 꽂힌 책처럼 오래 곁에 두는 테일러링을 제안합니다.",
		"Tailoring to keep at hand for years, like the books of a private library.")), "#e7e5e3"},
	{brand("georeumsae", t("걸음새", "Georeumsae"), t(
		"성수동 작업실에서 한국인의 발에 맞춘 라스트로 신발을 짓습니다.",
		"Shoes built in a Seongsu-dong workshop on lasts made for Korean feet.")), "#e8e6e5"},
	{brand("soban-atelier", t("소반공방", "Soban Atelier"), t(
		"작은 소반처럼 쓰임이 분명한 가방과 소품을 만듭니다.",
		"Bags and small goods with a clear use, like the little table they are named after.")), "#eee9df"},
	{brand("mongdol", t("몽돌", "Mongdol"), t(
		"파도에 닳은 조약돌처럼 모난 데 없는 옷을 만듭니다. 유행보다 오래 남는 기본을 생각합니다.",
		"Clothes worn smooth like pebbles on a beach, with nothing to date them.")), "#e7e6e2"},
	{brand("gaongil", t("가온길", "Gaongil"), t(
		"도시와 산길 사이를 걷는 사람을 위한 가벼운 장비 같은 옷입니다.",
		"Light kit for people who walk between the city and the hills.")), "#e5e8e4"},
	{brand("bareun-tailors", t("바른재단", "Bareun Tailors"), t(
		"치수를 재는 데 가장 오랜 시간을 쓰는 맞춤복 공방에서 시작했습니다.",
		"It began as a tailor's shop that spends most of its time measuring.")), "#e6e4e1"},
	{brand("onsaemi", t("온새미", "Onsaemi"), t(
		"있는 그대로의 자연 소재를 씁니다. 리넨과 면을 물들이고 말리는 일까지 손으로 합니다.",
		"Natural cloth as it is: linen and cotton, dyed and dried by hand.")), "#ece8dd"},
	{brand("soso-noon", t("소소한낮", "Soso Noon"), t(
		"특별하지 않은 오후를 조금 설레게 하는 여성복을 만듭니다.",
		"Womenswear that makes an ordinary afternoon a little brighter.")), "#eee7e6"},
	{brand("gyeolha", t("결하", "Gyeolha"), t(
		"군더더기 없는 선으로 지금의 여성을 그리는 컨템포러리 브랜드입니다.",
		"A contemporary label that draws women in clean lines.")), "#e9e6e6"},
	{brand("haedam", t("해담", "Haedam"), t(
		"해를 담은 여름옷과 바닷가 소품을 만듭니다. 물과 모래, 햇볕에 강한 소재를 고릅니다.",
		"Summer clothes and seaside goods made to meet water, sand and sun.")), "#e9ecec"},
	{brand("pogeundang", t("포근당", "Pogeundang"), t(
		"잠들기 전과 일어난 뒤의 시간을 위한 홈웨어 가게입니다.",
		"A homewear shop for the hours before sleep and after waking.")), "#eee8e2"},
	{brand("bugak-ro", t("북악로", "Bugak-ro"), t(
		"서울의 겨울 언덕길에서 시험한 방한복만 내놓습니다.",
		"Cold-weather clothes tested on the winter hills of Seoul.")), "#e4e6e8"},
	{brand("yeoubyeol", t("여우별", "Yeoubyeol"), t(
		"흐린 날 잠깐 비치는 별처럼 반짝이는 스무 살의 옷장을 채웁니다.",
		"For wardrobes of twenty: bright as a star through passing clouds.")), "#efe8e9"},
	{brand("dalbodre", t("달보드레", "Dalbodre"), t(
		"달달하고 부드러운 촉감의 실만 골라 짜는 니트 브랜드입니다.",
		"Knitwear in yarns chosen for a sweet, soft hand.")), "#ede7de"},
	{brand("cheongnam", t("청람", "Cheongnam"), t(
		"쪽빛에서 출발해 여성의 몸에 맞는 데님을 설계합니다.",
		"Denim engineered for women, starting from indigo.")), "#e4e7ea"},
	{brand("ttogak", t("또각", "Ttogak"), t(
		"또각또각, 걸음 소리까지 디자인하는 여성화 공방입니다.",
		"A women's shoemaker that designs even the sound of a step.")), "#ebe6e6"},
	{brand("hangeoreum", t("한걸음", "Hangeoreum"), t(
		"매일의 한 걸음을 가볍게 하는 운동화를 만듭니다.",
		"Sneakers that lighten the everyday step.")), "#e6e8e8"},
	{brand("gajukbang", t("가죽방", "Gajukbang"), t(
		"원피를 고르는 일부터 마감까지 한 방에서 끝내는 가죽 공방입니다.",
		"A leather room where everything happens, from choosing hides to finishing edges.")), "#ebe5dc"},
	{brand("mojari", t("모자리", "Mojari"), t(
		"차림의 마침표가 되는 모자와 작은 소품을 모읍니다.",
		"Hats and small things that put the full stop to an outfit.")), "#ebe9e0"},
}

func brand(slug string, name, story lang.Text) catalog.Brand {
	return catalog.Brand{Slug: slug, Name: name, Story: story}
}

// Brands returns every brand of the demonstration.
func Brands() []catalog.Brand {
	out := make([]catalog.Brand, 0, len(houses))
	for _, h := range houses {
		out = append(out, h.Brand)
	}
	return out
}

func houseOf(slug string) house {
	for _, h := range houses {
		if h.Slug == slug {
			return h
		}
	}
	return house{}
}
