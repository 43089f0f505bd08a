//! A fire on a canvas: the simulation, the painter and the frames that drive them, owned by one value.

use std::cell::RefCell;
use std::rc::Rc;

use gloo_events::EventListener;
use web_sys::HtmlCanvasElement;

use super::fire::Fire;
use super::frames::Frames;
use super::painter::Painter;

/// Every visit has the same fire; nobody will notice, and a test can.
const SEED: u32 = 2020;
/// Every other frame of a 60 Hz screen, in milliseconds: a fire looks no better with more, and a phone gets warm.
const SHORTEST_FRAME: f64 = 28.0;

/// A fire that burns, or stands still, until this is dropped.
#[must_use = "the fire goes out when this is dropped"]
pub struct Hearth {
    _frames: Frames,
    _resized: Option<EventListener>,
}

impl Hearth {
    /// Lights a fire that moves. It paints at most thirty times a second.
    pub fn burn(canvas: HtmlCanvasElement) -> Self {
        let mut fire = Fire::new(SEED);
        let mut painter = Painter::new(canvas);
        let mut last = None;
        let frames = Frames::start(move |now| {
            let passed = last.map_or(SHORTEST_FRAME, |last| now - last);
            if passed >= SHORTEST_FRAME {
                last = Some(now);
                #[expect(clippy::cast_possible_truncation, reason = "a fire needs no more digits")]
                fire.step((passed / 1000.0) as f32);
                painter.paint(&fire);
            }
            true
        });
        Self { _frames: frames, _resized: None }
    }

    /// Paints one picture of the fire, and again only when the window's size changes.
    pub fn stand_still(canvas: HtmlCanvasElement) -> Self {
        let fire = Fire::new(SEED);
        let painter = Rc::new(RefCell::new(Painter::new(canvas)));
        let paint = {
            let painter = Rc::clone(&painter);
            let fire = fire.clone();
            move || painter.borrow_mut().paint(&fire)
        };
        let resized = web_sys::window()
            .map(|window| EventListener::new(&window, "resize", move |_| painter.borrow_mut().paint(&fire)));
        // In a frame and not at once: only then has the page laid the canvas out.
        let frames = Frames::start(move |_| {
            paint();
            false
        });
        Self { _frames: frames, _resized: resized }
    }
}
