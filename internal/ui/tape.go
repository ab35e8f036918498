package ui

import "myclothes/internal/catalog"

// tape is a drawing of how something is measured, 240 units wide and 260 high.
type tape struct {
	shape string // outline, as SVG path data
	lines map[catalog.Point][4]int
}

// Mark is a measured line on the drawing: its ends, its letter and where that stands.
type Mark struct {
	Letter         string
	X1, Y1, X2, Y2 int
	X, Y           int
}

// Tape is the drawing beside a size table, with a mark for each measured point.
type Tape struct {
	Shape string
	Marks []Mark
}

// Tape returns the drawing of the product's plan; nil where nothing is measured.
func (v ProductView) Tape() *Tape {
	t, ok := tapes[v.Plan]
	if !ok || len(v.Measures.Rows) == 0 {
		return nil
	}
	out := &Tape{Shape: t.shape}
	for _, m := range v.Measured() {
		l, ok := t.lines[m.Point]
		if !ok {
			continue
		}
		at := letterAt(m.Point)
		out.Marks = append(out.Marks, Mark{m.Letter, l[0], l[1], l[2], l[3], l[0] + (l[2]-l[0])*at/100, l[1] + (l[3]-l[1])*at/100})
	}
	return out
}

// letterAt is how far along its line a letter stands, in percent: where lines cross, not in the middle of both.
func letterAt(p catalog.Point) int {
	switch p {
	case catalog.Length:
		return 72
	case catalog.Hip, catalog.Round:
		return 22
	}
	return 50
}

var tapes = map[catalog.Plan]tape{
	catalog.PlanTop: {"M88 30Q120 50 152 30L180 42L224 122L198 136L176 100V230H64V100L42 136L16 122L60 42Z", map[catalog.Point][4]int{
		catalog.Length: {138, 39, 138, 230}, catalog.Shoulder: {60, 42, 180, 42}, catalog.Chest: {64, 108, 176, 108}, catalog.SleeveL: {186, 46, 228, 120}, catalog.Hem: {64, 222, 176, 222}}},
	catalog.PlanDress: {"M92 20Q120 38 148 20L174 32L208 96L186 108L170 82L164 128L198 246H42L76 128L70 82L54 108L32 96L66 32Z", map[catalog.Point][4]int{
		catalog.Length: {136, 28, 136, 246}, catalog.Shoulder: {66, 32, 174, 32}, catalog.Chest: {70, 86, 170, 86}, catalog.SleeveL: {180, 34, 214, 96},
		catalog.Waistline: {76, 128, 164, 128}, catalog.Hem: {44, 238, 196, 238}}},
	catalog.PlanBottom: {"M74 20H166L186 246H134L120 96L106 246H54Z", map[catalog.Point][4]int{
		catalog.Length: {204, 20, 204, 246}, catalog.Waistline: {74, 24, 166, 24}, catalog.Hip: {69, 72, 171, 72}, catalog.Thigh: {66, 112, 118, 112},
		catalog.Rise: {128, 20, 128, 96}, catalog.Hem: {134, 238, 186, 238}}},
	catalog.PlanSkirt: {"M84 34H156L194 236H46Z", map[catalog.Point][4]int{
		catalog.Length: {120, 34, 120, 236}, catalog.Waistline: {84, 38, 156, 38}, catalog.Hip: {73, 94, 167, 94}, catalog.Hem: {48, 226, 192, 226}}},
	catalog.PlanShoes: {"M36 178V118Q36 96 58 96H82Q108 142 168 150Q208 156 210 178V192H36Z M36 178H210", map[catalog.Point][4]int{
		catalog.FootL: {36, 212, 210, 212}, catalog.Ball: {158, 148, 158, 192}, catalog.Heel: {22, 178, 22, 192}, catalog.Shaft: {60, 96, 60, 178}}},
	catalog.PlanBag: {"M52 92H188V212H52Z M84 92Q84 30 120 30Q156 30 156 92", map[catalog.Point][4]int{
		catalog.Width: {52, 228, 188, 228}, catalog.Height: {204, 92, 204, 212}, catalog.Depth: {162, 212, 188, 188}, catalog.Strap: {120, 30, 120, 92}}},
	catalog.PlanHat: {"M48 150Q48 58 116 58Q178 58 184 150Z M184 150Q224 152 232 174Q150 160 48 150", map[catalog.Point][4]int{
		catalog.Round: {48, 140, 183, 140}, catalog.Depth: {116, 58, 116, 150}, catalog.Brim: {184, 156, 230, 172}}},
	catalog.PlanBelt: {"M16 118H224V144H16Z M16 112H48V150H16Z M28 131H42", map[catalog.Point][4]int{
		catalog.Length: {16, 170, 224, 170}, catalog.Width: {136, 118, 136, 144}}},
	catalog.PlanFlat: {"M58 44H182V216H58Z", map[catalog.Point][4]int{
		catalog.Width: {58, 232, 182, 232}, catalog.Height: {198, 44, 198, 216}}},
	catalog.PlanSocks: {"M88 28H140V138Q144 166 182 180Q206 190 198 212Q188 228 150 218Q98 206 90 158Z", map[catalog.Point][4]int{
		catalog.FootL: {94, 238, 204, 238}, catalog.Length: {70, 28, 70, 206}}},
}
