#!/bin/bash
# On an instance that was started for this alone: brings the database's roles and schema to this version, leaves how that went, and ends the machine.
set -uo pipefail
# shellcheck source=/dev/null
. /etc/myclothes/instance.env # RELEASES INSTANCE
here=/opt/myclothes/aws

log=$(mktemp)
if { dnf install -y -q postgresql17 && "$here/schema.sh"; } >"$log" 2>&1; then result=done; else result=failed; fi
{ echo "$result"; cat "$log"; } | aws s3 cp - "s3://$RELEASES/results/$INSTANCE"
shutdown -h now
