//! The browser's animation frames, owned: dropping [`Frames`] stops them.

use std::cell::{Cell, RefCell};
use std::rc::Rc;

use wasm_bindgen::JsCast;
use wasm_bindgen::closure::Closure;

type Tick = Closure<dyn FnMut(f64)>;

/// Calls a function before each repaint, as long as it answers that it wants to go on.
#[must_use = "no frame comes any more once this is dropped"]
pub struct Frames {
    requested: Rc<Cell<Option<i32>>>,
    tick: Rc<RefCell<Option<Tick>>>,
}

impl Frames {
    /// Asks for the first frame. `paint` gets the browser's time stamp in milliseconds.
    pub fn start(mut paint: impl FnMut(f64) -> bool + 'static) -> Self {
        let requested = Rc::new(Cell::new(None));
        let tick = Rc::new(RefCell::new(None));
        let again = (Rc::clone(&requested), Rc::clone(&tick));
        *tick.borrow_mut() = Some(Closure::new(move |now| {
            let (requested, tick) = &again;
            requested.set(None);
            if paint(now) {
                requested.set(request(tick));
            }
        }));
        requested.set(request(&tick));
        Self { requested, tick }
    }
}

impl Drop for Frames {
    fn drop(&mut self) {
        if let (Some(window), Some(id)) = (web_sys::window(), self.requested.take()) {
            // It fails only for a window that is gone, and no frame comes there.
            let _ = window.cancel_animation_frame(id);
        }
        // The closure holds this cell, which holds the closure: without this neither would ever be freed.
        self.tick.take();
    }
}

fn request(tick: &RefCell<Option<Tick>>) -> Option<i32> {
    let tick = tick.borrow();
    web_sys::window()?.request_animation_frame(tick.as_ref()?.as_ref().unchecked_ref()).ok()
}
