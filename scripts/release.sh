#!/usr/bin/env bash
# Builds the release archives and their checksums in out/release. The same source gives the same bytes, wherever and whenever it is built with the same Go.
set -euo pipefail
cd "$(dirname "$0")/.."
out=${OUT:-out/release}
version=${VERSION:-$(git describe --tags --always --dirty 2>/dev/null || echo dev)}
# The age of everything in an archive: that of the last change, so that no clock gets in.
age=${SOURCE_DATE_EPOCH:-$(git log -1 --format=%ct 2>/dev/null || echo 0)}

rm -rf "$out"
mkdir -p "$out"
stage=$(mktemp -d)
trap 'rm -rf "$stage"' EXIT
for arch in arm64 amd64; do
	name=myclothes-linux-$arch
	mkdir -p "$stage/$name/aws"
	CGO_ENABLED=0 GOOS=linux GOARCH=$arch GOFLAGS=-mod=readonly go build -trimpath -buildvcs=false \
		-ldflags "-s -w -buildid= -X myclothes/internal/app.Version=$version" -o "$stage/$name/myclothes" ./cmd/myclothes
	cp LICENSE README.md README.ko.md "$stage/$name/"
	cp deploy/aws/* "$stage/$name/aws/"
	find "$stage/$name" -type f -exec chmod 0644 {} + -o -type d -exec chmod 0755 {} +
	chmod 0755 "$stage/$name/myclothes" "$stage/$name"/aws/*.sh
	tar --sort=name --mtime="@$age" --owner=0 --group=0 --numeric-owner --format=gnu -C "$stage" -c "$name" | gzip -9n >"$out/$name.tar.gz"
	rm -rf "${stage:?}/$name"
done
(cd "$out" && sha256sum ./*.tar.gz >SHA256SUMS)
echo "$version"
cat "$out/SHA256SUMS"
