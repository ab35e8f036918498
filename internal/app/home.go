package app

import (
	"context"
	"fmt"
	"log/slog"
	"time"

	"myclothes/internal/cart"
	"myclothes/internal/home/cookie"
	"myclothes/internal/home/dynamo"
	"myclothes/internal/home/memory"
	"myclothes/internal/home/valkey"
	"myclothes/internal/session"
)

// home is where a visitor's state lives: cart and session in the same place.
type home struct {
	carts    cart.Home
	sessions session.Store
}

// homes opens where carts and sessions live, and where they lived before if some have not moved yet.
func (x *shop) homes() (home, error) {
	now, err := x.home(x.settings.CartHome)
	if err != nil || x.settings.CartHomePrevious == "none" {
		return now, err
	}
	was, err := x.home(x.settings.CartHomePrevious)
	return home{
		&cart.Moving{Home: now.carts, Previous: was.carts, Moved: x.metrics.MovedCart},
		session.Moving{Store: now.sessions, Previous: was.sessions},
	}, err
}

func (x *shop) home(name string) (home, error) {
	h, err := x.bareHome(name)
	if err != nil {
		return home{}, err
	}
	return home{x.metrics.Timed(h.carts), x.metrics.TimedSessions(h.sessions)}, nil
}

func (x *shop) bareHome(name string) (home, error) {
	switch name {
	case "memory":
		return home{memory.New(), memory.NewSessions(time.Now)}, nil
	case "cookie":
		return x.cookieHome()
	case "valkey":
		o, err := valkey.Parse(x.settings.Valkey)
		if err != nil {
			return home{}, fmt.Errorf("--valkey: %w", err)
		}
		o.Resting = func(resting bool) { slog.Warn("the home of carts is left alone", "home", "valkey", "resting", resting) }
		h, err := valkey.Open(context.Background(), o)
		if err != nil {
			return home{}, err
		}
		x.outside(h.Name(), h.Ping, h.Close)
		return home{h, h.Sessions()}, nil
	case "dynamodb":
		o, err := dynamo.Parse(x.settings.Dynamodb)
		if err != nil {
			return home{}, fmt.Errorf("--dynamodb: %w", err)
		}
		h, err := dynamo.Open(context.Background(), o)
		if err != nil {
			return home{}, err
		}
		x.outside(h.Name(), h.Ping, h.Close)
		return home{h, h.Sessions()}, nil
	}
	return home{x.db.Carts(), x.db.Sessions()}, nil
}

func (x *shop) cookieHome() (home, error) {
	ring, err := x.ring()
	if err != nil {
		return home{}, err
	}
	o := cookie.Options{Keys: ring, Refused: x.metrics.RefusedCookie}
	return home{cookie.New(o), cookie.NewSessions(o)}, nil
}
