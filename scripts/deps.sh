#!/usr/bin/env bash
# Installs what the tests need, where it is missing: on Debian and Ubuntu with apt, elsewhere it says what to install.
# The tests never use the cluster that Debian's PostgreSQL package makes nor the service of its Redis package: they start servers of their own.
set -euo pipefail
cd "$(dirname "$0")/.."

as_root() { if [ "$(id -u)" = 0 ]; then "$@"; else sudo "$@"; fi; }

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

if [ ${#missing[@]} -gt 0 ]; then
	if ! command -v apt-get >/dev/null; then
		echo "The tests need: ${missing[*]}. Please install them (these are Debian's names)." >&2
		exit 1
	fi
	echo "installing ${missing[*]}"
	as_root env DEBIAN_FRONTEND=noninteractive apt-get update -qq
	policy=/usr/sbin/policy-rc.d # says whether a package may start its service: this once, none may
	[ -e "$policy" ] || { printf '#!/bin/sh\nexit 101\n' | as_root tee "$policy" >/dev/null; as_root chmod 755 "$policy"; trap 'as_root rm -f "$policy"' EXIT; }
	as_root env DEBIAN_FRONTEND=noninteractive apt-get install -y -qq --no-install-recommends "${missing[@]}" >/dev/null
fi

# What tests take from npm, when a lock file is not the one that was installed last: the browser's driver, a server that speaks DynamoDB's protocol, and what
# writes the templates for AWS.
for folder in test/browser test/dynalite infra; do
	(
		cd "$folder"
		cmp -s package-lock.json node_modules/.installed && exit
		echo "installing the packages of $folder"
		npm ci --ignore-scripts --no-audit --no-fund --loglevel=error
		cp package-lock.json node_modules/.installed
	)
done
echo "everything that the tests need is here"
