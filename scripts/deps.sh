#!/usr/bin/env bash
# Installs what the tests need, where it is missing: on Debian and Ubuntu with apt, elsewhere it says what to install.
# The tests never use the cluster that Debian's PostgreSQL package makes nor the service of its Redis package: they start servers of their own.
set -euo pipefail
cd "$(dirname "$0")/.."

source scripts/install.sh

# The package that brings each thing, if the thing is not there.
missing=()
compgen -G '/usr/lib/postgresql/*/bin/postgres' >/dev/null || missing+=(postgresql)
[ -n "${CHROMIUM:-}" ] || command -v chromium chromium-browser google-chrome >/dev/null || missing+=(chromium)
[[ $(fc-list 2>/dev/null) == *[Nn]anum* ]] || missing+=(fonts-nanum fontconfig)
node=$(node --version 2>/dev/null || echo v0)
node=${node#v}
[ "${node%%.*}" -ge 20 ] || missing+=(nodejs)
command -v npm >/dev/null || missing+=(npm)
command -v redis-server >/dev/null || missing+=(redis-server)
command -v haproxy >/dev/null || [ -x /usr/sbin/haproxy ] || missing+=(haproxy)
command -v curl >/dev/null || missing+=(curl)
command -v ip >/dev/null || [ -x /usr/sbin/ip ] || missing+=(iproute2)
command -v java >/dev/null || missing+=(default-jre-headless) # the HTML checker
[ -n "$(command -v cc || command -v gcc || command -v clang)" ] || missing+=(gcc libc6-dev) # go test -race

packages "The tests" "${missing[@]}"

# From npm: the browser's driver, a server that speaks DynamoDB's protocol, and what writes the templates for AWS.
from_npm test/browser test/dynalite infra
echo "everything that the tests need is here"
