package shoppers

type cartDoc struct {
	Lines []struct {
		SKU      string
		Quantity int
	}
}

// basket looks into the cart, adds to it, or changes a line.
func (v *visit) basket() {
	switch n := v.crowd.intN(10); {
	case n < 5:
		v.add()
	case n < 8 || len(v.cart) == 0:
		v.look()
	default:
		v.change()
	}
}

// add opens a product, chooses one that can be had, and puts it into the cart.
func (v *visit) add() Outcome {
	var p struct {
		Variants []struct {
			SKU       string
			Available int
		}
	}
	if o, _ := v.ask("GET", "/api/v1/products/"+v.crowd.product(), "", nil, &p); o != OK {
		return o
	}
	for _, choice := range p.Variants {
		if choice.Available > 0 && v.cart[choice.SKU].most < 50 {
			return v.put(choice.SKU, 1+v.crowd.intN(2))
		}
	}
	return Refused
}

func (v *visit) put(sku string, n int) Outcome {
	var got cartDoc
	o, _ := v.ask("POST", "/api/v1/cart/lines", "", map[string]any{"sku": sku, "quantity": n}, &got)
	v.cart[sku] = v.cart[sku].added(n, o)
	v.compare(got, o, "after an addition")
	return o
}

// change sets a line that the cart has or had to something else, sometimes to nothing.
func (v *visit) change() {
	for sku := range v.cart {
		var got cartDoc
		n := v.crowd.intN(3)
		o, _ := v.ask("PATCH", "/api/v1/cart/lines/"+sku, "", map[string]any{"quantity": n}, &got)
		v.cart[sku] = v.cart[sku].set(n, o)
		v.compare(got, o, "after a change")
		return
	}
}

func (v *visit) look() Outcome {
	var got cartDoc
	o, _ := v.ask("GET", "/api/v1/cart", "", nil, &got)
	v.compare(got, o, "when looked at")
	return o
}

// compare holds the cart that the shop shows against what was acknowledged (C1, R1) and asked for (C3). What is wrong is told once.
func (v *visit) compare(got cartDoc, o Outcome, when string) {
	if o != OK {
		return
	}
	has := map[string]int{}
	for _, l := range got.Lines {
		has[l.SKU] = l.Quantity
		if _, asked := v.cart[l.SKU]; !asked {
			v.crowd.History.Broke("C3", v.ID, "%s the cart holds %s, which this shopper never asked for", when, l.SKU)
		}
	}
	for sku, s := range v.cart {
		if n := has[sku]; !s.allows(n) {
			v.crowd.History.Broke("C1", v.ID, "%s the cart holds %d of %s, must be %d to %d", when, n, sku, s.least, s.most)
		}
		v.cart[sku] = v.cart[sku].seen(has[sku])
	}
}

// empty clears the cart of what cannot be ordered any more.
func (v *visit) empty() {
	for sku := range v.cart {
		var got cartDoc
		o, _ := v.ask("DELETE", "/api/v1/cart/lines/"+sku, "", nil, &got)
		v.cart[sku] = v.cart[sku].set(0, o)
	}
}
