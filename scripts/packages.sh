# Sourced by the scripts that get programs from the system's packages.

say() { printf '\033[1mset-up:\033[0m %s\n' "$*" >&2; }

# Whether any of these programs is on PATH.
any_of() {
  for program in "$@"; do type -P "$program" >/dev/null && return; done
  return 1
}

# Debian, and root.
can_install() { [ "$(id -u)" = 0 ] && command -v apt-get >/dev/null; }

refresh() { apt-get update -qq >&2; }

install_packages() { DEBIAN_FRONTEND=noninteractive apt-get install -y -qq "$@" >&2; }
