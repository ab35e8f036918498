package infra

import (
	"fmt"
	"slices"
	"strings"
	"testing"

	"myclothes/internal/lab/topology"
	"myclothes/test/shoptest"
)

// rule is one rule of a security group: at which of its ends, between whom, and on which ports.
type rule struct {
	at       string // "ingress" or "egress"
	from, to string
	ports    string
}

const everybody4, everybody6 = "0.0.0.0/0", "::/0"

// TestSecurityGroups holds every rule of every template against the edges of the architecture, both ways: nothing is missing, nothing is more.
func TestSecurityGroups(t *testing.T) {
	a := truth(t)
	for _, x := range templates(t) {
		t.Run(x.size, func(t *testing.T) {
			got, want := rules(t, x), wanted(a, x.size)
			for r := range want {
				if got[r] == 0 {
					t.Errorf("missing: %+v", r)
				}
			}
			for r, n := range got {
				if !want[r] {
					t.Errorf("nobody wants %+v", r)
				}
				if n > 1 {
					t.Errorf("%d times: %+v", n, r)
				}
			}
		})
	}
}

// TestOnlyTheLoadBalancerIsOpen says it again without the architecture's file, so that a mistake there does not pass here.
func TestOnlyTheLoadBalancerIsOpen(t *testing.T) {
	for _, x := range templates(t) {
		open := map[rule]bool{}
		for r := range rules(t, x) {
			if r.at == "ingress" && (strings.Contains(r.from, "/") || r.from == "") {
				open[r] = true
			}
		}
		for _, from := range []string{everybody4, everybody6} {
			for _, port := range []string{"tcp 80", "tcp 443"} {
				r := rule{"ingress", from, "load-balancer", port}
				if !open[r] {
					t.Errorf("%s: missing: %+v", x.size, r)
				}
				delete(open, r)
			}
		}
		for r := range open {
			t.Errorf("%s: open to addresses: %+v", x.size, r)
		}
	}
}

// TestChain holds the architecture's own edges against the chain that it must be: the internet reaches only the load balancer, instances accept only the
// load balancer, cache and database accept only instances. The lab makes its firewalls of the same edges.
func TestChain(t *testing.T) {
	want := map[edge]bool{
		{"internet", "load-balancer", 80}: true, {"internet", "load-balancer", 443}: true, {"load-balancer", "instances", 8080}: true,
		{"instances", "cache", 6379}: true, {"instances", "database", 5432}: true,
	}
	a := truth(t)
	for _, e := range a.Edges {
		if !want[e] {
			t.Errorf("%+v is not of the chain", e)
		}
		delete(want, e)
	}
	for e := range want {
		t.Errorf("the chain lacks %+v", e)
	}
	for _, e := range a.AWS.Edges { // what AWS adds may not reach a part of the chain
		if a.SecurityGroups[e.To] != "" {
			t.Errorf("%+v leads into the chain", e)
		}
	}
}

// wanted is what the edges make of it: one rule at each end, and for the internet, which has no group, one for each kind of address.
func wanted(a architecture, size string) map[rule]bool {
	out := map[rule]bool{}
	edges := a.Edges
	if size != "small" { // which has no endpoints
		edges = append(slices.Clone(edges), a.AWS.Edges...)
	}
	for _, e := range edges {
		ports := fmt.Sprintf("tcp %d", e.Port)
		if e.From == "internet" {
			out[rule{"ingress", everybody4, e.To, ports}] = true
			out[rule{"ingress", everybody6, e.To, ports}] = true
			continue
		}
		out[rule{"ingress", e.From, e.To, ports}] = true
		out[rule{"egress", e.From, e.To, ports}] = true
	}
	for _, e := range a.AWS.Egress {
		out[rule{"egress", e.From, everybody4, fmt.Sprintf("tcp %d", e.Port)}] = true
	}
	return out
}

// rules reads every rule of a template, those inside groups and those beside them.
func rules(t *testing.T, x *template) map[rule]int {
	t.Helper()
	names, out := groupNames(t, x), map[rule]int{}
	for id, group := range x.all("AWS::EC2::SecurityGroup") {
		egress, _ := group.Properties["SecurityGroupEgress"].([]any)
		if len(egress) == 0 {
			t.Errorf("%s: EC2 gives a group without rules for the way out one that lets everything out", names[id])
		}
		for at, list := range map[string]any{"ingress": group.Properties["SecurityGroupIngress"], "egress": egress} {
			list, _ := list.([]any)
			for _, r := range list {
				r := r.(map[string]any)
				if r["CidrIp"] == "255.255.255.255/32" && r["IpProtocol"] == "icmp" {
					continue // reaches nobody: it is there to replace the rule that lets everything out
				}
				out[between(t, names, at, names[id], r)]++
			}
		}
	}
	for _, r := range x.all("AWS::EC2::SecurityGroupIngress") {
		out[between(t, names, "ingress", names[groupOf(r.Properties["GroupId"])], r.Properties)]++
	}
	for _, r := range x.all("AWS::EC2::SecurityGroupEgress") {
		out[between(t, names, "egress", names[groupOf(r.Properties["GroupId"])], r.Properties)]++
	}
	return out
}

