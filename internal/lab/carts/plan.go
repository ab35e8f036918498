// Package carts asks where a cart is when the next request lands on another instance, and what an instance takes along when it dies.
//
// Three instances of the shop stand behind a balancer. Shoppers add things and look at their carts while one instance after another is killed. Whoever
// finds less in the cart than the shop has acknowledged has lost it.
package carts

import (
	"context"
	"io"
	"time"

	"myclothes/internal/lab/host"
)

// Home is where carts live, and whether the balancer pins a visitor to an instance.
type Home struct {
	Name     string // a value of the setting cart-home
	Affinity bool
}

// Homes are the rows of the table, in the order of the stages.
var Homes = []Home{{"memory", false}, {"memory", true}, {"cookie", false}, {"database", false}, {"valkey", false}, {"dynamodb", false}}

// Plan says how hard to try.
type Plan struct {
	Shoppers  int
	For       time.Duration // how long they shop
	KillEvery time.Duration // an instance is killed, and started again; 0 kills none
	Pause     time.Duration // the longest time a shopper looks at what came
	Program   string        // the shop's; built where empty
}

// Measure runs the plan for every home and returns a row for each. It tells out how it gets on.
func Measure(ctx context.Context, site *host.Site, plan Plan, homes []Home, out io.Writer) ([]Row, error) {
	w, err := open(ctx, site, plan.Program, out)
	if err != nil {
		return nil, err
	}
	var rows []Row
	for _, h := range homes {
		row, err := w.measure(ctx, h, plan)
		if err != nil {
			return rows, err
		}
		rows = append(rows, row)
	}
	return rows, nil
}
