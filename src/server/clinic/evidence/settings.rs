//! Settings come from the environment, so nobody sees them change. At the start they are compared with those of the last start in
//! this directory, by digests that only who has the audit's key can try values against, and what has changed is audited: the
//! setting's name, never its value.

use crate::server::{
    audit::AuditKey,
    clinic::{AuditAction, AuditActor, AuditEntry, AuditOutcome, Clinic, ClinicError},
    config::Setting,
    secret_file,
};
use secrecy::ExposeSecret;
use std::{collections::BTreeMap, fs, io, path::PathBuf};

/// In the data directory: nodes of one database have settings of their own.
const FILE: &str = "settings.seen";

/// What the audit says of a start that has none to be compared with.
const FIRST: &str = "all, for the first time";

/// Why the settings were not compared.
#[derive(Debug, thiserror::Error)]
pub enum SettingsError {
    /// The file cannot be read or written.
    #[error("{path} cannot be used ({problem}). Check that the server's user may read and write it.")]
    Io {
        /// The file.
        path: PathBuf,
        /// What the operating system says.
        problem: io::ErrorKind,
    },
    /// The store failed.
    #[error(transparent)]
    Clinic(#[from] ClinicError),
}

impl Clinic {
    /// Audits which settings have changed since the last start.
    ///
    /// # Errors
    /// See [`SettingsError`].
    pub async fn note_settings(&self, settings: &[Setting]) -> Result<(), SettingsError> {
        let path = self.store().data_dir().join(FILE);
        let failed = |error: io::Error| SettingsError::Io { path: path.clone(), problem: error.kind() };
        let now = digests(&self.audit_key, settings);
        let seen = match fs::read_to_string(&path) {
            Ok(text) => read(&text),
            Err(error) if error.kind() == io::ErrorKind::NotFound => BTreeMap::new(),
            Err(error) => return Err(failed(error)),
        };
        let changed = changed(&seen, &now);
        if changed.is_empty() {
            return Ok(());
        }
        // The lines first: what happens in between is audited twice rather than never.
        let mut tx = self.store().begin().await.map_err(ClinicError::from)?;
        for name in changed {
            let line = AuditEntry {
                actor: AuditActor::System,
                action: AuditAction::SettingChanged,
                visit: None,
                patient: None,
                outcome: AuditOutcome::Done,
            };
            tx.audit_about(&line, name.to_owned(), self.now()).map_err(ClinicError::from)?;
        }
        tx.commit().await.map_err(ClinicError::from)?;
        let lines: Vec<_> = now.iter().map(|(name, digest)| format!("{name} {digest}")).collect();
        secret_file::replace(&path, lines.join("\n").as_bytes()).map_err(failed)
    }
}

fn digests(key: &AuditKey, settings: &[Setting]) -> BTreeMap<String, String> {
    let digest = |setting: &Setting| key.digest(&setting.name, setting.value.expose_secret()).to_string();
    settings.iter().map(|setting| (setting.name.clone(), digest(setting))).collect()
}

/// What cannot be read was never seen.
fn read(text: &str) -> BTreeMap<String, String> {
    let pair = |line: &str| line.split_once(' ').map(|(name, digest)| (name.to_owned(), digest.to_owned()));
    text.lines().filter_map(pair).collect()
}

fn changed<'a>(seen: &'a BTreeMap<String, String>, now: &'a BTreeMap<String, String>) -> Vec<&'a str> {
    if seen.is_empty() {
        return vec![FIRST];
    }
    let differs = |name: &&String| seen.get(*name) != now.get(*name);
    let gone = seen.keys().filter(|name| !now.contains_key(*name));
    now.keys().chain(gone).filter(differs).map(String::as_str).collect()
}
