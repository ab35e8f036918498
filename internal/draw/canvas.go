package draw

import (
	"bytes"
	"fmt"
	"strings"
)

// canvas collects the elements of one drawing. Ids are local to the file: b ground, d drop shadow, z blur, y wide blur, v body
// shading, p q r the pattern on body, right and left sleeve, w the weave of a close-up, c1… clips.
type canvas struct {
	Spec
	tones
	accent tones
	ground rgb
	clips  int
	buf    bytes.Buffer
}

func newCanvas(s Spec) *canvas {
	c := &canvas{Spec: s, tones: tonesOf(parse(s.Color)), ground: warm}
	c.accent = tonesOf(c.second())
	if s.Ground != "" {
		c.ground = parse(s.Ground)
	}
	c.put(`<svg xmlns="http://www.w3.org/2000/svg" viewBox="%s"><defs>`, c.window())
	c.put(`<radialGradient id="b" cx=".5" cy=".42" r=".8"><stop stop-color="%s"/><stop offset="1" stop-color="%s"/></radialGradient>`,
		c.ground.mix(white, .35), c.ground.mix(ink, .07))
	c.defs()
	c.put(`</defs><path d="M0 0H800V1000H0Z" fill="url(#b)"/>`)
	return c
}

// defs are what the article itself refers to.
func (c *canvas) defs() {
	c.put(`<filter id="d" x="-.2" y="-.2" width="1.4" height="1.4"><feDropShadow dx="0" dy="12" stdDeviation="14" flood-color="#3a302a" flood-opacity=".26"/></filter>`)
	c.put(`<filter id="z" x="-.5" y="-.5" width="2" height="2"><feGaussianBlur stdDeviation="7"/></filter>`)
	if c.Kind == Jeans {
		c.put(`<filter id="y" x="-1" y="-.3" width="3" height="1.6"><feGaussianBlur stdDeviation="24"/></filter>`)
	}
	c.put(`<linearGradient id="v"><stop stop-color="#000" stop-opacity=".13"/><stop offset=".24" stop-color="#000" stop-opacity="0"/>` +
		`<stop offset=".42" stop-color="#fff" stop-opacity=".09"/><stop offset=".72" stop-color="#000" stop-opacity="0"/><stop offset="1" stop-color="#000" stop-opacity=".17"/></linearGradient>`)
	c.patterns()
	c.weave()
}

// article draws the thing itself, without the ground.
func (c *canvas) article() {
	c.put(`<g filter="url(#d)" stroke-linejoin="round" stroke-linecap="round" transform="translate(400 500) scale(%.3g) translate(-400 -500)">`, zoom(c.Spec))
	articles[c.Kind](c)
	c.put("</g>")
}

func (c *canvas) second() rgb {
	if c.Accent != "" {
		return parse(c.Accent)
	}
	if c.base.light() < .5 {
		return c.base.mix(white, .62)
	}
	return c.base.mix(ink, .5)
}

func (c *canvas) finish() []byte {
	c.put("</svg>\n")
	return c.buf.Bytes()
}

func (c *canvas) put(format string, args ...any) {
	if len(args) == 0 {
		c.buf.WriteString(format)
		return
	}
	fmt.Fprintf(&c.buf, format, args...)
}

// sheet is one piece of cloth: its outline, tones, what is on it and what lies inside its edges.
type sheet struct {
	d       string
	tones   tones
	pattern string // id of a pattern; empty: plain
	flat    bool   // without the shading from side to side
	smooth  bool   // of metal or rubber: no weave in a close-up
	inside  func()
}

