package draw

// The traits of bags.
const (
	outPocket uint8 = 1 // a pocket in front
	based     uint8 = 2 // the lower third in the accent
	strapped  uint8 = 3 // straps with buckles down the front
	diamonds  uint8 = 4 // quilted
	tasselled uint8 = 5 // a hanging charm
	ribboned  uint8 = 6 // a band across
	drawn     uint8 = 7 // gathered by a cord
)

var brass = tonesOf(parse("#c2a36b"))

// bagTrait draws what the Trait adds between the heights y and h, w to either side.
func (c *canvas) bagTrait(w, y, h float64) {
	if c.View == Back && c.Trait != based && c.Trait != diamonds {
		c.seams(chain(-w*.5, y+(h-y)*.3, w*.5, y+(h-y)*.3))
		c.zipLine(chain(-w*.46, y+(h-y)*.33, w*.46, y+(h-y)*.33))
		return
	}
	switch c.Trait {
	case outPocket:
		t := y + (h-y)*.42
		c.put(`<path d="%s" fill="%s" stroke="%s" stroke-width="2"/>`, at(-w*.62, t).to(w*.62, t).to(w*.62, h-30).quad(w*.6, h-16, w*.54, h-16).to(-w*.54, h-16).quad(-w*.6, h-16, -w*.62, h-30).closed(), c.base.mix(c.shade, .14), c.line.mix(c.seam, .5))
		c.stitches(chain(-w*.62, t+12, w*.62, t+12))
	case based:
		c.put(`<path d="M0 %.0fH800V1000H0Z" fill="%s" stroke="%s" stroke-width="2"/>`, y+(h-y)*.66, c.accent.base, c.accent.line)
		c.stitches(chain(-w-40, y+(h-y)*.66+9, w+40, y+(h-y)*.66+9))
	case strapped:
		for _, x := range []float64{-w * .5, w * .5} {
			c.fill(poly(x-14, y-20, x+14, y-20, x+14, y+(h-y)*.56, x, y+(h-y)*.6, x-14, y+(h-y)*.56), c.handle())
			c.put(`<path d="%s" fill="none" stroke="%s" stroke-width="6"/>`, poly(x-20, y+(h-y)*.4, x+20, y+(h-y)*.4, x+20, y+(h-y)*.4+30, x-20, y+(h-y)*.4+30), brass.base)
		}
	case diamonds:
		var ps []path
		for x := -w - (h - y); x < w+h-y; x += 62 {
			ps = append(ps, chain(x, y-20, x+(h-y)+40, h+20), chain(x, h+20, x+(h-y)+40, y-20))
		}
		c.strokes(c.shade, 5, ` opacity=".5"`, ps)
		c.seams(ps...)
	case ribboned:
		c.put(`<path d="%s" fill="%s" stroke="%s" stroke-width="2"/>`, poly(-w-60, y+(h-y)*.34, w+60, y+(h-y)*.34, w+60, y+(h-y)*.34+40, -w-60, y+(h-y)*.34+40), c.handle().base, c.handle().line)
	}
}

// charm hangs from where a handle is sewn on.
func (c *canvas) charm(x, y float64) {
	if c.Trait != tasselled || c.View == Back {
		return
	}
	c.strokes(brass.base, 5, "", []path{chain(x, y, x+6, y+44)})
	c.fill(at(x-6, y+44).to(x+18, y+44).to(x+30, y+128).to(x-18, y+128).closed(), c.accent)
	c.strokes(c.accent.seam, 1.6, "", []path{chain(x, y+60, x-6, y+124), chain(x+6, y+60, x+6, y+124), chain(x+12, y+60, x+18, y+124)})
}
