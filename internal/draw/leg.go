package draw

// The traits of trousers.
const (
	tucked   uint8 = 1 // two tucks at each side of the front
	turnUp   uint8 = 2 // turned-up hems
	sidePipe uint8 = 3 // a stripe along the outer seam
	kneeSeam uint8 = 4 // panels over the knees
	flareLeg uint8 = 5 // opens to the hem
	utility  uint8 = 6 // a tool pocket on the thigh, a loop on the other
	frontRun uint8 = 7 // a sewn line down each leg
)

// legTrait draws what the Trait adds, on both sides of the trousers or on the front.
func (c *canvas) legTrait(l leg, y, h, rise float64) {
	mid := (l.outer + l.inner) / 2
	switch c.Trait {
	case tucked:
		if c.View != Back {
			c.folds(leaf(46, y+waistBand, 60, y+230, 7), leaf(-46, y+waistBand, -60, y+230, -7))
			c.seams(both(chain(44, y+waistBand, 50, y+150), chain(64, y+waistBand, 70, y+130))...)
		}
	case sidePipe:
		for _, s := range []float64{1, -1} {
			c.strokes(c.accent.base, 13, "", []path{at(s*(waistHalf-2), y+30).cubic(s*(l.hip-6), y+130, s*(l.hip-2), y+240, s*(l.hip+(l.outer-l.hip)*.3-8), y+(h-y)*.55).to(s*(l.outer-9), h+10)})
		}
	case kneeSeam:
		k := y + (h-y)*.52
		c.seams(both(at(0, k).quad(mid, k+14, l.outer+40, k-8), at(0, k+96).quad(mid, k+112, l.outer+40, k+90))...)
		c.stitches(both(at(0, k+7).quad(mid, k+21, l.outer+40, k-1), at(0, k+89).quad(mid, k+105, l.outer+40, k+83))...)
	case utility:
		if c.View != Back {
			c.patchPocket(l.hip-58, y+rise+50, 62, 120)
			c.strokes(c.seam, 5, "", []path{at(-l.hip-6, y+rise+40).quad(-l.hip+40, y+rise+86, -l.hip+2, y+rise+130)})
		}
	case frontRun:
		c.seams(both(at(64, y+waistBand).quad(l.hip*.62, y+240, mid+6, h+10))...)
		c.stitches(both(at(71, y+waistBand).quad(l.hip*.62+7, y+240, mid+13, h+10))...)
	}
}

// turnUps fold the last of each leg outwards.
func (c *canvas) turnUps(l leg, h float64) {
	high := 46.0
	if c.Kind == Shorts {
		high = 34
	}
	for _, s := range []float64{1, -1} {
		d := at(s*(l.inner-10), h-high).quad(s*(l.outer+l.inner)/2, h-high+10, s*(l.outer+10), h-high-8).to(s*(l.outer+10), h+24).to(s*(l.inner-10), h+24)
		c.put(`<path d="%s" fill="%s" stroke="%s" stroke-width="2"/>`, d.closed(), c.base.mix(c.glow, .16), c.seam)
	}
	c.stitches(both(at(l.inner-8, h-high+8).quad((l.outer+l.inner)/2, h-high+18, l.outer+8, h-high))...)
}

func (c *canvas) ribbedLegs(l leg, h float64) {
	for _, s := range []float64{1, -1} {
		c.put(`<path d="%s" fill="%s" stroke="%s" stroke-width="2"/>`,
			at(s*(l.inner-12), h-44).quad(s*(l.outer+l.inner)/2, h-34, s*(l.outer+14), h-52).to(s*(l.outer+14), h+24).to(s*(l.inner-12), h+24).closed(), c.base, c.seam)
		c.strokes(c.seam, 44, ` stroke-dasharray="1.6 8" stroke-linecap="butt"`, []path{at(s*(l.inner-8), h-14).quad(s*(l.outer+l.inner)/2, h-6, s*(l.outer+10), h-22)})
	}
}

// seat is the back of trousers: the yoke and patch pockets of jeans, the darts and welts of everything else.
func (c *canvas) seat(l leg, y, rise float64) {
	c.seams(at(0, y+waistBand).to(0, y+rise))
	switch {
	case c.elasticated():
		c.patchPocket(34, y+112, 84, 94)
	case c.Kind == Jeans || c.Kind == Shorts && c.Pattern == Twill:
		c.contrast(at(-l.hip, y+64).quad(-60, y+92, 0, y+112).quad(60, y+92, l.hip, y+64), at(-l.hip, y+70).quad(-60, y+98, 0, y+118).quad(60, y+98, l.hip, y+70))
		for _, s := range []float64{1, -1} {
			d := chain(s*34, y+128, s*116, y+118, s*116, y+198, s*76, y+222, s*38, y+206)
			c.put(`<path d="%s" fill="none" stroke="%s" stroke-width="2"/>`, d.closed(), c.seam)
			c.contrast(chain(s*36, y+140, s*116, y+130), at(s*40, y+166).quad(s*60, y+186, s*76, y+172).quad(s*96, y+184, s*112, y+156))
		}
	default:
		c.seams(both(chain(70, y+waistBand, 74, y+100))...)
		for _, s := range []float64{1, -1} {
			c.put(`<path d="%s" fill="%s" stroke="%s" stroke-width="1.8"/>`, poly(s*34, y+108, s*118, y+100, s*118, y+113, s*34, y+121), c.base.mix(c.shade, .3), c.seam)
			c.button(s*76, y+132, 5, c.trim())
		}
	}
}
