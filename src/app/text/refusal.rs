//! Why something may not happen, to somebody of the staff.

use crate::domain::visit::{Outcome, Refusal};

/// Why something may not happen. `provider`: the name of whom the refusal is about, if it is about somebody.
pub fn refusal(refusal: Refusal, provider: &str) -> String {
    let who = if provider.is_empty() { "a colleague" } else { provider };
    match refusal {
        Refusal::NotAllowed => "Your role does not allow this.".to_owned(),
        Refusal::NoVisit => {
            "There is no such visit. It may have been removed: please reload the page.".to_owned()
        }
        Refusal::ExistsAlready => "This visit exists already.".to_owned(),
        Refusal::Ended { outcome } => format!("This visit is over: {}.", outcome_words(outcome)),
        Refusal::TooEarly { .. } => "It is too early for this.".to_owned(),
        Refusal::TooLate => "It is too late for this.".to_owned(),
        Refusal::AnothersPatient { .. } => {
            format!("This is the patient of {who}. Take the visit over first if you mean to see them.")
        }
        Refusal::AdmittedAlready { .. } => format!("The patient is with {who} already."),
        Refusal::NotWaiting => "The patient is not waiting.".to_owned(),
        Refusal::PatientAway => "The patient is away just now. Their place is kept.".to_owned(),
        Refusal::NotAdmitted => "The patient is not admitted.".to_owned(),
        Refusal::CheckedInAlready => "The patient has checked in already.".to_owned(),
        Refusal::WrongLength => "A visit takes 1 to 480 minutes.".to_owned(),
        Refusal::NothingToDo => "This is so already.".to_owned(),
    }
}

/// How a visit ended, within a sentence.
pub fn outcome_words(outcome: Outcome) -> &'static str {
    match outcome {
        Outcome::Seen => "the patient was seen",
        Outcome::NoShow => "the patient did not come",
        Outcome::CancelledByPatient => "the patient has cancelled",
        Outcome::CancelledByClinic => "the clinic has cancelled",
        Outcome::LeftWithoutBeingSeen => "the patient has left",
    }
}
