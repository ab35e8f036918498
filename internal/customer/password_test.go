package customer

import (
	"context"
	"errors"
	"strings"
	"testing"
	"time"

	"myclothes/internal/fault"
)

func TestCheckPassword(t *testing.T) {
	for password, ok := range map[string]bool{
		"": false, "short7!": false, "password": false, "PASSWORD": false, "qwer1234": false, "11111111": false, "aaaaaaaaaaaaa": false, "12345678": false,
		"haru.kim1": false, "ｐａｓｓｗｏｒｄ": false, "with\x00nothing": false, strings.Repeat("x1", 65): false, "\xff\xff\xff\xff\xff\xff\xff\xff": false,
		"정말로 긴 비밀번호": true, "eight ch": true, "lorry-anvil-7": true, strings.Repeat("긴", 20) + strings.Repeat("x1", 54): true, "haru.kim and a horse": true,
	} {
		err := CheckPassword(password, "Haru.Kim@example.com", "하루")
		if (err == nil) != ok || err != nil && (!errors.Is(err, fault.BadRequest) || fault.Of(err).Fields[0].Name != "password") {
			t.Errorf("%q: %v", password, err)
		}
	}
	if len(common()) < 3000 {
		t.Errorf("only %d common passwords are known", len(common()))
	}
}

func TestPasswordsMatchThemselvesAlone(t *testing.T) {
	ctx, p := context.Background(), NewPasswords()
	h, err := p.Hash(ctx, "lorry-anvil-7é")
	if err != nil || !strings.HasPrefix(string(h), "$argon2id$v=19$m=19456,t=2,p=1$") {
		t.Fatal(h, err)
	}
	if again, _ := p.Hash(ctx, "lorry-anvil-7é"); again == h {
		t.Error("two hashes of one password are the same")
	}
	for password, want := range map[string]bool{"lorry-anvil-7é": true, "lorry-anvil-7e\u0301": true, "lorry-anvil-7": false, "": false} {
		if ok, old, err := p.Match(ctx, h, password); ok != want || old || err != nil {
			t.Errorf("%q: %v, %v, %v", password, ok, old, err)
		}
	}
	weak := Hash("$argon2id$v=19$m=4096,t=1,p=1$AAAAAAAAAAAAAAAAAAAAAA$" + strings.Split(string(h), "$")[5])
	if _, old, err := p.Match(ctx, weak, "x"); !old || err != nil {
		t.Errorf("parameters of before: %v, %v", old, err)
	}
	for _, bad := range []Hash{"x", "$argon2i$v=19$m=19456,t=2,p=1$AAAA$AAAA", h[:40], "$argon2id$v=19$m=99999999,t=2,p=1$AAAA$AAAA"} {
		if ok, _, err := p.Match(ctx, bad, "x"); ok || err == nil {
			t.Errorf("%q: %v, %v", bad, ok, err)
		}
	}
}

// TestNobodyTakesAsLongAsSomebody: how long an answer takes does not tell whether there is an account.
func TestNobodyTakesAsLongAsSomebody(t *testing.T) {
	ctx, p := context.Background(), NewPasswords()
	h, err := p.Hash(ctx, "lorry-anvil-7")
	if err != nil {
		t.Fatal(err)
	}
	least := func(h Hash) time.Duration {
		shortest := time.Hour
		for range 8 {
			begin := time.Now()
			if ok, _, err := p.Match(ctx, h, "wrong"); ok || err != nil {
				t.Errorf("%v, %v", ok, err)
			}
			shortest = min(shortest, time.Since(begin))
		}
		return shortest
	}
	somebody, nobody := least(h), least("")
	if nobody < somebody*3/4 || nobody > somebody*4/3 {
		t.Errorf("nobody takes %v, somebody %v", nobody, somebody)
	}
}
