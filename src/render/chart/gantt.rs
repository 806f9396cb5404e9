//! The schedule: baseline, work done, work left, float, links, deadlines, milestones and the status line, a
//! row a task.

mod links;

use chrono::NaiveDate;

use crate::document::{Gantt, GanttRow};

use super::axis::{self, Scale};
use super::{Anchor, Frame, Label, Mark, Outline, Scene, Shape, Stroke, TEXT, tint};

/// Height of a row.
const ROW: f32 = 12.0;

/// Height of the key and the calendar's head.
const HEAD: f32 = 36.0;

/// The height of so many rows.
pub(super) fn height(rows: usize) -> f32 {
    #[expect(clippy::cast_precision_loss, reason = "rows of a chart")]
    let rows = rows as f32;
    HEAD + rows * ROW + 4.0
}

/// How many rows fit into a height.
#[must_use]
pub(in crate::render) fn rows_that_fit(height: f32) -> usize {
    #[expect(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "rows of a page")]
    let rows = ((height - HEAD - 4.0) / ROW).max(0.0) as usize;
    rows
}

/// Draws the rows from `first` that fit into the frame.
pub(super) fn scene(gantt: &Gantt, frame: &mut Frame<'_>, first: usize) -> Scene {
    let mut scene = Scene::default();
    let rows = gantt.rows.iter().skip(first).take(rows_that_fit(frame.height));
    let rows: Vec<&GanttRow> = rows.collect();
    let names = (frame.width * 0.34).min(190.0);
    let from = axis::day_number(gantt.from);
    let to = axis::day_number(gantt.to).max(from) + 1.0;
    let x = Scale { low: from, high: to, start: names + 8.0, end: frame.width - 26.0 };
    #[expect(clippy::cast_precision_loss, reason = "rows of a page")]
    let bottom = HEAD + rows.len() as f32 * ROW;

    key(gantt, frame, &mut scene);
    calendar(gantt, frame, &mut scene, &x, bottom);
    let codes = rows.iter().map(|row| (frame.measure)(&row.code, TEXT, false)).fold(0.0, f32::max).min(44.0);
    let leads = links::leading(gantt, rows.len(), first);
    let begin = scene.marks.len();
    for (index, row) in rows.iter().enumerate() {
        #[expect(clippy::cast_precision_loss, reason = "rows of a page")]
        let top = HEAD + index as f32 * ROW;
        let hair = Stroke::solid(tint(frame.theme.muted, 0.22), 0.3);
        scene.line((0.0, top + ROW), (frame.width, top + ROW), hair);
        let (baseline, indent) = (top + ROW / 2.0 + TEXT * 0.36, f32::from(row.level.min(8)) * 6.0);
        let code = Label::new((0.0, baseline), &row.code, frame.theme.muted, Anchor::Start);
        scene.label(code.most(codes + 0.5));
        let left = codes + if codes > 0.0 { 6.0 } else { 0.0 } + indent;
        let name = Label::new((left, baseline), &row.label, frame.theme.ink, Anchor::Start);
        let name = name.most((names - left).max(20.0));
        scene.label(if row.summary { name.bold() } else { name });
        let room = if leads[index] { 4.5 } else { 0.0 };
        draw(row, frame, &mut scene, &x, (top, room));
    }
    by_paint(&mut scene.marks[begin..]);
    links::draw(gantt, &rows, first, frame, &mut scene, &x);
    let status = x.at(axis::day_number(gantt.status) + 1.0);
    if status >= x.start && status <= x.end {
        scene.line((status, HEAD - 4.0), (status, bottom), Stroke::solid(frame.theme.ink, 0.8));
    }
    scene
}

/// Orders the marks of rows, which do not overlap, by how they are painted: a file then says it once. Words
/// stay in their order, over the shapes.
fn by_paint(marks: &mut [Mark]) {
    let mut paints = Vec::new();
    marks.sort_by_cached_key(|mark| match mark {
        Mark::Shape(shape) => {
            let paint = (shape.fill, shape.stroke);
            paints.iter().position(|known| *known == paint).unwrap_or_else(|| {
                paints.push(paint);
                paints.len() - 1
            })
        }
        Mark::Label(_) => usize::MAX,
    });
}

