package draw

func ballCap(c *canvas) {
	crown := at(-196, 560).cubic(-214, 400, -120, 296, 20, 296).cubic(166, 296, 240, 410, 232, 566).quad(20, 618, -196, 560)
	c.piece(sheet{d: crown.closed(), tones: c.tones, pattern: c.pat(), inside: func() {
		c.folds(leaf(170, 340, 196, 580, -20), leaf(-180, 540, 220, 570, 16))
		c.glows(leaf(-60, 330, -120, 520, 22))
		panel := []path{at(16, 296).quad(-64, 400, -70, 590), at(24, 296).quad(120, 380, 140, 590)}
		c.seams(panel...)
		c.stitches(at(10, 298).quad(-72, 400, -78, 590), at(22, 296).quad(-56, 400, -62, 590))
		if c.Trait == 3 {
			c.put(`<path d="%s" fill="%s" opacity=".9"/>`, at(24, 280).quad(130, 380, 140, 620).to(300, 620).to(300, 280).closed(), c.accent.base)
		}
		if c.View == Back {
			c.put(`<path d="%s" fill="%s" stroke="%s" stroke-width="3"/>`, at(160, 560).cubic(166, 480, 214, 460, 236, 500).to(250, 600).closed(), c.inner, c.line)
			c.strokes(c.seam, 16, "", []path{at(150, 566).quad(200, 562, 240, 552)})
		}
	}})
	c.fill(at(6, 296).quad(20, 280, 34, 296).quad(20, 304, 6, 296).closed(), c.handle())
	for _, p := range []pt{{-118, 400}, {70, 388}} {
		c.put(`<circle cx="%.4g" cy="%.4g" r="6" fill="none" stroke="%s" stroke-width="3"/>`, p.x+400, p.y, c.seam)
	}
	visor := at(-200, 552).cubic(-120, 574, 0, 592, 96, 588).cubic(60, 650, -60, 700, -190, 694).cubic(-290, 688, -318, 640, -296, 612).cubic(-270, 584, -230, 566, -200, 552)
	c.piece(sheet{d: visor.closed(), tones: c.handle(), flat: true, inside: func() {
		c.glows(leaf(-270, 630, -60, 650, 16))
		c.stitches(at(-226, 572).cubic(-300, 606, -290, 660, -180, 668).cubic(-70, 672, 20, 640, 66, 596), at(-200, 580).cubic(-260, 610, -250, 636, -170, 640).cubic(-80, 644, -10, 620, 30, 598))
	}})
	if c.View != Back {
		c.capMark()
	}
}

// capMark is what is sewn on the front of a cap.
func (c *canvas) capMark() {
	switch c.Trait {
	case 1:
		c.put(`<path d="%s" fill="%s" stroke="%s" stroke-width="2"/>`, poly(-150, 440, -76, 424, -72, 484, -146, 498), c.accent.base, c.accent.line)
		c.strokes(c.accent.seam, 4, "", []path{chain(-134, 460, -90, 451), chain(-132, 476, -100, 470)})
	case 2:
		c.put(`<circle cx="296" cy="466" r="30" fill="none" stroke="%s" stroke-width="7"/><circle cx="296" cy="466" r="9" fill="%s"/>`, c.accent.base, c.accent.base)
	case 3:
		c.strokes(c.accent.base, 9, "", []path{at(-198, 530).quad(20, 590, 231, 540)})
	default:
		c.embroidery(-128, 494)
	}
}

func (c *canvas) embroidery(x, y float64) {
	c.strokes(c.accent.base, 7, "", []path{at(x, y-26).quad(x+26, y-34, x+54, y-30), at(x+6, y-8).quad(x+24, y-14, x+42, y-12)})
}

