//! What presses do, and what browsers answer.

use crate::{
    api::clinic::tell_devices,
    app::clinic::Kept,
    domain::{
        call::{MediaFailure, MediaWish, TrackKind},
        check::{Check, Readiness, Trial},
        visit::{SeatId, VisitId},
    },
    video::{
        self, Choice,
        tryout::{self, DeviceName, Tryout},
    },
};
use leptos::{prelude::*, task::spawn_local};

/// From this loudness on we say that somebody is heard. A quiet room stays below it.
const HEARD: u8 = 40;

/// Trying camera and microphone out: what is known, and what is on.
#[derive(Clone, Copy)]
pub struct Checking {
    /// The visit, and the place of which the queue is told. None for a guest: what their camera does is not the patient's.
    of: StoredValue<(VisitId, Option<SeatId>)>,
    pub(super) check: RwSignal<Check>,
    pub(super) names: RwSignal<Vec<DeviceName>>,
    pub(super) level: RwSignal<u8>,
    pub(super) heard: RwSignal<bool>,
    choice: StoredValue<Choice>,
    told: StoredValue<Readiness>,
    camera: Kept<Tryout>,
    microphone: Kept<Tryout>,
    /// Counts questions to the browser: the answer to one that was given up turns its device off at once.
    rounds: StoredValue<[u32; 2]>,
}

impl Checking {
    /// Nothing is known yet.
    pub fn new(visit: VisitId, tells: Option<SeatId>) -> Self {
        Self {
            of: StoredValue::new((visit, tells)),
            check: RwSignal::new(Check::default()),
            names: RwSignal::new(Vec::new()),
            level: RwSignal::new(0),
            heard: RwSignal::new(false),
            choice: StoredValue::new(Choice::default()),
            told: StoredValue::new(Readiness::default()),
            camera: Kept::new(),
            microphone: Kept::new(),
            rounds: StoredValue::new([0; 2]),
        }
    }

    /// Brings back what was chosen for this visit before.
    pub fn recall(self) {
        let choice = video::recall(self.of.get_value().0);
        self.check.set(Check::of_wish(choice.wish));
        self.choice.set_value(choice);
    }

    /// What to join the call with.
    pub fn wish(self) -> MediaWish {
        self.check.with(|check| check.wish())
    }

    /// Whether something is on, or about to be.
    pub fn is_on(self) -> bool {
        self.check.with(|check| check.is_on())
    }

    /// The call was joined with this, whatever was known before: so it is from now on.
    pub fn joined_with(self, wish: MediaWish) {
        if self.check.with_untracked(|check| check.wish()) != wish {
            self.check.set(Check::of_wish(wish));
            self.note();
        }
    }

    /// Turns everything off. What is known stays.
    pub fn close(self) {
        for kind in [TrackKind::Video, TrackKind::Audio] {
            self.next_round(kind);
            self.place(kind).clear();
        }
        if self.check.with_untracked(|check| check.is_on()) {
            self.check.update(Check::turn_off);
        }
        self.level.set(0);
    }

    /// Asks for what the person has not decided to go on without.
    pub(super) fn begin(self) {
        let wish = self.check.with_untracked(|check| check.wish());
        match wish {
            MediaWish::CameraAndMicrophone => self.ask_for_both(),
            MediaWish::MicrophoneOnly => self.ask_for(TrackKind::Audio),
            MediaWish::CameraOnly => self.ask_for(TrackKind::Video),
            MediaWish::Nothing => {}
        }
    }

    /// Asks for one of them, again or after all.
    pub(super) fn ask_for(self, kind: TrackKind) {
        let round = self.asks(kind);
        let device = self.device(kind);
        spawn_local(async move {
            let asked = tryout::ask_for(kind, device.as_deref()).await;
            self.answered(kind, round, asked);
            self.finish().await;
        });
    }

    /// From now on it is this one of them.
    pub(super) fn choose(self, kind: TrackKind, device: String) {
        self.choice.update_value(|choice| match kind {
            TrackKind::Video => choice.camera = Some(device),
            TrackKind::Audio => choice.microphone = Some(device),
        });
        self.ask_for(kind);
    }

