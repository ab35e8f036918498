// Package passkey asks browsers about passkeys and checks their answers (W3C Web Authentication). It keeps nothing: what it must know again when the answer comes,
// it hands out as state.
//
// A passkey stands for the whole of signing in, so the person must be verified by their device (userVerification: required), and the key must be one that
// is found without a name being typed (residentKey: required). Which make of authenticator it is, nobody is asked.
package passkey

import (
	"encoding/base64"
	"encoding/json"
	"errors"
	"fmt"
	"net/netip"
	"net/url"

	"github.com/go-webauthn/webauthn/protocol"
	"github.com/go-webauthn/webauthn/webauthn"

	"myclothes/internal/customer"
)

// Ceremony makes and checks them for one shop. Safe for concurrent use.
type Ceremony struct{ rp *webauthn.WebAuthn }

// ErrNoDomain says that the shop is reached by a number: a passkey belongs to a domain.
var ErrNoDomain = errors.New("passkey: the shop's address has no domain")

// New makes one for the shop at that public address.
func New(baseURL string) (*Ceremony, error) {
	u, err := url.Parse(baseURL)
	if err != nil {
		return nil, err
	}
	if _, err := netip.ParseAddr(u.Hostname()); err == nil {
		return nil, ErrNoDomain
	}
	patience := webauthn.TimeoutConfig{Timeout: customer.ChallengeGood, TimeoutUVD: customer.ChallengeGood}
	rp, err := webauthn.New(&webauthn.Config{
		RPID: u.Hostname(), RPDisplayName: "MyClothes", RPOrigins: []string{u.Scheme + "://" + u.Host},
		AttestationPreference: protocol.PreferNoAttestation,
		AuthenticatorSelection: protocol.AuthenticatorSelection{
			ResidentKey: protocol.ResidentKeyRequirementRequired, RequireResidentKey: protocol.ResidentKeyRequired(), UserVerification: protocol.VerificationRequired,
		},
		Timeouts: webauthn.TimeoutsConfig{Login: patience, Registration: patience}, // whoever keeps the state sees to it that it is over in time
	})
	return &Ceremony{rp}, err
}

// owner is a customer as the library wants to see one.
type owner struct {
	customer.Customer
	keys []customer.Passkey
}

func (o owner) WebAuthnID() []byte          { return []byte(o.ID) }
func (o owner) WebAuthnName() string        { return o.Email }
func (o owner) WebAuthnDisplayName() string { return o.Name }

func (o owner) WebAuthnCredentials() []webauthn.Credential {
	out := make([]webauthn.Credential, 0, len(o.keys))
	for _, k := range o.keys {
		id, err := base64.RawURLEncoding.DecodeString(k.ID)
		if err != nil {
			continue // none that an authenticator could name
		}
		c := webauthn.Credential{ID: id, PublicKey: k.Public}
		c.Flags.BackupEligible, c.Flags.BackupState = k.Synced != customer.OneDevice, k.Synced == customer.IsSynced
		c.Authenticator.SignCount = k.Uses
		for _, t := range k.Transports {
			c.Transport = append(c.Transport, protocol.AuthenticatorTransport(t))
		}
		out = append(out, c)
	}
	return out
}

// Offer asks for a new passkey of somebody who has those. The options are JSON for navigator.credentials.create.
func (c *Ceremony) Offer(who customer.Customer, has []customer.Passkey) (options, state []byte, err error) {
	o := owner{who, has}
	creation, session, err := c.rp.BeginRegistration(o, webauthn.WithExclusions(webauthn.Credentials(o.WebAuthnCredentials()).CredentialDescriptors()))
	if err != nil {
		return nil, nil, err
	}
	return pack(creation.Response, session)
}

// Made checks the answer to an Offer and returns the new passkey; customer.WrongPasskey where it is none.
func (c *Ceremony) Made(who customer.Customer, state, answer []byte) (customer.Passkey, error) {
	var session webauthn.SessionData
	if err := json.Unmarshal(state, &session); err != nil {
		return customer.Passkey{}, err
	}
	parsed, err := protocol.ParseCredentialCreationResponseBytes(answer)
	if err != nil {
		return customer.Passkey{}, refused(err)
	}
	made, err := c.rp.CreateCredential(owner{Customer: who}, session, parsed)
	if err != nil {
		return customer.Passkey{}, refused(err)
	}
	return kept(who.ID, made), nil
}

// Ask asks whoever it is to say so by a passkey. The options are JSON for navigator.credentials.get.
func (c *Ceremony) Ask() (options, state []byte, err error) {
	assertion, session, err := c.rp.BeginDiscoverableLogin()
	if err != nil {
		return nil, nil, err
	}
	return pack(assertion.Response, session)
}

// Answered checks the answer to an Ask with the passkey that find knows by the name in it, and returns that as it is from now on; customer.WrongPasskey where the answer is not
// its owner's. Whether its uses have gone on is for whoever keeps it to see.
func (c *Ceremony) Answered(state, answer []byte, find func(id string) (customer.Passkey, error)) (customer.Passkey, error) {
	var session webauthn.SessionData
	if err := json.Unmarshal(state, &session); err != nil {
		return customer.Passkey{}, err
	}
	parsed, err := protocol.ParseCredentialRequestResponseBytes(answer)
	if err != nil {
		return customer.Passkey{}, refused(err)
	}
	var key customer.Passkey
	var failed error
	used, err := c.rp.ValidateDiscoverableLogin(func(id, _ []byte) (webauthn.User, error) {
		key, failed = find(base64.RawURLEncoding.EncodeToString(id))
		return owner{customer.Customer{ID: key.Owner}, []customer.Passkey{key}}, failed // the library compares the owner with whom the answer names
	}, session, parsed)
	if failed != nil {
		return key, failed
	}
	if err != nil {
		return key, refused(err)
	}
	next := kept(key.Owner, used)
	next.Uses = parsed.Response.AuthenticatorData.Counter
	next.Name, next.Since, next.Used = key.Name, key.Since, key.Used
	return next, nil
}

func pack(options any, session *webauthn.SessionData) ([]byte, []byte, error) {
	a, err := json.Marshal(options)
	if err != nil {
		return nil, nil, err
	}
	b, err := json.Marshal(session)
	return a, b, err
}

func kept(who customer.ID, c *webauthn.Credential) customer.Passkey {
	k := customer.Passkey{ID: base64.RawURLEncoding.EncodeToString(c.ID), Owner: who, Public: c.PublicKey, Uses: c.Authenticator.SignCount}
	switch {
	case c.Flags.BackupState:
		k.Synced = customer.IsSynced
	case c.Flags.BackupEligible:
		k.Synced = customer.MayBeSynced
	}
	for _, t := range c.Transport {
		k.Transports = append(k.Transports, string(t))
	}
	return k
}

// refused keeps the library's reason for whoever looks for it; visitors are told that it did not work.
func refused(err error) error {
	var detail *protocol.Error
	if errors.As(err, &detail) && detail.DevInfo != "" {
		err = fmt.Errorf("%w: %s", err, detail.DevInfo)
	}
	return customer.WrongPasskey.Because("%w", err)
}
