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
	Links   []Link
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
	Who       *customer.Customer
	Orders    []OrderRow
	Part      string // "home", "orders", "addresses", "devices", "consents"
	Addresses []customer.Address
	Devices   []Device
	Consents  []ConsentRow
}

// OrderRow is an order in a list.
type OrderRow struct {
	Number, Address, Image string
	Title                  string // "옥스퍼드 셔츠 외 2건"
	Status                 order.Status
	Total                  money.Amount
	At                     time.Time
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
