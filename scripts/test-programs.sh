#!/usr/bin/env bash
# Gets what the Rust tests need beside a compiler: `kill` and `ps`, and a PostgreSQL, on which they run a second time. Without
# PostgreSQL they run all the same. `test-programs.sh untested` says so once more where the tests end, and is silent otherwise.
set -euo pipefail
cd "$(dirname "$0")/.."
. scripts/packages.sh

# The tests' own script knows where to look.
has_postgres() { [ "$(LOOK_ONLY=1 sh tests/support/postgres.sh)" != missing ]; }

if [ "${1:-}" = untested ]; then
  has_postgres || echo 'NOT TESTED ON POSTGRESQL: this machine has no initdb. Half of the tests of the clinic, and two nodes, did not run.'
  exit
fi

needed=()
any_of kill && any_of ps || needed+=(procps)
wanted=()
has_postgres || wanted+=(postgresql)
if [ $((${#needed[@]} + ${#wanted[@]})) -gt 0 ] && can_install; then
  say "installing ${needed[*]} ${wanted[*]}"
  refresh || true
  [ ${#needed[@]} = 0 ] || install_packages "${needed[@]}"
  needed=()
  # Debian starts one of its own, which the tests leave alone: theirs is temporary.
  if [ ${#wanted[@]} = 0 ] || install_packages "${wanted[@]}"; then wanted=(); fi
fi
if [ ${#wanted[@]} -gt 0 ]; then
  say "the tests run without PostgreSQL. To run them on it too: install it (Debian: sudo apt-get install ${wanted[*]})"
fi
if [ ${#needed[@]} -gt 0 ]; then
  say "missing for the tests: ${needed[*]}. On Debian: sudo apt-get install ${needed[*]}"
  exit 1
fi
