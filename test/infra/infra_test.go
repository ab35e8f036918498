// Package infra holds the templates that infra/ makes for AWS against deploy/architecture.json and against the shop's own code, and runs what an
// instance runs: the start-up script, the unit's command line and the drain hook, with the real program.
package infra

import (
	"encoding/json"
	"io/fs"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"sync"
	"testing"
	"time"

	"myclothes/test/shoptest"
)

var sizes = []string{"small", "standard", "large"}

// template is what CloudFormation is given for one size.
type template struct {
	size      string
	Resources map[string]resource
}

type resource struct {
	Type       string
	Properties map[string]any
}

// all returns every resource of a type, by its name.
func (t *template) all(kind string) map[string]resource {
	out := map[string]resource{}
	for name, r := range t.Resources {
		if r.Type == kind {
			out[name] = r
		}
	}
	return out
}

// one returns the only resource of a type.
func (t *template) one(test testing.TB, kind string) resource {
	test.Helper()
	found := t.all(kind)
	for _, r := range found {
		if len(found) == 1 {
			return r
		}
	}
	test.Fatalf("%s: %d resources of %s", t.size, len(found), kind)
	return resource{}
}

// templates returns the template of every size, made anew if infra/ has changed since.
func templates(t *testing.T) []*template {
	t.Helper()
	dir, err := synthesized()
	if err != nil {
		t.Fatal(err)
	}
	var out []*template
	for _, size := range sizes {
		text, err := os.ReadFile(filepath.Join(dir, size, "myclothes.template.json"))
		if err != nil {
			t.Fatal(err)
		}
		x := &template{size: size}
		if err := json.Unmarshal(text, x); err != nil {
			t.Fatal(err)
		}
		out = append(out, x)
	}
	return out
}

var synthesized = sync.OnceValues(func() (string, error) {
	root, err := shoptest.Root()
	if err != nil {
		return "", err
	}
	infra := filepath.Join(root, "infra")
	out := filepath.Join(infra, "cdk.out")
	if fresh(root, out) {
		return out, nil
	}
	if _, err := os.Stat(filepath.Join(infra, "node_modules", "aws-cdk-lib")); err != nil {
		return "", &missing{"the packages of infra are not installed: 'make deps' does it"}
	}
	cmd := exec.Command("npm", "run", "--silent", "synth")
	cmd.Dir, cmd.Env = infra, withoutAWS()
	if text, err := cmd.CombinedOutput(); err != nil {
		return "", &missing{"npm run synth: " + err.Error() + "\n" + string(text)}
	}
	return out, nil
})

type missing struct{ what string }

func (m *missing) Error() string { return m.what }

// withoutAWS is this process's environment without anybody's account: templates are made without one.
func withoutAWS() []string {
	var out []string
	for _, e := range os.Environ() {
		if !strings.HasPrefix(e, "AWS_") && !strings.HasPrefix(e, "CDK_") {
			out = append(out, e)
		}
	}
	return append(out, "AWS_EC2_METADATA_DISABLED=true")
}

// fresh reports whether the templates are there and younger than everything that they are made from.
func fresh(root, out string) bool {
	var made time.Time
	for i, size := range sizes {
		info, err := os.Stat(filepath.Join(out, size, "myclothes.template.json"))
		if err != nil {
			return false
		}
		if i == 0 || info.ModTime().Before(made) {
			made = info.ModTime()
		}
	}
	young := true
	for _, from := range []string{"infra/lib", "infra/bin", "infra/rotation", "infra/package-lock.json", "deploy"} {
		err := filepath.WalkDir(filepath.Join(root, from), func(_ string, d fs.DirEntry, err error) error {
			if err != nil {
				return err
			}
			info, err := d.Info()
			young = young && err == nil && info.ModTime().Before(made)
			return err
		})
		if err != nil {
			return false
		}
	}
	return young
}

// architecture is deploy/architecture.json.
type architecture struct {
	Zones []string
	Shop  struct {
		Port, OpsPort int
		HealthPath    string
		DrainSeconds  int
	}
	LoadBalancer struct {
		Ports  []int
		Health struct{ IntervalSeconds, TimeoutSeconds, HealthyAfter, UnhealthyAfter int }
	}
	Scaling struct {
		MinimumPerZone, TargetRequestsPerInstanceAndMinute, WarmUpSeconds int
		TargetCPUPercent                                                  int
	}
	SecurityGroups map[string]string
	Edges          []edge
	AWS            struct {
		SecurityGroups map[string]string
		Edges, Egress  []edge
	}
}

// edge says who may open connections to whom.
type edge struct {
	From, To string
	Port     int
}

func truth(t *testing.T) architecture {
	t.Helper()
	var a architecture
	if err := json.Unmarshal(read(t, "deploy/architecture.json"), &a); err != nil {
		t.Fatal(err)
	}
	return a
}

// read returns a file of the repository.
func read(t *testing.T, path string) []byte {
	t.Helper()
	root, err := shoptest.Root()
	if err != nil {
		t.Fatal(err)
	}
	text, err := os.ReadFile(filepath.Join(root, path))
	if err != nil {
		t.Fatal(err)
	}
	return text
}

// flat writes a value of a template as text: what is joined is joined, and references stand in «».
func flat(v any) string {
	switch v := v.(type) {
	case string:
		return v
	case map[string]any:
		if ref, ok := v["Ref"].(string); ok {
			return "«" + ref + "»"
		}
		if get, ok := v["Fn::GetAtt"].([]any); ok {
			return "«" + flat(get[0]) + "." + flat(get[1]) + "»"
		}
		if join, ok := v["Fn::Join"].([]any); ok {
			var parts []string
			for _, p := range join[1].([]any) {
				parts = append(parts, flat(p))
			}
			return strings.Join(parts, flat(join[0]))
		}
		if inner, ok := v["Fn::Base64"]; ok {
			return flat(inner)
		}
	}
	text, _ := json.Marshal(v)
	return string(text)
}

// dig follows keys and indexes into a value of a template.
func dig(t testing.TB, v any, path ...any) any {
	t.Helper()
	for i, p := range path {
		switch p := p.(type) {
		case string:
			m, ok := v.(map[string]any)
			if !ok {
				t.Fatalf("%v: there is no %q in %T", path[:i], p, v)
			}
			v = m[p]
		case int:
			l, ok := v.([]any)
			if !ok || len(l) <= p {
				t.Fatalf("%v: there is no %d in %T", path[:i], p, v)
			}
			v = l[p]
		}
	}
	return v
}
