//! The directory with the pages' script, styles and pictures, and the options under which Leptos names them.
//!
//! `Leptos.toml` is looked for in the working directory (as in development) and then beside the program (as deployed,
//! so that the program can be started from anywhere). Relative paths in it count from where it lies.

use super::config;
use leptos::config::{LeptosOptions, get_configuration};
use sha2::{Digest, Sha256};
use std::{
    env,
    fmt::Write,
    path::{Path, PathBuf},
};

/// Why the pages cannot be served.
#[derive(Debug, thiserror::Error)]
pub enum SiteError {
    /// The file is neither in the working directory nor beside the program.
    #[error(
        "Leptos.toml is missing. Start the server in the project's directory, or put the file beside the program."
    )]
    Missing,
    /// The file, or a `LEPTOS_…` variable, cannot be understood.
    #[error("{path} cannot be used: {problem}")]
    Unusable {
        /// The file.
        path: PathBuf,
        /// What is wrong with it.
        problem: String,
    },
}

/// Finds the site and reads its options.
///
/// # Errors
/// When `Leptos.toml` is missing or wrong.
pub fn options(site: &config::Site) -> Result<LeptosOptions, SiteError> {
    let program =
        env::current_exe().ok().and_then(|path| path.parent().map(Path::to_owned)).unwrap_or_default();
    let directory = [PathBuf::new(), program.clone()]
        .into_iter()
        .find(|directory| directory.join("Leptos.toml").is_file());
    let directory = directory.ok_or(SiteError::Missing)?;
    let path = directory.join("Leptos.toml");
    let unusable = |problem: String| SiteError::Unusable { path: path.clone(), problem };
    let name = path.to_str().ok_or_else(|| unusable("its path is no Unicode".to_owned()))?;
    let mut options =
        get_configuration(Some(name)).map_err(|error| unusable(error.to_string()))?.leptos_options;
    // Leptos reads its variables itself, and to it an empty one is a value.
    if site.root.is_none() && options.site_root.is_empty() {
        return Err(unusable(
            "LEPTOS_SITE_ROOT is empty. Unset it, or name the folder of the site".to_owned(),
        ));
    }
    let root = site.root.clone().unwrap_or_else(|| directory.join(&*options.site_root));
    options.site_root =
        root.to_str().ok_or_else(|| unusable("its site-root is no Unicode".to_owned()))?.into();
    // Leptos panics at the first page when this file is missing. `cargo test` and `cargo run` do not make it.
    if options.hash_files && !program.join(&*options.hash_file).is_file() {
        tracing::warn!(
            "hash.txt is not beside the program: pages come without script and styles. Use `cargo leptos`"
        );
        options.hash_files = false;
    }
    Ok(options)
}

/// The name of the pages' build. It changes whenever anything that the browser loads does.
pub fn build(options: &LeptosOptions) -> String {
    let program =
        env::current_exe().ok().and_then(|path| path.parent().map(Path::to_owned)).unwrap_or_default();
    let hashes = std::fs::read(program.join(&*options.hash_file)).unwrap_or_default();
    let digest = Sha256::digest(&hashes);
    digest.iter().take(8).fold(env!("CARGO_PKG_VERSION").to_owned() + "-", |mut name, byte| {
        // Writing into a String never fails.
        let _ = write!(name, "{byte:02x}");
        name
    })
}
