package scaling

import (
	"math"

	"myclothes/internal/lab/topology"
)

// Load is what instances bear on average.
type Load struct {
	RequestsPerMinute float64 // each
	CPUPercent        float64 // of one core
}

// Track is target tracking: how many instances would bear the load at the targets, given how many bear it now. The stricter target decides. It never goes below the
// minimum of each zone, and never down by a tenth or less: that would go to and fro.
func Track(s topology.Scaling, zones, running int, l Load) int {
	share := max(l.RequestsPerMinute/s.TargetRequestsPerInstanceAndMinute, l.CPUPercent/s.TargetCPUPercent)
	count := int(math.Ceil(float64(running) * share))
	if count < running && share > 0.9 {
		count = running
	}
	return max(count, zones*s.MinimumPerZone)
}
