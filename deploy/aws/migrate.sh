#!/bin/bash
# On the operator's machine: brings the database's schema to the version of a release, on an instance that lives for this alone.
#
#   deploy/aws/migrate.sh STACK out/release/myclothes-linux-arm64.tar.gz
set -euo pipefail
stack=$1 release=$2
output() { aws cloudformation describe-stacks --stack-name "$stack" --query "Stacks[0].Outputs[?OutputKey=='$1'].OutputValue" --output text; }
bucket=$(output Releases)
key=$(sha256sum "$release" | cut -c1-64).tar.gz
aws s3 cp --only-show-errors "$release" "s3://$bucket/$key"
instance=$(aws ec2 run-instances --launch-template "LaunchTemplateId=$(output MigrationTemplate)" --subnet-id "$(output MigrationSubnet)" \
	--tag-specifications "ResourceType=instance,Tags=[{Key=release,Value=$key},{Key=Name,Value=$stack-migration}]" \
	--query 'Instances[0].InstanceId' --output text)
echo "migrating on $instance"
for _ in $(seq 120); do
	if result=$(aws s3 cp "s3://$bucket/results/$instance" - 2>/dev/null); then
		echo "$result"
		[ "$(head -n1 <<<"$result")" = done ]
		exit
	fi
	sleep 5
done
echo "no result after ten minutes: look at the console output of $instance" >&2
exit 1
