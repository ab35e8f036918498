package config

import (
	"os"
	"strings"
	"testing"

	"github.com/alecthomas/kong"
)

func parse(t *testing.T, args ...string) *Settings {
	t.Helper()
	var s Settings
	k, err := kong.New(&s, kong.DefaultEnvars(Prefix))
	if err != nil {
		t.Fatal(err)
	}
	if _, err := k.Parse(args); err != nil {
		t.Fatal(err)
	}
	s.Complete()
	return &s
}

func TestNamesAreThoseOfTheParser(t *testing.T) {
	var s Settings
	k, err := kong.New(&s, kong.DefaultEnvars(Prefix))
	if err != nil {
		t.Fatal(err)
	}
	flags := map[string]string{}
	for _, f := range k.Model.Flags {
		flags[f.Name] = strings.Join(f.Envs, " ")
	}
	for _, x := range s.All() {
		if env, ok := flags[x.Name]; !ok || env != x.Env {
			t.Errorf("%s is documented with %s; the parser knows %q", x.Name, x.Env, env)
		}
	}
}

func TestProductionNamesEveryProblemAtOnce(t *testing.T) {
	err := parse(t, "--base-url=http://myclothes.com", "--trusted-proxies=10.0.0.0/8 nonsense", "--replicas=postgres://a", "--seller-business-number=123-45-67890", "--drain-delay=30s").Check(true)
	if err == nil {
		t.Fatal("an unsafe shop opened")
	}
	for _, name := range []string{"base-url", "trusted-proxies", "replicas", "payments", "smtp", "mail-from", "seller-name", "seller-privacy-officer", "seller-business-number", "drain-timeout"} {
		if !strings.Contains(err.Error(), "--"+name+":") {
			t.Errorf("%s is not named in:\n%v", name, err)
		}
	}
}

func TestProductionTakesRealMoneyOnly(t *testing.T) {
	for _, c := range []struct{ base, secret, client, blamed string }{
		{"https://api.tosspayments.com", "test_sk_docs", "live_ck_x", "toss-secret-key"},
		{"https://api.tosspayments.com", "live_sk_x", "live_gck_x", "toss-client-key"},
		{"http://api.tosspayments.com", "live_sk_x", "live_ck_x", "toss-base-url"},
		{"https://api.tosspayments.com", "live_sk_x", "live_ck_x", ""},
		{"https://api.tosspayments.com", "live_gsk_x", "live_gck_x", ""},
		{"http://127.0.0.1:8081", "test_sk_x", "test_ck_x", ""},
	} {
		err := parse(t, "--payments=toss", "--toss-base-url="+c.base, "--toss-secret-key="+c.secret, "--toss-client-key="+c.client).Check(true)
		for _, name := range []string{"toss-secret-key", "toss-client-key", "toss-base-url"} {
			if got := strings.Contains(err.Error(), "--"+name+":"); got != (name == c.blamed) {
				t.Errorf("%+v: %s blamed: %v", c, name, got)
			}
		}
	}
}

func TestAccountsElsewhereNeedASecretAndTLS(t *testing.T) {
	for flags, blamed := range map[string]string{
		"--kakao-client-id=x": "kakao-client-secret",
		"--naver-client-id=x --naver-client-secret=y --naver-auth-url=http://nid.naver.com":    "naver-auth-url",
		"--kakao-client-id=x --kakao-client-secret=y --kakao-user-url=http://kapi.kakao.com":   "kakao-user-url",
		"--kakao-client-id=x --kakao-client-secret=y --kakao-user-url=http://127.0.0.1:9/user": "",
		"--social-timeout=0s": "social-timeout",
		"":                    "",
	} {
		err := parse(t, strings.Fields(flags)...).Check(true)
		for _, name := range []string{"kakao-client-secret", "kakao-auth-url", "kakao-user-url", "naver-client-secret", "naver-auth-url", "naver-user-url", "social-timeout"} {
			if got := strings.Contains(err.Error(), "--"+name+":"); got != (name == blamed) {
				t.Errorf("%s: %s blamed: %v", flags, name, got)
			}
		}
	}
}

func TestDemoNeedsNothing(t *testing.T) {
	s := parse(t)
	s.Demo()
	if err := s.Check(false); err != nil {
		t.Fatal(err)
	}
	if s.Database != "sqlite:data/myclothes.db" || s.Media != "file:data/media" || s.Seller.Name == "" {
		t.Errorf("defaults: %s %s %q", s.Database, s.Media, s.Seller.Name)
	}
}

func TestACompleteShopOpens(t *testing.T) {
	s := parse(t, "--base-url=https://myclothes.com/", "--database=postgres://u:p@db/shop", "--replicas=postgres://u:p@r1/shop postgres://u:p@r2/shop", "--secret-keys=a:AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA=", "--payments=toss", "--toss-secret-key=live_sk_x", "--toss-client-key=live_ck_x",
		"--smtp=smtps://u:p@mail:465", "--mail-from=Shop <a@b.kr>", "--seller-name=a", "--seller-representative=a", "--seller-address=a", "--seller-phone=a",
		"--seller-email=a", "--seller-business-number=220-81-62517", "--seller-mail-order=a", "--seller-hosting=a", "--seller-privacy-officer=a")
	if err := s.Check(true); err != nil {
		t.Fatal(err)
	}
}

func TestSecretsAreHidden(t *testing.T) {
	s := parse(t, "--database=postgres://shop:hunter2@db/shop", "--toss-secret-key=hunter2", "--smtp=smtp://u:hunter2@mail:25", "--secret-keys=a:hunter2", "--kakao-client-secret=hunter2", "--naver-client-secret=hunter2")
	for _, x := range s.All() {
		if strings.Contains(x.Value, "hunter2") {
			t.Errorf("%s shows its secret: %s", x.Name, x.Value)
		}
	}
}

func TestBusinessNumbers(t *testing.T) {
	for n, want := range map[string]bool{
		"220-81-62517": true, "120-88-00767": true, "124-81-00998": true, "211-88-79575": true,
		"123-45-67890": false, "000-00-00000": false, "2208162517": true, "220-81-6251": false, "22O-81-62517": false, "": false,
	} {
		if got := ValidBusinessNumber(n); got != want {
			t.Errorf("%s: %v, want %v", n, got, want)
		}
	}
}

func TestTheDocumentIsUpToDate(t *testing.T) {
	got, err := os.ReadFile("../../docs/config.md")
	if err != nil || string(got) != Markdown() {
		t.Errorf("docs/config.md differs from the settings (%v): run 'make docs'", err)
	}
}
