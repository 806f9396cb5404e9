//! Page 1: where the project stands, on one page whatever the data.
//!
//! Everything has a height it wants and a least height; the chart takes what is left, and before it
//! gets too low, the lists, the milestones and the narrative give way, each saying what it left out.

use crate::document::{Front, HealthMark, ItemList};

use super::blocks::{self, TILE};
use super::canvas::Canvas;
use super::style::{BODY, CAPTION, GAP, ITEM, LABEL, NOTE, RUNNING, SIDE, Style, TITLE};
use super::table;
use super::typeset::Face;

/// The chart is never lower than this.
const LEAST_CHART: f32 = 104.0;

/// Nor higher.
const MOST_CHART: f32 = 240.0;

/// Lines of narrative, rows of milestones and lines of lists that page 1 keeps if it can ...
const SOFT: [usize; 3] = [7, 4, 6];

/// ... and keeps in any case.
const HARD: [usize; 3] = [3, 1, 2];

/// Lays page 1.
pub(super) fn front(canvas: &mut Canvas<'_>, logo: Option<(f32, f32)>) {
    let front = &canvas.document.front;
    canvas.hold(true);
    canvas.enter("Sect");
    canvas.y = band(canvas, logo);
    facts(canvas, front);
    health(canvas, front);
    let room = canvas.bottom() - 6.0 - canvas.y;
    let plan = Plan::of(canvas, front, room);
    narrative(canvas, front, plan.narrative);
    for row in front.figures.chunks(4).take(2) {
        blocks::tiles(canvas, row, canvas.y, 4);
        canvas.y += TILE;
    }
    if !front.figures.is_empty() {
        canvas.y += GAP - 4.0;
    }
    if let Some(chart) = &front.chart {
        canvas.enter_figure(&chart.alt);
        let (ink, width) = (canvas.theme().ink, canvas.width());
        canvas.text((SIDE, canvas.y), CAPTION, ink, &chart.title, width);
        canvas.y += CAPTION.leading + 2.0;
        blocks::draw(canvas, chart, (SIDE, canvas.y), (width, plan.chart), 0);
        canvas.leave();
        canvas.y += plan.chart + GAP;
    }
    if let Some(milestones) = &front.milestones {
        table::excerpt(canvas, milestones, plan.milestones);
        canvas.y += GAP;
    }
    let bottom = canvas.bottom() - 6.0;
    lists(canvas, &front.lists, bottom);
    canvas.leave();
    canvas.hold(false);
}

/// The heights of what can give way.
struct Plan {
    /// Lines of the narrative.
    narrative: usize,
    /// Height of the chart.
    chart: f32,
    /// Height of the milestones.
    milestones: f32,
}

impl Plan {
    fn of(canvas: &mut Canvas<'_>, front: &Front, room: f32) -> Self {
        let tiles = f32::from(u8::try_from(front.figures.chunks(4).take(2).count()).unwrap_or(2));
        let tiles = if tiles > 0.0 { tiles * TILE + GAP - 4.0 } else { 0.0 };
        let chart = if front.chart.is_some() { CAPTION.leading + 2.0 + GAP } else { 0.0 };
        let mut rows = front.milestones.as_ref().map_or(0, |table| table.rows.len().min(8));
        let mut items = list_lines(canvas, &front.lists).min(16);
        let mut lines = narrative_lines(canvas, front).min(9);
        loop {
            let words = if lines > 0 {
                u16_f32(lines) * BODY.leading + paragraph_gaps(front) + GAP - 2.0
            } else {
                0.0
            };
            let milestones = match &front.milestones {
                Some(table) => table::excerpt_height(canvas, table, rows),
                None => 0.0,
            };
            let used = words
                + tiles
                + chart
                + milestones
                + if milestones > 0.0 { GAP } else { 0.0 }
                + list_height(&front.lists, items);
            let left = room - used;
            let chart_needs = if front.chart.is_some() { LEAST_CHART } else { 0.0 };
            let soft = lines <= SOFT[0] && rows <= SOFT[1] && items <= SOFT[2];
            let hard = lines <= HARD[0] && rows <= HARD[1] && items <= HARD[2];
            if left >= chart_needs + 10.0 || soft && left >= chart_needs || hard {
                // What the lists were promised but cannot use, as they are cut between items.
                let promised = list_height(&front.lists, items);
                let spare = (promised - lists_need(canvas, &front.lists, promised)).max(0.0);
                let chart = (left + spare).clamp(LEAST_CHART * 0.7, MOST_CHART);
                return Self { narrative: lines, chart, milestones };
            }
            // What is longest over its least gives way first.
            let least = if soft { HARD } else { SOFT };
            let over =
                |now: usize, least: usize| if now > least { u16_f32(now) / u16_f32(least) } else { 0.0 };
            let [words, table, list] = [over(lines, least[0]), over(rows, least[1]), over(items, least[2])];
            if words >= table && words >= list {
                lines -= 1;
            } else if table >= list {
                rows -= 1;
            } else {
                items -= 1;
            }
        }
    }
}

