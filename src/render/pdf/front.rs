//! Page 1: where the project stands, on one page whatever the data.
//!
//! Everything has a height it wants and a least height; the chart takes what is left, and before it
//! gets too low, the lists, the milestones and the narrative give way, each saying what it left out ([`plan`]).

mod plan;

use std::rc::Rc;

use crate::document::{Front, HealthMark, ItemList, ListItem};
use crate::language::capital;

use super::blocks::{self, TILE};
use super::canvas::Canvas;
use super::style::{BODY, CAPTION, ITEM, LABEL, NOTE, RUNNING, SIDE, Style, TITLE, baseline};
use super::table::Excerpt;
use super::typeset::{Face, Line};
use plan::Plan;

/// Lines of the rule beside a rating: a rule cut short says nothing.
const MOST_OF_A_RULE: usize = 7;

/// So many lists stand side by side; more of them stand in two rows.
const ABREAST: usize = 4;

/// Lists that are shown at all.
const MOST_LISTS: usize = 8;

/// Between the parts of page 1.
const GAP: f32 = 9.0;

/// The narrative.
const STORY: Style = Style { size: 8.6, leading: 12.0, ..BODY };

/// The items of the lists, and what stands beside or under them.
const ENTRY: Style = Style { size: 7.6, leading: 9.8, ..ITEM };
const DETAIL: Style = Style { size: 6.6, leading: 8.4, ..LABEL };

/// Lays page 1.
pub(super) fn front(canvas: &mut Canvas<'_>, logo: Option<(f32, f32)>) {
    let front = &canvas.document.front;
    canvas.hold(true);
    canvas.enter("Sect");
    canvas.y = band(canvas, logo);
    facts(canvas, front);
    health(canvas, front);
    let room = canvas.bottom() - 6.0 - canvas.y;
    let milestones = front.milestones.as_ref().map(|table| Excerpt::of(canvas, table));
    let plan = Plan::of(canvas, front, milestones.as_ref(), room);
    narrative(canvas, front, plan.narrative);
    let abreast = tiles_abreast(front);
    for row in front.figures.chunks(abreast).take(2) {
        blocks::tiles(canvas, row, canvas.y, abreast);
        canvas.y += TILE;
    }
    if !front.figures.is_empty() {
        canvas.y += GAP - 3.0;
    }
    if let Some(chart) = &front.chart {
        canvas.enter_figure(&chart.alt);
        let (ink, width) = (canvas.theme().ink, canvas.width());
        canvas.text((SIDE, canvas.y), CAPTION, ink, &chart.title, width);
        canvas.y += CAPTION.leading + 2.0;
        blocks::draw(canvas, chart, (SIDE, canvas.y), (width, plan.chart), 0);
        canvas.leave();
        canvas.y += plan.chart + GAP - 3.0;
    }
    if let Some(milestones) = &milestones {
        milestones.lay(canvas, plan.milestones);
        canvas.y += GAP;
    }
    let bottom = canvas.bottom() - 6.0;
    lists(canvas, &front.lists, plan.items, bottom);
    canvas.leave();
    canvas.hold(false);
}

/// Tiles side by side: four, five where there are more than eight.
fn tiles_abreast(front: &Front) -> usize {
    if front.figures.len() > 8 { 5 } else { 4 }
}

fn u16_f32(number: usize) -> f32 {
    f32::from(u16::try_from(number).unwrap_or(u16::MAX))
}

