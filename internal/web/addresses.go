package web

import (
	"errors"
	"net/http"
	"slices"

	"myclothes/internal/customer"
	"myclothes/internal/fault"
	"myclothes/internal/httpx"
	"myclothes/internal/ui"
)

func (s *Web) addresses(w http.ResponseWriter, r *http.Request) error {
	all, err := s.Accounts.Store.Addresses(r.Context(), memberID(r))
	if err != nil {
		return err
	}
	return s.accountPage(w, r, "/account/addresses", "addresses", ui.AccountView{Addresses: all})
}

func (s *Web) addressView(r *http.Request, id string, get func(string) string, isDefault bool) ui.FormView {
	t := words(r)
	phone := phoneInput("delivery.phone", get("delivery.phone"), t.Say("연락처", "Phone"))
	postcode := input("delivery.postcode", get("delivery.postcode"), t.Say("우편번호", "Postcode"), "text", "postal-code", 5)
	postcode.Mode, postcode.Example = "numeric", "04524"
	road := input("delivery.road_address", get("delivery.road_address"), t.Say("도로명주소", "Road address"), "text", "address-line1", 200)
	road.Example = "서울특별시 중구 세종대로 110"
	detail := input("delivery.detail_address", get("delivery.detail_address"), t.Say("상세주소", "Flat, floor, building"), "text", "address-line2", 200)
	detail.Optional = true
	memo := input("delivery.memo", get("delivery.memo"), t.Say("배송 메모", "Note to the courier"), "text", "off", 100)
	memo.Optional = true
	return ui.FormView{Heading: t.Say("주소", "Address"), Action: t.To("/account/addresses/" + id), Submit: t.Say("저장", "Save"),
		Inputs: []ui.Input{input("delivery.recipient", get("delivery.recipient"), t.Say("받는 분", "Recipient"), "text", "name", 50), phone, postcode, road, detail, memo},
		Ticks:  []ui.Tick{{Name: "default", Value: "yes", Text: t.Say("기본 배송지로 쓸게요", "Make it the default"), Ticked: isDefault}},
		Links:  []ui.Link{{Address: t.To("/account/addresses"), Text: t.Say("주소록으로", "Back to the addresses")}}}
}

func (s *Web) addressForm(w http.ResponseWriter, r *http.Request) error {
	id := r.PathValue("id")
	if id == "new" {
		return s.asks(w, r, http.StatusOK, "/account/addresses/new", s.addressView(r, id, nothing, false))
	}
	all, err := s.Accounts.Store.Addresses(r.Context(), memberID(r))
	if err != nil {
		return err
	}
	i := slices.IndexFunc(all, func(a customer.Address) bool { return a.ID == id })
	if i < 0 {
		return fault.NoSuchPage
	}
	a := all[i]
	has := map[string]string{"delivery.recipient": a.Recipient, "delivery.phone": words(r).Phone(a.Phone), "delivery.postcode": a.Postcode,
		"delivery.road_address": a.Road, "delivery.detail_address": a.Detail, "delivery.memo": a.Memo}
	return s.asks(w, r, http.StatusOK, "/account/addresses", s.addressView(r, id, func(name string) string { return has[name] }, a.Default))
}

func (s *Web) address(w http.ResponseWriter, r *http.Request) error {
	if err := httpx.ParseForm(w, r); err != nil {
		return err
	}
	f, id := form{r.PostForm}, r.PathValue("id")
	isDefault := f.Get("default") == "yes"
	d, err := f.request().CheckDelivery()
	if err == nil {
		a := customer.Address{Recipient: d.Recipient, Phone: d.Phone, Postcode: d.Postcode, Road: d.RoadAddress, Detail: d.DetailAddress, Memo: d.Memo, Default: isDefault}
		if id != "new" {
			a.ID = id
		}
		err = s.Accounts.Store.PutAddress(r.Context(), memberID(r), a)
	}
	if errors.Is(err, fault.NoSuchPage) {
		return err
	}
	if err != nil {
		return s.again(w, r, "/account/addresses", s.addressView(r, id, f.Get, isDefault), err)
	}
	return goTo(w, r, "/account/addresses")
}

func (s *Web) dropAddress(w http.ResponseWriter, r *http.Request) error {
	if err := s.Accounts.Store.DropAddress(r.Context(), memberID(r), r.PathValue("id")); err != nil {
		return err
	}
	return goTo(w, r, "/account/addresses")
}
