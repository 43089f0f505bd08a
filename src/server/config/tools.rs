//! What is done once, beside or before the server: `owl setup`, `owl demo-data`, `owl audit`, `owl backup`, `owl restore`.

use super::{
    Clinic, ConfigError, Database, Listen, Storage,
    clinic::{ClinicArgs, DatabaseArgs},
    listen::ListenArgs,
    storage::StorageArgs,
};
use clap::{Args, Subcommand};
use std::path::PathBuf;

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
    /// The first admin's name. None: one who is there is let in again.
    pub name: Option<String>,
    /// By which they log in.
    pub email: String,
}

/// `owl demo-data`.
pub struct DemoData {
    /// The clinic.
    pub tool: Tool,
    /// Whether a program reads what is printed.
    pub json: bool,
    /// Whether visits have happened there already.
    pub has_past: bool,
}

/// `owl audit`.
pub enum Audit {
    /// `owl audit verify`.
    Verify(Tool),
}

/// `owl backup` and `owl restore`.
pub struct Copy {
    /// Where the clinic's data are.
    pub database: Database,
    /// The directory that they are in.
    pub storage: Storage,
    /// The copy.
    pub file: PathBuf,
    /// Whether it takes the place of what is there.
    pub replace: bool,
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

/// Makes the clinic's first account: an admin, who invites everybody else. Lets one in again, too
///
/// It prints a link, good for one day, by which the admin sets a password. The open demonstration ends with it. The server may
/// run meanwhile.
#[derive(Args)]
pub(super) struct SetUpArgs {
    /// The admin's name
    #[arg(long, value_name = "NAME", required_unless_present = "again", conflicts_with = "again")]
    name: Option<String>,
    /// Lets an admin in again who is there already, and has lost their password, their codes, or their first link: takes their
    /// password and codes away, ends their sessions, and prints a new link
    #[arg(long, conflicts_with = "name")]
    again: bool,
    /// The e-mail address by which the admin logs in
    #[arg(long, value_name = "ADDRESS", required = true)]
    email: String,
    #[command(flatten)]
    tool: ToolArgs,
}

impl SetUpArgs {
    pub(super) fn check(self) -> Result<SetUp, ConfigError> {
        // One of the two is there: clap sees to it.
        Ok(SetUp { tool: self.tool.check()?, name: self.name.filter(|_| !self.again), email: self.email })
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
    /// Only appointments to come: nothing has happened yet
    #[arg(long)]
    no_past: bool,
    #[command(flatten)]
    tool: ToolArgs,
}

impl DemoDataArgs {
    pub(super) fn check(self) -> Result<DemoData, ConfigError> {
        Ok(DemoData { tool: self.tool.check()?, json: self.json, has_past: !self.no_past })
    }
}

/// Checks the audit: who did what, when, to whose record
#[derive(Args)]
pub(super) struct AuditArgs {
    #[command(subcommand)]
    command: AuditSubCommand,
}

#[derive(Subcommand)]
enum AuditSubCommand {
    /// Finds lines of the audit that were altered, put in or removed
    ///
    /// It needs the database, the key and the checkpoints, and says line by line what is wrong. It ends with 0 if nothing is, with
    /// 1 if something is, and with 2 if it could not find out. The server may run meanwhile.
    Verify(Box<ToolArgs>),
}

impl AuditArgs {
    pub(super) fn check(self) -> Result<Audit, ConfigError> {
        match self.command {
            AuditSubCommand::Verify(tool) => Ok(Audit::Verify(tool.check()?)),
        }
    }
}

/// Copies the clinic into one file. The server may run meanwhile
///
/// The file holds all that was acknowledged before: visits, people, accounts, links, the audit. It is checked before it gets its
/// name, and only you can read it. Not in it is the audit's key (audit.key): keep a copy of that apart from it, for the clinic does
/// not start without. Nor are the embedded engine's credentials and rooms: they are made anew. With a PostgreSQL use pg_dump.
#[derive(Args)]
pub(super) struct BackUpArgs {
    /// The file to write
    #[arg(value_name = "FILE", required = true)]
    file: PathBuf,
    /// Writes over a file of that name
    #[arg(long)]
    replace: bool,
    #[command(flatten)]
    database: DatabaseArgs,
    #[command(flatten)]
    storage: StorageArgs,
}

impl BackUpArgs {
    pub(super) fn check(self) -> Result<Copy, ConfigError> {
        copy(self.file, self.replace, self.database, self.storage)
    }
}

/// Puts a back-up in the clinic's place. Stop the server before
///
/// The file is checked, and brought up to date if an older version has written it. On a new machine put the audit's key
/// (audit.key) back as well. With a PostgreSQL use pg_restore.
#[derive(Args)]
pub(super) struct RestoreArgs {
    /// The file that `owl backup` has written
    #[arg(value_name = "FILE", required = true)]
    file: PathBuf,
    /// Takes the place of the clinic that is there, which is kept beside it as clinic.db.replaced
    #[arg(long)]
    replace: bool,
    #[command(flatten)]
    database: DatabaseArgs,
    #[command(flatten)]
    storage: StorageArgs,
}

impl RestoreArgs {
    pub(super) fn check(self) -> Result<Copy, ConfigError> {
        copy(self.file, self.replace, self.database, self.storage)
    }
}

fn copy(
    file: PathBuf,
    replace: bool,
    database: DatabaseArgs,
    storage: StorageArgs,
) -> Result<Copy, ConfigError> {
    Ok(Copy { database: database.check()?, storage: storage.check(), file, replace })
}
