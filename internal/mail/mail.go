// Package mail delivers the shop's messages: over SMTP, or in the demo into a folder that can be read in the browser.
package mail

import (
	"bytes"
	"context"
	"encoding/base64"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"mime"
	"mime/quotedprintable"
	stdmail "net/mail"
	"net/url"
	"os"
	"path/filepath"
	"slices"
	"strconv"
	"strings"
	"time"

	gomail "github.com/wneessen/go-mail"
)

// Message is one mail. ID is the same each time that the same message is sent, so that a repeat can be told.
type Message struct {
	ID      string // [A-Za-z0-9-]+
	To      string
	Subject string
	Body    string // plain text
	At      time.Time
}

// Sender delivers messages. Safe for concurrent use.
type Sender interface {
	Send(ctx context.Context, m Message) error
}

// SMTP hands messages to a mail server.
type SMTP struct {
	from   string
	client *gomail.Client
}

// NewSMTP reads an address such as smtp://user:password@host:port; smtps:// speaks TLS from the start, smtp:// when the
// server offers it. A password is never sent in the clear, except to this machine.
func NewSMTP(address, from string) (*SMTP, error) {
	u, err := url.Parse(address)
	if err != nil {
		return nil, errors.New("mail: the server's address cannot be read")
	}
	options := []gomail.Option{gomail.WithTimeout(15 * time.Second), gomail.WithTLSPolicy(gomail.TLSOpportunistic)}
	if u.Scheme == "smtps" {
		options = append(options, gomail.WithSSL())
	}
	if p, err := strconv.Atoi(u.Port()); err == nil {
		options = append(options, gomail.WithPort(p))
	}
	if password, has := u.User.Password(); has {
		options = append(options, gomail.WithSMTPAuth(gomail.SMTPAuthAutoDiscover), gomail.WithUsername(u.User.Username()), gomail.WithPassword(password))
	}
	c, err := gomail.NewClient(u.Hostname(), options...)
	return &SMTP{from, c}, err
}

// Send delivers one message over a connection of its own.
func (s *SMTP) Send(ctx context.Context, m Message) error {
	msg, err := compose(m, s.from)
	if err != nil {
		return err
	}
	err = s.client.DialAndSendWithContext(ctx, msg)
	var refused *gomail.SendError
	if errors.As(err, &refused) { // its own text names the recipient
		return fmt.Errorf("mail: the server answered %d: %s", refused.ErrorCode(), refused.Reason)
	}
	return err
}

func compose(m Message, from string) (*gomail.Msg, error) {
	msg := gomail.NewMsg()
	if err := msg.From(from); err != nil {
		return nil, err
	}
	if err := msg.To(m.To); err != nil {
		return nil, err
	}
	msg.Subject(m.Subject)
	msg.SetDateWithValue(m.At)
	msg.SetMessageIDWithValue(m.ID + "@myclothes")
	msg.SetBodyString(gomail.TypeTextPlain, m.Body)
	return msg, nil
}

// Folder keeps messages as .eml files named by their ID: sending one twice leaves one.
type Folder struct {
	from string
	path string
}

// NewFolder makes the folder if it is missing.
func NewFolder(path, from string) (*Folder, error) {
	return &Folder{from, path}, os.MkdirAll(path, 0o755)
}

// Send writes the message's file, whole or not at all.
func (f *Folder) Send(_ context.Context, m Message) error {
	msg, err := compose(m, f.from)
	if err != nil {
		return err
	}
	var b bytes.Buffer
	if _, err := msg.WriteTo(&b); err != nil {
		return err
	}
	final := filepath.Join(f.path, m.ID+".eml")
	if err := os.WriteFile(final+".part", b.Bytes(), 0o644); err != nil {
		return err
	}
	return os.Rename(final+".part", final)
}

// List returns every message, the newest first.
func (f *Folder) List() ([]Message, error) {
	files, err := fs.Glob(os.DirFS(f.path), "*.eml")
	if err != nil {
		return nil, err
	}
	var all []Message
	for _, name := range files {
		m, err := f.read(name)
		if err != nil {
			return nil, fmt.Errorf("mail: %s: %w", name, err)
		}
		all = append(all, m)
	}
	slices.SortFunc(all, func(a, b Message) int { return strings.Compare(b.ID, a.ID) })
	return all, nil
}

func (f *Folder) read(name string) (Message, error) {
	file, err := os.Open(filepath.Join(f.path, name))
	if err != nil {
		return Message{}, err
	}
	defer file.Close()
	msg, err := stdmail.ReadMessage(file)
	if err != nil {
		return Message{}, err
	}
	body, err := io.ReadAll(decoded(msg))
	if err != nil {
		return Message{}, err
	}
	subject, err := new(mime.WordDecoder).DecodeHeader(msg.Header.Get("Subject"))
	if err != nil {
		return Message{}, err
	}
	at, _ := msg.Header.Date()
	return Message{ID: strings.TrimSuffix(name, ".eml"), To: strings.Trim(msg.Header.Get("To"), "<>"), Subject: subject, Body: string(body), At: at}, nil
}

// decoded returns the text of a message as compose encodes it.
func decoded(m *stdmail.Message) io.Reader {
	switch strings.ToLower(m.Header.Get("Content-Transfer-Encoding")) {
	case "quoted-printable":
		return quotedprintable.NewReader(m.Body)
	case "base64":
		return base64.NewDecoder(base64.StdEncoding, m.Body)
	}
	return m.Body
}
