package demo

import (
	"myclothes/internal/draw"
	"myclothes/internal/lang"
)

// Banner is a still life for the shop's front page, as a wide picture (16:9) and a tall one for phones (4:5). In the wide one the left
// third, in the tall one the upper fifth is left empty for the words.
type Banner struct {
	Path, TallPath string // relative to the media folder
	SVG, TallSVG   []byte
	Alt            lang.Text
	Title, Text    lang.Text
	Link           string // a path of the shop, without the language
}

// scene is a banner as it is written down: its articles lie where the wide picture has them.
type scene struct {
	name          string
	ground, shape string
	alt           lang.Text
	title, text   lang.Text
	link          string
	pieces        []draw.Piece
}

var scenes = []scene{
	{"winter-coats", "#d9d2c6", "#c9bfae", t("카멜 코트와 아이보리 케이블 니트, 갈색 첼시 부츠", "A camel coat, an ivory cable sweater and brown Chelsea boots"),
		t("겨울의 첫 코트", "The first coat of winter"), t("어깨에 얹는 순간 계절이 바뀌는 코트를 모았습니다.", "Coats that turn the season the moment they are on."),
		"/c/coats", []draw.Piece{
			{Spec: draw.Spec{Kind: draw.Coat, Closure: draw.Double, Length: draw.Knee, Color: "#b2875a"}, X: 860, Y: 428, Scale: .84, Turn: -2},
			{Spec: draw.Spec{Kind: draw.Knit, Pattern: draw.Cable, Fit: draw.Relaxed, Color: "#f1eadb"}, X: 1230, Y: 350, Scale: .6, Turn: 4},
			{Spec: draw.Spec{Kind: draw.Chelsea, Color: "#3a281f"}, X: 1230, Y: 676, Scale: .54},
		}},
	{"knit-season", "#dfd9d3", "#cfc4bb", t("벽돌색 카디건과 오트밀 머플러, 비니", "A brick cardigan with an oatmeal scarf and a beanie"),
		t("한 올의 온기", "Warmth, stitch by stitch"), t("공방에서 천천히 짠 니트로 겨울을 준비하세요.", "Knitwear made slowly, ready for the cold."),
		"/c/knitwear", []draw.Piece{
			{Spec: draw.Spec{Kind: draw.Cardigan, Color: "#a35a45"}, X: 870, Y: 440, Scale: .78, Turn: -3},
			{Spec: draw.Spec{Kind: draw.Scarf, Color: "#d6cab6"}, X: 1246, Y: 400, Scale: .62, Turn: 5},
			{Spec: draw.Spec{Kind: draw.Beanie, Color: "#66202c"}, X: 1120, Y: 660, Scale: .42, Turn: -6},
		}},
	{"denim-days", "#cdd5dc", "#bac6d1", t("라이트블루 와이드 데님과 흰 셔츠, 흰 스니커즈", "Pale wide jeans, a white shirt and white sneakers"),
		t("데님의 온도", "A cool shade of denim"), t("생지부터 워싱까지, 몸에 맞게 길드는 데님.", "From raw to washed, denim that settles to you."),
		"/c/jeans", []draw.Piece{
			{Spec: draw.Spec{Kind: draw.Jeans, Pattern: draw.Twill, Fit: draw.Wide, Color: "#8fadcb"}, X: 1240, Y: 424, Scale: .82, Turn: 3},
			{Spec: draw.Spec{Kind: draw.Shirt, Pocket: draw.Chest, Color: "#f7f6f2"}, X: 880, Y: 370, Scale: .7, Turn: -4},
			{Spec: draw.Spec{Kind: draw.Sneakers, Color: "#f7f6f2", Accent: "#35604b"}, X: 930, Y: 690, Scale: .5},
		}},
	{"leather-room", "#dcd0c0", "#cbb9a3", t("탄 컬러 토트백과 카메라백, 벨트", "A tan tote with a camera bag and a belt"),
		t("가죽의 시간", "Leather takes its time"), t("손때가 무늬가 되는 가방과 소품.", "Bags and small things that wear their use well."),
		"/c/bags", []draw.Piece{
			{Spec: draw.Spec{Kind: draw.Tote, Color: "#8f5a34"}, X: 900, Y: 420, Scale: .8},
			{Spec: draw.Spec{Kind: draw.BoxBag, Length: draw.Long, Color: "#3a281f"}, X: 1250, Y: 380, Scale: .62, Turn: 3},
			{Spec: draw.Spec{Kind: draw.Belt, Color: "#b2875a"}, X: 1180, Y: 700, Scale: .4},
		}},
	{"linen-light", "#dfe2d6", "#cdd3c0", t("세이지 리넨 원피스와 라피아 모자, 샌들", "A sage linen dress with a raffia hat and sandals"),
		t("바람이 머무는 리넨", "Linen, where the wind stays"), t("햇볕에 말린 것처럼 가벼운 원피스.", "Dresses as light as if dried in the sun."),
		"/c/dresses", []draw.Piece{
			{Spec: draw.Spec{Kind: draw.Dress, Collar: draw.Band, Closure: draw.Buttons, Length: draw.Maxi, Fit: draw.Relaxed, Color: "#9aa78f"}, X: 880, Y: 434, Scale: .82, Turn: -3},
			{Spec: draw.Spec{Kind: draw.BucketHat, Trait: 6, Color: "#eae0cb", Accent: "#202125"}, X: 1230, Y: 300, Scale: .54, Turn: 5},
			{Spec: draw.Spec{Kind: draw.Sandals, Color: "#8f5a34"}, X: 1220, Y: 640, Scale: .54},
		}},
}

// Banners returns the pictures of the front page, the one for this season first.
func Banners() []Banner {
	var out []Banner
	for _, s := range scenes {
		out = append(out, Banner{
			Path: "demo/banners/" + s.name + "-wide.svg", TallPath: "demo/banners/" + s.name + "-tall.svg",
			SVG: s.wide(), TallSVG: s.tall(), Alt: s.alt, Title: s.title, Text: s.text, Link: s.link,
		})
	}
	return out
}

func (s scene) wide() []byte {
	return draw.StillLife(draw.Still{Width: 1600, Height: 900, Ground: s.ground, Shape: s.shape, Pieces: s.pieces})
}

// tall moves the articles together and down: what is x from the middle of the wide picture's group comes nearer to the middle.
func (s scene) tall() []byte {
	pieces := make([]draw.Piece, len(s.pieces))
	for i, p := range s.pieces {
		p.X, p.Y, p.Scale = 400+(p.X-1050)*.84, 210+p.Y*.84, p.Scale*.8
		pieces[i] = p
	}
	return draw.StillLife(draw.Still{Width: 800, Height: 1000, Ground: s.ground, Shape: s.shape, Pieces: pieces})
}
