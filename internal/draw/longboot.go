package draw

func longBoot(c *canvas) {
	c.hollow(at(0, 130).quad(122, 104, 244, 130).quad(122, 158, 0, 130).closed())
	up := at(-284, 672).cubic(-290, 622, -236, 602, -160, 592).cubic(-60, 578, 14, 530, 20, 450).cubic(26, 370, -6, 260, 0, 130).
		quad(122, 158, 244, 130).cubic(252, 260, 224, 400, 246, 530).quad(264, 620, 262, 678).to(-284, 678)
	c.upper(up, func() {
		c.folds(leaf(20, 440, 120, 500, 12), leaf(236, 430, 150, 480, -12), leaf(220, 160, 214, 440, 18))
		c.glows(leaf(50, 170, 56, 420, 18))
		c.longBootTrait()
	})
	s := c.soleTones("#2b2420")
	heel := 712 + c.thick()*.4
	c.sole(at(-290, 666).quad(-296, 690, -262, 692).to(120, 692).to(128, heel).to(266, heel).to(264, 666).quad(0, 680, -290, 666).closed(), s)
}

func (c *canvas) longBootTrait() {
	gold := parse("#c2a36b")
	switch c.Trait {
	case buckled:
		c.tape(at(10, 470).quad(120, 520, 250, 470), 24, c.tones)
		c.put(`<path d="%s" fill="none" stroke="%s" stroke-width="6"/>`, poly(150, 486, 188, 478, 194, 510, 156, 518), gold)
	case sideBand: // slouched
		c.folds(leaf(6, 330, 230, 360, 18), leaf(14, 400, 226, 420, -18), leaf(20, 460, 236, 480, 16))
		c.seams(at(10, 350).quad(110, 390, 180, 356), at(232, 410).quad(140, 440, 70, 418))
	case punched: // western stitching
		c.stitches(at(60, 150).quad(40, 300, 122, 380).quad(204, 300, 190, 150), at(76, 150).quad(60, 290, 122, 356).quad(188, 290, 174, 150),
			at(-200, 606).quad(-140, 640, -90, 590).quad(-60, 640, -20, 640))
	default:
		c.seams(chain(150, 146, 148, 640), chain(160, 146, 158, 640))
		c.stitches(at(2, 150).quad(122, 178, 244, 150), at(24, 500).cubic(60, 560, 120, 590, 150, 640))
	}
}
