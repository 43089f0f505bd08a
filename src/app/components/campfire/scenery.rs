//! Where the fire burns: a clearing at night, a ring of stones, logs, and an owl that keeps watch.
//!
//! All numbers are scene units (400 × 300, y downwards).

use web_sys::CanvasRenderingContext2d as Ink;

use super::chance::Chance;

const OWL: (f64, f64) = (322.0, 196.0);

/// Everything that the flames stand before.
pub fn behind(ink: &Ink) {
    sky(ink);
    let mut chance = Chance::new(5);
    ink.set_fill_style_str("#1c261f");
    forest(ink, &mut chance, 17, 196.0, (50.0, 95.0));
    ink.set_fill_style_str("#141b16");
    forest(ink, &mut chance, 9, 206.0, (90.0, 150.0));
    ground(ink);
    owl(ink);
    for (x, y) in
        [(146.0, 232.0), (166.0, 223.0), (190.0, 219.0), (214.0, 219.0), (237.0, 224.0), (255.0, 233.0)]
    {
        stone(ink, x, y);
    }
    log(ink, (158.0, 232.0), (226.0, 216.0));
    log(ink, (244.0, 232.0), (176.0, 217.0));
}

/// What lies before the flames: two crossed logs and the near stones.
pub fn in_front(ink: &Ink) {
    log(ink, (150.0, 247.0), (236.0, 232.0));
    log(ink, (252.0, 248.0), (168.0, 234.0));
    for (x, y) in
        [(143.0, 250.0), (162.0, 259.0), (187.0, 263.0), (213.0, 263.0), (239.0, 259.0), (258.0, 250.0)]
    {
        stone(ink, x, y);
    }
}

/// The owl's eyes, which shine in the light and blink.
pub fn owl_eyes(ink: &Ink, shut: bool) {
    for side in [-5.5, 5.5] {
        let (x, y) = (OWL.0 + side, OWL.1 - 29.0);
        if shut {
            oval(ink, "#8c6b56", x, y + 0.5, 3.2, 0.9);
        } else {
            oval(ink, "#14100c", x, y, 3.0, 3.2);
            oval(ink, "#ffcf8a", x - 1.1, y - 0.9, 0.9, 0.9);
        }
    }
}

fn sky(ink: &Ink) {
    let sky = ink.create_linear_gradient(0.0, 0.0, 0.0, 220.0);
    for (at, colour) in [(0.0, "#101814"), (0.7, "#22302a"), (1.0, "#33362a")] {
        // It fails only for a colour that is none.
        let _ = sky.add_color_stop(at, colour);
    }
    ink.set_fill_style_canvas_gradient(&sky);
    ink.fill_rect(0.0, 0.0, 400.0, 300.0);
    let mut chance = Chance::new(9);
    for _ in 0..34 {
        let (x, y) = (chance.between(0.0, 400.0), chance.between(0.0, 120.0));
        let size = f64::from(chance.between(0.5, 1.3));
        oval(ink, "#cfe3d6", x.into(), y.into(), size / 1.6, size / 1.6);
    }
}

/// A row of firs whose feet stand at `y`. They are low in the middle, where the clearing opens.
fn forest(ink: &Ink, chance: &mut Chance, count: u8, y: f64, (low, high): (f32, f32)) {
    let step = 460.0 / f32::from(count);
    for each in 0..count {
        let x = f64::from(-30.0 + step * (f32::from(each) + chance.between(0.2, 0.8)));
        let open = 0.45 + 0.55 * (((x - 200.0) / 200.0).abs()).min(1.0);
        fir(ink, x, y, f64::from(chance.between(low, high)) * open);
    }
}

fn fir(ink: &Ink, x: f64, foot: f64, height: f64) {
    ink.begin_path();
    for (tip, hem, half) in [(1.0, 0.62, 0.13), (0.8, 0.33, 0.19), (0.55, -0.1, 0.25)] {
        ink.move_to(x, foot - height * tip);
        ink.line_to(x + height * half, foot - height * hem);
        ink.line_to(x - height * half, foot - height * hem);
    }
    ink.fill();
}

fn ground(ink: &Ink) {
    oval(ink, "#171d16", 200.0, 300.0, 330.0, 104.0);
    oval(ink, "#20231a", 200.0, 262.0, 150.0, 40.0);
    oval(ink, "#0f110d", 200.0, 243.0, 58.0, 20.0);
}

/// A barn owl on a stump, seen from the front; its eyes are drawn with each frame.
fn owl(ink: &Ink) {
    let (x, y) = OWL;
    oval(ink, "#2c2119", x, y + 26.0, 20.0, 7.0);
    ink.set_fill_style_str("#2c2119");
    ink.fill_rect(x - 20.0, y + 2.0, 40.0, 24.0);
    oval(ink, "#5b4535", x, y + 2.0, 20.0, 6.5);
    oval(ink, "#6b503f", x, y - 17.0, 15.5, 21.0);
    oval(ink, "#cdbfae", x - 1.5, y - 9.0, 9.5, 12.0);
    oval(ink, "#53402f", x + 12.5, y - 12.0, 4.5, 13.0);
    oval(ink, "#53402f", x - 12.5, y - 12.0, 4.5, 13.0);
    oval(ink, "#53402f", x, y - 28.0, 15.0, 13.0);
    for side in [-5.5, 5.5] {
        oval(ink, "#e8d9c4", x + side, y - 29.0, 6.8, 7.5);
    }
    oval(ink, "#e8d9c4", x, y - 23.5, 5.0, 5.5);
    oval(ink, "#c98a45", x, y - 23.0, 1.6, 3.0);
}

fn stone(ink: &Ink, x: f64, y: f64) {
    oval(ink, "#23262a", x, y + 2.0, 12.5, 8.0);
    oval(ink, "#3b3f40", x, y, 12.0, 7.0);
    // The side towards the fire is lit.
    oval(ink, "#5c5248", x + (200.0 - x) * 0.07, y - 2.5, 7.5, 3.2);
}

fn log(ink: &Ink, from: (f64, f64), to: (f64, f64)) {
    ink.set_line_cap("round");
    for (colour, width, up) in [("#2b1d14", 15.0, 0.0), ("#4a3325", 11.0, 1.5), ("#7a5238", 3.0, 4.5)] {
        ink.set_stroke_style_str(colour);
        ink.set_line_width(width);
        ink.begin_path();
        ink.move_to(from.0, from.1 - up);
        ink.line_to(to.0, to.1 - up);
        ink.stroke();
    }
    oval(ink, "#8c6b56", from.0, from.1, 6.0, 6.5);
    oval(ink, "#b08a68", from.0, from.1, 3.0, 3.3);
}

fn oval(ink: &Ink, colour: &str, x: f64, y: f64, half_width: f64, half_height: f64) {
    ink.set_fill_style_str(colour);
    ink.begin_path();
    // It fails only for a negative radius.
    let _ = ink.ellipse(x, y, half_width, half_height, 0.0, 0.0, std::f64::consts::TAU);
    ink.fill();
}
