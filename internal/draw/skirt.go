package draw

import "strings"

var skirtLengths = map[Length]float64{Crop: 360, Hip: 480, Long: 610, Knee: 540, Maxi: 690}

// The traits of skirts and of the skirts of dresses.
const (
	wrapped   uint8 = 1 // one side laid over the other, tied at the waist
	slit      uint8 = 2 // opens from the hem
	tiered    uint8 = 3 // gathered bands
	patched   uint8 = 4 // two patch pockets
	hipYoke   uint8 = 5 // a pointed seam at the hip
	trimmed   uint8 = 6 // a band in the accent above the hem
	panelling uint8 = 7 // gores, a seam each
)

func skirt(c *canvas) {
	long := skirtLengths[c.Length]
	flare := map[Fit]float64{Slim: 150, Regular: 214, Relaxed: 250, Wide: 292}[c.Fit]
	y := (1000-long)/2 - 14
	h := y + long
	p := at(0, y+6).quad(60, y+5, waistHalf, y).cubic(waistHalf+14, y+80, waistHalf+44+(flare-150)*.2, y+150, flare-(flare-150)*.16, y+long*.72).to(flare, h-14).quad(flare*.55, h+16, 0, h+18)
	c.hollow(at(-waistHalf+6, y+2).quad(0, y-16, waistHalf-6, y+2).quad(0, y+18, -waistHalf+6, y+2).closed())
	c.piece(sheet{d: p.both(), tones: c.tones, pattern: c.pat(), inside: func() {
		switch {
		case c.Kind == PleatedSkirt:
			c.pleats(y, h, flare)
			if c.View == Back {
				c.seams(chain(-4, y+waistBand, -4, y+170), chain(4, y+waistBand, 4, y+170))
				c.fill(poly(-5, y+waistBand+4, 5, y+waistBand+4, 5, y+waistBand+26, -5, y+waistBand+26), c.trim())
			}
		case c.View == Back:
			c.drape(y+90, h, 60, flare)
			c.skirtBehind(y, h)
		default:
			c.drape(y+90, h, 60, flare)
			c.skirtFront(y, h)
		}
		c.skirtTrait(y, h, flare)
		c.stitches(at(-flare-4, h-34).quad(0, h+16, flare+4, h-34))
	}})
	c.skirtBand(y)
}

func (c *canvas) skirtFront(y, h float64) {
	switch {
	case c.Closure == Buttons:
		c.seams(chain(-16, y, -16, h+20), chain(16, y, 16, h+20))
		for b := y + 70; b < h-40; b += 62 {
			c.button(0, b, 8, c.trim())
		}
	case c.Pattern == Twill:
		c.fly(y, 190)
		c.seams(both(at(66, y+waistBand).cubic(72, y+92, 104, y+106, 170, y+100))...)
		c.seams(at(0, y+190).to(0, h-120), at(0, h-120).to(-10, h+20), at(0, h-120).to(10, h+20))
	default:
		c.seams(both(chain(62, y+waistBand, 68, y+waistBand+96))...)
	}
}

func (c *canvas) skirtBand(y float64) {
	w, low := waistHalf, y+waistBand
	c.piece(sheet{d: at(-w-1, y).quad(0, y+12, w+1, y).to(w+6, low).quad(0, low+12, -w-6, low).closed(), tones: c.tones, pattern: c.pat(), inside: func() {
		c.stitches(at(-w-6, low-5).quad(0, low+7, w+6, low-5))
	}})
	if c.View != Back && (c.Closure == Buttons || c.Pattern == Twill) {
		c.button(0, y+waistBand/2+6, 9, c.trim())
	}
}

// pleats are pressed folds that open to the hem.
func (c *canvas) pleats(y, h, flare float64) {
	var edges []path
	var dark []string
	for k := -.9; k < .95; k += .2 {
		x, u := k*waistHalf, k*flare
		edges = append(edges, at(x, y+waistBand).quad(x*1.25, y+160, u, h+14))
		dark = append(dark, at(x, y+waistBand).quad(x*1.25, y+160, u, h+14).to(u+flare*.1, h+14).quad(x*1.25+7, y+160, x, y+waistBand).closed())
	}
	c.put(`<path d="%s" fill="%s" opacity=".6"/>`, strings.Join(dark, ""), c.shade)
	c.seams(edges...)
}

// drape is the fall of a skirt from a waist of half width w to a hem of half width flare.
func (c *canvas) drape(y, h, w, flare float64) {
	var dark, light []string
	for _, k := range []float64{-.78, -.36, .1, .5, .84} {
		dark = append(dark, leaf(k*w, y, k*flare, h+20, 9+flare*.05))
		light = append(light, leaf((k-.16)*w, y+60, (k-.17)*flare, h+10, 12))
	}
	c.folds(dark...)
	c.glows(light...)
}

func (c *canvas) skirtBehind(y, h float64) {
	c.seams(chain(0, y+waistBand, 0, h+20), chain(-7, y+waistBand, -7, y+190, 0, y+196))
	c.seams(both(chain(58, y+waistBand, 64, y+waistBand+104))...)
	c.fill(poly(-5, y+waistBand+4, 5, y+waistBand+4, 5, y+waistBand+24, -5, y+waistBand+24), c.trim())
	if c.Pattern == Twill {
		for _, x := range []float64{34, -114} {
			c.patchPocket(x, y+96, 80, 92)
		}
	}
}

// skirtTrait draws what the Trait adds below a waist at the height y.
func (c *canvas) skirtTrait(y, h, flare float64) {
	front := c.View != Back
	switch {
	case c.Trait == wrapped && front:
		c.folds(leaf(-60, y+50, -flare*.3, h, -16))
		c.seams(at(-74, y+20).cubic(-30, y+150, -flare*.28, h-150, -flare*.42, h+20))
		c.stitches(at(-66, y+20).cubic(-22, y+150, -flare*.28+8, h-150, -flare*.42+8, h+20))
	case c.Trait == slit:
		x := flare * .42
		if !front {
			x = 0
		}
		c.put(`<path d="%s" fill="%s"/>`, poly(x, h-190, x+13, h+24, x-13, h+24), c.inner)
		c.seams(chain(x, h-300, x, h-190), chain(x-13, h+20, x, h-190, x+13, h+20))
	case c.Trait == tiered:
		c.tiers(y, h, flare, .36, .68)
	case c.Trait == patched && front:
		c.patchPocket(46, y+92, 92, 104)
		c.patchPocket(-138, y+92, 92, 104)
	case c.Trait == hipYoke:
		c.seams(at(-200, y+96).quad(-70, y+130, 0, y+168).quad(70, y+130, 200, y+96))
		c.stitches(at(-200, y+104).quad(-70, y+138, 0, y+176).quad(70, y+138, 200, y+104))
	case c.Trait == trimmed:
		c.strokes(c.accent.base, 20, "", []path{at(-flare-6, h-64).quad(0, h-14, flare+6, h-64)})
	case c.Trait == panelling:
		c.seams(both(at(38, y+waistBand).quad(56, y+200, flare*.34, h+20), at(84, y+waistBand).quad(120, y+200, flare*.7, h+20))...)
	}
}

func (c *canvas) tiers(y, h, flare float64, at1 ...float64) {
	for _, k := range at1 {
		b := y + (h-y)*k
		w := waistHalf + (flare-waistHalf)*k + 50
		c.seams(at(-w, b-10).quad(0, b+18, w, b-10))
		c.strokes(c.seam, 18, ` stroke-dasharray="1.4 15" stroke-linecap="butt"`, []path{at(-w, b+1).quad(0, b+29, w, b+1)})
	}
}
