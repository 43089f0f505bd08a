//! cargo-leptos reads Cargo.toml, a deployed server reads Leptos.toml. They have to say the same.
#![cfg(feature = "ssr")]
#![expect(clippy::unwrap_used, reason = "a test fails by panicking")]

use leptos::config::{LeptosOptions, get_configuration};
use std::path::Path;

fn options(file: &str) -> LeptosOptions {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join(file);
    get_configuration(path.to_str()).unwrap().leptos_options
}

#[test]
fn leptos_toml_says_what_cargo_toml_says() {
    assert_eq!(format!("{:?}", options("Leptos.toml")), format!("{:?}", options("Cargo.toml")));
}

#[test]
fn it_has_the_names_that_the_deployment_relies_on() {
    let options = options("Leptos.toml");
    assert_eq!(&*options.output_name, "owl");
    assert_eq!(&*options.site_pkg_dir, "pkg");
    assert!(options.hash_files, "without hashes in the names nothing can be cached for long");
}
