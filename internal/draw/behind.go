package draw

// behind draws the seams of the back of what is worn on the upper body.
func (c *canvas) behind(t torso) {
	w, h := t.pit.x, t.hem.y+12
	c.armholes(t)
	switch c.Kind {
	case Shirt, Blouse, Pajamas:
		c.yokeBehind(t, t.tip.y+26)
		c.boxPleat(t)
	case Jacket:
		c.yokeBehind(t, t.tip.y+50)
		if c.Closure != Zip {
			c.seams(both(at(w*.46, t.tip.y+56).to(w*.34, h-t.band))...)
			c.stitches(both(at(w*.46-7, t.tip.y+56).to(w*.34-7, h-t.band))...)
		}
	case Blazer, Coat, Robe:
		c.seams(chain(0, t.y+24, 0, h), chain(0, h-170, 16, h-160))
		c.seams(both(at(t.tip.x-8, t.pit.y-50).cubic(w*.6, t.pit.y+30, w*.5, t.pit.y+150, w*.56, h))...)
	case Trench:
		c.seams(chain(0, t.pit.y+30, 0, h))
		c.stormCape(t)
	case Tee, Sweatshirt, Hoodie, Knit:
		if c.Trait == raglan {
			c.construction(t)
		} else if c.Pattern == Plain {
			c.stitches(at(-t.tip.x+10, t.tip.y-2).quad(0, t.tip.y-34, t.tip.x-10, t.tip.y-2))
		}
	}
	switch c.Trait {
	case panel, princess, straightHem:
		c.construction(t)
	}
	c.hemline(t)
	if c.Closure == Belted {
		c.sashBehind(t)
	}
}

func (c *canvas) yokeBehind(t torso, y float64) {
	x := t.tip.x + 10
	c.seams(at(-x, y).quad(0, y+12, x, y))
	c.stitches(at(-x, y+7).quad(0, y+19, x, y+7))
}

// boxPleat falls from the yoke of a shirt, under a loop to hang it by.
func (c *canvas) boxPleat(t torso) {
	y := t.tip.y + 32
	c.folds(leaf(-13, y, -22, y+220, 5), leaf(13, y, 22, y+220, -5))
	c.seams(chain(-13, y, -16, y+190), chain(13, y, 16, y+190))
	c.fill(poly(-6, y-16, 6, y-16, 6, y+8, -6, y+8), c.tones)
}

func (c *canvas) stormCape(t torso) {
	y := t.pit.y + 30
	d := at(0, y+26).quad(t.pit.x*.6, y+18, t.pit.x+6, y-40).to(t.tip.x, t.tip.y-10).to(t.neck, t.y+10)
	c.put(`<path d="%s" fill="%s" stroke="%s" stroke-width="2"/>`, d.both(), c.base, c.line.mix(c.seam, .4))
	c.stitches(at(-t.pit.x, y-46).quad(-t.pit.x*.6, y+8, 0, y+17).quad(t.pit.x*.6, y+8, t.pit.x, y-46))
}

func (c *canvas) sashBehind(t torso) {
	y, w := t.pit.y+150, t.pit.x+20
	c.piece(sheet{d: at(-w, y-20).quad(0, y-8, w, y-20).to(w, y+18).quad(0, y+30, -w, y+18).closed(), tones: c.tones})
	for _, x := range []float64{-t.pit.x + 50, t.pit.x - 60} {
		c.fill(poly(x, y-26, x+10, y-26, x+10, y+30, x, y+30), c.tones)
	}
}

// collarBehind draws the collar as it lies on the nape.
func (c *canvas) collarBehind(t torso) {
	y := t.y
	switch c.Collar {
	case Crew, VNeck:
		c.nape(t, 16)
	case NoCollar:
		c.nape(t, 5)
	case Turtle:
		c.turtle(y)
	case Mock:
		c.stand(y, 56)
	case Band:
		c.stand(y, 28)
	case Hood:
		c.hoodBehind(y)
	case PeterPan:
		c.fall(y, 8, 112, 66)
	case Notched, Shawl:
		c.fall(y, 34, 96, 52)
	default:
		c.fall(y, rise[c.Collar], 94, 54)
	}
}

func (c *canvas) nape(t torso, w float64) {
	trim := c.tones
	if c.Pattern == Stripe && c.Kind == Tee || c.Pattern == Plain && c.Accent != "" {
		trim = c.accent
	}
	p := t.neckline(c.Spec)
	whole := p.mirror().reverse()
	for _, s := range p.segs {
		whole = whole.step(s...)
	}
	c.tape(whole, w, trim)
	if c.Kind == Tee || c.Kind == Sweatshirt {
		c.fill(poly(-12, t.y+38, 12, t.y+38, 12, t.y+50, -12, t.y+50), tonesOf(c.base.mix(white, .4)))
	}
}

func (c *canvas) stand(y, high float64) {
	c.piece(sheet{d: at(0, y+28).quad(44, y+24, 70, y+2).quad(68, y-high*.5, 58, y-high).quad(30, y-high-8, 0, y-high-8).both(), tones: c.tones, inside: func() {
		c.stitches(at(-64, y-high+8).quad(0, y-high, 64, y-high+8))
		c.folds(at(-70, y+2).quad(0, y+40, 70, y+2).quad(0, y+16, -70, y+2).closed())
	}})
}

// fall is a collar turned over: how high its fold stands, how wide and how deep it lies.
func (c *canvas) fall(y, high, wide, deep float64) {
	trim := c.tones
	if c.Collar == PeterPan && c.Accent != "" {
		trim = c.accent
	}
	c.piece(sheet{d: at(0, y-high).quad(40, y-high, 56, y-high*.6).quad(wide-8, y-4, wide, y+deep*.34).quad(wide*.55, y+deep, 0, y+deep).both(), tones: trim, inside: func() {
		c.folds(at(-70, y-high*.4).quad(0, y-high+30, 70, y-high*.4).quad(0, y-high+6, -70, y-high*.4).closed())
		c.stitches(at(-wide+8, y+deep*.26).quad(-wide*.55, y+deep-9, 0, y+deep-9).quad(wide*.55, y+deep-9, wide-8, y+deep*.26))
	}})
}

func (c *canvas) hoodBehind(y float64) {
	c.piece(sheet{d: at(0, y+84).cubic(66, y+80, 104, y+46, 112, y+14).cubic(138, y-66, 112, y-160, 0, y-166).both(), tones: c.tones, inside: func() {
		c.folds(leaf(100, y+10, 60, y+76, 14), leaf(-100, y+10, -60, y+76, -14), leaf(60, y-130, 84, y+40, -18), leaf(-60, y-130, -84, y+40, 18))
		c.glows(leaf(-30, y-140, -34, y+30, 18))
		c.seams(at(30, y-162).quad(44, y-60, 34, y+78), at(-30, y-162).quad(-44, y-60, -34, y+78))
		c.stitches(at(37, y-160).quad(51, y-60, 41, y+76), at(-37, y-160).quad(-51, y-60, -41, y+76))
	}})
}
