package draw

// jumpsuit is a bodice that goes on into trousers.
func jumpsuit(c *canvas) {
	s := c.Spec
	s.Length = Maxi
	t := gown(s)
	c.lining(t)
	if c.Sleeve != Sleeveless {
		c.sleeve(t, true)
		c.sleeve(t, false)
	}
	outer, inner := map[Fit]float64{Slim: 128, Regular: 156, Relaxed: 140, Wide: 196}[c.Fit], 34.0
	y, h := t.waist.y, t.hem.y-10
	if c.Length == Crop {
		h -= 70
	}
	legs := at(0, y).to(t.waist.x, y).cubic(t.waist.x+14, y+60, 146, y+110, 150, y+170).cubic(156, y+300, outer-6, h-140, outer, h).
		quad((outer+inner)/2, h+12, inner, h+6).cubic(inner-6, h-180, 14, y+330, 0, y+218)
	c.piece(sheet{d: legs.both(), tones: c.tones, pattern: c.pat(), inside: func() { c.jumpsuitLegs(y, h, outer, inner) }})
	bodice := t.neckline(c.Spec).quad(t.neck+(t.tip.x-t.neck)*.5, t.y+(t.tip.y-t.y)*.36, t.tip.x, t.tip.y).
		cubic(t.tip.x-12, t.tip.y+60, t.pit.x-14, t.pit.y-40, t.pit.x, t.pit.y).quad(t.waist.x+10, y-50, t.waist.x+2, y+6).quad(60, y+16, 0, y+16)
	c.piece(sheet{d: bodice.both(), tones: c.tones, pattern: c.pat(), inside: func() { c.bodice(t) }})
	if c.Closure == Belted {
		c.dressBelt(t)
	}
	if c.View == Back {
		c.collarBehind(t)
		return
	}
	c.collar(t)
}

func (c *canvas) jumpsuitLegs(y, h, outer, inner float64) {
	l := leg{150, outer, inner}
	c.folds(leaf(0, y+200, 86, y+150, 12), leaf(0, y+200, -86, y+150, -12), leaf(8, y+222, inner+6, h, 20), leaf(-8, y+222, -inner-6, h, -20),
		leaf(70, y+14, 80, y+130, 8), leaf(-70, y+14, -80, y+130, -8))
	c.glows(leaf(76, y+180, (outer+inner)/2, h-40, 16), leaf(-82, y+180, -(outer+inner)/2, h-40, 16))
	c.seams(chain(0, y, 0, y+218))
	if c.View == Back {
		c.patchPocket(30, y+66, 80, 86)
		c.patchPocket(-110, y+66, 80, 86)
	} else {
		c.seams(both(at(92, y+10).quad(108, y+80, 148, y+130))...)
		if c.Pocket == Cargo {
			c.patchPocket(76, y+250, 76, 96)
			c.patchPocket(-152, y+250, 76, 96)
		}
	}
	c.legTrait(l, y-waistBand, h, 240)
	if c.Trait == turnUp {
		c.turnUps(l, h)
		return
	}
	c.stitches(both(at(inner-8, h-14).quad((outer+inner)/2, h-6, outer+8, h-18))...)
}

func (c *canvas) bodice(t torso) {
	c.folds(leaf(t.pit.x, t.pit.y, t.pit.x-76, t.pit.y+60, 10), leaf(-t.pit.x, t.pit.y, -t.pit.x+76, t.pit.y+60, -10),
		leaf(-40, t.waist.y-10, -20, t.pit.y+20, 8), leaf(50, t.waist.y-10, 34, t.pit.y+20, -8))
	c.armholes(t)
	y := t.y + t.depth
	switch {
	case c.View == Back:
		c.dressBehind(t)
	case c.Closure == Buttons || c.Closure == Belted:
		c.seams(chain(-15, y-20, -15, t.waist.y+20), chain(15, y-20, 15, t.waist.y+20))
		for b := y + 26; b < t.waist.y; b += 54 {
			c.button(0, b, 6, c.trim())
		}
	case c.Closure == Zip:
		c.zip(y-4, t.waist.y+20)
	}
	if c.View != Back && (c.Pocket == Chest || c.Pocket == ChestPair) {
		c.patchPocket(32, t.pit.y-26, 66, 72)
		if c.Pocket == ChestPair {
			c.patchPocket(-98, t.pit.y-26, 66, 72)
		}
	}
	c.stitches(at(-t.waist.x-6, t.waist.y+4).quad(0, t.waist.y+14, t.waist.x+6, t.waist.y+4))
}

// pajamas are a shirt laid over its trousers.
func pajamas(c *canvas) {
	whole := c.Spec
	if c.View != Detail {
		c.put(`<g transform="translate(182 236) scale(.74)">`)
		c.Kind, c.Closure, c.Fit, c.Length, c.Trait = Chinos, Closed, Relaxed, Hip, 0
		if whole.Sleeve != LongSleeve {
			c.Kind = Shorts
		}
		trousers(c)
		c.put(`</g>`)
	}
	c.put(`<g transform="translate(20 -36) scale(.76)">`)
	c.pool(0, 700, 180, 26)
	c.Spec = whole
	c.Kind = Shirt
	top(c)
	c.put(`</g>`)
	c.Spec = whole
}
