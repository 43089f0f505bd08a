#!/usr/bin/env bash
# Gets what the browser tests need: Chromium with its driver, Firefox, a TURN server, and the npm packages of end2end/.
set -euo pipefail
cd "$(dirname "$0")/.."
. scripts/packages.sh

missing=()
[ -n "${CHROMIUM:-}" ] || any_of chromium chromium-browser google-chrome-stable google-chrome || missing+=(chromium)
# The same without windows and menus: of use and not needed, see end2end/README.md. Not everybody's packages have it.
lean=()
[ -n "${CHROMIUM:-}${HEADLESS_SHELL:-}" ] || any_of chromium-headless-shell chrome-headless-shell || lean=(chromium-headless-shell)
[ -n "${CHROMEDRIVER:-}" ] || any_of chromedriver || missing+=(chromium-driver)
[ -n "${FIREFOX:-}" ] || any_of firefox-esr firefox || missing+=(firefox-esr)
any_of ip || missing+=(iproute2)
[ -n "${TURNSERVER:-}" ] || any_of turnserver || missing+=(coturn)
if [ $((${#missing[@]} + ${#lean[@]})) -gt 0 ] && can_install; then
  say "installing ${missing[*]} ${lean[*]}"
  refresh || true
  # One by one: another distribution has some of them, and what it has not is named below.
  absent=()
  for package in "${missing[@]}"; do install_packages "$package" || absent+=("$package"); done
  missing=("${absent[@]}")
  [ ${#lean[@]} = 0 ] || install_packages "${lean[@]}" || say "there is no ${lean[*]}: the browser tests take longer"
fi
if [ ${#missing[@]} -gt 0 ]; then
  say "missing for the browser tests: ${missing[*]}. On Debian: sudo apt-get install ${missing[*]}"
  say "Or name them: CHROMIUM=/path/to/chrome CHROMEDRIVER=/path/to/chromedriver FIREFOX=/path/to/firefox TURNSERVER=/path/to/turnserver"
  exit 1
fi

cd end2end
if ! [ node_modules/.package-lock.json -nt package-lock.json ]; then
  say "installing npm packages of end2end"
  # The browsers are the system's own: none is downloaded.
  PLAYWRIGHT_SKIP_BROWSER_DOWNLOAD=1 PUPPETEER_SKIP_DOWNLOAD=1 npm ci --no-audit --no-fund --loglevel=error >&2
fi