/// The bars, brackets and diamonds of one row; a word beside them leaves room for the links.
fn draw(row: &GanttRow, frame: &Frame<'_>, scene: &mut Scene, x: &Scale, (top, room): (f32, f32)) {
    let theme = frame.theme;
    let middle = top + ROW / 2.0;
    let span = |(from, to): (NaiveDate, NaiveDate)| {
        let (from, to) = (from.min(to), from.max(to));
        let left = x.day(from).max(x.start);
        (left, x.at(axis::day_number(to) + 1.0).min(x.end).max(left + 0.8))
    };
    let mut end = x.start;
    if row.milestone {
        if let Some((_, day)) = row.baseline {
            diamond(scene, (x.day(day) + 0.8, middle), 3.0, None, tint(theme.muted, 0.8));
        }
        if let Some((_, day)) = row.actual.or(row.remaining).or(row.baseline) {
            let colour = if row.late { theme.red } else { theme.accent };
            let filled = row.actual.is_some() || row.done >= 1.0;
            diamond(
                scene,
                (x.day(day) + 0.8, middle),
                3.4,
                Some(if filled { colour } else { tint(colour, 0.45) }),
                colour,
            );
            end = x.day(day) + 5.0;
        }
    } else if row.summary {
        let spans = [row.baseline, row.actual, row.remaining];
        if let Some(all) = spans.into_iter().flatten().reduce(|a, b| (a.0.min(b.0), a.1.max(b.1))) {
            let (left, right) = span(
                row.actual
                    .into_iter()
                    .chain(row.remaining)
                    .reduce(|a, b| (a.0.min(b.0), a.1.max(b.1)))
                    .unwrap_or(all),
            );
            scene.rectangle(left, middle - 2.4, right - left, 2.4, theme.ink);
            for (at, towards) in [(left, 3.0), (right, -3.0)] {
                scene.area(
                    vec![(at, middle - 0.2), (at + towards, middle - 0.2), (at, middle + 3.0)],
                    theme.ink,
                );
            }
            end = right;
        }
    } else {
        if let Some(baseline) = row.baseline {
            let (left, right) = span(baseline);
            scene.rectangle(left, middle + 2.6, right - left, 1.6, tint(theme.muted, 0.55));
            end = right;
        }
        if let Some(remaining) = row.remaining {
            let (left, right) = span(remaining);
            scene.rectangle(left, middle - 3.4, right - left, 5.0, tint(theme.accent, 0.28));
            if row.critical == Some(true) {
                let outline = Outline::Rectangle {
                    x: left + 0.3,
                    y: middle - 3.1,
                    width: (right - left - 0.6).max(0.2),
                    height: 4.4,
                };
                scene.marks.push(Mark::Shape(Shape {
                    outline,
                    fill: None,
                    stroke: Some(Stroke::solid(theme.red, 0.7)),
                }));
            }
            end = end.max(right);
        }
        if let Some(actual) = row.actual {
            let (left, right) = span(actual);
            scene.rectangle(left, middle - 3.4, right - left, 5.0, theme.accent);
            end = end.max(right);
        }
    }
    if let Some(to) = row.float_to.filter(|_| !row.summary) {
        // A thin line to the day it can slip to, with a stop at its end.
        let (from, to) = (end.max(x.start), x.at(axis::day_number(to) + 1.0).min(x.end));
        if to > from + 1.0 {
            let line = tint(theme.muted, 0.9);
            scene.line((from, middle - 0.9), (to, middle - 0.9), Stroke::dashed(line, 0.5, (1.6, 1.2)));
            scene.line((to, middle - 2.9), (to, middle + 1.1), Stroke::solid(line, 0.7));
            end = to;
        }
    }
    if let Some(deadline) = row.deadline {
        let at = x.at(axis::day_number(deadline) + 1.0);
        if at >= x.start && at <= x.end + 4.0 {
            deadline_mark(scene, (at, middle - 1.2), theme.ink);
            end = end.max(at + 3.0);
        }
    }
    if row.late {
        // A word beside the bar, so that lateness does not rest on colour.
        let late = frame.format.word(word!("late"));
        let late = Label::new((end + 3.0 + room, middle + 2.1), late, theme.red, Anchor::Start);
        scene.label(late.bold().size(5.8));
    }
}

/// An arrow that points down at a deadline.
fn deadline_mark(scene: &mut Scene, (x, y): (f32, f32), line: crate::document::Rgb) {
    let points = vec![(x - 2.4, y - 2.6), (x + 2.4, y - 2.6), (x, y + 2.2)];
    let outline = Outline::Path { points, closed: true };
    scene.marks.push(Mark::Shape(Shape { outline, fill: None, stroke: Some(Stroke::solid(line, 0.6)) }));
}

