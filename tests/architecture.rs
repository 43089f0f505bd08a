//! Who may use whom, as ARCHITECTURE.md draws it. The compiler does not know these rules, so this reads the sources.
#![expect(clippy::unwrap_used, reason = "a test fails by panicking")]

#[path = "architecture/deploy.rs"]
mod deploy;
#[path = "architecture/source.rs"]
mod source;

use source::{Source, sources};

/// What each module may use of the crate, beside itself. `server` has a rule of its own below.
const MAY_USE: [(&str, &[&str]); 9] = [
    ("domain", &[]),
    // `fuzzing` is there in tests only.
    ("tokens", &["domain", "fuzzing"]),
    ("rooms", &["domain", "tokens", "fuzzing"]),
    ("api", &["domain"]),
    ("video", &["domain", "api"]),
    ("app", &["domain", "api", "video"]),
    ("server", &["domain", "api", "app", "rooms", "tokens"]),
    ("hydrate", &["api", "app", "video"]),
    ("fuzzing", &[]),
];

fn fail_on(mistakes: Vec<String>) {
    assert!(mistakes.is_empty(), "\n{}", mistakes.join("\n"));
}

#[test]
fn modules_use_only_what_lies_below_them() {
    let mut mistakes = Vec::new();
    for file in sources("src") {
        let Some(module) = file.module() else { continue };
        let Some((_, allowed)) = MAY_USE.iter().find(|(name, _)| *name == module) else {
            mistakes.push(format!("{}: what may `{module}` use? Say so in MAY_USE.", file.name));
            continue;
        };
        for (at, used) in file.uses_of_the_crate() {
            let known = used == "*" || MAY_USE.iter().any(|(name, _)| *name == used);
            let in_server_function =
                used == "server" && file.server_function_bodies().any(|body| body.contains(&at));
            if known && used != module && !allowed.contains(&used.as_str()) && !in_server_function {
                mistakes.push(format!("{}:{}: `{module}` may not use `{used}`", file.name, file.line(at)));
            }
        }
    }
    fail_on(mistakes);
}

#[test]
fn the_domain_knows_no_io_no_clock_no_chance_and_no_web() {
    let forbidden = [
        "leptos",
        "web_sys",
        "js_sys",
        "wasm_bindgen",
        "axum",
        "tokio",
        "tracing",
        "getrandom",
        "std::fs",
        "std::net",
        "std::env",
        "std::thread",
        "SystemTime",
        "Instant",
    ];
    let mut mistakes = Vec::new();
    for file in sources("src/domain") {
        for word in forbidden {
            if let Some(at) = file.find_word(word) {
                mistakes.push(format!("{}:{}: the domain may not know `{word}`", file.name, file.line(at)));
            }
        }
    }
    fail_on(mistakes);
}

#[test]
fn what_is_bound_to_a_thread_has_no_place_on_a_server() {
    let mistakes = sources("src")
        .iter()
        .filter(|file| file.name != "src/app/clinic/kept.rs")
        .flat_map(|file| ["new_local", "LocalStorage"].map(|word| (file, file.find_word(word))))
        .filter_map(|(file, found)| {
            Some(format!("{}:{}: a page is dropped by any thread: use `Kept`", file.name, file.line(found?)))
        })
        .collect();
    fail_on(mistakes);
}

#[test]
fn features_are_gated_in_lib_rs_only() {
    let gated =
        |file: &Source| ["cfg(feature", "cfg(not(feature", "cfg_attr(feature"].map(|gate| file.find(gate));
    let mut mistakes = Vec::new();
    for file in sources("src").iter().filter(|file| file.name != "src/lib.rs") {
        for at in gated(file).into_iter().flatten() {
            mistakes.push(format!("{}:{}: gate the whole module in lib.rs", file.name, file.line(at)));
        }
    }
    fail_on(mistakes);
}

#[test]
fn lints_are_expected_with_a_reason_and_never_allowed() {
    let mut mistakes = Vec::new();
    for file in sources("src").into_iter().chain(sources("tests")).chain(sources("benches")) {
        for attribute in ["#[allow(", "#![allow("] {
            if let Some(at) = file.find(attribute) {
                let line = file.line(at);
                mistakes.push(format!("{}:{line}: write #[expect(…, reason = \"…\")]", file.name));
            }
        }
    }
    fail_on(mistakes);
}

#[test]
fn files_stay_short_enough_to_read() {
    let long = |file: &Source| file.lines() > 350;
    let all = sources("src").into_iter().chain(sources("tests")).chain(sources("benches"));
    fail_on(
        all.filter(long)
            .map(|file| format!("{}: {} lines, 350 are enough", file.name, file.lines()))
            .collect(),
    );
}

#[test]
fn mod_files_say_what_lives_in_them() {
    let silent = |file: &Source| file.name.ends_with("/mod.rs") && !file.text.starts_with("//!");
    let all = sources("src").into_iter().filter(|file| !file.name.ends_with("/tests/mod.rs"));
    fail_on(all.filter(silent).map(|file| format!("{}: begin with //!", file.name)).collect());
}
