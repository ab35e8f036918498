#!/bin/bash
# On the operator's machine: puts settings that only the operator knows, one "name=value" per line, for the instances to read at their next start.
#
#   deploy/aws/put-settings.sh STACK shop.settings
set -euo pipefail
stack=$1 file=$2
while IFS='=' read -r name value; do
	case $name in '' | '#'*) continue ;; esac
	aws ssm put-parameter --overwrite --type String --name "/$stack/operator/$name" --value "$value" >/dev/null
	echo "$name"
done <"$file"
