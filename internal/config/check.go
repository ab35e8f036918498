package config

import (
	"errors"
	"fmt"
	"net"
	"net/mail"
	"net/netip"
	"net/url"
	"path/filepath"
	"reflect"
	"slices"
	"strings"
	"time"

	"myclothes/internal/company"
	"myclothes/internal/seal"
)

// Complete fills in what follows from other settings.
func (s *Settings) Complete() {
	if s.Database == "" {
		s.Database = "sqlite:" + filepath.Join(s.Data, "myclothes.db")
	}
	if s.Media == "" {
		s.Media = "file:" + filepath.Join(s.Data, "media")
	}
	if s.BaseURL = strings.TrimRight(s.BaseURL, "/"); s.BaseURL == "" {
		_, port, _ := net.SplitHostPort(s.Listen)
		s.BaseURL = "http://localhost:" + port
	}
}

// Delay is the effective drain delay.
func (s *Settings) Delay() time.Duration {
	if s.DrainDelay == nil {
		return 5 * time.Second
	}
	return *s.DrainDelay
}

// Demo fills the seller in with an invented one, so that the demo looks like a shop.
func (s *Settings) Demo() {
	invented := Seller{
		Name: "마이클로즈 (데모)", Representative: "김하루", Address: "서울특별시 중구 세종대로 110 (데모)", Phone: "02-0000-0000", Email: "help@myclothes.example",
		BusinessNumber: "123-45-67890", MailOrder: "제2026-서울중구-0000호 (데모)", Hosting: "마이클로즈 (데모)", PrivacyOfficer: "이보람",
	}
	v, d := reflect.ValueOf(&s.Seller).Elem(), reflect.ValueOf(invented)
	for i := range v.NumField() {
		if v.Field(i).String() == "" {
			v.Field(i).Set(d.Field(i))
		}
	}
	if s.DrainDelay == nil {
		s.DrainDelay = new(time.Duration)
	}
	if s.MailFrom == "" {
		s.MailFrom = "마이클로즈 <shop@myclothes.example>"
	}
}

// problems collects what is wrong, each with the setting's name.
type problems []error

func (p *problems) add(setting, format string, args ...any) {
	*p = append(*p, fmt.Errorf("--%s: "+format, append([]any{setting}, args...)...))
}

// Check returns everything that is wrong with the settings, joined, one per line. production asks for all that a real shop needs.
func (s *Settings) Check(production bool) error {
	var p problems
	s.checkServing(&p, production)
	s.checkStorage(&p, production)
	s.checkPayments(&p, production)
	s.checkSocial(&p, production)
	if production {
		s.checkSeller(&p)
		s.checkMail(&p)
	}
	return errors.Join(p...)
}

func (s *Settings) checkServing(p *problems, production bool) {
	u, err := url.Parse(s.BaseURL)
	if err != nil || (u.Scheme != "http" && u.Scheme != "https") || u.Host == "" || u.Path != "" {
		p.add("base-url", "must be the shop's public address without a path, such as https://myclothes.com; it is %q", s.BaseURL)
	} else if production && u.Scheme != "https" && u.Hostname() != "127.0.0.1" {
		p.add("base-url", "must be the shop's public address and begin with https://, or cookies and payments would travel in the clear (only 127.0.0.1 may do without)")
	}
	for _, c := range s.TrustedProxies {
		if _, err := netip.ParsePrefix(c); err != nil {
			p.add("trusted-proxies", "%q is not a network such as 10.0.0.0/8", c)
		}
	}
	if s.Delay() < 0 || s.DrainTimeout <= s.Delay() {
		p.add("drain-timeout", "must be longer than drain-delay, or no request in flight could finish")
	}
}

func (s *Settings) checkStorage(p *problems, production bool) {
	if !strings.HasPrefix(s.Database, "sqlite:") && !strings.HasPrefix(s.Database, "postgres://") && !strings.HasPrefix(s.Database, "postgresql://") {
		p.add("database", "must begin with sqlite: or postgres://")
	}
	for i, r := range s.Replicas {
		u, err := url.Parse(r)
		switch {
		case strings.HasPrefix(s.Database, "sqlite:"):
			p.add("replicas", "SQLite has none; leave it empty, or choose PostgreSQL")
			return
		case err != nil || u.Scheme != "postgres" && u.Scheme != "postgresql" || u.Host == "" || strings.Contains(u.Host, ","):
			p.add("replicas", "number %d is not postgres://user:password@host:port/database with one host", i+1)
		}
	}
	if production && len(s.SecretKeys) == 0 { // the demo makes one
		p.add("secret-keys", "accounts, links and cookies are sealed: give at least one key, the same to every instance")
	}
	for setting, home := range map[string]string{"cart-home": s.CartHome, "cart-home-previous": s.CartHomePrevious} {
		switch {
		case home == "valkey" && s.Valkey == "":
			p.add("valkey", "%s is valkey: say where it is", setting)
		case home == "dynamodb" && s.Dynamodb == "":
			p.add("dynamodb", "%s is dynamodb: say which table", setting)
		}
	}
	if s.CartHomePrevious == s.CartHome {
		p.add("cart-home-previous", "is the same as cart-home")
	}
	if s.Cache == "valkey" && s.Valkey == "" {
		p.add("valkey", "cache is valkey: say where it is")
	}
	for _, kind := range s.CacheRefill {
		if !slices.Contains(kept, kind) {
			p.add("cache-refill", "%q is not kept; there are %s", kind, strings.Join(kept, ", "))
		}
	}
	if s.CacheFor < 0 || s.CacheFor > 500*time.Millisecond {
		p.add("cache-for", "must be between 0s and 500ms, so that no page is older than a second")
	}
	if !strings.HasPrefix(s.Media, "file:") {
		p.add("media", "must begin with file:")
	}
	if _, err := s.Keys(); err != nil {
		p.add("secret-keys", "%w", err)
	}
}

