package draw

// dress draws a bodice with a skirt, with or without sleeves.
func dress(c *canvas) {
	t := gown(c.Spec)
	c.lining(t)
	if c.Sleeve != Sleeveless {
		c.sleeve(t, true)
		c.sleeve(t, false)
	}
	flare := t.hem.x
	p := t.neckline(c.Spec).quad(t.neck+(t.tip.x-t.neck)*.5, t.y+(t.tip.y-t.y)*.36, t.tip.x, t.tip.y).
		cubic(t.tip.x-12, t.tip.y+60, t.pit.x-14, t.pit.y-40, t.pit.x, t.pit.y).
		quad(t.waist.x+4, t.waist.y-50, t.waist.x, t.waist.y).
		cubic(t.waist.x+26, t.waist.y+70, flare-34, t.hem.y-190, flare, t.hem.y-14).quad(flare*.5, t.hem.y+16, 0, t.hem.y+18)
	c.piece(sheet{d: p.both(), tones: c.tones, pattern: c.pat(), inside: func() {
		c.drape(t.waist.y+6, t.hem.y, t.waist.x, flare)
		c.folds(leaf(t.pit.x, t.pit.y, t.pit.x-76, t.pit.y+60, 10), leaf(-t.pit.x, t.pit.y, -t.pit.x+76, t.pit.y+60, -10))
		c.seams(at(-t.waist.x-6, t.waist.y).quad(0, t.waist.y+16, t.waist.x+6, t.waist.y))
		c.stitches(at(-flare-4, t.hem.y-34).quad(0, t.hem.y+16, flare+4, t.hem.y-34))
		if c.View == Back {
			c.dressBehind(t)
		} else {
			c.dressFront(t)
		}
		if c.Sleeve == Sleeveless {
			c.stitches(both(t.armhole().mapped(func(p pt) pt { return pt{p.x - 8, p.y + 3} }))...)
		}
		c.skirtTrait(t.waist.y-waistBand, t.hem.y, flare)
	}})
	if c.Closure == Belted {
		c.dressBelt(t)
	}
	if c.View == Back {
		c.collarBehind(t)
		return
	}
	c.collar(t)
}

func gown(s Spec) torso {
	long := map[Length]float64{Crop: 606, Hip: 654, Knee: 696, Long: 744, Maxi: 800}[s.Length]
	y := (1000-long-rise[s.Collar])/2 + rise[s.Collar] - 8
	t := torso{neck: 60, y: y, tip: pt{138, y + 44}, pit: pt{146, y + 162}, waist: pt{122, y + 268}, sleeveTurn: sleeveAngle(s)}
	t.hem = pt{map[Fit]float64{Slim: 176, Regular: 216, Relaxed: 246, Wide: 276}[s.Fit], y + long}
	if s.Sleeve == Sleeveless {
		t.tip.x = 116
	}
	if s.Fit == Relaxed {
		t.waist.x = 142
	}
	t.depth = t.neckDepth(s)
	return t
}

func (c *canvas) dressFront(t torso) {
	y := t.y + t.depth
	if c.Closure == Belted && c.Trait == wrapped {
		c.seams(at(10, y-30).quad(30, y+40, t.waist.x, t.waist.y-6), at(0, y).quad(-40, t.waist.y-40, -t.waist.x*.8, t.waist.y))
		return
	}
	switch c.Closure {
	case Buttons, Belted:
		c.seams(chain(-15, y-20, -15, t.hem.y+20), chain(15, y-20, 15, t.hem.y+20))
		for b := y + 30; b < t.hem.y-60; b += 66 {
			c.button(0, b, 6.5, c.trim())
		}
	case HalfButtons:
		c.front(t)
	}
	if c.Pattern == Plain && c.Closure == "" && c.Fit == Wide && c.Trait == 0 && c.Kind == Dress {
		for _, k := range []float64{.42, .72} { // tiers
			h := t.waist.y + (t.hem.y-t.waist.y)*k
			w := t.waist.x + (t.hem.x-t.waist.x)*k + 40
			c.seams(at(-w, h-10).quad(0, h+18, w, h-10))
			c.strokes(c.seam, 16, ` stroke-dasharray="1.4 17" stroke-linecap="butt"`, []path{at(-w, h).quad(0, h+28, w, h)})
		}
	}
}

func (c *canvas) dressBelt(t torso) {
	w, y := t.waist.x+3, t.waist.y
	c.fill(at(-w, y-14).quad(0, y+2, w, y-14).to(w+2, y+14).quad(0, y+30, -w-2, y+14).closed(), c.tones)
	if c.View == Back {
		return
	}
	c.fill(poly(22, y-2, 60, y-4, 58, y+24, 20, y+24), c.tones)
	c.fill(poly(26, y+22, 42, y+22, 66, y+170, 40, y+176), c.tones)
	c.fill(poly(42, y+20, 56, y+20, 108, y+140, 84, y+152), c.tones)
}

// dressBehind is closed by a zip that hardly shows.
func (c *canvas) dressBehind(t torso) {
	c.seams(chain(0, t.y+t.depth, 0, t.waist.y+120), chain(-6, t.y+t.depth, -6, t.waist.y+112))
	c.fill(poly(-5, t.y+t.depth+18, 4, t.y+t.depth+18, 4, t.y+t.depth+40, -5, t.y+t.depth+40), c.trim())
	c.seams(both(at(66, t.pit.y+10).quad(58, t.waist.y-40, 62, t.waist.y))...)
}

// slip is a dress on thin straps.
func slip(c *canvas) {
	long := map[Length]float64{Crop: 560, Hip: 620, Knee: 680, Long: 740, Maxi: 790}[c.Length]
	y := (1000 - long) / 2
	h, flare := y+long, map[Fit]float64{Slim: 168, Regular: 204, Relaxed: 234, Wide: 268}[c.Fit]
	bust := y + 128
	if c.View == Back {
		bust += 26
	}
	c.strokes(c.inner, 7, "", both(at(84, bust+6).quad(74, y+40, 66, y+10)))
	c.hollow(at(-120, bust+40).quad(0, bust+70, 120, bust+40).quad(0, bust+110, -120, bust+40).closed())
	p := at(0, bust+64).quad(50, bust+40, 86, bust).quad(112, bust+26, 136, bust+52).
		cubic(130, bust+110, 118, bust+130, 122, bust+170).cubic(136, bust+260, flare-20, h-200, flare, h-12).quad(flare*.5, h+16, 0, h+18)
	c.piece(sheet{d: p.both(), tones: c.tones, pattern: c.pat(), inside: func() {
		c.drape(bust+130, h, 110, flare)
		if c.View == Back {
			c.seams(chain(0, bust+60, 0, bust+250))
		} else {
			c.seams(both(at(118, bust+140).quad(60, bust+120, 0, bust+64))...)
		}
		c.skirtTrait(bust+110, h, flare)
		c.stitches(at(-flare-4, h-32).quad(0, h+16, flare+4, h-32))
	}})
	c.tape(at(86, bust+2).quad(70, bust-70, 62, y+6), 6, c.tones)
	c.tape(at(-86, bust+2).quad(-70, bust-70, -62, y+6), 6, c.tones)
}
