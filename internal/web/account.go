package web

import (
	"net/http"
	"strconv"

	"myclothes/internal/account"
	"myclothes/internal/customer"
	"myclothes/internal/httpx"
	"myclothes/internal/order"
	"myclothes/internal/ui"
)

// accountRoutes are the pages of accounts. Those for members only send a guest to sign in first.
func (s *Web) accountRoutes() []httpx.Route {
	return []httpx.Route{
		{Pattern: "GET /account/sign-up", Handle: s.signUpForm},
		{Pattern: "POST /account/sign-up", Fresh: true, Handle: s.signUp},
		{Pattern: "GET /account/confirm/{link}", Handle: s.confirmForm},
		{Pattern: "POST /account/confirm/{link}", Fresh: true, Handle: s.confirm},
		{Pattern: "GET /account/sign-in", Handle: s.signInForm},
		{Pattern: "POST /account/sign-in", Fresh: true, Handle: s.signIn},
		{Pattern: "POST /account/sign-out", Fresh: true, Handle: s.signOut},
		{Pattern: "GET /account/forgot", Handle: s.forgotForm},
		{Pattern: "POST /account/forgot", Fresh: true, Handle: s.forgot},
		{Pattern: "GET /account/reset/{link}", Handle: s.resetForm},
		{Pattern: "POST /account/reset/{link}", Fresh: true, Handle: s.reset},
		{Pattern: "GET /account/mail/{link}", Handle: s.moveForm},
		{Pattern: "POST /account/mail/{link}", Fresh: true, Handle: s.move},

		{Pattern: "GET /account", Fresh: true, Access: httpx.Member, Handle: s.accountHome},
		{Pattern: "GET /account/orders", Fresh: true, Access: httpx.Member, Handle: s.accountOrders},
		{Pattern: "GET /account/prove", Fresh: true, Access: httpx.Member, Handle: s.proveForm},
		{Pattern: "POST /account/prove", Fresh: true, Access: httpx.Member, Handle: s.prove},
		{Pattern: "GET /account/profile", Fresh: true, Access: httpx.Member, Handle: s.profileForm},
		{Pattern: "POST /account/profile", Fresh: true, Access: httpx.Member, Handle: s.profile},
		{Pattern: "GET /account/password", Fresh: true, Access: httpx.Proved, Handle: s.passwordForm},
		{Pattern: "POST /account/password", Fresh: true, Access: httpx.Proved, Handle: s.password},
		{Pattern: "GET /account/email", Fresh: true, Access: httpx.Proved, Handle: s.emailForm},
		{Pattern: "POST /account/email", Fresh: true, Access: httpx.Proved, Handle: s.email},
		{Pattern: "GET /account/leave", Fresh: true, Access: httpx.Proved, Handle: s.leaveForm},
		{Pattern: "POST /account/leave", Fresh: true, Access: httpx.Proved, Handle: s.leave},
		{Pattern: "GET /account/data", Fresh: true, Access: httpx.Proved, Handle: s.accountData},
		{Pattern: "GET /account/addresses", Fresh: true, Access: httpx.Member, Handle: s.addresses},
		{Pattern: "GET /account/addresses/{id}", Fresh: true, Access: httpx.Member, Handle: s.addressForm},
		{Pattern: "POST /account/addresses/{id}", Fresh: true, Access: httpx.Member, Handle: s.address},
		{Pattern: "POST /account/addresses/{id}/delete", Fresh: true, Access: httpx.Member, Handle: s.dropAddress},
		{Pattern: "GET /account/devices", Fresh: true, Access: httpx.Member, Handle: s.devices},
		{Pattern: "POST /account/devices/end", Fresh: true, Access: httpx.Member, Handle: s.endOthers},
		{Pattern: "POST /account/devices/{id}/end", Fresh: true, Access: httpx.Member, Handle: s.endDevice},
		{Pattern: "GET /account/wishlist", Fresh: true, Access: httpx.Member, Handle: s.wishes},
		{Pattern: "POST /account/wishlist/{id}/delete", Fresh: true, Access: httpx.Member, Handle: s.unwish},
		{Pattern: "GET /account/consents", Fresh: true, Access: httpx.Member, Handle: s.consents},
		{Pattern: "POST /account/consents", Fresh: true, Access: httpx.Member, Handle: s.consent},
	}
}

