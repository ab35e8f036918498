// Package topology says what stands where: zones, subnets, machines, and who may reach whom. It is data; package network makes it.
package topology

import (
	"encoding/json"
	"fmt"
	"os"
	"path/filepath"
)

// Architecture is deploy/architecture.json as far as the lab needs it: the numbers that the real thing is built from, too.
type Architecture struct {
	Zones   []string
	Subnets []string
	Shop    struct {
		Port, OpsPort int
		HealthPath    string
	}
	LoadBalancer struct {
		Ports  []int
		Health struct{ IntervalSeconds, TimeoutSeconds, HealthyAfter, UnhealthyAfter int }
	}
	Scaling        Scaling
	Standard       Standard
	SecurityGroups map[string]string
	Edges          []Edge
	Lab            struct { // what AWS runs itself
		SecurityGroups map[string]string
		Edges          []Edge
	}
}

// Scaling are the numbers of the scaling group.
type Scaling struct {
	MinimumPerZone                        int
	TargetCPUPercent                      float64
	TargetRequestsPerInstanceAndMinute    float64
	WarmUpSeconds, ScaleInCooldownSeconds int
}

// Standard is what an operator gets who chooses nothing else, of the usual size.
type Standard struct {
	CartHome, Cache string
	Replicas        int
}

// Edge lets the machines of one security group open connections to a port of another's, or of their own.
type Edge struct {
	From, To string
	Port     int
	Protocol string // tcp where empty
	Why      string
}

// String is the edge as people write it.
func (e Edge) String() string {
	return fmt.Sprintf("%s → %s:%d/%s", e.From, e.To, e.Port, e.protocol())
}

func (e Edge) protocol() string {
	if e.Protocol == "" {
		return "tcp"
	}
	return e.Protocol
}

// Internet is the group of everybody outside the shop's own network.
const Internet = "internet"

// Read reads the architecture of the repository in root.
func Read(root string) (*Architecture, error) {
	file := filepath.Join(root, "deploy", "architecture.json")
	text, err := os.ReadFile(file)
	if err != nil {
		return nil, err
	}
	a := new(Architecture)
	if err := json.Unmarshal(text, a); err != nil {
		return nil, fmt.Errorf("%s: %w", file, err)
	}
	for _, e := range a.edges() {
		if !a.knows(e.From) || !a.knows(e.To) {
			return nil, fmt.Errorf("%s: %s is between groups that are not in the list", file, e)
		}
	}
	return a, nil
}

func (a *Architecture) knows(group string) bool {
	_, real := a.SecurityGroups[group]
	_, ours := a.Lab.SecurityGroups[group]
	return real || ours
}

func (a *Architecture) edges() []Edge { return append(append([]Edge{}, a.Edges...), a.Lab.Edges...) }
