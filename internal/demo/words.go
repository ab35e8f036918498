package demo

import (
	"strings"

	"myclothes/internal/catalog"
	"myclothes/internal/lang"
)

// word is a detail that names begin with, and what it stands for.
type word struct {
	name  lang.Text
	about lang.Text // Korean: before the noun; English: the beginning of a sentence
}

var details = []word{
	{t("데일리", "Daily"), t("매일 손이 가도록 만든", "Made to be reached for every day")},
	{t("에센셜", "Essential"), t("꼭 필요한 것만 남긴", "Nothing but what is needed")},
	{t("시그니처", "Signature"), t("오래 다듬어 온", "Refined over the years")},
	{t("클래식", "Classic"), t("유행을 타지 않게 그린", "Drawn to outlast fashion")},
	{t("소프트", "Soft"), t("처음부터 부드럽게 길들인", "Broken in from the first day")},
	{t("릴랙스", "Relaxed"), t("여유로운 품으로 지은", "Cut with room to move")},
	{t("모던", "Modern"), t("담백한 선으로 정리한", "Reduced to clean lines")},
	{t("라이트", "Light"), t("무게를 덜어 낸", "Lightened wherever possible")},
	{t("빈티지", "Vintage"), t("옛 옷장에서 영감을 얻은", "Inspired by an old wardrobe")},
	{t("아카이브", "Archive"), t("지난 컬렉션에서 다시 꺼낸", "Brought back from an earlier collection")},
	{t("스튜디오", "Studio"), t("작업실에서 오래 입어 본", "Worn at length in the studio")},
	{t("위켄드", "Weekend"), t("주말을 위해 고른", "Chosen for weekends")},
	{t("어반", "Urban"), t("도시의 하루에 맞춘", "Set for a day in the city")},
	{t("컴포트", "Comfort"), t("편안함을 먼저 생각한", "Comfort before all else")},
	{t("미니멀", "Minimal"), t("장식을 거둬 낸", "Free of ornament")},
	{t("헤리티지", "Heritage"), t("오랜 방식 그대로 만든", "Made the long-proven way")},
}

var praises = []lang.Text{
	t("오래 입어도 형태가 흐트러지지 않아요", "it keeps its shape through long wear"), t("손에 닿는 느낌이 산뜻해요", "it feels fresh to the hand"),
	t("어떤 차림에도 무난하게 어울려요", "it gets along with anything"), t("가볍고 관리가 쉬워요", "it is light and easy to care for"),
	t("시간이 지날수록 멋이 납니다", "it looks better with time"), t("움직임이 편안해요", "it moves with you"),
	t("사진보다 실물이 더 차분합니다", "it is calmer still in the hand than in the picture"), t("선물하기에도 좋아요", "it makes a good present"),
}

var advices = []lang.Text{
	t("평소 크기대로 고르시면 됩니다", "Take your usual size"), t("밝은 색과 함께 두면 더 돋보여요", "Set it against something pale"),
	t("같은 톤으로 맞추면 차림이 깔끔해집니다", "Keep the outfit to one tone"), t("출근길에도 나들이에도 챙겨 보세요", "For the way to work or a day out"),
	t("계절이 바뀌어도 옷장 앞자리를 지켜요", "It keeps its place as the seasons turn"), t("세탁 표시를 꼭 확인해 주세요", "Please read the care label"),
	t("두 가지 색을 나란히 두고 번갈아 쓰는 분이 많아요", "Many keep two colours and take turns"), t("실측 치수를 먼저 살펴 주세요", "Have a look at the measurements first"),
}

