package demo

import (
	"myclothes/internal/catalog"
	"myclothes/internal/draw"
)

// middle returns the gradings of the plan's points for the cut.
func middle(plan catalog.Plan, cut draw.Spec) map[catalog.Point]grading {
	switch plan {
	case catalog.PlanTop:
		return middleTop(cut)
	case catalog.PlanDress:
		return middleDress(cut)
	case catalog.PlanBottom:
		return middleBottom(cut)
	case catalog.PlanSkirt:
		return middleSkirt(cut)
	case catalog.PlanShoes:
		return middleShoes(cut)
	}
	return middleThing(plan, cut)
}

// by returns what the fit chooses: of slim, regular, relaxed and wide.
func by(f draw.Fit, slim, regular, relaxed, wide int) int {
	switch f {
	case draw.Slim:
		return slim
	case draw.Relaxed:
		return relaxed
	case draw.Wide:
		return wide
	}
	return regular
}

// long returns what the length chooses: of crop, hip, long, knee and maxi.
func long(l draw.Length, crop, hip, lng, knee, maxi int) int {
	return [...]int{draw.Hip: hip, draw.Crop: crop, draw.Long: lng, draw.Knee: knee, draw.Maxi: maxi}[l]
}

func middleTop(cut draw.Spec) map[catalog.Point]grading {
	shoulder, chest := by(cut.Fit, 405, 440, 500, 545), by(cut.Fit, 490, 535, 590, 635)
	hem := chest - 10
	switch cut.Kind {
	case draw.Sweatshirt, draw.Hoodie, draw.Knit, draw.Cardigan, draw.Vest:
		hem = chest - 80
	case draw.Coat, draw.Trench, draw.Robe:
		chest, shoulder = chest+30, shoulder+10
		hem = chest + 70
	case draw.Puffer:
		chest += 40
		hem = chest - 30
	}
	m := map[catalog.Point]grading{
		catalog.Length: {long(cut.Length, 555, 690, 790, 990, 1140), 20, 5}, catalog.Shoulder: {shoulder, 14, 5},
		catalog.Chest: {chest, 25, 5}, catalog.Hem: {hem, 25, 5},
	}
	switch {
	case cut.Sleeve == draw.ShortSleeve:
		m[catalog.SleeveL] = grading{215 + (shoulder-440)/5, 8, 5}
	case cut.Sleeve == draw.LongSleeve:
		m[catalog.SleeveL] = grading{620 - (shoulder-440)*45/100, 11, 5}
	default:
		m[catalog.Shoulder] = grading{shoulder - 60, 12, 5}
	}
	return m
}

func middleDress(cut draw.Spec) map[catalog.Point]grading {
	length := long(cut.Length, 860, 980, 1180, 1080, 1290)
	if cut.Kind == draw.Jumpsuit {
		length = long(cut.Length, 1330, 1410, 1420, 1420, 1440)
	}
	m := map[catalog.Point]grading{
		catalog.Length: {length, 16, 5}, catalog.Shoulder: {by(cut.Fit, 380, 390, 405, 410), 13, 5},
		catalog.Chest: {by(cut.Fit, 450, 475, 500, 505), 25, 5}, catalog.Waistline: {by(cut.Fit, 385, 400, 450, 415), 25, 5},
		catalog.Hem: {by(cut.Fit, 520, 640, 730, 880), 26, 5},
	}
	if cut.Kind == draw.Jumpsuit {
		m[catalog.Hem] = grading{by(cut.Fit, 170, 205, 190, 300), 8, 5}
	}
	switch {
	case cut.Kind == draw.Slip:
		delete(m, catalog.Shoulder)
	case cut.Sleeve == draw.ShortSleeve:
		m[catalog.SleeveL] = grading{230, 8, 5}
	case cut.Sleeve == draw.LongSleeve:
		m[catalog.SleeveL] = grading{600, 10, 5}
	}
	return m
}

