package draw

// heelHigh is the height of the heel that the fit of a pump stands for.
func (c *canvas) heelHigh() float64 {
	if c.Kind == Flats {
		return 16
	}
	return map[Fit]float64{Slim: 150, Regular: 104, Wide: 92, Relaxed: 56}[c.Fit]
}

// pump is a shoe cut low in front and drawn up to its heel: slim fits are stilettos, wide ones stand on a block.
func pump(c *canvas) {
	k := c.heelHigh()
	seat, s := 694-k, c.soleTones("#3a2c26")
	top := seat - 118
	c.hollow(at(-150, 616).cubic(-60, 600, 100, top+14, 236, top+6).cubic(150, top+90, -20, 668, -150, 616).closed())
	foot := at(252, seat).cubic(150, seat+6, 40, 692, -70, 700).quad(-200, 706, -290, 692)
	heel := chain(176, seat-4, 254, seat-10, 250, 704, 226, 704)
	switch {
	case c.Kind == Flats:
		heel = chain(130, seat-2, 258, seat-6, 258, 708, 136, 708)
	case c.Fit == Wide, c.Fit == Relaxed:
		heel = chain(150, seat-4, 256, seat-10, 252, 704, 166, 704)
	}
	c.sole(heel.closed(), s)
	up := at(-290, 688).cubic(-304, 650, -250, 628, -190, 616)
	if c.Fit == Slim || c.Kind == Pumps && c.Fit == Regular {
		up = at(-310, 694).cubic(-270, 650, -230, 628, -190, 616)
	}
	up = up.quad(-164, 608, -148, 620).cubic(-60, 668, 70, top+96, 216, top+4).quad(252, top-8, 260, top+30).quad(262, seat-40, 254, seat)
	for _, g := range foot.segs {
		up = up.step(g...)
	}
	c.upper(up, func() {
		c.stitches(at(-152, 630).cubic(-60, 680, 76, top+106, 222, top+14))
		c.pumpInside(top, seat)
	})
	c.strokes(s.base, 9, "", []path{at(-292, 696).quad(-200, 708, -70, 702).cubic(40, 694, 150, seat+8, 254, seat)})
	c.pumpStraps(top)
}

func (c *canvas) pumpInside(top, seat float64) {
	switch c.Trait {
	case toeCap:
		tone := c.accent.base
		c.put(`<path d="%s" fill="%s"/>`, at(-222, 600).quad(-196, 650, -214, 720).to(-330, 720).to(-330, 600).closed(), tone)
		c.seams(at(-222, 600).quad(-196, 650, -214, 720))
	case quarter:
		c.seams(at(40, 560).quad(30, 630, 60, 720))
		c.stitches(at(48, 556).quad(38, 630, 68, 720))
	case punched:
		c.strokes(c.line, 6, ` stroke-dasharray="1 13"`, []path{at(-270, 660).quad(-200, 634, -150, 640), at(-140, 650).cubic(-60, 690, 60, top+130, 200, top+40)})
	}
}

func (c *canvas) pumpStraps(top float64) {
	gold := tonesOf(parse("#c2a36b"))
	switch c.Trait {
	case sideBand: // a bow on the toe
		c.fill(at(-176, 606).quad(-236, 570, -232, 620).quad(-220, 640, -176, 614).closed(), c.tones)
		c.fill(at(-172, 606).quad(-120, 566, -116, 610).quad(-126, 634, -172, 614).closed(), c.tones)
		c.fill(poly(-184, 600, -166, 598, -164, 620, -182, 622), c.tones)
	case buckled: // a bar over the instep
		a, b := c.topline(top, .34), c.topline(top, .6)
		c.tape(at(a.x, a.y-10).cubic(a.x+4, a.y-62, b.x-6, b.y-74, b.x, b.y+20), 17, c.tones)
		c.put(`<circle cx="%.0f" cy="%.0f" r="9" fill="%s" stroke="%s" stroke-width="2"/>`, 400+b.x, b.y+12, gold.base, gold.line)
	case pullStrap: // a strap round the ankle
		c.tape(at(240, top+12).quad(250, top-40, 230, top-60).cubic(170, top-90, 90, top-70, 92, top-40).cubic(100, top-16, 190, top-14, 238, top-30), 13, c.tones)
	case platform:
		c.put(`<path d="%s" fill="%s" stroke="%s" stroke-width="2"/>`, poly(-190, 628, -140, 640, -144, 660, -194, 648), gold.base, gold.line)
	}
}

// topline is the point at t, 0 to 1, of the edge that runs from the vamp of a pump to its heel.
func (c *canvas) topline(top, t float64) pt {
	a, b, d, e := pt{-148, 620}, pt{-60, 668}, pt{70, top + 96}, pt{216, top + 4}
	u := 1 - t
	return a.times(u * u * u).plus(b.times(3 * u * u * t)).plus(d.times(3 * u * t * t)).plus(e.times(t * t * t))
}
