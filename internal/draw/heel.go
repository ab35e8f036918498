package draw

// build of a pair seen from behind: how high it stands, and half its width at the top, the ankle and the floor.
type heelBuild struct{ high, top, ankle, floor, heel float64 }

func heelOf(c *canvas) heelBuild {
	switch c.Kind {
	case HighTops:
		return heelBuild{360, 92, 84, 100, 44}
	case LaceBoots:
		return heelBuild{360, 98, 84, 104, 56}
	case Chelsea:
		return heelBuild{350, 96, 78, 96, 46}
	case RainBoots:
		return heelBuild{420, 108, 92, 102, 46}
	case LongBoots:
		return heelBuild{560, 122, 84, 98, 46}
	case Pumps:
		return heelBuild{128, 74, 84, 78, c.heelHigh()}
	case Loafers, TasselLoafers, Flats, SlipOns:
		return heelBuild{170, 78, 92, 94, 34}
	case Derbies:
		return heelBuild{204, 80, 92, 96, 38}
	case Sandals, Mules:
		return heelBuild{26, 94, 96, 94, 34 + c.thick()}
	}
	return heelBuild{234, 88, 94, 104, 46}
}

// heels draws the pair from behind, side by side.
func heels(c *canvas) {
	b := heelOf(c)
	k := min(1.34, 600/(b.high+b.heel))
	floor := 510 + (b.high+b.heel)*k*.5
	for _, x := range []float64{-126 * k, 126 * k} {
		c.put(`<g transform="translate(%.4g %.4g) scale(%.3g) translate(-400 -702)">`, 400+x, floor, k)
		c.pool(0, 702, b.floor+16, 12)
		c.heel(b)
		c.put(`</g>`)
	}
}

func (c *canvas) heel(b heelBuild) {
	low := 700 - b.heel
	top := low - b.high
	if c.Kind == Mules || c.Kind == Sandals {
		c.openHeel(b, low)
		return
	}
	c.hollow(at(-b.top+6, top+8).quad(0, top-26, b.top-6, top+8).quad(0, top+30, -b.top+6, top+8).closed())
	d := at(0, top+22).quad(b.top*.6, top+20, b.top, top).cubic(b.top+4, top+b.high*.3, b.ankle-6, top+b.high*.4, b.ankle, low-b.high*.34).quad(b.floor+4, low-30, b.floor-4, low+4)
	d = d.quad(b.floor*.5, low+12, 0, low+12)
	cloth := c.tones
	if c.Trait == quarter && c.Accent != "" {
		cloth = c.accent
	}
	c.piece(sheet{d: d.both(), tones: cloth, pattern: c.pat(), smooth: c.Kind == RainBoots, inside: func() {
		c.folds(leaf(-b.ankle*.7, top+b.high*.5, b.ankle*.7, top+b.high*.52, 10), leaf(b.floor-8, low-80, b.floor-24, low, 8))
		c.glows(leaf(-b.ankle*.4, top+40, -b.ankle*.4, low-10, 16))
		c.heelSeams(b, top, low)
	}})
	c.heelBlock(b, low)
}

func (c *canvas) heelSeams(b heelBuild, top, low float64) {
	switch c.Kind {
	case Sneakers, Runners, HighTops:
		high := min(b.high*.4, 120)
		c.fill(at(-b.ankle*.62, top+14).quad(0, top+34, b.ankle*.62, top+14).quad(b.ankle*.56, top+high, b.ankle*.44, top+high).to(-b.ankle*.44, top+high).quad(-b.ankle*.56, top+high, -b.ankle*.62, top+14).closed(), c.accent)
		c.fill(poly(-10, top-8, 10, top-8, 10, top+34, -10, top+34), c.tones)
		c.stitches(both(at(b.ankle*.44, top+high).quad(b.ankle*.7, low-40, b.ankle*.76, low))...)
	case LaceBoots, Chelsea, LongBoots, RainBoots:
		c.seams(chain(0, top+22, 0, low+12))
		c.fill(poly(-14, top-22, 14, top-22, 13, top+50, -13, top+50), c.tones)
		c.stitches(chain(-8, top+60, -8, low), chain(8, top+60, 8, low))
	default:
		c.seams(at(-24, top+24).quad(-30, low-50, -40, low+8), at(24, top+24).quad(30, low-50, 40, low+8))
		c.stitches(at(-b.top+4, top+14).quad(0, top+40, b.top-4, top+14))
	}
}

func (c *canvas) heelBlock(b heelBuild, low float64) {
	s := c.soleTones("#2e2620")
	wide := b.floor - 6
	switch c.Kind {
	case Mules, Sandals:
		s = c.soleTones("#8a6a4a")
	case LaceBoots:
		if c.Trait == pullStrap {
			s = tonesOf(parse("#2b2624"))
		}
	case Sneakers, Runners, HighTops, SlipOns:
		s = tonesOf(parse("#f3f0ea"))
		wide = b.floor + 4
	case Pumps:
		foot := 14.0
		if c.Fit == Wide || c.Fit == Relaxed {
			foot = 50
		}
		c.sole(at(-wide+12, low-2).quad(0, low+14, wide-12, low-2).cubic(wide*.5, low+40, foot+4, low+60, foot, 702).to(-foot, 702).cubic(-foot-4, low+60, -wide*.5, low+40, -wide+12, low-2).closed(), s)
		return
	}
	c.sole(at(-wide, low-6).quad(0, low+8, wide, low-6).quad(wide+4, 690, wide-4, 702).to(-wide+4, 702).quad(-wide-4, 690, -wide, low-6).closed(), s)
	c.strokes(s.seam, 2, "", []path{at(-wide+2, low+14).quad(0, low+26, wide-2, low+14)})
}

// openHeel is a footbed from behind, with the strap of a sandal or the vamp of a mule beyond it.
func (c *canvas) openHeel(b heelBuild, low float64) {
	dark := tonesOf(c.base.mix(c.shade, .5))
	c.fill(at(-b.floor+8, low).cubic(-b.floor+6, low-120, -50, low-140, 0, low-140).cubic(50, low-140, b.floor-6, low-120, b.floor-8, low).closed(), dark)
	c.hollow(at(-b.floor+26, low).cubic(-b.floor+28, low-92, -40, low-112, 0, low-112).cubic(40, low-112, b.floor-28, low-92, b.floor-26, low).closed())
	if c.Kind == Sandals && c.Trait != buckled {
		c.piece(sheet{d: at(0, low-216).quad(70, low-214, 84, low-196).cubic(76, low-120, 82, low-60, 74, low+6).to(44, low+6).cubic(40, low-120, 40, low-160, 0, low-168).both(), tones: c.tones, inside: func() {
			c.stitches(at(-80, low-188).quad(0, low-218, 80, low-188))
		}})
	}
	c.heelBlock(b, low)
}
