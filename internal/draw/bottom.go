package draw

// leg is the geometry of trousers: half widths at hip and hem, and where the inner leg ends.
type leg struct{ hip, outer, inner float64 }

var legs = map[Fit]leg{
	Slim:    {146, 138, 44},
	Regular: {152, 168, 40},
	Relaxed: {170, 150, 48},
	Wide:    {162, 214, 30},
}

const (
	waistHalf = 112.0
	waistBand = 36.0
)

func trousers(c *canvas) {
	l := legs[c.Fit]
	y, long, rise := 158.0, 690.0, 250.0
	switch {
	case c.Kind == Shorts:
		y, long, rise = 270, 430, 236
		l.outer, l.inner = l.hip+30, 12
	case c.Length == Crop:
		y, long = 190, 620
	}
	if c.Kind == Joggers {
		l.outer, l.inner = l.outer-26, l.inner+12
	}
	if c.Trait == flareLeg && c.Kind != Shorts && c.Kind != Joggers {
		l.outer, l.inner = l.outer+26, l.inner-16
	}
	h := y + long
	p := at(0, y+6).quad(60, y+5, waistHalf, y).cubic(waistHalf+10, y+80, l.hip, y+130, l.hip+3, y+200)
	if c.Kind == Shorts {
		p = p.cubic(l.hip+8, y+260, l.outer-8, h-70, l.outer, h)
	} else if c.Fit == Relaxed {
		p = p.cubic(l.hip+14, y+380, l.outer+8, h-120, l.outer, h)
	} else {
		p = p.cubic(l.hip+8, y+330, l.outer-6, h-150, l.outer, h)
	}
	p = p.quad((l.outer+l.inner)/2, h+12, l.inner, h+6).cubic(l.inner-6, h-200, 14, y+rise+120, 0, y+rise)
	c.hollow(at(-waistHalf+6, y+2).quad(0, y-16, waistHalf-6, y+2).quad(0, y+18, -waistHalf+6, y+2).closed())
	c.piece(sheet{d: p.both(), tones: c.tones, pattern: c.pat(), inside: func() {
		c.legFolds(l, y, h, rise)
		if c.View == Back {
			c.seat(l, y, rise)
		} else {
			c.fly(y, rise)
			c.legPockets(l, y)
		}
		c.legTrait(l, y, h, rise)
		c.legEnds(l, y, h)
	}})
	c.waistband(y)
}

func (c *canvas) legFolds(l leg, y, h, rise float64) {
	if c.Kind == Jeans {
		m := (l.hip + 20) / 2
		for _, x := range []float64{m + 12, -m - 12} {
			c.put(`<ellipse cx="%.4g" cy="%.4g" rx="34" ry="%.4g" fill="%s" opacity=".38" filter="url(#y)"/>`, 400+x, y+(h-y)*.45, (h-y)*.2, c.glow)
		}
	}
	c.folds(leaf(0, y+rise-20, 92, y+rise-78, 12), leaf(0, y+rise-16, -92, y+rise-70, -12),
		leaf(6, y+rise-10, 62, y+rise+60, -10), leaf(-6, y+rise-10, -62, y+rise+60, 10),
		leaf(8, y+rise, l.inner+6, h, 22), leaf(-8, y+rise, -l.inner-6, h, -22))
	c.glows(leaf(70, y+210, (l.outer+l.inner)/2+6, h-40, 16), leaf(-78, y+210, -(l.outer+l.inner)/2, h-40, 16))
	if c.Kind == Slacks {
		x := (l.outer + l.inner) / 2
		c.strokes(c.seam, 2, ` opacity=".75"`, both(at(72, y+waistBand+8).quad(84, y+300, x, h)))
		c.seams(both(chain(56, y+waistBand, 60, y+waistBand+84))...)
	}
}

func (c *canvas) fly(y, rise float64) {
	c.seams(at(0, y+waistBand).to(0, y+rise))
	if c.elasticated() {
		return
	}
	c.contrast(at(24, y+waistBand).to(24, y+130).quad(24, y+168, 2, y+178))
}

