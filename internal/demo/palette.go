package demo

import (
	"myclothes/internal/catalog"
	"myclothes/internal/lang"
)

// dyes are the colours of the shop by Color.Code.
var dyes = map[string]struct {
	name lang.Text
	hex  string
}{
	"white":      {t("화이트", "White"), "#f7f6f2"},
	"ivory":      {t("아이보리", "Ivory"), "#f1eadb"},
	"cream":      {t("크림", "Cream"), "#eae0cb"},
	"oatmeal":    {t("오트밀", "Oatmeal"), "#d6cab6"},
	"beige":      {t("베이지", "Beige"), "#cdb994"},
	"sand":       {t("샌드", "Sand"), "#bfae92"},
	"camel":      {t("카멜", "Camel"), "#b2875a"},
	"mocha":      {t("모카", "Mocha"), "#806552"},
	"brown":      {t("브라운", "Brown"), "#5d4030"},
	"dark-brown": {t("다크브라운", "Dark brown"), "#3a281f"},
	"tan":        {t("탄", "Tan"), "#8f5a34"},
	"brick":      {t("브릭", "Brick"), "#a35a45"},
	"burgundy":   {t("버건디", "Burgundy"), "#66202c"},
	"red":        {t("레드", "Red"), "#a9322f"},
	"coral":      {t("코랄", "Coral"), "#d98873"},
	"pink":       {t("페일핑크", "Pale pink"), "#e6c6c1"},
	"mustard":    {t("머스터드", "Mustard"), "#c29a3c"},
	"butter":     {t("버터", "Butter"), "#eddfa9"},
	"olive":      {t("올리브", "Olive"), "#6a6c48"},
	"khaki":      {t("카키", "Khaki"), "#7d7a5c"},
	"sage":       {t("세이지", "Sage"), "#9aa78f"},
	"green":      {t("딥그린", "Deep green"), "#2f5545"},
	"mint":       {t("민트", "Mint"), "#b5d3c6"},
	"sky":        {t("스카이블루", "Sky blue"), "#a3bedb"},
	"blue":       {t("블루", "Blue"), "#3f669c"},
	"navy":       {t("네이비", "Navy"), "#222f4b"},
	"lavender":   {t("라벤더", "Lavender"), "#b9afcf"},
	"melange":    {t("멜란지그레이", "Melange grey"), "#bcbdbe"},
	"grey":       {t("그레이", "Grey"), "#8d8e90"},
	"charcoal":   {t("차콜", "Charcoal"), "#45474c"},
	"black":      {t("블랙", "Black"), "#202125"},
	"light-blue": {t("라이트블루", "Light wash"), "#8fadcb"},
	"mid-blue":   {t("미드블루", "Mid wash"), "#4d6f9c"},
	"indigo":     {t("생지 인디고", "Raw indigo"), "#26304a"},
}

// color returns the colourway of that code. An unknown one has no name, which the tests refuse.
func color(code string) catalog.Color {
	d := dyes[code]
	return catalog.Color{Code: code, Name: d.name, Hex: d.hex}
}
