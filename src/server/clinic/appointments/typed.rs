//! What somebody typed for an appointment, in a form or in a line of a list, and what is wrong with it.

use super::local::{self, WallError, Which};
use crate::{api::clinic::LANGUAGES, domain::visit::Millis, server::store::Staff};
use jiff::{
    civil::{Date, Time, date},
    tz::TimeZone,
};
use std::time::Duration;

/// The longest name, and the longest reason, in characters.
const MAX_NAME: usize = 100;
const MAX_REASON: usize = 300;

/// How long a visit takes if nobody says.
const USUAL_MINUTES: u16 = 15;

/// How long after its time an appointment can still be written down: the patient may be on the telephone.
const LATE: Duration = Duration::from_hours(4);

/// Nobody plans further ahead; who seems to has mistyped the year.
const FAR: Duration = Duration::from_hours(24 * 366 * 2);

/// As it was typed: all of it may be wrong.
#[derive(Clone, Default, PartialEq, Eq)]
pub struct Typed {
    /// The patient's full name.
    pub name: String,
    /// `YYYY-MM-DD`.
    pub birth_date: String,
    /// The provider's id, name, or e-mail address.
    pub provider: String,
    /// `YYYY-MM-DD`.
    pub date: String,
    /// `14:30` or `2:30 pm`, by the clinic's clock.
    pub time: String,
    /// Of an hour that comes twice: `first` or `second`.
    pub which: String,
    /// Empty: the usual length.
    pub minutes: String,
    /// May be empty.
    pub reason: String,
    /// A tag or an English name; empty: English.
    pub language: String,
    /// `yes`, or something like it.
    pub interpreter: String,
}

/// An appointment that can be made.
#[derive(Clone, PartialEq, Eq)]
pub struct Plan {
    /// The patient's name and birth date, by which they are known.
    pub name: String,
    /// `YYYY-MM-DD`.
    pub birth_date: String,
    /// Who sees them.
    pub provider: Staff,
    /// When.
    pub starts_at: Millis,
    /// How long.
    pub minutes: u16,
    /// May be empty.
    pub reason: String,
    /// A tag.
    pub language: String,
    /// Whether one is wanted.
    pub interpreter: bool,
}

/// Who comes and why.
#[derive(Clone, PartialEq, Eq)]
pub struct Record {
    /// The patient's full name.
    pub name: String,
    /// `YYYY-MM-DD`.
    pub birth_date: String,
    /// May be empty.
    pub reason: String,
    /// A tag.
    pub language: String,
    /// Whether an interpreter is wanted.
    pub interpreter: bool,
}

/// What is wrong with it. The text is for the person who typed.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum TypedError {
    /// A name is missing or endless.
    #[error("The patient’s name is missing, or too long.")]
    Name,
    /// Not a date on which somebody can be born.
    #[error("The birth date is missing or wrong. Please write year-month-day, as in 1957-03-14.")]
    BirthDate,
    /// Nobody, or more than one.
    #[error("There is no such provider here. Please write the name or the e-mail address as under Accounts.")]
    Provider,
    /// Not a date.
    #[error("The date is missing or wrong. Please write year-month-day, as in 2026-11-23.")]
    Date,
    /// Not a time.
    #[error("The time is missing or wrong. Please write it as 14:30 or 2:30 pm.")]
    Time,
    /// Clocks go forward over it.
    #[error("There is no such time on that day: clocks go forward over it. Please choose another.")]
    Skipped,
    /// Clocks go back over it.
    #[error(
        "This time comes twice on that day, since clocks go back. Please say which one is meant: first or second."
    )]
    Twice,
    /// Long past.
    #[error("This time is over. Please choose a later one.")]
    Past,
    /// Years ahead.
    #[error("This is more than two years ahead. Please check the year.")]
    Far,
    /// Not a length.
    #[error("The length is wrong. Please write minutes, from 1 to 480.")]
    Minutes,
    /// Endless.
    #[error("The reason is too long. 300 characters are enough.")]
    Reason,
    /// Not known.
    #[error("This language is not known. Please write its name in English, or its code, as in es.")]
    Language,
    /// Neither yes nor no.
    #[error("Please write yes or no for the interpreter.")]
    Interpreter,
    /// The same patient, provider and time.
    #[error("This patient has this appointment already.")]
    Already,
}

