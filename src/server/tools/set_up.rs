//! `owl setup`: the first account.

use super::{ToolError, open_empty};
use crate::{
    domain::visit::StaffRole,
    server::{
        clinic::{AuditActor, NewStaff},
        config::SetUp,
    },
};

/// Makes the first admin, and says by which link they set their password.
///
/// # Errors
/// See [`ToolError`].
pub async fn set_up(task: SetUp) -> Result<String, ToolError> {
    let (clinic, url) = open_empty(task.tool).await?;
    let admin = NewStaff { email: task.email, name: task.name, role: StaffRole::Admin, password: None };
    let admin = clinic.hire(admin, AuditActor::System).await?;
    let secret = clinic.invite(admin, AuditActor::System).await?;
    clinic.checkpoint().await?;
    clinic.store().close().await;
    Ok(format!(
        "The clinic is set up. To set the admin's password, open this link within a day:\n\n  {url}/welcome#{secret}\n"
    ))
}
