package topology

import (
	"net/netip"
	"strings"
	"testing"
)

func read(t *testing.T, s Sizes) *Topology {
	t.Helper()
	a, err := Read("../../..")
	if err != nil {
		t.Fatal(err)
	}
	all, err := New(a, s)
	if err != nil {
		t.Fatal(err)
	}
	return all
}

func TestEveryMachineHasAPlaceOfItsOwn(t *testing.T) {
	all := read(t, Sizes{Instances: 8, Caches: 3, Databases: 6})
	names, ips := map[string]bool{}, map[string]bool{}
	for _, n := range all.Nodes {
		if names[n.Name] || ips[n.IP] {
			t.Errorf("%s at %s is there twice", n.Name, n.IP)
		}
		names[n.Name], ips[n.IP] = true, true
		if len("to-"+n.Name) > 15 {
			t.Errorf("%s: Linux gives a cable's end 15 characters", n.Name)
		}
		within := netip.MustParsePrefix(Outside)
		if n.Zone != "" {
			within = netip.MustParsePrefix(VPC)
		}
		ip, router := netip.MustParseAddr(n.IP), netip.MustParseAddr(n.Router)
		if beside, _ := ip.Prefix(24); !within.Contains(ip) || !beside.Contains(router) {
			t.Errorf("%s at %s is not beside its router %s in %s", n.Name, n.IP, n.Router, within)
		}
	}
	if !names["app-a"] || !names["app-b3"] || names["app-c3"] {
		t.Errorf("eight instances are not dealt out to three zones in turn: %v", names)
	}
}

func TestOnlyTheLoadBalancerIsOpenToTheInternet(t *testing.T) {
	all := read(t, Sizes{Instances: 3, Caches: 3, Databases: 3})
	visitor := all.Of(Internet)[0]
	for _, n := range all.Nodes {
		for _, port := range []int{22, 80, 443, 8080, 9090, 5432, 6379, 26379} {
			want := n.Kind == "load-balancer" && (port == 80 || port == 443)
			if got := all.Allowed(visitor, n, port); got != want {
				t.Errorf("the internet → %s:%d is allowed: %t", n.Name, port, got)
			}
		}
	}
}

func TestAFirewallNamesItsEdgesAndDropsTheRest(t *testing.T) {
	all := read(t, Sizes{Instances: 3, Caches: 3, Databases: 3})
	text := all.Firewall(all.Of("instances")[0])
	for _, want := range []string{"policy drop", "ip saddr @load-balancer tcp dport 8080",
		"set load-balancer { type ipv4_addr; elements = { 10.0.10.11, 10.0.20.11, 10.0.30.11 }; }"} {
		if !strings.Contains(text, want) {
			t.Errorf("%q is not in\n%s", want, text)
		}
	}
	if n := strings.Count(text, "dport"); n != 1 {
		t.Errorf("an instance is open at %d ports:\n%s", n, text)
	}
}
