# How scripts install what is missing. Sourced, not run.

as_root() { if [ "$(id -u)" = 0 ]; then "$@"; else sudo "$@"; fi; }

# packages WHO NAME… installs Debian's packages for WHO, or says which to install where there is no apt. No service of theirs is started.
packages() {
	local who=$1 policy=/usr/sbin/policy-rc.d # says whether a package may start its service: this once, none may
	shift
	[ $# -gt 0 ] || return 0
	if ! command -v apt-get >/dev/null; then
		echo "$who: please install $* (these are Debian's names)." >&2
		return 1
	fi
	echo "installing $*"
	as_root env DEBIAN_FRONTEND=noninteractive apt-get update -qq
	[ -e "$policy" ] || { printf '#!/bin/sh\nexit 101\n' | as_root tee "$policy" >/dev/null; as_root chmod 755 "$policy"; trap 'as_root rm -f /usr/sbin/policy-rc.d' EXIT; }
	as_root env DEBIAN_FRONTEND=noninteractive apt-get install -y -qq --no-install-recommends "$@" >/dev/null
}

# from_npm FOLDER… installs what the folders' lock files name, where that is not what was installed last.
from_npm() {
	local folder
	for folder in "$@"; do
		(
			cd "$folder"
			cmp -s package-lock.json node_modules/.installed && exit
			echo "installing the packages of $folder"
			npm ci --ignore-scripts --no-audit --no-fund --loglevel=error
			cp package-lock.json node_modules/.installed
		)
	done
}
