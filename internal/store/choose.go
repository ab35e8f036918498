package store

import (
	"context"
	"math/rand/v2"
	"sync/atomic"
	"time"

	"myclothes/internal/fault"
	"myclothes/internal/fresh"
)

// fit reports whether a replica may answer a read that must see everything up to a position.
func (r *replicas) fit(one *replica, since fresh.Position) bool {
	s := one.state.Load()
	return s.up && s.pos >= since && s.behind+time.Since(s.at) <= mostBehind
}

// choose returns the less busy of two replicas that fit, or nil.
func (r *replicas) choose(since fresh.Position, but *replica) *replica {
	var fit []*replica
	for _, one := range r.all {
		if one != but && r.fit(one, since) {
			fit = append(fit, one)
		}
	}
	if len(fit) == 0 {
		return nil
	}
	a, b := fit[rand.IntN(len(fit))], fit[rand.IntN(len(fit))]
	if b.busy.Load() < a.busy.Load() {
		return b
	}
	return a
}

// chooseSame is choose, but for a context of fresh.Same, whose first choice stands.
func (r *replicas) chooseSame(same *atomic.Value, since fresh.Position, but *replica) *replica {
	if same == nil {
		return r.choose(since, but)
	}
	if one, ok := same.Load().(*replica); ok {
		return one
	}
	one := r.choose(since, but)
	if one != nil {
		same.CompareAndSwap(nil, one)
	}
	return one
}

// lost notes that a replica failed, so that nobody else asks it before it has been looked at.
func (one *replica) lost() {
	s := *one.state.Load()
	s.up = false
	one.state.Store(&s)
}

// primaryTurn waits for one of the turns on the primary of reads that a replica should have answered; done gives it back.
func (r *replicas) primaryTurn(ctx context.Context) (done func(), err error) {
	t := time.NewTimer(waitPrimary)
	defer t.Stop()
	select {
	case r.turns <- struct{}{}:
		return func() { <-r.turns }, nil
	case <-ctx.Done():
		return nil, ctx.Err()
	case <-t.C:
		return nil, fault.OutOfOrder.Because("no replica is recent enough, and the primary has as many reads as it bears")
	}
}

// lost notes that the primary does not answer, and returns the replica that is read instead, if there is one.
func (r *replicas) lost() *replica {
	r.mu.Lock()
	r.away = true
	r.mu.Unlock()
	return r.furthest()
}

// furthest returns, while the primary is away, the replica that has got furthest, whatever a read must see: nothing knows more, unless it was behind already. The
// primary's last place in its log is no measure, for it may be that of something that nobody was told of. nil while the primary answers.
func (r *replicas) furthest() *replica {
	r.mu.Lock()
	away := r.away
	r.mu.Unlock()
	if !away {
		return nil
	}
	var best *replica
	for _, one := range r.all {
		if s := one.state.Load(); s.up && (best == nil || s.pos > best.state.Load().pos) {
			best = one
		}
	}
	if best == nil {
		return nil
	}
	if behind, _ := r.behind(best.state.Load().pos, time.Now()); behind > mostBehind {
		return nil
	}
	return best
}
