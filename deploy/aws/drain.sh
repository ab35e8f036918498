#!/bin/bash
# Waits until the group wants this instance gone, has the shop finish what it does, and lets the group go on.
# The shop fails its health check first, serves on until the load balancer has noticed, finishes the requests in flight and ends.
set -euo pipefail
# shellcheck source=/dev/null
. "${MYCLOTHES_ETC:-/etc/myclothes}/instance.env" # GROUP INSTANCE AWS_REGION
export AWS_REGION AWS_DEFAULT_REGION=$AWS_REGION
metadata=http://169.254.169.254/latest

wanted() {
	local token
	token=$(curl -sf -m 2 -X PUT -H 'X-aws-ec2-metadata-token-ttl-seconds: 60' "$metadata/api/token") &&
		curl -sf -m 2 -H "X-aws-ec2-metadata-token: $token" "$metadata/meta-data/autoscaling/target-lifecycle-state"
}
tell() {
	local what=$1
	shift
	aws autoscaling "$what" --auto-scaling-group-name "$GROUP" --lifecycle-hook-name closing --instance-id "$INSTANCE" "$@"
}

until [ "$(wanted)" = Terminated ]; do sleep "${POLL_SECONDS:-5}"; done
echo "the group wants this instance gone: draining"
(while sleep "${HEARTBEAT_SECONDS:-20}"; do tell record-lifecycle-action-heartbeat || true; done) &
heartbeat=$!
systemctl stop myclothes || echo "the shop did not stop well" >&2
kill "$heartbeat"
tell complete-lifecycle-action --lifecycle-action-result CONTINUE
