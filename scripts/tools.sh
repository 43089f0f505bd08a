#!/usr/bin/env bash
# Gets the tools that build the project, and prints the PATH entries to use them with. What is there already, in the
# right version, is used as it is; what is not is installed into a cache folder of our own, beside everybody else's.
#
#   scripts/tools.sh          sets up and prints the folders, one a line
set -euo pipefail
cd "$(dirname "$0")/.."

cargo_leptos=0.3.10
wasm_bindgen=$(awk '/^name = "wasm-bindgen"$/ { getline; gsub(/version = |"/, ""); print; exit }' Cargo.lock)
cache="${OWL_TOOLS:-${XDG_CACHE_HOME:-$HOME/.cache}/owl-hospital/tools}"

say() { printf '\033[1mset-up:\033[0m %s\n' "$*" >&2; }

need() {
  command -v "$1" >/dev/null || { say "$1 is missing. $2"; exit 1; }
}

# $1: folder  $2: package@version  the rest: more arguments for cargo install
install() {
  local folder=$1 package=$2
  shift 2
  if command -v cargo-binstall >/dev/null && cargo binstall --no-confirm --root "$folder" "$package" >&2; then return; fi
  say "building $package; this takes some minutes, once"
  # A build tool need not be fast itself: these settings halve the time it takes to compile.
  CARGO_PROFILE_RELEASE_LTO=off CARGO_PROFILE_RELEASE_OPT_LEVEL=1 CARGO_PROFILE_RELEASE_CODEGEN_UNITS=16 \
    CARGO_RESOLVER_INCOMPATIBLE_RUST_VERSIONS=fallback CARGO_TARGET_DIR="$cache/build" \
    cargo install --quiet --root "$folder" "$package" "$@" >&2
  rm -rf "$cache/build"
}

need cargo "Install Rust with rustup: https://rustup.rs"
need npm "Install Node.js 20 or newer: https://nodejs.org"
need cc "Install a C compiler (on Debian: apt-get install build-essential)"
node -e 'process.exit(Number(process.versions.node.split(".")[0]) < 20 ? 1 : 0)' ||
  { say "Node.js $(node --version) is too old. Install 20 or newer: https://nodejs.org"; exit 1; }

# rust-toolchain.toml brings the components and the target; it takes the stable that is there, which may be old.
rust=$(awk -F'"' '/^rust-version/ { print $2 }' Cargo.toml)
[ "$(printf '%s\n' "$rust" "$(rustc --version | awk '{ print $2 }')" | sort -V | head -1)" = "$rust" ] ||
  { say "$(rustc --version) is too old: $rust is needed. rustup update stable"; exit 1; }

if ! [ -d "$(rustc --print sysroot)/lib/rustlib/wasm32-unknown-unknown" ]; then
  need rustup "The Rust target wasm32-unknown-unknown is missing; rustup can add it: https://rustup.rs"
  say "adding the wasm32-unknown-unknown target"
  rustup target add wasm32-unknown-unknown >&2
fi

folder="$cache/cargo-leptos-$cargo_leptos"
export PATH="$folder/bin:$PATH"
[ "$(cargo-leptos --version 2>/dev/null)" = "cargo-leptos $cargo_leptos" ] ||
  install "$folder" "cargo-leptos@$cargo_leptos" --locked --no-default-features
echo "$folder/bin"

folder="$cache/wasm-bindgen-$wasm_bindgen"
export PATH="$folder/bin:$PATH"
[ "$(wasm-bindgen --version 2>/dev/null)" = "wasm-bindgen $wasm_bindgen" ] ||
  install "$folder" "wasm-bindgen-cli@$wasm_bindgen"
echo "$folder/bin"

# wasm-opt and the Twilio Video SDK. The stamp is npm's own copy of the lock file.
if ! [ node_modules/.package-lock.json -nt package-lock.json ]; then
  say "installing npm packages"
  npm ci --include=dev --no-audit --no-fund --loglevel=error >&2
fi
echo "$PWD/node_modules/.bin"
