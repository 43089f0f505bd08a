//! Draws the fire. What never changes (forest, ground, logs behind) is painted once into a backdrop, and each glow once
//! into a sprite; a frame then only copies pictures, which a phone does in well under two milliseconds.

use wasm_bindgen::JsCast;
use web_sys::{CanvasRenderingContext2d, HtmlCanvasElement};

use super::fire::{Fire, HEARTH};
use super::scenery;

/// The scene's size in its own units; the canvas may have any size of the same shape.
const WIDTH: f64 = 400.0;
const HEIGHT: f64 = 300.0;
/// Finer than two device pixels a point nobody sees, and it costs four times the work.
const MOST_PIXELS_A_POINT: f64 = 2.0;
/// A sprite's width and height in pixels.
const SPRITE: u32 = 64;
/// From hot to cold; the last one is the light on the surroundings. They are added up, so that many make white.
const HEATS: [[&str; 2]; 5] = [
    ["rgb(255 205 120 / .34)", "rgb(255 150 50 / 0)"],
    ["rgb(255 135 40 / .42)", "rgb(255 110 20 / 0)"],
    ["rgb(235 85 25 / .46)", "rgb(200 50 10 / 0)"],
    ["rgb(165 40 20 / .45)", "rgb(90 20 10 / 0)"],
    ["rgb(255 150 60 / .42)", "rgb(255 120 40 / 0)"],
];
const LIGHT: usize = 4;

/// Paints onto one canvas.
pub struct Painter {
    canvas: HtmlCanvasElement,
    layers: Option<Layers>,
}

struct Layers {
    context: CanvasRenderingContext2d,
    backdrop: HtmlCanvasElement,
    sprites: HtmlCanvasElement,
}

impl Painter {
    /// Takes a canvas; nothing is drawn before the first [`paint`](Self::paint).
    pub fn new(canvas: HtmlCanvasElement) -> Self {
        Self { canvas, layers: None }
    }

    /// Draws the fire as it is now. Without room on the page, or without a canvas that draws, it does nothing.
    pub fn paint(&mut self, fire: &Fire) {
        let Some(scale) = self.fit() else { return };
        if let Some(layers) = &self.layers {
            layers.paint(fire, scale);
        }
    }

    /// Follows the canvas's size on the page. Answers how many pixels a scene unit is.
    fn fit(&mut self) -> Option<f64> {
        let window = web_sys::window()?;
        let density = window.device_pixel_ratio().clamp(1.0, MOST_PIXELS_A_POINT);
        let width = f64::from(self.canvas.client_width()) * density;
        if width < 1.0 {
            return None;
        }
        let scale = width / WIDTH;
        #[expect(
            clippy::cast_possible_truncation,
            clippy::cast_sign_loss,
            reason = "a canvas is small and positive"
        )]
        let (width, height) = (width as u32, (HEIGHT * scale) as u32);
        if self.layers.is_none() || self.canvas.width() != width {
            self.canvas.set_width(width);
            self.canvas.set_height(height);
            self.layers = Layers::new(&self.canvas, scale);
        }
        Some(scale)
    }
}

impl Layers {
    fn new(canvas: &HtmlCanvasElement, scale: f64) -> Option<Self> {
        let (backdrop, ink) = blank(canvas.width(), canvas.height())?;
        ink.set_transform(scale, 0.0, 0.0, scale, 0.0, 0.0).ok()?;
        scenery::behind(&ink);
        Some(Self { context: context_of(canvas)?, backdrop, sprites: sprites()? })
    }

    fn paint(&self, fire: &Fire, scale: f64) {
        let ink = &self.context;
        let glow = f64::from(fire.glow());
        // None of these calls can fail with numbers that are finite, and a fire with a flame less is still a fire.
        let _ = ink.set_transform(scale, 0.0, 0.0, scale, 0.0, 0.0);
        ink.set_global_alpha(1.0);
        let _ = ink.set_global_composite_operation("source-over");
        let _ =
            ink.draw_image_with_html_canvas_element_and_dw_and_dh(&self.backdrop, 0.0, 0.0, WIDTH, HEIGHT);
        scenery::owl_eyes(ink, fire.blinks());
        let _ = ink.set_global_composite_operation("lighter");
        let (x, y) = (f64::from(HEARTH.0), f64::from(HEARTH.1));
        self.blob(LIGHT, x, y - 40.0, 190.0, 170.0, glow * 0.75);
        self.blob(LIGHT, x, y + 12.0, 170.0, 40.0, glow * 0.7);
        for puff in fire.puffs() {
            let heat = if puff.age < 0.22 {
                0
            } else if puff.age < 0.5 {
                1
            } else if puff.age < 0.75 {
                2
            } else {
                3
            };
            let radius = f64::from(puff.radius());
            self.blob(heat, puff.x.into(), puff.y.into(), radius, radius * 1.45, puff.strength().into());
        }
        let _ = ink.set_global_composite_operation("source-over");
        ink.set_global_alpha(1.0);
        scenery::in_front(ink);
        let _ = ink.set_global_composite_operation("lighter");
        self.blob(LIGHT, x, y + 2.0, 70.0, 34.0, glow * 0.9);
        for ember in fire.embers() {
            let strength = f64::from(ember.strength);
            self.blob(1, ember.x.into(), ember.y.into(), 4.5, 4.5, strength);
            self.blob(0, ember.x.into(), ember.y.into(), 1.8, 1.8, strength);
        }
    }

    /// Adds a sprite with its centre at `x`, `y`.
    fn blob(&self, heat: usize, x: f64, y: f64, half_width: f64, half_height: f64, strength: f64) {
        self.context.set_global_alpha(strength.clamp(0.0, 1.0));
        let side = f64::from(SPRITE);
        #[expect(clippy::cast_precision_loss, reason = "there are five")]
        let left = heat as f64 * side;
        let _ = self.context.draw_image_with_html_canvas_element_and_sw_and_sh_and_dx_and_dy_and_dw_and_dh(
            &self.sprites,
            left,
            0.0,
            side,
            side,
            x - half_width,
            y - half_height,
            half_width * 2.0,
            half_height * 2.0,
        );
    }
}

/// The glows, side by side.
fn sprites() -> Option<HtmlCanvasElement> {
    let (sprites, ink) = blank(SPRITE * 5, SPRITE)?;
    let half = f64::from(SPRITE / 2);
    let mut middle = half;
    for [inner, outer] in HEATS {
        let glow = ink.create_radial_gradient(middle, half, 0.0, middle, half, half).ok()?;
        glow.add_color_stop(0.0, inner).ok()?;
        glow.add_color_stop(1.0, outer).ok()?;
        ink.set_fill_style_canvas_gradient(&glow);
        ink.fill_rect(middle - half, 0.0, half * 2.0, half * 2.0);
        middle += half * 2.0;
    }
    Some(sprites)
}

/// A canvas of this size that is not on the page.
fn blank(width: u32, height: u32) -> Option<(HtmlCanvasElement, CanvasRenderingContext2d)> {
    let canvas: HtmlCanvasElement =
        web_sys::window()?.document()?.create_element("canvas").ok()?.dyn_into().ok()?;
    canvas.set_width(width);
    canvas.set_height(height);
    let context = context_of(&canvas)?;
    Some((canvas, context))
}

fn context_of(canvas: &HtmlCanvasElement) -> Option<CanvasRenderingContext2d> {
    canvas.get_context("2d").ok()??.dyn_into().ok()
}
