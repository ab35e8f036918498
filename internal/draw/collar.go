package draw

// collar draws what stands or lies round the neck, over the finished body.
func (c *canvas) collar(t torso) {
	y, d := t.y, t.depth
	switch c.Collar {
	case Crew:
		c.band(t, 17)
	case NoCollar:
		c.band(t, 5)
	case VNeck:
		c.veeBand(t)
	case Turtle:
		c.turtle(y)
	case Mock:
		c.mock(y, d)
	case Pointed:
		c.leaves(y, 60, at(0, y+d).quad(34, y+20, 50, y-38).quad(76, y-22, 92, y+16).to(70, y+104))
	case Polo:
		c.leaves(y, 50, at(0, y+d).quad(34, y+20, 50, y-28).quad(82, y-14, 96, y+20).to(74, y+86))
	case PeterPan:
		c.leaves(y, 18, at(0, y+d).cubic(34, y+d, 52, y+28, 58, y-4).quad(100, y+4, 118, y+28).cubic(116, y+92, 60, y+116, 6, y+d+34))
	case Band:
		c.hollow(at(-54, y-22).quad(0, y-38, 54, y-22).quad(40, y+14, 0, y+24).quad(-40, y+14, -54, y-22).closed())
		c.leaves(y, 0, at(0, y+d).cubic(40, y+d-4, 62, y+22, 64, y).to(54, y-24).quad(40, y+14, 0, y+24))
	case Hood:
		c.hood(t)
	case Notched:
		c.lapels(t, false)
	case Camp:
		c.lapels(t, true)
	case Shawl:
		c.shawl(t)
	}
}

// band binds a round neckline, back and front.
func (c *canvas) band(t torso, w float64) {
	trim := c.tones
	if c.Pattern == Stripe && c.Kind == Tee || c.Pattern == Plain && c.Accent != "" {
		trim = c.accent
	}
	c.tape(t.backline(), w*.8, trim)
	p := t.neckline(c.Spec)
	whole := p.mirror().reverse()
	for _, s := range p.segs {
		whole = whole.step(s...)
	}
	c.tape(whole, w, trim)
	if w > 10 && c.Kind != Dress {
		c.strokes(trim.seam, w-6, ` stroke-dasharray="1.4 6" stroke-linecap="butt"`, []path{whole})
	}
}

func (c *canvas) veeBand(t torso) {
	trim := c.tones
	if c.Accent != "" && c.Pattern == Plain {
		trim = c.accent
	}
	c.tape(t.backline(), 13, trim)
	p := t.neckline(c.Spec)
	c.tape(p.mirror(), 20, trim)
	c.tape(p, 20, trim)
	if c.Kind != Cardigan {
		c.seams(chain(0, t.y+t.depth-12, 0, t.y+t.depth+12))
	}
}

func (c *canvas) turtle(y float64) {
	c.piece(sheet{d: at(-74, y+18).quad(-60, y-20, -66, y-56).quad(0, y-72, 66, y-56).quad(60, y-20, 74, y+18).quad(0, y+66, -74, y+18).closed(),
		tones: c.tones, inside: func() {
			c.strokes(c.seam, 110, ` stroke-dasharray="1.6 8" stroke-linecap="butt" opacity=".6"`, []path{chain(-70, y-14, 70, y-14)})
			c.folds(at(-64, y+10).quad(0, y+44, 64, y+10).quad(0, y+20, -64, y+10).closed())
			c.seams(at(-60, y-4).quad(0, y+34, 60, y-4))
		}})
}

func (c *canvas) mock(y, d float64) {
	c.hollow(at(-60, y-52).quad(0, y-68, 60, y-52).quad(0, y-22, -60, y-52).closed())
	c.piece(sheet{d: at(0, y+d).cubic(44, y+d-4, 66, y+30, 70, y).quad(68, y-30, 60, y-54).quad(30, y-26, 0, y-24).both(), tones: c.tones, inside: func() {
		if c.Kind == Puffer {
			c.seams(at(-70, y-16).quad(0, y+22, 70, y-16))
		} else {
			c.strokes(c.seam, 56, ` stroke-dasharray="1.6 8" stroke-linecap="butt" opacity=".6"`, []path{at(-64, y-14).quad(0, y+34, 64, y-14)})
		}
		if c.Closure == Zip || c.Closure == HalfZip {
			c.zip(y-26, y+d+4)
		}
	}})
}

