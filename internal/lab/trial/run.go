//go:build linux

package trial

import (
	"context"
	"errors"
	"math/rand/v2"
	"slices"
	"time"

	"myclothes/internal/lab/faults"
	"myclothes/internal/lab/shoppers"
)

// Outcome is what one step did to the shoppers, from its beginning until everything was whole again.
type Outcome struct {
	Step
	What    []string      `json:"what"`
	From    float64       `json:"from"` // seconds since the crowd began
	Until   float64       `json:"until"`
	Mended  float64       `json:"mended"` // when the fault ended
	Reading shoppers.Sums `json:"browsing"`
	Carts   shoppers.Sums `json:"carts"`
	Buying  shoppers.Sums `json:"buying"`
	Dark    int           `json:"seconds_without_service"`
	Primary bool          `json:"primary"`            // the fault takes the primary
	Reads   float64       `json:"last_reading_error"` // seconds after the fault began
	Writes  float64       `json:"last_writing_error"`
}

// mend is how long everything may take to become whole after a fault.
const mend = 2 * time.Minute

// Break does one step: it begins its faults, holds them, ends them, and waits until everything is whole again.
func (w *World) Break(ctx context.Context, step Step) (Outcome, error) {
	chance := rand.New(rand.NewPCG(step.Seed, 3))
	o := Outcome{Step: step}
	began := time.Now()
	var begun []faults.Begun
	hold := time.Duration(0)
	var failed error
	for _, name := range step.Faults {
		f, err := faults.Find(name)
		if err != nil {
			return o, err
		}
		b, err := f.Begin(ctx, w.Faults(), chance)
		if failed = errors.Join(failed, err); err != nil {
			break
		}
		w.Say("%s: %s", f, b.What)
		begun, o.What = append(begun, b), append(o.What, b.What)
		hold, o.Primary = max(hold, f.Hold), o.Primary || f.Primary
	}
	if failed == nil {
		wait(ctx, hold)
	}
	for _, b := range begun {
		failed = errors.Join(failed, b.End(context.WithoutCancel(ctx)))
	}
	mended := time.Now()
	if failed == nil {
		failed = w.Stack.Whole(ctx, mend)
	}
	w.trouble(began)
	w.sum(&o, began, mended, time.Now())
	w.Say("whole again %.1f s after the end of %s; availability %.3f %%", o.Until-o.Mended, step, 100*o.Reading.Availability)
	return o, failed
}

// sum adds up what shoppers noticed.
func (w *World) sum(o *Outcome, began, mended, now time.Time) {
	calls := w.Crowd.History.Calls()
	since := func(t time.Time) float64 { return t.Sub(w.Began).Seconds() }
	o.From, o.Mended, o.Until = since(began), since(mended), since(now)
	o.Reading = shoppers.Sum(calls, began, now, shoppers.Browsing)
	o.Carts = shoppers.Sum(calls, began, now, shoppers.Carting)
	o.Buying = shoppers.Sum(calls, began, now, shoppers.Buying)
	o.Reads = lastError(calls, began, now, shoppers.Browsing)
	o.Writes = lastError(calls, began, now, shoppers.Carting, shoppers.Buying)
	o.Dark = shoppers.Dark(shoppers.Seconds(calls, began, now, shoppers.Browsing, shoppers.Carting))
}

// lastError is how long after the beginning a call was due that was still not answered; 0 if all were.
func lastError(calls []shoppers.Call, began, now time.Time, groups ...shoppers.Group) (last float64) {
	for _, c := range calls {
		if c.Outcome == shoppers.Unknown && c.Due.After(began) && c.Due.Before(now) && slices.Contains(groups, c.Group()) {
			last = max(last, c.Due.Sub(began).Seconds())
		}
	}
	return last
}

func wait(ctx context.Context, d time.Duration) {
	select {
	case <-ctx.Done():
	case <-time.After(d):
	}
}

// calm is how long the crowd shops undisturbed before, between and after.
const calm = 3 * time.Second

// lengthy runs have room for faults that last minutes.
const lengthy = 20 * time.Minute

// Test breaks single faults for the first two thirds of the time and pairs for the rest. A step that would not end in time is left out.
func (w *World) Test(ctx context.Context, seed uint64, long time.Duration) ([]Outcome, error) {
	single, double := Schedule(seed, 200, long >= lengthy)
	end := time.Now().Add(long)
	var all []Outcome
	for _, part := range []struct {
		steps []Step
		until time.Time
	}{{single, end.Add(-long / 3)}, {double, end}} {
		for _, step := range part.steps {
			if time.Now().Add(calm + takes(step)).After(part.until) {
				continue
			}
			wait(ctx, calm)
			o, err := w.Break(ctx, step)
			all = append(all, o)
			if err != nil || ctx.Err() != nil {
				return all, errors.Join(err, ctx.Err())
			}
		}
	}
	return all, nil
}

// takes is about how long a step needs.
func takes(step Step) time.Duration {
	long := 5 * time.Second
	for _, name := range step.Faults {
		if f, err := faults.Find(name); err == nil {
			long = max(long, f.Hold+15*time.Second)
			switch {
			case name == "key-rotation":
				long = max(long, 40*time.Second)
			case f.Primary:
				long = max(long, f.Hold+30*time.Second)
			}
		}
	}
	return long
}
