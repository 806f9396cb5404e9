//! Cost against finish: a dot a trial, the frontier of a joint confidence, named points.

use crate::document::{Kind, Scatter};

use super::axis::{self, Scale, Unit};
use super::lines;
use super::place::{self, Wish};
use super::{Anchor, Frame, Label, Scene, Stroke, TEXT, WHITE, shade, tint};

/// The side of the mark of a trial.
const DOT: f32 = 1.6;

/// Draws the trials.
pub(super) fn scene(scatter: &Scatter, frame: &mut Frame<'_>) -> Scene {
    let mut scene = Scene::default();
    let named = scatter.marks.iter().map(|(day, cost, _)| (*day, *cost));
    let all: Vec<_> = scatter
        .points
        .iter()
        .chain(&scatter.frontier)
        .copied()
        .chain(named)
        .filter(|(_, cost)| cost.is_finite())
        .collect();
    let (Some(from), Some(to)) = (all.iter().map(|p| p.0).min(), all.iter().map(|p| p.0).max()) else {
        return scene;
    };
    let (low, high) = all
        .iter()
        .fold((f64::INFINITY, f64::NEG_INFINITY), |(low, high), (_, cost)| (low.min(*cost), high.max(*cost)));
    let ticks = axis::ticks(low, high, 5);
    let (bottom_value, top_value, step) = axis::extent(&ticks);
    let unit = Unit::of(Kind::Money, &scatter.unit, high.abs(), step, frame.format);
    let labels: Vec<String> = ticks.iter().map(|tick| unit.tick(*tick, frame.format)).collect();
    let gutter = labels.iter().map(|label| (frame.measure)(label, TEXT, false)).fold(12.0, f32::max) + 6.0;
    let (top, bottom) = (14.0, frame.height - 20.0);
    let x = Scale::of_days((from, to), (gutter + 4.0, frame.width - 70.0));
    let y = Scale { low: bottom_value, high: top_value, start: bottom, end: top };
    let theme = frame.theme;
    let muted = theme.muted;
    scene.label(Label::new((0.0, 6.0), &unit.name, muted, Anchor::Start));
    for (tick, label) in ticks.iter().zip(labels) {
        let at = y.at(*tick);
        scene.line((gutter, at), (x.end, at), Stroke::solid(tint(muted, 0.25), 0.4));
        scene.label(Label::new((gutter - 5.0, at + TEXT * 0.36), label, muted, Anchor::End));
    }
    lines::calendar(frame, &mut scene, &x, (from, to), bottom);
    for (day, cost) in &scatter.points {
        // So small that a square looks like a dot; in a file it takes a tenth of a circle's four curves.
        let (left, top) = (x.day(*day) - DOT / 2.0, y.at(*cost) - DOT / 2.0);
        scene.rectangle(left, top, DOT, DOT, tint(theme.accent, 0.55));
    }
    let mut wishes = Vec::new();
    let frontier: Vec<(f32, f32)> =
        scatter.frontier.iter().map(|(day, cost)| (x.day(*day), y.at(*cost))).collect();
    if let Some(last) = frontier.last().copied().filter(|_| frontier.len() > 1) {
        scene.path(frontier.clone(), Stroke::solid(theme.red, 1.4));
        wishes.push(Wish { at: last, text: scatter.frontier_label.clone(), colour: shade(theme.red) });
    }
    for (day, cost, label) in &scatter.marks {
        let at = (x.day(*day), y.at(*cost));
        scene.dot(at, 2.6, theme.ink, Some(Stroke::solid(WHITE, 0.8)));
        wishes.push(Wish { at, text: label.clone(), colour: theme.ink });
    }
    let within = (gutter + 2.0, top - 8.0, frame.width, bottom);
    place::place(&mut scene, frame, within, &wishes, &[frontier], &mut Vec::new());
    scene
}
