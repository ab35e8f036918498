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
// neither UTF-8 nor UTF-16 is read as that.
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
	case !isUTF8(head, whole):
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
