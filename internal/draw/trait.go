package draw

// The traits of everything worn on the upper body. One that an article cannot have changes nothing of it.
const (
	raglan      uint8 = 1 // sleeves that run up to the neck
	panel       uint8 = 2 // a seam across the chest, the cloth above it in the accent where there is one
	princess    uint8 = 3 // two seams from the shoulder to the hem
	straightHem uint8 = 4 // slits at the sides; no curved tail
	flared      uint8 = 5 // widens to the hem
	elbowPatch  uint8 = 6 // patches on the elbows, a label on the chest
	hidden      uint8 = 7 // a covered placket; where there is none, a seam down the middle
	fullSleeve  uint8 = 2 // of blouses, shirts and dresses: gathered, wide sleeves instead of the panel
)

// raglans are the seams from the neck to the armpit. It reports whether the article may have them.
func (c *canvas) raglans() bool {
	switch c.Kind {
	case Tee, Sweatshirt, Hoodie, Knit, Coat, Jacket, Puffer:
		return c.Sleeve != Sleeveless
	}
	return false
}

// construction draws what the Trait adds to the front of the body.
func (c *canvas) construction(t torso) {
	w, y, h := t.pit.x, t.pit.y, t.hem.y-t.band
	switch c.Trait {
	case raglan:
		if c.raglans() {
			run := at(t.neck-4, t.y+20).quad(t.pit.x-60, t.y+90, t.pit.x, t.pit.y)
			c.seams(both(run)...)
			c.stitches(both(run.mapped(func(p pt) pt { return pt{p.x - 8, p.y + 4} }))...)
		}
	case panel:
		c.chestPanel(t)
	case princess:
		c.seams(both(at(t.tip.x*.62, t.tip.y-20).cubic(w*.5, y+20, w*.46, y+150, w*.56, h+20))...)
		c.stitches(both(at(t.tip.x*.62-8, t.tip.y-20).cubic(w*.5-8, y+20, w*.46-8, y+150, w*.56-8, h+20))...)
	case straightHem:
		if t.band == 0 {
			c.seams(both(chain(t.hem.x-12, t.hem.y-70, t.hem.x-6, t.hem.y+8))...)
			c.stitches(both(chain(t.hem.x-20, t.hem.y-84, t.hem.x-4, t.hem.y-84), chain(t.hem.x-22, t.hem.y-80, t.hem.x-16, t.hem.y))...)
		}
	case elbowPatch:
		c.fill(poly(-w*.5, y-30, -w*.5+44, y-30, -w*.5+44, y-8, -w*.5, y-8), c.accent)
	case hidden:
		if c.Closure == "" || c.Closure == Closed {
			c.seams(chain(0, t.y+t.depth, 0, h+10))
			c.stitches(chain(7, t.y+t.depth, 7, h+10), chain(-7, t.y+t.depth, -7, h+10))
		}
	}
}

func (c *canvas) chestPanel(t torso) {
	if c.Kind == Shirt || c.Kind == Blouse || c.Kind == Dress {
		return
	}
	w, y := t.pit.x+20, t.pit.y+34
	if c.Accent != "" && c.Pattern == Plain {
		c.put(`<path d="%s" fill="%s"/>`, at(-w, y).quad(0, y+16, w, y).to(w, t.y-20).to(-w, t.y-20).closed(), c.accent.base)
	}
	c.seams(at(-w, y).quad(0, y+16, w, y))
	c.stitches(at(-w, y+8).quad(0, y+24, w, y+8))
}

// gathers end a full sleeve in a narrow cuff with a button.
func (c *canvas) gathers(flip func(path) path, a arm) {
	up := a.dir.times(-40)
	if c.Sleeve == ShortSleeve {
		up = a.dir.times(-18)
	}
	o, i := a.outer.plus(up), a.inner.plus(up)
	c.seams(flip(at(o.x+8, o.y).quad((o.x+i.x)/2+5, (o.y+i.y)/2+8, i.x-8, i.y)))
	var ps []path
	for k := .12; k < .95; k += .15 {
		m := o.toward(i, k)
		ps = append(ps, flip(at(m.x, m.y+4).to(m.x-a.dir.x*34+(k-.5)*14, m.y-34-float64(int(k*20)%3)*10)))
	}
	c.strokes(c.seam, 1.5, ` opacity=".8"`, ps)
	if c.Sleeve == LongSleeve {
		m := a.outer.plus(a.dir.times(-20)).toward(a.inner.plus(a.dir.times(-20)), .5)
		b := flip(at(m.x, m.y)).start
		c.button(b.x, b.y, 5, c.trim())
	}
}

// stormFlap and the epaulettes are what a trench coat kept of the army.
func (c *canvas) stormFlap(t torso) {
	y := t.pit.y
	c.put(`<path d="%s" fill="%s" stroke="%s" stroke-width="2"/>`,
		at(30, t.y+40).to(t.tip.x, t.tip.y-8).to(t.pit.x-10, y-20).quad(t.pit.x-60, y+52, 62, y+34).closed(), c.base, c.line.mix(c.seam, .4))
	c.stitches(at(t.pit.x-14, y-14).quad(t.pit.x-62, y+42, 66, y+25))
}

func (c *canvas) epaulettes(t torso) {
	a, b := pt{t.neck + 34, t.y + 20}, t.tip
	d := chain(a.x, a.y-4, b.x-4, b.y-10, b.x-10, b.y+14, a.x-2, a.y+18)
	c.fill(d.closed(), c.tones)
	c.fill(d.mirror().closed(), c.tones)
	for _, s := range []float64{1, -1} {
		c.button(s*(a.x+14), a.y+10, 5, c.trim())
	}
}

// trenchBelt is a belt with a covered buckle, worn closed.
func (c *canvas) trenchBelt(t torso) {
	c.epaulettes(t)
	y, w := t.pit.y+146, t.waist.x+6
	c.piece(sheet{d: at(-w, y-18).quad(0, y-8, w, y-18).to(w, y+20).quad(0, y+30, -w, y+20).closed(), tones: c.tones, inside: func() {
		c.stitches(at(-w, y-11).quad(0, y-1, w, y-11), at(-w, y+13).quad(0, y+23, w, y+13))
	}})
	for _, x := range []float64{-w + 28, w - 38} {
		c.fill(poly(x, y-26, x+11, y-26, x+11, y+30, x, y+30), c.tones)
	}
	if c.View == Back {
		return
	}
	horn := tonesOf(parse("#5a4030"))
	c.fill(poly(30, y-8, 62, y-9, 124, y+96, 96, y+108), c.tones)
	c.put(`<path d="%s" fill="none" stroke="%s" stroke-width="9"/>`, poly(-28, y-22, 34, y-22, 34, y+34, -28, y+34), horn.base)
	c.strokes(horn.line, 3, "", []path{chain(2, y-18, 2, y+30)})
}
