package draw

// pair draws one shoe twice: the far one higher, the near one in front of it, both toe to the left. From behind it draws the heels.
func pair(shoe func(*canvas)) func(*canvas) {
	return func(c *canvas) {
		if c.View == Back {
			heels(c)
			return
		}
		near, far := pt{-46, 4}, pt{52, -96}
		switch c.Kind {
		case HighTops, Chelsea, LaceBoots, RainBoots:
			near, far = pt{-50, 46}, pt{62, -44}
		case LongBoots:
			near, far = pt{-60, 96}, pt{72, 20}
		}
		places := []pt{far, near}
		if c.View == Detail {
			places = places[1:]
		}
		for _, o := range places {
			c.put(`<g transform="translate(%.4g %.4g) translate(400 560) scale(.9) translate(-400 -560)">`, o.x, o.y)
			c.pool(-10, 704, 275, 12)
			shoe(c)
			c.put(`</g>`)
		}
	}
}

// sole lies under every shoe: from toe to heel at the height top, down to the floor at 700.
func (c *canvas) sole(d string, t tones) {
	c.put(`<path d="%s" fill="%s" stroke="%s" stroke-width="2.4"/>`, d, t.base, t.line)
}

func (c *canvas) soleTones(usual string) tones {
	if c.Accent != "" {
		return c.accent
	}
	return tonesOf(parse(usual))
}

// upper is the shoe's leather or cloth; the same gradient as on bodies would darken the toe, so it is lit from above.
func (c *canvas) upper(p path, inside func()) {
	c.piece(sheet{d: p.closed(), tones: c.tones, pattern: c.pat(), flat: true, smooth: c.Kind == RainBoots, inside: func() {
		c.folds(at(-300, 680).quad(-60, 610, 280, 680).to(280, 640).quad(0, 700, -300, 650).closed(), leaf(-40, 560, 40, 660, 14))
		c.glows(leaf(-250, 612, -110, 562, 14), leaf(210, 500, 236, 640, 12))
		inside()
	}})
}

func sneaker(c *canvas) {
	c.hollow(at(10, 446).quad(70, 400, 232, 424).to(220, 500).to(60, 520).closed())
	up := at(-286, 662).cubic(-294, 606, -244, 588, -176, 572).cubic(-120, 558, -62, 496, -16, 446).quad(4, 416, 30, 412).
		quad(54, 410, 60, 434).cubic(76, 482, 122, 508, 166, 492).cubic(204, 478, 208, 438, 232, 424).quad(252, 418, 256, 436).
		cubic(250, 510, 260, 590, 268, 662).quad(0, 680, -286, 662)
	c.upper(up, func() {
		c.seams(at(-176, 572).cubic(-150, 610, -120, 640, -96, 670), at(-150, 562).cubic(-90, 566, -30, 540, 36, 470),
			at(36, 470).cubic(70, 560, 60, 610, 20, 672), at(196, 486).quad(176, 560, 190, 670))
		c.stitches(at(-168, 576).cubic(-142, 612, -112, 640, -88, 670), at(-140, 572).cubic(-84, 574, -26, 548, 30, 484), at(188, 490).quad(168, 560, 182, 670))
		c.fill(poly(214, 470, 270, 452, 276, 540, 208, 548), c.accent)
		c.shoeTrait()
	})
	c.laces(-128, 548, -8, 448, 5, 30)
	c.sole(at(-292, 650).quad(-302, 702, -262, 704).to(244, 704).quad(280, 702, 272, 644).quad(0, 676, -292, 650).closed(), tonesOf(parse("#f3f0ea")))
	c.strokes(ink.mix(white, .55), 1.6, "", []path{at(-290, 682).quad(0, 694, 274, 680)})
}

// laces go up n times from one point to another, each w long.
func (c *canvas) laces(ax, ay, bx, by float64, n int, w float64) {
	tone := tonesOf(parse("#f7f5f0"))
	if c.base.light() > .75 {
		tone = tonesOf(parse("#e4dfd6"))
	}
	if c.Kind == LaceBoots || c.Kind == Runners {
		tone = c.accent
	}
	for i := range n {
		k := float64(i) / float64(n-1)
		x, y := ax+(bx-ax)*k, ay+(by-ay)*k
		p := at(x-6, y-6).quad(x+w*.5, y-4, x+w, y+w*.66)
		c.strokes(c.line, 11, "", []path{p})
		c.strokes(tone.base, 8, "", []path{p})
	}
}

