package passkey_test

import (
	"encoding/json"
	"errors"
	"testing"

	"myclothes/internal/customer"
	"myclothes/internal/passkey"
	"myclothes/internal/passkey/passkeytest"
)

func TestAPasskeyNeedsADomain(t *testing.T) {
	for address, want := range map[string]error{"https://shop.example": nil, "http://localhost:8080": nil, "http://127.0.0.1:8080": passkey.ErrNoDomain, "https://[::1]": passkey.ErrNoDomain} {
		if _, err := passkey.New(address); !errors.Is(err, want) {
			t.Errorf("%s: %v, want %v", address, err, want)
		}
	}
}

// TestWhatIsAsked: the person is verified by their device, no name is typed, the makers of devices are not asked about, and what is here already is not made again.
func TestWhatIsAsked(t *testing.T) {
	c, err := passkey.New("https://shop.example")
	if err != nil {
		t.Fatal(err)
	}
	who := customer.Customer{ID: "ABC", Email: "haru@example.com", Name: "김하루"}
	options, state, err := c.Offer(who, nil)
	if err != nil {
		t.Fatal(err)
	}
	made, err := c.Made(who, state, passkeytest.New("https://shop.example", "shop.example").Create(options))
	if err != nil {
		t.Fatal(err)
	}
	if options, _, err = c.Offer(who, []customer.Passkey{made}); err != nil {
		t.Fatal(err)
	}
	var asked struct {
		RP                     struct{ ID string }
		User                   struct{ ID string }
		Attestation            string
		AuthenticatorSelection struct{ ResidentKey, UserVerification string }
		ExcludeCredentials     []struct{ ID string }
		Timeout                int
	}
	if err := json.Unmarshal(options, &asked); err != nil {
		t.Fatal(err)
	}
	if asked.RP.ID != "shop.example" || asked.User.ID != "QUJD" || asked.Attestation != "none" || asked.AuthenticatorSelection.ResidentKey != "required" ||
		asked.AuthenticatorSelection.UserVerification != "required" || len(asked.ExcludeCredentials) != 1 || asked.ExcludeCredentials[0].ID != made.ID || asked.Timeout != 300_000 {
		t.Errorf("%+v of %s", asked, options)
	}
}
