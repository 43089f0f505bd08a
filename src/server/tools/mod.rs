//! What is done once, from the command line, beside or before the server.

mod audit;
mod back_up;
mod demo_data;
mod demo_past;
mod demo_people;
mod demo_visit;
mod set_up;

pub use audit::look_after_audit;
pub use back_up::{back_up, restore};
pub use demo_data::fill_with_demo_data;
pub use set_up::set_up;

use super::{
    StartError,
    clinic::{AccountError, CheckpointError, Clinic, ClinicError, VerifyError},
    config::Tool,
    startup,
    store::{BackupError, StoreError},
};

/// Why a tool did not do its work. The text is for the person who started it.
#[derive(Debug, thiserror::Error)]
pub enum ToolError {
    /// The clinic cannot be opened.
    #[error(transparent)]
    Start(#[from] StartError),
    /// The account cannot be made.
    #[error(transparent)]
    Account(#[from] AccountError),
    /// There is no back-up, or it was not restored.
    #[error(transparent)]
    Backup(#[from] BackupError),
    /// The clinic is in no file.
    #[error(
        "The clinic's data are in a PostgreSQL (DATABASE_URL), whose own tools copy them while everything runs: \
         pg_dump --format=custom --file=FILE, and pg_restore --clean --if-exists with every node stopped. \
         docs/clinic-it.md has the whole commands."
    )]
    NoFile,
    /// Somebody works here already.
    #[error(
        "This clinic is set up already. Admins make more accounts at /admin, and give new passwords there. If no admin can log in: \
         owl setup --again --email ADDRESS gives the one with this address a new link."
    )]
    SetUpAlready,
    /// There is nobody to let in again.
    #[error("No admin has this e-mail address, or the account is disabled. Nothing was changed.")]
    NoSuchAdmin,
    /// Something failed.
    #[error(transparent)]
    Clinic(#[from] ClinicError),
    /// The audit was not checked.
    #[error(transparent)]
    Verify(#[from] VerifyError),
    /// What was done is in the audit, but not in its checkpoints.
    #[error(transparent)]
    Checkpoint(#[from] CheckpointError),
    /// What was made cannot be printed.
    #[error("what was made cannot be printed as JSON")]
    Json(#[from] serde_json::Error),
}

impl From<StoreError> for ToolError {
    fn from(error: StoreError) -> Self {
        Self::Clinic(error.into())
    }
}

/// Opens the clinic, if nobody works there yet, and says how its server is reached.
async fn open_empty(tool: Tool) -> Result<(Clinic, String), ToolError> {
    let clinic = startup::open_clinic(tool.clinic, &tool.storage.data_dir).await?;
    if clinic.is_set_up().await? {
        return Err(ToolError::SetUpAlready);
    }
    let url = startup::url(tool.listen.public_url.as_ref(), false, tool.listen.address);
    Ok((clinic, url))
}
