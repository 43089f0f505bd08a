//! What the log says of a fault in our own code: where it is, and nothing else. The text of a panic may hold what the code
//! was working on, and with it a patient's data.

use std::panic;

/// Replaces the standard hook, which prints the text. Called once, by `main`, when the log is there.
pub fn log_where_only() {
    panic::set_hook(Box::new(|panic| {
        let location = panic.location();
        let (file, line) = location.map_or(("?", 0), |location| (location.file(), location.line()));
        tracing::error!(file, line, "panicked");
    }));
}
