//! A distribution: bars of equal width, the cumulative curve over them, named values as lines down.

use crate::document::{Histogram, Over, Value};

use super::axis::{self, Scale, Unit};
use super::{Anchor, Frame, Label, Scene, Stroke, TEXT, shade, tint};

/// Height of a row of names.
const ROW: f32 = 9.0;

/// Draws the distribution.
pub(super) fn scene(histogram: &Histogram, frame: &mut Frame<'_>) -> Scene {
    let mut scene = Scene::default();
    let (Some(first), Some(last)) = (histogram.classes.first(), histogram.classes.last()) else {
        return scene;
    };
    let x = Scale { low: first.0, high: last.1, start: 34.0, end: frame.width - 34.0 };
    let names = rows(histogram, frame, &x);
    #[expect(clippy::cast_precision_loss, reason = "a handful of rows")]
    let over = names.iter().map(|name| name.row + 1).max().unwrap_or(0) as f32;
    let (top, bottom) = (4.0 + ROW * over.max(2.0), frame.height - 20.0);
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
    marks(&names, frame, &mut scene, (top, bottom));
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
                    tick(at, frame.format.short_day(*day), 10.0);
                }
            }
        }
        Over::Amounts(kind, name) => {
            let ticks = axis::ticks(x.low, x.high, 6);
            let (.., step) = axis::extent(&ticks);
            let unit = Unit::of(*kind, name, x.high.abs(), step, frame.format);
            for value in ticks.into_iter().filter(|value| (x.low..=x.high).contains(value)) {
                tick(x.at(value), unit.tick(value, frame.format), 10.0);
            }
            scene.label(Label::new((x.start, bottom + 18.0), unit.name, muted, Anchor::Start));
        }
    }
}

/// A name over the plot: its left end, its row from the top, where its line goes down.
struct Name<'a> {
    left: f32,
    row: usize,
    at: f32,
    text: &'a str,
}

/// Names in as many rows as it takes that they keep clear of each other and of the lines of others.
fn rows<'a>(histogram: &'a Histogram, frame: &mut Frame<'_>, x: &Scale) -> Vec<Name<'a>> {
    let mut names: Vec<(Name<'a>, f32)> = Vec::new();
    for (value, text) in &histogram.marks {
        let at = x.at(value.clamp(x.low, x.high));
        let width = (frame.measure)(text, TEXT, true);
        let most = (frame.width - width).max(0.0);
        let place = |row: usize| {
            let above = names.iter().filter(|(name, _)| name.row < row).map(|(name, _)| name.at + 3.0);
            above.fold((at - width / 2.0).clamp(0.0, most), f32::max)
        };
        let is_clear = |row: usize| {
            let left = place(row);
            left <= most
                && names.iter().all(|(name, end)| match name.row {
                    beside if beside == row => left >= end + 6.0,
                    below if below > row => at > end + 2.0 || at + 2.0 < name.left,
                    _ => true,
                })
        };
        let next = names.iter().map(|(name, _)| name.row + 1).max().unwrap_or(0);
        let row = (0..=next).find(|row| is_clear(*row)).unwrap_or(next);
        let left = place(row).min(most);
        names.push((Name { left, row, at, text }, left + width));
    }
    names.into_iter().map(|(name, _)| name).collect()
}

/// Lines down at named values, their names over the plot.
fn marks(names: &[Name<'_>], frame: &Frame<'_>, scene: &mut Scene, (top, bottom): (f32, f32)) {
    let count = names.iter().map(|name| name.row + 1).max().unwrap_or(0);
    for name in names {
        #[expect(clippy::cast_precision_loss, reason = "a handful of rows")]
        let y = top - 3.0 - ROW * (count - 1 - name.row) as f32;
        scene.line((name.at, y + 1.5), (name.at, bottom), Stroke::dashed(frame.theme.ink, 0.7, (2.5, 1.8)));
        scene.label(Label::new((name.left, y), name.text, frame.theme.ink, Anchor::Start).bold());
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::document::{Format, Kind, Theme};

    #[test]
    fn names_keep_clear_of_each_other_and_of_the_lines() {
        let (theme, format) = (Theme::default(), Format::default());
        let mut measure =
            |text: &str, size: f32, _: bool| size * 0.5 * text.chars().map(|_| 1.0).sum::<f32>();
        let mut frame =
            Frame { width: 240.0, height: 130.0, theme: &theme, format: &format, measure: &mut measure };
        let marks = [10.0, 12.0, 13.0, 40.0].map(|at| (at, "P50 16 July 2026".to_owned()));
        let histogram = Histogram {
            over: Over::Amounts(Kind::Count, String::new()),
            classes: Vec::new(),
            marks: marks.into(),
        };
        let x = Scale { low: 0.0, high: 50.0, start: 34.0, end: 206.0 };
        let names = rows(&histogram, &mut frame, &x);
        let wide = 16.0 * TEXT * 0.5;
        for (number, name) in names.iter().enumerate() {
            for other in &names[..number] {
                let apart = name.left >= other.left + wide || other.left >= name.left + wide;
                assert!(name.row != other.row || apart);
                let (upper, lower) = if name.row < other.row { (name, other) } else { (other, name) };
                let crossed = (lower.left..lower.left + wide).contains(&upper.at);
                assert!(upper.row == lower.row || !crossed, "{} through {}", upper.at, lower.left);
            }
        }
        assert_eq!(names.iter().map(|name| name.row).collect::<Vec<_>>(), [0, 1, 2, 0]);
    }
}
