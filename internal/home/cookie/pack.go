package cookie

import (
	"bytes"
	"compress/flate"
	"encoding/binary"
	"errors"
	"io"
	"strings"
	"sync"
	"time"

	"myclothes/internal/cart"
)

// A packed cart is: its form (1), the minute of its last change since epoch as uvarint, and deflated: how many lines as uvarint, their quantities as a
// byte each, their SKUs with a line feed after each. SKUs of one shop are alike, so that together they shrink to about half.
const form = 1

// epoch keeps the minute short.
var epoch = time.Date(2026, 1, 1, 0, 0, 0, 0, time.UTC)

// mostPlain bounds what is inflated. What is opened was sealed by the shop, so this never bites; it is here in case it does.
const mostPlain = 64 << 10

var (
	errSKU        = errors.New("an SKU with a line feed")
	errUnreadable = errors.New("not a packed cart")
)

var deflaters = sync.Pool{New: func() any {
	w, err := flate.NewWriter(nil, flate.BestCompression)
	if err != nil {
		panic(err) // a level that exists
	}
	return w
}}

func pack(lines []cart.Line, now time.Time) ([]byte, error) {
	plain := binary.AppendUvarint(nil, uint64(len(lines)))
	for _, l := range lines {
		plain = append(plain, byte(l.Quantity))
	}
	for _, l := range lines {
		if strings.Contains(l.SKU, "\n") {
			return nil, errSKU
		}
		plain = append(append(plain, l.SKU...), '\n')
	}
	out := bytes.NewBuffer(binary.AppendUvarint([]byte{form}, uint64(max(0, now.Sub(epoch)/time.Minute))))
	w := deflaters.Get().(*flate.Writer)
	defer deflaters.Put(w)
	w.Reset(out)
	if _, err := w.Write(plain); err != nil {
		return nil, err
	}
	if err := w.Close(); err != nil {
		return nil, err
	}
	return out.Bytes(), nil
}

var inflaters = sync.Pool{New: func() any { return flate.NewReader(nil) }}

// unpack returns the lines and when they were last changed, to the minute.
func unpack(packed []byte) ([]cart.Line, time.Time, error) {
	if len(packed) == 0 || packed[0] != form {
		return nil, time.Time{}, errUnreadable
	}
	minute, n := binary.Uvarint(packed[1:])
	if n <= 0 || minute > 1<<32 {
		return nil, time.Time{}, errUnreadable
	}
	r := inflaters.Get().(io.ReadCloser)
	defer inflaters.Put(r)
	if err := r.(flate.Resetter).Reset(bytes.NewReader(packed[1+n:]), nil); err != nil {
		return nil, time.Time{}, err
	}
	plain, err := io.ReadAll(io.LimitReader(r, mostPlain))
	if err != nil {
		return nil, time.Time{}, errUnreadable
	}
	lines, err := read(plain)
	return lines, epoch.Add(time.Duration(minute) * time.Minute), err
}

func read(plain []byte) ([]cart.Line, error) {
	count, n := binary.Uvarint(plain)
	if n <= 0 || count > cart.MaxLines || len(plain) < n+int(count) {
		return nil, errUnreadable
	}
	quantities, rest := plain[n:n+int(count)], string(plain[n+int(count):])
	lines := make([]cart.Line, count)
	for i := range lines {
		sku, after, ok := strings.Cut(rest, "\n")
		if !ok || quantities[i] < 1 || quantities[i] > cart.MaxQuantity {
			return nil, errUnreadable
		}
		lines[i], rest = cart.Line{SKU: sku, Quantity: int(quantities[i])}, after
	}
	if rest != "" {
		return nil, errUnreadable
	}
	return lines, nil
}
