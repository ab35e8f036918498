// Package customer holds who buys: people, how they prove who they are, what they agreed to and where things go.
//
// What is personal (names, phones, mails, addresses) exists in plain form only in memory; a Store keeps it sealed.
package customer

import (
	"context"
	"time"

	"myclothes/internal/fault"
	"myclothes/internal/lang"
	"myclothes/internal/outbox"
)

// ID names a customer: 26 characters that say nothing about them.
type ID string

// Customer is somebody with an account.
type Customer struct {
	ID      ID
	Email   string // as they typed it; two mails that differ in case only are the same
	Name    string
	Phone   string // digits, 01012345678; empty where they did not say
	Lang    lang.Tag
	Since   time.Time
	Version int64 // grows with every change of name, phone, mail or password: what was linked to before no longer fits
}

// Applicant is somebody who wants an account and has not shown yet that the mail is theirs. Nobody else's sign-up with the same mail
// changes this one, so a stranger cannot prepare an account for its owner to confirm.
type Applicant struct {
	Email, Name, Phone string
	Lang               lang.Tag
	Password           Hash
	Consents           []Document // given
	Provider, Subject  string     // the account elsewhere by which they will sign in; empty: by Password
}

// SignIn is one device on which a customer is signed in.
type SignIn struct {
	ID     string
	Device string // "Chrome, Windows"
	At     time.Time
	Seen   time.Time // to an hour
}

// Address is where things go.
type Address struct {
	ID        string // empty: a new one
	Recipient string
	Phone     string
	Postcode  string
	Road      string // 도로명주소
	Detail    string
	Memo      string // to the courier
	Default   bool
}

// How much one customer keeps.
const (
	MaxAddresses = 20
	MaxWishes    = 200
)

// Topics of events about customers. Subjects are IDs: nothing personal is in the outbox.
const (
	Applied      outbox.Topic = "customer.applied"       // Subject: the application
	AppliedAgain outbox.Topic = "customer.applied_again" // somebody wants an account with the mail of a customer
	ForgotIt     outbox.Topic = "customer.forgot"        // wants a new password
	Changed      outbox.Topic = "customer.changed"       // password or mail changed: its owner should know
	Suspected    outbox.Topic = "customer.suspected"     // a passkey of theirs may have been copied
	MovedMail    outbox.Topic = "customer.moving"        // wants another mail: Subject: the application that holds the new one
)

// Faults of accounts.
var (
	WrongPassword = fault.Unauthorized.Saying("메일 주소나 비밀번호가 맞지 않아요. 다시 확인해 주세요.", "The mail address or the password is not right. Please check both.")
	LinkOver      = fault.WrongState.Saying("이 링크는 이미 썼거나 기한이 지났어요. 다시 요청해 주세요.", "This link was used already or has expired. Please ask for a new one.")
	MailTaken     = fault.WrongState.Saying("이 메일 주소로는 바꿀 수 없어요.", "This mail address cannot be used.")
	TooManyWishes = fault.WrongState.Saying("찜은 200개까지 할 수 있어요. 찜 목록을 정리한 뒤 다시 눌러 주세요.", "The wish list holds up to 200 items. Remove some and try again.")
	TooManyPlaces = fault.WrongState.Saying("주소록에는 20곳까지 담을 수 있어요. 쓰지 않는 주소를 지워 주세요.", "The address book holds up to 20. Remove one that you do not use.")
)

