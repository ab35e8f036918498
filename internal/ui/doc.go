package ui

import (
	"bytes"
	"compress/flate"
	"crypto/sha256"
	"encoding/binary"
	"encoding/hex"
	"hash/crc32"
	"io"
	"strconv"
	"sync"

	"myclothes/internal/lang"
)

// Doc is a rendered page with a hole in it for what is the visitor's own. It may be shared and must not be changed.
type Doc struct {
	Path       string // Meta.Path
	lang       lang.Tag
	head, tail []byte
	alone      bool    // a fragment: there is nothing of the visitor's in it
	shared     *shared // nil until Share
}

// Alone reports whether the document holds nothing of the visitor's.
func (d Doc) Alone() bool { return d.alone }

// shared is what a page that many visitors see has besides.
type shared struct {
	hash string
	// Both parts as raw deflate (RFC 1951), made when the first browser asks for it. head ends on a whole byte and leaves the stream open, tail ends it;
	// neither refers to bytes before it, so that anything may stand between them.
	deflate    sync.Once
	head, tail []byte
}

// hole marks the visitor's place in the frame. It cannot come from data: html/template would have escaped its brackets.
const hole = "<!--visitor-->"

// Bytes returns how much memory the page takes, its compressed form included.
func (d Doc) Bytes() int { return (len(d.head) + len(d.tail)) * 4 / 3 }

// Share returns the page made ready for being sent to many visitors: with a tag, and compressed once instead of each time.
func (d Doc) Share() Doc {
	sum := sha256.New()
	sum.Write(d.head)
	sum.Write(d.tail)
	d.shared = &shared{hash: hex.EncodeToString(sum.Sum(nil)[:12])}
	return d
}

// Shared reports whether the page has a tag, and WriteGzip and GzipLen may be called.
func (d Doc) Shared() bool { return d.shared != nil }

func (d Doc) deflated() *shared {
	d.shared.deflate.Do(func() { d.shared.head, d.shared.tail = deflate(d.head, false), deflate(d.tail, true) })
	return d.shared
}

// deflate never fails: it writes into memory at a level that exists.
func deflate(text []byte, last bool) []byte {
	var b bytes.Buffer
	w, err := flate.NewWriter(&b, flate.DefaultCompression)
	if err != nil {
		panic(err)
	}
	w.Write(text)
	if last {
		w.Close()
	} else {
		w.Flush()
	}
	return b.Bytes()
}

// Tag returns the entity tag of the page for a visitor whose cart holds count units; "" unless it is shared. It is a weak one: both encodings are the
// same page.
func (d Doc) Tag(count int) string {
	if d.shared == nil {
		return ""
	}
	return `W/"` + d.shared.hash + "-" + strconv.Itoa(count) + `"`
}

// Len returns how many bytes WriteTo writes for that count.
func (d Doc) Len(count int) int { return len(d.head) + len(d.badge(count)) + len(d.tail) }

// WriteTo writes the page for a visitor whose cart holds count units.
func (d Doc) WriteTo(w io.Writer, count int) error {
	return writeAll(w, d.head, []byte(d.badge(count)), d.tail)
}

// gzipHeader is that of RFC 1952, 2.3: deflate, no name, no time, unknown system.
var gzipHeader = []byte{0x1f, 0x8b, 8, 0, 0, 0, 0, 0, 0, 255}

// stored returns text as a stored block of deflate (RFC 1951, 3.2.4) that is not the last. It is far shorter than the 65,535 bytes that fit.
func stored(text string) []byte {
	if text == "" {
		return nil
	}
	b := append(make([]byte, 0, 5+len(text)), 0)
	b = binary.LittleEndian.AppendUint16(b, uint16(len(text)))
	b = binary.LittleEndian.AppendUint16(b, ^uint16(len(text)))
	return append(b, text...)
}

// GzipLen returns how many bytes WriteGzip writes for that count.
func (d Doc) GzipLen(count int) int {
	z := d.deflated()
	return len(gzipHeader) + len(z.head) + len(stored(d.badge(count))) + len(z.tail) + 8
}

// WriteGzip is WriteTo as one gzip member. Only the checksum is worked out anew, which costs a few microseconds.
func (d Doc) WriteGzip(w io.Writer, count int) error {
	z, own := d.deflated(), d.badge(count)
	sum := crc32.Update(crc32.Update(crc32.ChecksumIEEE(d.head), crc32.IEEETable, []byte(own)), crc32.IEEETable, d.tail)
	trailer := binary.LittleEndian.AppendUint32(nil, sum)
	trailer = binary.LittleEndian.AppendUint32(trailer, uint32(d.Len(count)))
	return writeAll(w, gzipHeader, z.head, stored(own), z.tail, trailer)
}

func writeAll(w io.Writer, parts ...[]byte) error {
	for _, p := range parts {
		if _, err := w.Write(p); err != nil {
			return err
		}
	}
	return nil
}

// badge is the visitor's own part of the frame. It holds a number and nothing else, so it needs no escaping.
func (d Doc) badge(count int) string {
	if count == 0 || d.alone {
		return ""
	}
	n := strconv.Itoa(count)
	shown := n
	if count > 99 {
		shown = "99+"
	}
	return `<span class="badge" aria-hidden="true">` + shown + `</span><span class="hidden">` + Words{d.lang}.Say(n+"개 담김", n+" items") + `</span>`
}
