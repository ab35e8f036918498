package carts

import (
	"context"
	"encoding/json"
	"fmt"
	"net/http"
	"time"
)

const (
	kinds = 24 // of goods that shoppers choose from
	ample = 20 // units of a SKU, more than one shopper happens to want
)

// plenty returns SKUs of which there are plenty, one for each product.
func plenty(ctx context.Context, url string) ([]string, error) {
	var list struct{ Products []struct{ ID json.Number } }
	if err := read(ctx, fmt.Sprintf("%s/api/v1/products?limit=%d", url, 2*kinds), &list); err != nil {
		return nil, err
	}
	var skus []string
	for _, p := range list.Products {
		var product struct {
			Variants []struct {
				SKU       string
				Available int
			}
		}
		if err := read(ctx, fmt.Sprintf("%s/api/v1/products/%s", url, p.ID), &product); err != nil {
			return nil, err
		}
		for _, v := range product.Variants {
			if v.Available >= ample && len(skus) < kinds {
				skus = append(skus, v.SKU)
				break
			}
		}
	}
	if len(skus) < kinds/2 {
		return nil, fmt.Errorf("the shop has plenty of only %d products", len(skus))
	}
	return skus, nil
}

func read(ctx context.Context, url string, into any) error {
	req, err := http.NewRequestWithContext(ctx, http.MethodGet, url, nil)
	if err != nil {
		return err
	}
	resp, err := (&http.Client{Timeout: 10 * time.Second}).Do(req)
	if err != nil {
		return err
	}
	defer resp.Body.Close()
	if resp.StatusCode != http.StatusOK {
		return fmt.Errorf("%s answers %s", url, resp.Status)
	}
	return json.NewDecoder(resp.Body).Decode(into)
}
