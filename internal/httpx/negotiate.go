package httpx

import (
	"net/http"
	"strconv"
	"strings"
)

// AcceptsGzip reports whether the client takes gzip (RFC 9110, 12.5.3): by its name or by *, unless with a weight of nothing.
func AcceptsGzip(r *http.Request) bool {
	others := false
	for _, part := range strings.Split(strings.Join(r.Header.Values("Accept-Encoding"), ","), ",") {
		coding, rest, _ := strings.Cut(strings.TrimSpace(part), ";")
		weight := 1.0
		if q, ok := strings.CutPrefix(strings.ReplaceAll(rest, " ", ""), "q="); ok {
			weight, _ = strconv.ParseFloat(q, 64)
		}
		switch strings.ToLower(strings.TrimSpace(coding)) {
		case "gzip":
			return weight > 0
		case "*":
			others = weight > 0
		}
	}
	return others
}

// Has reports whether the client says that it has the representation of that tag (If-None-Match, RFC 9110, 13.1.2), compared weakly.
func Has(r *http.Request, tag string) bool {
	for _, part := range strings.Split(strings.Join(r.Header.Values("If-None-Match"), ","), ",") {
		part = strings.TrimSpace(part)
		if part == "*" || (part != "" && strings.TrimPrefix(part, "W/") == strings.TrimPrefix(tag, "W/")) {
			return true
		}
	}
	return false
}
