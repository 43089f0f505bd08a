#!/usr/bin/env bash
# Runs the tests that need a browser's WebAssembly: tests/*_browser.rs, in headless Chromium, through chromedriver.
set -euo pipefail
cd "$(dirname "$0")/.."
CHROMEDRIVER="${CHROMEDRIVER:-$(command -v chromedriver)}"
CARGO_TARGET_WASM32_UNKNOWN_UNKNOWN_RUNNER=wasm-bindgen-test-runner
export CHROMEDRIVER CARGO_TARGET_WASM32_UNKNOWN_UNKNOWN_RUNNER
# Without `hydrate`: the pages' lazy parts load only from a module that cargo-leptos has split.
exec cargo test --target wasm32-unknown-unknown --test video_browser
