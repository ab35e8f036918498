package app

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"os"
	"os/user"
	"path/filepath"
	"strings"
	"time"

	"myclothes/internal/access"
	"myclothes/internal/config"
	"myclothes/internal/customer"
	"myclothes/internal/seal"
	"myclothes/internal/session"
	"myclothes/internal/store"
)

// ShowCustomer writes what is kept of the customer with that mail, as JSON, for staff who say why. That it was looked at is in the log before anything is opened.
func ShowCustomer(ctx context.Context, s *config.Settings, mail, staff, reason string, out io.Writer) error {
	db, vault, err := staffRoom(ctx, s)
	if err != nil {
		return err
	}
	defer db.Close()
	people := db.Customers(vault)
	id, _, err := people.ByEmail(ctx, mail)
	if err != nil {
		return err
	}
	e := access.Entry{Staff: who(staff), Act: access.ShowCustomer, Subject: access.Nobody, Reason: reason}
	if id != "" {
		e.Subject = string(id)
	}
	if _, err := db.AccessLog().Append(ctx, e); err != nil {
		return err
	}
	if id == "" {
		return errors.New("no customer has this mail")
	}
	all, err := everything(ctx, db, people, id)
	if err != nil {
		return err
	}
	w := json.NewEncoder(out)
	w.SetIndent("", "  ")
	w.SetEscapeHTML(false)
	return w.Encode(all)
}

// everything is what is kept of a customer, as they can take it away themselves (PIPA §35).
func everything(ctx context.Context, db *store.DB, people *store.Customers, id customer.ID) (map[string]any, error) {
	c, _, err1 := people.Customer(ctx, id)
	addresses, err2 := people.Addresses(ctx, id)
	consents, err3 := people.Consents(ctx, id)
	devices, err4 := people.SignIns(ctx, id)
	elsewhere, err5 := people.Identities(ctx, id)
	wishes, err7 := people.Wishes(ctx, id)
	passkeys, err8 := people.Passkeys(ctx, id)
	orders, err6 := db.Orders().OrdersOf(ctx, session.MemberKey(string(id)), 10_000)
	return map[string]any{"customer": c, "addresses": addresses, "consents": consents, "devices": devices, "wishes": wishes, "passkeys": passkeys, "elsewhere": elsewhere, "orders": orders},
		errors.Join(err1, err2, err3, err4, err5, err6, err7, err8)
}

// ShowAccess writes the log of access, one entry a line.
func ShowAccess(ctx context.Context, s *config.Settings, out io.Writer) error {
	db, _, err := staffRoom(ctx, s)
	if err != nil {
		return err
	}
	defer db.Close()
	return db.AccessLog().Entries(ctx, func(e access.Entry) error {
		_, err := fmt.Fprintf(out, "%d\t%s\t%q\t%s\t%s\t%q\n", e.Number, e.At.Format(time.RFC3339), e.Staff, e.Act, e.Subject, e.Reason)
		return err
	})
}

// VerifyAccess goes through the log of access and names the first entry that is not as it was written.
func VerifyAccess(ctx context.Context, s *config.Settings, out io.Writer) error {
	db, _, err := staffRoom(ctx, s)
	if err != nil {
		return err
	}
	defer db.Close()
	last, err := db.AccessLog().Verify(ctx)
	if err != nil {
		return fmt.Errorf("the log of access is not whole: %w", err)
	}
	fmt.Fprintf(out, "the log of access is whole: %d entries, the last hash is %s\n", last.Number, last.Hash)
	return nil
}

// staffRoom opens the database with the keys that open personal data.
func staffRoom(ctx context.Context, s *config.Settings) (*store.DB, *seal.Vault, error) {
	logTo(s, true)
	s.Complete()
	if text, err := os.ReadFile(filepath.Join(s.Data, keyFile)); err == nil && len(s.SecretKeys) == 0 { // the demo's
		s.SecretKeys = []string{strings.TrimSpace(string(text))}
	}
	keys, err := s.Keys()
	if err != nil {
		return nil, nil, fmt.Errorf("--secret-keys: %w", err)
	}
	if len(keys) == 0 {
		return nil, nil, errors.New("--secret-keys: personal data is sealed: give the keys that the shop has")
	}
	vault, err := seal.NewVault(keys...)
	if err != nil {
		return nil, nil, err
	}
	db, err := store.Open(store.Options{Address: s.Database, Vault: vault})
	if err != nil {
		return nil, nil, err
	}
	if err := db.CheckSchema(ctx); err != nil {
		return nil, nil, errors.Join(err, db.Close())
	}
	return db, vault, nil
}

// who is the name by which staff is known: the one given, with the user of the operating system, who cannot be made up as easily.
func who(staff string) string {
	name := "?"
	if u, err := user.Current(); err == nil {
		name = u.Username
	}
	if staff = strings.TrimSpace(staff); staff != "" {
		return staff + " (" + name + ")"
	}
	return name
}
