package draw

// top draws whatever has a neck, a body and perhaps sleeves.
func top(c *canvas) {
	t := newTorso(c.Spec)
	c.lining(t)
	if c.Sleeve != Sleeveless {
		c.sleeve(t, true)
		c.sleeve(t, false)
	}
	c.body(t)
	if c.Kind == Trench {
		c.trenchBelt(t)
	}
	if c.View == Back {
		c.collarBehind(t)
		return
	}
	c.collar(t)
}

// lining is the inside of the back that the neckline lets one see.
func (c *canvas) lining(t torso) {
	if c.View == Back {
		return
	}
	front := t.neckline(c.Spec)
	d := t.backline()
	for _, s := range front.reverse().segs {
		d = d.step(s...)
	}
	for _, s := range front.mirror().segs {
		d = d.step(s...)
	}
	c.hollow(d.closed())
}

func (c *canvas) sleeve(t torso, right bool) {
	a := t.arm(c.Spec)
	flip, pattern := func(p path) path { return p }, "q"
	if !right {
		flip, pattern = path.mirror, "r"
	}
	if c.pat() == "" || c.seamless() {
		pattern = c.pat()
	}
	c.piece(sheet{d: flip(a.outline).closed(), tones: c.tones, pattern: pattern, flat: true, inside: func() {
		c.sleeveFolds(t, a, flip)
		c.sleeveEnd(a, flip)
	}})
}

func (c *canvas) sleeveFolds(t torso, a arm, flip func(path) path) {
	near := flip(at(t.pit.x-20, t.pit.y-60).cubic(t.pit.x+20, t.pit.y+50, a.inner.x-10, a.inner.y-120, a.inner.x-4, a.inner.y).
		to(a.inner.x+16, a.inner.y).cubic(a.inner.x-14, a.inner.y-130, t.pit.x+44, t.pit.y+40, t.pit.x+14, t.pit.y-60))
	if c.Sleeve == ShortSleeve {
		c.folds(near.closed())
		return
	}
	if c.Trait == elbowPatch && c.View == Back {
		m := a.outer.toward(a.inner, .5).plus(a.dir.times(-a.length * .46))
		c.fill(flip(at(m.x-30, m.y-56).quad(m.x+40, m.y-50, m.x+26, m.y+10).quad(m.x+4, m.y+66, m.x-34, m.y+46).quad(m.x-62, m.y-6, m.x-30, m.y-56)).closed(), c.accent)
	}
	m := a.outer.toward(a.inner, .5)
	elbow := m.plus(a.dir.times(-a.length * .5))
	c.folds(near.closed(), flip(chain(elbow.x-30, elbow.y-14, elbow.x+22, elbow.y+8, elbow.x-26, elbow.y+6)).closed())
	high := m.plus(a.dir.times(-a.length * .8))
	c.glows(flip(at(high.x+14, high.y).quad(elbow.x+26, elbow.y, m.x+8, m.y-50).quad(elbow.x+10, elbow.y, high.x+14, high.y)).closed())
	if c.Kind == Puffer {
		c.rings(a, flip)
	}
}

// rings are the quilting lines round a padded sleeve.
func (c *canvas) rings(a arm, flip func(path) path) {
	var ps []path
	for k := .16; k < .95; k += .155 {
		m := a.outer.toward(a.inner, .5).plus(a.dir.times(-a.length * k))
		ps = append(ps, flip(at(m.x+80, m.y-16).quad(m.x, m.y+14, m.x-90, m.y+14)))
	}
	c.seams(ps...)
}

func (c *canvas) sleeveEnd(a arm, flip func(path) path) {
	hem := func(h float64) path {
		p := a.cuff(h, 0)
		return path{p.end(), nil}.step(p.reverse().segs[0]...)
	}
	switch {
	case c.Sleeve == ShortSleeve && c.Collar == Polo:
		c.ribbed(flip(a.cuff(24, 2)), c.tones)
	case c.Sleeve == ShortSleeve:
		c.stitches(flip(hem(20)))
	case hemBand(c.Spec) > 30 && c.Kind != Jacket, c.Kind == Jacket && c.Closure == Zip:
		c.ribbed(flip(a.cuff(46, 3)), c.tones)
	case c.Kind == Trench:
		c.fill(flip(a.cuff(66, 2)).closed(), c.tones)
		c.stitches(flip(hem(44)), flip(hem(10)))
	case c.Kind == Blouse || c.puff() > 0:
		c.gathers(flip, a)
	case c.Kind == Shirt, c.Kind == Jacket, c.Kind == Dress && c.Collar == Pointed:
		c.seams(flip(hem(48)))
		c.stitches(flip(hem(42)), flip(hem(5)))
		m := a.outer.plus(a.dir.times(-22)).toward(a.inner.plus(a.dir.times(-22)), .3)
		b := flip(at(m.x, m.y)).start
		c.button(b.x, b.y, 5.5, c.trim())
	case c.Kind == Blazer || c.Kind == Coat:
		for i := range 3 {
			m := a.inner.plus(a.dir.times(-24-19*float64(i))).toward(a.outer, .14)
			b := flip(at(m.x, m.y)).start
			c.button(b.x, b.y, 5.5, c.trim())
		}
	default:
		c.stitches(flip(hem(22)))
	}
}

