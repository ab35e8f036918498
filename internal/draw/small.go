package draw

func ballCap(c *canvas) {
	crown := at(-196, 560).cubic(-214, 400, -120, 296, 20, 296).cubic(166, 296, 240, 410, 232, 566).quad(20, 618, -196, 560)
	c.piece(sheet{d: crown.closed(), tones: c.tones, pattern: c.pat(), inside: func() {
		c.folds(leaf(170, 340, 196, 580, -20), leaf(-180, 540, 220, 570, 16))
		c.glows(leaf(-60, 330, -120, 520, 22))
		panel := []path{at(16, 296).quad(-64, 400, -70, 590), at(24, 296).quad(120, 380, 140, 590)}
		c.seams(panel...)
		c.stitches(at(10, 298).quad(-72, 400, -78, 590), at(22, 296).quad(-56, 400, -62, 590))
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
	c.embroidery(-128, 494)
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
	}})
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
	c.fill(poly(92, 640, 158, 632, 160, 684, 94, 692), c.handle())
}

// belt lies coiled: the far band behind, the near one with buckle and holes in front.
func belt(c *canvas) {
	far := tonesOf(c.base.mix(c.shade, .6))
	c.piece(sheet{d: at(-270, 470).cubic(-250, 340, 250, 340, 270, 470).to(270, 536).cubic(240, 420, -240, 420, -270, 536).closed(), tones: far})
	near := at(-272, 466).cubic(-250, 600, 240, 616, 272, 466).to(272, 540).cubic(250, 692, -250, 680, -272, 540)
	c.piece(sheet{d: near.closed(), tones: c.tones, pattern: c.pat(), inside: func() {
		c.glows(leaf(-180, 560, 100, 610, 14))
		c.stitches(at(-270, 478).cubic(-248, 612, 238, 628, 270, 478), at(-270, 530).cubic(-248, 680, 248, 670, 270, 530))
	}})
	for i := range 5 {
		x := 62 + float64(i)*38
		c.put(`<ellipse cx="%.4g" cy="%.4g" rx="5" ry="6" fill="%s"/>`, x+400, 611-x*x/3100, c.line)
	}
	c.buckle(tonesOf(c.metal()))
}

func (c *canvas) metal() rgb {
	if c.Accent != "" {
		return c.accent.base
	}
	return parse("#c2a36b")
}

func (c *canvas) buckle(m tones) {
	frame := at(-96, 548).to(4, 556).quad(18, 558, 17, 572).to(13, 668).quad(12, 682, -2, 681).to(-100, 672).quad(-114, 670, -113, 656).to(-110, 560).quad(-109, 547, -96, 548)
	c.put(`<path d="%s" fill="none" stroke="%s" stroke-width="20"/>`, frame.closed(), m.line)
	c.put(`<path d="%s" fill="none" stroke="%s" stroke-width="15"/>`, frame.closed(), m.base)
	c.put(`<path d="%s" fill="none" stroke="%s" stroke-width="4" opacity=".8"/>`, at(-94, 544).to(0, 552).open(), m.glow)
	c.strokes(m.line, 14, "", []path{chain(-104, 612, 16, 616)})
	c.strokes(m.base, 10, "", []path{chain(-104, 612, 16, 616)})
	c.fill(poly(-160, 546, -134, 553, -136, 644, -162, 636), c.tones)
}

