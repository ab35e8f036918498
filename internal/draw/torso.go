package draw

// torso is the geometry of everything worn on the upper body, right half. One unit is about 1.6 mm of cloth.
type torso struct {
	neck, y    float64 // half width of the neck and height of its sides
	tip        pt      // where shoulder and sleeve meet at the top
	pit        pt      // where they meet below
	waist      pt
	hem        pt
	depth      float64 // of the neckline in front
	band       float64 // height of a ribbed hem; 0: none
	tail       bool    // curved shirt hem
	sleeveTurn float64 // degrees outwards
}

// build is what one fit adds to a half width, and how far the shoulder drops.
type build struct{ chest, shoulder, drop, pit float64 }

var builds = map[Fit]build{
	Slim:    {162, 150, 44, 128},
	Regular: {176, 162, 48, 138},
	Relaxed: {196, 186, 62, 152},
	Wide:    {212, 208, 76, 164},
}

var lengths = map[Length]float64{Crop: 418, Hip: 505, Long: 590, Knee: 690, Maxi: 770}

// rise is how far above the shoulders each collar stands.
var rise = map[Collar]float64{Pointed: 44, Band: 26, Polo: 34, Turtle: 66, Mock: 56, Hood: 165, Notched: 36, Camp: 30, Shawl: 36}

func newTorso(s Spec) torso {
	b, long := builds[s.Fit], lengths[s.Length]
	if s.Kind == Puffer {
		b.chest, b.shoulder = b.chest+14, b.shoulder+8
	}
	y := (1000-long-rise[s.Collar])/2 + rise[s.Collar] - 8
	t := torso{neck: 62, y: y, tip: pt{b.shoulder, y + b.drop}, pit: pt{b.chest, y + b.drop + b.pit}, depth: 62, sleeveTurn: sleeveAngle(s)}
	t.hem = pt{b.chest - 4, y + long}
	t.waist = pt{b.chest - 8, y + 300}
	t.band, t.tail = hemBand(s), s.Kind == Shirt && s.Collar != Camp && s.Trait != straightHem
	switch s.Kind {
	case Coat:
		t.hem.x = b.chest + 22
	case Trench:
		t.hem.x = b.chest + 34
	case Robe:
		t.hem.x = b.chest + 14
	case Blouse:
		t.hem.x = b.chest - 2
	case Blazer:
		t.waist.x, t.hem.x = b.chest-20, b.chest+2
	case Sweatshirt, Hoodie, Puffer:
		t.hem.x = b.chest - 14
	}
	if s.Sleeve == Sleeveless {
		t.tip.x -= 26
	}
	if s.Trait == flared && t.band == 0 {
		t.hem.x += 26
	}
	t.depth = t.neckDepth(s)
	return t
}

func hemBand(s Spec) float64 {
	switch s.Kind {
	case Sweatshirt, Hoodie:
		return 52
	case Knit, Cardigan, Vest:
		return 44
	case Puffer:
		return 26
	case Jacket:
		if s.Closure == Zip {
			return 46
		}
		return 36
	}
	return 0
}

func (t torso) neckDepth(s Spec) float64 {
	if s.View == Back {
		return 24
	}
	switch s.Collar {
	case VNeck:
		if s.Kind == Cardigan || s.Kind == Blazer || s.Kind == Jacket {
			return 205
		}
		return 150
	case Notched:
		if s.Closure == Double {
			return 236
		}
		return 262
	case Shawl:
		return 290
	case Camp:
		return 128
	case Pointed, Band, Polo, Mock, Hood:
		return 46
	case Turtle:
		return 30
	case NoCollar:
		return 74
	}
	return 58
}

// sleeveAngle is how far a sleeve leans outwards, in degrees.
func sleeveAngle(s Spec) float64 {
	if s.Sleeve == ShortSleeve {
		return 30
	}
	if s.Fit == Relaxed || s.Fit == Wide {
		return 13
	}
	return 15
}

// neckline runs from the middle of the front up to the right side of the neck.
func (t torso) neckline(s Spec) path {
	n, d := t.neck, t.depth
	if s.View == Back {
		return at(0, t.y+d).quad(n*.6, t.y+d, n, t.y)
	}
	switch s.Collar {
	case VNeck, Notched, Camp, Shawl:
		return at(0, t.y+d).quad(n*.62, t.y+d*.42, n, t.y)
	}
	return at(0, t.y+d).cubic(n*.62, t.y+d, n*.92, t.y+d*.55, n, t.y)
}