func middleBottom(cut draw.Spec) map[catalog.Point]grading {
	length := 1030
	switch {
	case cut.Kind == draw.Shorts:
		length = 500
	case cut.Length == draw.Crop:
		length = 920
	case cut.Kind == draw.Joggers:
		length = 990
	}
	waist := 395
	if cut.Closure == draw.Closed || cut.Kind == draw.Joggers {
		waist = 340
	}
	hem := by(cut.Fit, 160, 195, 175, 270)
	switch {
	case cut.Kind == draw.Shorts:
		hem = by(cut.Fit, 260, 285, 300, 330)
	case cut.Kind == draw.Joggers:
		hem = 110
	}
	return map[catalog.Point]grading{
		catalog.Length: {length, 12, 5}, catalog.Waistline: {waist, 25, 5}, catalog.Hip: {by(cut.Fit, 480, 505, 540, 550), 25, 5},
		catalog.Thigh: {by(cut.Fit, 280, 305, 335, 350), 14, 5}, catalog.Rise: {by(cut.Fit, 265, 285, 305, 315), 8, 5}, catalog.Hem: {hem, 8, 5},
	}
}

func middleSkirt(cut draw.Spec) map[catalog.Point]grading {
	return map[catalog.Point]grading{
		catalog.Length: {long(cut.Length, 420, 560, 760, 650, 890), 10, 5}, catalog.Waistline: {390, 25, 5},
		catalog.Hip: {by(cut.Fit, 490, 540, 580, 620), 25, 5}, catalog.Hem: {by(cut.Fit, 530, 680, 790, 960), 26, 5},
	}
}

func middleShoes(cut draw.Spec) map[catalog.Point]grading {
	heel := 30
	shaft := 0
	switch cut.Kind {
	case draw.Pumps:
		heel = by(cut.Fit, 90, 60, 40, 60)
	case draw.Flats:
		heel = 12
	case draw.Loafers, draw.TasselLoafers, draw.Derbies:
		heel = 25
	case draw.HighTops:
		shaft = 125
	case draw.Chelsea, draw.LaceBoots:
		heel, shaft = 38, 145
	case draw.RainBoots:
		heel, shaft = 32, 240
	case draw.LongBoots:
		heel, shaft = 40, 380
	}
	m := map[catalog.Point]grading{catalog.FootL: {250, 5, 0}, catalog.Ball: {96, 1.5, 1}, catalog.Heel: {heel, 0, 1}}
	if shaft > 0 {
		m[catalog.Shaft] = grading{shaft, 2, 3}
	}
	return m
}

func middleThing(plan catalog.Plan, cut draw.Spec) map[catalog.Point]grading {
	switch plan {
	case catalog.PlanBag:
		w, h, d, s := bagSize(cut)
		return map[catalog.Point]grading{catalog.Width: {w, 0, 5}, catalog.Height: {h, 0, 5}, catalog.Depth: {d, 0, 5}, catalog.Strap: {s, 0, 10}}
	case catalog.PlanHat:
		m := map[catalog.Point]grading{catalog.Round: {575, 15, 3}, catalog.Depth: {165, 4, 3}, catalog.Brim: {70, 0, 2}}
		if cut.Kind == draw.Beanie || cut.Kind == draw.Beret {
			delete(m, catalog.Brim)
		}
		return m
	case catalog.PlanBelt:
		return map[catalog.Point]grading{catalog.Length: {1060, 50, 10}, catalog.Width: {31, 0, 1}}
	case catalog.PlanSocks:
		return map[catalog.Point]grading{catalog.FootL: {225, 5, 5}, catalog.Length: {250, 5, 10}}
	}
	w, h := flatSize(cut)
	return map[catalog.Point]grading{catalog.Width: {w, 5, 2}, catalog.Height: {h, 6, 3}}
}

func bagSize(cut draw.Spec) (width, height, depth, strap int) {
	switch cut.Kind {
	case draw.Tote:
		return 360, 380, 130, 560
	case draw.Pack:
		return 300, 430, 140, 800
	case draw.BucketBag:
		return 240, 270, 150, 520
	case draw.Crossbody:
		return 270, 210, 90, 1180
	case draw.BoxBag:
		if cut.Length == draw.Long {
			return 220, 160, 80, 1220
		}
		return 260, 150, 70, 480
	}
	return 330, 210, 110, 540
}

func flatSize(cut draw.Spec) (width, height int) {
	switch cut.Kind {
	case draw.Scarf:
		return 300, 1800
	case draw.Gloves:
		return 95, 235
	case draw.Tie:
		return by(cut.Fit, 60, 80, 85, 90), 1450
	case draw.Clutch:
		return 275, 180
	case draw.CardHolder:
		return 102, 76
	case draw.Wallet:
		if cut.Length == draw.Long {
			return 192, 98
		}
		return 110, 92
	}
	return 200, 200
}
