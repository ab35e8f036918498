package api

import (
	"encoding/json"
	"net/http"
	"time"

	"myclothes/internal/checkout"
	"myclothes/internal/fault"
	"myclothes/internal/httpx"
	"myclothes/internal/lang"
	"myclothes/internal/money"
	"myclothes/internal/order"
	"myclothes/internal/payment"
)

type contactJSON struct {
	Name  string `json:"name"`
	Phone string `json:"phone"`
	Email string `json:"email"`
}

type deliveryJSON struct {
	Recipient     string `json:"recipient"`
	Phone         string `json:"phone"`
	Postcode      string `json:"postcode"`
	RoadAddress   string `json:"road_address"`
	DetailAddress string `json:"detail_address"`
	Memo          string `json:"memo"`
}

// agreementsJSON is a list of names, ["terms", …], or an object, {"terms": true, …}.
type agreementsJSON []checkout.Agreement

func (a *agreementsJSON) UnmarshalJSON(b []byte) error {
	var names []checkout.Agreement
	if json.Unmarshal(b, &names) == nil {
		*a = names
		return nil
	}
	var flags map[checkout.Agreement]bool
	if err := json.Unmarshal(b, &flags); err != nil {
		return fault.BadRequest.At("agreements", "동의 항목의 목록이어야 해요.", "A list of agreements.").Because("%w", err)
	}
	for _, name := range checkout.Agreements {
		if flags[name] {
			*a = append(*a, name)
		}
	}
	return nil
}

type placeJSON struct {
	Contact       contactJSON    `json:"contact"`
	Delivery      deliveryJSON   `json:"delivery"`
	PaymentMethod payment.Method `json:"payment_method"`
	Agreements    agreementsJSON `json:"agreements"`
	// SeenPrices are the unit prices that the buyer was last shown, per SKU. One that has changed since is price_changed.
	SeenPrices map[string]money.Amount `json:"seen_prices,omitempty"`
}

type paymentJSON struct {
	Provider    string         `json:"provider"`
	OrderID     string         `json:"order_id"`
	Amount      money.Amount   `json:"amount"`
	ClientKey   string         `json:"client_key"`
	CheckoutURL string         `json:"checkout_url"`
	Method      payment.Method `json:"method"`
	State       payment.State  `json:"state"`
}

type placedJSON struct {
	Number   string       `json:"number"`
	Status   order.Status `json:"status"`
	Total    money.Amount `json:"total"`
	Currency string       `json:"currency"`
	Payment  paymentJSON  `json:"payment"`
}

type orderLineJSON struct {
	SKU       string       `json:"sku"`
	ProductID int64        `json:"product_id"`
	Name      string       `json:"name"`
	Brand     string       `json:"brand"`
	Options   optionsJSON  `json:"options"`
	Quantity  int          `json:"quantity"`
	UnitPrice money.Amount `json:"unit_price"`
	LineTotal money.Amount `json:"line_total"`
	Image     string       `json:"image"`
}

type totalsJSON struct {
	Subtotal        money.Amount `json:"subtotal"`
	DeliveryFee     money.Amount `json:"delivery_fee"`
	IslandSurcharge money.Amount `json:"island_surcharge"`
	Total           money.Amount `json:"total"`
	SupplyValue     money.Amount `json:"supply_value"`
	VAT             money.Amount `json:"vat"`
	Currency        string       `json:"currency"`
}

type eventJSON struct {
	At     time.Time    `json:"at"`
	From   order.Status `json:"from"`
	To     order.Status `json:"to"`
	Reason order.Reason `json:"reason"`
}

type orderJSON struct {
	Number    string          `json:"number"`
	Status    order.Status    `json:"status"`
	PlacedAt  time.Time       `json:"placed_at"`
	HoldUntil time.Time       `json:"hold_until"`
	Lines     []orderLineJSON `json:"lines"`
	Totals    totalsJSON      `json:"totals"`
	Payment   paymentJSON     `json:"payment"`
	Contact   contactJSON     `json:"contact"`
	Delivery  deliveryJSON    `json:"delivery"`
	History   []eventJSON     `json:"history"`
}

func (a *API) paymentOf(r checkout.Receipt) paymentJSON {
	p := r.Payment()
	return paymentJSON{p.Provider, p.OrderID, p.Amount, a.Desk.Provider.ClientKey(), p.CheckoutURL, p.Method, p.State}
}