/// The title on its band; returns where it ends.
fn band(canvas: &mut Canvas<'_>, logo: Option<(f32, f32)>) -> f32 {
    let document = canvas.document;
    let theme = canvas.theme();
    let height = 60.0;
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
        let scale = (26.0 / high.max(1.0)).min(130.0 / wide.max(1.0));
        let (wide, high) = (wide * scale, high * scale);
        canvas.logo((right - wide, 25.0 - high / 2.0), (wide, high));
        taken = taken.max(wide + 16.0);
    }
    let kicker = Style { face: Face::BOLD, size: 8.0, leading: 11.0 };
    canvas.enter("P");
    canvas.text((SIDE, 14.0), kicker, theme.accent, &document.subtitle, 300.0);
    canvas.leave();
    canvas.enter("H1");
    let measure = canvas.width() - taken;
    let natural = canvas.setter.width(&document.title, TITLE.face, TITLE.size).max(1.0);
    let scale = (measure / natural).clamp(0.66, 1.0);
    let title = Style { size: TITLE.size * scale, ..TITLE };
    canvas.bookmark(&document.title);
    canvas.text((SIDE, 24.5), title, theme.ink, &document.title, measure);
    canvas.leave();
    let date = canvas.format().say(phrase!("Status date {day}", day = document.status_date));
    canvas.enter("P");
    if logo.is_some() {
        canvas.text_right(
            (right, 43.0),
            Style { face: Face::BOLD_FIGURES, size: 8.4, leading: 11.0 },
            theme.ink,
            &date,
            130.0,
        );
    } else {
        let label = canvas.format().word(word!("Status date"));
        canvas.text_right((right, 15.0), RUNNING, theme.muted, &label, 130.0);
        let day = canvas.format().day(document.status_date);
        canvas.text_right(
            (right, 29.8),
            Style { face: Face::BOLD_FIGURES, size: 12.0, leading: 22.0 },
            theme.ink,
            &day,
            130.0,
        );
    }
    canvas.leave();
    height + 11.0
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
    canvas.y = end + 7.0;
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
    let marks: Vec<&HealthMark> = front.health.iter().take(7).collect();
    if marks.is_empty() {
        return;
    }
    let (top, theme, gutter) = (canvas.y, canvas.theme(), 12.0);
    let count = u16_f32(marks.len());
    let width = (canvas.width() - gutter * (count - 1.0)) / count;
    let rule_style = Style { leading: 7.9, size: 6.3, ..NOTE };
    let mut lowest = top;
    canvas.rule((SIDE, SIDE + canvas.width()), top, canvas.hair(), 0.5);
    for (index, mark) in marks.into_iter().enumerate() {
        let x = SIDE + u16_f32(index) * (width + gutter);
        canvas.enter("P");
        canvas.text((x, top + 5.0), LABEL, theme.muted, &mark.dimension, width);
        let word = mark.health.map_or(word!("not assessed"), crate::quantity::Health::word);
        let centre = top + 5.0 + LABEL.leading + 7.0;
        canvas.health(mark.health, (x + 5.0, centre), 4.6);
        let shown = capital(&canvas.format().word(word));
        let size = if index == 0 { 11.0 } else { 9.4 };
        let natural = canvas.setter.width(&shown, Face::BOLD, size);
        let size = size * ((width - 14.5) / natural.max(1.0)).clamp(0.6, 1.0);
        let style = Style { face: Face::BOLD, size, leading: 14.0 };
        canvas.text((x + 14.0, top + 5.0 + LABEL.leading), style, theme.ink, &shown, width - 14.0);
        let lines = canvas.setter.lines(&mark.rule, rule_style.face, rule_style.size, width, MOST_OF_A_RULE);
        let end = canvas.lines((x, top + 6.0 + LABEL.leading + 14.0), rule_style, theme.muted, lines);
        canvas.leave();
        lowest = lowest.max(end);
    }
    canvas.y = lowest + 5.0;
    canvas.rule((SIDE, SIDE + canvas.width()), canvas.y, canvas.hair(), 0.5);
    canvas.y += 8.0;
}

fn narrative_lines(canvas: &mut Canvas<'_>, front: &Front) -> usize {
    let width = canvas.width();
    front
        .narrative
        .iter()
        .map(|text| canvas.setter.lines(text, STORY.face, STORY.size, width, 12).len())
        .sum()
}

fn paragraph_gaps(front: &Front) -> f32 {
    2.5 * u16_f32(front.narrative.len().clamp(1, 6) - 1)
}

