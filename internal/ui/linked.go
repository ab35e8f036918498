package ui

import (
	"myclothes/internal/catalog"
)

// What pages say to programs, in the words of schema.org. A value is one JSON object of a script element.

type object map[string]any

func thing(kind string, members object) object {
	members["@context"], members["@type"] = "https://schema.org", kind
	return members
}

// Organization says who runs the shop.
func (s *Site) Organization(w Words) any {
	o := thing("OnlineStore", object{"name": w.Say("마이클로즈", "MyClothes"), "url": s.BaseURL + w.To("/"), "logo": s.BaseURL + Asset("share.png")})
	if s.Seller.Name != "" {
		o["legalName"], o["telephone"], o["email"] = s.Seller.Name, s.Seller.Phone, s.Seller.Email
		o["address"] = object{"@type": "PostalAddress", "streetAddress": s.Seller.Address, "addressCountry": "KR"}
		o["identifier"] = object{"@type": "PropertyValue", "propertyID": "사업자등록번호", "value": s.Seller.BusinessNumber}
	}
	return o
}

// SearchBox says how the shop is searched.
func (s *Site) SearchBox(w Words) any {
	return thing("WebSite", object{"name": w.Say("마이클로즈", "MyClothes"), "url": s.BaseURL + w.To("/"),
		"potentialAction": object{"@type": "SearchAction", "target": object{"@type": "EntryPoint", "urlTemplate": s.BaseURL + w.To("/search?q={q}")}, "query-input": "required name=q"}})
}

// Breadcrumbs says where the page stands in the tree.
func (s *Site) Breadcrumbs(w Words, path []Link) any {
	items := []object{}
	for i, l := range path {
		items = append(items, object{"@type": "ListItem", "position": i + 1, "name": l.Text, "item": s.BaseURL + l.Address})
	}
	return thing("BreadcrumbList", object{"itemListElement": items})
}

// ProductGroup says what is sold, each variant with its offer. Prices are those of the page.
func (s *Site) ProductGroup(v ProductView) any {
	url := s.BaseURL + v.Item(v.ID, v.Slug)
	variants := []object{}
	for _, x := range v.Variants {
		availability := "https://schema.org/InStock"
		switch {
		case v.Stopped:
			availability = "https://schema.org/Discontinued"
		case x.SoldOut():
			availability = "https://schema.org/OutOfStock"
		}
		o := object{"@type": "Product", "sku": x.SKU, "name": v.T(v.Product.Name) + " " + v.T(x.Color.Name) + " " + x.Size.Label, "color": v.T(x.Color.Name), "size": x.Size.Label,
			"offers": object{"@type": "Offer", "url": url, "price": int64(x.Price), "priceCurrency": "KRW", "availability": availability, "itemCondition": "https://schema.org/NewCondition"}}
		if p := pictureOf(v.Product, x.Color.Code); p != "" {
			o["image"] = s.BaseURL + v.Picture(p)
		}
		variants = append(variants, o)
	}
	return thing("ProductGroup", object{"@id": url, "productGroupID": v.ID, "name": v.T(v.Product.Name), "description": v.T(v.Description), "url": url,
		"brand": object{"@type": "Brand", "name": v.T(v.Brand.Name)}, "variesBy": []string{"https://schema.org/color", "https://schema.org/size"}, "hasVariant": variants})
}

// pictureOf returns the path of the first picture that shows a colour; "" without one.
func pictureOf(p catalog.Product, color string) string {
	for _, i := range p.Images {
		if i.Color == color || i.Color == "" {
			return i.Path
		}
	}
	return ""
}