fn u16_f32(number: usize) -> f32 {
    f32::from(u16::try_from(number).unwrap_or(u16::MAX))
}

/// The title on its band; returns where it ends.
fn band(canvas: &mut Canvas<'_>, logo: Option<(f32, f32)>) -> f32 {
    let document = canvas.document;
    let theme = canvas.theme();
    let height = 92.0;
    let outline =
        crate::render::chart::Outline::Rectangle { x: 0.0, y: 0.0, width: canvas.page_width(), height };
    canvas.shape(outline, Some(theme.wash), None);
    let edge = crate::render::chart::Outline::Rectangle {
        x: 0.0,
        y: height,
        width: canvas.page_width(),
        height: 1.6,
    };
    canvas.shape(edge, Some(theme.accent), None);
    let right = SIDE + canvas.width();
    let mut taken = 130.0_f32;
    if let Some((wide, high)) = logo {
        let scale = (34.0 / high.max(1.0)).min(130.0 / wide.max(1.0));
        let (wide, high) = (wide * scale, high * scale);
        canvas.logo((right - wide, 40.0 - high / 2.0 - 4.0), (wide, high));
        taken = taken.max(wide + 16.0);
    }
    let kicker = Style { face: Face::BOLD, size: 8.0, leading: 11.0 };
    canvas.enter("P");
    canvas.text((SIDE, 28.0), kicker, theme.accent, &document.subtitle, 300.0);
    canvas.leave();
    canvas.enter("H1");
    let measure = canvas.width() - taken;
    let natural = canvas.setter.width(&document.title, TITLE.face, TITLE.size).max(1.0);
    let scale = (measure / natural).clamp(0.66, 1.0);
    let title = Style { size: TITLE.size * scale, ..TITLE };
    canvas.bookmark(&document.title);
    canvas.text((SIDE, 39.0), title, theme.ink, &document.title, measure);
    canvas.leave();
    let date = format!("Status date {}", canvas.format().day(document.status_date));
    canvas.enter("P");
    if logo.is_some() {
        canvas.text_right(
            (right, 66.0),
            Style { face: Face::BOLD_FIGURES, size: 8.4, leading: 11.0 },
            theme.ink,
            &date,
            130.0,
        );
    } else {
        canvas.text_right((right, 28.0), RUNNING, theme.muted, "Status date", 130.0);
        let day = canvas.format().day(document.status_date);
        canvas.text_right(
            (right, 41.0),
            Style { face: Face::BOLD_FIGURES, size: 12.0, leading: 22.0 },
            theme.ink,
            &day,
            130.0,
        );
    }
    canvas.leave();
    height + 14.0
}

/// Sponsor, manager, period: label over value, side by side.
fn facts(canvas: &mut Canvas<'_>, front: &Front) {
    let facts: Vec<_> = front.head.iter().filter(|(_, value)| !value.trim().is_empty()).take(6).collect();
    if facts.is_empty() {
        return;
    }
    let (ink, muted) = (canvas.theme().ink, canvas.theme().muted);
    let value_style = Style { face: Face::FIGURES, size: 8.0, leading: 10.5 };
    let (gutter, all) = (14.0, canvas.width());
    let natural: Vec<f32> = facts
        .iter()
        .map(|(label, value)| {
            let value = canvas.setter.width(value, value_style.face, value_style.size);
            value.max(canvas.setter.width(label, LABEL.face, LABEL.size)) + 0.5
        })
        .collect();
    let widths = shares(&natural, all - gutter * (u16_f32(facts.len()) - 1.0));
    let (mut x, mut end) = (SIDE, canvas.y);
    for ((label, value), width) in facts.into_iter().zip(widths) {
        canvas.enter("P");
        canvas.text((x, canvas.y), LABEL, muted, label, width);
        let lines = canvas.setter.lines(value, value_style.face, value_style.size, width, 2);
        end = canvas.lines((x, canvas.y + LABEL.leading), value_style, ink, lines).max(end);
        canvas.leave();
        x += width + gutter;
    }
    canvas.y = end + 10.0;
}

