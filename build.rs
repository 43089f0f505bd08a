//! Tells the linker what the split of the browser's module needs.

fn main() {
    println!("cargo::rerun-if-changed=build.rs");
    // Left to itself the linker lets constants share bytes. Parts of the module cannot: with shared ones the constants of all parts
    // no longer fit into where they were, and `cargo leptos build --split` then leaves every one of them, the words of each page,
    // in the first part.
    if std::env::var("CARGO_CFG_TARGET_FAMILY").is_ok_and(|family| family == "wasm") {
        println!("cargo::rustc-link-arg-cdylib=-O0");
    }
}
