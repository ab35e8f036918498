//go:build linux

package stages

import (
	"bytes"
	_ "embed"
	"fmt"
	"html/template"
	"strings"

	"myclothes/internal/lab/checker"
	"myclothes/internal/lab/matrix"
)

//go:embed report.html
var pageText string

var pageTemplate = template.Must(template.New("report").Funcs(template.FuncMap{
	"num": num, "both": both, "title": title, "drawing": drawing, "percent": func(x float64) string { return fmt.Sprintf("%.3f %%", 100*x) },
	"class": func(r Result) string { return strings.Fields(string(r))[0] },
}).Parse(pageText))

// view is what the page shows beside the report itself.
type view struct {
	*Report
	Charts  []chart
	Curves  []curve
	Kinds   []string
	Cells   [][]matrix.Cell
	Verdict *checker.Verdict
}

type chart struct {
	Title, About Words
	SVG          template.HTML
}

type curve struct {
	Title Words
	Loss  Loss
	SVG   template.HTML
}

// page is the report as one file that needs nothing else.
func (r *Report) page() ([]byte, error) {
	v := view{Report: r, Charts: r.charts()}
	for _, l := range r.Losses {
		v.Curves = append(v.Curves, curve{title(l.Faults), l, seconds(l)})
		v.Verdict = &l.Verdict
	}
	if r.Nodes != nil {
		v.Kinds, v.Cells = matrix.Cells(r.Nodes, r.Matrix)
	}
	var b bytes.Buffer
	err := pageTemplate.Execute(&b, v)
	return b.Bytes(), err
}

// both writes a text in both languages, of which the page shows one.
func both(w Words) template.HTML {
	return template.HTML(`<span class="ko" lang="ko">` + template.HTMLEscapeString(w.KO) + `</span><span class="en" lang="en">` + template.HTMLEscapeString(w.EN) + `</span>`)
}

// charts are the bars, as far as there is something to show.
func (r *Report) charts() (all []chart) {
	var lost, bytes, add []bar
	for _, c := range r.Carts {
		name := c.Home
		if c.Home == "memory" {
			name = map[bool]string{false: "memory", true: "memory, pinned"}[c.Affinity]
		}
		lost = append(lost, bar{name, float64(c.LostCarts), fmt.Sprintf("%d / %d", c.LostCarts, c.Shoppers), c.LostCarts > 0})
		bytes = append(bytes, bar{name, float64(c.SentMost), fmt.Sprintf("%d B", c.SentMost), false})
		add = append(add, bar{name, c.AddP50, fmt.Sprintf("%.1f ms · p99 %.0f ms", c.AddP50, c.AddP99), false})
	}
	var statements, rate, reads []bar
	for _, l := range r.Cache {
		statements = append(statements, bar{"cache=" + l.Setting, l.Statements, fmt.Sprintf("%.2f", l.Statements), false})
		rate = append(rate, bar{"cache=" + l.Setting, l.PerSecond, fmt.Sprintf("%.0f /s · p99 %.0f ms", l.PerSecond, l.Sums.P99), false})
	}
	for _, l := range r.Reads {
		reads = append(reads, bar{l.Setting, l.PerSecond, fmt.Sprintf("%.0f /s", l.PerSecond), false})
	}
	for _, c := range []struct {
		title, about Words
		bars         []bar
	}{
		{Words{"잃어버린 장바구니", "Lost carts"}, Words{"인스턴스를 하나씩 강제 종료하는 동안", "while one instance after another is killed"}, lost},
		{Words{"요청마다 실리는 쿠키", "Cookies in a request"}, Words{"쇼핑몰 쿠키의 최대 바이트", "the most that the shop's cookies weighed"}, bytes},
		{Words{"담기 p50", "Adding to the cart, p50"}, Words{"로드 밸런서를 거쳐, 2코어에서", "through the balancer, while instances die"}, add},
		{Words{"페이지당 데이터베이스 문장", "Database statements per page"}, Words{"캐시 설정별", "by what the setting cache says"}, statements},
		{Words{"초당 페이지", "Pages per second"}, Words{"이 컴퓨터의 한계까지", "as many as this machine bears"}, rate},
		{Words{"읽기 복제본 수와 처리량", "Reads by number of replicas"}, Words{"캐시 없이, 초당 페이지", "without a cache, pages per second"}, reads},
	} {
		if len(c.bars) > 0 {
			all = append(all, chart{c.title, c.about, bars(c.bars)})
		}
	}
	return all
}
