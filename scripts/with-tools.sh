#!/usr/bin/env bash
# Runs a command with the build tools on PATH; gets those that are missing first.
set -euo pipefail
here="$(dirname "$0")"
tools="$("$here/tools.sh" | paste -sd:)"
PATH="$tools:$PATH" exec "$@"
