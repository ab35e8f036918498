package app

import (
	"context"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"log/slog"
	"net"
	"net/http"
	"os"
	"path/filepath"
	"strings"
	"time"

	"myclothes/internal/config"
	"myclothes/internal/obs"
	"myclothes/internal/pay/tosssim"
	"myclothes/internal/seal"
	"myclothes/internal/social/socialsim"
	"myclothes/internal/store"
)

// Serve runs the shop in production until ctx ends.
func Serve(ctx context.Context, s *config.Settings) error {
	logTo(s, false)
	s.Complete()
	if err := s.Check(true); err != nil {
		return fmt.Errorf("the shop does not open until these settings are right:\n%w", err)
	}
	x, err := open(s, false)
	if err != nil {
		return err
	}
	defer x.close()
	if err := patiently(ctx, x.db.CheckSchema); err != nil {
		return err
	}
	if err := patiently(ctx, x.catalog.Load); err != nil {
		return err
	}
	return x.run(ctx, func(a net.Addr) { slog.Info("open", "address", a.String(), "version", Version) })
}

// Demo runs the whole shop with nothing installed, until ctx ends.
func Demo(ctx context.Context, s *config.Settings, out io.Writer) error {
	logTo(s, true)
	s.Complete()
	s.Demo()
	sim, err := startSimulator(s)
	if err != nil {
		return err
	}
	defer sim.stop()
	office, err := startTaxOffice(s)
	if err != nil {
		return err
	}
	defer office()
	if err := os.MkdirAll(s.Data, 0o755); err != nil {
		return err
	}
	if err := keepKey(s); err != nil {
		return err
	}
	if err := s.Check(false); err != nil {
		return fmt.Errorf("these settings are not right:\n%w", err)
	}
	x, err := open(s, true)
	if err != nil {
		return err
	}
	defer x.close()
	if err := patiently(ctx, func(ctx context.Context) error { _, err := x.db.Migrate(ctx); return err }); err != nil {
		return err
	}
	if err := x.fill(ctx, out); err != nil {
		return err
	}
	if err := patiently(ctx, x.catalog.Load); err != nil {
		return err
	}
	return x.run(ctx, func(net.Addr) {
		fmt.Fprintf(out, "\n  MyClothes is open         %s   (English: %s/en)\n  payment simulator         %s/ledger\n  mails it would have sent  %s/demo/mail\n  metrics                   http://%s/metrics\n  data                      %s\n\n  Ctrl-C closes the shop and keeps its data.\n\n",
			s.BaseURL, s.BaseURL, s.TossBaseURL, s.BaseURL, s.OpsListen, s.Data)
	})
}

// keyFile is where the demo keeps its secret key, in its data folder.
const keyFile = "secret-key"

// ownKey takes the key that the demo keeps in its data folder, where the settings name none. It makes none: without the right one nothing that is sealed can be read.
func ownKey(s *config.Settings) error {
	if len(s.SecretKeys) > 0 {
		return nil
	}
	text, err := os.ReadFile(filepath.Join(s.Data, keyFile))
	if errors.Is(err, fs.ErrNotExist) {
		return errors.New("--secret-keys: is missing, and there is none in the data folder")
	}
	s.SecretKeys = []string{strings.TrimSpace(string(text))}
	return err
}

// keepKey gives the demo a secret key of its own, made at its first start and kept in its data folder.
func keepKey(s *config.Settings) error {
	if len(s.SecretKeys) > 0 {
		return nil
	}
	file := filepath.Join(s.Data, keyFile)
	text, err := os.ReadFile(file)
	if errors.Is(err, fs.ErrNotExist) {
		text = []byte(seal.NewKey("demo").String())
		err = os.WriteFile(file, text, 0o600)
	}
	s.SecretKeys = []string{strings.TrimSpace(string(text))}
	return err
}

