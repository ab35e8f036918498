package shoppers

import (
	"encoding/json"
	"fmt"
	"net/url"
	"strings"
)

// words that people search for.
var words = strings.Fields("셔츠 코트 니트 데님 원피스 스니커즈 가방 양말 자켓 ㅅㅊ black linen")

func (v *visit) page(path string) Outcome {
	o, _ := v.ask("GET", path, "", nil, nil)
	return o
}

func (v *visit) home() { v.page("/") }

func (v *visit) newest() { v.page("/c/" + v.crowd.category() + "?sort=new") }

func (v *visit) best() { v.page("/c/" + v.crowd.category()) }

func (v *visit) product() { v.page(fmt.Sprintf("/products/%s", v.crowd.product())) }

func (v *visit) search() { v.page("/search?q=" + url.QueryEscape(words[v.crowd.intN(len(words))])) }

func (v *visit) results() {
	v.ask("GET", fmt.Sprintf("/api/v1/products?limit=24&category=%s&sort=price_asc", v.crowd.category()), "", nil, nil)
}

// goods is what is on the shelves, known to everybody.
type goods struct {
	categories []string
	products   []string // by how often they are looked at
}

// stroll learns what there is, before the shopping begins.
func (c *Crowd) stroll() error {
	v := &visit{Shopper: newShopper(c, -1), act: "stroll"}
	var tree json.RawMessage
	if o, code := v.ask("GET", "/api/v1/categories", "", nil, &tree); o != OK {
		return fmt.Errorf("the categories are not shown: %s %s", o, code)
	}
	c.goods.categories = slugs(tree)
	for cursor := ""; ; {
		var list struct {
			Products []struct{ ID json.Number }
			Next     string `json:"next_cursor"`
		}
		if o, code := v.ask("GET", "/api/v1/products?limit=100&cursor="+url.QueryEscape(cursor), "", nil, &list); o != OK {
			return fmt.Errorf("the products are not shown: %s %s", o, code)
		}
		for _, p := range list.Products {
			c.goods.products = append(c.goods.products, p.ID.String())
		}
		if cursor = list.Next; cursor == "" || len(c.goods.products) >= 1000 {
			break
		}
	}
	if len(c.goods.products) == 0 || len(c.goods.categories) == 0 {
		return fmt.Errorf("the shop has %d products in %d categories", len(c.goods.products), len(c.goods.categories))
	}
	return nil
}

// slugs finds every category in the tree, however it is nested.
func slugs(tree json.RawMessage) (all []string) {
	var doc any
	if json.Unmarshal(tree, &doc) != nil {
		return nil
	}
	var walk func(any)
	walk = func(x any) {
		switch x := x.(type) {
		case []any:
			for _, y := range x {
				walk(y)
			}
		case map[string]any:
			if slug, ok := x["slug"].(string); ok {
				all = append(all, slug)
			}
			for _, y := range x {
				walk(y)
			}
		}
	}
	walk(doc)
	return all
}