// leaves draws a collar of two equal parts, of which leaf is the right one; stand is how high its back is seen, 0 for none.
func (c *canvas) leaves(y, stand float64, leaf path) {
	if stand > 0 {
		c.hollow(at(-50, y-stand*.62).quad(0, y-stand*1.05, 50, y-stand*.62).quad(30, y+24, 0, y+46).quad(-30, y+24, -50, y-stand*.62).closed())
	}
	cloth := c.tones
	if c.Collar == PeterPan && c.Accent != "" {
		cloth = c.accent
	}
	c.fill(leaf.mirror().closed(), cloth)
	c.fill(leaf.closed(), cloth)
	if c.Collar == Pointed {
		c.stitches(both(at(86, leaf.end().y-84).to(67, leaf.end().y-11).to(7, leaf.start.y+2))...)
	}
}

// lapels lie on a chest that is open down to the first button; the left one lies under the right one.
func (c *canvas) lapels(t torso, short bool) {
	y, v := t.y, t.y+t.depth
	reach, notch := 124.0, y+118
	if short {
		reach, notch = 104, y+70
	}
	c.hollow(at(-54, y-22).quad(0, y-46, 54, y-22).to(58, y+6).quad(0, y+34, -58, y+6).closed())
	lapel := at(0, v+4).quad(reach*.8, v-(v-notch)*.42, reach, notch-8).to(reach*.7, notch-22).to(58, y+14).quad(36, y+t.depth*.42, 0, v+4)
	c.fill(lapel.mirror().closed(), c.tones)
	c.fill(lapel.closed(), c.tones)
	flap := at(54, y-24).quad(84, y-8, 92, y+14).to(reach*.86, notch-40).to(reach*.66, notch-20).quad(50, y+36, 46, y+4).quad(46, y-12, 54, y-24)
	c.fill(flap.mirror().closed(), c.tones)
	c.fill(flap.closed(), c.tones)
	c.stitches(both(at(reach-8, notch-8).quad(reach*.76, v-(v-notch)*.42, 6, v-4))...)
}

func (c *canvas) hood(t torso) {
	y, d := t.y, t.depth
	outer := at(0, y+d+26).cubic(34, y+d+14, 92, y+46, 104, y+16).cubic(134, y-66, 112, y-160, 0, y-166)
	c.piece(sheet{d: outer.both(), tones: c.tones, inside: func() {
		c.folds(leaf(96, y+20, 70, y-120, 14), leaf(-96, y+20, -70, y-120, -14))
	}})
	mouth := at(0, y+d-4).cubic(30, y+40, 78, y-10, 76, y-52).cubic(74, y-104, 44, y-128, 0, y-130)
	c.hollow(mouth.both())
	c.put(`<path d="%s" fill="%s" filter="url(#z)" opacity=".5"/>`, at(0, y+10).cubic(30, y, 50, y-60, 0, y-96).both(), c.shade)
	c.stitches(both(at(4, y+d+6).cubic(38, y+48, 88, y-8, 86, y-52).cubic(84, y-112, 50, y-138, 0, y-140))...)
	if c.Closure == Zip {
		return
	}
	cord := c.base.mix(white, .3)
	if c.base.light() > .7 {
		cord = c.base.mix(ink, .12)
	}
	for _, p := range []path{at(26, y+d+2).quad(34, y+d+60, 28, y+d+126), at(-26, y+d+2).quad(-36, y+d+60, -30, y+d+114)} {
		c.strokes(c.line, 8, "", []path{p})
		c.strokes(cord, 5, "", []path{p})
	}
}

// shawl is a collar and lapel of one piece, without a notch.
func (c *canvas) shawl(t torso) {
	y, v := t.y, t.y+t.depth
	c.hollow(at(-54, y-22).quad(0, y-46, 54, y-22).to(58, y+6).quad(0, y+34, -58, y+6).closed())
	leaf := at(0, v+6).cubic(60, v-60, 130, y+170, 104, y+60).quad(92, y+4, 54, y-26).quad(44, y-14, 46, y+4).quad(44, y+t.depth*.5, 0, v+6)
	c.fill(leaf.mirror().closed(), c.tones)
	c.fill(leaf.closed(), c.tones)
	c.stitches(both(at(4, v-10).cubic(56, v-70, 120, y+168, 96, y+62).quad(86, y+10, 56, y-16))...)
}
