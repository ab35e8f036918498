package infra

import (
	"net"
	"net/http"
	"os"
	"path/filepath"
	"strings"
	"sync"
	"testing"
)

// awsCommand stands in for AWS's command: it answers from a folder, and refuses what it does not know.
const awsCommand = `#!/bin/bash
set -euo pipefail
echo "$*" >>"$FAKE/calls"
[ "$AWS_REGION" = ap-northeast-2 ] || { echo "no region" >&2; exit 253; }
case "$1 $2" in
"ssm get-parameters-by-path")
	[ "$3" = --path ] && cd "$FAKE/parameters$4" || exit 254
	for f in *; do [ -e "$f" ] && printf '%s\t%s\n' "$4/$f" "$(cat "$f")"; done ;;
"secretsmanager get-secret-value")
	[ "$3" = --secret-id ] && cd "$FAKE/secrets/$4" || exit 254
	version=$(ls | head -n 1) # each answer but the last is given once: a rotation goes on meanwhile
	cat "$version"
	if [ "$(ls | wc -l)" -gt 1 ]; then rm "$version"; fi ;;
"autoscaling record-lifecycle-action-heartbeat" | "autoscaling complete-lifecycle-action") ;;
*) echo "aws $*: not known here" >&2; exit 252 ;;
esac
`

// systemctlCommand plays systemd's part at the end of the shop: the unit's signal, then patience, then SIGKILL.
const systemctlCommand = `#!/bin/bash
set -euo pipefail
[ "$*" = "stop myclothes" ] || { echo "systemctl $*: not known here" >&2; exit 1; }
pid=$(cat "$FAKE/pid")
kill -s "$KILL_SIGNAL" "$pid"
for ((i = 0; i < TIMEOUT_STOP_SEC * 10; i++)); do
	kill -0 "$pid" 2>/dev/null || { echo "stopped" >>"$FAKE/calls"; exit 0; }
	sleep 0.1
done
kill -KILL "$pid"
exit 1
`

// cloud is what the instance sees of AWS.
type cloud struct {
	t   *testing.T
	dir string

	mu    sync.Mutex
	state string // the lifecycle state that the metadata service tells
}

func newCloud(t *testing.T, dir string) *cloud {
	t.Helper()
	c := &cloud{t: t, dir: dir, state: "InService"}
	c.write("bin/aws", awsCommand, 0o755)
	c.write("bin/systemctl", systemctlCommand, 0o755)
	c.write("calls", "", 0o644)
	l, err := net.Listen("tcp", "169.254.169.254:80")
	if err != nil {
		t.Fatal(err)
	}
	server := &http.Server{Handler: http.HandlerFunc(c.metadata)}
	go server.Serve(l)
	t.Cleanup(func() { server.Close() })
	return c
}

func (c *cloud) write(name, text string, mode os.FileMode) {
	c.t.Helper()
	file := filepath.Join(c.dir, name)
	if err := os.MkdirAll(filepath.Dir(file), 0o755); err != nil {
		c.t.Fatal(err)
	}
	if err := os.WriteFile(file, []byte(text), mode); err != nil {
		c.t.Fatal(err)
	}
}

func (c *cloud) parameter(path, name, value string) {
	c.write("parameters"+path+"/"+name, value, 0o644)
}

// secret keeps a secret whose value changes with each time it is asked for, up to the last.
func (c *cloud) secret(name string, values ...string) {
	for i, v := range values {
		c.write("secrets/myclothes/"+name+"/"+string(rune('a'+i)), v, 0o644)
	}
}

func (c *cloud) calls() string {
	text, err := os.ReadFile(filepath.Join(c.dir, "calls"))
	if err != nil {
		c.t.Fatal(err)
	}
	return string(text)
}

func (c *cloud) tell(state string) {
	c.mu.Lock()
	defer c.mu.Unlock()
	c.state = state
}

// metadata is the instance's metadata service, second version: it wants a token.
func (c *cloud) metadata(w http.ResponseWriter, r *http.Request) {
	const token = "a-token"
	c.mu.Lock()
	defer c.mu.Unlock()
	switch {
	case r.Method == "PUT" && r.URL.Path == "/latest/api/token" && r.Header.Get("X-aws-ec2-metadata-token-ttl-seconds") != "":
		w.Write([]byte(token))
	case r.Header.Get("X-aws-ec2-metadata-token") != token:
		w.WriteHeader(http.StatusUnauthorized)
	case r.URL.Path == "/latest/meta-data/autoscaling/target-lifecycle-state":
		w.Write([]byte(c.state))
	default:
		w.WriteHeader(http.StatusNotFound)
	}
}

// environment reads a file as systemd's EnvironmentFile does: NAME="value", where a backslash stands before " \ $ and `.
func environment(t *testing.T, file string) map[string]string {
	t.Helper()
	text, err := os.ReadFile(file)
	if err != nil {
		t.Fatal(err)
	}
	out := map[string]string{}
	for line := range strings.Lines(string(text)) {
		name, value, ok := strings.Cut(strings.TrimSuffix(line, "\n"), "=")
		if !ok || len(value) < 2 || value[0] != '"' || value[len(value)-1] != '"' {
			t.Fatalf("%s: a line that systemd would read otherwise: %s", file, name)
		}
		var b strings.Builder
		for i := 1; i < len(value)-1; i++ {
			if value[i] == '\\' && i+1 < len(value)-1 && strings.IndexByte("\"\\$`", value[i+1]) >= 0 {
				i++
			}
			b.WriteByte(value[i])
		}
		out[name] = b.String()
	}
	return out
}
