//! Values over time: the S-curve, indices, burn rates.

use chrono::NaiveDate;

use crate::document::{Format, Kind, Lines, Role, Series};

use super::axis::{self, Scale, Unit};
use super::place::{self, Wish};
use super::{Anchor, Frame, Label, Scene, Stroke, TEXT, WHITE, role_colour, shade, tint};

/// Draws lines with their names at their ends.
pub(super) fn scene(lines: &Lines, frame: &mut Frame<'_>) -> Scene {
    let mut scene = Scene::default();
    let days = || {
        let points = lines.series.iter().flat_map(|series| &series.points).map(|(day, _)| *day);
        points
            .chain(lines.marks.iter().map(|(day, _)| *day))
            .chain(lines.cone.iter().flat_map(|cone| [cone.from.0, cone.low.0, cone.high.0]))
    };
    let (Some(from), Some(to)) = (days().min(), days().max()) else {
        let centre = (frame.width / 2.0, frame.height / 2.0);
        scene.label(Label::new(
            centre,
            frame.format.word(word!("No data to draw")),
            frame.theme.muted,
            Anchor::Middle,
        ));
        return scene;
    };
    let (low, high) = range(lines);
    #[expect(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "a handful")]
    let wanted = ((frame.height / 34.0) as usize).clamp(2, 6);
    let ticks = axis::ticks(low, high, wanted);
    let (bottom_value, top_value, step) = axis::extent(&ticks);
    let unit = Unit::of(lines.kind, &lines.unit, top_value.abs().max(bottom_value.abs()), step, frame.format);
    let labels: Vec<String> = ticks.iter().map(|tick| unit.tick(*tick, frame.format)).collect();
    let gutter = labels.iter().map(|label| (frame.measure)(label, TEXT, false)).fold(12.0, f32::max) + 6.0;
    // A line that runs to the right edge has its name beyond it.
    let (first, end) = (axis::day_number(from), axis::day_number(to));
    let near_end = |series: &&Series| {
        series.points.last().is_some_and(|(day, _)| axis::day_number(*day) > end - 0.12 * (end - first))
    };
    let names =
        lines.series.iter().filter(near_end).map(|series| end_label(series, &unit, lines.kind, frame.format));
    let names: Vec<String> = names.chain(lines.cone.iter().map(|cone| cone.label.clone())).collect();
    let tail = names.iter().map(|name| (frame.measure)(name, TEXT, true)).fold(0.0, f32::max);
    let right = (frame.width - (tail + 10.0).min(frame.width * 0.4)).max(gutter + 40.0);
    let top = 14.0;
    let bottom = frame.height - 20.0;
    let x = Scale::of_days((from, to), (gutter, right));
    let y = Scale { low: bottom_value, high: top_value, start: bottom, end: top };
    let muted = frame.theme.muted;
    scene.label(Label::new((0.0, 6.0), &unit.name, muted, Anchor::Start));
    grid(frame, &mut scene, (&x, &y), (&ticks, &labels));
    calendar(frame, &mut scene, &x, (from, to), bottom);
    let mut taken = Vec::new();
    cone(lines, frame, &mut scene, &x, &y);
    levels(lines, frame, &mut scene, (&x, &y), &mut taken);
    // Their names stand beside the unit, not over it.
    let free = (frame.measure)(&unit.name, TEXT, false) + 6.0;
    vertical_marks(lines, frame, &mut scene, (&x, free), (top, bottom), &mut taken);

    let mut drawn = Vec::new();
    let mut wishes = Vec::new();
    for series in &lines.series {
        let colour = role_colour(series.role, frame.theme);
        let points: Vec<(f32, f32)> = finite(series).map(|(day, value)| (x.day(day), y.at(value))).collect();
        let stroke = match series.role {
            Role::Forecast => Stroke::dashed(colour, 1.1, (3.5, 2.2)),
            Role::Other => Stroke::solid(colour, 0.9),
            Role::Planned => Stroke::solid(colour, 1.3),
            Role::Earned | Role::Actual => Stroke::solid(colour, 1.6),
        };
        if let Some(&last) = points.last() {
            if points.len() > 1 {
                scene.path(points.clone(), stroke);
            }
            scene.dot(last, 2.2, colour, Some(Stroke::solid(WHITE, 0.7)));
            wishes.push(Wish {
                at: last,
                text: end_label(series, &unit, lines.kind, frame.format),
                colour: shade(colour),
            });
        }
        drawn.push(points);
    }
    drawn.extend(obstacles(lines, (&x, &y), (top, bottom)));
    if let Some(cone) = &lines.cone {
        let middle = f64::midpoint(cone.low.1, cone.high.1);
        let at = (x.day(cone.low.0.max(cone.high.0)), y.at(middle));
        wishes.push(Wish { at, text: cone.label.clone(), colour: shade(frame.theme.red) });
    }
    place::place(
        &mut scene,
        frame,
        (gutter + 2.0, top - 10.0, frame.width, bottom),
        &wishes,
        &drawn,
        &mut taken,
    );
    scene
}

/// Hairlines across, each with its value at the left.
fn grid(
    frame: &Frame<'_>,
    scene: &mut Scene,
    (x, y): (&Scale, &Scale),
    (ticks, labels): (&[f64], &[String]),
) {
    let muted = frame.theme.muted;
    let (.., step) = axis::extent(ticks);
    for (tick, label) in ticks.iter().zip(labels) {
        let at = y.at(*tick);
        let zero = tick.abs() < step * 1e-6;
        let stroke =
            if zero { Stroke::solid(tint(muted, 0.7), 0.5) } else { Stroke::solid(tint(muted, 0.25), 0.4) };
        scene.line((x.start, at), (x.end, at), stroke);
        scene.label(Label::new((x.start - 5.0, at + TEXT * 0.36), label, muted, Anchor::End));
    }
}

