// Package outbox names what has happened and still has to have its effect outside the database.
//
// An event is written in the transaction of its cause and delivered later by a worker, so that no effect is lost with a
// process and none happens for something that was rolled back.
package outbox

import (
	"context"
	"time"
)

// Topic says what happened; the package whose thing it happened to lists its topics.
type Topic string

// Event is delivered at least once; ID tells a repeat.
type Event struct {
	ID       string // UUIDv7
	Topic    Topic
	Subject  string // what it happened to: the order's number
	At       time.Time
	Attempts int // made before this one
}

// Box hands out events. Safe for concurrent use by any number of instances.
type Box interface {
	// Claim returns up to limit events that are due, oldest first, and leaves them to the caller for that long: whoever
	// neither finishes nor fails one by then has lost it to the next claim. Two workers never hold the same event.
	Claim(ctx context.Context, at time.Time, hold time.Duration, limit int) ([]Event, error)
	// Finish marks an event delivered.
	Finish(ctx context.Context, id string, at time.Time) error
	// Fail puts an event off until next, and keeps why it could not be delivered.
	Fail(ctx context.Context, id, why string, next time.Time) error
}
