package parts

import (
	"context"
	"errors"
	"fmt"
	"path/filepath"
	"strings"
	"text/template"

	"myclothes/internal/lab/host"
)

const (
	postgresPort = 5432
	patroniPort  = 8008
)

// Database is PostgreSQL on several machines: a primary, a synchronous standby, and the other replicas. Patroni on each machine says which is which.
type Database struct {
	Hosts []*host.Host

	bin      string
	patronis []*host.Process
}

// patroniSettings: the primary's lock is missed after ttl seconds, which Patroni does not let be less.
var patroniSettings = template.Must(template.New("patroni").Parse(`scope: shop
name: {{.Host.Name}}
restapi:
  listen: {{.Host.IP}}:8008
  connect_address: {{.Host.IP}}:8008
etcd3:
  hosts: [{{.Etcd}}]
bootstrap:
  dcs:
    ttl: 20
    loop_wait: 2
    retry_timeout: 5
    maximum_lag_on_failover: 1048576
    synchronous_mode: true
    postgresql:
      use_pg_rewind: true
      use_slots: true
      parameters:
        max_connections: 200
        shared_buffers: 64MB
        wal_log_hints: "on"
        wal_keep_size: 128MB
        hot_standby_feedback: "on"
  initdb:
    - encoding: UTF8
    - locale: C.UTF-8
    - no-sync
postgresql:
  listen: {{.Host.IP}}:5432
  connect_address: {{.Host.IP}}:5432
  data_dir: {{.Host.Dir}}/postgres
  bin_dir: {{.Bin}}
  pgpass: {{.Host.Dir}}/pgpass
  authentication:
    superuser: {username: postgres, password: lab}
    replication: {username: replicator, password: lab}
    rewind: {username: postgres, password: lab}
  basebackup:
    checkpoint: fast
  pg_hba:
    - local all all trust
    - host all all 0.0.0.0/0 trust
    - host replication all 0.0.0.0/0 trust
  parameters:
    unix_socket_directories: {{.Host.Dir}}
tags: {nofailover: {{.Reader}}, nosync: {{.Reader}}}
`))

// StartDatabase starts PostgreSQL under Patroni on hosts, and returns when there is a primary, a synchronous standby, and every other one follows. etcd runs on
// some of them already.
func StartDatabase(ctx context.Context, hosts, etcds []*host.Host) (*Database, error) {
	bin, err := postgresBin()
	if err != nil {
		return nil, err
	}
	d := &Database{Hosts: hosts, bin: bin}
	var etcd []string
	for _, h := range etcds {
		etcd = append(etcd, h.At(etcdPort))
	}
	for i, h := range hosts {
		p, err := d.patroni(h, strings.Join(etcd, ", "), i >= candidates)
		if err != nil {
			return nil, err
		}
		d.patronis = append(d.patronis, p)
	}
	return d, d.settled(ctx)
}

// candidates for primary and standby are the first machines, one in each of three zones, so that the two are never in one zone. The others are for reading.
const candidates = 3

func (d *Database) patroni(h *host.Host, etcd string, reader bool) (*host.Process, error) {
	var text strings.Builder
	if err := patroniSettings.Execute(&text, map[string]any{"Host": h, "Etcd": etcd, "Bin": d.bin, "Reader": reader}); err != nil {
		return nil, err
	}
	file, err := h.Write("patroni.yml", text.String())
	if err != nil {
		return nil, err
	}
	return h.Start(host.Command{Name: "patroni", NotRoot: true, Args: []string{"patroni", file}})
}

// settled waits until every machine has its part.
func (d *Database) settled(ctx context.Context) error {
	for i, h := range d.Hosts {
		err := d.patronis[i].Await(ctx, slow, func() error {
			if d.Is(ctx, h, "leader") == nil {
				return nil
			}
			return d.Is(ctx, h, "replica")
		})
		if err != nil {
			return err
		}
	}
	return host.Until(ctx, slow, func() error {
		for _, h := range d.Hosts {
			if d.Is(ctx, h, "synchronous") == nil {
				return nil
			}
		}
		return errors.New("no standby is synchronous")
	})
}

// Is fails unless Patroni says that a machine has a part: leader, replica, synchronous.
func (d *Database) Is(ctx context.Context, h *host.Host, part string) error {
	return h.Healthy(ctx, fmt.Sprintf("http://%s/%s", h.At(patroniPort), part))
}

// Primary is the machine that takes writes now.
func (d *Database) Primary(ctx context.Context) (*host.Host, error) {
	for _, h := range d.Hosts {
		if d.Is(ctx, h, "leader") == nil {
			return h, nil
		}
	}
	return nil, errors.New("the database has no primary")
}

// Create makes an empty database and returns its address, which leads to the primary, whichever that is. It waits until every standby has it, too: a client that
// asks one of them first would take its refusal for the last word.
func (d *Database) Create(ctx context.Context, name string) (string, error) {
	p, err := d.Primary(ctx)
	if err != nil {
		return "", err
	}
	if _, err := p.Run(ctx, host.Command{Args: []string{filepath.Join(d.bin, "createdb"), "-h", p.IP, "-U", "postgres", "-T", "template0", name}}); err != nil {
		return "", err
	}
	var all []string
	for _, h := range d.Hosts {
		all = append(all, h.At(postgresPort))
		err = errors.Join(err, host.Until(ctx, slow, func() error {
			_, err := d.Query(ctx, h, name, "SELECT 1")
			return err
		}))
	}
	return fmt.Sprintf("postgres://postgres@%s/%s?sslmode=disable&target_session_attrs=primary&connect_timeout=2", strings.Join(all, ","), name), err
}

// Query asks one machine's server and returns the rows as psql prints them, without heads.
func (d *Database) Query(ctx context.Context, h *host.Host, database, text string) (string, error) {
	out, err := h.Run(ctx, host.Command{Args: []string{"psql", "-XAtq", "-h", h.IP, "-U", "postgres", "-d", database, "-c", text}})
	return strings.TrimSpace(out), err
}
