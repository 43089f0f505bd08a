//! Where data lie.

use clap::Args;
use std::path::PathBuf;

/// Where data lie.
#[derive(Debug, Clone)]
pub struct Storage {
    /// A directory that only the server's user can enter; made when it is missing.
    pub data_dir: PathBuf,
}

#[derive(Args)]
#[command(next_help_heading = "Storage")]
pub(super) struct StorageArgs {
    /// Directory for what must outlive a restart. It holds secrets: only the server's user should be able to enter it
    #[arg(long, env = "DATA_DIR", value_name = "DIRECTORY", default_value = "./data")]
    data_dir: PathBuf,
}

impl StorageArgs {
    pub(super) fn check(self) -> Storage {
        Storage { data_dir: self.data_dir }
    }
}