/// Widths that fill `all`: those that need less than an even share take what they need, the others
/// share the rest; what nobody needs is spread.
fn shares(natural: &[f32], all: f32) -> Vec<f32> {
    let mut order: Vec<usize> = (0..natural.len()).collect();
    order.sort_by(|a, b| natural[*a].total_cmp(&natural[*b]));
    let mut widths = vec![0.0; natural.len()];
    let mut rest = all;
    for (settled, index) in order.into_iter().enumerate() {
        widths[index] = natural[index].min(rest / u16_f32(natural.len() - settled));
        rest -= widths[index];
    }
    let spare = rest.max(0.0) / u16_f32(natural.len().max(1));
    widths.into_iter().map(|width| width + spare).collect()
}

/// Overall health and that of the dimensions: shape, word, and the rule that fired.
fn health(canvas: &mut Canvas<'_>, front: &Front) {
    let marks: Vec<&HealthMark> = front.health.iter().take(6).collect();
    if marks.is_empty() {
        return;
    }
    let (top, theme, gutter) = (canvas.y, canvas.theme(), 12.0);
    let count = u16_f32(marks.len());
    let width = (canvas.width() - gutter * (count - 1.0)) / count;
    let rule_style = Style { leading: 8.2, size: 6.4, ..NOTE };
    let mut lowest = top;
    canvas.rule((SIDE, SIDE + canvas.width()), top, canvas.hair(), 0.5);
    for (index, mark) in marks.into_iter().enumerate() {
        let x = SIDE + u16_f32(index) * (width + gutter);
        canvas.enter("P");
        canvas.text((x, top + 6.0), LABEL, theme.muted, &mark.dimension, width);
        let word = mark.health.map_or("not assessed", crate::quantity::Health::word);
        let centre = top + 6.0 + LABEL.leading + 7.0;
        canvas.health(mark.health, (x + 5.0, centre), 4.6);
        let shown = blocks::capital(word);
        let size = if index == 0 { 11.0 } else { 9.4 };
        let natural = canvas.setter.width(&shown, Face::BOLD, size);
        let size = size * ((width - 14.5) / natural.max(1.0)).clamp(0.6, 1.0);
        let style = Style { face: Face::BOLD, size, leading: 14.0 };
        canvas.text((x + 14.0, top + 6.0 + LABEL.leading), style, theme.ink, &shown, width - 14.0);
        let lines = canvas.setter.lines(&mark.rule, rule_style.face, rule_style.size, width, 3);
        let end = canvas.lines((x, top + 8.0 + LABEL.leading + 14.0), rule_style, theme.muted, lines);
        canvas.leave();
        lowest = lowest.max(end);
    }
    canvas.y = lowest + 6.0;
    canvas.rule((SIDE, SIDE + canvas.width()), canvas.y, canvas.hair(), 0.5);
    canvas.y += 10.0;
}

fn narrative_lines(canvas: &mut Canvas<'_>, front: &Front) -> usize {
    let width = canvas.width();
    front.narrative.iter().map(|text| canvas.setter.lines(text, BODY.face, BODY.size, width, 12).len()).sum()
}

fn paragraph_gaps(front: &Front) -> f32 {
    3.0 * u16_f32(front.narrative.len().clamp(1, 4) - 1)
}

/// The narrative in at most so many lines.
fn narrative(canvas: &mut Canvas<'_>, front: &Front, most: usize) {
    let (ink, width) = (canvas.theme().ink, canvas.width());
    let mut left = most;
    for (index, text) in front.narrative.iter().enumerate() {
        if left == 0 {
            break;
        }
        let lines = canvas.setter.lines(text, BODY.face, BODY.size, width, left);
        left -= lines.len().min(left);
        canvas.enter("P");
        if index > 0 && index < 4 {
            canvas.y += 3.0;
        }
        canvas.y = canvas.lines((SIDE, canvas.y), BODY, ink, lines);
        canvas.leave();
    }
    if most > 0 {
        canvas.y += GAP - 2.0;
    }
}

fn list_width(canvas: &Canvas<'_>, count: usize) -> f32 {
    (canvas.width() - 16.0 * (u16_f32(count) - 1.0)) / u16_f32(count.max(1))
}

/// Lines the longest list wants.
fn list_lines(canvas: &mut Canvas<'_>, lists: &[ItemList]) -> usize {
    let lists = &lists[..lists.len().min(3)];
    let width = list_width(canvas, lists.len());
    lists
        .iter()
        .map(|list| {
            list.items
                .iter()
                .take(12)
                .map(|item| item_lines(canvas, item, width).0.len())
                .sum::<usize>()
                .max(1)
        })
        .max()
        .unwrap_or(0)
}

