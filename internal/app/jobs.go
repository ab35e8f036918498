package app

import (
	"context"
	"time"

	"myclothes/internal/mail"
	"myclothes/internal/outbox"
	"myclothes/internal/worker"
)

// keepEvents is how long delivered events stay, for those who look into what happened.
const keepEvents = 7 * 24 * time.Hour

// jobs are what every instance does in the background.
func (x *shop) jobs() []worker.Job {
	box, carts := x.db.Outbox(), x.db.Carts()
	return []worker.Job{
		{Name: "settle payments", Every: time.Second, Limit: 5 * time.Minute, Run: x.desk.Settle},
		{Name: "expire orders", Every: 5 * time.Second, Limit: time.Minute, Run: x.desk.Expire},
		{Name: "deliver events", Every: time.Second, Limit: 5 * time.Minute, Run: worker.Deliver(box, time.Now, x.deliver)},
		{Name: "sweep carts", Every: 10 * time.Minute, Limit: time.Minute, Run: carts.Sweep},
		{Name: "sweep events", Every: 10 * time.Minute, Limit: time.Minute, Run: func(ctx context.Context) (int, error) {
			return box.Sweep(ctx, time.Now().Add(-keepEvents))
		}},
	}
}

// deliver writes to the buyer what happened to their order.
func (x *shop) deliver(ctx context.Context, e outbox.Event) error {
	r, err := x.desk.Orders.Order(ctx, e.Subject)
	if err != nil {
		return err
	}
	subject, body, ok := r.Order.Message(e.Topic, x.settings.BaseURL)
	if !ok {
		return nil
	}
	return x.sender.Send(ctx, mail.Message{ID: e.ID, To: r.Order.Contact.Email, Subject: subject, Body: body, At: e.At})
}
