//! Where the pages' script, styles and pictures lie. `cargo leptos` makes that directory.

use clap::Args;
use std::path::PathBuf;

/// Where the static files lie.
#[derive(Debug, Clone)]
pub struct Site {
    /// The directory that `cargo leptos build` made. `None`: the one that Leptos.toml names.
    pub root: Option<PathBuf>,
    /// Whether `cargo leptos watch` runs the server. It says so in `LEPTOS_WATCH`, which nobody else should set.
    pub watched: bool,
}

#[derive(Args)]
#[command(next_help_heading = "Static files")]
pub(super) struct SiteArgs {
    /// Directory with the pages' script, styles and pictures, made by `cargo leptos build`. Unless set, it is the one that
    /// Leptos.toml names, which is looked for in the working directory and then beside the program
    #[arg(long, env = "LEPTOS_SITE_ROOT", value_name = "DIRECTORY")]
    site_root: Option<PathBuf>,
}

impl SiteArgs {
    pub(super) fn check(self, watched: bool) -> Site {
        Site { root: self.site_root, watched }
    }
}
