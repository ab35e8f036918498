package ui

import (
	"time"

	"myclothes/internal/customer"
	"myclothes/internal/money"
	"myclothes/internal/order"
)

// The pages of accounts.
var (
	Form    = page[FormView]("form")
	Account = page[AccountView]("account")
	Seen    = page[SeenView]("seen")
)

// FormView is a page that asks for a few things.
type FormView struct {
	Words
	Heading string
	Lead    string
	Said    string // what has just been done; empty: nothing
	Error   string
	Action  string // where it is sent; empty: there is nothing to send
	Hidden  []Hidden
	Inputs  []Input
	Ticks   []Tick
	Submit  string
	Doors   []Door      // to accounts elsewhere
	Passkey *PasskeyAsk // nil: not by a passkey
	Links   []Link
}

// Door leads to a provider of accounts.
type Door struct{ Provider, Action, Text, Next string }

// Elsewhere is a provider with what its owner has of it.
type Elsewhere struct {
	Name, Action string
	Since        string // when it was linked; empty: it is not
}

// PasskeyAsk is the form of a passkey. It is hidden until the script knows that the browser can answer it.
type PasskeyAsk struct {
	Words
	Action string
	Ask    string // where the script asks for the question
	Text   string // on the button
	Next   string
	New    bool // a new passkey is made
}

// Input is a text field with all that stands around it.
type Input struct {
	Field
	Label, Type, Auto, Mode, Hint, Example string
	Max                                    int
	Optional, Phone                        bool
}

// Tick is something to agree to. Nothing is ticked beforehand but what somebody ticked before.
type Tick struct {
	Name, Value, Text, Address, Error string
	Required, Ticked                  bool
}

// AccountView is a page of who has signed in: one of its parts is shown.
type AccountView struct {
	Words
	Heading   string
	Ways      []Link
	Said      string
	Error     string
	Who       *customer.Customer
	Orders    []OrderRow
	Recent    []Card // what was looked at in this browser
	Wishes    []WishCard
	Part      string // "home", "orders", "wishlist", "addresses", "keys", "devices", "consents"
	Addresses []customer.Address
	Devices   []Device
	Consents  []ConsentRow

	HasPassword   bool
	Elsewhere     []Elsewhere
	Passkeys      []customer.Passkey
	MayAddPasskey bool // the shop can have passkeys
}

// NewPasskey is the form that adds a passkey.
func (v AccountView) NewPasskey() PasskeyAsk {
	return PasskeyAsk{Words: v.Words, Action: v.To("/account/passkeys"), Ask: v.To("/account/passkeys/offer"), Text: v.Say("이 기기에 패스키 만들기", "Make a passkey on this device"), New: true}
}

// OrderRow is an order in a list.
type OrderRow struct {
	Number, Address, Image string
	Title                  string // "옥스퍼드 셔츠 외 2건"
	Status                 order.Status
	Total                  money.Amount
	At                     time.Time
}

// WishCard is a product that somebody wishes for, and where the form goes that takes it away.
type WishCard struct {
	Card
	Stopped bool // no longer sold
	Remove  string
}

// SeenView is what was looked at in this browser.
type SeenView struct {
	Words
	Cards []Card
}

// Device is where somebody is signed in.
type Device struct {
	customer.SignIn
	Here bool
}

// ConsentRow is a line of the ledger with what can be done about it.
type ConsentRow struct {
	Document         customer.Document
	Text             string
	Stands, Optional bool
	Since            string // when it was given or withdrawn; empty: never
}