func bucketHat(c *canvas) {
	brim := at(0, 560).cubic(90, 560, 150, 552, 176, 536).cubic(206, 570, 250, 620, 264, 662).cubic(190, 724, 90, 738, 0, 738)
	c.piece(sheet{d: brim.both(), tones: c.tones, pattern: c.pat(), inside: func() {
		c.folds(leaf(-150, 560, 150, 560, -24), leaf(-160, 580, -220, 720, 14), leaf(150, 580, 190, 730, -18), leaf(30, 590, 50, 760, 10))
		var rows []path
		for _, k := range []float64{.2, .4, .6, .8, .94} {
			x, y := 176+88*k, 538+124*k
			rows = append(rows, at(-x, y).cubic(-x*.6, y+24+50*k, x*.6, y+24+50*k, x, y))
		}
		c.stitches(rows...)
	}})
	crown := at(0, 318).cubic(90, 318, 140, 330, 150, 360).cubic(164, 430, 172, 500, 180, 548).cubic(120, 582, 56, 588, 0, 588)
	c.piece(sheet{d: crown.both(), tones: c.tones, pattern: c.pat(), inside: func() {
		c.folds(leaf(-120, 400, -146, 570, 12), leaf(110, 380, 136, 570, -16))
		c.glows(leaf(-50, 380, -60, 560, 22))
		c.seams(at(-150, 362).quad(0, 412, 150, 362))
		c.stitches(at(-152, 372).quad(0, 422, 152, 372), at(-176, 526).quad(0, 590, 176, 526))
		if c.Trait == ribboned {
			c.put(`<path d="%s" fill="%s" stroke="%s" stroke-width="2"/>`, at(-190, 500).quad(0, 560, 190, 500).to(194, 556).quad(0, 618, -194, 556).closed(), c.accent.base, c.accent.line)
		}
		if c.Trait == outPocket && c.View != Back {
			c.fill(poly(60, 486, 112, 478, 114, 506, 62, 514), c.accent)
		}
		if c.Trait == strapped {
			for _, x := range []float64{-96, -66, 96, 66} {
				c.put(`<circle cx="%.4g" cy="470" r="6" fill="none" stroke="%s" stroke-width="3"/>`, 400+x, c.seam)
			}
		}
	}})
	if c.Trait == drawn {
		c.strokes(c.line, 7, "", []path{at(-176, 560).cubic(-150, 700, -50, 800, -8, 850), at(176, 560).cubic(150, 700, 50, 800, 8, 850)})
		c.fill(poly(-14, 826, 14, 826, 12, 862, -12, 862), c.accent)
	}
}

func beanie(c *canvas) {
	crown := at(0, 262).cubic(120, 262, 204, 350, 214, 600).to(0, 640)
	c.piece(sheet{d: crown.both(), tones: c.tones, pattern: c.pat(), inside: func() {
		c.folds(leaf(150, 320, 190, 600, -24), leaf(-160, 330, -190, 600, 18), leaf(-200, 590, 200, 590, 18))
		c.glows(leaf(-60, 300, -80, 580, 30))
		var ribs []path
		for k := -.94; k < 1; k += .115 {
			ribs = append(ribs, at(k*20, 264).quad(k*200, 340, k*212, 620))
		}
		c.strokes(c.seam, 2, ` opacity=".8"`, ribs)
	}})
	cuff := at(0, 586).cubic(120, 586, 190, 572, 222, 556).quad(236, 640, 228, 704).cubic(160, 738, 80, 746, 0, 746)
	c.piece(sheet{d: cuff.both(), tones: c.tones, pattern: c.pat(), inside: func() {
		var ribs []path
		for k := -.96; k < 1; k += .085 {
			ribs = append(ribs, at(k*224, 588-28*k*k).to(k*230, 746-40*k*k))
		}
		c.strokes(c.seam, 2.4, "", ribs)
	}})
	switch {
	case c.Trait == 1:
		c.pompom()
	case c.Trait != 2 && c.View != Back:
		c.fill(poly(92, 640, 158, 632, 160, 684, 94, 692), c.handle())
	}
}

// pompom is a ball of yarn on the top of a knitted hat.
func (c *canvas) pompom() {
	t := c.handle()
	c.put(`<circle cx="400" cy="226" r="62" fill="%s" stroke="%s" stroke-width="14" stroke-dasharray="9 7"/>`, t.base, t.base)
	var ps []path
	for i := range 12 {
		d := aim(float64(i) * 30)
		ps = append(ps, at(d.x*24, 226+d.y*24).to(d.x*56, 226+d.y*56))
	}
	c.strokes(t.seam, 2, ` opacity=".8"`, ps)
}

// beret lies slightly to one side, with its stem.
func beret(c *canvas) {
	c.fill(poly(14, 366, 26, 330, 38, 332, 34, 370), c.tones)
	d := at(-250, 560).cubic(-300, 440, -140, 350, 20, 352).cubic(190, 352, 310, 430, 268, 548).cubic(240, 616, 140, 630, 0, 634).cubic(-130, 636, -226, 622, -250, 560)
	c.piece(sheet{d: d.closed(), tones: c.tones, pattern: c.pat(), inside: func() {
		c.folds(leaf(-250, 560, 250, 580, -34), leaf(120, 400, 250, 540, -26), leaf(-220, 470, -150, 600, 16))
		c.glows(leaf(-150, 420, 30, 390, 30))
		switch c.Trait {
		case 1:
			c.seams(at(24, 356).quad(-120, 440, -190, 610), at(24, 356).quad(20, 480, 10, 640), at(24, 356).quad(150, 430, 210, 600))
		case 2:
			c.stitches(at(-244, 540).cubic(-120, 600, 140, 600, 262, 530))
		}
	}})
	c.piece(sheet{d: at(-190, 600).quad(0, 656, 200, 590).to(206, 640).quad(0, 704, -196, 648).closed(), tones: c.handle(), pattern: "", inside: func() {
		c.stitches(at(-196, 638).quad(0, 694, 206, 630))
	}})
	if c.Trait == 2 && c.View != Back {
		c.fill(poly(120, 626, 166, 616, 168, 640, 122, 650), tonesOf(parse("#c2a36b")))
	}
}
