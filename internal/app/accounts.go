package app

import (
	"context"
	"errors"
	"log/slog"
	"strings"
	"time"

	"myclothes/internal/account"
	"myclothes/internal/customer"
	"myclothes/internal/mail"
	"myclothes/internal/outbox"
	"myclothes/internal/passkey"
	"myclothes/internal/seal"
	"myclothes/internal/social"
	"myclothes/internal/store"
)

func (x *shop) ring() (*seal.Ring, error) {
	keys, err := x.settings.Keys()
	if err != nil {
		return nil, err
	}
	return seal.NewRing(keys...)
}

func (x *shop) openVault() (*seal.Vault, error) {
	keys, err := x.settings.Keys()
	if err != nil {
		return nil, err
	}
	return seal.NewVault(keys...)
}

// openAccounts makes accounts; openDesk adds what they share with buying.
func (x *shop) openAccounts() error {
	ring, err := x.ring()
	if err != nil {
		return err
	}
	x.customers = x.db.Customers(x.vault)
	x.accounts = &account.Accounts{
		Store: x.customers, Rates: x.db.Rates(), Passwords: customer.NewPasswords(), Links: ring, Now: time.Now,
		Blind: func(purpose, text string) string { return x.vault.Index(purpose, text)[0] },
	}
	x.accounts.Verifier = social.NewVerifier
	if s := x.settings; s.KakaoClientID != "" {
		x.accounts.Providers = append(x.accounts.Providers, social.Kakao(social.Options{Auth: s.KakaoAuthURL, User: s.KakaoUserURL, ClientID: s.KakaoClientID, ClientSecret: s.KakaoClientSecret, Timeout: s.SocialTimeout, Now: time.Now}))
	}
	if s := x.settings; s.NaverClientID != "" {
		x.accounts.Providers = append(x.accounts.Providers, social.Naver(social.Options{Auth: s.NaverAuthURL, User: s.NaverUserURL, ClientID: s.NaverClientID, ClientSecret: s.NaverClientSecret, Timeout: s.SocialTimeout, Now: time.Now}))
	}
	switch ceremony, err := passkey.New(x.settings.BaseURL); {
	case errors.Is(err, passkey.ErrNoDomain):
		slog.Info("no passkeys: base-url is a number, and they belong to a domain")
	case err != nil:
		return err
	default:
		x.accounts.Keys = ceremony
	}
	return nil
}

var _ customer.Store = (*store.Customers)(nil)

// deliver writes to people what happened to their order or their account.
func (x *shop) deliver(ctx context.Context, e outbox.Event) error {
	if strings.HasPrefix(string(e.Topic), "customer.") {
		m, ok, err := x.accounts.Message(ctx, e, x.settings.BaseURL)
		if err != nil || !ok {
			return err
		}
		return x.sender.Send(ctx, mail.Message{ID: e.ID, To: m.To, Subject: m.Subject, Body: m.Body, At: e.At})
	}
	if strings.HasPrefix(string(e.Topic), "company.") {
		m, ok, err := x.business.Message(ctx, e, x.settings.BaseURL)
		if err != nil || !ok {
			return err
		}
		return x.sender.Send(ctx, mail.Message{ID: e.ID, To: m.To, Subject: m.Subject, Body: m.Body, At: e.At})
	}
	o, err := x.desk.Orders.Bought(ctx, e.Subject)
	if err != nil {
		return err
	}
	subject, body, ok := o.Message(e.Topic, x.settings.BaseURL)
	if !ok {
		return nil
	}
	return x.sender.Send(ctx, mail.Message{ID: e.ID, To: o.Contact.Email, Subject: subject, Body: body, At: e.At})
}
