//! How a figure becomes another: levels as bars from the axis, changes as pieces between them, one below the
//! other so that long names have room.

use crate::document::{Part, Rgb, Theme, Waterfall};

use super::axis::{self, Scale, Unit};
use super::{Anchor, Frame, Label, Mark, Outline, Scene, Shape, Stroke, TEXT, WHITE, tint};

/// Height of a bar and of the space under it.
const BAR: f32 = 9.0;
const GAP: f32 = 5.0;

/// The room of the names at most, as a share of the width.
const NAMES: f32 = 0.42;

/// The height all steps need.
#[expect(clippy::cast_precision_loss, reason = "rows of a chart")]
pub(super) fn height(waterfall: &Waterfall) -> f32 {
    26.0 + waterfall.steps.len() as f32 * (BAR + GAP)
}

/// Draws the steps.
pub(super) fn scene(waterfall: &Waterfall, frame: &mut Frame<'_>) -> Scene {
    let mut scene = Scene::default();
    let spans = waterfall.spans();
    let ends = || spans.iter().map(|(_, end)| *end).filter(|end| end.is_finite());
    let floor = waterfall.floor();
    let (low, high) = (ends().fold(floor, f64::min), ends().fold(floor, f64::max));
    let ticks = axis::ticks(low, high.max(low + 1e-9), 5);
    let (first, last, step) = axis::extent(&ticks);
    let unit = Unit::of(waterfall.kind, &waterfall.unit, last.abs().max(first.abs()), step, frame.format);
    let names = waterfall.steps.iter().map(|step| (frame.measure)(&step.label, TEXT, true));
    let gutter = names.fold(0.0, f32::max).min(frame.width * NAMES) + 8.0;
    let x = Scale { low: first, high: last, start: gutter, end: frame.width - 52.0 };
    let theme = frame.theme;
    let (muted, hair) = (theme.muted, tint(theme.muted, 0.25));
    #[expect(clippy::cast_precision_loss, reason = "rows of a chart")]
    let count = waterfall.steps.len().max(1) as f32;
    let pitch = ((frame.height - 26.0) / count).min(BAR + GAP);
    let bar = (pitch - GAP.min(pitch * 0.4)).max(0.5);
    let (top, bottom) = (6.0, 6.0 + pitch * count);
    for tick in &ticks {
        let at = x.at(*tick);
        scene.line((at, top - 2.0), (at, bottom), Stroke::solid(hair, 0.4));
        scene.label(Label::new((at, bottom + 9.0), unit.tick(*tick, frame.format), muted, Anchor::Middle));
    }
    // The first tick reaches to the left of the axis.
    let clear = gutter - 20.0;
    scene.label(Label::new((clear, bottom + 9.0), &unit.name, muted, Anchor::End).most(clear));
    let mut y = top;
    for (index, (step, (from, to))) in waterfall.steps.iter().zip(&spans).enumerate() {
        let level = step.part == Part::Level;
        let from = if level { first.max(0.0) } else { *from };
        let (left, right) = (x.at(from).min(x.at(*to)), x.at(from).max(x.at(*to)));
        let (fill, stroke) = inks(step.part, step.amount, theme);
        let outline = Outline::Rectangle { x: left, y, width: (right - left).max(0.6), height: bar };
        scene.marks.push(Mark::Shape(Shape { outline, fill: Some(fill), stroke }));
        if level && first > 0.0 {
            broken(&mut scene, (left + 5.0, y), bar);
        }
        if index + 1 < waterfall.steps.len() {
            let at = x.at(*to);
            scene.line((at, y + bar), (at, y + pitch), Stroke::solid(tint(muted, 0.6), 0.4));
        }
        let words = y + bar / 2.0 + TEXT * 0.36;
        let value = Label::new((right + 4.0, words), step.figure(frame.format), theme.ink, Anchor::Start);
        let name = Label::new((gutter - 8.0, words), &step.label, theme.ink, Anchor::End).most(gutter - 8.0);
        scene.label(value.bold_if(level));
        scene.label(name.bold_if(level));
        y += pitch;
    }
    scene
}

/// Fill and outline: what adds is red, what saves is green, what is not certain is pale in an outline.
fn inks(part: Part, amount: f64, theme: &Theme) -> (Rgb, Option<Stroke>) {
    let colour = if amount < 0.0 { theme.green } else { theme.red };
    match part {
        Part::Level => (theme.accent, None),
        Part::Change => (colour, None),
        Part::Possible => (tint(colour, 0.25), Some(Stroke::dashed(colour, 0.6, (2.0, 1.4)))),
    }
}

/// Two cuts through a bar whose foot is not shown.
fn broken(scene: &mut Scene, (x, y): (f32, f32), bar: f32) {
    for shift in [0.0, 3.0] {
        let (x, lean) = (x + shift, 1.6);
        scene.area(
            vec![
                (x + lean, y - 0.5),
                (x + lean + 1.3, y - 0.5),
                (x + 1.3 - lean, y + bar + 0.5),
                (x - lean, y + bar + 0.5),
            ],
            WHITE,
        );
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::document::{Format, Kind, WaterfallStep};

    #[test]
    fn every_step_begins_where_the_one_before_ends() {
        let step = |amount, part| WaterfallStep { label: "step".to_owned(), amount, part };
        let waterfall = Waterfall {
            kind: Kind::Money,
            unit: "EUR".to_owned(),
            steps: vec![step(100.0, Part::Level), step(20.0, Part::Change), step(-50.0, Part::Possible)],
        };
        let (theme, format) = (Theme::default(), Format::default());
        let mut measure =
            |text: &str, size: f32, _: bool| f32::from(u8::try_from(text.len()).unwrap()) * size / 2.0;
        let mut frame = Frame {
            width: 400.0,
            height: height(&waterfall),
            theme: &theme,
            format: &format,
            measure: &mut measure,
        };
        let bars: Vec<(f32, f32)> = scene(&waterfall, &mut frame)
            .marks
            .into_iter()
            .filter_map(|mark| match mark {
                Mark::Shape(Shape { outline: Outline::Rectangle { x, width, .. }, .. }) => {
                    Some((x, x + width))
                }
                _ => None,
            })
            .collect();
        let near = |a: f32, b: f32| assert!((a - b).abs() < 0.01, "{a} and {b}");
        assert_eq!(bars.len(), 3);
        near(bars[1].0, bars[0].1);
        near(bars[2].1, bars[1].1);
    }
}
