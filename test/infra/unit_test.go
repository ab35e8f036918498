package infra

import (
	"bytes"
	"fmt"
	"strconv"
	"strings"
	"testing"
)

// unit is a systemd unit file: its settings by section and name, in the order of the file.
type unit map[string][]string

func readUnit(t *testing.T, name string) unit {
	t.Helper()
	u, section := unit{}, ""
	for line := range strings.SplitSeq(string(read(t, "deploy/aws/"+name)), "\n") {
		switch {
		case line == "" || line[0] == '#':
		case line[0] == '[':
			section = strings.Trim(line, "[]")
		default:
			key, value, ok := strings.Cut(line, "=")
			if !ok {
				t.Fatalf("%s: %q is no setting", name, line)
			}
			u[section+"."+key] = append(u[section+"."+key], value)
		}
	}
	return u
}

// one returns a setting of the section Service that is there once.
func (u unit) one(t *testing.T, key string) string {
	t.Helper()
	if v := u["Service."+key]; len(v) == 1 {
		return v[0]
	}
	t.Fatalf("%s is there %d times", key, len(u["Service."+key]))
	return ""
}

func (u unit) seconds(t *testing.T, key string) int {
	t.Helper()
	n, err := strconv.Atoi(u.one(t, key))
	if err != nil {
		t.Fatal(err)
	}
	return n
}

// TestUnit: how systemd ends the shop fits how the shop ends, and how long its group waits.
func TestUnit(t *testing.T) {
	a, u := truth(t), readUnit(t, "myclothes.service")
	if got := u.one(t, "KillSignal"); got != "SIGTERM" {
		t.Errorf("the shop drains at SIGTERM, and the unit sends %s", got)
	}
	if got := u.seconds(t, "TimeoutStopSec"); got < a.Shop.DrainSeconds+10 {
		t.Errorf("the unit kills after %d s; the shop may need %d and a few more", got, a.Shop.DrainSeconds)
	}
	for key, want := range map[string]string{"ExecStartPre": "+/opt/myclothes/aws/settings.sh", "EnvironmentFile": "-/run/myclothes/settings.env",
		"ExecStart": "/opt/myclothes/myclothes serve", "DynamicUser": "yes", "NoNewPrivileges": "yes", "ProtectSystem": "strict", "CapabilityBoundingSet": ""} {
		if got := u.one(t, key); got != want {
			t.Errorf("%s=%s instead of %s", key, got, want)
		}
	}
	for _, x := range templates(t) {
		for id, hook := range x.all("AWS::AutoScaling::LifecycleHook") {
			name, beat := flat(hook.Properties["LifecycleHookName"]), hook.Properties["HeartbeatTimeout"].(float64)
			script := map[string]string{"opening": "install.sh", "closing": "drain.sh"}[name]
			if script == "" || !bytes.Contains(read(t, "deploy/aws/"+script), []byte("--lifecycle-hook-name "+name)) {
				t.Errorf("%s: nobody answers the hook %s (%s)", x.size, id, name)
			}
			if name == "closing" && beat <= float64(u.seconds(t, "TimeoutStopSec")) {
				t.Errorf("%s: the group waits for %v s, and the shop may take %d", x.size, beat, u.seconds(t, "TimeoutStopSec"))
			}
		}
	}
}

// TestNumbersOfTheInstance: files that cannot read the architecture say the same as it does.
func TestNumbersOfTheInstance(t *testing.T) {
	a := truth(t)
	for file, want := range map[string]string{
		"install.sh":      fmt.Sprintf("http://127.0.0.1:%d%s", a.Shop.Port, a.Shop.HealthPath),
		"prometheus.yaml": fmt.Sprintf("127.0.0.1:%d", a.Shop.OpsPort),
	} {
		if !bytes.Contains(read(t, "deploy/aws/"+file), []byte(want)) {
			t.Errorf("%s does not name %s", file, want)
		}
	}
}
