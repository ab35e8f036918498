package parts

import (
	"context"
	"errors"
	"path/filepath"

	"myclothes/internal/lab/host"
)

// Shop is one instance of the shop's program.
type Shop struct {
	*host.Process // nil before it is first started
	Host          *host.Host
	Public, Ops   int // its ports
	Program       string
	Flags         []string // beside its addresses and its folder, from its next start on
	Away          bool     // it was drained, and is to stay away until it is started
}

// Start starts the instance, for the first time or again after its end, and returns when it is open. It is the demo, which brings its own goods.
func (s *Shop) Start(ctx context.Context) (err error) {
	s.Away = false
	if s.Process != nil {
		return errors.Join(s.Revive(), s.reopen(ctx))
	}
	if s.Process, err = s.Host.Start(host.Command{Name: "shop", Args: s.args(), Env: []string{host.ClockFile + "=" + s.Clock()}}); err != nil {
		return err
	}
	return s.open(ctx)
}

// patience is how often an instance is started that gives up while it starts, because the database is out of its reach just then. Service managers do the same.
const patience = 20

func (s *Shop) reopen(ctx context.Context) error {
	starts := 1
	return host.Until(ctx, slow, func() error {
		if !s.Over() {
			return s.Host.Healthy(ctx, "http://"+s.Address()+"/healthz")
		}
		if starts++; starts > patience {
			return s.open(ctx) // tells why
		}
		return errors.Join(errors.New("it gave up and is started again"), s.Revive())
	})
}

// Drain asks the instance to finish what it does and end, which it does without an error.
func (s *Shop) Drain() error {
	s.Away = true
	return s.Stop(slow)
}

// Revive starts an instance that has ended, and does not wait until it is open.
func (s *Shop) Revive() error {
	s.Instead(s.args())
	return s.Again()
}

// args are those of its next start.
func (s *Shop) args() []string {
	return append([]string{s.Program, "demo", "--listen=" + s.Host.At(s.Public), "--ops-listen=" + s.Host.At(s.Ops), "--data=" + filepath.Join(s.Host.Dir, "data"),
		"--instance=" + s.Host.Name, "--log-format=json", "--log-level=warn"}, s.Flags...)
}

// Runs reports whether the instance has been started and has not ended.
func (s *Shop) Runs() bool { return s.Process != nil && !s.Over() }

func (s *Shop) open(ctx context.Context) error {
	return s.Await(ctx, slow, func() error { return s.Host.Healthy(ctx, "http://"+s.Address()+"/healthz") })
}

// Clock is the file that moves the instance's clock, if its program lets it.
func (s *Shop) Clock() string { return filepath.Join(s.Host.Dir, "clock") }

// Mails is the folder of what this instance has sent.
func (s *Shop) Mails() string { return filepath.Join(s.Host.Dir, "data", "mail") }

// Address is where the instance listens.
func (s *Shop) Address() string { return s.Host.At(s.Public) }

// Simulator is the payment simulator in a process of its own: it does not die with its customers.
type Simulator struct {
	*host.Process
	host *host.Host
	port int
}

// StartSimulator starts the simulator of a shop whose address is given: there go its webhooks.
func StartSimulator(ctx context.Context, h *host.Host, port int, program, shop string) (*Simulator, error) {
	args := []string{program, "simulator", "--simulator-listen=" + h.At(port), "--data=" + filepath.Join(h.Dir, "data"), "--base-url=" + shop}
	p, err := h.Start(host.Command{Name: "simulator", Args: args})
	if err != nil {
		return nil, err
	}
	return &Simulator{p, h, port}, p.Await(ctx, slow, func() error { return listens(ctx, h, port) })
}

// Flags are the settings of a shop that is paid through this simulator.
func (s *Simulator) Flags() []string {
	return []string{"--payments=toss", "--toss-base-url=http://" + s.host.At(s.port), "--toss-secret-key=test_sk_myclothes_simulator",
		"--toss-client-key=test_ck_myclothes_simulator"}
}
