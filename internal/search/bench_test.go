package search

import (
	"fmt"
	"os"
	"runtime"
	"slices"
	"strconv"
	"strings"
	"sync"
	"testing"
	"time"

	"myclothes/internal/catalog"
)

// benchSize is how many products the benchmarks search: 100,000, or what SEARCH_PRODUCTS says.
func benchSize() int {
	if n, err := strconv.Atoi(os.Getenv("SEARCH_PRODUCTS")); err == nil {
		return n
	}
	return 100_000
}

var benchIndex = sync.OnceValue(func() *Index { return filled(benchSize()) })

// kinds are what people ask of a shop.
var kinds = []struct {
	name string
	q    catalog.Query
}{
	{"everything", catalog.Query{}},
	{"category", catalog.Query{Category: "shirts"}},
	{"top category", catalog.Query{Category: "clothing"}},
	{"category colour size", catalog.Query{Category: "tops", Colors: []string{"black"}, Sizes: []string{"M"}}},
	{"category colours sizes stock", catalog.Query{Category: "tops", Colors: []string{"black", "navy"}, Sizes: []string{"M", "L"}, InStock: true}},
	{"in stock", catalog.Query{InStock: true}},
	{"brand", catalog.Query{Brands: []string{"damgyeol-archive", "yuwol-works"}}},
	{"price range", catalog.Query{MinPrice: 20_000, MaxPrice: 60_000}},
	{"newest", catalog.Query{Sort: catalog.Newest}},
	{"price up", catalog.Query{Sort: catalog.PriceUp, Category: "shoes"}},
	{"price down in range", catalog.Query{Sort: catalog.PriceDown, MinPrice: 20_000, MaxPrice: 60_000}},
	{"discount", catalog.Query{Sort: catalog.MostOff, OnSale: true}},
	{"one word 셔츠", catalog.Query{Text: "셔츠"}},
	{"common word 코튼", catalog.Query{Text: "cotton"}},
	{"one word newest", catalog.Query{Text: "바지", Sort: catalog.Newest}},
	{"two words", catalog.Query{Text: "오버핏 셔츠"}},
	{"three words", catalog.Query{Text: "검정 코튼 자켓"}},
	{"text and filters", catalog.Query{Text: "니트", Colors: []string{"black"}, InStock: true, MaxPrice: 100_000}},
	{"initials ㅅㅊ", catalog.Query{Text: "ㅅㅊ"}},
	{"one initial ㅅ", catalog.Query{Text: "ㅅ"}},
	{"mixed 코튼ㅅㅊ", catalog.Query{Text: "코튼ㅅㅊ"}},
	{"segmented", catalog.Query{Text: "검정반팔티셔츠"}},
	{"half typed", catalog.Query{Text: "티셔ㅊ"}},
	{"typo", catalog.Query{Text: "셧츠"}},
	{"wrong keyboard", catalog.Query{Text: "tucm"}},
	{"keyboard and typo", catalog.Query{Text: "tutcm"}},
	{"nothing", catalog.Query{Text: "quixotic"}},
}

func BenchmarkFind(b *testing.B) {
	x := benchIndex()
	for _, k := range kinds {
		benchFind(b, x, k.name, k.q)
	}
	deep := catalog.Query{Limit: catalog.MaxLimit}
	for range 50 {
		found, _ := x.Find(deep)
		deep.Cursor = found.Next
	}
	benchFind(b, x, "deep cursor", deep)
	deep = catalog.Query{Text: "셔츠", Limit: catalog.MaxLimit}
	for range 20 {
		found, _ := x.Find(deep)
		deep.Cursor = found.Next
	}
	benchFind(b, x, "deep cursor with text", deep)
}