// browser is who sends a request, as accounts see it.
func (s *Web) browser(r *http.Request) account.Browser {
	return account.Browser{Client: httpx.Client(r), Device: httpx.Device(r), Known: s.Visitors.Mark(r), Carried: httpx.Carried(r)}
}

func memberID(r *http.Request) customer.ID { return customer.ID(httpx.Session(r).Member) }

// ways are the pages of an account; here is the one that is shown.
func ways(t ui.Words, here string) []ui.Link {
	var out []ui.Link
	for _, w := range []struct{ path, ko, en string }{
		{"/account", "내 계정", "Your account"}, {"/account/orders", "주문 내역", "Orders"}, {"/account/wishlist", "찜", "Wish list"}, {"/account/addresses", "주소록", "Addresses"}, {"/account/profile", "내 정보", "Profile"},
		{"/account/keys", "로그인 방법", "Ways to sign in"}, {"/account/devices", "로그인된 기기", "Devices"}, {"/account/consents", "동의 내역", "Consents"}, {"/business", "사업자", "Business"},
	} {
		out = append(out, ui.Link{Address: t.To(w.path), Text: t.Say(w.ko, w.en), Here: w.path == here})
	}
	return out
}

func (s *Web) accountPage(w http.ResponseWriter, r *http.Request, path, part string, v ui.AccountView) error {
	return s.accountAnswer(w, r, http.StatusOK, path, part, v)
}

func (s *Web) accountAnswer(w http.ResponseWriter, r *http.Request, status int, path, part string, v ui.AccountView) error {
	v.Words, v.Part = words(r), part
	v.Ways = ways(v.Words, path)
	for _, l := range v.Ways {
		if l.Here {
			v.Heading = l.Text
		}
	}
	m, _, err := s.frame(r.Context(), v.Words, path, v.Heading, v.Heading)
	if err != nil {
		return err
	}
	return own(s, w, r, status, ui.Account, m, v)
}

func (s *Web) accountHome(w http.ResponseWriter, r *http.Request) error {
	who, _, err := s.Accounts.Store.Customer(r.Context(), memberID(r))
	if err != nil {
		return err
	}
	rows, err := s.orderRows(r, 3)
	if err != nil {
		return err
	}
	return s.accountPage(w, r, "/account", "home", ui.AccountView{Who: &who, Orders: rows, Recent: s.recent(r)})
}

func (s *Web) accountOrders(w http.ResponseWriter, r *http.Request) error {
	rows, err := s.orderRows(r, 100)
	if err != nil {
		return err
	}
	return s.accountPage(w, r, "/account/orders", "orders", ui.AccountView{Orders: rows})
}

func (s *Web) orderRows(r *http.Request, most int) ([]ui.OrderRow, error) {
	all, err := s.Desk.Orders.OrdersOf(r.Context(), httpx.Carried(r).Owner(), most)
	if err != nil {
		return nil, err
	}
	t := words(r)
	out := make([]ui.OrderRow, len(all))
	for i, o := range all {
		out[i] = ui.OrderRow{Number: o.Number, Address: t.To("/orders/" + o.Number), Image: o.Image, Title: title(t, o), Status: o.Status, Total: o.Total, At: o.PlacedAt}
	}
	return out, nil
}

func title(t ui.Words, o order.Brief) string {
	name := t.T(o.First)
	if o.Lines > 1 {
		more := strconv.Itoa(o.Lines - 1)
		return t.Say(name+" 외 "+more+"건", name+" and "+more+" more")
	}
	return name
}
