package httpx

import (
	"net/http"
	"slices"
	"strconv"
	"strings"
)

const (
	seenCookie = "mc-seen"
	maxSeen    = 20
	seenAge    = 30 * 24 * 3600 // seconds
)

// Seen returns the numbers of the products that were looked at in this browser, the latest first. The browser alone remembers them: nobody is asked, and a
// public page stays the same for everybody. What it carries names public pages and opens nothing, so it is not sealed.
func (c Cookies) Seen(r *http.Request) []int64 {
	k, err := r.Cookie(c.name(seenCookie))
	if err != nil {
		return nil
	}
	var out []int64
	for part := range strings.SplitSeq(k.Value, ".") {
		id, err := strconv.ParseInt(part, 36, 64)
		if err != nil || id <= 0 || slices.Contains(out, id) {
			continue
		}
		if out = append(out, id); len(out) == maxSeen {
			break
		}
	}
	return out
}

// See has the browser remember that a product was looked at, unless it was the latest already.
func (c Cookies) See(w http.ResponseWriter, r *http.Request, product int64) {
	was := c.Seen(r)
	if len(was) > 0 && was[0] == product {
		return
	}
	was = slices.DeleteFunc(was, func(id int64) bool { return id == product })
	parts := []string{strconv.FormatInt(product, 36)}
	for _, id := range was[:min(len(was), maxSeen-1)] {
		parts = append(parts, strconv.FormatInt(id, 36))
	}
	k := c.cookie(seenCookie, strings.Join(parts, "."))
	k.MaxAge = seenAge
	http.SetCookie(w, k)
}

// Forget has the browser forget what was looked at in it.
func (c Cookies) Forget(w http.ResponseWriter) { c.set(w, seenCookie, "") }
