package search

import (
	"strconv"

	"github.com/RoaringBitmap/roaring/v2"

	"myclothes/internal/catalog"
	"myclothes/internal/money"
)

// bandEnds are the upper ends of the bands of price that are counted, each included; above the last there is one more band.
var bandEnds = [...]money.Amount{30_000, 50_000, 100_000, 200_000}

const bands = len(bandEnds) + 1

func bandOf(price money.Amount) int {
	for i, end := range bandEnds {
		if price <= end {
			return i
		}
	}
	return len(bandEnds)
}

// bandRange returns the band's lowest and highest price, both included, as Query.MinPrice and MaxPrice take them: 0 is no end.
func bandRange(band int) (low, high money.Amount) {
	if band > 0 {
		low = bandEnds[band-1] + 1
	}
	if band < len(bandEnds) {
		high = bandEnds[band]
	}
	return low, high
}

// bandName returns the band's Count.Value: "0-30000", "30001-50000" and so on to "200001-". What stands before and after the dash are
// the MinPrice and MaxPrice that choose exactly the products counted.
func bandName(band int) string {
	low, high := bandRange(band)
	name := strconv.FormatInt(int64(low), 10) + "-"
	if high > 0 {
		name += strconv.FormatInt(int64(high), 10)
	}
	return name
}

// priced returns the products whose price is within both ends; 0 is no end. It is nil where both are 0.
//
// The order by price has them side by side, so they are marked in a plain bit set, which costs a nanosecond each.
func (x *Index) priced(low, high money.Amount) *roaring.Bitmap {
	if low <= 0 && high <= 0 {
		return nil
	}
	for b := range bands {
		if l, h := bandRange(b); l == low && h == high {
			return x.bands.of(uint32(b))
		}
	}
	o := x.orders[catalog.PriceUp]
	from, to := 0, len(o.docs)
	if low > 0 {
		from = o.after(x.docs, key{At: [4]int64{-int64(low - 1)}}) // ids are positive: behind all that cost low-1
	}
	if high > 0 {
		to = o.after(x.docs, key{At: [4]int64{-int64(high)}})
	}
	bits := make([]uint64, (len(x.docs)+63)/64)
	for _, doc := range o.docs[min(from, to):to] {
		bits[doc/64] |= 1 << (doc % 64)
	}
	return roaring.FromDense(bits, false)
}