func (a *API) orderOf(r checkout.Receipt, t lang.Tag) orderJSON {
	o := &r.Order
	m := o.Totals
	out := orderJSON{
		Number: o.Number, Status: o.Status, PlacedAt: o.PlacedAt, HoldUntil: o.HoldUntil, Payment: a.paymentOf(r),
		Totals:   totalsJSON{m.Subtotal, m.Delivery, m.Surcharge, m.Total, m.Supply, m.VAT, money.Currency},
		Contact:  contactJSON(o.Contact),
		Delivery: deliveryJSON(o.Delivery),
	}
	for _, l := range o.Lines {
		out.Lines = append(out.Lines, orderLineJSON{l.SKU, l.ProductID, l.Name.In(t), l.Brand.In(t), optionsJSON{l.Color.In(t), l.Size},
			l.Quantity, l.UnitPrice, l.Total(), picture(l.Image)})
	}
	for _, e := range o.History {
		out.History = append(out.History, eventJSON(e))
	}
	return out
}

func (a *API) place(w http.ResponseWriter, r *http.Request) error {
	var in placeJSON
	if err := httpx.DecodeJSON(w, r, &in); err != nil {
		return err
	}
	req := checkout.Request{Contact: order.Contact(in.Contact), Delivery: order.Delivery(in.Delivery), Method: in.PaymentMethod, Agreements: in.Agreements}
	was := httpx.Carried(r)
	got, next, err := a.Desk.Place(r.Context(), was, r.Header.Get("Idempotency-Key"), req, checkout.Seen{Prices: in.SeenPrices}, httpx.Lang(r))
	if err != nil {
		return err
	}
	a.Visitors.Carry(w, was, next)
	w.Header().Set("Location", "/api/v1/orders/"+got.Order.Number)
	return reply(w, http.StatusCreated, placedJSON{got.Order.Number, got.Order.Status, got.Order.Totals.Total, money.Currency, a.paymentOf(got)})
}

func (a *API) order(w http.ResponseWriter, r *http.Request) error {
	got, err := a.Desk.Orders.OrderFor(r.Context(), r.PathValue("number"), httpx.Carried(r).Owner())
	if err != nil {
		return err
	}
	return reply(w, http.StatusOK, a.orderOf(got, httpx.Lang(r)))
}

// maySee refuses an order that is not the visitor's as if there were none.
func (a *API) maySee(r *http.Request) error {
	return a.Desk.Orders.MaySee(r.Context(), r.PathValue("number"), httpx.Carried(r).Owner())
}

func (a *API) confirm(w http.ResponseWriter, r *http.Request) error {
	var in struct {
		PaymentKey string       `json:"paymentKey"`
		OrderID    string       `json:"orderId"`
		Amount     money.Amount `json:"amount"`
	}
	if err := httpx.DecodeJSON(w, r, &in); err != nil {
		return err
	}
	if err := a.maySee(r); err != nil {
		return err
	}
	got, err := a.Desk.Confirm(r.Context(), r.PathValue("number"), in.OrderID, in.PaymentKey, in.Amount, httpx.Lang(r))
	if err != nil {
		return err
	}
	return reply(w, http.StatusOK, a.orderOf(got, httpx.Lang(r)))
}

func (a *API) cancel(w http.ResponseWriter, r *http.Request) error {
	if err := a.maySee(r); err != nil {
		return err
	}
	got, err := a.Desk.Cancel(r.Context(), r.PathValue("number"))
	if err != nil {
		return err
	}
	return reply(w, http.StatusOK, a.orderOf(got, httpx.Lang(r)))
}

// webhook takes a webhook for what it is worth: anybody could have sent it, so it only makes the worker ask sooner. It is answered
// at once and with 200, or it would be sent again for four days.
func (a *API) webhook(w http.ResponseWriter, r *http.Request) error {
	var in struct {
		OrderID string `json:"orderId"` // DEPOSIT_CALLBACK
		Data    struct {
			OrderID string `json:"orderId"` // PAYMENT_STATUS_CHANGED
		} `json:"data"`
	}
	if err := json.NewDecoder(http.MaxBytesReader(w, r.Body, httpx.MaxBody)).Decode(&in); err != nil {
		return fault.BadRequest.Because("%w", err)
	}
	id := in.Data.OrderID
	if id == "" {
		id = in.OrderID
	}
	if err := a.Desk.Orders.Recheck(r.Context(), id, a.Now()); err != nil {
		return err
	}
	w.WriteHeader(http.StatusOK)
	return nil
}
