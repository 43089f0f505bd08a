//! The clinic's times: when patients can check in, how long a place is kept, how long personal data are.

use super::{ConfigError, duration};
use crate::domain::visit::Policy;
use clap::Args;
use std::time::Duration;

const DAY: Duration = Duration::from_hours(24);

/// The clinic's times.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Times {
    /// Those that visits go by.
    pub policy: Policy,
    /// How long personal data are kept after the end of the visit that they belong to, 1 to 36500 days.
    pub retention: Duration,
}

#[derive(Args)]
#[command(next_help_heading = "Clinic")]
pub(super) struct TimesArgs {
    /// How long before the appointment patients can check in (30m, 1h; 0 to 24h)
    #[arg(long, env = "CHECK_IN_OPENS", value_name = "TIME", default_value = "1h")]
    check_in_opens: String,
    /// How long after the appointed time patients can still check in (30m, 4h; 1m to 24h)
    #[arg(long, env = "CHECK_IN_CLOSES", value_name = "TIME", default_value = "4h")]
    check_in_closes: String,
    /// How long admitted patients are told before they are seen and heard (10s; 0 to 60s)
    #[arg(long, env = "ADMISSION_NOTICE", value_name = "TIME", default_value = "10s")]
    admission_notice: String,
    /// How long patients whose page is gone keep their place (30m; 5m to 12h)
    #[arg(long, env = "KEEP_PLACE", value_name = "TIME", default_value = "30m")]
    keep_place: String,
    /// How many days after the end of a visit the personal data that belong to it are erased (1 to 36500)
    #[arg(long, env = "RETENTION_DAYS", value_name = "DAYS", default_value = "3650")]
    retention_days: String,
}

impl TimesArgs {
    pub(super) fn check(&self) -> Result<Times, ConfigError> {
        let minute = Duration::from_mins(1);
        let policy = Policy {
            opens_before: time(
                "CHECK_IN_OPENS",
                &self.check_in_opens,
                (Duration::ZERO, DAY),
                "Write a time such as 30m or 1h, from 0 to 24h.",
            )?,
            closes_after: time(
                "CHECK_IN_CLOSES",
                &self.check_in_closes,
                (minute, DAY),
                "Write a time such as 30m or 4h, from 1m to 24h.",
            )?,
            notice: time(
                "ADMISSION_NOTICE",
                &self.admission_notice,
                (Duration::ZERO, minute),
                "Write seconds, or a time such as 10s, from 0 to 60s.",
            )?,
            keeps_place: time(
                "KEEP_PLACE",
                &self.keep_place,
                (5 * minute, DAY / 2),
                "Write a time such as 30m, from 5m to 12h.",
            )?,
        };
        Ok(Times { policy, retention: days(&self.retention_days)? })
    }
}

fn time(
    variable: &'static str,
    text: &str,
    (least, most): (Duration, Duration),
    remedy: &'static str,
) -> Result<Duration, ConfigError> {
    let time = duration::parse(text)
        .ok_or_else(|| ConfigError::wrong(variable, format!("“{text}” is no length of time"), remedy))?;
    if time < least || time > most {
        return Err(ConfigError::wrong(variable, format!("{} is out of range", text.trim()), remedy));
    }
    Ok(time)
}

fn days(text: &str) -> Result<Duration, ConfigError> {
    match text.trim().parse::<u32>() {
        Ok(days @ 1..=36_500) => Ok(DAY * days),
        _ => Err(ConfigError::wrong(
            "RETENTION_DAYS",
            format!("“{}” is no number of days from 1 to 36500", text.trim()),
            "Write how many days the law, or your rules, make you keep what belongs to a visit, such as 3650.",
        )),
    }
}
