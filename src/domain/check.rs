//! Trying camera and microphone out before a visit: what came of it, and how the person goes on.

use super::call::{MediaFailure, MediaWish, TrackKind};
use serde::{Deserialize, Serialize};

/// What came of trying one device out.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Trial {
    /// Nothing yet.
    #[default]
    NotTried,
    /// The browser asks for it, or starts it.
    Asking,
    /// It is on.
    Works,
    /// It worked, and is off again.
    Worked,
    /// It could not be had.
    Failed(MediaFailure),
    /// The person goes on without it, and is not asked for it again.
    Without,
}

/// What came of trying both out.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Check {
    camera: Trial,
    microphone: Trial,
}

/// What a provider has to know before the call.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Serialize, Deserialize)]
pub enum Readiness {
    /// Nothing is known.
    #[default]
    NotChecked,
    /// Camera and microphone work.
    Ready,
    /// The patient goes on without a camera.
    WithoutCamera,
    /// The patient goes on without a microphone.
    WithoutMicrophone,
    /// The patient goes on without either: sees and hears, no more.
    WithoutBoth,
    /// Something fails, and the patient has not decided how to go on.
    Problem,
}

impl Check {
    /// What is known of somebody who has chosen this before.
    pub fn of_wish(wish: MediaWish) -> Self {
        let trial = |kind| if wish.includes(kind) { Trial::NotTried } else { Trial::Without };
        Self { camera: trial(TrackKind::Video), microphone: trial(TrackKind::Audio) }
    }

    /// What came of one of them.
    pub fn of(self, kind: TrackKind) -> Trial {
        match kind {
            TrackKind::Video => self.camera,
            TrackKind::Audio => self.microphone,
        }
    }

    /// Notes what came of one of them.
    pub fn set(&mut self, kind: TrackKind, trial: Trial) {
        match kind {
            TrackKind::Video => self.camera = trial,
            TrackKind::Audio => self.microphone = trial,
        }
    }

    /// Both are turned off; what is known of them stays.
    pub fn turn_off(&mut self) {
        for trial in [&mut self.camera, &mut self.microphone] {
            *trial = match *trial {
                Trial::Works => Trial::Worked,
                Trial::Asking => Trial::NotTried,
                same => same,
            };
        }
    }

    /// Whether one of them is on, or about to be.
    pub fn is_on(self) -> bool {
        [self.camera, self.microphone].into_iter().any(|trial| matches!(trial, Trial::Works | Trial::Asking))
    }

    /// Whether the browser asks, or starts something.
    pub fn is_asking(self) -> bool {
        [self.camera, self.microphone].contains(&Trial::Asking)
    }

    /// What to join the call with. What failed is asked for once more; what the person goes on without is not.
    pub fn wish(self) -> MediaWish {
        MediaWish::of(self.camera != Trial::Without, self.microphone != Trial::Without)
    }

    /// What a provider has to know. None while it is being found out.
    pub fn readiness(self) -> Option<Readiness> {
        use Trial::{Asking, Failed, Without, Worked, Works};
        Some(match (self.camera, self.microphone) {
            (Asking, _) | (_, Asking) => return None,
            (Failed(_), _) | (_, Failed(_)) => Readiness::Problem,
            (Without, Without) => Readiness::WithoutBoth,
            (Without, _) => Readiness::WithoutCamera,
            (_, Without) => Readiness::WithoutMicrophone,
            (Works | Worked, Works | Worked) => Readiness::Ready,
            (Trial::NotTried, _) | (_, Trial::NotTried) => Readiness::NotChecked,
        })
    }
}

impl Readiness {
    const ALL: [Self; 6] = [
        Self::NotChecked,
        Self::Ready,
        Self::WithoutCamera,
        Self::WithoutMicrophone,
        Self::WithoutBoth,
        Self::Problem,
    ];

    /// A stable word, by which it is stored. Empty: nothing is known.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::NotChecked => "",
            Self::Ready => "ready",
            Self::WithoutCamera => "without-camera",
            Self::WithoutMicrophone => "without-microphone",
            Self::WithoutBoth => "without-both",
            Self::Problem => "problem",
        }
    }

    /// What was stored under a word. Nothing is known of other words.
    pub fn of(word: &str) -> Self {
        Self::ALL.into_iter().find(|readiness| readiness.as_str() == word).unwrap_or_default()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(camera: Trial, microphone: Trial) -> Check {
        Check { camera, microphone }
    }

    const DENIED: Trial = Trial::Failed(MediaFailure::Denied);

    #[test]
    fn a_provider_learns_what_will_be_missing() {
        for (camera, microphone, expected) in [
            (Trial::NotTried, Trial::NotTried, Some(Readiness::NotChecked)),
            (Trial::Works, Trial::Works, Some(Readiness::Ready)),
            (Trial::Worked, Trial::Works, Some(Readiness::Ready)),
            (Trial::Works, Trial::NotTried, Some(Readiness::NotChecked)),
            (Trial::Asking, Trial::Works, None),
            (DENIED, Trial::Works, Some(Readiness::Problem)),
            (Trial::Without, DENIED, Some(Readiness::Problem)),
            (Trial::Without, Trial::Works, Some(Readiness::WithoutCamera)),
            (Trial::Works, Trial::Without, Some(Readiness::WithoutMicrophone)),
            (Trial::Without, Trial::Without, Some(Readiness::WithoutBoth)),
        ] {
            assert_eq!(check(camera, microphone).readiness(), expected, "{camera:?}, {microphone:?}");
        }
    }

    #[test]
    fn bug_18_what_one_goes_on_without_is_not_asked_for_again() {
        assert_eq!(check(Trial::Without, Trial::Worked).wish(), MediaWish::MicrophoneOnly);
        for wish in [
            MediaWish::CameraAndMicrophone,
            MediaWish::MicrophoneOnly,
            MediaWish::CameraOnly,
            MediaWish::Nothing,
        ] {
            assert_eq!(Check::of_wish(wish).wish(), wish, "also after a reload");
        }
    }

    #[test]
    fn bug_19_a_blocked_camera_leaves_the_microphone() {
        let mut blocked = check(DENIED, Trial::Works);
        blocked.set(TrackKind::Video, Trial::Without);
        assert!(blocked.wish().includes(TrackKind::Audio) && !blocked.wish().includes(TrackKind::Video));
    }

    #[test]
    fn what_is_turned_off_is_still_known_to_work() {
        let mut tried = check(Trial::Works, Trial::Without);
        assert!(tried.is_on());
        tried.turn_off();
        assert!(!tried.is_on());
        assert_eq!(tried, check(Trial::Worked, Trial::Without));
        let mut asking = check(Trial::Asking, Trial::Asking);
        asking.turn_off();
        assert_eq!(asking, Check::default());
    }

    #[test]
    fn a_stored_word_is_read_again_and_others_say_nothing() {
        for readiness in Readiness::ALL {
            assert_eq!(Readiness::of(readiness.as_str()), readiness);
        }
        assert_eq!(Readiness::of("something else"), Readiness::NotChecked);
    }
}
