package customer

import (
	"time"

	"myclothes/internal/fault"
)

// Passkey is a key pair of which the customer's device keeps one half and the shop the other (W3C Web Authentication, level 3).
type Passkey struct {
	ID         string // the authenticator's name for it, base64url
	Owner      ID
	Public     []byte `json:"-"` // COSE
	Uses       uint32 // as the authenticator counts; 0 where it does not
	Transports []string
	Synced     Synced
	Name       string // what its owner calls it
	Since      time.Time
	Used       time.Time
}

// Synced says whether a passkey is on one device or on several.
type Synced int

// What it is when it is made, it stays, but that MayBeSynced and IsSynced become each other.
const (
	OneDevice   Synced = 0
	MayBeSynced Synced = 1
	IsSynced    Synced = 2
)

// MaxPasskeys is how many a customer keeps.
const MaxPasskeys = 20

// Challenge is what a browser was asked and has not answered yet: it is answered once, by the same visitor, in time.
type Challenge struct {
	ID      string // 26 characters that nobody can guess
	Visitor string // who was asked
	Purpose string
	State   string
	Until   time.Time
}

// ChallengeGood is how long a browser may take to answer.
const ChallengeGood = 5 * time.Minute

// Faults of ways to sign in.
var (
	ChallengeOver   = fault.WrongState.Saying("시간이 지났거나 이미 끝난 요청이에요. 처음부터 다시 시도해 주세요.", "This took too long or was done already. Please begin again.")
	WrongPasskey    = fault.Unauthorized.Saying("패스키로 확인하지 못했어요. 다시 시도하거나 다른 방법으로 로그인해 주세요.", "We could not check that passkey. Try again or sign in another way.")
	PasskeyKnown    = fault.WrongState.Saying("이미 등록된 패스키예요.", "This passkey is here already.")
	TooManyPasskeys = fault.WrongState.Saying("패스키는 20개까지 등록할 수 있어요. 쓰지 않는 패스키를 지워 주세요.", "You can keep up to 20 passkeys. Remove one that you do not use.")
	LastWay         = fault.WrongState.Saying("로그인할 방법이 하나는 있어야 해요. 비밀번호를 정하거나 다른 방법을 먼저 더해 주세요.", "This is your only way to sign in. Set a password or add another way first.")
)
