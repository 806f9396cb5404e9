//! A distribution: bars of equal width, the cumulative curve over them, named values as lines down.

use crate::document::{Histogram, Over, Value};

use super::axis::{self, Scale, Unit};
use super::{Anchor, Frame, Label, Scene, Stroke, TEXT, shade, tint};

/// Draws the distribution.
pub(super) fn scene(histogram: &Histogram, frame: &mut Frame<'_>) -> Scene {
    let mut scene = Scene::default();
    let (Some(first), Some(last)) = (histogram.classes.first(), histogram.classes.last()) else {
        return scene;
    };
    let (top, bottom) = (22.0, frame.height - 20.0);
    let x = Scale { low: first.0, high: last.1, start: 34.0, end: frame.width - 34.0 };
    let tallest = histogram.classes.iter().map(|(.., share)| *share).fold(0.0, f64::max).max(1e-9);
    // The tallest bar leaves room, so that the curve is read over all of the height.
    let y = Scale { low: 0.0, high: tallest * 1.25, start: bottom, end: top };
    let cumulative = Scale { low: 0.0, high: 1.0, start: bottom, end: top };
    let theme = frame.theme;
    let (muted, hair) = (theme.muted, tint(theme.muted, 0.25));

    for tenth in [0.0, 0.2, 0.4, 0.6, 0.8, 1.0] {
        let at = cumulative.at(tenth);
        scene.line(
            (x.start, at),
            (x.end, at),
            Stroke::solid(if tenth == 0.0 { tint(muted, 0.7) } else { hair }, 0.4),
        );
        let text = frame.format.show(&Value::Percent(tenth));
        scene.label(Label::new((x.end + 5.0, at + TEXT * 0.36), text, shade(theme.green), Anchor::Start));
    }
    for (from, to, share) in &histogram.classes {
        let (left, right, head) = (x.at(*from), x.at(*to), y.at(*share));
        let gap = ((right - left) * 0.12).min(0.8);
        scene.rectangle(
            left + gap / 2.0,
            head,
            (right - left - gap).max(0.3),
            bottom - head,
            tint(theme.accent, 0.45),
        );
    }
    let mut sum = 0.0;
    let mut curve = vec![(x.at(first.0), bottom)];
    for (_, to, share) in &histogram.classes {
        sum += share;
        curve.push((x.at(*to), cumulative.at(sum)));
    }
    scene.path(curve, Stroke::solid(theme.green, 1.3));
    foot(histogram, frame, &mut scene, &x, bottom);
    marks(histogram, frame, &mut scene, &x, (top, bottom));
    scene
}

/// Dates or amounts along the foot.
fn foot(histogram: &Histogram, frame: &mut Frame<'_>, scene: &mut Scene, x: &Scale, bottom: f32) {
    let muted = frame.theme.muted;
    let mut tick = |at: f32, text: String, line: f32| {
        if line < 11.0 {
            scene.line((at, bottom), (at, bottom + 3.0), Stroke::solid(tint(muted, 0.7), 0.4));
        }
        scene.label(Label::new((at, bottom + line), text, muted, Anchor::Middle));
    };
    match &histogram.over {
        // Equal classes of working days, so that a weekend does not tear the bars apart; named where there is room.
        Over::Dates(days) => {
            let mut free = f32::NEG_INFINITY;
            for ((.., end, _), day) in histogram.classes.iter().zip(days) {
                let at = x.at(*end);
                if at >= free {
                    free = at + 38.0;
                    tick(at, day.format("%-d %b").to_string(), 10.0);
                }
            }
        }
        Over::Amounts(kind, name) => {
            let ticks = axis::ticks(x.low, x.high, 6);
            let (.., step) = axis::extent(&ticks);
            let unit = Unit::of(*kind, name, x.high.abs(), step);
            for value in ticks.into_iter().filter(|value| (x.low..=x.high).contains(value)) {
                tick(x.at(value), unit.tick(value, frame.format), 10.0);
            }
            scene.label(Label::new((x.start, bottom + 18.0), unit.name, muted, Anchor::Start));
        }
    }
}

/// Lines down at named values, their names in rows over the plot so that they keep clear of each other.
fn marks(
    histogram: &Histogram,
    frame: &mut Frame<'_>,
    scene: &mut Scene,
    x: &Scale,
    (top, bottom): (f32, f32),
) {
    let (mut ends, mut before) = ([f32::NEG_INFINITY; 2], f32::NEG_INFINITY);
    for (at, text) in &histogram.marks {
        let at = x.at(at.clamp(x.low, x.high));
        let width = (frame.measure)(text, TEXT, true);
        let left = (at - width / 2.0).clamp(0.0, (frame.width - width).max(0.0));
        let row = usize::from(left < ends[0] + 6.0);
        // The line of the mark before passes beside a name in the lower row.
        let left = if row == 1 { left.max(before + 3.0).min(frame.width - width) } else { left };
        before = at;
        ends[row] = left + width;
        let y = if row == 0 { top - 12.0 } else { top - 3.0 };
        scene.line((at, y + 1.5), (at, bottom), Stroke::dashed(frame.theme.ink, 0.7, (2.5, 1.8)));
        scene.label(Label::new((left, y), text, frame.theme.ink, Anchor::Start).bold());
    }
}
