package obs

import (
	"context"
	"strings"
	"time"

	"go.opentelemetry.io/otel/attribute"
	"go.opentelemetry.io/otel/codes"
	"go.opentelemetry.io/otel/exporters/otlp/otlptrace/otlptracehttp"
	"go.opentelemetry.io/otel/sdk/resource"
	sdk "go.opentelemetry.io/otel/sdk/trace"
	"go.opentelemetry.io/otel/trace"
	"go.opentelemetry.io/otel/trace/noop"
)

// Requests measures and traces requests. Make one with Metrics.Requests.
type Requests struct {
	metrics *Metrics
	tracer  trace.Tracer
	stop    func(context.Context) error
}

// Requests prepares the measuring of requests, and traces to an OTLP collector at the endpoint, http://host:4318; no traces where it is empty.
func (m *Metrics) Requests(ctx context.Context, endpoint, zone, instance, version string) (*Requests, error) {
	if endpoint == "" {
		return &Requests{m, noop.NewTracerProvider().Tracer(""), func(context.Context) error { return nil }}, nil
	}
	exporter, err := otlptracehttp.New(ctx, otlptracehttp.WithEndpointURL(strings.TrimRight(endpoint, "/")+"/v1/traces"))
	if err != nil {
		return nil, err
	}
	about := resource.NewSchemaless(attribute.String("service.name", "myclothes"), attribute.String("service.version", version),
		attribute.String("service.instance.id", instance), attribute.String("cloud.availability_zone", zone))
	p := sdk.NewTracerProvider(sdk.WithBatcher(exporter), sdk.WithResource(about))
	return &Requests{m, p.Tracer("myclothes"), p.Shutdown}, nil
}

// Begin is called when a request comes; what it returns, when it has been answered. Of the address a span holds the route's pattern only: an address
// may hold an order's number.
func (q *Requests) Begin(ctx context.Context, method, request string) (context.Context, func(route string, status int)) {
	start := time.Now()
	ctx, span := q.tracer.Start(ctx, method, trace.WithSpanKind(trace.SpanKindServer))
	return ctx, func(route string, status int) {
		q.metrics.http(route, method, status, time.Since(start))
		if span.IsRecording() {
			span.SetName(route)
			span.SetAttributes(attribute.String("http.request.method", method), attribute.String("http.route", route),
				attribute.Int("http.response.status_code", status), attribute.String("myclothes.request", request))
			if status >= 500 {
				span.SetStatus(codes.Error, "")
			}
		}
		span.End()
	}
}

// Stop sends what is left.
func (q *Requests) Stop(ctx context.Context) error { return q.stop(ctx) }
