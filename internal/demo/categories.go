package demo

import (
	"myclothes/internal/catalog"
	"myclothes/internal/lang"
)

// shelf is a category with those below it. What it leaves empty of rules it has from above.
type shelf struct {
	slug  string
	name  lang.Text
	rules rules
	below []shelf
}

type rules struct {
	notice catalog.Notice
	plan   catalog.Plan
	sizes  string
}

func leaf(slug, ko, en string) shelf { return shelf{slug: slug, name: t(ko, en)} }

// ruled is a leaf with rules of its own.
func ruled(slug, ko, en string, r rules) shelf { return shelf{slug: slug, name: t(ko, en), rules: r} }

var shelves = []shelf{
	{"clothing", t("의류", "Clothing"), rules{catalog.Clothes, catalog.PlanTop, "alpha women men"}, []shelf{
		{"outerwear", t("아우터", "Outerwear"), rules{}, []shelf{
			leaf("jackets", "재킷", "Jackets"), leaf("blazers", "블레이저", "Blazers"), leaf("jumpers", "점퍼·블루종", "Jumpers & blousons"),
			leaf("coats", "코트", "Coats"), leaf("trench-coats", "트렌치코트", "Trench coats"), leaf("padding", "패딩", "Puffers & down"),
			leaf("vests", "베스트", "Vests"),
		}},
		{"tops", t("상의", "Tops"), rules{}, []shelf{
			leaf("shirts", "셔츠", "Shirts"), ruled("blouses", "블라우스", "Blouses", rules{sizes: "women"}), leaf("tees", "반팔 티셔츠", "T-shirts"),
			leaf("long-tees", "긴팔 티셔츠", "Long-sleeve T-shirts"), leaf("polos", "피케·폴로", "Polos"),
			leaf("sweatshirts", "스웨트셔츠", "Sweatshirts"), leaf("hoodies", "후드", "Hoodies"),
		}},
		{"knitwear", t("니트", "Knitwear"), rules{}, []shelf{
			leaf("sweaters", "스웨터", "Sweaters"), leaf("cardigans", "카디건", "Cardigans"), leaf("knit-vests", "니트 베스트", "Knit vests"),
		}},
		{"bottoms", t("하의", "Bottoms"), rules{plan: catalog.PlanBottom, sizes: "waist women alpha"}, []shelf{
			leaf("slacks", "슬랙스", "Slacks"), leaf("jeans", "데님 팬츠", "Jeans"), leaf("chinos", "치노·면바지", "Chinos & cotton pants"),
			ruled("sweatpants", "트레이닝 팬츠", "Sweatpants", rules{sizes: "alpha"}), leaf("shorts", "쇼츠", "Shorts"),
		}},
		{"skirts", t("스커트", "Skirts"), rules{plan: catalog.PlanSkirt, sizes: "women alpha"}, []shelf{
			leaf("mini-skirts", "미니 스커트", "Mini skirts"), leaf("midi-skirts", "미디 스커트", "Midi skirts"), leaf("long-skirts", "롱 스커트", "Long skirts"),
		}},
		{"dresses", t("원피스·점프수트", "Dresses & jumpsuits"), rules{plan: catalog.PlanDress, sizes: "women alpha"}, []shelf{
			leaf("mini-dresses", "미니 원피스", "Mini dresses"), leaf("midi-dresses", "미디 원피스", "Midi dresses"),
			leaf("long-dresses", "롱 원피스", "Long dresses"), leaf("jumpsuits", "점프수트", "Jumpsuits"),
		}},
		{"homewear", t("홈웨어", "Homewear"), rules{sizes: "alpha women free"}, []shelf{
			leaf("pajamas", "파자마", "Pajamas"), leaf("robes", "로브", "Robes"),
		}},
	}},
	{"shoes", t("신발", "Shoes"), rules{catalog.Footw, catalog.PlanShoes, "shoes"}, []shelf{
		{"sneakers", t("운동화", "Sneakers"), rules{}, []shelf{
			leaf("court-sneakers", "코트 스니커즈", "Court sneakers"), leaf("running-shoes", "러닝화·워킹화", "Running & walking shoes"),
			leaf("canvas-shoes", "캔버스화·슬립온", "Canvas & slip-ons"),
		}},
		{"dress-shoes", t("구두", "Dress shoes"), rules{}, []shelf{
			leaf("loafers", "로퍼", "Loafers"), leaf("derbies", "더비·옥스퍼드", "Derbies & Oxfords"), leaf("pumps", "펌프스·힐", "Pumps & heels"),
			leaf("flats", "플랫·메리제인", "Flats & Mary Janes"),
		}},
		{"boots", t("부츠", "Boots"), rules{}, []shelf{
			leaf("ankle-boots", "앵클 부츠", "Ankle boots"), leaf("lace-boots", "워커·레이스업", "Lace-up boots"), leaf("long-boots", "롱·레인 부츠", "Long & rain boots"),
		}},
		{"summer-shoes", t("샌들·슬리퍼", "Sandals & slippers"), rules{}, []shelf{
			leaf("sandals", "샌들", "Sandals"), leaf("mules", "뮬·슬리퍼", "Mules & slippers"),
		}},
	}},
	{"bags", t("가방", "Bags"), rules{catalog.Bags, catalog.PlanBag, "free"}, []shelf{
		{"day-bags", t("데일리 백", "Everyday bags"), rules{}, []shelf{
			leaf("tote-bags", "토트백", "Tote bags"), leaf("shoulder-bags", "숄더백", "Shoulder bags"), leaf("crossbody-bags", "크로스백", "Crossbody bags"),
			leaf("backpacks", "백팩", "Backpacks"),
		}},
		{"small-bags", t("클러치·지갑", "Clutches & wallets"), rules{plan: catalog.PlanFlat}, []shelf{
			leaf("clutches", "클러치", "Clutches"), ruled("wallets", "지갑·카드지갑", "Wallets & card holders", rules{notice: catalog.Smalls}),
		}},
	}},
	{"accessories", t("액세서리", "Accessories"), rules{catalog.Smalls, catalog.PlanFlat, "free"}, []shelf{
		{"hats", t("모자", "Hats"), rules{plan: catalog.PlanHat, sizes: "free alpha"}, []shelf{
			leaf("caps", "캡", "Caps"), leaf("bucket-hats", "버킷햇", "Bucket hats"), leaf("beanies", "비니·베레모", "Beanies & berets"),
		}},
		{"winter-wraps", t("머플러·장갑", "Scarves & gloves"), rules{sizes: "free alpha"}, []shelf{
			leaf("scarves", "머플러·스카프", "Scarves"), leaf("gloves", "장갑", "Gloves"),
		}},
		{"small-goods", t("벨트·소품", "Belts & small goods"), rules{}, []shelf{
			ruled("belts", "벨트", "Belts", rules{plan: catalog.PlanBelt}), leaf("ties", "넥타이", "Ties"),
			ruled("socks", "양말", "Socks", rules{plan: catalog.PlanSocks}),
		}},
	}},
}

// Categories returns the tree, every parent before its children, siblings in their order.
func Categories() []catalog.Category { return hang(nil, "", shelves) }

func hang(out []catalog.Category, parent string, level []shelf) []catalog.Category {
	for i, s := range level {
		out = append(out, catalog.Category{
			Slug: s.slug, Parent: parent, Name: s.name, Position: i, Notice: s.rules.notice, Plan: s.rules.plan, Sizes: s.rules.sizes,
		})
		out = hang(out, s.slug, s.below)
	}
	return out
}