func (c *canvas) piece(s sheet) {
	c.clips++
	c.put(`<clipPath id="c%d"><path d="%s"/></clipPath><g clip-path="url(#c%d)">`, c.clips, s.d, c.clips)
	c.put(`<path d="M0 0H800V1000H0Z" fill="%s"/>`, s.tones.base)
	if s.pattern != "" {
		c.put(`<path d="M0 0H800V1000H0Z" fill="url(#%s)"/>`, s.pattern)
	}
	if c.View == Detail && !s.smooth {
		c.put(`<path d="M0 0H800V1000H0Z" fill="url(#w)"/>`)
	}
	if s.inside != nil {
		s.inside()
	}
	light := "url(#v)"
	if s.flat {
		light = "none"
	}
	c.put(`<path d="%s" fill="%s" stroke="%s" stroke-width="4.4"/></g>`, s.d, light, s.tones.line) // half of the line is clipped off
}

// fill lays a small plain piece with its outline, without clip or shading.
func (c *canvas) fill(d string, t tones) {
	c.put(`<path d="%s" fill="%s" stroke="%s" stroke-width="2"/>`, d, t.base, t.line)
}

// hollow fills what is seen from within: the back of a neck, the mouth of a bag.
func (c *canvas) hollow(d string) {
	c.put(`<path d="%s" fill="%s" stroke="%s" stroke-width="2"/>`, d, c.inner, c.line)
}

// folds lays soft shadows, glows soft lights. Both blur, so they belong inside a piece.
func (c *canvas) folds(d ...string) { c.soft(c.shade, .7, d) }
func (c *canvas) glows(d ...string) { c.soft(c.glow, .4, d) }

func (c *canvas) soft(tone rgb, opacity float64, d []string) {
	c.put(`<path d="%s" fill="%s" opacity="%.2g" filter="url(#z)"/>`, strings.Join(d, ""), tone, opacity)
}

// seams are solid thin lines, stitches dashed ones, both as open paths. In a close-up each stitch is seen with the dent that it makes.
func (c *canvas) seams(ps ...path) { c.strokes(c.seam, 1.8, "", ps) }

func (c *canvas) stitches(ps ...path) {
	if c.View == Detail {
		c.strokes(c.shade, 3, ` opacity=".55"`, ps)
		c.strokes(c.thread(), 1.5, ` stroke-dasharray="5 3"`, ps)
		return
	}
	c.strokes(c.seam, 1.6, ` stroke-dasharray="6 4"`, ps)
}

// thread is the colour of the sewing, a little off that of the cloth.
func (c *canvas) thread() rgb {
	if c.base.light() < .5 {
		return c.base.mix(white, .42)
	}
	return c.base.mix(ink, .36)
}

func (c *canvas) strokes(tone rgb, width float64, more string, ps []path) {
	var d strings.Builder
	for _, p := range ps {
		d.WriteString(p.open())
	}
	c.put(`<path d="%s" fill="none" stroke="%s" stroke-width="%.3g"%s/>`, d.String(), tone, width, more)
}

// tape draws p as a band of that width with an edge on both sides.
func (c *canvas) tape(p path, width float64, t tones) {
	d := p.open()
	for _, s := range []struct {
		tone  rgb
		width float64
	}{{t.line, width + 4}, {t.base, width}} {
		c.put(`<path d="%s" fill="none" stroke="%s" stroke-width="%.3g" stroke-linecap="butt"/>`, d, s.tone, s.width)
	}
}

func (c *canvas) button(x, y, r float64, t tones) {
	c.put(`<circle cx="%.4g" cy="%.4g" r="%.3g" fill="%s" stroke="%s" stroke-width="1.5"/>`, x+400, y, r, t.base, t.line)
	c.put(`<path d="M%.4g %.4gh3" stroke="%s" stroke-width="2.4"/>`, x+398.5, y, t.line)
}

// pool is the shadow of a thing that stands on the floor.
func (c *canvas) pool(x, y, rx, ry float64) {
	c.put(`<ellipse cx="%.4g" cy="%.4g" rx="%.4g" ry="%.4g" fill="#3a302a" opacity=".3" filter="url(#z)"/>`, x+400, y, rx, ry)
}

// both mirrors each path and returns it with its image.
func both(ps ...path) []path {
	var out []path
	for _, p := range ps {
		out = append(out, p, p.mirror())
	}
	return out
}