/// Days, months or years along the foot.
pub(super) fn calendar(
    frame: &Frame<'_>,
    scene: &mut Scene,
    x: &Scale,
    (from, to): (NaiveDate, NaiveDate),
    bottom: f32,
) {
    let muted = frame.theme.muted;
    for tick in axis::day_ticks((from, to), x.end - x.start, 38.0, frame.format) {
        let at = x.day(tick.day);
        scene.line((at, bottom), (at, bottom + 3.0), Stroke::solid(tint(muted, 0.7), 0.4));
        scene.label(Label::new((at, bottom + 10.0), tick.label, muted, Anchor::Middle));
        if let Some(year) = tick.year {
            scene.label(Label::new((at, bottom + 18.0), year, muted, Anchor::Middle));
        }
    }
}

/// Thresholds across, each with its name at the left.
fn levels(
    lines: &Lines,
    frame: &mut Frame<'_>,
    scene: &mut Scene,
    (x, y): (&Scale, &Scale),
    taken: &mut Vec<(f32, f32, f32, f32)>,
) {
    let muted = frame.theme.muted;
    for (value, name) in &lines.levels {
        let at = y.at(*value);
        scene.line((x.start, at), (x.end, at), Stroke::dashed(tint(muted, 0.8), 0.6, (3.0, 2.0)));
        let wide = (frame.measure)(name, TEXT, false);
        scene.label(Label::new((x.start + 2.0, at - 2.5), name, muted, Anchor::Start));
        taken.push((x.start, at - 9.0, x.start + wide + 4.0, at));
    }
}

/// What the names at the ends of lines keep clear of besides the lines.
fn obstacles(
    lines: &Lines,
    (x, y): (&Scale, &Scale),
    (top, bottom): (f32, f32),
) -> impl Iterator<Item = Vec<(f32, f32)>> {
    let levels = lines.levels.iter().map(|(value, _)| vec![(x.start, y.at(*value)), (x.end, y.at(*value))]);
    let marks = lines.marks.iter().map(move |(day, _)| vec![(x.day(*day), top), (x.day(*day), bottom)]);
    let cone = lines.cone.iter().flat_map(|cone| {
        let from = (x.day(cone.from.0), y.at(cone.from.1));
        [cone.low, cone.high].map(|(day, value)| vec![from, (x.day(day), y.at(value))])
    });
    levels.chain(marks).chain(cone)
}

fn finite(series: &Series) -> impl Iterator<Item = (NaiveDate, f64)> {
    series.points.iter().copied().filter(|(_, value)| value.is_finite())
}

fn end_label(series: &Series, unit: &Unit, kind: Kind, format: &Format) -> String {
    match finite(series).last() {
        Some((_, value)) => format!("{} {}", series.name, unit.value(value, kind, format)),
        None => series.name.clone(),
    }
}

/// The lowest and highest value drawn.
fn range(lines: &Lines) -> (f64, f64) {
    let values = lines.series.iter().flat_map(finite).map(|(_, value)| value);
    let all = values
        .chain(lines.levels.iter().map(|(value, _)| *value))
        .chain(lines.cone.iter().flat_map(|cone| [cone.from.1, cone.low.1, cone.high.1]))
        .filter(|value| value.is_finite());
    let (low, high) =
        all.fold((f64::INFINITY, f64::NEG_INFINITY), |(low, high), value| (low.min(value), high.max(value)));
    if low > high {
        return (0.0, 1.0);
    }
    if lines.from_zero {
        return (low.min(0.0), high.max(0.0));
    }
    let air = ((high - low) * 0.08).max(high.abs() * 0.01);
    (low - air, high + air)
}

fn cone(lines: &Lines, frame: &Frame<'_>, scene: &mut Scene, x: &Scale, y: &Scale) {
    let Some(cone) = &lines.cone else { return };
    let place = |(day, value): (NaiveDate, f64)| (x.day(day), y.at(value));
    let (from, low, high) = (place(cone.from), place(cone.low), place(cone.high));
    scene.area(vec![from, high, low], tint(frame.theme.red, 0.14));
    for end in [low, high] {
        scene.line(from, end, Stroke::dashed(tint(frame.theme.red, 0.7), 0.7, (2.5, 1.8)));
    }
    scene.line(low, high, Stroke::solid(tint(frame.theme.red, 0.7), 1.4));
}

/// Vertical lines with their names on top, the names pushed apart.
fn vertical_marks(
    lines: &Lines,
    frame: &mut Frame<'_>,
    scene: &mut Scene,
    (x, free): (&Scale, f32),
    (top, bottom): (f32, f32),
    taken: &mut Vec<(f32, f32, f32, f32)>,
) {
    let mut marks: Vec<_> = lines.marks.iter().collect();
    marks.sort_by_key(|(day, _)| *day);
    let mut free = free.max(x.start - 10.0);
    for (day, name) in marks {
        let at = x.day(*day);
        let wide = (frame.measure)(name, TEXT, false);
        scene.line((at, top - 4.0), (at, bottom), Stroke::solid(tint(frame.theme.ink, 0.55), 0.6));
        let left = (at - wide / 2.0).max(free).min((frame.width - wide).max(0.0));
        let line = if left < free - 0.5 { top + 4.0 } else { top - 7.0 };
        scene.label(Label::new((left, line), name, frame.theme.ink, Anchor::Start));
        taken.push((left, line - 7.0, left + wide, line + 2.0));
        free = left + wide + 8.0;
    }
}
