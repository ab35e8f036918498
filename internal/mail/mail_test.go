package mail

import (
	"context"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"
)

func TestFolderKeepsEachMessageOnce(t *testing.T) {
	f, err := NewFolder(t.TempDir(), "마이클로즈 <shop@example.com>")
	if err != nil {
		t.Fatal(err)
	}
	at := time.Date(2026, 11, 22, 3, 4, 5, 0, time.UTC)
	long := strings.Repeat("주문해 주셔서 고맙습니다. ", 40) + "\n\n=끝 .\n."
	first := Message{ID: "a-1", To: "kim@example.com", Subject: "[마이클로즈] 결제가 완료됐어요 — 코튼 셔츠 외 2건", Body: long, At: at}
	second := Message{ID: "b-2", To: "lee@example.com", Subject: "Order", Body: "Thanks.", At: at}
	for _, m := range []Message{first, second, first} {
		if err := f.Send(context.Background(), m); err != nil {
			t.Fatal(err)
		}
	}
	got, err := f.List()
	if err != nil {
		t.Fatal(err)
	}
	for i := range got {
		got[i].At, got[i].Body = got[i].At.UTC(), strings.ReplaceAll(got[i].Body, "\r\n", "\n")
	}
	if d := cmp.Diff([]Message{second, first}, got); d != "" {
		t.Fatalf("(-sent +read):\n%s", d)
	}
}

func TestHeadersCannotBeSmuggled(t *testing.T) {
	f, err := NewFolder(t.TempDir(), "shop@example.com")
	if err != nil {
		t.Fatal(err)
	}
	m := Message{ID: "x", To: "a@example.com\r\nBcc: thief@example.com", Subject: "s", Body: "b", At: time.Now()}
	if err := f.Send(context.Background(), m); err == nil {
		t.Error("an address with a line break was taken")
	}
	m = Message{ID: "y", To: "a@example.com", Subject: "s\r\nBcc: thief@example.com", Body: "b", At: time.Now()}
	if err := f.Send(context.Background(), m); err != nil {
		return // refused is fine too
	}
	all, err := f.List()
	if err != nil || len(all) != 1 || !strings.Contains(all[0].Subject, "Bcc") {
		t.Errorf("a line break in a subject made a header: %+v, %v", all, err)
	}
}
