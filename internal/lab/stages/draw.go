//go:build linux

package stages

import (
	"fmt"
	"html/template"
	"strings"
)

// bar is one bar of a chart.
type bar struct {
	name  string
	value float64
	text  string
	bad   bool
}

// bars draws horizontal bars from zero, each with its number.
func bars(all []bar) template.HTML {
	const width, row, left, room = 410, 30, 124, 146
	most := 0.0
	for _, b := range all {
		most = max(most, b.value)
	}
	var s strings.Builder
	fmt.Fprintf(&s, `<svg viewBox="0 0 %d %d" role="img">`, width, row*len(all)+4)
	for i, b := range all {
		long, y := 0.0, i*row+4
		if most > 0 {
			long = b.value / most * (width - left - room)
		}
		class := "bar"
		if b.bad {
			class = "bar bad"
		}
		fmt.Fprintf(&s, `<text class="name" x="%d" y="%d">%s</text><rect class="%s" x="%d" y="%d" width="%.1f" height="18" rx="3"/><text class="value" x="%.1f" y="%d">%s</text>`,
			left-8, y+14, template.HTMLEscapeString(b.name), class, left, y, max(long, 2), float64(left)+max(long, 2)+8, y+14, template.HTMLEscapeString(b.text))
	}
	s.WriteString(`</svg>`)
	return template.HTML(s.String())
}

// seconds draws what shoppers were answered, second by second, with the time of the fault and of the mending behind it; below, what the slowest hundredth waited.
func seconds(l Loss) template.HTML {
	const width, high, low, left = 1040, 150, 70, 44
	from, to := max(0, l.From-8), l.Until+8
	x := func(at float64) float64 { return left + (at-from)/(to-from)*(width-left-8) }
	most, slow := 1.0, 1.0
	for _, p := range l.Seconds {
		if p.At >= from && p.At <= to {
			most, slow = max(most, float64(p.OK+p.Errors)), max(slow, p.P99)
		}
	}
	var s strings.Builder
	fmt.Fprintf(&s, `<svg viewBox="0 0 %d %d" role="img">`, width, high+low+44)
	fmt.Fprintf(&s, `<rect class="fault" x="%.1f" y="0" width="%.1f" height="%d"/><rect class="mending" x="%.1f" y="0" width="%.1f" height="%d"/>`,
		x(l.From), x(l.Mended)-x(l.From), high+low+20, x(l.Mended), x(l.Until)-x(l.Mended), high+low+20)
	wide := (width - left - 8) / (to - from) * 0.8
	line := ""
	for _, p := range l.Seconds {
		if p.At < from || p.At > to {
			continue
		}
		ok, bad := float64(p.OK)/most*(high-10), float64(p.Errors)/most*(high-10)
		fmt.Fprintf(&s, `<rect class="bar" x="%.1f" y="%.1f" width="%.1f" height="%.1f"/><rect class="bar bad" x="%.1f" y="%.1f" width="%.1f" height="%.1f"><title>%.0f s: %d ok, %d errors, p99 %.0f ms</title></rect>`,
			x(p.At), high-ok, wide, ok, x(p.At), high-ok-bad, wide, bad, p.At, p.OK, p.Errors, p.P99)
		if p.OK > 0 {
			line += fmt.Sprintf("%.1f,%.1f ", x(p.At), high+20+low-p.P99/slow*(low-6))
		}
	}
	fmt.Fprintf(&s, `<polyline class="line" points="%s"/>`, line)
	fmt.Fprintf(&s, `<text class="axis" x="2" y="14">%.0f /s</text><text class="axis" x="2" y="%d">%.0f ms</text>`, most, high+32, slow)
	for t := l.From - float64(int((l.From-from)/10)*10); t < to; t += 10 {
		fmt.Fprintf(&s, `<text class="axis" x="%.1f" y="%d" text-anchor="middle">%.0f s</text>`, x(t), high+low+38, t-l.From)
	}
	s.WriteString(`</svg>`)
	return template.HTML(s.String())
}

// drawing is the architecture as one draws it on a whiteboard.
func drawing() template.HTML {
	var s strings.Builder
	s.WriteString(`<svg viewBox="0 0 1040 330" role="img"><text class="head" x="520" y="18" text-anchor="middle">internet · Route 53 (dnsmasq)</text>`)
	for i, zone := range []string{"a", "b", "c"} {
		left := 20 + i*340
		fmt.Fprintf(&s, `<rect class="zone" x="%d" y="34" width="320" height="286" rx="14"/><text class="axis" x="%d" y="54">AZ %s</text>`, left, left+14, zone)
		for j, part := range []struct{ subnet, name, real string }{{"public", "load balancer", "HAProxy"}, {"app", "shop", "myclothes"}, {"data", "cache", "Redis + Sentinel"}, {"data", "database", "PostgreSQL + Patroni + etcd"}} {
			y := 66 + j*63
			fmt.Fprintf(&s, `<rect class="part" x="%d" y="%d" width="284" height="48" rx="8"/><text class="head" x="%d" y="%d">%s</text><text class="axis" x="%d" y="%d">%s</text><text class="axis" x="%d" y="%d" text-anchor="end">10.0.%d.0/24 · %s</text>`,
				left+18, y, left+30, y+20, part.name, left+30, y+38, part.real, left+290, y+20, 10*(i+1)+min(j, 2), part.subnet)
		}
	}
	s.WriteString(`</svg>`)
	return template.HTML(s.String())
}
