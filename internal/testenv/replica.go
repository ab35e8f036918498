package testenv

import (
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"strconv"
	"strings"
)

// Replica is a server that follows another one.
type Replica struct {
	*Server
	of *Server
}

// StartReplica copies the server and starts the copy as its streaming replica, with further options. Replay can be held back by
// "-c recovery_min_apply_delay=1s" or with Hold.
func (s *Server) StartReplica(options ...string) (*Replica, error) {
	dir, err := os.MkdirTemp("", "myclothes-pg-replica-")
	if err != nil {
		return nil, err
	}
	who, err := pgUser(dir)
	if err != nil {
		return nil, err
	}
	data := filepath.Join(dir, "data")
	backup := exec.Command(filepath.Join(s.Bin, "pg_basebackup"), "-h", "127.0.0.1", "-p", strconv.Itoa(s.Port), "-U", "shop", "-D", data, "-R", "-X", "stream", "--checkpoint=fast", "--no-sync")
	backup.SysProcAttr, backup.Dir = who, dir
	if out, err := backup.CombinedOutput(); err != nil {
		return nil, fmt.Errorf("pg_basebackup: %w: %s", err, out)
	}
	r := &Replica{Server: &Server{Bin: s.Bin, Port: FreePort()}, of: s}
	args := append([]string{"-D", data, "-p", strconv.Itoa(r.Port), "-h", "127.0.0.1", "-k", dir, "-c", "max_connections=200", "-c", "max_wal_senders=12", "-c", "hot_standby=on"}, options...)
	return r, r.Server.run(dir, who, args)
}

// Address returns the replica's address of a database of the server that it follows.
func (r *Replica) Address(of string) string {
	return strings.Replace(of, fmt.Sprintf(":%d/", r.of.Port), fmt.Sprintf(":%d/", r.Port), 1)
}

// Hold pauses replay, or lets it go on.
func (r *Replica) Hold(database string, hold bool) error {
	act := "pg_wal_replay_resume()"
	if hold {
		act = "pg_wal_replay_pause()"
	}
	out, err := exec.Command(filepath.Join(r.Bin, "psql"), "-X", "-c", "SELECT "+act, r.Address(database)).CombinedOutput()
	if err != nil {
		return fmt.Errorf("%s: %w: %s", act, err, out)
	}
	return nil
}
