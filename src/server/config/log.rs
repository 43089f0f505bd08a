//! What is logged, and how.

use super::ConfigError;
use clap::Args;
use tracing_subscriber::EnvFilter;

/// How a line of the log looks.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum LogFormat {
    /// For people.
    Text,
    /// For machines: one JSON object a line.
    Json,
}

/// What is logged, and how.
#[derive(Debug, Clone)]
pub struct Log {
    /// Which events are written; an [`EnvFilter`]'s text, checked.
    pub filter: String,
    /// How they look.
    pub format: LogFormat,
}

#[derive(Args)]
#[command(next_help_heading = "Log")]
pub(super) struct LogArgs {
    /// What is logged: error, warn, info, debug or trace, also by module, as in warn,owl_hospital=debug
    #[arg(long, env = "LOG", value_name = "FILTER", default_value = "info")]
    log: String,
    /// How a line looks: text or json
    #[arg(long, env = "LOG_FORMAT", value_name = "text|json", default_value = "text")]
    log_format: String,
}

impl LogArgs {
    pub(super) fn check(self) -> Result<Log, ConfigError> {
        EnvFilter::try_new(&self.log).map_err(|_| {
            let problem = format!("“{}” is no filter", self.log);
            ConfigError::wrong("LOG", problem, "Write for example info, or warn,owl_hospital=debug.")
        })?;
        let format = match self.log_format.trim() {
            "text" => LogFormat::Text,
            "json" => LogFormat::Json,
            other => {
                return Err(ConfigError::wrong(
                    "LOG_FORMAT",
                    format!("“{other}” is not known"),
                    "Write text or json.",
                ));
            }
        };
        Ok(Log { filter: self.log, format })
    }
}
