package draw

// The traits of shoes.
const (
	toeCap    uint8 = 1
	sideBand  uint8 = 2 // a swoop along the side in the accent
	buckled   uint8 = 3 // a strap with a buckle
	punched   uint8 = 4 // rows of holes
	platform  uint8 = 5 // a thicker sole
	quarter   uint8 = 6 // the back half in the accent
	pullStrap uint8 = 7 // a loop at the back
)

// shoeTrait draws what the Trait adds to an upper of ordinary height.
func (c *canvas) shoeTrait() {
	gold := tonesOf(parse("#c2a36b"))
	switch c.Trait {
	case toeCap:
		d := at(-204, 560).quad(-176, 620, -186, 690).to(-310, 690).to(-310, 560)
		if c.Accent != "" && c.Kind != LaceBoots {
			c.put(`<path d="%s" fill="%s"/>`, d.closed(), c.accent.base)
		}
		c.seams(at(-204, 590).quad(-176, 630, -186, 690))
		c.stitches(at(-212, 592).quad(-184, 632, -194, 690))
	case sideBand:
		c.put(`<path d="%s" fill="%s" stroke="%s" stroke-width="1.6"/>`, at(-96, 664).cubic(-20, 650, 60, 600, 92, 520).to(128, 518).cubic(110, 610, 40, 660, -30, 672).closed(), c.accent.base, c.accent.seam)
	case buckled:
		c.tape(at(-60, 540).quad(20, 560, 130, 640), 26, c.tones)
		c.put(`<path d="%s" fill="none" stroke="%s" stroke-width="6"/>`, poly(40, 562, 74, 578, 58, 612, 24, 596), gold.base)
	case punched:
		c.strokes(c.line, 6, ` stroke-dasharray="1 13"`, []path{at(-262, 630).cubic(-200, 610, -150, 610, -110, 640), at(-110, 650).cubic(-40, 640, 20, 610, 60, 570), at(110, 640).quad(180, 620, 240, 570)})
	case quarter:
		if c.Accent != "" {
			c.put(`<path d="%s" fill="%s"/>`, at(60, 420).quad(110, 560, 90, 690).to(300, 690).to(300, 280).to(70, 280).closed(), c.accent.base)
		}
		c.seams(at(60, 420).quad(110, 560, 90, 690))
		c.stitches(at(52, 420).quad(102, 560, 82, 690))
	case pullStrap:
		c.seams(at(150, 480).quad(146, 580, 156, 690), at(162, 480).quad(158, 580, 168, 690))
	}
}

// thick is how much a platform adds below.
func (c *canvas) thick() float64 {
	if c.Trait == platform {
		return 22
	}
	return 0
}
