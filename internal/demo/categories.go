package demo

import (
	"myclothes/internal/catalog"
	"myclothes/internal/lang"
)

// shelf is a category with those below it.
type shelf struct {
	slug  string
	name  lang.Text
	below []shelf
}

var shelves = []shelf{
	{"clothing", t("의류", "Clothing"), []shelf{
		{"tops", t("상의", "Tops"), []shelf{
			{"shirts", t("셔츠", "Shirts"), nil},
			{"tees", t("티셔츠", "T-shirts"), nil},
			{"knitwear", t("니트", "Knitwear"), nil},
			{"sweatshirts", t("후드·스웨트셔츠", "Hoodies & sweatshirts"), nil},
		}},
		{"outerwear", t("아우터", "Outerwear"), []shelf{
			{"jackets", t("재킷", "Jackets"), nil},
			{"coats", t("코트", "Coats"), nil},
		}},
		{"bottoms", t("하의", "Bottoms"), []shelf{
			{"slacks", t("슬랙스", "Slacks"), nil},
			{"jeans", t("데님 팬츠", "Jeans"), nil},
			{"skirts", t("스커트", "Skirts"), nil},
			{"shorts", t("쇼츠", "Shorts"), nil},
		}},
		{"dresses", t("원피스", "Dresses"), nil},
	}},
	{"shoes", t("신발", "Shoes"), []shelf{
		{"sneakers", t("스니커즈", "Sneakers"), nil},
		{"loafers", t("로퍼", "Loafers"), nil},
		{"boots", t("부츠", "Boots"), nil},
	}},
	{"accessories", t("액세서리", "Accessories"), []shelf{
		{"bags", t("가방", "Bags"), nil},
		{"hats", t("모자", "Hats"), nil},
		{"belts", t("벨트", "Belts"), nil},
		{"scarves", t("머플러·스카프", "Scarves"), nil},
		{"socks", t("양말", "Socks"), nil},
	}},
}

// Categories returns the tree, every parent before its children, siblings in their order.
func Categories() []catalog.Category { return hang(nil, "", shelves) }

func hang(out []catalog.Category, parent string, level []shelf) []catalog.Category {
	for i, s := range level {
		out = append(out, catalog.Category{Slug: s.slug, Parent: parent, Name: s.name, Position: i})
		out = hang(out, s.slug, s.below)
	}
	return out
}
