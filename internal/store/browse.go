package store

import (
	"context"
	"database/sql"
	"errors"
	"time"

	"myclothes/internal/fresh"
)

// answer is the rows of a read, with what is to be done when they have been read.
type answer struct {
	*sql.Rows
	end func()
}

func (r *answer) Close() error {
	err := r.Rows.Close()
	if r.end != nil {
		r.end()
		r.end = nil
	}
	return err
}

// browse runs a read that may be a moment behind: on a replica that fits, on another one if that fails, and else on the primary.
func (r reader) browse(ctx context.Context, name, text string, args []any) (*answer, error) {
	set, since, same := r.db.replicas, fresh.Since(ctx), fresh.Reader(ctx)
	var failed *replica
	for range 2 {
		one := set.chooseSame(same, since, failed)
		if one == nil {
			break
		}
		got, err := r.ask(ctx, one, name, text, args)
		if err == nil {
			return got, nil
		}
		gone := errors.Is(err, errLate) || r.db.dialect.gone(err)
		if !gone && !conflicts(err) {
			return nil, r.db.fail(name, err)
		}
		if failed = one; gone && ctx.Err() == nil {
			one.lost()
		}
		if same != nil {
			return nil, r.db.fail(name, err) // another reader may be behind what this one has shown already
		}
	}
	if one := set.furthest(); one != nil {
		return r.askFurthest(ctx, one, name, text, args)
	}
	done, err := set.primaryTurn(ctx)
	if err != nil {
		return nil, err
	}
	start := time.Now()
	got, err := r.db.read.QueryContext(ctx, text, args...)
	r.db.observe(name, "primary", time.Since(start))
	if err == nil {
		return &answer{got, done}, nil
	}
	if done(); r.db.dialect.gone(err) && ctx.Err() == nil {
		if one := set.lost(); one != nil {
			return r.askFurthest(ctx, one, name, text, args)
		}
	}
	return nil, r.db.fail(name, err)
}

func (r reader) askFurthest(ctx context.Context, one *replica, name, text string, args []any) (*answer, error) {
	got, err := r.ask(ctx, one, name, text, args)
	return got, r.db.fail(name, err)
}

// ask runs a read on a replica, which has answerWithin to begin its answer: one that stalls costs that and no error.
func (r reader) ask(ctx context.Context, one *replica, name, text string, args []any) (*answer, error) {
	one.busy.Add(1)
	inner, cancel := context.WithCancel(ctx)
	end := func() { cancel(); one.busy.Add(-1) }
	late := time.AfterFunc(answerWithin, cancel)
	start := time.Now()
	got, err := one.pool.QueryContext(inner, text, args...)
	r.db.observe(name, one.name, time.Since(start))
	if !late.Stop() && ctx.Err() == nil {
		err = errors.Join(err, errLate)
	}
	if err != nil {
		if got != nil {
			got.Close()
		}
		end()
		return nil, err
	}
	return &answer{got, end}, nil
}

var errLate = errors.New("store: a replica did not answer in time")

// conflicts reports whether a replica gave a read up because replaying the primary's changes was more urgent (40001 on a standby).
var conflicts = pgIs("40001", "40P01")