fn diamond(
    scene: &mut Scene,
    (x, y): (f32, f32),
    r: f32,
    fill: Option<crate::document::Rgb>,
    line: crate::document::Rgb,
) {
    let points = vec![(x, y - r), (x + r, y), (x, y + r), (x - r, y)];
    let outline = Outline::Path { points, closed: true };
    scene.marks.push(Mark::Shape(Shape { outline, fill, stroke: Some(Stroke::solid(line, 0.6)) }));
}

/// Months or weeks over the bars, with hairlines down.
fn calendar(gantt: &Gantt, frame: &mut Frame<'_>, scene: &mut Scene, x: &Scale, bottom: f32) {
    let (muted, hair) = (frame.theme.muted, Stroke::solid(tint(frame.theme.muted, 0.3), 0.3));
    for tick in axis::day_ticks((gantt.from, gantt.to), x.end - x.start, 30.0, frame.format) {
        let at = x.day(tick.day);
        scene.line((at, HEAD - 3.0), (at, bottom), hair);
        scene.label(Label::new((at + 2.0, HEAD - 5.0), tick.label, muted, Anchor::Start));
        if let Some(year) = tick.year {
            scene.label(Label::new((at + 2.0, HEAD - 13.5), year, muted, Anchor::Start).bold());
        }
    }
    scene.line((0.0, HEAD), (frame.width, HEAD), Stroke::solid(tint(muted, 0.6), 0.5));
    let status = x.at(axis::day_number(gantt.status) + 1.0);
    if status >= x.start && status <= x.end {
        let text = frame.format.say(phrase!("Status {day}", day = gantt.status));
        let wide = (frame.measure)(&text, 6.2, true);
        let at = (status - wide / 2.0).clamp(x.start, (x.end - wide).max(x.start));
        scene.label(Label::new((at, HEAD - 21.0), text, frame.theme.ink, Anchor::Start).size(6.2).bold());
        scene.line((status, HEAD - 19.0), (status, HEAD - 4.0), Stroke::solid(frame.theme.ink, 0.8));
    }
}

/// What the bars mean, in the bars' own looks.
fn key(gantt: &Gantt, frame: &mut Frame<'_>, scene: &mut Scene) {
    let theme = frame.theme;
    let mut at = 0.0;
    let mut word = |scene: &mut Scene, frame: &mut Frame<'_>, text: &str| {
        let text = &frame.format.word(text);
        scene.label(Label::new((at + 14.0, 6.0), text, theme.muted, Anchor::Start).size(6.2));
        at += 14.0 + (frame.measure)(text, 6.2, false) + 10.0;
        at
    };
    scene.rectangle(0.0, 4.4, 11.0, 1.6, tint(theme.muted, 0.55));
    let next = word(scene, frame, word!("baseline"));
    scene.rectangle(next, 1.4, 11.0, 5.0, theme.accent);
    let next = word(scene, frame, word!("done"));
    scene.rectangle(next, 1.4, 11.0, 5.0, tint(theme.accent, 0.28));
    let next = word(scene, frame, word!("remaining"));
    diamond(scene, (next + 7.0, 4.0), 3.2, Some(theme.accent), theme.accent);
    let mut next = word(scene, frame, word!("milestone"));
    if gantt.rows.iter().any(|row| row.critical == Some(true)) {
        let outline = Outline::Rectangle { x: next, y: 1.6, width: 11.0, height: 4.6 };
        let fill = Some(tint(theme.accent, 0.28));
        scene.marks.push(Mark::Shape(Shape { outline, fill, stroke: Some(Stroke::solid(theme.red, 0.7)) }));
        next = word(scene, frame, word!("critical"));
    }
    if gantt.rows.iter().any(|row| row.float_to.is_some()) {
        let line = tint(theme.muted, 0.9);
        scene.line((next, 4.0), (next + 11.0, 4.0), Stroke::dashed(line, 0.5, (1.6, 1.2)));
        scene.line((next + 11.0, 2.0), (next + 11.0, 6.0), Stroke::solid(line, 0.7));
        next = word(scene, frame, word!("float"));
    }
    if gantt.rows.iter().any(|row| row.deadline.is_some()) {
        deadline_mark(scene, (next + 6.0, 4.2), theme.ink);
        next = word(scene, frame, word!("deadline"));
    }
    if !gantt.links.is_empty() {
        scene.line((next, 4.0), (next + 11.0, 4.0), Stroke::solid(tint(theme.muted, 0.85), 0.5));
        word(scene, frame, word!("link that sets a date"));
    }
}
