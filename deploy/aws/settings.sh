#!/bin/bash
# Writes the shop's settings into a file that only root reads, in memory: systemd gives them to the shop as its environment.
#
# Each parameter below the paths in SETTINGS is one setting, named as the shop names it; what comes later wins. In a value, @{NAME} stands for
# the secret PREFIX/NAME, and @{NAME:FIELD} for a field of a secret that is a JSON object of plain strings. A secret that is not complete yet, for
# its first rotation is under way, is waited for.
set -euo pipefail
umask 077
here=${MYCLOTHES_ETC:-/etc/myclothes}
out=${MYCLOTHES_RUN:-/run/myclothes}/settings.env
# shellcheck source=/dev/null
. "$here/instance.env" # PREFIX SETTINGS ZONE INSTANCE AWS_REGION
export AWS_REGION AWS_DEFAULT_REGION=$AWS_REGION
patience=${PATIENCE_SECONDS:-300}

declare -A settings secrets

read_parameters() {
	local path name value answer
	for path in $SETTINGS; do
		answer=$(aws ssm get-parameters-by-path --path "$path" --with-decryption --query 'Parameters[].[Name,Value]' --output text)
		while IFS=$'\t' read -r name value; do
			if [ -n "$name" ]; then settings[${name##*/}]=$value; fi
		done <<<"$answer"
	done
}

# secret NAME FIELD sets REPLY.
secret() {
	local name=$1 field=$2
	if [ -z "${secrets[$name]+known}" ]; then
		secrets[$name]=$(aws secretsmanager get-secret-value --secret-id "$PREFIX/$name" --query SecretString --output text)
	fi
	REPLY=${secrets[$name]}
	if [ -n "$field" ]; then
		# Generated values are letters, digits and / + =, so that no escapes have to be understood.
		if ! [[ $REPLY =~ \"$field\"[[:space:]]*:[[:space:]]*\"([^\"\\]*)\" ]]; then
			unset "secrets[$name]"
			return 1
		fi
		REPLY=${BASH_REMATCH[1]}
	elif [ "$name" = secret-keys ] && [[ $REPLY != *:* ]]; then
		unset "secrets[$name]"
		return 1
	fi
}

# complete VALUE sets REPLY to it with its secrets filled in.
complete() {
	local rest=$1 done='' deadline=$((SECONDS + patience)) inside name field
	while [[ $rest == *'@{'*'}'* ]]; do
		done+=${rest%%'@{'*} rest=${rest#*'@{'}
		inside=${rest%%'}'*} rest=${rest#*'}'}
		name=${inside%%:*} field=${inside#"$name"}
		field=${field#:}
		until secret "$name" "$field"; do
			if [ $SECONDS -ge $deadline ]; then
				echo "the secret $PREFIX/$name has no ${field:-value} that can be used" >&2
				return 1
			fi
			sleep "${PAUSE_SECONDS:-5}"
		done
		done+=$REPLY
	done
	REPLY=$done$rest
}

# quoted VALUE sets REPLY to it as systemd and shells read it.
quoted() {
	REPLY=${1//\\/\\\\}
	REPLY=${REPLY//\"/\\\"}
	REPLY=${REPLY//\$/\\\$}
	REPLY=\"${REPLY//\`/\\\`}\"
}

read_parameters
settings[zone]=$ZONE
settings[instance]=$INSTANCE
mkdir -p "$(dirname "$out")"
new=$out.new
trap 'rm -f "$new"' EXIT # half of the settings are none
: >"$new"
for name in "${!settings[@]}"; do
	complete "${settings[$name]}"
	quoted "$REPLY"
	case $name in
	aws-access-key-id | aws-secret-access-key) variable=${name^^} ;; # the names that AWS's own tools know
	*) variable=MYCLOTHES_${name^^} ;;
	esac
	printf '%s=%s\n' "${variable//-/_}" "$REPLY" >>"$new"
done
mv "$new" "$out"