// hostile are texts that somebody sends to keep the shop busy.
var hostile = []string{
	strings.Repeat("ㅅ", 100), strings.Repeat("셔ㅅ", 50), strings.Repeat("ㅅ ", 8), "ㅅ ㅌ ㅋ ㅈ ㅂ ㅇ ㄱ ㄷ", "a b c d e s t r", strings.Repeat("s-", 50), "a-b-c-d-e-f-g-h-i-j-k-l", strings.Repeat("코트셔츠자켓바지 ", 8),
	"코트셔츠자켓바지 바지코트셔츠자켓 자켓바지코트셔츠 셔츠자켓바지코트", strings.Repeat("ㅋㅌㅅㅊ", 25), strings.Repeat("tucm", 25), strings.Repeat("티", 100),
	"ㅅ ㅌ 코트 바지 셔츠 자켓 ㅋㅌ ㅅㅇ", "ㅅㅇ ㅇㅅ ㅅㅅ ㅇㅇ ㅈㅇ ㅇㅈ ㄱㅇ ㅇㄱ", "in er on st te re ti an", "셔츠 바지 코트 자켓 가방 신발 모자 니트", "남자셔츠 여자바지 이상한코트 웃긴자켓 없는신발 좋은모자 큰니트",
}

func BenchmarkHostile(b *testing.B) {
	x := benchIndex()
	for _, text := range hostile {
		b.Run(text[:min(len(text), 24)], func(b *testing.B) {
			median(b, func() {
				x.Find(catalog.Query{Text: text})
				x.Suggest(text, 10)
			})
		})
	}
}

func benchFind(b *testing.B, x *Index, name string, q catalog.Query) {
	b.Run(name, func(b *testing.B) {
		total := 0
		median(b, func() {
			x.Forget()
			found, err := x.Find(q)
			if err != nil {
				b.Fatal(err)
			}
			total = found.Total
		})
		b.ReportMetric(float64(total), "found")
	})
}

// median runs act b.N times and reports the time that half of the runs kept within.
func median(b *testing.B, act func()) {
	times := make([]time.Duration, 0, 1024)
	for b.Loop() {
		began := time.Now()
		act()
		times = append(times, time.Since(began))
	}
	slices.Sort(times)
	b.ReportMetric(float64(times[len(times)/2].Microseconds()), "p50-µs")
	b.ReportMetric(float64(times[len(times)*99/100].Microseconds()), "p99-µs")
}

func BenchmarkSuggest(b *testing.B) {
	x := benchIndex()
	for _, text := range []string{"셔", "셔츠", "ㅅㅊ", "ㅅ", "티셔ㅊ", "담결", "코튼 ㅅ", "tuc", "sho", "없는말이에요"} {
		b.Run(text, func(b *testing.B) { median(b, func() { x.Suggest(text, 10) }) })
	}
}

func BenchmarkPut(b *testing.B) {
	x := benchIndex()
	for _, n := range []int{1, 100, 1000} {
		batch := make([]catalog.Entry, n)
		for i := range batch {
			batch[i] = made(int64(i*7 + 1))
		}
		b.Run(fmt.Sprint(n), func(b *testing.B) {
			for b.Loop() {
				for i := range batch {
					batch[i].Popularity++
				}
				x.Put(batch...)
			}
		})
	}
}

// BenchmarkBuild reports how long it takes to enter 100,000 products, and how much memory a product takes, its texts included.
func BenchmarkBuild(b *testing.B) {
	n := benchSize()
	for b.Loop() {
		before := heap()
		x := New(madeTree())
		var took time.Duration
		batch := make([]catalog.Entry, 0, loadBatch)
		for id := range n {
			if batch = append(batch, made(int64(id+1))); len(batch) == loadBatch || id == n-1 {
				began := time.Now()
				x.fill(batch)
				took, batch = took+time.Since(began), batch[:0]
			}
		}
		began := time.Now()
		x.arrange()
		took += time.Since(began)
		b.ReportMetric(took.Seconds()*100_000/float64(n), "s/100000")
		b.ReportMetric(float64(heap()-before)/float64(n), "B/product")
		b.ReportMetric(float64(x.Bytes())/float64(n), "estimated-B/product")
		b.ReportMetric(float64(len(x.words.terms)), "terms")
		runtime.KeepAlive(x)
	}
}

func heap() int64 {
	var m runtime.MemStats
	runtime.GC()
	runtime.GC()
	runtime.ReadMemStats(&m)
	return int64(m.HeapAlloc)
}