impl Typed {
    /// Makes sense of it.
    ///
    /// # Errors
    /// The first thing that is wrong.
    pub fn check(&self, providers: &[Staff], zone: &TimeZone, now: Millis) -> Result<Plan, TypedError> {
        let Record { name, birth_date, reason, language, interpreter } = self.record(zone, now)?;
        let (starts_at, minutes) = self.when(zone, now)?;
        let provider = self.provider(providers)?;
        Ok(Plan { name, birth_date, provider, starts_at, minutes, reason, language, interpreter })
    }

    /// Who comes and why: what can be corrected at any time.
    ///
    /// # Errors
    /// The first thing that is wrong.
    pub fn record(&self, zone: &TimeZone, now: Millis) -> Result<Record, TypedError> {
        Ok(Record {
            name: line(&self.name, MAX_NAME).filter(|name| !name.is_empty()).ok_or(TypedError::Name)?,
            birth_date: self.birth_date(zone, now)?,
            reason: line(&self.reason, MAX_REASON).ok_or(TypedError::Reason)?,
            language: language(&self.language).ok_or(TypedError::Language)?.to_owned(),
            interpreter: self.interpreter()?,
        })
    }

    /// When, and for how long.
    ///
    /// # Errors
    /// The first thing that is wrong.
    pub fn when(&self, zone: &TimeZone, now: Millis) -> Result<(Millis, u16), TypedError> {
        let date: Date = self.date.trim().parse().map_err(|_| TypedError::Date)?;
        let time = time(&self.time).ok_or(TypedError::Time)?;
        let which = match self.which.trim().to_lowercase().as_str() {
            "first" => Some(Which::First),
            "second" => Some(Which::Second),
            _ => None,
        };
        let starts_at = local::moment(zone, date, time, which).map_err(|error| match error {
            WallError::Skipped => TypedError::Skipped,
            WallError::Twice => TypedError::Twice,
        })?;
        if starts_at.plus(LATE) < now {
            return Err(TypedError::Past);
        }
        if starts_at > now.plus(FAR) {
            return Err(TypedError::Far);
        }
        let minutes = match self.minutes.trim() {
            "" => USUAL_MINUTES,
            text => {
                text.parse().ok().filter(|minutes| (1..=480).contains(minutes)).ok_or(TypedError::Minutes)?
            }
        };
        Ok((starts_at, minutes))
    }

    fn birth_date(&self, zone: &TimeZone, now: Millis) -> Result<String, TypedError> {
        let born: Date = self.birth_date.trim().parse().map_err(|_| TypedError::BirthDate)?;
        let today = local::on_the_wall(zone, now).date();
        if born < date(1900, 1, 1) || born > today {
            Err(TypedError::BirthDate)
        } else {
            Ok(born.to_string())
        }
    }

    /// Whom it is with.
    ///
    /// # Errors
    /// [`TypedError::Provider`].
    pub fn provider(&self, providers: &[Staff]) -> Result<Staff, TypedError> {
        let wanted = self.provider.trim().to_lowercase();
        let mut found = providers.iter().filter(|staff| {
            staff.id.to_string() == wanted || staff.email == wanted || staff.name.to_lowercase() == wanted
        });
        match (found.next(), found.next()) {
            (Some(staff), None) => Ok(staff.clone()),
            _ => Err(TypedError::Provider),
        }
    }

    fn interpreter(&self) -> Result<bool, TypedError> {
        match self.interpreter.trim().to_lowercase().as_str() {
            "yes" | "y" | "true" | "x" | "1" | "on" => Ok(true),
            "" | "no" | "n" | "false" | "0" | "off" => Ok(false),
            _ => Err(TypedError::Interpreter),
        }
    }
}

/// The tag of a language that is written as a tag or by its English name.
fn language(text: &str) -> Option<&'static str> {
    let text = text.trim().to_lowercase();
    let text = if text.is_empty() { "en" } else { &text };
    LANGUAGES.iter().find(|(tag, name)| *tag == text || name.to_lowercase() == text).map(|(tag, _)| *tag)
}

fn time(text: &str) -> Option<Time> {
    let text = text.trim().to_uppercase();
    ["%H:%M", "%H:%M:%S", "%I:%M %p", "%I:%M%p", "%I %p", "%I%p"]
        .iter()
        .find_map(|format| Time::strptime(format, &text).ok())
}

/// One line without needless blanks. None if it is too long, or holds what no keyboard types.
fn line(text: &str, longest: usize) -> Option<String> {
    let text = text.split_whitespace().collect::<Vec<_>>().join(" ");
    let is_fine = text.chars().count() <= longest && !text.chars().any(char::is_control);
    is_fine.then_some(text)
}
