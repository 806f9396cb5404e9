//! Names by two levels of five each, in four quarters.

use crate::document::Quadrants;

use super::matrix::{LEVELS, SMALL, names};
use super::{Anchor, Frame, Label, Scene, Stroke, tint};

/// Height of a row.
const ROW: f32 = 29.0;
/// Over the field: the names of the upper quarters; under it the levels and the lower ones.
const OVER: f32 = 14.0;
const UNDER: f32 = 34.0;
/// How strongly the quarters are tinted: upper left, upper right, lower left, lower right.
const TINTS: [f32; 4] = [0.14, 0.28, 0.05, 0.14];

/// The height it likes best.
pub(super) fn height(quadrants: &Quadrants, width: f32) -> f32 {
    OVER + 5.0 * ROW + UNDER + legend_height(legend_lines(quadrants, width))
}

/// The numbers that stand for names take this many columns under the field.
const KEYS: u8 = 3;

/// Height of a line of the legend.
const KEY: f32 = 8.4;

/// Whether the names of some cell need more than its room, and numbers stand for all: as a letter is about half as
/// wide as high, three lines hold so many of them.
fn is_numbered(quadrants: &Quadrants, width: f32) -> bool {
    let cell = (width - 44.0) / 5.0 - 6.0;
    let wide = |name: &str| name.chars().map(|_| SMALL * 0.52).sum::<f32>();
    let full = |at: (u8, u8)| {
        let here = || quadrants.items.iter().filter(|(_, place)| *place == at);
        let (mut lines, mut x) = (0_usize, f32::INFINITY);
        for (name, _) in here() {
            x += wide(name) + 4.0;
            if x > cell {
                (lines, x) = (lines + 1, wide(name) + 4.0);
            }
        }
        lines > 3 || here().count() > 1 && here().any(|(name, _)| wide(name) > cell)
    };
    quadrants.items.iter().any(|(_, at)| full(*at))
}

/// Lines of the key under the field; none where the names stand in it.
fn legend_lines(quadrants: &Quadrants, width: f32) -> usize {
    if is_numbered(quadrants, width) { quadrants.items.len().div_ceil(KEYS.into()) } else { 0 }
}

fn legend_height(lines: usize) -> f32 {
    if lines == 0 { 0.0 } else { f32::from(u16::try_from(lines).unwrap_or(u16::MAX)) * KEY + 6.0 }
}

/// Draws the field.
pub(super) fn scene(quadrants: &Quadrants, frame: &mut Frame<'_>) -> Scene {
    let mut scene = Scene::default();
    let theme = frame.theme;
    let words = LEVELS.iter().map(|word| (frame.measure)(&frame.format.word(word), SMALL, false));
    let gutter = words.fold(0.0, f32::max) + 6.0;
    let cell = (frame.width - gutter) / 5.0;
    let legend = legend_lines(quadrants, frame.width);
    let numbered = legend > 0;
    let row = ((frame.height - OVER - UNDER - legend_height(legend)) / 5.0).min(ROW);
    let bottom = OVER + 5.0 * row;
    let x = |across: u8| gutter + cell * f32::from(across.clamp(1, 5) - 1);
    let y = |up: u8| OVER + row * f32::from(5 - up.clamp(1, 5));
    for up in 1..=5_u8 {
        for across in 1..=5_u8 {
            let fill = tint(theme.accent, TINTS[quadrants.quarter((across, up))]);
            scene.rectangle(x(across) + 0.5, y(up) + 0.5, cell - 1.0, row - 1.0, fill);
            let here = quadrants.items.iter().zip(1_usize..).filter(|((_, at), _)| *at == (across, up));
            let here: Vec<(String, bool)> = here
                .map(|((name, _), number)| (if numbered { number.to_string() } else { name.clone() }, false))
                .collect();
            let room = (cell - 6.0, row - 3.0);
            names(frame, &mut scene, (x(across) + 3.0, y(up) + 1.5), room, theme.ink, &here);
        }
    }
    for (level, word) in (1_u8..).zip(LEVELS.map(|word| frame.format.word(word))) {
        let middle = y(level) + row / 2.0 + SMALL * 0.36;
        scene.label(Label::new((gutter - 4.0, middle), &word, theme.muted, Anchor::End).size(SMALL));
        let centre = (x(level) + cell / 2.0, bottom + 8.0);
        scene.label(Label::new(centre, word, theme.muted, Anchor::Middle).size(SMALL).most(cell));
    }
    let split = x(quadrants.high.clamp(2, 5));
    let right = gutter + 5.0 * cell;
    let hair = Stroke::solid(tint(theme.muted, 0.5), 0.4);
    scene.line((gutter, bottom + 11.0), (right, bottom + 11.0), hair);
    let sides = [(gutter, split - gutter), (split, right - split)];
    for (number, name) in quadrants.quarters.iter().enumerate() {
        let (left, width) = sides[number % 2];
        let at = (left + 3.0, if number < 2 { 8.0 } else { bottom + 20.0 });
        scene.label(Label::new(at, name, theme.accent, Anchor::Start).bold().most(width - 6.0));
    }
    let axes = phrase!(
        "{across} to the right, {up} upwards",
        across = frame.format.within(&quadrants.across),
        up = frame.format.within(&quadrants.up)
    );
    let axes = frame.format.say(axes);
    scene.label(Label::new((right, bottom + 30.0), axes, theme.muted, Anchor::End).size(SMALL));
    if numbered {
        let column = (right - gutter) / f32::from(KEYS);
        let (mut x, mut y) = (gutter, bottom + 44.0);
        for ((name, _), number) in quadrants.items.iter().zip(1_usize..) {
            let text = format!("{number} {name}");
            scene.label(Label::new((x, y), text, theme.ink, Anchor::Start).size(SMALL).most(column - 8.0));
            y += KEY;
            if number % legend == 0 {
                (x, y) = (x + column, bottom + 44.0);
            }
        }
    }
    scene
}
