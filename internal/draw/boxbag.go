package draw

// boxBag is a firm bag with a zip along its top: under the arm on a short strap, across the body on a long one.
func boxBag(c *canvas) {
	long := c.Length == Long || c.Length == Maxi
	w, y, h := 236.0, 470.0, 690.0
	if long {
		w, y, h = 186, 500, 756
		c.tape(at(-w+14, y+30).cubic(-w-60, 190, -90, 110, 0, 110).cubic(90, 110, w+60, 190, w-14, y+30), 15, c.handle())
	} else {
		c.tape(at(-w+30, y+24).cubic(-w+40, 300, -90, 250, 0, 250).cubic(90, 250, w-40, 300, w-30, y+24), 26, c.handle())
	}
	r := map[Fit]float64{Regular: 40, Slim: 14, Relaxed: 84, Wide: 110}[c.Fit]
	d := at(0, y-6).to(w-r*.6, y-4).quad(w, y-4, w+4, y+r*.6).to(w+8, h-r).quad(w+8, h, w+8-r, h).to(0, h+4)
	c.piece(sheet{d: d.both(), tones: c.tones, pattern: c.pat(), inside: func() {
		c.folds(leaf(-w, h-60, w, h-60, 22), leaf(w-10, y+40, w-26, h, -14))
		c.glows(leaf(-w*.5, y+40, -w*.4, h-40, 26))
		c.bagTrait(w, y+50, h)
		c.zipLine(at(-w+6, y+22).quad(0, y+28, w-6, y+22))
		c.stitches(at(-w-10, y+40).quad(0, y+48, w+10, y+40), at(-w+4, y+46).to(-w, h-r).quad(-w+2, h-8, -w+r, h-8).to(w-r, h-8).quad(w-2, h-8, w, h-r).to(w-4, y+46))
	}})
	c.fill(poly(w-46, y+16, w-8, y+16, w-4, y+34, w-46, y+32), brass)
	c.studs(w-14, y+20)
	c.charm(-w+30, y+30)
}

// bucketBag stands on a round base and is closed by a cord.
func bucketBag(c *canvas) {
	c.tape(at(-150, 420).cubic(-170, 210, -80, 150, 0, 150).cubic(80, 150, 170, 210, 150, 420), 24, c.handle())
	c.hollow(at(-168, 404).quad(0, 370, 168, 404).quad(0, 436, -168, 404).closed())
	flare := map[Fit]float64{Regular: 190, Slim: 164, Relaxed: 216, Wide: 232}[c.Fit]
	d := at(0, 424).quad(100, 422, 172, 400).cubic(180, 540, flare, 640, flare-4, 770).quad(flare-8, 806, flare-60, 812).quad(70, 820, 0, 820)
	c.piece(sheet{d: d.both(), tones: c.tones, pattern: c.pat(), inside: func() {
		c.folds(leaf(-120, 420, -90, 640, 14), leaf(-40, 430, -30, 600, -10), leaf(60, 430, 50, 620, 12), leaf(140, 420, 120, 700, -16), leaf(-flare, 760, flare, 770, 16))
		c.glows(leaf(-80, 480, -90, 760, 24))
		c.bagTrait(flare, 470, 812)
		c.seams(at(-flare-6, 752).quad(0, 788, flare+6, 752))
		c.stitches(at(-flare-6, 744).quad(0, 780, flare+6, 744), at(-172, 416).quad(0, 442, 172, 416))
	}})
	if c.View == Back {
		return
	}
	cord := c.handle()
	c.strokes(cord.line, 12, "", []path{at(-160, 462).quad(0, 496, 160, 462), at(-10, 484).quad(-40, 560, -30, 620), at(10, 484).quad(40, 550, 44, 640)})
	c.strokes(cord.base, 8, "", []path{at(-160, 462).quad(0, 496, 160, 462), at(-10, 484).quad(-40, 560, -30, 620), at(10, 484).quad(40, 550, 44, 640)})
	c.fill(poly(-40, 612, -20, 612, -16, 656, -44, 656), cord)
	c.fill(poly(34, 632, 54, 632, 58, 676, 30, 676), cord)
	c.charm(-140, 430)
}
