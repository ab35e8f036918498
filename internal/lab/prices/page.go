package prices

import (
	"encoding/json"
	"regexp"
	"slices"
)

// linked is where a page tells programs what it says to people (schema.org's ProductGroup as JSON-LD).
var linked = regexp.MustCompile(`(?s)<script type="application/ld\+json">(.*?)</script>`)

// shown are the prices on a product's page, each once.
func shown(page []byte) (all []int64) {
	for _, found := range linked.FindAllSubmatch(page, -1) {
		var group struct {
			HasVariant []struct {
				Offers struct{ Price int64 }
			}
		}
		if json.Unmarshal(found[1], &group) != nil {
			continue
		}
		for _, v := range group.HasVariant {
			all = append(all, v.Offers.Price)
		}
	}
	slices.Sort(all)
	return slices.Compact(all)
}
