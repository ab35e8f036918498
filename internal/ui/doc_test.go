package ui

import (
	"bytes"
	"compress/gzip"
	"io"
	"testing"

	"myclothes/internal/lang"
)

// TestGzipIsThePage: whatever the cart holds, unpacking gives the page byte for byte, at the length that was announced.
func TestGzipIsThePage(t *testing.T) {
	for _, text := range []string{"", "<p>옷</p>", string(bytes.Repeat([]byte("<li>셔츠</li>"), 3000))} {
		d := Doc{lang: lang.Korean, head: []byte("<html>" + text), tail: []byte(text + "</html>")}
		if d.Shared() || d.Tag(1) != "" {
			t.Fatal("a visitor's own page has a tag")
		}
		d = d.Share()
		for _, count := range []int{0, 1, 99, 100} {
			var plain, packed bytes.Buffer
			if err := d.WriteTo(&plain, count); err != nil {
				t.Fatal(err)
			}
			if err := d.WriteGzip(&packed, count); err != nil {
				t.Fatal(err)
			}
			if plain.Len() != d.Len(count) || packed.Len() != d.GzipLen(count) {
				t.Errorf("announced %d and %d bytes, wrote %d and %d", d.Len(count), d.GzipLen(count), plain.Len(), packed.Len())
			}
			r, err := gzip.NewReader(&packed)
			if err != nil {
				t.Fatal(err)
			}
			got, err := io.ReadAll(r)
			if err != nil || !bytes.Equal(got, plain.Bytes()) {
				t.Errorf("%d in the cart: %d bytes came out of %d, %v", count, len(got), plain.Len(), err)
			}
		}
		if d.Tag(0) == d.Tag(1) {
			t.Error("pages of different carts have one tag")
		}
	}
}
