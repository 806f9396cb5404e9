//! Links between the bars of a schedule: from the end of one across and down into the other, as planning
//! tools draw them.

use super::super::axis::{Scale, day_number};
use super::super::{Frame, Mark, Outline, Scene, Shape, Stroke, tint};
use super::{HEAD, ROW};
use crate::document::{Gantt, GanttLink, GanttRow, Rgb};

/// How far a link leads away from a bar before it turns.
const STEP: f32 = 3.0;

/// Which of the rows shown a link leaves to the right.
pub(super) fn leading(gantt: &Gantt, shown: usize, first: usize) -> Vec<bool> {
    let mut leads = vec![false; shown];
    for link in gantt.links.iter().filter(|link| link.finishes.0) {
        let inside = |row: usize| row.checked_sub(first).filter(|row| *row < shown);
        if let (Some(before), Some(_)) = (inside(link.rows.0), inside(link.rows.1)) {
            leads[before] = true;
        }
    }
    leads
}

/// Draws the links whose two rows are among those shown.
pub(super) fn draw(
    gantt: &Gantt,
    rows: &[&GanttRow],
    first: usize,
    frame: &Frame<'_>,
    scene: &mut Scene,
    x: &Scale,
) {
    // Those of the critical path last, so that they lie on top.
    for critical in [false, true] {
        for link in gantt.links.iter().filter(|link| link.critical == critical) {
            let shown = |row: usize| Some((row.checked_sub(first)?, *rows.get(row.checked_sub(first)?)?));
            if let (Some(before), Some(after)) = (shown(link.rows.0), shown(link.rows.1)) {
                let colour = if critical { frame.theme.red } else { tint(frame.theme.muted, 0.85) };
                one(link, before, after, colour, scene, x);
            }
        }
    }
}

fn one(
    link: &GanttLink,
    (from, before): (usize, &GanttRow),
    (to, after): (usize, &GanttRow),
    colour: Rgb,
    scene: &mut Scene,
    x: &Scale,
) {
    let (Some(begin), Some(end)) = (edge(before, link.finishes.0, x), edge(after, link.finishes.1, x)) else {
        return;
    };
    let (top, bottom) = (middle(from), middle(to));
    let down = to > from;
    let leave = if link.finishes.0 { STEP } else { -STEP };
    let mut points = vec![(begin, top)];
    if !link.finishes.1 && link.finishes.0 && end + 1.0 >= begin {
        // Straight into the start of the bar from above or below.
        let turn = (end + 1.5).max(begin + 0.5);
        let reach = bottom + if down { -3.6 } else { 3.0 };
        points.extend([(turn, top), (turn, reach)]);
        head(scene, (turn, reach), if down { (0.0, 1.0) } else { (0.0, -1.0) }, colour);
    } else {
        // Out of the one bar, between the rows, and into the other from its side.
        let turn = begin + leave;
        let enter = end + if link.finishes.1 { STEP } else { -STEP };
        let between = bottom + if down { -ROW / 2.0 } else { ROW / 2.0 };
        points.extend([(turn, top), (turn, between), (enter, between), (enter, bottom), (end, bottom)]);
        head(scene, (end, bottom), if link.finishes.1 { (-1.0, 0.0) } else { (1.0, 0.0) }, colour);
    }
    let outline = Outline::Path { points, closed: false };
    scene.marks.push(Mark::Shape(Shape { outline, fill: None, stroke: Some(Stroke::solid(colour, 0.45)) }));
}

/// The height of the middle of a bar.
fn middle(row: usize) -> f32 {
    #[expect(clippy::cast_precision_loss, reason = "rows of a page")]
    let row = row as f32;
    HEAD + row * ROW + ROW / 2.0 - 0.9
}

/// Where a row's bar starts or ends; `None` when it has none.
fn edge(row: &GanttRow, finish: bool, x: &Scale) -> Option<f32> {
    let spans = row.actual.into_iter().chain(row.remaining);
    if row.milestone {
        let (_, day) = row.actual.or(row.remaining)?;
        return Some(x.day(day) + 0.8 + if finish { 3.0 } else { -3.0 });
    }
    let (from, to) = spans.reduce(|a, b| (a.0.min(b.0), a.1.max(b.1)))?;
    let at = if finish { x.at(day_number(to) + 1.0) } else { x.day(from) };
    Some(at.clamp(x.start, x.end))
}

/// An arrow head that points in a direction.
fn head(scene: &mut Scene, (x, y): (f32, f32), (dx, dy): (f32, f32), colour: Rgb) {
    let (long, wide) = (2.2, 1.2);
    let back = (x - dx * long, y - dy * long);
    scene.area(
        vec![(x, y), (back.0 - dy * wide, back.1 + dx * wide), (back.0 + dy * wide, back.1 - dx * wide)],
        colour,
    );
}
