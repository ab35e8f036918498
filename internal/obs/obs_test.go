package obs

import (
	"context"
	"errors"
	"io"
	"net/http"
	"net/http/httptest"
	"strings"
	"testing"
	"time"

	"myclothes/internal/order"
)

func TestMetricsHaveTheNamesThatOperatorsRelyOn(t *testing.T) {
	m := New("a", "one", "dev")
	q, err := m.Requests(context.Background(), "", "a", "one", "dev")
	if err != nil {
		t.Fatal(err)
	}
	for _, method := range []string{"GET", "BREW"} {
		_, end := q.Begin(context.Background(), method, "id")
		end("GET /cart", 200)
	}
	m.Query("cart", "primary", time.Millisecond)
	m.Home("database", "add", time.Millisecond)
	m.Cache("pages", "hit")
	m.Order(order.Paid)
	m.Job("deliver", errors.New("no"))
	m.Waiting("events", time.Second)
	w := httptest.NewRecorder()
	m.Handler(nil).ServeHTTP(w, httptest.NewRequest("GET", "/metrics", nil))
	for _, want := range []string{
		`myclothes_http_request_duration_seconds_count{method="GET",route="GET /cart",status="200"} 1`,
		`myclothes_http_request_duration_seconds_count{method="other",route="GET /cart",status="200"} 1`,
		`myclothes_cart_home_duration_seconds_count{home="database",op="add"} 1`,
		`myclothes_cache_requests_total{cache="pages",result="hit"} 1`,
		`myclothes_db_query_duration_seconds_count{query="cart",target="primary"} 1`,
		`myclothes_orders_total{status="paid"} 1`,
		`myclothes_job_runs_total{job="deliver",result="error"} 1`,
		`myclothes_waiting_seconds{what="events"} 1`,
		`myclothes_info{instance="one",version="dev",zone="a"} 1`,
	} {
		if !strings.Contains(w.Body.String(), want) {
			t.Errorf("no %s", want)
		}
	}
}

func TestReadiness(t *testing.T) {
	m := New("", "", "")
	broken := func(context.Context) error { return errors.New("postgres://shop:hunter2@db is down") }
	fine := func(context.Context) error { return nil }
	for _, c := range []struct {
		hard, soft func(context.Context) error
		status     int
	}{{fine, fine, 200}, {fine, broken, 200}, {broken, fine, 503}} {
		w := httptest.NewRecorder()
		m.Handler([]Dependency{{"database", true, c.hard}, {"cache", false, c.soft}}).ServeHTTP(w, httptest.NewRequest("GET", "/readyz", nil))
		if w.Code != c.status || strings.Contains(w.Body.String(), "hunter2") || !strings.Contains(w.Body.String(), `"name":"cache"`) {
			t.Errorf("%d %s, want %d", w.Code, w.Body, c.status)
		}
	}
}

// TestTraces sends spans to a collector, which finds routes in them and no addresses.
func TestTraces(t *testing.T) {
	got := make(chan string, 1)
	collector := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		body, _ := io.ReadAll(r.Body)
		got <- r.URL.Path + " " + string(body)
	}))
	defer collector.Close()
	q, err := New("", "", "").Requests(context.Background(), collector.URL, "a", "one", "dev")
	if err != nil {
		t.Fatal(err)
	}
	_, end := q.Begin(context.Background(), "GET", "request-1")
	end("GET /orders/{number}", 503)
	if err := q.Stop(context.Background()); err != nil {
		t.Fatal(err)
	}
	if span := <-got; !strings.HasPrefix(span, "/v1/traces ") || !strings.Contains(span, "GET /orders/{number}") || !strings.Contains(span, "request-1") {
		t.Errorf("the collector got %q", span)
	}
}