// Store keeps customers. Every method is one transaction; a customer who is not there, or not any more, is fault.NoSuchPage. Safe for concurrent use.
type Store interface {
	// Apply keeps an application for ApplicationKept and emits Applied, or AppliedAgain where the mail is a customer's. Whoever asks learns nothing of which.
	Apply(ctx context.Context, a Applicant) error
	// Application returns an application that is still open; fault.NoSuchPage else.
	Application(ctx context.Context, id string) (Applicant, error)
	// Enrol makes a customer of an applicant whose mail a provider knows to be theirs, with the account elsewhere by which they sign in. MailTaken where the mail is a customer's,
	// IdentityTaken where the account elsewhere is.
	Enrol(ctx context.Context, a Applicant) (ID, error)
	// Admit makes a customer of an application, with the ledger of their consents, and closes it. LinkOver where it is closed, or the mail is a customer's by now.
	Admit(ctx context.Context, application string) (ID, error)

	// ByEmail returns the customer with that mail and the hash of their password; the zero ID where there is none.
	ByEmail(ctx context.Context, email string) (ID, Hash, error)
	Customer(ctx context.Context, id ID) (Customer, Hash, error)
	// SetProfile changes name and phone.
	SetProfile(ctx context.Context, id ID, name, phone string) error
	// SetPassword changes the password if the customer's Version is still that one (LinkOver else), ends every sign-in but the one named, and emits Changed.
	SetPassword(ctx context.Context, id ID, version int64, h Hash, keep string) error
	// Rehash replaces a hash by one of the same password, if it is still there.
	Rehash(ctx context.Context, id ID, was, now Hash) error
	// Forgot emits ForgotIt for the customer with that mail, if there is one.
	Forgot(ctx context.Context, email string) error
	// AskToMove files a new mail, to be confirmed from there, and emits MovedMail.
	AskToMove(ctx context.Context, id ID, email string) error
	// Move takes the new mail over: MailTaken where it has become another's, LinkOver where the request is closed.
	Move(ctx context.Context, application string) (ID, error)
	// Leave erases the customer and everything personal that no law wants kept; their orders stay, apart.
	Leave(ctx context.Context, id ID) error

	// SignedIn files a new sign-in.
	SignedIn(ctx context.Context, id ID, device string) (signIn string, err error)
	// Valid reports whether a sign-in of that customer still stands, and notes to an hour that it was seen.
	Valid(ctx context.Context, id ID, signIn string) (bool, error)
	SignIns(ctx context.Context, id ID) ([]SignIn, error)
	// End ends a sign-in, or with an empty name all of them but keep.
	End(ctx context.Context, id ID, signIn, keep string) error

	// ByIdentity returns the customer who signs in by that account elsewhere; the zero ID where there is none.
	ByIdentity(ctx context.Context, provider, subject string) (ID, error)
	Identities(ctx context.Context, id ID) ([]Identity, error)
	// Link has a customer sign in by an account elsewhere, one of each provider, and emits Changed. IdentityTaken where it is another's, or they have another.
	Link(ctx context.Context, id ID, provider, subject string) error
	// Unlink ends that and emits Changed; LastWay where nothing else lets them in.
	Unlink(ctx context.Context, id ID, provider string) error
	// Challenge files a question to a browser.
	Challenge(ctx context.Context, x Challenge) error
	// Redeem takes a question away and returns its State: ChallengeOver where it was answered, its time is over, or another visitor or purpose asks for it.
	Redeem(ctx context.Context, id, visitor, purpose string) (state string, err error)
	Passkeys(ctx context.Context, id ID) ([]Passkey, error)
	// Passkey returns the passkey of that name, whoever's it is.
	Passkey(ctx context.Context, id string) (Passkey, error)
	// AddPasskey keeps a passkey of its Owner and emits Changed: TooManyPasskeys where there are MaxPasskeys, PasskeyKnown where it is somebody's.
	AddPasskey(ctx context.Context, k Passkey) error
	// UsedPasskey notes that a passkey was used, and how often. WrongPasskey where it is gone, or it counts and did not count on: nothing is noted then.
	UsedPasskey(ctx context.Context, k Passkey) error
	// SuspectPasskey emits Suspected.
	SuspectPasskey(ctx context.Context, owner ID) error
	NamePasskey(ctx context.Context, id ID, key, name string) error
	// DropPasskey takes a passkey away and emits Changed; LastWay where nothing else lets its owner in.
	DropPasskey(ctx context.Context, id ID, key string) error

	Addresses(ctx context.Context, id ID) ([]Address, error)
	// PutAddress adds or changes an address; the first one is the default, and there is never more than one. TooManyPlaces where there are MaxAddresses.
	PutAddress(ctx context.Context, id ID, a Address) error
	DropAddress(ctx context.Context, id ID, address string) error

	// Wishes returns the products that a customer wishes for, the latest first. Some may not be sold any more.
	Wishes(ctx context.Context, id ID) ([]int64, error)
	// Wish adds a product; one that is there already stays where it is. fault.NoSuchPage where there is no such product, TooManyWishes where there are MaxWishes.
	Wish(ctx context.Context, id ID, product int64) error
	// Unwish takes a product away, if it is there.
	Unwish(ctx context.Context, id ID, product int64) error

	Consents(ctx context.Context, id ID) ([]Consent, error)
	// Agree writes to the ledger that an optional consent was given or withdrawn. Saying the same again writes nothing.
	Agree(ctx context.Context, id ID, d Document, given bool) error
}

// How long things wait for their owner.
const (
	ApplicationKept = 24 * time.Hour
	LinkGood        = 30 * time.Minute // for a new password
)