fn list_height(lists: &[ItemList], lines: usize) -> f32 {
    if lists.is_empty() { 0.0 } else { LIST_HEAD + 1.0 + u16_f32(lines) * (ITEM.leading + 1.0) }
}

type Lines = Vec<std::rc::Rc<super::typeset::Line>>;

/// The lines of an item and the width its detail takes at the right of the first one.
fn item_lines(canvas: &mut Canvas<'_>, item: &crate::document::ListItem, width: f32) -> (Lines, f32) {
    let detail = canvas.setter.width(&item.detail, LABEL.face, LABEL.size).min(width * 0.45);
    let text = width - if detail > 0.0 { detail + 8.0 } else { 0.0 };
    (canvas.setter.lines(&item.text, ITEM.face, ITEM.size, text, 2), detail)
}

/// Between a list's title and its first item.
const LIST_HEAD: f32 = CAPTION.leading + 3.5;

/// How many items of a list fit into a height, leaving room for a line that counts the others, and how
/// much of it they use.
fn items_that_fit(canvas: &mut Canvas<'_>, list: &ItemList, width: f32, room: f32) -> (usize, f32) {
    let mut used = 0.0;
    for (number, item) in list.items.iter().enumerate() {
        let height = u16_f32(item_lines(canvas, item, width).0.len().max(1)) * ITEM.leading + 1.0;
        let note = if number + 1 < list.items.len() { NOTE.leading } else { 0.0 };
        if used + height + note > room + 0.5 {
            return (number, used + NOTE.leading);
        }
        used += height;
    }
    (list.items.len(), used)
}

/// What the lists use of a height.
fn lists_need(canvas: &mut Canvas<'_>, lists: &[ItemList], height: f32) -> f32 {
    let lists = &lists[..lists.len().min(3)];
    let width = list_width(canvas, lists.len());
    let used = lists
        .iter()
        .map(|list| LIST_HEAD + items_that_fit(canvas, list, width, height - LIST_HEAD).1.max(ITEM.leading));
    used.fold(0.0, f32::max)
}

/// Up to three lists side by side, cut at what fits above `bottom`.
fn lists(canvas: &mut Canvas<'_>, lists: &[ItemList], bottom: f32) {
    let lists = &lists[..lists.len().min(3)];
    let width = list_width(canvas, lists.len());
    let (top, theme, hair) = (canvas.y, canvas.theme(), canvas.hair());
    for (index, list) in lists.iter().enumerate() {
        let x = SIDE + u16_f32(index) * (width + 16.0);
        canvas.enter("L");
        canvas.enter("Caption");
        canvas.text((x, top), CAPTION, theme.ink, &list.title, width);
        canvas.leave();
        let mut y = top + LIST_HEAD;
        canvas.rule((x, x + width), y - 2.5, theme.ink, 0.7);
        if list.items.is_empty() {
            let lines = canvas.setter.lines(&list.empty, ITEM.face, ITEM.size, width, 2);
            canvas.enter("LI");
            canvas.lines((x, y), ITEM, theme.muted, lines);
            canvas.leave();
        }
        let (fits, _) = items_that_fit(canvas, list, width, bottom - y);
        for (number, item) in list.items[..fits].iter().enumerate() {
            let (lines, detail) = item_lines(canvas, item, width);
            if number > 0 {
                canvas.rule((x, x + width), y - 0.5, hair, 0.3);
            }
            canvas.enter("LI");
            let end = canvas.lines((x, y), ITEM, theme.ink, lines).max(y + ITEM.leading);
            canvas.text_right((x + width, y + 0.8), LABEL, theme.muted, &item.detail, detail + 0.1);
            canvas.leave();
            y = end + 1.0;
        }
        if fits < list.items.len() {
            canvas.enter("LI");
            let more = format!("+ {} more", list.items.len() - fits);
            canvas.text((x, y), NOTE, theme.muted, &more, width);
            canvas.leave();
        }
        canvas.leave();
    }
}

#[cfg(test)]
mod tests {
    use super::shares;

    #[test]
    fn short_facts_keep_their_width_and_long_ones_share_the_rest() {
        assert_eq!(shares(&[40.0, 300.0, 60.0, 500.0], 400.0), [40.0, 150.0, 60.0, 150.0]);
        assert_eq!(shares(&[40.0, 60.0], 200.0), [90.0, 110.0]);
        assert!(shares(&[], 100.0).is_empty());
    }
}
