//! What a patient's camera and microphone do, to somebody of the staff.

use crate::domain::check::Readiness;

/// Short, for a row of the queue.
pub fn readiness_words(readiness: Readiness) -> &'static str {
    match readiness {
        Readiness::NotChecked => "camera not checked",
        Readiness::Ready => "camera and microphone work",
        Readiness::WithoutCamera => "no camera",
        Readiness::WithoutMicrophone => "no microphone: call by phone",
        Readiness::WithoutBoth => "no camera, no microphone: call by phone",
        Readiness::Problem => "camera or microphone fails",
    }
}