func runner(c *canvas) {
	c.hollow(at(10, 446).quad(70, 404, 236, 420).to(220, 500).to(60, 520).closed())
	up := at(-284, 644).cubic(-280, 600, -220, 582, -160, 566).cubic(-110, 552, -60, 500, -14, 450).quad(6, 424, 32, 422).
		quad(52, 424, 60, 444).cubic(80, 490, 130, 506, 170, 484).cubic(204, 464, 214, 432, 240, 414).quad(258, 412, 258, 432).
		cubic(246, 510, 262, 580, 274, 640).quad(0, 670, -284, 644)
	c.upper(up, func() {
		c.put(`<path d="%s" fill="%s" opacity=".9"/>`, at(-290, 600).quad(-230, 590, -190, 660).to(-290, 670).closed(), c.accent.base)
		c.put(`<path d="%s" fill="%s"/>`, at(200, 480).quad(180, 580, 120, 662).to(290, 662).to(270, 470).closed(), c.accent.base)
		c.put(`<path d="%s" fill="%s" opacity=".55"/>`, at(-30, 520).quad(10, 500, 40, 476).cubic(70, 560, 40, 620, -60, 664).to(-130, 664).cubic(-60, 630, -20, 590, -30, 520).closed(), c.accent.base)
		c.seams(at(60, 500).cubic(96, 560, 80, 620, 20, 664), at(-170, 574).quad(-110, 610, -130, 664))
		c.stitches(at(-140, 566).cubic(-84, 572, -26, 548, 34, 486))
		c.shoeTrait()
	})
	c.laces(-122, 546, -6, 454, 5, 30)
	foam := tonesOf(parse("#f4f1ea"))
	c.sole(at(-290, 634).cubic(-322, 650, -300, 690, -258, 700).quad(-100, 712, 60, 698).cubic(140, 690, 190, 712, 262, 704).quad(306, 690, 284, 618).cubic(180, 630, 60, 664, -60, 660).quad(-200, 660, -290, 634).closed(), foam)
	c.strokes(foam.seam, 2, "", []path{at(-280, 668).cubic(-120, 700, 40, 680, 284, 660)})
	c.strokes(c.line, 5, ` stroke-dasharray="16 7" stroke-linecap="butt"`, []path{at(-254, 702).quad(-100, 712, 60, 700).cubic(140, 692, 190, 714, 262, 705)})
}

func highTop(c *canvas) {
	c.hollow(at(20, 318).quad(120, 280, 232, 304).to(220, 400).to(60, 420).closed())
	up := at(-286, 662).cubic(-290, 610, -240, 596, -176, 584).cubic(-110, 566, -50, 470, 0, 340).quad(10, 312, 40, 306).
		quad(62, 306, 66, 326).quad(140, 352, 228, 304).quad(250, 300, 250, 322).cubic(236, 440, 256, 580, 268, 662).quad(0, 680, -286, 662)
	c.upper(up, func() {
		c.seams(at(40, 330).cubic(50, 480, -40, 590, -90, 610), at(216, 306).quad(206, 500, 214, 670))
		c.stitches(at(48, 330).cubic(58, 484, -32, 596, -86, 618), at(66, 342).quad(140, 366, 226, 322), at(208, 320).quad(198, 500, 206, 670))
		c.shoeTrait()
	})
	c.laces(-112, 552, 10, 350, 8, 32)
	pale := tonesOf(parse("#f6f3ec"))
	c.sole(at(-290, 664).cubic(-300, 604, -240, 588, -186, 588).quad(-160, 626, -150, 668).closed(), pale)
	c.sole(at(-292, 650).quad(-300, 702, -262, 704).to(246, 704).quad(280, 702, 272, 646).quad(0, 672, -292, 650).closed(), pale)
	c.strokes(c.accent.base, 4, "", []path{at(-290, 670).quad(0, 690, 273, 664)})
}

func loafer(c *canvas) {
	c.hollow(at(-30, 532).quad(90, 490, 236, 500).quad(180, 570, 60, 580).closed())
	up := at(-284, 676).cubic(-290, 632, -240, 608, -180, 596).cubic(-120, 582, -80, 552, -44, 524).quad(-20, 510, 2, 524).
		cubic(60, 574, 150, 562, 222, 504).quad(246, 490, 256, 512).cubic(256, 580, 264, 640, 266, 680).to(-284, 680)
	c.upper(up, func() {
		c.seams(at(-246, 622).cubic(-200, 640, -120, 622, -30, 548))
		c.strokes(c.seam, 5, ` stroke-dasharray="2 6" stroke-linecap="butt"`, []path{at(-250, 626).cubic(-200, 646, -118, 628, -26, 554)})
		c.seams(at(200, 520).quad(190, 610, 206, 690))
		c.stitches(at(4, 532).cubic(62, 584, 152, 572, 224, 514))
		c.shoeTrait()
	})
	c.loaferTrim()
	s := c.soleTones("#3a2c22")
	c.sole(at(-290, 672).quad(-294, 690, -262, 692).to(140, 692).to(146, 708).to(270, 708).to(268, 674).quad(0, 682, -290, 672).closed(), s)
}

func (c *canvas) loaferTrim() {
	strap := at(-78, 556).quad(-40, 540, -8, 524).quad(30, 560, 44, 676).to(-62, 678).quad(-64, 610, -78, 556)
	c.fill(strap.closed(), c.tones)
	c.seams(strap)
	c.stitches(at(-70, 562).quad(-56, 610, -54, 674))
	if c.Kind == Loafers {
		c.put(`<path d="%s" fill="%s"/>`, poly(-50, 590, -6, 568, -8, 580, -48, 602), c.seam)
		return
	}
	c.strokes(c.line, 9, "", []path{at(-70, 562).quad(-50, 586, -10, 548)})
	for _, x := range []float64{-66, -42} {
		c.fill(poly(x, 584, x+12, 584, x+22, 626, x-8, 630), tonesOf(c.base.mix(c.glow, .12)))
		c.strokes(c.line, 1.6, "", []path{chain(x+4, 600, x-2, 626), chain(x+8, 600, x+10, 626)})
	}
}

