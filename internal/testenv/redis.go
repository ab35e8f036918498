package testenv

import (
	"errors"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"strconv"
	"strings"
	"syscall"
)

// Redis is a running redis-server that keeps nothing on disk: what speaks Valkey's protocol wherever Debian is.
type Redis struct {
	Port     int
	dir      string
	settings string // of its file, which Sentinel writes back to
	options  []string
	*process
}

// StartRedis starts a server on a free port with further options: "--requirepass", "secret". It ends like StartPostgres's, but at once and without farewell.
func StartRedis(options ...string) (*Redis, error) {
	r := &Redis{Port: FreePort(), options: append([]string{"--save", "", "--appendonly", "no"}, options...)}
	return r, r.Start()
}

// Start starts a server that Stop ended again: on the same port, and empty.
func (r *Redis) Start() error {
	if err := r.launch(); err != nil {
		return err
	}
	return until(r.dir, "redis-server is not ready", func() bool {
		out, err := r.Ask("PING")
		return err == nil && out == "PONG" || strings.HasPrefix(out, "NOAUTH")
	})
}

func (r *Redis) launch() error {
	bin, err := exec.LookPath("redis-server")
	if err != nil {
		return fmt.Errorf("redis-server is not installed ('make deps' does it): %w", err)
	}
	if r.dir, err = os.MkdirTemp("", "myclothes-redis-"); err != nil {
		return err
	}
	file := filepath.Join(r.dir, "conf")
	if err := os.WriteFile(file, []byte(r.settings), 0o600); err != nil {
		return err
	}
	command := append([]string{bin, file}, r.options...)
	command = append(command, "--port", strconv.Itoa(r.Port), "--bind", "127.0.0.1", "--dir", r.dir)
	r.process, err = keep(r.dir, &syscall.SysProcAttr{}, "KILL", command...)
	return err
}

// Stop kills the server and waits for its end. All it held is gone.
func (r *Redis) Stop() { r.end() }

// Address is where the server listens.
func (r *Redis) Address() string { return "127.0.0.1:" + strconv.Itoa(r.Port) }

// Ask runs one command with redis-cli and returns its plain answer.
func (r *Redis) Ask(command ...string) (string, error) { return r.cli("", command...) }

// cli runs a command, or the lines of input one after another over one connection.
func (r *Redis) cli(input string, command ...string) (string, error) {
	cmd := exec.Command("redis-cli", append([]string{"-e", "-h", "127.0.0.1", "-p", strconv.Itoa(r.Port)}, command...)...)
	cmd.Stdin = strings.NewReader(input)
	out, err := cmd.CombinedOutput()
	return strings.TrimSpace(string(out)), err
}

// answers reports whether the answer to a command holds a text.
func (r *Redis) answers(text string, command ...string) bool {
	out, err := r.Ask(command...)
	return err == nil && strings.Contains(out, text)
}

// Sentinels is a master with two replicas, watched by three Sentinels that call it "shop" and replace it about half a second after it fell silent.
type Sentinels struct {
	Master    *Redis
	Replicas  [2]*Redis
	Sentinels [3]*Redis
}

// StartSentinels starts them and returns when the Sentinels know each other and both replicas follow.
func StartSentinels() (*Sentinels, error) {
	s := &Sentinels{}
	var err error
	if s.Master, err = StartRedis("--repl-diskless-sync-delay", "0"); err != nil {
		return s, err
	}
	for i := range s.Replicas {
		if s.Replicas[i], err = StartRedis("--repl-diskless-sync-delay", "0", "--replicaof", "127.0.0.1 "+strconv.Itoa(s.Master.Port)); err != nil {
			return s, err
		}
	}
	if err := until(s.Master.dir, "the replicas do not follow", func() bool {
		out, _ := s.Master.Ask("INFO", "replication")
		return strings.Count(out, "state=online") == len(s.Replicas)
	}); err != nil {
		return s, err
	}
	return s, s.watch()
}

const sentinelConf = `sentinel monitor shop 127.0.0.1 %d 2
sentinel down-after-milliseconds shop 500
sentinel failover-timeout shop 3000
sentinel parallel-syncs shop 2
`

func (s *Sentinels) watch() error {
	for i := range s.Sentinels {
		s.Sentinels[i] = &Redis{Port: FreePort(), settings: fmt.Sprintf(sentinelConf, s.Master.Port), options: []string{"--sentinel"}}
		if err := s.Sentinels[i].Start(); err != nil {
			return err
		}
	}
	for _, w := range s.Sentinels {
		if err := until(w.dir, "the Sentinels do not know each other", func() bool {
			return w.answers("slaves=2,sentinels=3", "INFO", "sentinel") && w.answers("status=ok", "INFO", "sentinel")
		}); err != nil {
			return err
		}
	}
	return nil
}

// Addresses lists where the Sentinels listen, with commas between.
func (s *Sentinels) Addresses() string {
	var all []string
	for _, w := range s.Sentinels {
		all = append(all, w.Address())
	}
	return strings.Join(all, ",")
}

// CutOff ends the master's replication: its replicas are thrown out, and nobody new gets in. Connections that are there stay.
func (s *Sentinels) CutOff() error {
	out, err := s.Master.cli("CONFIG SET maxclients 1\nCLIENT KILL TYPE replica\n")
	if err == nil && !strings.HasPrefix(out, "OK") {
		err = errors.New(out)
	}
	return err
}

// Stop ends all of them.
func (s *Sentinels) Stop() {
	for _, r := range append(append([]*Redis{s.Master}, s.Replicas[:]...), s.Sentinels[:]...) {
		if r != nil && r.process != nil {
			r.Stop()
		}
	}
}

// StartRedisCluster starts three masters that share the slots among them.
func StartRedisCluster() ([]*Redis, error) {
	var nodes []*Redis
	create := []string{"--cluster", "create"}
	for range 3 {
		r, err := StartRedis("--cluster-enabled", "yes", "--cluster-port", strconv.Itoa(FreePort()))
		if err != nil {
			return nodes, err
		}
		nodes, create = append(nodes, r), append(create, r.Address())
	}
	if out, err := exec.Command("redis-cli", append(create, "--cluster-yes")...).CombinedOutput(); err != nil {
		return nodes, errors.Join(err, errors.New(string(out)))
	}
	for _, r := range nodes {
		if err := until(r.dir, "the cluster does not stand", func() bool { return r.answers("cluster_state:ok", "CLUSTER", "INFO") }); err != nil {
			return nodes, err
		}
	}
	return nodes, nil
}
