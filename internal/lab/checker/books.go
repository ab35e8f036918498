// Package checker holds, after a run, what shoppers were told against the database, the payment provider's ledger and the mails that were sent.
package checker

import (
	"bytes"
	"context"
	"encoding/json"
	"fmt"
	"io"
	"mime/quotedprintable"
	"net/http"
	"net/mail"
	"os"
	"path/filepath"
	"regexp"
	"strconv"
	"strings"
	"time"

	"myclothes/internal/lab/host"
)

// Books are what the shop and its payment provider have written down.
type Books struct {
	SQL    func(ctx context.Context, text string) (string, error) // asks the primary; rows in lines, columns between bars
	Ledger func(ctx context.Context) ([]Entry, error)
	Mails  []string // folders, one for each instance
}

// Entry is one attempt to pay as the provider knows it. Amounts are won.
type Entry struct {
	OrderID            string `json:"order_id"`
	Captured, Refunded int64
	Captures, Refunds  int
}

// number is the order of an attempt.
func (e Entry) number() string { return e.OrderID[:max(0, strings.LastIndex(e.OrderID, "-"))] }

// LedgerAt reads the simulator's ledger from a machine.
func LedgerAt(h *host.Host, url string) func(context.Context) ([]Entry, error) {
	return func(ctx context.Context) ([]Entry, error) {
		req, err := http.NewRequestWithContext(ctx, http.MethodGet, url, nil)
		if err != nil {
			return nil, err
		}
		resp, err := h.Client(10 * time.Second).Do(req)
		if err != nil {
			return nil, err
		}
		defer resp.Body.Close()
		var doc struct{ Orders []Entry }
		return doc.Orders, json.NewDecoder(resp.Body).Decode(&doc)
	}
}

// Rest waits until nothing is under way any more: no payment is open, no event undelivered.
func (b Books) Rest(ctx context.Context) error {
	return host.Until(ctx, 4*time.Minute, func() error {
		open, err := b.rows(ctx, `SELECT order_id || ' is ' || state FROM payment WHERE state IN ('confirming', 'unknown', 'refunding') OR recheck = 1
			UNION ALL SELECT 'the event ' || topic || ' of ' || subject FROM outbox WHERE done_at IS NULL
			UNION ALL SELECT number || ' has outlived its hold' FROM orders WHERE status = 'awaiting_payment' AND hold_until < extract(epoch FROM clock_timestamp()) * 1000000`)
		if err == nil && len(open) > 0 {
			err = fmt.Errorf("%d things are still open: %s", len(open), open[0])
		}
		if err != nil {
			pause(ctx)
		}
		return err
	})
}

// pause keeps the asking from being work for the machine.
func pause(ctx context.Context) {
	select {
	case <-ctx.Done():
	case <-time.After(500 * time.Millisecond):
	}
}

func (b Books) rows(ctx context.Context, text string) ([]string, error) {
	out, err := b.SQL(ctx, text)
	if err != nil || strings.TrimSpace(out) == "" {
		return nil, err
	}
	return strings.Split(out, "\n"), nil
}

// sums reads rows of a name and a number.
func (b Books) sums(ctx context.Context, text string) (map[string]int64, error) {
	rows, err := b.rows(ctx, text)
	all := map[string]int64{}
	for _, row := range rows {
		name, n, _ := strings.Cut(row, "|")
		if all[name], err = strconv.ParseInt(n, 10, 64); err != nil {
			return nil, err
		}
	}
	return all, err
}

// link is where an applicant goes to be a member.
var link = regexp.MustCompile(`/account/confirm/[A-Za-z0-9_-]+`)

// Link finds the link in the mail to somebody who has signed up; empty if none has been sent.
func (b Books) Link(address string) string {
	for _, dir := range b.Mails {
		files, _ := filepath.Glob(filepath.Join(dir, "*.eml"))
		for _, f := range files {
			m, err := read(f)
			if err == nil && strings.Contains(m.Header.Get("To"), address) {
				body, _ := io.ReadAll(quotedprintable.NewReader(m.Body))
				if found := link.Find(body); found != nil {
					return string(found)
				}
			}
		}
	}
	return ""
}

func read(file string) (*mail.Message, error) {
	text, err := os.ReadFile(file)
	if err != nil {
		return nil, err
	}
	return mail.ReadMessage(bytes.NewReader(text))
}

// sent counts the files of each mail, by the event that it tells of.
func (b Books) sent() map[string]int {
	all := map[string]int{}
	for _, dir := range b.Mails {
		files, _ := filepath.Glob(filepath.Join(dir, "*.eml"))
		for _, f := range files {
			all[strings.TrimSuffix(filepath.Base(f), ".eml")]++
		}
	}
	return all
}