    /// The person goes on without it.
    pub(super) fn go_without(self, kind: TrackKind) {
        self.next_round(kind);
        self.place(kind).clear();
        self.set(kind, Trial::Without);
        self.note();
    }

    /// What is on of a kind.
    pub(super) fn place(self, kind: TrackKind) -> Kept<Tryout> {
        match kind {
            TrackKind::Video => self.camera,
            TrackKind::Audio => self.microphone,
        }
    }

    fn ask_for_both(self) {
        let rounds = [TrackKind::Video, TrackKind::Audio].map(|kind| (kind, self.asks(kind)));
        let [camera, microphone] = rounds.map(|(kind, _)| self.device(kind));
        spawn_local(async move {
            let asked = tryout::ask_for_both(camera.as_deref(), microphone.as_deref()).await;
            let [(_, first), (_, second)] = rounds;
            self.answered(TrackKind::Video, first, asked.camera);
            self.answered(TrackKind::Audio, second, asked.microphone);
            self.finish().await;
        });
    }

    fn asks(self, kind: TrackKind) -> u32 {
        // Off first: some phones give one device to one owner only.
        self.place(kind).clear();
        self.set(kind, Trial::Asking);
        self.next_round(kind)
    }

    fn answered(self, kind: TrackKind, round: u32, asked: Result<Tryout, MediaFailure>) {
        // The page may be another one by now.
        if self.rounds.try_get_value().map(|rounds| rounds[index(kind)]) != Some(round) {
            return;
        }
        let trial = match asked {
            Ok(mut tryout) => {
                // Not within its own callback, which goes with it.
                tryout.listen(move || spawn_local(async move { self.lost(kind) }));
                if kind == TrackKind::Audio {
                    self.heard.set(false);
                    tryout.measure(move |level| self.hears(level));
                }
                self.place(kind).put(tryout);
                Trial::Works
            }
            Err(failure) => Trial::Failed(failure),
        };
        self.set(kind, trial);
    }

    async fn finish(self) {
        let names = tryout::devices().await;
        if self.rounds.try_get_value().is_some() {
            self.names.set(names);
            self.note();
        }
    }

    /// It was unplugged, or taken away.
    fn lost(self, kind: TrackKind) {
        if self.rounds.try_get_value().is_some() {
            self.place(kind).clear();
            self.set(kind, Trial::Failed(MediaFailure::NoDevice));
            self.note();
        }
    }

    fn hears(self, level: u8) {
        self.level.set(level);
        if level >= HEARD && !self.heard.get_untracked() {
            self.heard.set(true);
        }
    }

    /// Keeps what is chosen, and tells the queue what is known.
    fn note(self) {
        let check = self.check.get_untracked();
        self.choice.update_value(|choice| choice.wish = check.wish());
        let (visit, tells) = self.of.get_value();
        video::choose(visit, self.choice.get_value());
        let Some(readiness) = check.readiness() else { return };
        if let Some(seat) = tells.filter(|_| self.told.get_value() != readiness) {
            self.told.set_value(readiness);
            spawn_local(async move {
                // If it gets lost the provider sees that nothing is known, which is true of them.
                drop(tell_devices(seat, readiness).await);
            });
        }
    }

    fn set(self, kind: TrackKind, trial: Trial) {
        self.check.update(|check| check.set(kind, trial));
    }

    fn device(self, kind: TrackKind) -> Option<String> {
        self.choice.with_value(|choice| match kind {
            TrackKind::Video => choice.camera.clone(),
            TrackKind::Audio => choice.microphone.clone(),
        })
    }

    fn next_round(self, kind: TrackKind) -> u32 {
        self.rounds.update_value(|rounds| rounds[index(kind)] = rounds[index(kind)].wrapping_add(1));
        self.rounds.with_value(|rounds| rounds[index(kind)])
    }
}

fn index(kind: TrackKind) -> usize {
    usize::from(kind == TrackKind::Audio)
}
