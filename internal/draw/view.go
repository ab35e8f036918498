package draw

import "fmt"

// window is the part of the canvas that is seen: all of it, or a close-up of the part that tells most.
func (c *canvas) window() string {
	if c.View != Detail {
		return "0 0 800 1000"
	}
	at, wide := focus(c.Spec)
	z := zoom(c.Spec)
	at, wide = pt{400 + at.x*z, 500 + (at.y-500)*z}, wide*z
	x := min(max(at.x-wide/2, 0), 800-wide)
	y := min(max(at.y-wide*.625, 0), 1000-wide*1.25)
	return fmt.Sprintf("%.0f %.0f %.0f %.0f", x, y, wide, wide*1.25)
}

// focus is the middle of the close-up and its width, before the drawing is enlarged.
func focus(s Spec) (pt, float64) {
	if _, worn := habits[s.Kind]; worn && s.Kind != Dress && s.Kind != Jumpsuit && s.Kind != Pajamas {
		return focusWorn(s, newTorso(s))
	}
	switch s.Kind {
	case Dress, Jumpsuit:
		t := gown(s)
		return pt{24, t.y + 96}, 290
	case Pajamas:
		return pt{-50, 250}, 270
	case Slip:
		return pt{40, 260}, 280
	case Slacks, Chinos, Jeans, Joggers:
		if s.Pocket == Cargo {
			return pt{140, 560}, 290
		}
		return pt{62, 262}, 270
	case Shorts:
		return pt{62, 370}, 270
	case Skirt, PleatedSkirt:
		long := skirtLengths[s.Length]
		return pt{50, (1000-long)/2 + 110}, 280
	}
	return focusThing(s)
}

func focusWorn(s Spec, t torso) (pt, float64) {
	switch {
	case s.Trait%2 == 1 && s.Sleeve == LongSleeve && s.Kind != Robe:
		a := t.arm(s)
		return pt{a.inner.x - 10, a.inner.y - 66}, 270
	case s.Pocket == Chest, s.Pocket == ChestPair:
		return pt{70, t.pit.y - 66}, 270
	case s.Pocket == Kangaroo:
		return pt{40, t.hem.y - 150}, 330
	case s.Collar == Notched || s.Collar == Shawl:
		return pt{36, t.y + 130}, 320
	case s.Collar == Hood:
		return pt{0, t.y + 20}, 320
	}
	return pt{30, t.y + 66 - rise[s.Collar]*.5}, 280
}

func focusThing(s Spec) (pt, float64) {
	switch s.Kind {
	case Sneakers, Runners, SlipOns, Loafers, TasselLoafers, Derbies, Flats:
		return pt{-120, 590}, 330
	case Pumps, Mules, Sandals:
		return pt{-150, 610}, 330
	case HighTops, LaceBoots, Chelsea, RainBoots:
		return pt{40, 500}, 330
	case LongBoots:
		return pt{50, 460}, 360
	case Tote:
		return pt{100, 470}, 300
	case ShoulderBag, BucketBag, BoxBag:
		return pt{150, 540}, 300
	case Crossbody, Clutch:
		return pt{0, 620}, 300
	case Pack:
		return pt{60, 600}, 320
	case Belt:
		return pt{-50, 610}, 280
	case Gloves:
		return pt{-120, 640}, 320
	case Scarf:
		return pt{-10, 440}, 330
	case Socks:
		return pt{0, 330}, 340
	case Tie:
		return pt{0, 330}, 260
	case Beanie, BucketHat, Cap, Beret:
		return pt{60, 600}, 320
	}
	return pt{0, 560}, 320
}

// weave defines the grain of the cloth or leather that a close-up lets one see.
func (c *canvas) weave() {
	if c.View != Detail {
		return
	}
	tile := box(0, 0, 1, 2, c.shade, ".16") + box(2, 2, 1, 2, c.glow, ".2")
	w, h := 4, 4
	switch {
	case c.leather():
		tile = dot(2, 3, 1, c.shade) + dot(9, 8, 1, c.shade)
		tile, w, h = `<g opacity=".22">`+tile+`</g>`, 13, 11
	case c.knitted():
		tile, w, h = line("M1 1L4 6L7 1", c.shade, "1.2"), 8, 6
		tile = `<g opacity=".45">` + tile + `</g>`
	}
	c.put(`<pattern id="w" width="%d" height="%d" patternUnits="userSpaceOnUse">%s</pattern>`, w, h, tile)
}

func (c *canvas) knitted() bool {
	switch c.Kind {
	case Knit, Cardigan, Vest, Beanie, Socks, Scarf:
		return c.Pattern != Check
	case Gloves:
		return c.Trait != 0
	}
	return false
}

func (c *canvas) leather() bool {
	switch c.Kind {
	case Loafers, TasselLoafers, Derbies, Pumps, Flats, Sandals, Mules, Chelsea, LaceBoots, RainBoots, LongBoots, ShoulderBag, Crossbody,
		BoxBag, BucketBag, Clutch, Wallet, CardHolder, Belt:
		return true
	}
	return false
}

// turned shows a thing that has no back of its own from its other side.
func turned(thing func(*canvas)) func(*canvas) {
	return func(c *canvas) {
		if c.View != Back {
			thing(c)
			return
		}
		c.put(`<g transform="matrix(-1 0 0 1 800 0)">`)
		thing(c)
		c.put(`</g>`)
	}
}

// zoom is how much a drawing is enlarged to fill its frame as its neighbours do.
func zoom(s Spec) float64 {
	switch s.Kind {
	case Slacks, Jeans, Chinos, Joggers:
		return 1.08
	case Jumpsuit:
		return 1.06
	case Pajamas:
		return 1.1
	case Sneakers, Runners, SlipOns, Loafers, TasselLoafers, Derbies, Pumps, Flats, Sandals, Mules:
		return 1.15
	case LongBoots:
		return 1
	case Wallet, CardHolder:
		if s.Length == Long {
			return 1.2
		}
		return 1.4
	case Clutch:
		return 1.14
	case Shorts:
		return 1.32
	case Skirt, PleatedSkirt:
		return map[Length]float64{Crop: 1.36, Hip: 1.2, Knee: 1.16, Long: 1.12, Maxi: 1.08}[s.Length]
	case Dress:
		return map[Length]float64{Long: 1.08, Maxi: 1.02}[s.Length] + map[Length]float64{Crop: 1.16, Hip: 1.14, Knee: 1.12}[s.Length]
	case Slip:
		return 1.1
	}
	if _, worn := habits[s.Kind]; !worn {
		return 1.06
	}
	t := newTorso(s)
	wide, high := t.pit.x, (t.hem.y-t.y+rise[s.Collar])/2
	if s.Sleeve != Sleeveless {
		wide = t.arm(s).outer.x
	}
	return min(1.22, 348/wide, 446/high)
}
