//! What is done once, beside or before the server: `owl setup`, `owl demo-data`.

use super::{
    Clinic, ConfigError, Listen, Storage, clinic::ClinicArgs, listen::ListenArgs, storage::StorageArgs,
};
use clap::Args;

/// The clinic that a tool works on. Without `Debug`: it can hold a password.
pub struct Tool {
    /// The clinic.
    pub clinic: Clinic,
    /// Where data lie.
    pub storage: Storage,
    /// How the server is reached, for the links that are printed.
    pub listen: Listen,
}

/// `owl setup`.
pub struct SetUp {
    /// The clinic.
    pub tool: Tool,
    /// The first admin's name.
    pub name: String,
    /// By which they log in.
    pub email: String,
}

/// `owl demo-data`.
pub struct DemoData {
    /// The clinic.
    pub tool: Tool,
    /// Whether a program reads what is printed.
    pub json: bool,
}

#[derive(Args)]
pub(super) struct ToolArgs {
    #[command(flatten)]
    clinic: ClinicArgs,
    #[command(flatten)]
    storage: StorageArgs,
    #[command(flatten)]
    listen: ListenArgs,
}

impl ToolArgs {
    fn check(self) -> Result<Tool, ConfigError> {
        Ok(Tool { clinic: self.clinic.check()?, storage: self.storage.check(), listen: self.listen.check()? })
    }
}

/// Makes the clinic's first account: an admin, who invites everybody else
///
/// It prints a link, good for one day, by which the admin sets a password. The open demonstration ends with it. The server may
/// run meanwhile.
#[derive(Args)]
pub(super) struct SetUpArgs {
    /// The admin's name
    #[arg(long, value_name = "NAME", required = true)]
    name: String,
    /// The e-mail address by which the admin logs in
    #[arg(long, value_name = "ADDRESS", required = true)]
    email: String,
    #[command(flatten)]
    tool: ToolArgs,
}

impl SetUpArgs {
    pub(super) fn check(self) -> Result<SetUp, ConfigError> {
        Ok(SetUp { tool: self.tool.check()?, name: self.name, email: self.email })
    }
}

/// Fills an empty clinic with people and visits, to try things out
///
/// It prints who can log in and every patient's link. Nobody in it is real. Do it before the server is started.
#[derive(Args)]
pub(super) struct DemoDataArgs {
    /// Prints it all as JSON, for programs
    #[arg(long)]
    json: bool,
    #[command(flatten)]
    tool: ToolArgs,
}

impl DemoDataArgs {
    pub(super) fn check(self) -> Result<DemoData, ConfigError> {
        Ok(DemoData { tool: self.tool.check()?, json: self.json })
    }
}
