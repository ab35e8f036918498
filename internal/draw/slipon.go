package draw

func slipOn(c *canvas) {
	c.hollow(at(-56, 520).quad(60, 474, 236, 486).quad(180, 560, 40, 570).closed())
	up := at(-286, 662).cubic(-296, 606, -244, 584, -176, 566).cubic(-130, 552, -96, 534, -66, 512).quad(-44, 502, -22, 520).
		cubic(30, 572, 150, 560, 222, 492).quad(246, 478, 256, 500).cubic(252, 560, 262, 610, 268, 662).quad(0, 680, -286, 662)
	c.upper(up, func() {
		gore := at(30, 562).quad(10, 600, 20, 640).to(86, 640).quad(74, 600, 96, 558).quad(60, 572, 30, 562)
		c.put(`<path d="%s" fill="%s" stroke="%s" stroke-width="2"/>`, gore.closed(), c.base.mix(c.shade, .5), c.seam)
		c.seams(at(-66, 516).quad(-20, 600, 20, 640))
		c.stitches(at(-22, 530).cubic(30, 582, 152, 570, 226, 502), at(-180, 570).quad(-150, 620, -146, 672))
		c.shoeTrait()
	})
	pale := tonesOf(parse("#f3f0ea"))
	k := c.thick()
	c.sole(at(-292, 650-k).quad(-302, 702, -262, 704).to(244, 704).quad(280, 702, 272, 646-k).quad(0, 676-k, -292, 650-k).closed(), pale)
	c.strokes(c.accent.base, 3.4, "", []path{at(-292, 668).quad(0, 692, 273, 664)})
}

func derby(c *canvas) {
	c.hollow(at(-6, 490).quad(100, 452, 238, 468).quad(180, 540, 60, 550).closed())
	up := at(-286, 676).cubic(-292, 630, -240, 606, -176, 592).cubic(-110, 578, -64, 536, -26, 484).quad(0, 462, 24, 478).
		cubic(70, 540, 160, 536, 224, 472).quad(248, 460, 256, 482).cubic(254, 560, 264, 640, 266, 680).to(-286, 680)
	c.upper(up, func() {
		c.seams(at(24, 484).cubic(20, 560, -30, 596, -92, 600).quad(-60, 650, 30, 684), at(206, 490).quad(192, 600, 208, 690))
		c.stitches(at(18, 490).cubic(12, 552, -36, 586, -82, 592), at(-84, 606).quad(-54, 648, 36, 676), at(28, 496).cubic(72, 552, 162, 548, 226, 484))
		c.shoeTrait()
	})
	c.laces(-74, 578, 4, 500, 4, 30)
	s, k := c.soleTones("#2e241d"), c.thick()
	c.sole(at(-292, 670-k).quad(-298, 692, -264, 694).to(136, 694).to(142, 710).to(272, 710).to(270, 672-k).quad(0, 684-k, -292, 670-k).closed(), s)
	c.strokes(s.seam, 1.6, ` stroke-dasharray="5 3"`, []path{at(-288, 676-k).quad(0, 690-k, 268, 678-k)})
}