/// The narrative in at most so many lines. Its last sentence says what is wanted: those before it give way first.
fn narrative(canvas: &mut Canvas<'_>, front: &Front, most: usize) {
    let (ink, width) = (canvas.theme().ink, canvas.width());
    let last = front.narrative.len().saturating_sub(1);
    let wanted = front
        .narrative
        .last()
        .map_or(0, |text| canvas.setter.lines(text, STORY.face, STORY.size, width, most.max(1)).len());
    let mut left = most;
    for (index, text) in front.narrative.iter().enumerate() {
        let room = if index < last { left.saturating_sub(wanted) } else { left };
        if room == 0 {
            continue;
        }
        let lines = canvas.setter.lines(text, STORY.face, STORY.size, width, room);
        left -= lines.len().min(left);
        canvas.enter("P");
        if index > 0 && index < 6 {
            canvas.y += 2.5;
        }
        canvas.y = canvas.lines((SIDE, canvas.y), STORY, ink, lines);
        canvas.leave();
    }
    if most > 0 {
        canvas.y += GAP - 1.0;
    }
}

/// The lists in rows of about as many: side by side where they fit, else in two rows.
fn list_rows(lists: &[ItemList]) -> std::slice::Chunks<'_, ItemList> {
    let lists = &lists[..lists.len().min(MOST_LISTS)];
    let abreast = if lists.len() > ABREAST { lists.len().div_ceil(2) } else { lists.len() };
    lists.chunks(abreast.max(1))
}

fn list_width(canvas: &Canvas<'_>, count: usize) -> f32 {
    (canvas.width() - 16.0 * (u16_f32(count) - 1.0)) / u16_f32(count.max(1))
}

/// The height in which every list shows so many of its items.
fn list_height(canvas: &mut Canvas<'_>, lists: &[ItemList], most: usize) -> f32 {
    let rows = u16_f32(list_rows(lists).count().max(1));
    list_rows(lists).map(|row| row_height(canvas, row, most)).sum::<f32>() + GAP * (rows - 1.0)
}

/// The height of lists side by side.
fn row_height(canvas: &mut Canvas<'_>, lists: &[ItemList], most: usize) -> f32 {
    // A row keeps the width of the first, so that the columns stand one under the other.
    let width = list_width(canvas, abreast(canvas, lists));
    let mut height = 0.0_f32;
    for list in lists {
        let shown = list.items.iter().take(most);
        let items: f32 = shown.map(|item| Entry::of(canvas, item, width).height()).sum();
        let items = if list.items.is_empty() { 2.0 * ENTRY.leading } else { items };
        let more = if list.items.len() > most { NOTE.leading } else { 0.0 };
        height = height.max(LIST_HEAD + items + more);
    }
    height
}

/// Columns of the lists: as many as the first row has.
fn abreast(canvas: &Canvas<'_>, row: &[ItemList]) -> usize {
    let first = list_rows(&canvas.document.front.lists).next().map_or(0, <[ItemList]>::len);
    first.max(row.len())
}

/// An item of a list as it is set: its detail stands at the right when both fit into one line, and else
/// under the item.
struct Entry {
    lines: Vec<Rc<Line>>,
    beside: bool,
    detail: Vec<Rc<Line>>,
}

impl Entry {
    fn of(canvas: &mut Canvas<'_>, item: &ListItem, width: f32) -> Self {
        let lines = canvas.setter.lines(&item.text, ENTRY.face, ENTRY.size, width, 2);
        let detail = canvas.setter.lines(&item.detail, DETAIL.face, DETAIL.size, width, 2);
        let beside = match (lines.as_slice(), detail.as_slice()) {
            ([line], [detail]) => line.at(ENTRY.size) + 8.0 + detail.at(DETAIL.size) <= width,
            _ => false,
        };
        Self { lines, beside, detail }
    }

