//! Amounts by category, as horizontal bars with their values at the ends.

use crate::document::{Bars, Kind, Rgb, Role, Theme};

use super::axis::{self, Scale, Unit};
use super::{Anchor, Frame, Label, Mark, Outline, Scene, Shape, Stroke, TEXT, role_colour, tint};

/// Height of a bar.
const BAR: f32 = 8.0;

/// Space between categories.
const GAP: f32 = 6.0;

/// The height all bars need.
pub(super) fn height(bars: &Bars) -> f32 {
    let per = if bars.stacked { 1 } else { bars.series.len().max(1) };
    #[expect(clippy::cast_precision_loss, reason = "rows of a chart")]
    let rows = bars.categories.len() as f32 * (per as f32 * BAR + GAP);
    34.0 + rows
}

/// Draws bars.
pub(super) fn scene(bars: &Bars, frame: &mut Frame<'_>) -> Scene {
    let mut scene = Scene::default();
    let value = |series: usize, category: usize| {
        bars.series
            .get(series)
            .and_then(|(_, _, values)| values.get(category))
            .copied()
            .filter(|v| v.is_finite())
            .unwrap_or(0.0)
    };
    let (mut low, mut high) = (0.0_f64, 0.0_f64);
    for category in 0..bars.categories.len() {
        let values: Vec<f64> = (0..bars.series.len()).map(|series| value(series, category)).collect();
        if bars.stacked {
            high = high.max(values.iter().filter(|v| **v > 0.0).sum());
            low = low.min(values.iter().filter(|v| **v < 0.0).sum());
        } else {
            high = values.iter().copied().fold(high, f64::max);
            low = values.iter().copied().fold(low, f64::min);
        }
    }
    let ticks = axis::ticks(low, high.max(low + 1e-9), 5);
    let (first, last, step) = axis::extent(&ticks);
    let unit = Unit::of(bars.kind, &bars.unit, last.abs().max(first.abs()), step, frame.format);
    let names = bars.categories.iter().map(|name| (frame.measure)(name, TEXT, false));
    let gutter = names.fold(0.0, f32::max);
    // The unit stands left of the first tick, which is centred under its line.
    let gutter = gutter.max((frame.measure)(&unit.name, TEXT, false) + 10.0);
    let gutter = gutter.min(frame.width * 0.32) + 8.0;
    let x = Scale { low: first, high: last, start: gutter, end: frame.width - 46.0 };
    let (muted, hair) = (frame.theme.muted, tint(frame.theme.muted, 0.25));
    let per = if bars.stacked { 1 } else { bars.series.len().max(1) };
    #[expect(clippy::cast_precision_loss, reason = "rows of a chart")]
    let pitch = ((frame.height - 34.0) / bars.categories.len().max(1) as f32).min(per as f32 * BAR + GAP);
    #[expect(clippy::cast_precision_loss, reason = "rows of a chart")]
    let bar = ((pitch - GAP.min(pitch * 0.4)) / per as f32).max(0.5);
    #[expect(clippy::cast_precision_loss, reason = "rows of a chart")]
    let bottom = 22.0 + pitch * bars.categories.len() as f32;

    key(bars, frame, &mut scene, gutter);
    for tick in &ticks {
        let at = x.at(*tick);
        scene.line(
            (at, 18.0),
            (at, bottom),
            Stroke::solid(if tick.abs() < step * 1e-6 { tint(muted, 0.7) } else { hair }, 0.4),
        );
        scene.label(Label::new((at, bottom + 9.0), unit.tick(*tick, frame.format), muted, Anchor::Middle));
    }
    scene
        .label(Label::new((gutter - 18.0, bottom + 9.0), &unit.name, muted, Anchor::End).most(gutter - 18.0));
    for (row, name) in bars.categories.iter().enumerate() {
        #[expect(clippy::cast_precision_loss, reason = "rows of a chart")]
        let top = 22.0 + pitch * row as f32;
        #[expect(clippy::cast_precision_loss, reason = "rows of a chart")]
        let middle = top + bar * per as f32 / 2.0;
        scene.label(
            Label::new((gutter - 8.0, middle + TEXT * 0.36), name, frame.theme.ink, Anchor::End)
                .most(gutter - 8.0),
        );
        let (mut up, mut down) = (0.0, 0.0);
        for (index, (_, role, _)) in bars.series.iter().enumerate() {
            let amount = value(index, row);
            let (from, to, y) = if bars.stacked {
                let base = if amount < 0.0 { &mut down } else { &mut up };
                let from = *base;
                *base += amount;
                (from, *base, top)
            } else {
                #[expect(clippy::cast_precision_loss, reason = "a handful of series")]
                let y = top + bar * index as f32;
                (0.0, amount, y)
            };
            let (left, right) = (x.at(from).min(x.at(to)), x.at(from).max(x.at(to)));
            bar_shape(&mut scene, (left, y + 0.5), (right - left, bar - 1.0), *role, frame.theme);
            if !bars.stacked && bar >= 5.0 && amount != 0.0 {
                let (at, anchor) =
                    if amount < 0.0 { (left - 3.0, Anchor::End) } else { (right + 3.0, Anchor::Start) };
                let text = unit.value(amount, bars.kind, frame.format);
                scene.label(Label::new((at, y + bar / 2.0 + 2.2), text, muted, anchor).size(6.2));
            }
        }
        let ends = [(up, 3.0, Anchor::Start), (down, -3.0, Anchor::End)];
        let ends = ends.into_iter().filter(|(sum, ..)| *sum != 0.0);
        for (sum, away, anchor) in ends.filter(|_| bars.stacked && bars.kind != Kind::Percent) {
            let text = unit.value(sum, bars.kind, frame.format);
            let at = (x.at(sum) + away, middle + TEXT * 0.36);
            scene.label(Label::new(at, text, muted, anchor).size(6.2));
        }
    }
    scene
}

/// The inside of a bar: no two roles have the same. What is forecast is pale in an outline.
fn fill(role: Role, theme: &Theme) -> Rgb {
    match role {
        Role::Forecast => tint(role_colour(role, theme), 0.3),
        _ => role_colour(role, theme),
    }
}

fn bar_shape(scene: &mut Scene, (x, y): (f32, f32), (width, height): (f32, f32), role: Role, theme: &Theme) {
    let stroke = (role == Role::Forecast).then(|| Stroke::solid(role_colour(role, theme), 0.6));
    let outline = Outline::Rectangle { x, y, width, height };
    scene.marks.push(Mark::Shape(Shape { outline, fill: Some(fill(role, theme)), stroke }));
}

/// The series' names in their colours, over the bars in the order they are drawn.
fn key(bars: &Bars, frame: &mut Frame<'_>, scene: &mut Scene, left: f32) {
    let mut at = left;
    if bars.series.len() < 2 {
        return;
    }
    for (name, role, _) in &bars.series {
        let colour = role_colour(*role, frame.theme);
        bar_shape(scene, (at, 3.0), (6.0, 6.0), *role, frame.theme);
        scene.label(Label::new((at + 9.0, 8.5), name, colour, Anchor::Start).bold());
        at += 9.0 + (frame.measure)(name, TEXT, true) + 14.0;
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn no_two_roles_look_the_same() {
        let theme = Theme::default();
        let roles = [Role::Planned, Role::Earned, Role::Actual, Role::Forecast, Role::Other];
        for (at, one) in roles.iter().enumerate() {
            for other in &roles[at + 1..] {
                assert_ne!(fill(*one, &theme), fill(*other, &theme), "{one:?} and {other:?}");
            }
        }
    }
}