func between(t *testing.T, names map[string]string, at, own string, r map[string]any) rule {
	t.Helper()
	if own == "" {
		t.Errorf("a rule belongs to no group of this template: %v", r)
	}
	other := ""
	for _, key := range []string{"CidrIp", "CidrIpv6", "SourceSecurityGroupId", "DestinationSecurityGroupId", "SourcePrefixListId", "DestinationPrefixListId"} {
		if v, ok := r[key]; ok {
			if other = flat(v); strings.HasSuffix(key, "GroupId") {
				other = names[groupOf(v)]
			}
		}
	}
	ports := fmt.Sprintf("%v %v", r["IpProtocol"], r["FromPort"])
	if r["FromPort"] != r["ToPort"] {
		ports += fmt.Sprintf("-%v", r["ToPort"])
	}
	if at == "ingress" {
		return rule{at, other, own, ports}
	}
	return rule{at, own, other, ports}
}

// groupOf is the resource that a reference to a group names.
func groupOf(v any) string {
	return strings.TrimSuffix(strings.Trim(flat(v), "«»"), ".GroupId")
}

// groupNames maps the resource of each group to the part that it is of.
func groupNames(t *testing.T, x *template) map[string]string {
	t.Helper()
	a, out := truth(t), map[string]string{}
	for id, g := range x.all("AWS::EC2::SecurityGroup") {
		name, _, _ := strings.Cut(flat(g.Properties["GroupDescription"]), ": ")
		if a.SecurityGroups[name] == "" && a.AWS.SecurityGroups[name] == "" {
			t.Errorf("%s: the group %s is of no part of the architecture", x.size, id)
		}
		out[id] = name
	}
	return out
}

// TestMembers holds what stands in which group: a chain of rules is worth nothing for what is outside of it.
func TestMembers(t *testing.T) {
	for _, x := range templates(t) {
		names := groupNames(t, x)
		groups := func(v any) string {
			var out []string
			list, _ := v.([]any)
			for _, g := range list {
				out = append(out, names[groupOf(g)])
			}
			return strings.Join(out, " ")
		}
		expect := func(kind, want string, least int, of func(p map[string]any) any) {
			t.Helper()
			found := x.all(kind)
			if len(found) < least {
				t.Errorf("%s: %d of %s", x.size, len(found), kind)
			}
			for id, r := range found {
				if v := of(r.Properties); v != nil && groups(v) != want {
					t.Errorf("%s: %s stands in %q and not in %q", x.size, id, groups(v), want)
				} else if v == nil && want != "endpoints" {
					t.Errorf("%s: %s stands in no group", x.size, id)
				}
			}
		}
		property := func(name string) func(map[string]any) any {
			return func(p map[string]any) any { return p[name] }
		}
		expect("AWS::ElasticLoadBalancingV2::LoadBalancer", "load-balancer", 1, property("SecurityGroups"))
		expect("AWS::EC2::LaunchTemplate", "instances", 2, func(p map[string]any) any {
			return dig(t, p, "LaunchTemplateData", "NetworkInterfaces", 0, "Groups")
		})
		expect("AWS::RDS::DBInstance", "database", 1, property("VPCSecurityGroups"))
		expect("AWS::EC2::VPCEndpoint", "endpoints", 2, property("SecurityGroupIds"))
		cache := 1
		if x.size == "small" {
			cache = 0
		}
		expect("AWS::ElastiCache::ReplicationGroup", "cache", cache, property("SecurityGroupIds"))
		for id, r := range x.all("AWS::SecretsManager::RotationSchedule") { // AWS's own functions change passwords from among the instances
			if f, hosted := r.Properties["HostedRotationLambda"].(map[string]any); hosted && names[groupOf(f["VpcSecurityGroupIds"])] != "instances" {
				t.Errorf("%s: the function of %s stands in %v", x.size, id, f["VpcSecurityGroupIds"])
			}
		}
		for id, r := range x.all("AWS::Lambda::Function") {
			if r.Properties["VpcConfig"] != nil {
				t.Errorf("%s: %s is in the network and in none of its groups", x.size, id)
			}
		}
	}
}

// TestTheLabHasTheSameFirewalls holds the templates against the lab's topology: between machines of two kinds, a port of the chain (or one that nobody should
// ever find open) is open in AWS exactly where the lab lets packets through, which `lab matrix` tries with real ones.
func TestTheLabHasTheSameFirewalls(t *testing.T) {
	root, err := shoptest.Root()
	if err != nil {
		t.Fatal(err)
	}
	a, err := topology.Read(root)
	if err != nil {
		t.Fatal(err)
	}
	lab, err := topology.New(a, topology.Sizes{Instances: 3, Caches: 3, Databases: 3})
	if err != nil {
		t.Fatal(err)
	}
	kinds := []string{topology.Internet, "load-balancer", "instances", "cache", "database"}
	open := 0
	for _, x := range templates(t) {
		got := rules(t, x)
		for _, from := range kinds {
			for _, to := range kinds[1:] {
				for _, port := range []int{22, 80, 443, 5432, 6379, 8080, 9090} {
					if from == to { // what a tier does within itself AWS does for us
						continue
					}
					source := from
					if from == topology.Internet {
						source = everybody4
					}
					inAWS := got[rule{"ingress", source, to, fmt.Sprintf("tcp %d", port)}] > 0
					inLab := lab.Allowed(lab.Of(from)[0], lab.Of(to)[0], port)
					if inAWS != inLab {
						t.Errorf("%s: %s to %s at %d: open in AWS %v, in the lab %v", x.size, from, to, port, inAWS, inLab)
					}
					if inAWS {
						open++
					}
				}
			}
		}
	}
	if open == 0 {
		t.Error("nothing is open anywhere")
	}
}
