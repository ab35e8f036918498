package draw

// belt lies coiled: the far band behind, the near one with buckle and holes in front.
func belt(c *canvas) {
	if c.View == Back {
		c.put(`<g transform="matrix(-1 0 0 1 800 0)">`)
		defer c.put(`</g>`)
	}
	far := tonesOf(c.base.mix(c.shade, .6))
	c.piece(sheet{d: at(-270, 470).cubic(-250, 340, 250, 340, 270, 470).to(270, 536).cubic(240, 420, -240, 420, -270, 536).closed(), tones: far})
	near := at(-272, 466).cubic(-250, 600, 240, 616, 272, 466).to(272, 540).cubic(250, 692, -250, 680, -272, 540)
	c.piece(sheet{d: near.closed(), tones: c.tones, pattern: c.pat(), inside: func() {
		c.glows(leaf(-180, 560, 100, 610, 14))
		c.stitches(at(-270, 478).cubic(-248, 612, 238, 628, 270, 478), at(-270, 530).cubic(-248, 680, 248, 670, 270, 530))
	}})
	c.beltTrait()
	if c.View == Back {
		return
	}
	for i := range 5 {
		x := 62 + float64(i)*38
		c.put(`<ellipse cx="%.4g" cy="%.4g" rx="5" ry="6" fill="%s"/>`, x+400, 611-x*x/3100, c.line)
	}
	c.buckle(tonesOf(c.metal()))
}

func (c *canvas) beltTrait() {
	mid := at(-271, 505).cubic(-249, 640, 244, 652, 271, 505)
	switch c.Trait {
	case 1:
		c.strokes(c.seam, 12, ` stroke-dasharray="2 10" stroke-linecap="butt"`, []path{mid})
	case 2:
		c.strokes(c.metal(), 9, ` stroke-dasharray="1 34"`, []path{mid})
	case 3:
		c.strokes(c.seam, 3, "", []path{at(-271, 492).cubic(-249, 624, 240, 640, 271, 492), at(-271, 518).cubic(-249, 656, 246, 664, 271, 518)})
	}
}

func (c *canvas) metal() rgb {
	if c.Accent != "" {
		return c.accent.base
	}
	return parse("#c2a36b")
}

func (c *canvas) buckle(m tones) {
	if c.Trait == 2 || c.Trait == 3 { // a ring
		c.put(`<circle cx="352" cy="614" r="66" fill="none" stroke="%s" stroke-width="20"/><circle cx="352" cy="614" r="66" fill="none" stroke="%s" stroke-width="15"/>`, m.line, m.base)
		c.strokes(m.line, 14, "", []path{chain(-112, 612, 16, 616)})
		c.strokes(m.base, 10, "", []path{chain(-112, 612, 16, 616)})
		c.fill(poly(-160, 546, -134, 553, -136, 644, -162, 636), c.tones)
		return
	}
	frame := at(-96, 548).to(4, 556).quad(18, 558, 17, 572).to(13, 668).quad(12, 682, -2, 681).to(-100, 672).quad(-114, 670, -113, 656).to(-110, 560).quad(-109, 547, -96, 548)
	c.put(`<path d="%s" fill="none" stroke="%s" stroke-width="20"/>`, frame.closed(), m.line)
	c.put(`<path d="%s" fill="none" stroke="%s" stroke-width="15"/>`, frame.closed(), m.base)
	c.put(`<path d="%s" fill="none" stroke="%s" stroke-width="4" opacity=".8"/>`, at(-94, 544).to(0, 552).open(), m.glow)
	c.strokes(m.line, 14, "", []path{chain(-104, 612, 16, 616)})
	c.strokes(m.base, 10, "", []path{chain(-104, 612, 16, 616)})
	c.fill(poly(-160, 546, -134, 553, -136, 644, -162, 636), c.tones)
}
