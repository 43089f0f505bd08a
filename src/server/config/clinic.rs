//! The clinic: what patients read of it, and how it works.

use super::{
    AuditFiles, ConfigError,
    audit::AuditFileArgs,
    times::{Times, TimesArgs},
};
use clap::Args;
use jiff::tz::TimeZone;
use secrecy::SecretString;

/// Where the clinic's data are kept.
#[derive(Debug, Clone)]
pub enum Database {
    /// In a file in the data directory.
    Sqlite,
    /// In a PostgreSQL that several nodes may share. Its address can hold a password.
    Postgres(SecretString),
}

/// Whether patients say who they are after they have opened their link.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum ConfirmIdentity {
    /// The link is enough.
    None,
    /// They give their date of birth.
    BirthDate,
    /// They give their family name.
    Name,
}

/// The clinic.
#[derive(Debug, Clone)]
pub struct Clinic {
    /// Its name.
    pub name: String,
    /// The number to call when nothing else helps. `None`: pages say "call the clinic".
    pub phone: Option<String>,
    /// The time by which its appointments are made.
    pub time_zone: TimeZone,
    /// The number to call in an emergency.
    pub emergency_number: String,
    /// Whether patients are told how many are before them.
    pub show_place: bool,
    /// Whether patients say who they are after they have opened their link.
    pub confirm_identity: ConfirmIdentity,
    /// Its times.
    pub times: Times,
    /// Where its data are kept.
    pub database: Database,
    /// Where the files beside the audit lie.
    pub audit: AuditFiles,
}

#[derive(Args)]
#[command(next_help_heading = "Clinic")]
pub(super) struct ClinicArgs {
    /// The clinic's name, as patients read it
    #[arg(long, env = "CLINIC_NAME", value_name = "NAME", default_value = "Owl Hospital")]
    clinic_name: String,
    /// The number that patients call when nothing else helps
    #[arg(long, env = "CLINIC_PHONE", value_name = "NUMBER")]
    clinic_phone: Option<String>,
    /// The time zone of the clinic's appointments, as in Europe/Berlin
    #[arg(long, env = "CLINIC_TIME_ZONE", value_name = "ZONE", default_value = "UTC")]
    clinic_time_zone: String,
    /// The number to call in an emergency. It stands on every page of a patient
    #[arg(long, env = "EMERGENCY_NUMBER", value_name = "NUMBER", default_value = "911")]
    emergency_number: String,
    /// Whether patients are told how many are before them: on or off
    #[arg(long, env = "SHOW_PLACE", value_name = "on|off", default_value = "on")]
    show_place: String,
    /// What patients say of themselves after they have opened their link: none, birth-date or name
    #[arg(long, env = "CONFIRM_IDENTITY", value_name = "none|birth-date|name", default_value = "none")]
    confirm_identity: String,
    #[command(flatten)]
    times: TimesArgs,
    #[command(flatten)]
    database: DatabaseArgs,
    #[command(flatten)]
    audit: AuditFileArgs,
}

#[derive(Args)]
#[command(next_help_heading = "Clinic")]
pub(super) struct DatabaseArgs {
    /// A PostgreSQL database for several nodes: postgres://user:password@host/name. Unless set, a file in DATA_DIR is used
    #[arg(long, env = "DATABASE_URL", value_name = "URL")]
    database_url: Option<SecretString>,
}

impl ClinicArgs {
    pub(super) fn check(self) -> Result<Clinic, ConfigError> {
        let time_zone = TimeZone::get(self.clinic_time_zone.trim()).map_err(|_| {
            let problem = format!("“{}” is not known", self.clinic_time_zone);
            ConfigError::wrong(
                "CLINIC_TIME_ZONE",
                problem,
                "Write a name such as Europe/Berlin or America/New_York.",
            )
        })?;
        let show_place = match self.show_place.trim().to_ascii_lowercase().as_str() {
            "on" => true,
            "off" => false,
            other => {
                return Err(ConfigError::wrong(
                    "SHOW_PLACE",
                    format!("“{other}” is not known"),
                    "Write on or off.",
                ));
            }
        };
        let confirm_identity = match self.confirm_identity.trim().to_ascii_lowercase().as_str() {
            "none" => ConfirmIdentity::None,
            "birth-date" => ConfirmIdentity::BirthDate,
            "name" => ConfirmIdentity::Name,
            other => {
                let problem = format!("“{other}” is not known");
                return Err(ConfigError::wrong(
                    "CONFIRM_IDENTITY",
                    problem,
                    "Write none, birth-date or name.",
                ));
            }
        };
        Ok(Clinic {
            name: self.clinic_name.trim().to_owned(),
            phone: self.clinic_phone.map(|phone| phone.trim().to_owned()),
            time_zone,
            emergency_number: self.emergency_number.trim().to_owned(),
            show_place,
            confirm_identity,
            times: self.times.check()?,
            database: self.database.check()?,
            audit: self.audit.check(),
        })
    }
}

impl DatabaseArgs {
    pub(super) fn check(self) -> Result<Database, ConfigError> {
        use secrecy::ExposeSecret;
        let Some(url) = self.database_url else { return Ok(Database::Sqlite) };
        let is_postgres =
            ["postgres://", "postgresql://"].iter().any(|scheme| url.expose_secret().starts_with(scheme));
        if is_postgres {
            return Ok(Database::Postgres(url));
        }
        // The address itself is not repeated: it may hold a password.
        let remedy = "Write postgres://user:password@host/name, or leave it out for a file in DATA_DIR.";
        Err(ConfigError::wrong("DATABASE_URL", "it is no address of a PostgreSQL".to_owned(), remedy))
    }
}
