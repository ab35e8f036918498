package draw

func tote(c *canvas) {
	grip := func(x, y, top float64) path {
		return at(-x, y).cubic(-x, top, -x*.5, top-46, 0, top-46).cubic(x*.5, top-46, x, top, x, y)
	}
	c.tape(grip(92, 400, 196), 20, tonesOf(c.base.mix(c.shade, .55)))
	c.hollow(at(-208, 384).quad(0, 366, 208, 384).quad(0, 404, -208, 384).closed())
	d := at(0, 396).quad(110, 394, 210, 384).cubic(216, 520, 228, 680, 224, 800).quad(220, 822, 196, 824).quad(100, 832, 0, 832).both()
	c.piece(sheet{d: d, tones: c.tones, pattern: c.pat(), inside: func() {
		c.folds(leaf(-170, 420, -120, 800, 16), leaf(150, 430, 120, 790, -18), leaf(-200, 800, 190, 806, 12))
		c.glows(leaf(-40, 430, -20, 780, 26))
		c.stitches(at(-210, 416).quad(0, 430, 210, 416))
		c.totePanel()
		c.bagTrait(214, 400, 830)
	}})
	c.tape(grip(108, 520, 236).mapped(func(p pt) pt { return pt{p.x, p.y + 8} }), 22, c.handle())
	for _, x := range []float64{-108, 108} {
		c.stitches(chain(x-7, 470, x+7, 520), chain(x+7, 470, x-7, 520))
	}
	c.charm(-108, 500)
}

func (c *canvas) handle() tones {
	if c.Accent != "" {
		return c.accent
	}
	return c.tones
}

func (c *canvas) totePanel() {
	if c.Trait != 0 {
		return
	}
	if c.Accent == "" || c.Pattern != Plain {
		if c.View == Back {
			return
		}
		c.patchPocket(-76, 560, 152, 160)
		return
	}
	c.put(`<path d="M0 716H800V900H0Z" fill="%s" stroke="%s" stroke-width="2"/>`, c.accent.base, c.accent.line)
}

func shoulderBag(c *canvas) {
	c.tape(at(-222, 520).cubic(-210, 300, -90, 190, 0, 190).cubic(90, 190, 210, 300, 222, 520), 26, c.tones)
	d := at(0, 520).quad(150, 516, 240, 484).cubic(292, 520, 286, 640, 214, 710).cubic(150, 764, 70, 772, 0, 772).both()
	c.piece(sheet{d: d, tones: c.tones, pattern: c.pat(), inside: func() {
		c.folds(leaf(-220, 540, -110, 740, 24), leaf(220, 540, 130, 730, -24), leaf(-60, 560, -20, 740, 14))
		c.glows(leaf(-130, 560, -60, 700, 26), leaf(60, 560, 110, 690, 18))
		c.stitches(at(-250, 504).quad(0, 556, 250, 504), at(-262, 600).cubic(-220, 720, -90, 756, 0, 756).cubic(90, 756, 220, 720, 262, 600))
		c.zipLine(at(-236, 500).quad(0, 544, 236, 500))
		c.bagTrait(240, 540, 770)
	}})
	c.studs(222, 512)
	c.charm(-222, 530)
}

func (c *canvas) zipLine(p path) {
	c.strokes(parse("#b9a27a"), 6, ` stroke-dasharray="3 3" stroke-linecap="butt"`, []path{p})
}

func crossbody(c *canvas) {
	c.tape(at(-196, 470).cubic(-240, 180, -90, 120, 0, 120).cubic(90, 120, 240, 180, 196, 470), 15, c.tones)
	c.piece(sheet{d: at(0, 452).to(196, 452).quad(214, 454, 214, 474).to(208, 756).quad(206, 784, 176, 784).to(0, 786).both(), tones: c.tones, pattern: c.pat(), inside: func() {
		c.folds(leaf(-206, 640, 200, 640, 24))
		c.stitches(at(-196, 500).to(-192, 766).to(192, 766).to(196, 500))
		if c.View == Back {
			c.bagTrait(200, 470, 780)
			c.seams(chain(-150, 560, 150, 560))
		}
	}})
	if c.View == Back {
		c.studs(196, 462)
		return
	}
	flap := at(0, 442).to(200, 442).quad(222, 446, 220, 470).cubic(216, 560, 200, 630, 130, 642).quad(60, 650, 0, 650)
	c.piece(sheet{d: flap.both(), tones: c.tones, pattern: c.pat(), inside: func() {
		c.glows(leaf(-150, 480, 60, 470, 20))
		c.bagTrait(200, 452, 640)
		c.stitches(at(206, 470).cubic(202, 552, 190, 618, 126, 630).quad(60, 638, 0, 638), at(-206, 470).cubic(-202, 552, -190, 618, -126, 630).quad(-60, 638, 0, 638))
	}})
	c.charm(-176, 480)
	c.fill(at(-26, 610).to(26, 610).to(26, 662).quad(0, 676, -26, 662).closed(), brass)
	c.fill(poly(-8, 628, 8, 628, 8, 650, -8, 650), tonesOf(parse("#8f7444")))
	c.studs(196, 462)
}

