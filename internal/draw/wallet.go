package draw

// clutch is carried in the hand: an envelope, a framed purse, a soft pouch.
func clutch(c *canvas) {
	w, y, h := 270.0, 410.0, 690.0
	if c.Trait == drawn {
		w = 236
		c.tape(at(206, 430).cubic(300, 460, 326, 700, 284, 776).cubic(258, 800, 250, 640, 216, 470), 11, c.tones)
	}
	d := at(0, y).to(w-20, y).quad(w, y, w+2, y+22).to(w+6, h-24).quad(w+6, h, w-18, h).to(0, h+2)
	c.piece(sheet{d: d.both(), tones: c.tones, pattern: c.pat(), inside: func() {
		c.folds(leaf(-w, h-40, w, h-40, 18), leaf(w-16, y, w-30, h, -12))
		c.glows(leaf(-w*.6, y+150, -w*.5, h-20, 22))
		c.stitches(chain(-w+8, y+10, -w+2, h-10, w-2, h-10, w-8, y+10))
		switch {
		case c.Trait == drawn:
			c.pleatsOfPouch(w, y, h)
		case c.Trait != 0:
			c.bagTrait(w, y+40, h)
		case c.View == Back:
			c.seams(chain(-w*.6, y+90, w*.6, y+90))
		}
	}})
	switch {
	case c.View == Back:
	case c.Trait == 0:
		flap := at(0, y-8).to(w-16, y-8).quad(w+4, y-8, w+4, y+14).to(30, y+166).quad(0, y+182, 0, y+180)
		c.piece(sheet{d: flap.both(), tones: c.tones, pattern: c.pat(), inside: func() {
			c.glows(leaf(-180, y+20, 60, y+24, 16))
			c.stitches(at(-w-4, y+4).to(-30, y+154).quad(0, y+168, 30, y+154).to(w+4, y+4))
		}})
		c.put(`<circle cx="400" cy="%.0f" r="13" fill="%s" stroke="%s" stroke-width="2"/>`, y+140, brass.base, brass.line)
	case c.Trait == drawn:
		c.tape(chain(-w+6, y+2, w-6, y+2), 20, brass)
		c.put(`<circle cx="390" cy="%.0f" r="13" fill="%s" stroke="%s" stroke-width="2"/><circle cx="412" cy="%.0f" r="13" fill="%s" stroke="%s" stroke-width="2"/>`, y-16, brass.base, brass.line, y-16, brass.base, brass.line)
	default:
		c.zipLine(chain(-w+10, y+16, w-10, y+16))
		c.fill(poly(w-40, y+10, w+2, y+8, w+6, y+30, w-38, y+26), brass)
	}
}

func (c *canvas) pleatsOfPouch(w, y, h float64) {
	var ps []path
	for k := -.9; k < 1; k += .2 {
		ps = append(ps, at(k*w*.7, y+10).quad(k*w*1.05, y+120, k*w*.9, h))
	}
	c.strokes(c.shade, 7, ` opacity=".5"`, ps)
	c.seams(ps...)
}

// wallet is a folded purse for notes and cards; a long one is closed by a zip.
func wallet(c *canvas) {
	w, y, h := 186.0, 400.0, 690.0
	if c.Length == Long {
		w, y, h = 270, 430, 690
	}
	c.fill(at(-w+6, y+12).to(w+12, y-8).quad(w+22, y-8, w+22, y+6).to(w+22, h-14).to(-w+6, h).closed(), tonesOf(c.base.mix(c.shade, .7)))
	d := at(0, y).to(w-18, y).quad(w, y, w, y+18).to(w, h-18).quad(w, h, w-18, h).to(0, h)
	c.piece(sheet{d: d.both(), tones: c.tones, pattern: c.pat(), inside: func() {
		c.folds(leaf(-w, h-30, w, h-30, 14))
		c.glows(leaf(-w*.6, y+30, -w*.5, h-30, 20))
		c.stitches(chain(-w+10, y+10, -w+10, h-10, w-10, h-10, w-10, y+10, -w+10, y+10))
		c.walletTrait(w, y, h)
	}})
	if c.Length == Long {
		c.zipLine(chain(-w+8, y+4, w-8, y+4))
		c.fill(poly(w-20, y-6, w+20, y-2, w+22, y+18, w-18, y+14), brass)
	}
}

func (c *canvas) walletTrait(w, y, h float64) {
	if c.View == Back {
		c.seams(chain(-w, (y+h)/2, w, (y+h)/2))
		c.stitches(chain(-w, (y+h)/2+9, w, (y+h)/2+9))
		return
	}
	switch c.Trait {
	case outPocket:
		c.fill(at(-w-4, y-4).to(w+4, y-4).to(w+4, y+100).quad(0, y+168, -w-4, y+100).closed(), c.tones)
		c.stitches(at(-w, y+90).quad(0, y+156, w, y+90))
		c.put(`<circle cx="400" cy="%.0f" r="12" fill="%s" stroke="%s" stroke-width="2"/>`, y+108, brass.base, brass.line)
	case strapped:
		c.fill(poly(w*.34, y-4, w*.34+46, y-4, w*.34+46, h+4, w*.34, h+4), c.handle())
		c.put(`<circle cx="%.0f" cy="%.0f" r="11" fill="%s" stroke="%s" stroke-width="2"/>`, 400+w*.34+23, (y+h)/2, brass.base, brass.line)
	case 0:
		c.fill(poly(w-92, h-64, w-32, h-64, w-32, h-36, w-92, h-36), tonesOf(c.base.mix(c.glow, .18)))
	default:
		c.bagTrait(w, y+6, h)
	}
}

// cardHolder shows the cards in its slots.
func cardHolder(c *canvas) {
	w, y, h := 196.0, 430.0, 700.0
	if c.View != Back {
		c.fill(at(-w+26, y-46).to(w-30, y-46).quad(w-20, y-46, w-20, y-36).to(w-20, y+30).to(-w+20, y+30).to(-w+20, y-36).closed(), tonesOf(c.accent.base.mix(white, .35)))
	}
	d := at(0, y).to(w-16, y).quad(w, y, w, y+16).to(w, h-18).quad(w, h, w-18, h).to(0, h)
	c.piece(sheet{d: d.both(), tones: c.tones, pattern: c.pat(), inside: func() {
		c.glows(leaf(-w*.6, y+20, -w*.5, h-30, 20))
		rows := 3
		if c.View == Back {
			rows = 1
		}
		for i := range rows {
			k := y + 60 + float64(i)*54
			c.folds(leaf(-w+8, k-4, w-8, k-4, 6))
			if c.Trait == strapped {
				c.seams(at(-w, k-30).quad(0, k+24, w, k-30))
				c.stitches(at(-w, k-21).quad(0, k+33, w, k-21))
				continue
			}
			c.seams(chain(-w, k, w, k))
			c.stitches(chain(-w, k+8, w, k+8))
		}
		c.stitches(chain(-w+10, y, -w+10, h-10, w-10, h-10, w-10, y))
	}})
	if c.Trait == outPocket {
		c.put(`<circle cx="%.0f" cy="%.0f" r="16" fill="none" stroke="%s" stroke-width="7"/>`, 400+w-20, y-18, brass.base)
	}
}
