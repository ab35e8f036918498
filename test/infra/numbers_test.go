package infra

import (
	"context"
	"encoding/json"
	"fmt"
	"io"
	"net/http"
	"net/http/httptest"
	"reflect"
	"strings"
	"testing"
	"time"

	"myclothes/internal/config"
	"myclothes/internal/home/dynamo"
)

// TestNumbers holds the load balancer's and the group's numbers against the architecture's.
func TestNumbers(t *testing.T) {
	a := truth(t)
	for _, x := range templates(t) {
		group := x.one(t, "AWS::ElasticLoadBalancingV2::TargetGroup").Properties
		health := a.LoadBalancer.Health
		same(t, x.size+": health path", group["HealthCheckPath"], a.Shop.HealthPath)
		same(t, x.size+": port", group["Port"], a.Shop.Port)
		same(t, x.size+": health interval", group["HealthCheckIntervalSeconds"], health.IntervalSeconds)
		same(t, x.size+": health timeout", group["HealthCheckTimeoutSeconds"], health.TimeoutSeconds)
		same(t, x.size+": healthy after", group["HealthyThresholdCount"], health.HealthyAfter)
		same(t, x.size+": unhealthy after", group["UnhealthyThresholdCount"], health.UnhealthyAfter)
		same(t, x.size+": drain", attribute(group["TargetGroupAttributes"], "deregistration_delay.timeout_seconds"), a.Shop.DrainSeconds)

		ports := map[string]bool{}
		for _, l := range x.all("AWS::ElasticLoadBalancingV2::Listener") {
			ports[fmt.Sprint(l.Properties["Port"])] = true
		}
		for _, p := range a.LoadBalancer.Ports {
			if !ports[fmt.Sprint(p)] || len(ports) != len(a.LoadBalancer.Ports) {
				t.Errorf("%s: the load balancer listens on %v and not on %v", x.size, ports, a.LoadBalancer.Ports)
			}
		}

		fleet := x.one(t, "AWS::AutoScaling::AutoScalingGroup").Properties
		same(t, x.size+": least instances", fleet["MinSize"], a.Scaling.MinimumPerZone*len(a.Zones))
		same(t, x.size+": zones", len(dig(t, fleet, "VPCZoneIdentifier").([]any)), len(a.Zones))
		same(t, x.size+": warm-up", fleet["DefaultInstanceWarmup"], a.Scaling.WarmUpSeconds)
		targets := map[string]any{}
		for _, p := range x.all("AWS::AutoScaling::ScalingPolicy") {
			c := dig(t, p.Properties, "TargetTrackingConfiguration")
			targets[flat(dig(t, c, "PredefinedMetricSpecification", "PredefinedMetricType"))] = dig(t, c, "TargetValue")
		}
		same(t, x.size+": CPU", targets["ASGAverageCPUUtilization"], a.Scaling.TargetCPUPercent)
		same(t, x.size+": requests", targets["ALBRequestCountPerTarget"], a.Scaling.TargetRequestsPerInstanceAndMinute)
	}
}

func same(t *testing.T, what string, got, want any) {
	t.Helper()
	if fmt.Sprint(got) != fmt.Sprint(want) {
		t.Errorf("%s: the template says %v, the architecture %v", what, got, want)
	}
}

func attribute(list any, key string) any {
	all, _ := list.([]any)
	for _, a := range all {
		if a := a.(map[string]any); a["Key"] == key {
			return a["Value"]
		}
	}
	return nil
}

// TestCartsTable compares the template's table with the one that the shop makes where it is asked to.
func TestCartsTable(t *testing.T) {
	var table, sweep map[string]any
	server := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		body, _ := io.ReadAll(r.Body)
		switch _, act, _ := strings.Cut(r.Header.Get("X-Amz-Target"), "."); act {
		case "CreateTable":
			json.Unmarshal(body, &table)
		case "UpdateTimeToLive":
			json.Unmarshal(body, &sweep)
		}
		w.Header().Set("Content-Type", "application/x-amz-json-1.0")
		io.WriteString(w, `{"Table":{"TableStatus":"ACTIVE"}}`)
	}))
	defer server.Close()
	o, err := dynamo.Parse("dynamodb://ap-northeast-2/carts?create=true&endpoint=" + server.URL)
	if err != nil {
		t.Fatal(err)
	}
	ctx, cancel := context.WithTimeout(t.Context(), time.Minute)
	defer cancel()
	home, err := dynamo.Open(ctx, o)
	if err != nil {
		t.Fatal(err)
	}
	defer home.Close()
	for _, x := range templates(t) {
		has := x.one(t, "AWS::DynamoDB::GlobalTable").Properties
		for _, name := range []string{"KeySchema", "AttributeDefinitions", "BillingMode"} {
			if !reflect.DeepEqual(has[name], table[name]) || table[name] == nil {
				t.Errorf("%s: %s is %v in the template, and the shop makes %v", x.size, name, has[name], table[name])
			}
		}
		want := sweep["TimeToLiveSpecification"]
		if !reflect.DeepEqual(has["TimeToLiveSpecification"], want) || want == nil {
			t.Errorf("%s: carts expire by %v in the template, and the shop wants %v", x.size, has["TimeToLiveSpecification"], want)
		}
	}
}

// parameters returns the settings that the template gives to instances, by name.
func parameters(x *template, path string) map[string]string {
	out := map[string]string{}
	for _, r := range x.all("AWS::SSM::Parameter") {
		if name, ok := strings.CutPrefix(flat(r.Properties["Name"]), path+"/"); ok {
			out[name] = flat(r.Properties["Value"])
		}
	}
	return out
}

// TestSettings: every setting that the templates give is one that the shop has, and each secret that a value names is made.
func TestSettings(t *testing.T) {
	known := map[string]bool{"aws-access-key-id": true, "aws-secret-access-key": true} // AWS's own, for the shop's table and pictures
	for _, s := range new(config.Settings).All() {
		known[s.Name] = true
	}
	for _, x := range templates(t) {
		secrets := map[string]bool{}
		for _, s := range x.all("AWS::SecretsManager::Secret") {
			secrets[flat(s.Properties["Name"])] = true
		}
		given := parameters(x, "/myclothes/stack")
		for _, name := range []string{"base-url", "database", "cart-home", "drain-timeout", "trusted-proxies", "secret-keys", "toss-secret-key", "smtp", "media"} {
			if given[name] == "" {
				t.Errorf("%s: --%s is not given", x.size, name)
			}
		}
		for name, value := range given {
			if !known[name] {
				t.Errorf("%s: the shop has no setting --%s", x.size, name)
			}
			for _, part := range strings.Split(value, "@{")[1:] {
				inside, _, _ := strings.Cut(part, "}")
				secret, _, _ := strings.Cut(inside, ":")
				if !secrets["myclothes/"+secret] {
					t.Errorf("%s: --%s names the secret %s, which is not made", x.size, name, secret)
				}
			}
		}
		a := truth(t)
		same(t, x.size+": --listen", given["listen"], fmt.Sprintf(":%d", a.Shop.Port))
		same(t, x.size+": --ops-listen", given["ops-listen"], fmt.Sprintf("127.0.0.1:%d", a.Shop.OpsPort))
		same(t, x.size+": --drain-timeout", given["drain-timeout"], fmt.Sprintf("%ds", a.Shop.DrainSeconds))
	}
}
