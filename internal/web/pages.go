package web

import (
	"context"
	"net/http"

	"myclothes/internal/fault"
	"myclothes/internal/lang"
	"myclothes/internal/ui"
)

// texts are the legal pages by their address.
var texts = []struct {
	which string
	name  lang.Text
}{
	{"terms", lang.Text{KO: "이용약관", EN: "Terms of use"}},
	{"privacy", lang.Text{KO: "개인정보처리방침", EN: "Privacy policy"}},
	{"guide", lang.Text{KO: "배송·교환·반품 안내", EN: "Delivery, exchanges and returns"}},
}

func (s *Web) legal(w http.ResponseWriter, r *http.Request) error {
	which := r.PathValue("which")
	for _, x := range texts {
		if x.which == which {
			return s.public(w, r, "/legal/"+which, func(ctx context.Context, t ui.Words) (sight, error) {
				m, tree, err := s.frame(ctx, t, "/legal/"+which, x.name.KO, x.name.EN)
				if err != nil {
					return sight{}, err
				}
				v := ui.LegalView{Words: t, Seller: s.Site.Seller, Which: which, Policy: s.Facts}
				for _, o := range texts {
					v.Others = append(v.Others, ui.Link{Address: t.To("/legal/" + o.which), Text: t.T(o.name), Here: o.which == which})
				}
				return sight{tree.Version(), func() (ui.Doc, error) { return ui.Render(s.Site, ui.Legal, m, v) }}, nil
			})
		}
	}
	return fault.NoSuchPage
}

// mails shows what the demo would have sent.
func (s *Web) mails(w http.ResponseWriter, r *http.Request) error {
	t := words(r)
	all, err := s.Mails()
	if err != nil {
		return err
	}
	m, _, err := s.frame(r.Context(), t, "/demo/mail", "보낸 메일함 (데모)", "Sent mail (demo)")
	if err != nil {
		return err
	}
	return own(s, w, r, http.StatusOK, ui.Mails, m, ui.MailsView{Words: t, Mails: all})
}
