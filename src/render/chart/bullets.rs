//! Objectives as bullets, after Stephen Few: a bar for the value, a line for the target, and where the trend leads.

use crate::document::{Bullet, Bullets, Rgb};

use super::axis::Scale;
use super::{Anchor, Frame, Label, Scene, Stroke, TEXT, WHITE, shade, tint};

/// Height of a row.
const ROW: f32 = 30.0;

/// Size of the smaller words.
const SMALL: f32 = 6.2;

/// Above the first row.
const TOP: f32 = 16.0;

/// Values further from the way than this are drawn at its edge.
const FURTHEST: (f64, f64) = (-0.5, 1.6);

/// The height all rows need.
pub(super) fn height(bullets: &Bullets) -> f32 {
    #[expect(clippy::cast_precision_loss, reason = "rows of a chart")]
    let rows = bullets.rows.len() as f32;
    TOP + rows * ROW + 4.0
}

/// Draws the rows.
pub(super) fn scene(bullets: &Bullets, frame: &mut Frame<'_>) -> Scene {
    let mut scene = Scene::default();
    let shares = || {
        let now = bullets.rows.iter().filter_map(|row| Some(row.now.as_ref()?.0));
        let ends =
            bullets.rows.iter().filter_map(|row| row.projected.as_ref()).flat_map(|p| [p.0, p.1.0, p.1.1]);
        now.chain(ends).filter(|share| share.is_finite()).map(|share| share.clamp(FURTHEST.0, FURTHEST.1))
    };
    let gutter = frame.width * 0.38;
    let x = Scale {
        low: shares().fold(0.0, f64::min),
        high: shares().fold(1.0, f64::max),
        start: gutter + 8.0,
        end: frame.width - 74.0,
    };
    let muted = frame.theme.muted;
    let label = |at: f64, text: &str| Label::new((x.at(at), 8.0), text, muted, Anchor::Middle);
    scene.label(label(0.0, &frame.format.word(word!("Baseline"))));
    scene.label(label(1.0, &frame.format.word(word!("Target"))));
    #[expect(clippy::cast_precision_loss, reason = "rows of a chart")]
    let pitch = ((frame.height - TOP - 4.0) / bullets.rows.len().max(1) as f32).min(ROW);
    for (row, place) in bullets.rows.iter().zip(0_u16..) {
        let middle = TOP + pitch * (f32::from(place) + 0.5);
        draw(&mut scene, frame, &x, row, (gutter, middle));
    }
    scene
}

/// Words that begin or end at a place, but stay between the names and the edge.
fn beside(
    scene: &mut Scene,
    frame: &mut Frame<'_>,
    gutter: f32,
    (at, y): (f32, f32),
    (words, colour): (&str, Rgb),
    ends: bool,
) {
    let least = gutter + 8.0;
    let width = (frame.measure)(words, SMALL, false).min(frame.width - least);
    let left = (if ends { at - width } else { at }).clamp(least, frame.width - width);
    scene.label(Label::new((left, y), words, colour, Anchor::Start).size(SMALL).most(width + 0.1));
}

fn draw(scene: &mut Scene, frame: &mut Frame<'_>, x: &Scale, row: &Bullet, (gutter, middle): (f32, f32)) {
    let theme = frame.theme;
    let clamped = |share: f64| x.at(share.clamp(FURTHEST.0, FURTHEST.1));
    scene.label(Label::new((0.0, middle - 1.5), &row.label, theme.ink, Anchor::Start).most(gutter));
    scene.label(
        Label::new((0.0, middle + 7.0), &row.aim, theme.muted, Anchor::Start).size(SMALL).most(gutter),
    );
    let (zero, one) = (x.at(0.0), x.at(1.0));
    scene.rectangle(zero, middle - 6.0, one - zero, 12.0, tint(theme.muted, 0.16));
    if let Some((share, words)) = &row.now {
        let at = clamped(*share);
        scene.rectangle(zero.min(at), middle - 2.5, (at - zero).abs().max(0.8), 5.0, theme.green);
        let ends = at > zero + 40.0;
        beside(scene, frame, gutter, (at, middle - 7.5), (words, shade(theme.green)), ends);
    }
    if let Some((share, (low, high), words)) = &row.projected {
        let (at, low, high) = (clamped(*share), clamped(*low), clamped(*high));
        scene.line((low, middle), (high, middle), Stroke::solid(theme.accent, 0.9));
        for end in [low, high] {
            scene.line((end, middle - 2.0), (end, middle + 2.0), Stroke::solid(theme.accent, 0.9));
        }
        scene.dot((at, middle), 2.6, theme.accent, Some(Stroke::solid(WHITE, 0.7)));
        let text = frame.format.say(phrase!("{value} when due", value = words));
        let ends = at + (frame.measure)(&text, SMALL, false) > x.end + 10.0;
        beside(scene, frame, gutter, (at, middle + 13.0), (&text, shade(theme.accent)), ends);
    }
    scene.line((one, middle - 6.0), (one, middle + 6.0), Stroke::solid(theme.ink, 1.6));
    scene.label(
        Label::new((frame.width, middle + TEXT * 0.36), row.standing.as_str(), theme.ink, Anchor::End).bold(),
    );
}
