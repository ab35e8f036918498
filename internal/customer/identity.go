package customer

import (
	"time"

	"myclothes/internal/fault"
)

// Person is somebody as a provider of accounts knows them (Kakao, Naver). Nothing of it is kept before they have agreed.
type Person struct {
	Provider, Subject  string // who says so, and its name for them
	Email, Name, Phone string // as the provider writes them; may be empty
	Verified           bool   // the provider has seen that the mail is theirs
	Under14            bool   // the provider knows it
}

// Identity is an account elsewhere by which a customer signs in.
type Identity struct {
	Provider string
	Since    time.Time
}

// Faults of accounts elsewhere.
var (
	NotConfirmed   = fault.Unauthorized.Saying("로그인을 확인받지 못했어요. 다시 시도하거나 다른 방법으로 로그인해 주세요.", "We could not confirm who you are. Try again or sign in another way.")
	ProviderSilent = fault.OutOfOrder.Saying("로그인 서비스가 응답하지 않아요. 잠시 후 다시 시도하거나 다른 방법으로 로그인해 주세요.", "The sign-in service does not answer. Try again in a moment or sign in another way.")
	IdentityTaken  = fault.WrongState.Saying("이미 다른 마이클로즈 계정에 연결되어 있어요.", "It is connected to another MyClothes account already.")
	TooYoung       = fault.Denied.Saying("만 14세 이상만 가입할 수 있어요.", "You must be 14 or older to join.")
)