// Migrate brings the database's schema to this version.
func Migrate(ctx context.Context, s *config.Settings, out io.Writer) error {
	logTo(s, true)
	s.Complete()
	if path, ok := strings.CutPrefix(s.Database, "sqlite:"); ok {
		if err := os.MkdirAll(filepath.Dir(path), 0o755); err != nil {
			return err
		}
	}
	db, err := store.Open(store.Options{Address: s.Database})
	if err != nil {
		return err
	}
	defer db.Close()
	n, err := db.Migrate(ctx)
	if err != nil {
		return err
	}
	fmt.Fprintf(out, "%d steps; the schema is up to date\n", n)
	return nil
}

// Show prints the effective settings, secrets hidden.
func Show(s *config.Settings, out io.Writer) error {
	s.Complete()
	for _, x := range s.All() {
		fmt.Fprintf(out, "%-26s %s\n", x.Name, x.Value)
	}
	return nil
}

// Simulate runs the payment simulator alone, until ctx ends. Its webhooks go to the shop at --base-url.
func Simulate(ctx context.Context, s *config.Settings, out io.Writer) error {
	logTo(s, true)
	s.Complete()
	if err := os.MkdirAll(s.Data, 0o755); err != nil {
		return err
	}
	sim, err := startSimulator(s)
	if err != nil {
		return err
	}
	defer sim.stop()
	fmt.Fprintf(out, "payment simulator at %s, secret key %s\n", s.TossBaseURL, s.TossSecretKey)
	<-ctx.Done()
	return nil
}

// simulator is the payment simulator on a port of its own.
type simulator struct {
	server *tosssim.Server
	http   *http.Server
}

// The simulator's keys, of the form that the real one gives for tests.
const (
	simulatorSecret = "test_sk_myclothes_simulator"
	simulatorClient = "test_ck_myclothes_simulator"
)

// startSimulator starts the payment simulator and points the settings to it; with other payments it does nothing. Its webhooks go to the shop.
func startSimulator(s *config.Settings) (*simulator, error) {
	if s.Payments.Payments != "simulator" {
		return &simulator{}, nil
	}
	l, err := net.Listen("tcp", s.SimulatorListen)
	if err != nil {
		return nil, fmt.Errorf("--simulator-listen: %w", err)
	}
	s.TossBaseURL, s.TossSecretKey, s.TossClientKey = "http://"+l.Addr().String(), simulatorSecret, simulatorClient
	server, err := tosssim.New(tosssim.Options{BaseURL: s.TossBaseURL, SecretKey: simulatorSecret, ClientKey: simulatorClient,
		Journal: s.Data + "/simulator.jsonl", Now: time.Now, WebhookURL: s.BaseURL + "/webhooks/toss", Log: slog.Default()})
	if err != nil {
		return nil, errors.Join(err, l.Close())
	}
	both := http.NewServeMux()
	both.Handle("/", server)
	both.Handle("/social/", http.StripPrefix("/social", startSocial(s)))
	x := &simulator{server, &http.Server{Handler: both, ReadHeaderTimeout: headerTimeout, ErrorLog: quiet()}}
	go x.http.Serve(l)
	return x, nil
}

// startSocial makes the server that stands for Kakao and Naver, and points the settings to it where they name no real one.
func startSocial(s *config.Settings) http.Handler {
	const id, secret = "myclothes-simulator", "myclothes-simulator-secret"
	base := s.TossBaseURL + "/social"
	if s.KakaoClientID == "" {
		s.KakaoClientID, s.KakaoClientSecret, s.KakaoAuthURL, s.KakaoUserURL = id, secret, base+"/kakao", base+"/kakao"
	}
	if s.NaverClientID == "" {
		s.NaverClientID, s.NaverClientSecret, s.NaverAuthURL, s.NaverUserURL = id, secret, base+"/naver", base+"/naver"
	}
	return socialsim.New(socialsim.Options{ClientID: id, ClientSecret: secret, Now: time.Now})
}

func (x *simulator) stop() {
	if x.http != nil {
		x.http.Close()
		x.server.Close()
	}
}

func logTo(s *config.Settings, forPeople bool) {
	slog.SetDefault(obs.Logger(s.LogLevel, s.LogFormat == "json" || (s.LogFormat == "auto" && !forPeople), s.Zone, instance(s)))
}