// materials are fabrics as names say them.
var materials = map[string]lang.Text{
	"cotton": t("코튼", "Cotton"), "cotton-span": t("스트레치 코튼", "Stretch Cotton"), "cotton-poly": t("코튼 블렌드", "Cotton-Blend"),
	"cotton-wool": t("코튼 울", "Cotton-Wool"), "denim": t("데님", "Denim"), "denim-span": t("스트레치 데님", "Stretch Denim"), "linen": t("리넨", "Linen"),
	"linen-cotton": t("리넨 블렌드", "Linen-Blend"), "modal": t("모달", "Modal"), "tencel": t("텐셀", "Tencel"), "rayon": t("레이온", "Rayon"),
	"viscose-nylon": t("비스코스", "Viscose"), "poly": t("폴리", "Poly"), "poly-rayon": t("폴리 레이온", "Poly-Rayon"), "nylon": t("나일론", "Nylon"),
	"fleece": t("플리스", "Fleece"), "wool": t("울", "Wool"), "wool-poly": t("울 블렌드", "Wool-Blend"), "wool-nylon": t("소프트 울", "Fine Wool"),
	"wool-cashmere": t("캐시미어 블렌드", "Cashmere-Blend"), "tweed": t("트위드", "Tweed"), "merino": t("메리노", "Merino"), "lambswool": t("램스울", "Lambswool"),
	"cashmere": t("캐시미어", "Cashmere"), "alpaca": t("알파카", "Alpaca"), "acrylic-wool": t("아크릴 울", "Acrylic-Wool"), "silk": t("실크", "Silk"),
	"goose": t("구스다운", "Goose Down"), "duck": t("덕다운", "Duck Down"), "calf": t("소가죽", "Leather"), "sheep": t("양가죽", "Lambskin"),
	"suede": t("스웨이드", "Suede"), "eco": t("비건 레더", "Vegan Leather"), "canvas": t("캔버스", "Canvas"), "mesh": t("메시", "Mesh"), "rubber": t("러버", "Rubber"),
	"raffia": t("라피아", "Raffia"), "webbing": t("위빙", "Webbing"), "sock-cotton": t("코튼", "Cotton"), "sock-wool": t("울", "Wool"),
}

// singles are articles of the leaves whose own name is not that of one article.
var singles = map[string]lang.Text{
	"jumpers": t("점퍼", "Jumper"), "trench-coats": t("트렌치코트", "Trench Coat"), "padding": t("패딩", "Puffer"), "tees": t("티셔츠", "T-shirt"),
	"long-tees": t("긴팔 티셔츠", "Long-Sleeve T-shirt"), "polos": t("폴로 티셔츠", "Polo Shirt"), "hoodies": t("후드티", "Hoodie"), "slacks": t("슬랙스", "Slacks"),
	"jeans": t("팬츠", "Jeans"), "chinos": t("팬츠", "Chinos"), "sweatpants": t("스웨트 팬츠", "Sweatpants"), "shorts": t("쇼츠", "Shorts"),
	"mini-dresses": t("미니 원피스", "Mini Dress"), "midi-dresses": t("미디 원피스", "Midi Dress"), "long-dresses": t("롱 원피스", "Long Dress"),
	"pajamas": t("파자마 세트", "Pajama Set"), "running-shoes": t("워킹화", "Walking Shoes"), "canvas-shoes": t("스니커즈", "Sneakers"), "derbies": t("더비 슈즈", "Derbies"),
	"pumps": t("펌프스", "Pumps"), "flats": t("플랫 슈즈", "Flats"), "lace-boots": t("레이스업 부츠", "Lace-Up Boots"), "long-boots": t("롱 부츠", "Long Boots"),
	"mules": t("뮬", "Mules"), "wallets": t("지갑", "Wallet"), "clutches": t("클러치", "Clutch"), "beanies": t("모자", "Hat"), "scarves": t("머플러", "Scarf"),
	"gloves": t("장갑", "Gloves"), "socks": t("양말", "Socks"), "court-sneakers": t("스니커즈", "Sneakers"), "loafers": t("로퍼", "Loafers"),
	"ankle-boots": t("앵클 부츠", "Ankle Boots"), "sandals": t("샌들", "Sandals"),
}

// articleOf is one article of the leaf in both languages.
func articleOf(leaf string, r catalog.Category) lang.Text {
	if x, ok := singles[leaf]; ok {
		return x
	}
	return t(r.Name.KO, strings.TrimSuffix(r.Name.EN, "s"))
}
