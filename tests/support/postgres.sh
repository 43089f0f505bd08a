# A temporary PostgreSQL, until standard input ends: so it goes with whoever started it, also after kill -9.
#
# Prints "missing" when initdb is not on this machine, else (unless LOOK_ONLY is set) "ready DIRECTORY" once it takes connections: by the Unix socket in that
# directory only, as the user owl, without a password. Nothing of it is left afterwards.
set -eu
trap '' HUP INT TERM
cd /

if ! command -v initdb >/dev/null; then
    # Where Debian and Red Hat keep it.
    for programs in /usr/lib/postgresql/*/bin /usr/pgsql-*/bin; do PATH="$programs:$PATH"; done
fi
if ! command -v initdb >/dev/null; then
    echo missing
    exit
fi
if [ -n "${LOOK_ONLY:-}" ]; then exit; fi

# It refuses to run as root.
as=
if [ "$(id -u)" = 0 ]; then
    as="runuser -u postgres --"
    if command -v setpriv >/dev/null; then as="setpriv --reuid=postgres --regid=postgres --init-groups --"; fi
fi
directory=$($as mktemp -d /tmp/owl-postgres.XXXXXX)
end() {
    $as pg_ctl stop -D "$directory/data" -m immediate >/dev/null 2>&1 || true
    $as rm -rf "$directory"
}
trap end EXIT

$as initdb -D "$directory/data" -U owl -A trust -E UTF8 --locale=C --no-sync --no-instructions >/dev/null
# It need not outlive the power.
$as pg_ctl start -w -D "$directory/data" -l "$directory/log" >/dev/null -o "-k $directory -c listen_addresses='' \
    -c fsync=off -c max_connections=400 ${1:-}" || { $as cat "$directory/log" >&2; exit 1; }
echo "ready $directory"
cat >/dev/null
