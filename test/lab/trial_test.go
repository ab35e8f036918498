//go:build linux

package lab

import (
	"bufio"
	"encoding/json"
	"os"
	"path/filepath"
	"testing"
)

// TestEverythingHoldsWhileItIsBroken lets shoppers shop in the whole architecture while one thing after another goes wrong, the primary among them, and then holds what they
// were told against the books. About three minutes, of which two are trouble; 'go run ./cmd/lab test' has ten.
func TestEverythingHoldsWhileItIsBroken(t *testing.T) {
	dir := t.TempDir()
	cmd := lab(t, "test", "--minutes=2", "--seed=55", "--out="+dir)
	out, err := cmd.StdoutPipe()
	if err != nil {
		t.Fatal(err)
	}
	cmd.Stderr = os.Stderr
	if err := cmd.Start(); err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { cmd.Process.Kill() })
	for lines := bufio.NewScanner(out); lines.Scan(); {
		t.Log(lines.Text())
	}
	if err := cmd.Wait(); err != nil {
		t.Fatal(err)
	}
	text, err := os.ReadFile(filepath.Join(dir, "test.json"))
	if err != nil {
		t.Fatal(err)
	}
	var doc struct {
		Steps   []struct{ Primary bool }
		Verdict struct{ Orders, Paid int }
	}
	if err := json.Unmarshal(text, &doc); err != nil {
		t.Fatal(err)
	}
	if len(doc.Steps) == 0 || !doc.Steps[0].Primary {
		t.Errorf("the first fault of this seed was to take the primary: %+v", doc.Steps)
	}
	if len(doc.Steps) < 4 || doc.Verdict.Orders < 20 || doc.Verdict.Paid == 0 {
		t.Errorf("too little has happened to say anything: %d faults, %d orders, %d paid", len(doc.Steps), doc.Verdict.Orders, doc.Verdict.Paid)
	}
}
