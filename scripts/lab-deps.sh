#!/usr/bin/env bash
# Installs what the lab needs on Debian, where it is missing: the real parts of the architecture. No service of theirs is started: the lab starts its own.
set -euo pipefail
cd "$(dirname "$0")/.."

source scripts/install.sh

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

packages "The lab" "${missing[@]}"

# The server that speaks DynamoDB's protocol.
from_npm test/dynalite
echo "everything that the lab needs is here"