func chelsea(c *canvas) {
	c.hollow(at(28, 330).quad(130, 306, 232, 330).quad(130, 352, 28, 330).closed())
	up := at(-284, 672).cubic(-290, 622, -236, 602, -160, 592).cubic(-60, 578, 10, 520, 22, 440).quad(28, 380, 26, 330).
		quad(130, 352, 234, 330).cubic(228, 430, 250, 520, 260, 600).quad(264, 640, 264, 678).to(-284, 678)
	c.upper(up, func() {
		gore := at(88, 330).to(190, 330).cubic(186, 430, 170, 500, 148, 548).cubic(112, 510, 92, 430, 88, 330)
		c.put(`<path d="%s" fill="%s" stroke="%s" stroke-width="2"/>`, gore.closed(), c.base.mix(c.shade, .6), c.line)
		var ribs []path
		for i := range 8 {
			x := 99 + float64(i)*12
			ribs = append(ribs, at(x, 344).quad(x, 440, x+(140-x)*.6, 516))
		}
		c.strokes(c.seam, 1.5, "", ribs)
		c.stitches(at(20, 470).cubic(60, 540, 110, 560, 148, 556).quad(200, 540, 250, 520))
		c.shoeTrait()
	})
	c.fill(poly(212, 312, 232, 310, 236, 376, 216, 380), c.tones)
	s := c.soleTones("#2b2420")
	c.sole(at(-290, 666).quad(-296, 690, -262, 692).to(128, 692).to(134, 712).to(270, 712).to(266, 666).quad(0, 680, -290, 666).closed(), s)
}

func laceBoot(c *canvas) {
	c.hollow(at(10, 318).quad(120, 286, 236, 310).to(220, 400).to(60, 420).closed())
	up := at(-286, 660).cubic(-292, 604, -236, 582, -170, 572).cubic(-90, 556, -20, 470, -4, 350).quad(0, 312, 34, 306).
		quad(58, 306, 64, 330).quad(140, 346, 224, 312).quad(246, 306, 248, 330).cubic(234, 440, 252, 580, 266, 664).to(-286, 664)
	c.upper(up, func() {
		c.seams(at(-176, 574).cubic(-160, 620, -130, 640, -110, 670), at(44, 330).cubic(56, 470, -10, 570, -70, 590).quad(-60, 640, -40, 670), at(206, 318).quad(190, 520, 206, 670))
		c.stitches(at(-168, 576).cubic(-152, 620, -122, 640, -102, 670), at(52, 330).cubic(64, 474, -2, 576, -60, 598), at(66, 346).quad(140, 362, 228, 330))
		c.folds(leaf(0, 480, 110, 520, 12))
		c.shoeTrait()
	})
	c.laces(-88, 540, 2, 352, 7, 40)
	s := c.soleTones("#2b2624")
	if c.Trait == pullStrap {
		s = tonesOf(parse("#2b2624"))
	}
	c.sole(at(-294, 640).quad(-304, 680, -290, 700).to(150, 700).to(156, 716).to(280, 716).quad(284, 680, 274, 640).quad(0, 670, -294, 640).closed(), s)
	c.strokes(parse("#d8a95c"), 2, ` stroke-dasharray="7 4"`, []path{at(-288, 652).quad(0, 682, 270, 652)})
	c.strokes(s.base, 16, ` stroke-dasharray="26 9" stroke-linecap="butt"`, []path{at(-284, 706).to(150, 706)})
}

func rainBoot(c *canvas) {
	c.hollow(at(20, 262).quad(130, 232, 244, 262).quad(130, 290, 20, 262).closed())
	p := at(-280, 672).cubic(-290, 606, -226, 586, -160, 580).cubic(-50, 566, 14, 520, 18, 440).quad(22, 350, 18, 260).
		quad(130, 290, 246, 260).cubic(236, 400, 240, 520, 258, 610).quad(262, 640, 262, 672).to(-280, 672)
	c.upper(p, func() {
		c.glows(leaf(60, 290, 64, 540, 16), leaf(-230, 616, -60, 586, 12))
		c.put(`<path d="%s" fill="none" stroke="%s" stroke-width="16"/>`, at(16, 276).quad(130, 306, 248, 276).open(), c.accent.base)
		c.seams(at(18, 440).quad(120, 470, 240, 430))
		c.shoeTrait()
	})
	c.fill(poly(196, 330, 238, 326, 240, 352, 200, 358), c.accent)
	s := c.soleTones("#2b2624")
	c.sole(at(-288, 656).quad(-296, 692, -262, 694).to(130, 694).to(136, 712).to(272, 712).to(266, 656).quad(0, 680, -288, 656).closed(), s)
}
