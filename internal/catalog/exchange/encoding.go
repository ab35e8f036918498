package exchange

import (
	"bufio"
	"bytes"
	"io"
	"unicode/utf8"

	"golang.org/x/text/encoding"
	"golang.org/x/text/encoding/korean"
	"golang.org/x/text/encoding/unicode"
	"golang.org/x/text/transform"
)

// sniffed is how much of a file decides about its encoding. A file whose first character outside ASCII comes later is taken for UTF-8.
const sniffed = 1 << 20

// decoded returns the file as UTF-8 without a byte order mark, and the name of the encoding it had. Korean spreadsheets still write CP949; a file that is
// neither UTF-8 nor UTF-16 is read as that, unless it is UTF-8 but for a few bytes: those are found where they stand. A file of another kind is a Fault.
func decoded(r io.Reader) (io.Reader, string, error) {
	b := bufio.NewReaderSize(r, sniffed)
	head, err := b.Peek(sniffed)
	if err != nil && err != io.EOF {
		return nil, "", err
	}
	whole := err == io.EOF
	e, name := encoding.Encoding(nil), "UTF-8"
	switch {
	case bytes.HasPrefix(head, []byte("\xef\xbb\xbf")):
		_, err := b.Discard(3)
		return b, name, err
	case bytes.HasPrefix(head, []byte("\xff\xfe")), bytes.HasPrefix(head, []byte("\xfe\xff")):
		e, name = unicode.UTF16(unicode.LittleEndian, unicode.UseBOM), "UTF-16"
	case bytes.HasPrefix(head, []byte("PK\x03\x04")), bytes.HasPrefix(head, []byte("\xd0\xcf\x11\xe0")):
		return nil, "", Fault{Line: 1, Text: "this is a spreadsheet program's own file; save it as “CSV UTF-8”"}
	case isWide(head):
		return nil, "", Fault{Line: 1, Text: "this is UTF-16 without a byte order mark; save the file as UTF-8"}
	case !isUTF8(head, whole) && !isMostlyUTF8(head):
		e, name = korean.EUCKR, "CP949"
	default:
		return b, name, nil
	}
	return transform.NewReader(b, e.NewDecoder()), name, nil
}

// isUTF8 reports whether head is UTF-8; its last character may be cut off unless it is the whole file.
func isUTF8(head []byte, whole bool) bool {
	for n := 0; !whole && n < utf8.UTFMax && len(head) > 0; n++ {
		if utf8.Valid(head) {
			return true
		}
		head = head[:len(head)-1]
	}
	return utf8.Valid(head)
}

// isWide reports whether every second byte is a zero where there is any text in Latin letters: UTF-16 that does not say so.
func isWide(head []byte) bool {
	some := head[:min(len(head), 4096)]
	return len(some) > 3 && bytes.Count(some, []byte{0}) > len(some)/4 && !bytes.Contains(some, []byte{0, 0, 0})
}

// isMostlyUTF8 reports whether more characters of three bytes are UTF-8, as all Hangul is, than bytes are not. In CP949 such triples do not come about by chance: Hangul
// begins with other bytes there.
func isMostlyUTF8(head []byte) bool {
	good, bad := 0, 0
	for len(head) > 0 {
		r, n := utf8.DecodeRune(head)
		switch {
		case r == utf8.RuneError && n == 1:
			bad++
		case n == 3:
			good++
		}
		head = head[n:]
	}
	return good > bad
}
