//! What to do when the operating system refuses a file. For the person who starts the server.

use std::io::ErrorKind;

/// A sentence that says what to do.
pub(super) fn remedy(problem: ErrorKind) -> &'static str {
    match problem {
        // Rights have nothing to do with it.
        ErrorKind::ReadOnlyFilesystem => {
            "Nothing can be written there: under systemd, name the directory in ReadWritePaths= (docs/clinic-it.md)."
        }
        ErrorKind::NotFound => "Make the directory, or look at the name.",
        ErrorKind::StorageFull | ErrorKind::QuotaExceeded => "The disk is full.",
        _ => "Check that the server's user may read and write it, and enter the directories above it.",
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::server::{audit::AuditKeyError, clinic::CheckpointError};

    #[test]
    fn a_directory_that_cannot_be_written_is_not_blamed_on_its_rights() {
        let (path, problem) = ("/mnt/evidence/owl".into(), ErrorKind::ReadOnlyFilesystem);
        let checkpoints = CheckpointError::Io { path, problem }.to_string();
        let key = AuditKeyError::Io { path: "/etc/owl/audit.key".into(), problem }.to_string();
        for told in [checkpoints, key] {
            assert!(told.contains("ReadWritePaths=") && !told.contains("may read"), "{told}");
        }
        let (path, problem) = ("/etc/owl/audit.key".into(), ErrorKind::PermissionDenied);
        let told = AuditKeyError::Io { path, problem }.to_string();
        assert!(told.contains("server's user") && told.contains("AUDIT_KEY_FILE"), "{told}");
    }
}
