package draw

// front draws how the garment closes, down its middle.
func (c *canvas) front(t torso) {
	y, h := t.y+t.depth, t.hem.y+10
	switch c.Closure {
	case Buttons:
		c.placket(t, y, h)
	case HalfButtons:
		c.seams(chain(-15, y-20, -15, y+128, 15, y+128, 15, y-20))
		c.stitches(chain(-15, y+116, 15, y+116))
		for i := range 3 {
			c.button(0, y+18+float64(i)*40, 6, c.trim())
		}
	case Zip:
		c.zip(y-4, h)
	case HalfZip:
		c.zip(y-4, y+130)
		c.stitches(chain(-13, y, -13, y+140, 13, y+140, 13, y))
	case Double:
		if c.Kind == Trench {
			c.stormFlap(t)
		}
		c.seams(at(-58, y-10).to(-56, h))
		for i := range 3 {
			for _, x := range []float64{-44, 50} {
				c.button(x, y+30+float64(i)*78, 10, c.trim())
			}
		}
	case Toggles:
		c.toggles(t, y, h)
	case Belted:
		c.placket(t, y, h)
		c.sash(t)
	}
}

func (c *canvas) placket(t torso, y, h float64) {
	if c.Collar == Notched || c.Collar == Camp || c.Collar == Shawl || c.Collar == VNeck || c.Kind == Cardigan {
		c.openFront(t, y, h)
		return
	}
	c.seams(chain(-16, y-30, -16, h), chain(16, y-30, 16, h))
	if c.Trait == hidden && c.Kind != Knit {
		c.stitches(chain(11, y-30, 11, h))
		return
	}
	c.stitches(chain(11, y-30, 11, h), chain(-11, y-30, -11, h))
	r, gap := 6.5, 70.0
	if c.Kind == Jacket || c.Kind == Coat {
		r, gap = 8.5, 82
	}
	for b := y + 26; b < t.hem.y-t.band-30; b += gap {
		c.button(0, b, r, c.trim())
	}
	if t.band > 0 {
		c.button(0, t.hem.y-t.band/2+8, r, c.trim())
	}
}

// openFront is one edge over the other, without a sewn placket.
func (c *canvas) openFront(t torso, y, h float64) {
	n, gap, r := 3, 92.0, 10.0
	switch {
	case c.Kind == Robe:
		c.seams(at(4, y).to(18, h))
		return
	case c.Collar == VNeck && c.Kind != Cardigan:
		c.seams(at(-13, y).to(-13, h-16))
		n, gap, r = 4, (t.hem.y-y-40)/3.8, 8.5
	case c.Kind == Cardigan:
		c.strokes(c.seam, 1.8, "", []path{chain(-15, y, -15, h), chain(15, y, 15, h)})
		n, gap, r = 5, (t.hem.y-y-40)/4.4, 9
	case c.Kind == Blazer:
		c.seams(at(-10, y).cubic(-12, h-150, -6, h-60, 60, h+10))
		n, gap = 2, 86
	case c.Collar == Camp:
		c.seams(chain(-14, y-10, -14, h), chain(14, y, 14, h))
		n, gap, r = 5, (t.hem.y-y-60)/4.3, 6.5
	default:
		c.seams(at(-13, y).to(-13, h))
	}
	for i := range n {
		c.button(0, y+22+float64(i)*gap, r, c.trim())
	}
}

func (c *canvas) zip(y, h float64) {
	c.seams(chain(-9, y, -9, h), chain(9, y, 9, h))
	metal := c.accent.base.mix(parse("#b9b6b0"), .5)
	c.strokes(metal, 7, ` stroke-dasharray="3 3" stroke-linecap="butt"`, []path{chain(0, y, 0, h)})
	c.fill(poly(-5, y+8, 5, y+8, 6, y+40, -6, y+40), tonesOf(metal))
}

