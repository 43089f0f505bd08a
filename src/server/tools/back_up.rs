//! `owl backup` and `owl restore`: one file that holds the clinic.

use super::ToolError;
use crate::server::{
    config::{Copy, Database},
    startup,
    store::{self, Contents},
};

/// Copies the clinic into a file, also while the server runs, and says what is in it.
///
/// # Errors
/// See [`ToolError`].
pub async fn back_up(task: Copy) -> Result<String, ToolError> {
    is_a_file(&task.database)?;
    let Contents { last, visits } = store::back_up(&task.storage.data_dir, &task.file, task.replace).await?;
    Ok(format!(
        "{} holds {visits} visits, {last} events. Keep it as you keep patients' records, and a copy of the audit's key, audit.key, \
         somewhere else: the clinic does not start without it.",
        task.file.display()
    ))
}

/// Puts a copy in the clinic's place, while no server runs, and says what is in it.
///
/// # Errors
/// See [`ToolError`].
pub async fn restore(task: Copy) -> Result<String, ToolError> {
    is_a_file(&task.database)?;
    startup::make_data_dir(&task.storage.data_dir)?;
    let Contents { last, visits } = store::restore(&task.file, &task.storage.data_dir, task.replace).await?;
    let place = task.storage.data_dir.display();
    Ok(format!(
        "The clinic in {place} is that of the back-up now: {visits} visits, {last} events. Start the server: with \
         the audit's key of that clinic, audit.key, in its place."
    ))
}

fn is_a_file(database: &Database) -> Result<(), ToolError> {
    match database {
        Database::Sqlite => Ok(()),
        Database::Postgres(_) => Err(ToolError::NoFile),
    }
}
