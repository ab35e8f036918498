package mail

import (
	"context"
	"io"
	"net"
	"strings"
	"testing"
	"time"

	"github.com/emersion/go-smtp"
)

// inbox is a mail server that keeps what it is sent.
type inbox struct {
	from, to string
	mails    chan string
}

func (b *inbox) NewSession(*smtp.Conn) (smtp.Session, error) { return b, nil }

func (b *inbox) Mail(from string, _ *smtp.MailOptions) error { b.from = from; return nil }

func (b *inbox) Rcpt(to string, _ *smtp.RcptOptions) error { b.to = to; return nil }

func (b *inbox) Data(r io.Reader) error {
	text, err := io.ReadAll(r)
	b.mails <- string(text)
	return err
}

func (b *inbox) Reset() {}

func (b *inbox) Logout() error { return nil }

func TestSMTP(t *testing.T) {
	l, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	box := &inbox{mails: make(chan string, 1)}
	server := smtp.NewServer(box)
	server.Domain = "localhost"
	go server.Serve(l)
	defer server.Close()
	s, err := NewSMTP("smtp://"+l.Addr().String(), "마이클로즈 <shop@example.com>")
	if err != nil {
		t.Fatal(err)
	}
	m := Message{ID: "0193-abc", To: "haru@example.com", Subject: "주문이 완료됐어요", Body: "고맙습니다.", At: time.Now()}
	if err := s.Send(context.Background(), m); err != nil {
		t.Fatal(err)
	}
	got := <-box.mails
	if box.from != "shop@example.com" || box.to != "haru@example.com" || !strings.Contains(got, "Message-ID: <0193-abc@myclothes>") {
		t.Errorf("from %s to %s:\n%s", box.from, box.to, got)
	}
}

func TestMailServerThatIsNotThere(t *testing.T) {
	s, err := NewSMTP("smtp://user:hunter2@127.0.0.1:1", "shop@example.com")
	if err != nil {
		t.Fatal(err)
	}
	err = s.Send(context.Background(), Message{ID: "x", To: "a@example.com", At: time.Now()})
	if err == nil || strings.Contains(err.Error(), "hunter2") {
		t.Errorf("%v, want an error without the password", err)
	}
}
