//! The audit: where its key and its checkpoints lie.

use clap::Args;
use std::path::{Path, PathBuf};

/// Where the audit's files lie.
#[derive(Debug, Clone, Default)]
pub struct AuditFiles {
    key_file: Option<PathBuf>,
    checkpoint_file: Option<PathBuf>,
}

impl AuditFiles {
    /// The key of its seals.
    pub fn key_file(&self, data_dir: &Path) -> PathBuf {
        self.key_file.clone().unwrap_or_else(|| data_dir.join("audit.key"))
    }

    /// Its checkpoints.
    pub fn checkpoint_file(&self, data_dir: &Path) -> PathBuf {
        self.checkpoint_file.clone().unwrap_or_else(|| data_dir.join("audit.checkpoints"))
    }
}

#[derive(Args)]
#[command(next_help_heading = "Audit")]
pub(super) struct AuditFileArgs {
    /// The file with the key that seals the audit, made at the first start. Unless set, audit.key in DATA_DIR. Nodes of one
    /// database need the same one
    #[arg(long, env = "AUDIT_KEY_FILE", value_name = "FILE")]
    audit_key_file: Option<PathBuf>,
    /// The file to which the audit's length and last seal are added every minute. Unless set, audit.checkpoints in DATA_DIR.
    /// Best on another machine, where nobody who can change the database can change it
    #[arg(long, env = "AUDIT_CHECKPOINT_FILE", value_name = "FILE")]
    audit_checkpoint_file: Option<PathBuf>,
}

impl AuditFileArgs {
    pub(super) fn check(self) -> AuditFiles {
        AuditFiles { key_file: self.audit_key_file, checkpoint_file: self.audit_checkpoint_file }
    }
}
