package ui

import "testing"

func TestQuick(t *testing.T) {
	if _, err := New(Site{BaseURL: "https://x"}); err != nil {
		t.Fatal(err)
	}
}