// ribbed draws a knitted band; its lines run across it from one long side to the other.
func (c *canvas) ribbed(p path, t tones) {
	c.put(`<path d="%s" fill="%s" stroke="%s" stroke-width="1.6"/>`, p.closed(), t.base, t.seam)
	a, b := p.start, p.segs[0][0]
	inner, innerTop := p.segs[1][len(p.segs[1])-1], p.segs[2][0]
	var ps []path
	for k := .1; k < .95; k += .115 {
		u, v := a.toward(innerTop, k), b.toward(inner, k)
		ps = append(ps, at(u.x, u.y+2).to(v.x, v.y+3))
	}
	c.strokes(t.seam, 1.4, "", ps)
}

// trim is the tone of buttons and metal.
func (c *canvas) trim() tones {
	switch {
	case c.Accent != "" && c.Pattern == Plain:
		return c.accent
	case (c.Kind == Shirt || c.Kind == Blouse || c.Kind == Pajamas) && c.base.light() > .3, c.Kind == Tee:
		return tonesOf(parse("#f6f3ec"))
	}
	return tonesOf(c.base.mix(ink, .45))
}

func (c *canvas) body(t torso) {
	c.piece(sheet{d: t.outline(c.Spec).both(), tones: c.tones, pattern: c.pat(), inside: func() {
		c.bodyFolds(t)
		if c.View == Back {
			c.behind(t)
			return
		}
		c.yoke(t)
		c.construction(t)
		c.hemline(t)
		c.front(t)
		c.pockets(t)
	}})
}

func (c *canvas) bodyFolds(t torso) {
	w, y, h := t.pit.x, t.pit.y, t.hem.y
	if c.Pattern == Quilt {
		c.quilting(t)
		return
	}
	c.folds(
		leaf(w+4, y-8, w-92, y+96, 15), leaf(-w-4, y-8, -w+84, y+116, -15),
		leaf(w-24, h-190, w-64, h+10, -13), leaf(-w+36, h-220, -w+70, h+10, 15),
		leaf(-30, y+120, -62, h-30, 8))
	c.glows(leaf(48, y-40, 70, h-60, 20), leaf(-w+30, y+60, -w+52, h-60, 16))
}

func (c *canvas) quilting(t torso) {
	var ps []path
	var dark, light []string
	w := t.pit.x + 20
	for y := t.y + 92; y < t.hem.y-40; y += 62 {
		ps = append(ps, at(-w, y-4).quad(0, y+14, w, y-4))
		dark = append(dark, at(-w, y-6).quad(0, y+12, w, y-6).quad(0, y-14, -w, y-6).closed())
		light = append(light, at(-w, y+16).quad(0, y+34, w, y+16).quad(0, y+18, -w, y+16).closed())
	}
	c.folds(dark...)
	c.glows(light...)
	c.seams(ps...)
}

// yoke draws the seams of the shoulders.
func (c *canvas) yoke(t torso) {
	switch c.Kind {
	case Shirt:
		c.stitches(both(at(t.neck-4, t.y+20).to(t.tip.x-4, t.tip.y+14))...)
	case Jacket:
		if c.Closure != Zip {
			c.seams(chain(-t.tip.x, t.tip.y+56, t.tip.x, t.tip.y+56))
			c.stitches(chain(-t.tip.x, t.tip.y+62, t.tip.x, t.tip.y+62))
		}
	case Sweatshirt:
		if c.Collar == Crew {
			c.seams(chain(-18, t.y+t.depth+10, 0, t.y+t.depth+40, 18, t.y+t.depth+10))
		}
	}
	c.armholes(t)
}

func (c *canvas) armholes(t torso) {
	if c.Sleeve == Sleeveless {
		c.tape(t.armhole(), 22, c.tones)
		c.tape(t.armhole().mirror(), 22, c.tones)
		return
	}
	in := t.armhole().mapped(func(p pt) pt { return pt{p.x - 7, p.y + 2} })
	if c.Trait == raglan && c.raglans() {
		return
	}
	if c.Kind != Coat && c.Kind != Blazer && c.Kind != Knit && c.Kind != Cardigan {
		c.stitches(both(in)...)
	}
}

func (c *canvas) hemline(t torso) {
	switch {
	case t.band > 0 && c.Kind != Jacket || c.Kind == Jacket && c.Closure == Zip:
		c.hemRib(t)
	case t.band > 0:
		c.seams(at(-t.hem.x-9, t.hem.y-t.band).quad(0, t.hem.y-t.band+14, t.hem.x+9, t.hem.y-t.band))
	case t.tail:
		x, y := t.hem.x, t.hem.y
		c.stitches(both(at(x-2, y-74).cubic(x-30, y-26, x*.5, y-6, 0, y-4))...)
	default:
		c.stitches(at(-t.hem.x-9, t.hem.y-18).quad(0, t.hem.y, t.hem.x+9, t.hem.y-18))
	}
}

func (c *canvas) hemRib(t torso) {
	x, y := t.hem.x+12, t.hem.y-t.band
	c.put(`<path d="%s" fill="%s" stroke="%s" stroke-width="1.6"/>`, at(-x, y).quad(0, y+16, x, y).to(x, y+90).to(-x, y+90).closed(), c.base, c.seam)
	if c.Kind == Puffer {
		return
	}
	d := at(-x+8, y+t.band*.5+5).quad(0, y+t.band*.5+22, x-8, y+t.band*.5+5)
	c.strokes(c.seam, t.band-10, ` stroke-dasharray="1.6 8" stroke-linecap="butt"`, []path{d})
}
