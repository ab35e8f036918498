package scaling

import (
	"testing"

	"myclothes/internal/lab/topology"
)

func TestTheStricterTargetDecides(t *testing.T) {
	a, err := topology.Read("../../..")
	if err != nil {
		t.Fatal(err)
	}
	s := a.Scaling
	if s.TargetCPUPercent == 0 || s.TargetRequestsPerInstanceAndMinute == 0 || s.MinimumPerZone == 0 {
		t.Fatalf("the numbers are not read: %+v", s)
	}
	for _, c := range []struct {
		running int
		l       Load
		want    int
	}{
		{3, Load{0, 0}, 3},
		{3, Load{0, 2 * s.TargetCPUPercent}, 6},
		{3, Load{2 * s.TargetRequestsPerInstanceAndMinute, s.TargetCPUPercent}, 6},
		{8, Load{0, s.TargetCPUPercent / 4}, 3},
		{6, Load{0, s.TargetCPUPercent * 0.95}, 6},
		{6, Load{0, s.TargetCPUPercent * 0.5}, 3},
		{4, Load{0, s.TargetCPUPercent * 1.1}, 5},
	} {
		if got := Track(s, len(a.Zones), c.running, c.l); got != c.want {
			t.Errorf("%d instances under %+v: %d, want %d", c.running, c.l, got, c.want)
		}
	}
}
