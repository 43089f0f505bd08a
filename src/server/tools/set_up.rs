//! `owl setup`: the first account, and a way back for an admin who cannot log in.

use super::{ToolError, open_empty};
use crate::server::{
    clinic::Clinic,
    config::{SetUp, Tool},
    startup,
    store::Store,
};

/// Makes the first admin, or lets one in again, and says by which link they set their password.
///
/// # Errors
/// See [`ToolError`].
pub async fn set_up(task: SetUp) -> Result<String, ToolError> {
    let SetUp { tool, name, email } = task;
    let (clinic, url, secret, done) = if let Some(name) = name {
        let (clinic, url) = open_empty(tool).await?;
        let secret = clinic.make_first_admin(&name, &email).await?.ok_or(ToolError::SetUpAlready)?;
        (clinic, url, secret, "The clinic is set up. To set the admin's password,")
    } else {
        let (clinic, url) = open_begun(tool).await?;
        let secret = clinic.let_admin_in_again(&email).await?.ok_or(ToolError::NoSuchAdmin)?;
        let done =
            "The admin's password and codes are gone, and their sessions ended. To set a new password,";
        (clinic, url, secret, done)
    };
    clinic.checkpoint().await?;
    clinic.store().close().await;
    Ok(format!("{done} open this link within a day:\n\n  {url}/welcome#{secret}\n"))
}

/// Opens a clinic that is there: with other settings than the server's, none is made.
async fn open_begun(tool: Tool) -> Result<(Clinic, String), ToolError> {
    let store = Store::open_begun(&tool.clinic.database, &tool.storage.data_dir).await?;
    let clinic = Clinic::open(store, tool.clinic).await?;
    Ok((clinic, startup::url(tool.listen.public_url.as_ref(), false, tool.listen.address)))
}
