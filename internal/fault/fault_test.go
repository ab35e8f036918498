package fault

import (
	"errors"
	"fmt"
	"testing"
)

func TestCopiesKeepTheirCodeAndNotEachOthersDetail(t *testing.T) {
	a := BadRequest.At("name", "이름", "name")
	b := a.At("phone", "전화", "phone")
	c := a.At("email", "메일", "mail")
	if len(BadRequest.Fields) != 0 || len(a.Fields) != 1 || b.Fields[1].Name != "phone" || c.Fields[1].Name != "email" {
		t.Fatalf("copies share their fields: %v %v %v", a.Fields, b.Fields, c.Fields)
	}
	err := fmt.Errorf("placing: %w", b)
	if !errors.Is(err, BadRequest) || errors.Is(err, OutOfStock) {
		t.Fatal("a wrapped copy must be found by its code, and by no other")
	}
}

func TestOf(t *testing.T) {
	if Of(nil) != nil {
		t.Fatal("no error is no fault")
	}
	cause := errors.New("disk on fire")
	f := Of(cause)
	if f.Kind != Internal || !errors.Is(f, cause) {
		t.Fatalf("an unnamed error must be internal and keep its cause: %v", f)
	}
	if f.Words.KO == "" || f.Words.EN == "" {
		t.Fatal("a visitor must be told something")
	}
}
