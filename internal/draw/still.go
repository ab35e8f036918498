package draw

import (
	"bytes"
	"fmt"
)

// Still is several articles in one picture, lying or standing on a tinted ground.
type Still struct {
	Width, Height int    // of the picture
	Ground        string // tint of the ground
	Shape         string // tint of the quiet shape behind the articles
	Pieces        []Piece
}

// Piece is an article in a still life. Later ones lie over earlier ones.
type Piece struct {
	Spec
	X, Y  float64 // where the middle of its own 800 by 1000 picture comes to lie
	Scale float64 // 1: a thousand units high
	Turn  float64 // degrees clockwise
}

// StillLife draws s. What is promised of Garment holds for it as well.
func StillLife(s Still) []byte {
	ground, shape := parse(s.Ground), parse(s.Shape)
	var b bytes.Buffer
	fmt.Fprintf(&b, `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 %d %d"><defs>`, s.Width, s.Height)
	fmt.Fprintf(&b, `<linearGradient id="bg" x2=".3" y2="1"><stop stop-color="%s"/><stop offset="1" stop-color="%s"/></linearGradient>`, ground.mix(white, .22), ground.mix(ink, .06))
	fmt.Fprintf(&b, `<filter id="bz" x="-.5" y="-1" width="2" height="3"><feGaussianBlur stdDeviation="26"/></filter></defs>`)
	fmt.Fprintf(&b, `<path d="M0 0H%dV%dH0Z" fill="url(#bg)"/>`, s.Width, s.Height)
	b.WriteString(s.backdrop(shape))
	for i, p := range s.Pieces {
		b.Write(p.svg(i))
	}
	b.WriteString("</svg>\n")
	return b.Bytes()
}

// backdrop is an arch of another tint and the line at which wall and floor meet.
func (s Still) backdrop(shape rgb) string {
	w, h := float64(s.Width), float64(s.Height)
	floor, mid, half := h*.8, w*.5, w*.38
	if s.Width > s.Height {
		mid, half = w*.66, h*.42
	}
	arch := fmt.Sprintf("M%.0f %.0fV%.0fA%.0f %.0f 0 0 1 %.0f %.0fV%.0fZ", mid-half, floor, h*.12+half, half, half, mid+half, h*.12+half, floor)
	return fmt.Sprintf(`<path d="%s" fill="%s"/><path d="M0 %.0fH%.0fV%.0fH0Z" fill="%s" opacity=".5"/>`, arch, shape, floor, w, h, shape.mix(white, .1))
}

// svg draws one article with ids of its own.
func (p Piece) svg(i int) []byte {
	if articles[p.Kind] == nil {
		p.Kind = Tee
	}
	p.View = Front
	c := &canvas{Spec: usual(p.Spec), tones: tonesOf(parse(p.Color)), ground: warm}
	c.accent = tonesOf(c.second())
	c.put(`<defs>`)
	c.defs()
	c.put(`</defs><g transform="translate(%.4g %.4g) rotate(%.4g) scale(%.4g) translate(-400 -500)">`, p.X, p.Y, p.Turn, p.Scale)
	c.article()
	c.put(`</g>`)
	own := fmt.Sprintf("s%d", i)
	out := bytes.ReplaceAll(c.buf.Bytes(), []byte(`url(#`), []byte(`url(#`+own))
	return bytes.ReplaceAll(out, []byte(` id="`), []byte(` id="`+own))
}