// scarf hangs as round a neck: a loop and two ends with fringes.
func scarf(c *canvas) {
	c.fringe(-128, -14, 800)
	c.fringe(26, 132, 856)
	c.piece(sheet{d: at(40, 380).to(132, 400).cubic(136, 560, 140, 720, 134, 858).to(24, 858).cubic(30, 700, 20, 540, 4, 420).closed(), tones: c.tones, pattern: c.pat(), inside: func() {
		c.folds(leaf(60, 420, 56, 858, 12), leaf(124, 420, 120, 850, 10))
	}})
	c.piece(sheet{d: at(-90, 380).to(20, 400).cubic(0, 540, -6, 680, -12, 802).to(-130, 802).cubic(-132, 660, -120, 500, -104, 400).closed(), tones: c.tones, pattern: c.pat(), inside: func() {
		c.folds(leaf(-50, 420, -66, 800, 14), leaf(4, 420, -16, 800, 12))
		c.glows(leaf(-96, 440, -104, 780, 12))
	}})
	c.hollow(at(-178, 246).cubic(-100, 180, 100, 180, 178, 246).cubic(130, 390, -130, 390, -178, 246).closed())
	loop := at(-176, 244).cubic(-160, 300, -90, 322, 0, 322).cubic(90, 322, 160, 300, 176, 244).cubic(214, 320, 190, 410, 90, 446).cubic(30, 466, -40, 466, -96, 442).cubic(-196, 400, -212, 320, -176, 244)
	c.piece(sheet{d: loop.closed(), tones: c.tones, pattern: c.pat(), inside: func() {
		c.folds(at(-180, 320).cubic(-100, 400, 80, 400, 190, 310).cubic(90, 380, -90, 376, -180, 320).closed(),
			at(-170, 370).cubic(-80, 440, 80, 440, 170, 370).cubic(80, 420, -80, 420, -170, 370).closed())
		c.glows(at(-176, 296).cubic(-80, 360, 80, 360, 178, 290).cubic(80, 340, -80, 340, -176, 296).closed())
	}})
	c.piece(sheet{d: at(-177, 247).cubic(-120, 152, 120, 152, 177, 247).cubic(110, 204, -110, 204, -177, 247).closed(), tones: c.tones, pattern: c.pat(), flat: true})
}

func (c *canvas) fringe(a, b, y float64) {
	var ps []path
	for x := a + 4; x < b; x += 9 {
		ps = append(ps, at(x, y-4).to(x-1, y+46))
	}
	c.strokes(c.line, 6, "", ps)
	c.strokes(c.base, 4, "", ps)
}

func socks(c *canvas) {
	for _, o := range []pt{{70, -30}, {-40, 30}} {
		c.put(`<g transform="translate(%.4g %.4g)">`, o.x, o.y)
		c.sock()
		c.put(`</g>`)
	}
}

func (c *canvas) sock() {
	d := at(-40, 220).quad(40, 232, 122, 220).cubic(124, 340, 112, 450, 120, 560).cubic(126, 640, 104, 690, 50, 716).cubic(-30, 752, -110, 786, -170, 800).
		cubic(-240, 812, -266, 740, -216, 708).cubic(-150, 668, -70, 640, -46, 560).cubic(-28, 470, -38, 340, -40, 220)
	c.piece(sheet{d: d.closed(), tones: c.tones, pattern: c.pat(), flat: true, inside: func() {
		c.folds(leaf(112, 300, 104, 620, 16), leaf(-50, 560, 40, 640, 16), leaf(-60, 760, 90, 700, 16))
		c.glows(leaf(10, 300, 10, 560, 18))
		if c.Accent != "" && c.Pattern == Plain {
			c.put(`<path d="%s" fill="%s"/>`, at(150, 590).quad(60, 590, 30, 660).quad(40, 720, 60, 780).to(180, 760).closed(), c.accent.base)
			c.put(`<path d="%s" fill="%s"/>`, at(-170, 660).quad(-130, 720, -140, 820).to(-300, 830).to(-300, 660).closed(), c.accent.base)
		}
		c.seams(at(130, 596).quad(60, 596, 34, 660).quad(40, 700, 56, 730), at(-170, 670).quad(-132, 720, -142, 806))
		c.strokes(c.seam, 96, ` stroke-dasharray="1.6 8" stroke-linecap="butt"`, []path{at(-50, 274).quad(40, 286, 130, 274)})
		c.seams(at(-50, 324).quad(40, 336, 130, 324))
	}})
}
