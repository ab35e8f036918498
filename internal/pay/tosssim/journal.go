package tosssim

import (
	"bufio"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"os"
	"path/filepath"
	"time"
)

// record is one line of the journal: a payment as it now is, the answer that an idempotency key is bound to, or both at
// once, so that a capture and its answer cannot be parted.
type record struct {
	Payment *entry  `json:"payment,omitempty"`
	Answer  *answer `json:"answer,omitempty"`
}

// answer is what a repeated request gets. Scope is a hash over API key, method, path and idempotency key.
type answer struct {
	Scope  string          `json:"scope"`
	At     time.Time       `json:"at"`
	Status int             `json:"status"`
	Body   json.RawMessage `json:"body"`
}

// journal appends records to a file. The nil *journal keeps nothing. It is not safe for concurrent use; Server.mu guards it.
//
// It does not fsync: what a killed process has written, the system keeps. It does not promise to survive the machine.
type journal struct {
	file *os.File
	size int64 // of whole lines
}

// openJournal replays the lines of path, oldest first, and opens it for more. An empty path gives nil.
func openJournal(path string, replay func(record)) (*journal, error) {
	if path == "" {
		return nil, nil
	}
	if err := os.MkdirAll(filepath.Dir(path), 0o700); err != nil {
		return nil, err
	}
	f, err := os.OpenFile(path, os.O_RDWR|os.O_CREATE, 0o600)
	if err != nil {
		return nil, err
	}
	j := &journal{file: f}
	if err := j.load(replay); err != nil {
		f.Close()
		return nil, fmt.Errorf("tosssim: journal %s: %w", path, err)
	}
	return j, nil
}

// load reads whole lines and cuts off what follows the last of them.
func (j *journal) load(replay func(record)) error {
	r := bufio.NewReader(j.file)
	for {
		line, err := r.ReadBytes('\n')
		if err == io.EOF {
			break // what is in line has no end, so it was torn
		}
		if err != nil {
			return err
		}
		var rec record
		if err := json.Unmarshal(line, &rec); err != nil {
			return fmt.Errorf("at byte %d: %w", j.size, err)
		}
		replay(rec)
		j.size += int64(len(line))
	}
	return j.cut()
}

// cut drops what follows the last whole line and goes there.
func (j *journal) cut() error {
	if err := j.file.Truncate(j.size); err != nil {
		return err
	}
	_, err := j.file.Seek(j.size, io.SeekStart)
	return err
}

// append writes r as one line. After an error nothing of it remains.
func (j *journal) append(r record) error {
	if j == nil {
		return nil
	}
	line, err := json.Marshal(r)
	if err != nil {
		return err
	}
	line = append(line, '\n')
	if _, err := j.file.Write(line); err != nil {
		return errors.Join(err, j.cut())
	}
	j.size += int64(len(line))
	return nil
}

// Close closes the file.
func (j *journal) Close() error {
	if j == nil {
		return nil
	}
	return j.file.Close()
}
