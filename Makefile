# Owl Hospital. `make run` needs nothing but rustup, Node 20+, make and a C compiler, and gets the rest. `make test` also needs browsers
# and some programs: it gets them where it may (root on Debian), and otherwise begins by saying which are missing.
SHELL := bash
.SHELLFLAGS := -euo pipefail -c
.DEFAULT_GOAL := help
.DELETE_ON_ERROR:
# Set-up and tests share tools, ports and the target folder: one after the other, also under -j.
.NOTPARALLEL:

TOOLS := scripts/with-tools.sh
OWL := target/release/owl
# The stamp lies in the site, which cargo-leptos empties: a debug build makes the release build due again.
BUILT := target/site/.release
# "twilio-video": "2.35.0" -> 2.35.0; a test in src/api/mod.rs holds the address against it.
SDK_VERSION := $(shell sed -n 's/.*"twilio-video": *"\([^"]*\)".*/\1/p' package.json)
PACKAGE := target/owl-hospital.tar.gz
SDK := public/vendor/twilio-video-$(SDK_VERSION).min.js
# Folders too: a file that is gone changes its folder.
SOURCES := $(shell find src style public scripts -not -path 'public/vendor*') \
	build.rs Cargo.toml Cargo.lock Leptos.toml package.json package-lock.json

help: ## Lists what make can do
	@awk -F':.*## ' '/^[a-z-]+:.*## / { printf "make %-9s %s\n", $$1, $$2 }' Makefile

run: build ## Builds if needed and serves http://localhost:1337
	@exec $(OWL)

dev: $(SDK) ## Serves a debug build and rebuilds on every change
	@node scripts/bundle-style.mjs --watch & trap "kill $$!" EXIT; $(TOOLS) cargo leptos watch --split

build: $(BUILT) ## Makes the release build: target/release/owl and target/site

# What is saved while it builds makes the next build due: the stamp says when this one began.
$(BUILT): $(SOURCES) $(SDK)
	mkdir -p target && touch target/.building
	node scripts/bundle-style.mjs
	$(TOOLS) cargo leptos build --release --precompress --split
	mv target/.building $@

sdk: $(SDK)

# The SDK as npm ships it, under a name that can be cached for ever.
$(SDK): package-lock.json
	mkdir -p $(@D)
	$(TOOLS) cp node_modules/twilio-video/dist/twilio-video.min.js $@

package: $(PACKAGE) ## Packs what a server needs into target/owl-hospital.tar.gz: docs/clinic-it.md

# The program looks for Leptos.toml and hash.txt beside itself, and for the site where Leptos.toml says.
$(PACKAGE): $(BUILT) $(wildcard docs/* deploy/*) .env.example README.md
	rm -rf target/package && mkdir -p target/package/owl-hospital
	cp -r $(OWL) target/release/hash.txt target/site docs deploy .env.example README.md target/package/owl-hospital/
	sed 's|^site-root = .*|site-root = "site"|' Leptos.toml >target/package/owl-hospital/Leptos.toml
	tar -czf $@ -C target/package owl-hospital
	rm -rf target/package

test: programs test-rust test-wasm test-end2end ## Runs every test, the browser tests included
	@scripts/test-programs.sh untested

programs:
	scripts/test-programs.sh
	scripts/browsers.sh

test-rust: $(SDK) ## Unit, property, HTTP and room-server tests
	scripts/test-programs.sh
	RUST_TEST_THREADS=$${RUST_TEST_THREADS:-4} cargo test --features ssr

compile: $(SDK)
	cargo test --features ssr --no-run

test-wasm: ## The SDK binding in headless Chromium, against a fake SDK
	scripts/browsers.sh
	$(TOOLS) scripts/test-wasm.sh

test-end2end: build ## Journeys in real browsers, through the real SDK
	scripts/browsers.sh
	cd end2end && npm test

test-long: build ## The room server under the SDK for long: kills, restarts, ten in a mesh; a queue of 200. Not part of `make test`
	scripts/browsers.sh
	cd end2end && npm run test:long

# In a folder of its own: cargo alone would put a program in the place of the release build whose pages its module does not fit.
bench: build ## Measures the time to the first picture beside bare WebRTC, the room server beside a minimal relay, and a crowded clinic
	scripts/browsers.sh
	cd end2end && npm run bench
	cargo bench --target-dir target/bench --features ssr --bench rooms
	ulimit -n 20000 && cargo bench --target-dir target/bench --features ssr --bench clinic

lint: $(SDK) ## Formatting, clippy for both targets, docs
	cargo fmt --check
	cargo clippy --features ssr --all-targets -- -D warnings
	cargo clippy --features hydrate --lib --test video_browser --target wasm32-unknown-unknown -- -D warnings
	RUSTDOCFLAGS="-D warnings" cargo doc --features ssr --no-deps --document-private-items

clean: ## Removes what was built
	rm -rf target public/vendor

.PHONY: help run dev build sdk package compile programs test test-rust test-wasm test-end2end test-long bench lint clean
