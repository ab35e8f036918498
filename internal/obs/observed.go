package obs

import "time"

// Observed counts a page that the observer looked at.
func (m *Metrics) Observed(instance string, after time.Duration, seen string) {
	m.seen.WithLabelValues(instance, after.String(), seen).Inc()
}