func (t torso) backline() path { return at(-t.neck, t.y).quad(0, t.y+22, t.neck, t.y) }

// outline is the right half of the body from the neckline to the middle of the hem.
func (t torso) outline(s Spec) path {
	p := t.neckline(s).quad(t.neck+(t.tip.x-t.neck)*.5, t.y+(t.tip.y-t.y)*.36, t.tip.x, t.tip.y)
	p = p.cubic(t.tip.x-12, t.tip.y+(t.pit.y-t.tip.y)*.45, t.pit.x-16, t.pit.y-44, t.pit.x, t.pit.y)
	side := t.hem
	if t.tail {
		side.y -= 62
	}
	p = p.cubic(t.waist.x, t.pit.y+60, t.waist.x, t.waist.y, side.x, side.y)
	if t.tail {
		return p.cubic(t.hem.x-26, t.hem.y-14, t.hem.x*.5, t.hem.y+6, 0, t.hem.y+8)
	}
	return p.quad(t.hem.x*.5, t.hem.y+9, 0, t.hem.y+9)
}

// armhole is the right seam between body and sleeve.
func (t torso) armhole() path {
	return at(t.tip.x, t.tip.y).cubic(t.tip.x-12, t.tip.y+(t.pit.y-t.tip.y)*.45, t.pit.x-16, t.pit.y-44, t.pit.x, t.pit.y)
}

// arm is the right sleeve: its outline and, at its end, the two corners of the hem.
type arm struct {
	outline      path
	outer, inner pt
	dir          pt
	length       float64
}

func (t torso) arm(s Spec) arm {
	length, width := 415.0, 62.0
	switch {
	case s.Sleeve == ShortSleeve && s.Fit != Slim && s.Fit != Regular:
		length, width = 176, 118
	case s.Sleeve == ShortSleeve:
		length, width = 160, 98
	case s.puff() > 0:
		width = 58
	case s.Kind == Puffer || s.Kind == Coat || s.Kind == Trench || s.Kind == Robe:
		width = 78
	case s.Kind == Jacket || s.Kind == Blazer || s.Fit == Wide:
		width = 70
	}
	if s.Fit == Wide || s.Fit == Relaxed {
		length -= 24
	}
	dir := aim(t.sleeveTurn)
	across := pt{-dir.y, dir.x}.times(width)
	if s.Sleeve == ShortSleeve {
		across = across.plus(pt{4, 16})
	}
	outer := t.tip.plus(pt{34, 10}).plus(dir.times(length))
	inner := outer.plus(across)
	puff := s.puff()
	out := pt{dir.y, -dir.x}.times(puff)
	a, b := t.tip.plus(pt{48, 20}).plus(out.times(.6)), outer.plus(dir.times(-length*(.55-puff*.009))).plus(out.times(1.5))
	p := at(t.tip.x-16, t.tip.y-9).cubic(a.x, a.y, b.x, b.y, outer.x, outer.y)
	k := inner.plus(dir.times(-length * (.45 - puff*.009))).plus(out.times(-1.1))
	p = p.quad((outer.x+inner.x)/2+6, (outer.y+inner.y)/2+6, inner.x, inner.y)
	p = p.cubic(k.x, k.y, t.pit.x+22, t.pit.y+40, t.pit.x-8, t.pit.y-14).to(t.tip.x-44, (t.tip.y+t.pit.y)/2) // well under the body
	return arm{p, outer, inner, dir, length}
}

// puff is how far a gathered sleeve stands off the arm.
func (s Spec) puff() float64 {
	full := s.Trait == fullSleeve
	switch s.Kind {
	case Dress:
		full = s.Trait == tiered || s.Trait == panelling
	case Blouse, Shirt:
	default:
		return 0
	}
	switch {
	case s.Kind != Blouse && !full:
		return 0
	case s.Sleeve == ShortSleeve:
		return 14
	case full:
		return 34
	}
	return 20
}

// cuff is the last h units of the sleeve.
func (a arm) cuff(h, swell float64) path {
	up := a.dir.times(-h)
	o, i := a.outer.plus(up).plus(pt{swell, 0}), a.inner.plus(up).plus(pt{-swell, 0})
	mx, my := (a.outer.x+a.inner.x)/2, (a.outer.y+a.inner.y)/2
	return chain(o.x, o.y, a.outer.x, a.outer.y).quad(mx+6, my+6, a.inner.x, a.inner.y).to(i.x, i.y).quad(mx+up.x+6, my+up.y+6, o.x, o.y)
}
