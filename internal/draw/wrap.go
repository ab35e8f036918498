package draw

// scarf hangs as round a neck: a loop and two ends with fringes.
func scarf(c *canvas) {
	if c.Trait == 0 {
		c.fringe(-128, -14, 800)
		c.fringe(26, 132, 856)
	}
	c.piece(sheet{d: at(40, 380).to(132, 400).cubic(136, 560, 140, 720, 134, 858).to(24, 858).cubic(30, 700, 20, 540, 4, 420).closed(), tones: c.tones, pattern: c.pat(), inside: func() {
		c.folds(leaf(60, 420, 56, 858, 12), leaf(124, 420, 120, 850, 10))
	}})
	c.piece(sheet{d: at(-90, 380).to(20, 400).cubic(0, 540, -6, 680, -12, 802).to(-130, 802).cubic(-132, 660, -120, 500, -104, 400).closed(), tones: c.tones, pattern: c.pat(), inside: func() {
		c.folds(leaf(-50, 420, -66, 800, 14), leaf(4, 420, -16, 800, 12))
		c.glows(leaf(-96, 440, -104, 780, 12))
		if c.Trait == 2 {
			c.strokes(c.accent.base, 14, "", []path{chain(-140, 756, 0, 758), chain(-140, 724, 0, 726), chain(-140, 692, 0, 694)})
		}
		if c.Trait == 1 {
			c.stitches(chain(-140, 788, 0, 790))
		}
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
		c.sockTrait()
	}})
}

func (c *canvas) sockTrait() {
	switch c.Trait {
	case 1: // two rings below the rib
		c.strokes(c.accent.base, 13, "", []path{at(-50, 350).quad(40, 362, 130, 350), at(-50, 384).quad(40, 396, 130, 384)})
	case 2: // lozenges
		for i := range 3 {
			y := 380 + float64(i)*76
			c.put(`<path d="%s" fill="%s" stroke="%s" stroke-width="1.6"/>`, poly(40, y-34, 74, y, 40, y+34, 6, y), c.accent.base, c.accent.seam)
		}
		c.stitches(chain(6, 346, 74, 422, 6, 498, 74, 574), chain(74, 346, 6, 422, 74, 498, 6, 574))
	case 3: // a small mark at the ankle
		c.put(`<circle cx="466" cy="420" r="15" fill="%s"/>`, c.accent.base)
	}
}

// gloves lie side by side, thumbs inwards.
func gloves(c *canvas) {
	for _, s := range []float64{-1, 1} {
		c.put(`<g transform="translate(%.4g 0) rotate(%.4g 400 600)">`, s*128, s*5)
		flip := s
		if c.View == Back {
			flip = -s
		}
		c.put(`<g transform="matrix(%.4g 0 0 1 %.4g 0)">`, -flip, 400+400*flip)
		c.glove()
		c.put(`</g></g>`)
	}
}

func (c *canvas) glove() {
	d := at(-74, 820).cubic(-78, 740, -92, 640, -92, 560).quad(-98, 440, -94, 372).quad(-84, 340, -64, 370).quad(-56, 440, -52, 500).
		quad(-54, 380, -46, 320).quad(-30, 290, -14, 322).quad(-8, 420, -6, 494).quad(0, 380, 8, 330).quad(24, 302, 40, 334).quad(40, 430, 34, 506).
		quad(44, 440, 54, 398).quad(70, 374, 82, 404).quad(82, 500, 72, 570).cubic(90, 560, 110, 530, 124, 506).quad(146, 492, 150, 520).cubic(140, 580, 110, 640, 74, 672).quad(64, 740, 70, 820).quad(0, 836, -74, 820)
	if c.Trait == 3 { // a mitten
		d = at(-74, 820).cubic(-78, 740, -94, 640, -94, 540).cubic(-96, 380, -60, 322, -4, 322).cubic(56, 322, 84, 390, 80, 560).cubic(96, 546, 110, 520, 124, 500).quad(150, 486, 154, 520).cubic(140, 590, 110, 640, 74, 676).quad(64, 740, 70, 820).quad(0, 836, -74, 820)
	}
	c.piece(sheet{d: d.closed(), tones: c.tones, pattern: c.pat(), flat: true, inside: func() {
		c.folds(leaf(60, 560, 40, 810, -14), leaf(-92, 640, -70, 810, -10))
		c.glows(leaf(-40, 540, -40, 760, 22))
		c.gloveInside()
	}})
}

func (c *canvas) gloveInside() {
	cuff := func(y float64) path { return at(-90, y).quad(0, y+14, 90, y) }
	switch c.Trait {
	case 0: // leather, with the three rays on its back
		if c.View != Back {
			c.stitches(chain(-52, 520, -48, 640), chain(-6, 514, -6, 640), chain(34, 526, 34, 640))
		}
		c.stitches(cuff(806))
		c.seams(chain(10, 720, 10, 836))
	case 2:
		c.strokes(c.accent.base, 14, "", []path{cuff(720), cuff(752), cuff(784)})
		c.seams(cuff(700))
	default:
		c.seams(cuff(700))
		c.strokes(c.seam, 116, ` stroke-dasharray="1.6 9" stroke-linecap="butt"`, []path{cuff(764)})
	}
}

// tie hangs knotted, its narrow end behind the wide one.
func tie(c *canvas) {
	wide := map[Fit]float64{Regular: 84, Slim: 64, Relaxed: 92, Wide: 100}[c.Fit]
	tip := 860.0
	dark := tonesOf(c.base.mix(c.shade, .5))
	c.piece(sheet{d: poly(-20, 250, 30, 250, 46, 760, 14, 800, -22, 760), tones: dark, pattern: c.pat(), flat: true})
	blade := at(0, tip).to(wide, tip-wide*1.1).to(28, 244).to(0, 240)
	if c.Trait == 1 { // square, knitted
		blade = at(0, tip-40).to(wide-8, tip-40).to(28, 244).to(0, 240)
	}
	if c.View == Back {
		c.piece(sheet{d: blade.both(), tones: c.tones, pattern: c.pat(), inside: func() {
			c.put(`<path d="%s" fill="%s"/>`, poly(-wide*.6, 760, 0, 640, wide*.6, 760, 0, tip), c.accent.base.mix(c.base, .4))
			c.seams(chain(0, 244, 0, 640), chain(-wide*.6, 770, 0, 640, wide*.6, 770))
			c.fill(poly(-34, 600, 34, 600, 34, 640, -34, 640), tonesOf(c.base.mix(white, .3)))
		}})
	} else {
		c.piece(sheet{d: blade.both(), tones: c.tones, pattern: c.pat(), inside: func() {
			c.folds(leaf(10, 250, -16, 420, 9))
			c.glows(leaf(-20, 420, -34, 800, 16))
			if c.Trait == 2 {
				c.fill(poly(-60, 560, 60, 540, 60, 556, -60, 576), brass)
			}
		}})
	}
	c.piece(sheet{d: at(-60, 146).quad(0, 128, 60, 146).to(34, 246).quad(0, 260, -34, 246).closed(), tones: c.tones, pattern: c.pat(), inside: func() {
		c.folds(leaf(40, 160, 10, 250, -10), leaf(-50, 150, -14, 250, 8))
	}})
}
