package draw

// footbed is the sole on which open shoes lie, and its upper face.
func (c *canvas) footbed(high float64) {
	s := c.soleTones("#8a6a4a")
	c.fill(at(-286, 676-high).cubic(-300, 640-high, -180, 636-high, -100, 650-high).cubic(0, 664-high, 120, 630-high, 240, 620-high).quad(280, 624-high, 274, 648-high).cubic(120, 660-high, 0, 700-high, -286, 676-high).closed(), tonesOf(s.base.mix(white, .35)))
	c.sole(at(-290, 668-high).cubic(-200, 690-high, 0, 690-high, 100, 662-high).quad(200, 644-high, 276, 640-high).quad(284, 700, 262, 704).to(-262, 704).quad(-300, 702, -290, 668-high).closed(), s)
	c.strokes(s.seam, 2, "", []path{at(-290, 690-high*.4).quad(0, 706-high*.4, 278, 674-high*.4)})
}

// arch is a strap from the far edge of the footbed over the foot to the near one.
func (c *canvas) arch(x, y, wide, high, w float64) {
	c.tape(at(x+wide*.5, y-26).cubic(x+wide*.46, y-high*.7, x+wide*.2, y-high, x, y-high), w*.8, tonesOf(c.base.mix(c.shade, .7)))
	c.tape(at(x+wide*.5, y-26).cubic(x+wide*.5, y-high*1.2, x-wide*.1, y-high*1.2, x-wide*.3, y-high*.5).quad(x-wide*.4, y-high*.2, x-wide*.36, y+22), w, c.tones)
}

func sandal(c *canvas) {
	k := 4 + c.thick()*2
	c.footbed(k)
	y := 668 - k
	gold := parse("#c2a36b")
	switch c.Trait {
	case buckled: // two wide bands with buckles
		c.arch(-150, y, 130, 86, 50)
		c.arch(-20, y-2, 136, 112, 50)
		for _, x := range []float64{-198, -72} {
			c.put(`<path d="%s" fill="none" stroke="%s" stroke-width="6"/>`, poly(x, y-44, x+30, y-48, x+32, y-20, x+2, y-16), gold)
		}
	case sideBand: // crossed over the toes
		c.tape(at(-90, y-18).cubic(-120, y-90, -190, y-80, -236, y+4), 26, tonesOf(c.base.mix(c.shade, .6)))
		c.tape(at(-196, y-14).cubic(-190, y-96, -110, y-90, -80, y+12), 28, c.tones)
		c.ankle(y)
	case quarter: // five thin ones
		for i := range 4 {
			c.arch(-196+float64(i)*62, y-float64(i)*2, 92, 66+float64(i)*12, 13)
		}
		c.ankle(y)
	default:
		c.arch(-160, y, 120, 80, 32)
		c.arch(20, y-6, 120, 130, 26)
		c.ankle(y)
	}
}

func (c *canvas) ankle(y float64) {
	c.tape(at(70, y-20).cubic(90, y-150, 120, y-200, 250, y-210), 20, tonesOf(c.base.mix(c.shade, .6)))
	c.fill(at(206, y-28).cubic(190, y-120, 210, y-190, 246, y-222).quad(276, y-226, 272, y-190).quad(280, y-100, 276, y-34).closed(), c.tones)
	c.tape(at(262, y-204).cubic(200, y-186, 130, y-160, 92, y-128).quad(70, y-80, 74, y-10), 20, c.tones)
	gold := tonesOf(parse("#c2a36b"))
	c.put(`<path d="%s" fill="none" stroke="%s" stroke-width="6"/>`, poly(118, y-162, 142, y-174, 154, y-152, 130, y-140), gold.base)
}

// mule is open at the heel: a closed toe, a wide band, or a slipper with a furry edge.
func mule(c *canvas) {
	k := 6 + c.thick()
	c.footbed(k)
	y := 680 - k
	if c.Trait == sideBand {
		c.hollow(at(-40, y-120).cubic(20, y-120, 96, y-70, 92, y-24).to(20, y-4).closed())
		band := at(-206, y+14).cubic(-214, y-90, -140, y-138, -52, y-140).cubic(10, y-138, 58, y-70, 60, y-2).quad(-70, y+24, -206, y+14)
		c.upper(band, func() {
			c.stitches(at(-194, y+14).cubic(-202, y-84, -136, y-126, -52, y-128).cubic(2, y-126, 46, y-66, 48, y))
		})
		return
	}
	c.hollow(at(-60, y-140).cubic(0, y-150, 90, y-90, 90, y-40).cubic(40, y-60, -40, y-90, -60, y-140).closed())
	up := at(-290, y).cubic(-300, y-64, -230, y-92, -160, y-110).quad(-100, y-130, -62, y-142).cubic(-30, y-130, 30, y-60, 50, y-6).quad(-120, y+20, -290, y)
	c.upper(up, func() {
		c.stitches(at(-72, y-136).cubic(-42, y-122, 18, y-58, 38, y+2))
		if c.Trait == punched {
			c.strokes(c.line, 7, ` stroke-dasharray="1 15"`, []path{at(-240, y-40).quad(-180, y-80, -120, y-90), at(-230, y-16).quad(-150, y-60, -80, y-64)})
		}
	})
	switch c.Trait {
	case buckled:
		c.tape(at(-104, y-130).quad(-70, y-60, -66, y+8), 26, c.tones)
		gold := parse("#c2a36b")
		c.put(`<path d="%s" fill="none" stroke="%s" stroke-width="7"/>`, poly(-104, y-70, -64, y-74, -60, y-38, -100, y-34), gold)
	case toeCap:
		fur := tonesOf(c.accent.base)
		c.strokes(fur.line, 40, ` stroke-dasharray="1 15"`, []path{at(-66, y-138).cubic(-36, y-124, 26, y-60, 46, y-4)})
		c.strokes(fur.base, 36, ` stroke-dasharray="1 15"`, []path{at(-66, y-138).cubic(-36, y-124, 26, y-60, 46, y-4)})
	}
}
