package draw

import (
	"math"
	"strconv"
)

// pt is a point. x counts from the middle of the picture, so that mirroring is a change of sign; y from its top.
type pt struct{ x, y float64 }

func (p pt) plus(q pt) pt              { return pt{p.x + q.x, p.y + q.y} }
func (p pt) times(k float64) pt        { return pt{p.x * k, p.y * k} }
func (p pt) toward(q pt, t float64) pt { return pt{p.x + (q.x-p.x)*t, p.y + (q.y-p.y)*t} }
func (p pt) mirror() pt                { return pt{-p.x, p.y} }

// aim is the unit vector that goes down and deg degrees outwards.
func aim(deg float64) pt {
	s, c := math.Sincos(deg * math.Pi / 180)
	return pt{s, c}
}

// seg is one step of a path: its control points (none, one or two) and then its end.
type seg []pt

// path is an open line of segments. Its methods return a longer path and may share what the shorter one held.
type path struct {
	start pt
	segs  []seg
}

func at(x, y float64) path { return path{start: pt{x, y}} }

func (p path) step(s ...pt) path {
	return path{p.start, append(p.segs[:len(p.segs):len(p.segs)], s)}
}

func (p path) to(x, y float64) path           { return p.step(pt{x, y}) }
func (p path) quad(cx, cy, x, y float64) path { return p.step(pt{cx, cy}, pt{x, y}) }
func (p path) cubic(ax, ay, bx, by, x, y float64) path {
	return p.step(pt{ax, ay}, pt{bx, by}, pt{x, y})
}

func (p path) end() pt {
	if len(p.segs) == 0 {
		return p.start
	}
	s := p.segs[len(p.segs)-1]
	return s[len(s)-1]
}

func (p path) mapped(f func(pt) pt) path {
	out := path{start: f(p.start)}
	for _, s := range p.segs {
		var t seg
		for _, q := range s {
			t = append(t, f(q))
		}
		out.segs = append(out.segs, t)
	}
	return out
}

func (p path) mirror() path { return p.mapped(pt.mirror) }

func (p path) reverse() path {
	out := path{start: p.end()}
	for i := len(p.segs) - 1; i >= 0; i-- {
		from := p.start
		if i > 0 {
			prev := p.segs[i-1]
			from = prev[len(prev)-1]
		}
		var t seg
		for j := len(p.segs[i]) - 2; j >= 0; j-- {
			t = append(t, p.segs[i][j])
		}
		out.segs = append(out.segs, append(t, from))
	}
	return out
}

// both closes the right half of a symmetric outline with its mirror image.
func (p path) both() string {
	q := p.mirror().reverse()
	for _, s := range q.segs {
		p = p.step(s...)
	}
	return p.closed()
}

func (p path) closed() string { return p.open() + "Z" }

// open writes the path as SVG data, in whole units.
func (p path) open() string {
	b := appendPoint([]byte{'M'}, p.start)
	for _, s := range p.segs {
		b = append(b, " LQC"[len(s)])
		for i, q := range s {
			if i > 0 {
				b = append(b, ' ')
			}
			b = appendPoint(b, q)
		}
	}
	return string(b)
}

func appendPoint(b []byte, p pt) []byte {
	b = strconv.AppendInt(b, int64(math.Round(p.x+400)), 10)
	b = append(b, ' ')
	return strconv.AppendInt(b, int64(math.Round(p.y)), 10)
}

// poly is the closed polygon of x, y, x, y…
func poly(xy ...float64) string { return chain(xy...).closed() }

// chain is the open polyline of x, y, x, y…
func chain(xy ...float64) path {
	p := at(xy[0], xy[1])
	for i := 2; i+1 < len(xy); i += 2 {
		p = p.to(xy[i], xy[i+1])
	}
	return p
}

// leaf is a thin bowed sliver from a to b, the shape of a fold; positive w bows to the right of the way.
func leaf(ax, ay, bx, by, w float64) string {
	dx, dy := bx-ax, by-ay
	n := math.Hypot(dx, dy)
	mx, my := (ax+bx)/2, (ay+by)/2
	ox, oy := -dy/n*w, dx/n*w
	return at(ax, ay).quad(mx+ox, my+oy, bx, by).quad(mx-ox*.25, my-oy*.25, ax, ay).closed()
}