    fn height(&self) -> f32 {
        let under = if self.beside { 0 } else { self.detail.len() };
        u16_f32(self.lines.len().max(1)) * ENTRY.leading + u16_f32(under) * DETAIL.leading + 1.4
    }

    fn paint(self, canvas: &mut Canvas<'_>, (x, y): (f32, f32), width: f32) {
        let (ink, muted) = (canvas.theme().ink, canvas.theme().muted);
        let end = canvas.lines((x, y), ENTRY, ink, self.lines);
        if self.beside {
            for detail in self.detail {
                let left = x + width - detail.at(DETAIL.size);
                canvas.ink((left, baseline(ENTRY, y)), DETAIL.size, muted, detail);
            }
        } else {
            canvas.lines((x, end - 0.6), DETAIL, muted, self.detail);
        }
    }
}

/// Between a list's title and its first item.
const LIST_HEAD: f32 = CAPTION.leading + 3.5;

/// How many items of a list fit into a height, leaving room for a line that counts the others.
fn items_that_fit(canvas: &mut Canvas<'_>, list: &ItemList, width: f32, room: f32) -> usize {
    let mut used = 0.0;
    for (number, item) in list.items.iter().enumerate() {
        let height = Entry::of(canvas, item, width).height();
        let note = if number + 1 < list.items.len() { NOTE.leading } else { 0.0 };
        if used + height + note > room + 0.5 {
            return number;
        }
        used += height;
    }
    list.items.len()
}

/// The lists row by row: each row but the first has the height of `most` items, the first what is left above
/// `bottom`.
fn lists(canvas: &mut Canvas<'_>, lists: &[ItemList], most: usize, bottom: f32) {
    let heights: Vec<f32> = list_rows(lists).map(|row| row_height(canvas, row, most)).collect();
    let mut under: f32 = heights.iter().skip(1).map(|height| height + GAP).sum();
    for (number, row) in list_rows(lists).enumerate() {
        let end = bottom - under;
        let lowest = list_row(canvas, row, end);
        canvas.y = lowest + GAP;
        under -= heights.get(number + 1).map_or(0.0, |height| height + GAP);
    }
}

/// Lists side by side, cut at what fits above `bottom`; returns where the longest ends.
fn list_row(canvas: &mut Canvas<'_>, lists: &[ItemList], bottom: f32) -> f32 {
    let width = list_width(canvas, abreast(canvas, lists));
    let (top, theme, hair) = (canvas.y, canvas.theme(), canvas.hair());
    let mut lowest = top;
    for (index, list) in lists.iter().enumerate() {
        let x = SIDE + u16_f32(index) * (width + 16.0);
        canvas.enter("L");
        canvas.enter("Caption");
        canvas.text((x, top), CAPTION, theme.ink, &list.title, width);
        canvas.leave();
        let mut y = top + LIST_HEAD;
        canvas.rule((x, x + width), y - 2.5, theme.ink, 0.7);
        if list.items.is_empty() {
            let lines = canvas.setter.lines(&list.empty, ENTRY.face, ENTRY.size, width, 2);
            canvas.enter("LI");
            y = canvas.lines((x, y), ENTRY, theme.muted, lines);
            canvas.leave();
        }
        let fits = items_that_fit(canvas, list, width, bottom - y);
        for (number, item) in list.items[..fits].iter().enumerate() {
            let entry = Entry::of(canvas, item, width);
            let height = entry.height();
            if number > 0 {
                canvas.rule((x, x + width), y - 0.9, hair, 0.3);
            }
            canvas.enter("LI");
            entry.paint(canvas, (x, y), width);
            canvas.leave();
            y += height;
        }
        if fits < list.items.len() {
            canvas.enter("LI");
            let more = canvas.format().say(phrase!("+ {n} more", n = list.items.len() - fits));
            canvas.text((x, y), NOTE, theme.muted, &more, width);
            y += NOTE.leading;
            canvas.leave();
        }
        canvas.leave();
        lowest = lowest.max(y);
    }
    lowest
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
