package company

import "strings"

// Roles are what somebody may do for a company; any of them together, at least one.
//
//	             fills carts,  orders what   orders what    sees and cancels   manages
//	             asks, quotes  is in the     others ask for every order, asks  who buys
//	                           own cart                     for tax invoices
//	Buys             yes
//	Buys+Pays        yes           yes                            yes
//	Approves                       yes            yes             yes
//	Pays                                                          yes
//	all three        yes           yes            yes             yes            yes
type Roles struct{ Buys, Approves, Pays bool }

// All is what the founder of a company has.
var All = Roles{true, true, true}

// None reports whether there is none.
func (r Roles) None() bool { return r == Roles{} }

// MayAsk reports whether they may ask somebody to order for them.
func (r Roles) MayAsk() bool { return r.Buys }

// MayOrder reports whether they may order their own cart without asking.
func (r Roles) MayOrder() bool { return r.Approves || r.Buys && r.Pays }

// SeesAll reports whether they see every order of the company, may cancel it, and may ask for its tax invoice.
func (r Roles) SeesAll() bool { return r.Approves || r.Pays }

// Manages reports whether they decide who else buys for the company.
func (r Roles) Manages() bool { return r == All }

// String names them, for logs and the command line: "buys approves".
func (r Roles) String() string {
	var all []string
	for _, x := range []struct {
		has  bool
		name string
	}{{r.Buys, "buys"}, {r.Approves, "approves"}, {r.Pays, "pays"}} {
		if x.has {
			all = append(all, x.name)
		}
	}
	return strings.Join(all, " ")
}
