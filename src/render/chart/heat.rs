//! A heat map: a field of cells with their figures.

use chrono::{Datelike, Days, NaiveDate};

use super::{Anchor, Frame, Label, Scene, Stroke, tint};
use crate::document::{Heat, HeatCell, HeatMap, Rgb, Theme};
use crate::language::Part;

/// Height of a row.
const ROW: f32 = 14.0;
/// Size of the figures.
const FIGURE: f32 = 6.0;
/// The widest cell.
const WIDEST: f32 = 34.0;
/// Over the cells: what the sides are, months, days.
const HEAD: f32 = 29.0;
/// Below them: what the colours mean.
const FOOT: f32 = 15.0;

/// The height all rows need.
pub(super) fn height(map: &HeatMap) -> f32 {
    HEAD + ROW * f32::from(u16::try_from(map.rows.len()).unwrap_or(u16::MAX)) + FOOT
}

/// Draws the field.
pub(super) fn scene(map: &HeatMap, frame: &mut Frame<'_>) -> Scene {
    let mut scene = Scene::default();
    let rows = f32::from(u16::try_from(map.rows.len().max(1)).unwrap_or(u16::MAX));
    let columns = f32::from(u16::try_from(map.weeks.len().max(1)).unwrap_or(u16::MAX));
    let names =
        map.rows.iter().map(|row| (frame.measure)(&row.label, super::TEXT, row.total)).fold(0.0, f32::max);
    let gutter = names.min(frame.width * 0.26) + 6.0;
    let cell = ((frame.width - gutter) / columns).min(WIDEST);
    let row = ((frame.height - HEAD - FOOT) / rows).min(ROW);
    let bottom = HEAD + row * rows;
    let right = gutter + cell * columns;
    heads(map, frame, &mut scene, (gutter, cell));
    let (mut y, mut x) = (HEAD, gutter);
    for line in &map.rows {
        let ink = frame.theme.ink;
        let name =
            Label::new((gutter - 6.0, y + row / 2.0 + 2.4), &line.label, ink, Anchor::End).most(gutter - 6.0);
        scene.label(name.bold_if(line.total));
        for value in &line.cells {
            field(&mut scene, frame, (x, y), (cell, row), *value, &map.heat);
            x += cell;
        }
        if line.total {
            scene.line((gutter, y), (right, y), Stroke::solid(frame.theme.ink, 0.6));
        }
        (x, y) = (gutter, y + row);
    }
    if let Some(at) = passed(map, gutter, cell) {
        scene.line((at, 3.0), (at, bottom + 2.0), Stroke::solid(frame.theme.ink, 0.8));
    }
    key(map, frame, &mut scene, (gutter, bottom + 10.5));
    scene
}

/// One cell: its colour and its figure.
fn field(
    scene: &mut Scene,
    frame: &Frame<'_>,
    (x, y): (f32, f32),
    (width, height): (f32, f32),
    value: HeatCell,
    heat: &Heat,
) {
    let theme = frame.theme;
    let (fill, text, bold) = match value {
        HeatCell::Nothing => (theme.wash, String::new(), false),
        HeatCell::Share(share) => {
            (colour(share, heat, theme), frame.format.number(share * 100.0, 0), share > heat.over)
        }
        HeatCell::Hours(hours) => {
            (theme.wash, frame.format.say(phrase!("{n} h", n = Part::number(hours, 0))), false)
        }
    };
    scene.rectangle(x + 0.4, y + 0.4, width - 0.8, height - 0.8, fill);
    if !text.is_empty() {
        let at = (x + width / 2.0, y + height / 2.0 + FIGURE * 0.36);
        let ink = if value == HeatCell::Share(0.0) { tint(theme.muted, 0.6) } else { theme.ink };
        let label = Label::new(at, text, ink, Anchor::Middle).size(FIGURE).most(width);
        scene.label(label.bold_if(bold));
    }
}

/// The colours of cells that are far too full, too full, full.
pub(in crate::render) fn inks(theme: &Theme) -> [Rgb; 3] {
    [tint(theme.red, 0.45), tint(theme.amber, 0.5), tint(theme.accent, 0.28)]
}

/// Deeper the fuller; another colour where it is too much.
fn colour(share: f64, heat: &Heat, theme: &Theme) -> Rgb {
    let [far, too, full] = inks(theme);
    if share > heat.red {
        far
    } else if share > heat.over {
        too
    } else if share >= heat.under {
        full
    } else {
        tint(theme.accent, 0.08)
    }
}

/// Months and the days the weeks begin on, and what lies before and after the status date.
fn heads(map: &HeatMap, frame: &mut Frame<'_>, scene: &mut Scene, (gutter, cell): (f32, f32)) {
    let muted = frame.theme.muted;
    let (mut x, mut month) = (gutter, None);
    for week in &map.weeks {
        if month != Some(week.month()) {
            let name = frame.format.day_as(*week, "%b");
            scene.label(Label::new((x + 1.0, HEAD - 11.5), name, muted, Anchor::Start).size(FIGURE));
            month = Some(week.month());
        }
        let day = Label::new((x + cell / 2.0, HEAD - 3.5), week.day().to_string(), muted, Anchor::Middle);
        scene.label(day.size(FIGURE));
        x += cell;
    }
    if let Some(at) = passed(map, gutter, cell) {
        let (before, after) = (&map.sides.0, &map.sides.1);
        let ink = frame.theme.ink;
        if (frame.measure)(before, super::TEXT, true) + 4.0 < at - gutter {
            scene.label(Label::new((at - 4.0, 9.0), before, ink, Anchor::End).bold());
        }
        scene.label(Label::new((at + 4.0, 9.0), after, ink, Anchor::Start).bold().most(frame.width - at));
    }
}

/// Where the status date lies across the columns: the nearest end of a week, so that no figure is crossed.
fn passed(map: &HeatMap, gutter: f32, cell: f32) -> Option<f32> {
    let first: NaiveDate = *map.weeks.first()?;
    let days = map.status.checked_add_days(Days::new(1))?.signed_duration_since(first).num_days();
    let weeks = (f32::from(u16::try_from(days).ok()?) / 7.0).round();
    let columns = f32::from(u16::try_from(map.weeks.len()).ok()?);
    Some(gutter + cell * weeks.min(columns))
}

/// What the colours mean, in words beside them.
fn key(map: &HeatMap, frame: &mut Frame<'_>, scene: &mut Scene, (left, y): (f32, f32)) {
    let Heat { under, over, red } = map.heat;
    let share = |share: f64| Part::percent(share, 0);
    let words = [
        (under / 2.0, phrase!("below {share}", share = share(under))),
        (under.midpoint(over), phrase!("{from} to {to}", from = share(under), to = share(over))),
        (over.midpoint(red), phrase!("above {share}", share = share(over))),
        (red * 2.0, phrase!("above {share}", share = share(red))),
    ];
    let mut x = left;
    for (share, text) in words {
        scene.rectangle(x, y - 5.5, 6.5, 6.5, colour(share, &map.heat, frame.theme));
        let text = frame.format.say(text);
        let wide = (frame.measure)(&text, FIGURE, false);
        scene.label(Label::new((x + 9.0, y), text, frame.theme.muted, Anchor::Start).size(FIGURE));
        x += 9.0 + wide + 12.0;
    }
}
