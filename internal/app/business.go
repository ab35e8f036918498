package app

import (
	"context"
	"log/slog"
	"net"
	"net/http"
	"time"

	"myclothes/internal/business"
	"myclothes/internal/company"
	"myclothes/internal/config"
	"myclothes/internal/nts"
	"myclothes/internal/nts/ntssim"
)

// openBusiness makes what companies do; the desk asks it for whom members buy.
func (x *shop) openBusiness() error {
	ring, err := x.ring()
	if err != nil {
		return err
	}
	x.companies = x.db.Companies(x.vault)
	x.desk.Companies = x.companies
	x.business = &business.Business{
		Store: x.companies, Customers: x.customers, Desk: x.desk, Registrar: registrar(x.settings), Rates: x.db.Rates(), Links: ring, Now: time.Now,
		Warn: func(ctx context.Context, msg string, err error) { slog.WarnContext(ctx, msg, "err", err) },
	}
	return nil
}

// registrar asks the tax office; nil without its service key: staff look by hand.
func registrar(s *config.Settings) company.Registrar {
	if s.NTSServiceKey == "" {
		return nil
	}
	return nts.New(nts.Options{BaseURL: s.NTSBaseURL, Key: s.NTSServiceKey, Timeout: 3 * time.Second})
}

// startTaxOffice starts the demo's stand-in for the tax office and points the settings to it; with a service key it does nothing. It returns how to end it.
func startTaxOffice(s *config.Settings) (stop func(), err error) {
	if s.NTSServiceKey != "" {
		return func() {}, nil
	}
	l, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		return nil, err
	}
	s.NTSBaseURL, s.NTSServiceKey = "http://"+l.Addr().String(), ntssim.Key
	office := &http.Server{Handler: &ntssim.Server{}, ReadHeaderTimeout: headerTimeout, ErrorLog: quiet()}
	go office.Serve(l)
	return func() { office.Close() }, nil
}