func (c *canvas) toggles(t torso, y, h float64) {
	c.seams(chain(-24, y, -24, h), chain(24, y, 24, h))
	horn := tonesOf(parse("#6b4a2f"))
	for i := range 4 {
		b := y + 44 + float64(i)*96
		c.strokes(c.accent.base.mix(ink, .3), 4, "", []path{chain(-66, b-5, -10, b), chain(-66, b+5, -10, b), chain(66, b-5, 10, b), chain(66, b+5, 10, b)})
		c.fill(at(-26, b).quad(-24, b-9, 0, b-8).quad(24, b-9, 26, b).quad(24, b+9, 0, b+8).quad(-24, b+9, -26, b).closed(), horn)
	}
}

// sash is a tied belt at the waist.
func (c *canvas) sash(t torso) {
	y := t.pit.y + 150
	w := t.pit.x + 20
	c.piece(sheet{d: at(-w, y-20).quad(0, y-8, w, y-20).to(w, y+18).quad(0, y+30, -w, y+18).closed(), tones: c.tones, pattern: ""})
	c.fill(poly(-20, y+10, 12, y+12, 34, y+190, -2, y+196), c.tones)
	c.fill(poly(0, y+8, 28, y+8, 92, y+160, 62, y+174), c.tones)
	c.fill(poly(-22, y-14, 24, y-14, 28, y+26, -18, y+28), c.tones)
}

func (c *canvas) pockets(t torso) {
	low := t.hem.y - t.band - 150
	if c.Length == Knee || c.Length == Maxi || c.Length == Long && (c.Kind == Coat || c.Kind == Trench || c.Kind == Robe) {
		low = t.pit.y + 210
	}
	switch c.Pocket {
	case Chest:
		c.patchPocket(54, t.pit.y-58, 74, 82)
	case Cargo:
		for _, x := range []float64{40, -152} {
			c.patchPocket(x, low-6, 112, 128)
			c.flap(x-3, low-14, 118, 36)
		}
		c.patchPocket(52, t.pit.y-46, 78, 80)
		c.flap(49, t.pit.y-52, 84, 28)
	case ChestPair:
		for _, x := range []float64{42, -124} {
			c.patchPocket(x, t.pit.y-40, 82, 88)
			c.flap(x-2, t.pit.y-44, 86, 30)
		}
	case Patch:
		c.patchPocket(46, low, 104, 118)
		c.patchPocket(-150, low, 104, 118)
	case Flap:
		c.flap(58, low, 98, 36)
		c.flap(-156, low, 98, 36)
		if c.Kind == Blazer {
			c.seams(chain(66, t.pit.y+14, 128, t.pit.y+4, 128, t.pit.y+20, 66, t.pit.y+30, 66, t.pit.y+14))
		}
	case Welt:
		for _, s := range []float64{1, -1} {
			c.put(`<path d="%s" fill="%s" stroke="%s" stroke-width="2"/>`, poly(s*82, low+104, s*128, low, s*146, low+8, s*100, low+112), c.base, c.seam)
		}
	case Kangaroo:
		c.kangaroo(t)
	}
}

func (c *canvas) patchPocket(x, y, w, h float64) {
	c.put(`<path d="%s" fill="none" stroke="%s" stroke-width="2"/>`, poly(x, y, x+w, y, x+w, y+h-16, x+w/2, y+h, x, y+h-16), c.seam)
	c.stitches(chain(x, y+13, x+w, y+13), chain(x+5, y+16, x+5, y+h-18, x+w/2, y+h-5, x+w-5, y+h-18, x+w-5, y+16))
}

func (c *canvas) flap(x, y, w, h float64) {
	c.put(`<path d="%s" fill="%s" stroke="%s" stroke-width="2"/>`,
		at(x, y).to(x+w, y).to(x+w, y+h-6).quad(x+w/2, y+h+4, x, y+h-6).closed(), c.base.mix(c.shade, .25), c.line.mix(c.seam, .5))
}

func (c *canvas) kangaroo(t torso) {
	y := t.hem.y - t.band + 6
	c.put(`<path d="%s" fill="none" stroke="%s" stroke-width="2"/>`, poly(-78, y-146, 78, y-146, 128, y-52, 128, y, -128, y, -128, y-52), c.seam)
	c.stitches(both(chain(70, y-140, 120, y-50, 120, y))...)
}