// studs are the metal that holds a strap on both sides.
func (c *canvas) studs(x, y float64) {
	for _, s := range []float64{-x, x} {
		c.put(`<circle cx="%.4g" cy="%.4g" r="17" fill="none" stroke="%s" stroke-width="11"/>`, s+400, y, brass.line)
		c.put(`<circle cx="%.4g" cy="%.4g" r="17" fill="none" stroke="%s" stroke-width="7"/>`, s+400, y, brass.base)
	}
}

func pack(c *canvas) {
	c.tape(at(-46, 214).cubic(-46, 150, 46, 150, 46, 214), 16, c.tones)
	for _, s := range []float64{-1, 1} {
		c.tape(at(s*150, 300).cubic(s*262, 380, s*270, 620, s*206, 790), 26, tonesOf(c.base.mix(c.shade, .5)))
	}
	d := at(0, 204).cubic(120, 204, 196, 250, 204, 380).cubic(214, 560, 222, 700, 212, 800).quad(206, 844, 160, 846).to(0, 848).both()
	c.piece(sheet{d: d, tones: c.tones, pattern: c.pat(), inside: func() {
		c.folds(leaf(-190, 400, -150, 820, 16), leaf(184, 400, 160, 820, -16))
		c.glows(leaf(-60, 230, -40, 540, 30))
		if c.View == Back {
			c.packBack()
			return
		}
		c.zipLine(at(-200, 420).cubic(-196, 270, -120, 236, 0, 236).cubic(120, 236, 196, 270, 200, 420))
	}})
	if c.View == Back {
		return
	}
	c.packFront()
}

// packBack is the padded side with both straps.
func (c *canvas) packBack() {
	c.seams(at(-150, 300).quad(0, 270, 150, 300), chain(-150, 300, -150, 780, 150, 780, 150, 300))
	c.stitches(chain(-142, 306, -142, 772, 142, 772, 142, 306))
	for _, s := range []float64{-1, 1} {
		c.tape(at(s*56, 262).cubic(s*120, 380, s*130, 560, s*168, 740), 52, tonesOf(c.base.mix(c.shade, .35)))
		c.stitches(at(s*40, 270).cubic(s*104, 384, s*114, 560, s*150, 736))
	}
	c.fill(poly(-70, 236, 70, 236, 62, 268, -62, 268), c.tones)
}

func (c *canvas) packFront() {
	if c.Trait == strapped || c.Trait == drawn {
		c.packFlap()
		return
	}
	top := 560.0
	if c.Trait == outPocket {
		top = 640
		c.zipLine(chain(-160, 480, 160, 480))
		c.stitches(chain(-166, 494, 166, 494))
	}
	c.piece(sheet{d: at(0, top).to(150, top).quad(166, top+2, 166, top+20).to(166, 780).quad(164, 806, 136, 808).to(0, 808).both(), tones: c.packPocket(), pattern: c.pat(), inside: func() {
		c.zipLine(chain(-150, top+36, 150, top+36))
		c.stitches(chain(-154, top+52, -154, 796, 154, 796, 154, top+52))
	}})
	if c.Trait != outPocket {
		c.fill(poly(-44, 420, 44, 420, 44, 468, -44, 468), c.handle())
	}
	c.charm(-140, 470)
}

func (c *canvas) packPocket() tones {
	if c.Trait == based {
		return c.accent
	}
	return c.tones
}

// packFlap closes the pack by a flap with two buckled straps, or gathers it under a smaller one.
func (c *canvas) packFlap() {
	low := 520.0
	if c.Trait == drawn {
		low = 440
	}
	d := at(0, 196).cubic(130, 196, 206, 240, 214, 330).to(218, low-30).quad(214, low, 180, low).to(0, low+6)
	c.piece(sheet{d: d.both(), tones: c.tones, pattern: c.pat(), inside: func() {
		c.glows(leaf(-80, 230, -60, low-20, 26))
		c.stitches(at(-208, 330).to(-210, low-32).quad(-206, low-10, -178, low-10).to(178, low-10).quad(206, low-10, 210, low-32).to(208, 330))
	}})
	xs := []float64{-104, 104}
	if c.Trait == drawn {
		xs = []float64{0}
	}
	for _, x := range xs {
		c.fill(poly(x-17, low-90, x+17, low-90, x+17, low+110, x, low+126, x-17, low+110), c.handle())
		c.put(`<path d="%s" fill="none" stroke="%s" stroke-width="7"/>`, poly(x-25, low+26, x+25, low+26, x+25, low+64, x-25, low+64), brass.base)
	}
}
