#!/bin/bash
# Runs once, when an instance starts for the first time: makes it serve, and tells its group so. An instance that does not come to serve is
# abandoned by its group, which starts another.
set -euo pipefail
here=/opt/myclothes/aws
# shellcheck source=/dev/null
. /etc/myclothes/instance.env # ACT PREFIX GROUP AWS_REGION
export AWS_REGION AWS_DEFAULT_REGION=$AWS_REGION

metadata() {
	local token
	token=$(curl -sf -X PUT -H 'X-aws-ec2-metadata-token-ttl-seconds: 300' http://169.254.169.254/latest/api/token)
	curl -sf -H "X-aws-ec2-metadata-token: $token" "http://169.254.169.254/latest/meta-data/$1"
}
INSTANCE=$(metadata instance-id)
printf 'ZONE=%s\nINSTANCE=%s\n' "$(metadata placement/availability-zone)" "$INSTANCE" >>/etc/myclothes/instance.env

# The authorities that sign the certificates of RDS.
curl -sf --retry 10 --retry-all-errors -o /etc/myclothes/rds.pem "https://truststore.pki.rds.amazonaws.com/$AWS_REGION/$AWS_REGION-bundle.pem"

if [ "$ACT" = migrate ]; then
	exec "$here/migrate-here.sh"
fi

answer() {
	aws autoscaling complete-lifecycle-action --auto-scaling-group-name "$GROUP" --lifecycle-hook-name opening \
		--instance-id "$INSTANCE" --lifecycle-action-result "$1"
}
trap 'answer ABANDON' ERR

dnf install -y -q amazon-cloudwatch-agent
install -d -m 0755 /var/log/myclothes
sed "s|@PREFIX@|$PREFIX|g" "$here/cloudwatch-agent.json" >/etc/myclothes/cloudwatch-agent.json
/opt/aws/amazon-cloudwatch-agent/bin/amazon-cloudwatch-agent-ctl -a fetch-config -m ec2 -s -c file:/etc/myclothes/cloudwatch-agent.json

install -m 0644 "$here/myclothes.service" "$here/myclothes-drain.service" /etc/systemd/system/
install -m 0644 "$here/logrotate" /etc/logrotate.d/myclothes
systemctl daemon-reload
systemctl enable --now myclothes myclothes-drain
curl -sf -o /dev/null --retry 60 --retry-delay 2 --retry-all-errors http://127.0.0.1:8080/healthz
answer CONTINUE
