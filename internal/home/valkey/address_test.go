package valkey

import (
	"crypto/ecdsa"
	"crypto/elliptic"
	"crypto/rand"
	"crypto/x509"
	"encoding/pem"
	"fmt"
	"math/big"
	"net"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"
	"github.com/google/go-cmp/cmp/cmpopts"

	"myclothes/internal/cart"
)

func TestParse(t *testing.T) {
	for address, want := range map[string]Options{
		"valkey://cache:6380":                           {Layout: Single, Addresses: []string{"cache:6380"}},
		"valkey://cache":                                {Layout: Single, Addresses: []string{"cache:6379"}},
		"valkey://[::1]":                                {Layout: Single, Addresses: []string{"[::1]:6379"}},
		"valkey://[::1]:7":                              {Layout: Single, Addresses: []string{"[::1]:7"}},
		"valkey://:s%40e@cache":                         {Layout: Single, Addresses: []string{"cache:6379"}, Password: "s@e"},
		"valkey://shop:a@b@cache":                       {Layout: Single, Addresses: []string{"cache:6379"}, Username: "shop", Password: "a@b"},
		"valkey+sentinel://a:1,b/shop":                  {Layout: Sentinel, Addresses: []string{"a:1", "b:26379"}, Master: "shop"},
		"valkey+cluster://u:p@a:1,b:2":                  {Layout: Cluster, Addresses: []string{"a:1", "b:2"}, Username: "u", Password: "p"},
		"valkey://a?wait=2&wait-for=50ms&budget=1s":     {Layout: Single, Addresses: []string{"a:6379"}, Replicas: 2, WaitFor: 50 * time.Millisecond, Budget: time.Second},
		"valkey+sentinel://:x@a/shop?keep=720h":         {Layout: Sentinel, Addresses: []string{"a:26379"}, Master: "shop", Password: "x", Keep: 720 * time.Hour},
		"valkeys+cluster://a":                           {Layout: Cluster, Addresses: []string{"a:6379"}},
		"valkeys+sentinel://:question%3F@a/shop?wait=1": {Layout: Sentinel, Addresses: []string{"a:26379"}, Master: "shop", Password: "question?", Replicas: 1},
	} {
		got, err := Parse(address)
		if d := cmp.Diff(want, got, cmpopts.IgnoreFields(Options{}, "TLS", "Resting", "Now")); err != nil || d != "" {
			t.Errorf("%s: %v (-want +got):\n%s", address, err, d)
		}
		if (got.TLS != nil) != strings.HasPrefix(address, "valkeys") {
			t.Errorf("%s: TLS %v", address, got.TLS)
		}
	}
	for _, address := range []string{
		"", "redis://a", "valkey:a", "valkey://", "valkey://a,b", "valkey://a:0", "valkey://a:99999", "valkey://a:b", "valkey://a/1", "valkey+sentinel://a",
		"valkey+sentinel://a/b/c", "valkey+cluster://a,,b", "valkey+ring://a", "valkey+://a/b", "valkey://hunter2@a", "valkey://:hunter2%zz@a", "valkey://:hunter2",
		"valkey://u:hunter2@a b", "valkey://:hunter2/x", "valkey://a?wait=many", "valkey://a?budget=soon", "valkey://a?db=1", "valkey://a?keep=1ns", "valkey://a?%zz",
		"valkey://:hun?ter2@", "valkey://:hunter2@a?wait=-1",
	} {
		if o, err := Parse(address); err == nil {
			t.Errorf("%s is an address: %v", address, o)
		} else if strings.Contains(err.Error(), "hun") {
			t.Errorf("%s: the error quotes the password: %v", address, err)
		}
	}
	o, _ := Parse("valkeys://shop:hunter2@a")
	for _, s := range []string{fmt.Sprint(o), fmt.Sprintf("%+v", o), fmt.Sprintf("%#v", o)} {
		if strings.Contains(s, "hunter2") || !strings.Contains(s, "a:6379") {
			t.Errorf("printed: %s", s)
		}
	}
	if _, err := Open(ctx, Options{}); err == nil {
		t.Error("no address is an address")
	}
	if _, err := Open(ctx, Options{Addresses: []string{"a:1"}, Replicas: 1, Budget: time.Second, WaitFor: time.Minute}); err == nil {
		t.Error("a wait that is longer than the call")
	}
}

func FuzzParse(f *testing.F) {
	for _, s := range []string{"valkey://a:1", "valkeys+sentinel://:pw@a,b/shop?wait=1", "valkey+cluster://[::1]:1,b?budget=1s", "valkey://@", "valkey://:%"} {
		f.Add(s, "hunter2")
	}
	f.Fuzz(func(t *testing.T, address, password string) {
		if o, err := Parse(address); err == nil && o.complete() == nil && len(o.Addresses) == 0 {
			t.Errorf("%q has no address", address)
		}
		if _, err := Parse("valkey://:Q" + password + "Q@" + address); err != nil && len(password) > 3 && strings.Contains(err.Error(), "Q"+password) &&
			!strings.Contains(address, "Q"+password) {
			t.Errorf("%q: %v", password, err)
		}
	})
}

// FuzzDecode: whatever lies in the hash, lines are within the limits and no SKU comes twice.
func FuzzDecode(f *testing.F) {
	f.Add(":A", "1 2", ":B", "2 3", "#", "2")
	f.Add(":", "0 99", ":A", "18446744073709551616 1", "", "")
	f.Add(":A", " 1", ":B", "1 ", ":C", "1 +1")
	f.Fuzz(func(t *testing.T, f1, v1, f2, v2, f3, v3 string) {
		seen := map[string]bool{}
		var hash []string
		for field, value := range map[string]string{f1: v1, f2: v2, f3: v3} { // a hash has each field once
			hash = append(hash, field, value)
		}
		for _, l := range decode(hash) {
			if seen[l.SKU] || l.Quantity < 1 || l.Quantity > cart.MaxQuantity {
				t.Errorf("%+v", l)
			}
			seen[l.SKU] = true
		}
	})
}

// certificate writes a certificate for 127.0.0.1 and its key, and returns their folder and who vouches for them: itself.
func certificate(t *testing.T) (string, *x509.CertPool) {
	t.Helper()
	key, err := ecdsa.GenerateKey(elliptic.P256(), rand.Reader)
	if err != nil {
		t.Fatal(err)
	}
	c := &x509.Certificate{SerialNumber: big.NewInt(1), NotAfter: time.Now().Add(time.Hour), IPAddresses: []net.IP{net.IPv4(127, 0, 0, 1)}, IsCA: true,
		BasicConstraintsValid: true, KeyUsage: x509.KeyUsageCertSign | x509.KeyUsageDigitalSignature}
	der, err1 := x509.CreateCertificate(rand.Reader, c, c, &key.PublicKey, key)
	private, err2 := x509.MarshalPKCS8PrivateKey(key)
	if err1 != nil || err2 != nil {
		t.Fatal(err1, err2)
	}
	dir, pool := t.TempDir(), x509.NewCertPool()
	certPEM := pem.EncodeToMemory(&pem.Block{Type: "CERTIFICATE", Bytes: der})
	keyPEM := pem.EncodeToMemory(&pem.Block{Type: "PRIVATE KEY", Bytes: private})
	pool.AppendCertsFromPEM(certPEM)
	for name, data := range map[string][]byte{"cert.pem": certPEM, "key.pem": keyPEM} {
		if err := os.WriteFile(filepath.Join(dir, name), data, 0o600); err != nil {
			t.Fatal(err)
		}
	}
	return dir, pool
}
