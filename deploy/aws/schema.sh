#!/bin/bash
# Brings the database's roles and schema to this release's version, with the rights of the database's owner. Doing it again changes nothing.
set -euo pipefail
here=/opt/myclothes/aws
"$here/settings.sh"
set -a
# shellcheck source=/dev/null
. "${MYCLOTHES_RUN:-/run/myclothes}/settings.env"
set +a
# The password goes in by standard input: what stands on a command line can be read by other processes.
psql -q "${MYCLOTHES_OWNER_DATABASE:?}" -v database=myclothes <<-END
	\\set password '$MYCLOTHES_SHOP_PASSWORD'
	\\i $here/roles.sql
END
/opt/myclothes/myclothes migrate