// Keys reads the secret keys; none where there are none.
func (s *Settings) Keys() ([]seal.Key, error) {
	var out []seal.Key
	for _, k := range s.SecretKeys {
		key, err := seal.ParseKey(k)
		if err != nil {
			return nil, err
		}
		out = append(out, key)
	}
	if len(out) > 0 {
		if _, err := seal.NewRing(out...); err != nil {
			return nil, err
		}
	}
	return out, nil
}

func (s *Settings) checkPayments(p *problems, production bool) {
	if production && s.Payments.Payments == "simulator" {
		p.add("payments", "the simulator takes no money; choose toss")
	}
	if s.Payments.Payments == "toss" {
		if s.TossSecretKey == "" {
			p.add("toss-secret-key", "is missing")
		}
		if s.TossClientKey == "" {
			p.add("toss-client-key", "is missing")
		}
	}
	if u, err := url.Parse(s.NTSBaseURL); err != nil || u.Host == "" || production && u.Scheme != "https" && u.Hostname() != "127.0.0.1" {
		p.add("nts-base-url", "must be an address that begins with https://, or the service key would travel in the clear")
	}
	u, err := url.Parse(s.TossBaseURL)
	if err != nil || u.Host == "" {
		p.add("toss-base-url", "must be an address such as https://api.tosspayments.com")
	} else if production && u.Hostname() != "127.0.0.1" {
		s.checkRealMoney(p, u)
	}
	if s.PaymentTimeout <= 0 {
		p.add("payment-timeout", "must be longer than nothing")
	}
	if s.HoldFor < time.Second {
		p.add("hold-for", "must be at least a second")
	}
	if s.DeliveryFee < 0 || s.FreeDeliveryFrom < 0 || s.IslandSurcharge < 0 {
		p.add("delivery-fee", "fees must not be negative")
	}
}

func (s *Settings) checkSocial(p *problems, production bool) {
	for _, x := range []struct{ name, id, secret, auth, user string }{
		{"kakao", s.KakaoClientID, s.KakaoClientSecret, s.KakaoAuthURL, s.KakaoUserURL}, {"naver", s.NaverClientID, s.NaverClientSecret, s.NaverAuthURL, s.NaverUserURL},
	} {
		if x.id == "" {
			continue
		}
		if x.secret == "" {
			p.add(x.name+"-client-secret", "is missing")
		}
		for setting, address := range map[string]string{x.name + "-auth-url": x.auth, x.name + "-user-url": x.user} {
			u, err := url.Parse(address)
			if err != nil || u.Host == "" || production && u.Scheme != "https" && u.Hostname() != "127.0.0.1" {
				p.add(setting, "must be an address that begins with https://")
			}
		}
	}
	if s.SocialTimeout <= 0 {
		p.add("social-timeout", "must be longer than nothing")
	}
}

// checkRealMoney refuses what would ship goods for payments that are none, or send the secret in the clear. A payment API on this very machine is a rehearsal.
func (s *Settings) checkRealMoney(p *problems, api *url.URL) {
	if api.Scheme != "https" {
		p.add("toss-base-url", "must begin with https://, or the secret key would travel in the clear")
	}
	if k := s.TossSecretKey; k != "" && !strings.HasPrefix(k, "live_sk_") && !strings.HasPrefix(k, "live_gsk_") {
		p.add("toss-secret-key", "is not a live one (live_sk_… or live_gsk_…): its payments take no money")
	}
	widget := strings.HasPrefix(s.TossSecretKey, "live_gsk_")
	if k := s.TossClientKey; k != "" && strings.HasPrefix(k, "live_gck_") != widget {
		p.add("toss-client-key", "and toss-secret-key are of different kinds: live_ck_ goes with live_sk_, live_gck_ with live_gsk_")
	}
}

func (s *Settings) checkSeller(p *problems) {
	v := reflect.ValueOf(s.Seller)
	for i := range v.NumField() {
		if v.Field(i).String() == "" {
			p.add("seller-"+flagName(v.Type().Field(i)), "is missing; the law wants it on the first page (전자상거래법 §10)")
		}
	}
	if n := s.Seller.BusinessNumber; n != "" && !ValidBusinessNumber(n) {
		p.add("seller-business-number", "%q is not a 사업자등록번호", n)
	}
}

func (s *Settings) checkMail(p *problems) {
	if u, err := url.Parse(s.SMTP); err != nil || (u.Scheme != "smtp" && u.Scheme != "smtps") || u.Host == "" {
		p.add("smtp", "must be smtp://host:port or smtps://host:port")
	}
	if _, err := mail.ParseAddress(s.MailFrom); err != nil {
		p.add("mail-from", "must be a mail address, such as MyClothes <shop@myclothes.com>")
	}
}

// ValidBusinessNumber reports whether it is a well-formed 사업자등록번호.
func ValidBusinessNumber(s string) bool {
	_, ok := company.ParseRegistration(s)
	return ok
}

// kept are the kinds of things that the cache keeps by their number.
var kept = []string{"product", "card", "front"}
