package app

import (
	"context"
	"time"

	"myclothes/internal/payment"
	"myclothes/internal/worker"
)

// keepEvents is how long delivered events stay, for those who look into what happened.
const keepEvents = 7 * 24 * time.Hour

// jobs are what every instance does in the background.
func (x *shop) jobs() []worker.Job {
	box, carts, merchant := x.db.Outbox(), x.db.Carts(), x.db.Merchant()
	return []worker.Job{
		{Name: "reconcile payments", Every: time.Second, Limit: time.Minute, Run: x.desk.Reconcile},
		{Name: "expire orders", Every: 5 * time.Second, Limit: time.Minute, Run: x.desk.Expire},
		{Name: "deliver events", Every: time.Second, Limit: 3 * time.Minute, Run: worker.Deliver(box, time.Now, 4*time.Minute, x.deliver)},
		{Name: "follow the catalogue", Every: 300 * time.Millisecond, Limit: 10 * time.Minute, Run: x.catalog.Follow},
		{Name: "count what sells", Every: time.Hour, Limit: 10 * time.Minute, Run: x.reload},
		{Name: "apply sales", Every: time.Second, Limit: time.Minute, Run: merchant.ApplySales},
		{Name: "sweep changes", Every: 10 * time.Minute, Limit: time.Minute, Run: merchant.SweepChanges},
		{Name: "watch what waits", Every: 15 * time.Second, Limit: 10 * time.Second, Run: x.watch},
		{Name: "sweep carts", Every: 10 * time.Minute, Limit: time.Minute, Run: carts.Sweep},
		{Name: "sweep sessions", Every: 10 * time.Minute, Limit: time.Minute, Run: x.db.Sessions().Sweep},
		{Name: "sweep accounts", Every: 10 * time.Minute, Limit: time.Minute, Run: x.customers.Sweep},
		{Name: "rewrap data keys", Every: time.Minute, Limit: time.Minute, Run: x.customers.Rewrap},
		{Name: "rewrap companies' data keys", Every: time.Minute, Limit: time.Minute, Run: x.companies.Rewrap},
		{Name: "erase what is over", Every: time.Hour, Limit: 10 * time.Minute, Run: x.db.Retention().Run},
		{Name: "seal orders", Every: time.Minute, Limit: time.Minute, Run: x.db.Orders().SealOrders},
		{Name: "sweep events", Every: 10 * time.Minute, Limit: time.Minute, Run: func(ctx context.Context) (int, error) {
			return box.Sweep(ctx, time.Now().Add(-keepEvents))
		}},
	}
}

// reload reads the whole catalogue anew: units sold, by which the index orders, are not followed one by one.
func (x *shop) reload(ctx context.Context) (int, error) {
	if time.Since(x.opened) < time.Hour/2 {
		return 0, nil // it has just been read
	}
	return 0, x.catalog.Load(ctx)
}

// watch measures how long the oldest open payments and events have been waiting: the figures that should wake somebody.
func (x *shop) watch(ctx context.Context) (int, error) {
	open, err := x.desk.Orders.OpenPayments(ctx)
	if err != nil {
		return 0, err
	}
	for _, s := range []payment.State{payment.Confirming, payment.Unknown, payment.Refunding} {
		x.metrics.Waiting("payment "+string(s), age(open[s].Since))
	}
	oldest, err := x.db.Outbox().Oldest(ctx)
	x.metrics.Waiting("events", age(oldest))
	return 0, err
}

// age is how long ago that was; nothing for the zero time.
func age(since time.Time) time.Duration {
	if since.IsZero() {
		return 0
	}
	return time.Since(since)
}
