#!/usr/bin/env bash
# Installs what the lab needs on Debian, where it is missing: the real parts of the architecture. No service of theirs is started: the lab starts its own.
set -euo pipefail
cd "$(dirname "$0")/.."

as_root() { if [ "$(id -u)" = 0 ]; then "$@"; else sudo "$@"; fi; }

# The package that brings each program, if the program is not there. Debian puts some where only root looks.
PATH=$PATH:/usr/sbin:/sbin
missing=()
need() { command -v "$1" >/dev/null || missing+=("$2"); }
compgen -G '/usr/lib/postgresql/*/bin/postgres' >/dev/null || missing+=(postgresql)
need redis-server redis-server
need haproxy haproxy
need etcd etcd-server
need patroni patroni
need dnsmasq dnsmasq-base
need nft nftables
need ip iproute2
need sysctl procps
need unshare util-linux
need node nodejs
need npm npm

if [ ${#missing[@]} -gt 0 ]; then
	if ! command -v apt-get >/dev/null; then
		echo "The lab needs: ${missing[*]}. Please install them (these are Debian's names)." >&2
		exit 1
	fi
	echo "installing ${missing[*]}"
	as_root env DEBIAN_FRONTEND=noninteractive apt-get update -qq
	policy=/usr/sbin/policy-rc.d # says whether a package may start its service: this once, none may
	[ -e "$policy" ] || { printf '#!/bin/sh\nexit 101\n' | as_root tee "$policy" >/dev/null; as_root chmod 755 "$policy"; trap 'as_root rm -f "$policy"' EXIT; }
	as_root env DEBIAN_FRONTEND=noninteractive apt-get install -y -qq --no-install-recommends "${missing[@]}" >/dev/null
fi

# The server that speaks DynamoDB's protocol, from npm.
(
	cd test/dynalite
	cmp -s package-lock.json node_modules/.installed && exit
	echo "installing the packages of test/dynalite"
	npm ci --ignore-scripts --no-audit --no-fund --loglevel=error
	cp package-lock.json node_modules/.installed
)
echo "everything that the lab needs is here"
