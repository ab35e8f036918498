package exchange

import (
	"context"
	"errors"
	"hash/maphash"
	"io"
	"time"
)

// Import is one file that is brought in.
type Import struct {
	Shop     Shop
	Pictures Pictures
	JSON     bool
	Now      func() time.Time
	Progress Progress
	encoding string
}

// Run brings the file in: it is read once to be checked, and once more to be written. Faults of the file come back as *Refused; after any error nothing
// of it is in the shop, though pictures that were good may already be in the folder, where nothing shows them.
func (i *Import) Run(ctx context.Context, file io.ReadSeeker) (Done, error) {
	begin := time.Now()
	c := &checker{Import: i, ctx: ctx, ids: map[uint64]int64{}, seed: maphash.MakeSeed(), pictures: map[string]string{}, unread: map[[2]int]bool{}}
	if err := c.start(); err != nil {
		return Done{}, err
	}
	err := i.read(ctx, file, "check", c.misread, c.check)
	if err == nil && len(c.refused.Faults) > 0 {
		err = &c.refused
	}
	if err != nil {
		return Done{}, err
	}
	done, err := i.write(ctx, file, c)
	done.Took, done.Encoding = time.Since(begin), i.encoding
	return done, err
}

// read reads the file from its beginning.
func (i *Import) read(ctx context.Context, file io.ReadSeeker, step string, bad func(Fault), each func(item) error) error {
	if _, err := file.Seek(0, io.SeekStart); err != nil {
		return err
	}
	r, encoding, err := decoded(file)
	var f Fault
	if errors.As(err, &f) {
		bad(f)
		return nil
	}
	if err != nil {
		return err
	}
	i.encoding = encoding
	var s source = table{}
	if i.JSON {
		s = document{}
	}
	rows := 0
	return s.items(r, bad, func(x item) error {
		rows += x.rows
		i.Progress(step, rows)
		if err := ctx.Err(); err != nil {
			return err
		}
		return each(x)
	})
}
