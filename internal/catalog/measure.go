package catalog

import "slices"

// Point is a place at which an article lying flat is measured.
type Point string

// The points, as Korean shops measure them. Widths are of one side (단면), not around the body.
const (
	Length    Point = "length"   // 총장
	Shoulder  Point = "shoulder" // 어깨너비
	Chest     Point = "chest"    // 가슴단면
	SleeveL   Point = "sleeve"   // 소매길이
	Waistline Point = "waist"    // 허리단면
	Hip       Point = "hip"      // 엉덩이단면
	Thigh     Point = "thigh"    // 허벅지단면
	Rise      Point = "rise"     // 밑위
	Hem       Point = "hem"      // 밑단단면
	FootL     Point = "foot"     // 발길이
	Ball      Point = "ball"     // 발볼
	Heel      Point = "heel"     // 굽높이
	Shaft     Point = "shaft"    // 발목높이, 부츠 기장
	Width     Point = "width"    // 가로
	Height    Point = "height"   // 세로
	Depth     Point = "depth"    // 폭, 깊이
	Strap     Point = "strap"    // 끈길이
	Round     Point = "round"    // 머리둘레
	Brim      Point = "brim"     // 챙길이
)

// Plan is a way of measuring: which points, in which order, on which drawing.
type Plan string

// The plans.
const (
	PlanTop    Plan = "top"
	PlanDress  Plan = "dress"
	PlanBottom Plan = "bottom"
	PlanSkirt  Plan = "skirt"
	PlanShoes  Plan = "shoes"
	PlanBag    Plan = "bag"
	PlanHat    Plan = "hat"
	PlanBelt   Plan = "belt"
	PlanFlat   Plan = "flat" // scarves, wallets: what lies as a rectangle
	PlanSocks  Plan = "socks"
)

var plans = map[Plan][]Point{
	PlanTop:    {Length, Shoulder, Chest, SleeveL, Hem},
	PlanDress:  {Length, Shoulder, Chest, SleeveL, Waistline, Hem},
	PlanBottom: {Length, Waistline, Hip, Thigh, Rise, Hem},
	PlanSkirt:  {Length, Waistline, Hip, Hem},
	PlanShoes:  {FootL, Ball, Heel, Shaft},
	PlanBag:    {Width, Height, Depth, Strap},
	PlanHat:    {Round, Depth, Brim},
	PlanBelt:   {Length, Width},
	PlanFlat:   {Width, Height},
	PlanSocks:  {FootL, Length},
}

// Points returns what is measured, in order; nil for a plan that does not exist.
func (p Plan) Points() []Point { return plans[p] }

// Points lists every point once.
var Points = []Point{Length, Shoulder, Chest, SleeveL, Waistline, Hip, Thigh, Rise, Hem, FootL, Ball, Heel, Shaft, Width, Height, Depth, Strap, Round, Brim}

// SizeTable holds measured sizes. Points are in the order of the category's plan and hold only those that somebody measured; Rows are in the order of
// the sizes' scheme. The zero table is of a product that nobody measured.
type SizeTable struct {
	Points []Point   `json:"points,omitempty"`
	Rows   []SizeRow `json:"rows,omitempty"`
}

// SizeRow is one size in millimetres, a number for each of the table's Points; 0: not measured.
type SizeRow struct {
	Size string `json:"size"`
	MM   []int  `json:"mm"`
}

// ordered returns the table with points in the order of the plan, those outside it last, and rows in the order of sizes.
func (t SizeTable) ordered(plan Plan) SizeTable {
	place := func(p Point) int {
		if i := slices.Index(plan.Points(), p); i >= 0 {
			return i
		}
		return len(Points) + slices.Index(Points, p)
	}
	by := make([]int, len(t.Points))
	for i := range by {
		by[i] = i
	}
	slices.SortStableFunc(by, func(a, b int) int { return place(t.Points[a]) - place(t.Points[b]) })
	var out SizeTable
	for _, i := range by {
		out.Points = append(out.Points, t.Points[i])
	}
	for _, r := range t.Rows {
		row := SizeRow{Size: r.Size}
		for _, i := range by {
			if i < len(r.MM) {
				row.MM = append(row.MM, r.MM[i])
			}
		}
		out.Rows = append(out.Rows, row)
	}
	slices.SortStableFunc(out.Rows, func(a, b SizeRow) int { return CompareSizes(a.Size, b.Size) })
	return out
}