// contrast is the thread of jeans, on other cloth an ordinary stitch.
func (c *canvas) contrast(ps ...path) {
	if c.Kind != Jeans {
		c.stitches(ps...)
		return
	}
	thread := parse("#c98b4a")
	if c.base.light() > .6 {
		thread = c.base.mix(parse("#a8804f"), .6)
	}
	c.strokes(thread, 2, ` stroke-dasharray="7 3"`, ps)
}

func (c *canvas) legPockets(l leg, y float64) {
	if c.Kind == Jeans || c.Kind == Shorts && c.Pattern == Twill {
		scoop := at(66, y+waistBand).cubic(72, y+92, 104, y+106, l.hip+2, y+104)
		c.seams(both(scoop)...)
		c.contrast(both(scoop.mapped(func(p pt) pt { return pt{p.x - 1, p.y + 7} }))...)
		c.contrast(both(at(l.hip-8, y+112).quad(l.hip-2, y+190, l.hip-4, y+230))...)
		return
	}
	c.seams(both(at(waistHalf-24, y+waistBand).quad(waistHalf-10, y+100, l.hip-6, y+168))...)
	if c.Pocket == Cargo {
		for _, x := range []float64{l.hip - 66, -l.hip - 26} {
			c.patchPocket(x, y+330, 92, 112)
			c.flap(x-3, y+322, 98, 32)
		}
	}
}

func (c *canvas) legEnds(l leg, y, h float64) {
	switch {
	case c.Kind == Joggers:
		c.ribbedLegs(l, h)
		return
	case c.Trait == turnUp:
		c.turnUps(l, h)
		return
	case c.Kind == Slacks:
		return
	}
	c.contrast(both(at(l.inner-8, h-12).quad((l.outer+l.inner)/2, h-6, l.outer+8, h-18))...)
}

func (c *canvas) waistband(y float64) {
	w, low := waistHalf, y+waistBand
	if c.elasticated() {
		c.elastic(y)
		return
	}
	c.piece(sheet{d: at(-w-1, y).quad(0, y+12, w+1, y).to(w+6, low).quad(0, low+12, -w-6, low).closed(), tones: c.tones, inside: func() {
		c.contrast(at(-w, y+6).quad(0, y+18, w, y+6), at(-w-6, low-5).quad(0, low+7, w+6, low-5))
	}})
	for _, x := range []float64{-78, 70, -40, 36} {
		c.fill(poly(x, y+2, x+10, y+2, x+10, low+12, x, low+12), c.tones)
	}
	if c.View == Back {
		if c.Kind == Jeans {
			c.fill(poly(30, y+6, 74, y+5, 75, low+8, 31, low+9), tonesOf(parse("#9a6b42")))
		}
		return
	}
	metal := c.trim()
	if c.Kind == Jeans {
		metal = tonesOf(parse("#b08a58"))
	}
	c.button(4, y+waistBand/2+6, 8, metal)
}

func (c *canvas) elasticated() bool { return c.Closure == Closed || c.Kind == Joggers }

// elastic is a gathered waistband with a cord.
func (c *canvas) elastic(y float64) {
	w, low := waistHalf, y+waistBand
	c.piece(sheet{d: at(-w-2, y).quad(0, y+12, w+2, y).to(w+8, low).quad(0, low+12, -w-8, low).closed(), tones: c.tones, inside: func() {
		c.strokes(c.seam, 28, ` stroke-dasharray="1.6 8" stroke-linecap="butt"`, []path{at(-w, y+18).quad(0, y+30, w, y+18)})
	}})
	if c.View == Back {
		return
	}
	cord := c.base.mix(white, .45)
	c.strokes(cord, 5, "", []path{at(-8, y+24).quad(-30, y+80, -22, y+122), at(8, y+24).quad(26, y+70, 24, y+134)})
}
