package session

import "context"

// Moving is a store that visitors move into from a previous one: at the first sight of a visitor whom only the previous store knows, their record is filed in the
// new one. Signing out ends both. A visitor who signs out in one tab at the very moment in which another moves in may be left with a record in the
// new store; their SignIn is over all the same, which is what pages that show something personal ask.
type Moving struct {
	Store          // the new one
	Previous Store // read, never filled
}

var _ Store = Moving{}

// Open returns the record from where it is, and moves it in.
func (m Moving) Open(ctx context.Context, c Carried) (Record, Carried, error) {
	r, next, err := m.Store.Open(ctx, c)
	if err != nil || !r.IsZero() || !c.Visitor.SignedIn() {
		return r, next, err
	}
	r, _, err = m.Previous.Open(ctx, c)
	if err != nil || r.IsZero() {
		return r, next, err
	}
	if next, err = m.Store.File(ctx, c, r); err != nil {
		return r, c, nil // they are known all the same; the next request tries again
	}
	return r, next, nil
}

// End ends the session in both stores, in the previous one first.
func (m Moving) End(ctx context.Context, c Carried) (Carried, error) {
	if _, err := m.Previous.End(ctx, c); err != nil {
		return c, err
	}
	return m.Store.End(ctx, c)
}
