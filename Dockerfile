# The same static binary as in a release, and nothing else but the authorities that certificates are checked against.
#
#   docker build -t myclothes .
#   docker run -p 8080:8080 --env-file shop.env myclothes
FROM --platform=$BUILDPLATFORM golang:1.26 AS build
WORKDIR /src
COPY go.mod go.sum ./
RUN go mod download
COPY cmd cmd
COPY internal internal
ARG TARGETOS=linux TARGETARCH VERSION=dev
RUN CGO_ENABLED=0 GOOS=$TARGETOS GOARCH=$TARGETARCH go build -trimpath -buildvcs=false -ldflags "-s -w -X myclothes/internal/app.Version=$VERSION" -o /out/myclothes ./cmd/myclothes
RUN mkdir -p /out/var/lib/myclothes && chmod 0700 /out/var/lib/myclothes

FROM scratch
COPY --from=build /etc/ssl/certs/ca-certificates.crt /etc/ssl/certs/
COPY --from=build --chown=65532:65532 /out/var /var
COPY --from=build /out/myclothes /myclothes
USER 65532:65532
WORKDIR /var/lib/myclothes
# The shop's drain: docker waits for ten seconds unless it is told --stop-timeout.
STOPSIGNAL SIGTERM
EXPOSE 8080
ENTRYPOINT ["/myclothes"]
CMD ["serve"]
