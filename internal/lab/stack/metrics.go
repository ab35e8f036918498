//go:build linux

package stack

import (
	"bufio"
	"context"
	"net/http"
	"slices"
	"strconv"
	"strings"
	"time"
)

// Metrics are counters of all instances that run, added up by name and labels as Prometheus writes them.
type Metrics map[string]float64

// Metrics asks every instance that runs, at the operators' port, from its own machine.
func (s *Stack) Metrics(ctx context.Context) (Metrics, error) {
	all := Metrics{}
	for _, shop := range s.Shops {
		if !shop.Runs() {
			continue
		}
		req, err := http.NewRequestWithContext(ctx, http.MethodGet, "http://"+shop.Host.At(shop.Ops)+"/metrics", nil)
		if err != nil {
			return nil, err
		}
		resp, err := shop.Host.Client(5 * time.Second).Do(req)
		if err != nil {
			return nil, err
		}
		for lines := bufio.NewScanner(resp.Body); lines.Scan(); {
			at := strings.LastIndexByte(lines.Text(), ' ')
			if n, err := strconv.ParseFloat(lines.Text()[at+1:], 64); at > 0 && err == nil {
				all[lines.Text()[:at]] += n
			}
		}
		resp.Body.Close()
	}
	return all, nil
}

// Sum adds up the series of a name that have every one of the labels.
func (m Metrics) Sum(name string, labels ...string) (sum float64) {
	for series, n := range m {
		if series != name && !strings.HasPrefix(series, name+"{") {
			continue
		}
		has := true
		for _, l := range labels {
			has = has && strings.Contains(series, l)
		}
		if has {
			sum += n
		}
	}
	return sum
}

// Labels are the values that a label has in the series of a name, each once.
func (m Metrics) Labels(name, label string) (all []string) {
	for series := range m {
		_, rest, has := strings.Cut(series, label+`="`)
		if value, _, _ := strings.Cut(rest, `"`); has && strings.HasPrefix(series, name+"{") && !slices.Contains(all, value) {
			all = append(all, value)
		}
	}
	return all
}
