package obs

import (
	"context"
	"net/http"

	"go.opentelemetry.io/contrib/instrumentation/net/http/otelhttp"
	"go.opentelemetry.io/otel/attribute"
	"go.opentelemetry.io/otel/exporters/otlp/otlptrace/otlptracehttp"
	"go.opentelemetry.io/otel/sdk/resource"
	"go.opentelemetry.io/otel/sdk/trace"
)

// Tracing sends a span per request to an OTLP collector. The zero Tracing, for no endpoint, costs nothing.
type Tracing struct{ provider *trace.TracerProvider }

// StartTracing prepares traces to the endpoint, http://host:4318; none where it is empty.
func StartTracing(ctx context.Context, endpoint, zone, instance, version string) (Tracing, error) {
	if endpoint == "" {
		return Tracing{}, nil
	}
	exporter, err := otlptracehttp.New(ctx, otlptracehttp.WithEndpointURL(endpoint))
	if err != nil {
		return Tracing{}, err
	}
	about := resource.NewSchemaless(attribute.String("service.name", "myclothes"), attribute.String("service.version", version),
		attribute.String("service.instance.id", instance), attribute.String("cloud.availability_zone", zone))
	return Tracing{trace.NewTracerProvider(trace.WithBatcher(exporter), trace.WithResource(about))}, nil
}

// Around gives every request a span named by its route; addresses, which may hold an order's number, stay out of it.
func (t Tracing) Around(next http.Handler) http.Handler {
	if t.provider == nil {
		return next
	}
	return otelhttp.NewHandler(next, "request", otelhttp.WithTracerProvider(t.provider),
		otelhttp.WithSpanNameFormatter(func(_ string, r *http.Request) string { return r.Method + " " + r.Pattern }))
}

// Stop sends what is left.
func (t Tracing) Stop(ctx context.Context) error {
	if t.provider == nil {
		return nil
	}
	return t.provider.Shutdown(ctx)
}
