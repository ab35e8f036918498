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
