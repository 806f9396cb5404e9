//! Tables: heads that repeat, rows that never split, totals that stay with their rows.

mod columns;

use std::rc::Rc;

use crate::document::{Column, Kind, Table, Value};
use crate::language::Phrase;
use crate::quantity::{Health, Reason};

use self::columns::{Columns, Shown, widths};
use super::canvas::Canvas;
use super::style::{self, CAPTION, CELL, GAP, HEAD, NOTE, SIDE, Style};
use super::typeset::{Face, Line};

/// Above and below the lines of a row.
const PAD: f32 = 1.8;

/// The same in an excerpt.
const TIGHT: f32 = 1.5;

/// Lines a text may take in a cell.
const MOST_LINES: usize = 5;

/// Indent of a level.
const INDENT: f32 = 8.0;

/// Space of a health mark before its word.
const MARK: f32 = 10.0;

/// Space of a mark before a figure beyond its threshold.
const SMALL_MARK: f32 = 8.0;

/// Rows an excerpt may have: the last of its table.
const MOST_EXCERPT: usize = 40;

/// A table no longer than this many rows is not broken.
const SHORT: usize = 3;

/// A table ready to be painted: everything but where the pages end is settled.
pub(super) struct Ready<'a> {
    table: &'a Table,
    title: &'a str,
    columns: Columns,
    head: Head,
    rows: Vec<Laid>,
    totals: Option<Laid>,
    /// Why values are undefined.
    reasons: Vec<Rc<Line>>,
    /// Rows that only the workbook has.
    left_out: usize,
}

impl<'a> Ready<'a> {
    /// Measures a table of the section `title`, which is also the sheet of the workbook that has all of it.
    pub(super) fn of(canvas: &mut Canvas<'_>, table: &'a Table, title: &'a str) -> Self {
        let mut shown: Vec<Shown<'_>> =
            table.printed().map(|row| Shown::of(canvas, table, row, false)).collect();
        let left_out = table.rows.len() - shown.len();
        shown.extend(table.totals.iter().map(|row| Shown::of(canvas, table, row, true)));
        let columns = widths(canvas, table, &shown, canvas.width());
        let head = head_lines(canvas, table, &columns);
        let mut rows: Vec<Laid> = shown.iter().map(|shown| laid(canvas, table, &columns, shown)).collect();
        let totals = table.totals.as_ref().and_then(|_| rows.pop());
        let reasons = reason_lines(canvas, &columns.reasons);
        Self { table, title, columns, head, rows, totals, reasons, left_out }
    }

    /// What stays with the last row: the totals and the notes.
    fn foot(&self) -> f32 {
        let totals = self.totals.as_ref().map_or(0.0, |row| row.height + 2.0);
        let more = if self.left_out > 0 { NOTE.leading + 2.0 } else { 0.0 };
        #[expect(clippy::cast_precision_loss, reason = "lines of a note")]
        let lines = self.reasons.len() as f32;
        let reasons = if self.reasons.is_empty() { 0.0 } else { lines * NOTE.leading + 3.0 };
        totals + more + reasons
    }

    /// The height of what stays together at the top: the heads and two rows, or the whole of a short
    /// table.
    pub(super) fn opening(&self) -> f32 {
        let caption = caption_height(self.table);
        // Of three rows, one or two would be left alone.
        let rows = &self.rows[..if self.rows.len() > SHORT { 2 } else { self.rows.len() }];
        let foot = if rows.len() == self.rows.len() { self.foot() } else { 0.0 };
        let none = if self.rows.is_empty() && self.left_out == 0 { NOTE.leading + 3.0 } else { 0.0 };
        caption + self.head.height + rows.iter().map(|row| row.height).sum::<f32>() + foot + none + 2.0
    }

    /// Lays the table down the pages. Its last two rows, the totals and the notes stay together.
    pub(super) fn flow(&self, canvas: &mut Canvas<'_>) {
        let Self { table, columns, head, rows, .. } = self;
        canvas.need(self.opening());
        canvas.enter("Table");
        caption(canvas, table, false);
        let foot = self.foot();
        heads(canvas, columns, head);
        for (index, row) in rows.iter().enumerate() {
            let rest = &rows[index..];
            let together = if rest.len() <= 2 {
                rest.iter().map(|row| row.height).sum::<f32>() + foot
            } else {
                row.height
            };
            if canvas.need(together) {
                caption(canvas, table, true);
                heads(canvas, columns, head);
            }
            paint(canvas, columns, row, true);
        }
        if let Some(totals) = &self.totals {
            canvas.rule((SIDE, SIDE + columns.width), canvas.y, canvas.theme().ink, 0.7);
            canvas.y += 1.0;
            paint(canvas, columns, totals, false);
        }
        canvas.leave();
        self.notes(canvas);
        canvas.y += GAP;
    }

    /// The rows that only the workbook has and the reasons of undefined values.
    fn notes(&self, canvas: &mut Canvas<'_>) {
        let muted = canvas.theme().muted;
        if self.rows.is_empty() && self.left_out == 0 {
            canvas.need(NOTE.leading + 3.0);
            canvas.enter("P");
            let width = canvas.width();
            let none = canvas.format().word(word!("None."));
            canvas.text((SIDE, canvas.y + 3.0), NOTE, muted, &none, width);
            canvas.leave();
            canvas.y += NOTE.leading + 3.0;
        }
        let n = self.left_out;
        more(canvas, n, &phrase!("+ {n} more in the workbook, sheet {sheet}", n, sheet = self.title));
        if !self.reasons.is_empty() {
            #[expect(clippy::cast_precision_loss, reason = "lines of a note")]
            canvas.need(self.reasons.len() as f32 * NOTE.leading + 3.0);
            canvas.enter("P");
            canvas.y = canvas.lines((SIDE, canvas.y + 3.0), NOTE, muted, self.reasons.clone());
            canvas.leave();
        }
    }
}

/// The last rows of a table, each on one line with little air, and how many earlier ones there are over them:
/// what is still to come matters more than what was long ago.
pub(super) struct Excerpt<'a> {
    table: &'a Table,
    columns: Columns,
    head: Head,
    /// Those that may be shown.
    rows: Vec<Shown<'a>>,
}

impl<'a> Excerpt<'a> {
    /// Measures a table.
    pub(super) fn of(canvas: &mut Canvas<'_>, table: &'a Table) -> Self {
        let last = table.rows.iter().skip(table.rows.len().saturating_sub(MOST_EXCERPT));
        let rows: Vec<Shown<'_>> = last.map(|row| Shown::of(canvas, table, row, false)).collect();
        let columns = Columns { lines: 1, pad: TIGHT, ..widths(canvas, table, &rows, canvas.width()) };
        let head = head_lines(canvas, table, &columns);
        Self { table, columns, head, rows }
    }

    fn row_height(&self) -> f32 {
        self.columns.cell.leading + 2.0 * TIGHT
    }

    /// The height of so many rows.
    pub(super) fn height(&self, rows: usize) -> f32 {
        let note = if rows < self.table.rows.len() { NOTE.leading + 2.0 } else { 0.0 };
        #[expect(clippy::cast_precision_loss, reason = "rows of a page")]
        let rows = rows as f32;
        caption_height(self.table) + self.head.height + 0.5 + rows * self.row_height() + note
    }

    /// Lays the rows that fit into `height`.
    pub(super) fn lay(&self, canvas: &mut Canvas<'_>, height: f32) {
        let Self { table, columns, head, rows } = self;
        let top = canvas.y;
        canvas.enter("Table");
        caption(canvas, table, false);
        heads(canvas, columns, head);
        let room = height - (canvas.y - top);
        let fit = fitting(table.rows.len(), room, self.row_height(), NOTE.leading + 2.0).min(rows.len());
        let n = table.rows.len() - fit;
        more(canvas, n, &phrase!("+ {n} earlier", n));
        for shown in &rows[rows.len() - fit..] {
            let laid = laid(canvas, table, columns, shown);
            paint(canvas, columns, &laid, true);
        }
        canvas.leave();
    }
}

/// How many of `count` rows fit, leaving room for a line that counts the others.
pub(super) fn fitting(count: usize, room: f32, row: f32, note: f32) -> usize {
    #[expect(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "rows of a page")]
    let rows = |room: f32| ((room + 0.01) / row).max(0.0) as usize;
    if rows(room) >= count { count } else { rows(room - note).min(count) }
}

fn caption_height(table: &Table) -> f32 {
    if table.caption.is_empty() { 0.0 } else { CAPTION.leading + 3.0 }
}

fn caption(canvas: &mut Canvas<'_>, table: &Table, continued: bool) {
    if !table.caption.is_empty() {
        canvas.enter("Caption");
        let (ink, width) = (canvas.theme().ink, canvas.width());
        let text = if continued {
            canvas.format().say(phrase!("{title} (continued)", title = &table.caption))
        } else {
            table.caption.clone()
        };
        canvas.text((SIDE, canvas.y), CAPTION, ink, &text, width);
        canvas.leave();
        canvas.y += caption_height(table);
    }
}

struct Head {
    cells: Vec<Vec<Rc<Line>>>,
    height: f32,
    style: Style,
}

fn head_lines(canvas: &mut Canvas<'_>, table: &Table, columns: &Columns) -> Head {
    let style = columns.head;
    let cells: Vec<_> = columns
        .placed
        .iter()
        .map(|column| {
            let text = columns::divided(&table.columns[column.index].head, |text| {
                canvas.setter.width(text, style.face, style.size) <= column.width
            });
            canvas.setter.lines(&text, style.face, style.size, column.width, 3)
        })
        .collect();
    #[expect(clippy::cast_precision_loss, reason = "lines of a head")]
    let lines = cells.iter().map(Vec::len).max().unwrap_or(1).max(1) as f32;
    Head { cells, height: lines * style.leading + 5.0, style }
}

/// The heads of the columns, standing on a rule.
fn heads(canvas: &mut Canvas<'_>, columns: &Columns, head: &Head) {
    let muted = canvas.theme().muted;
    let bottom = canvas.y + head.height;
    canvas.enter("TR");
    for (column, lines) in columns.placed.iter().zip(&head.cells) {
        #[expect(clippy::cast_precision_loss, reason = "lines of a head")]
        let mut y = bottom - 3.5 - lines.len() as f32 * head.style.leading;
        canvas.enter("TH");
        for line in lines {
            let advance = line.at(head.style.size);
            let x = if column.right { column.x + column.width - advance } else { column.x };
            canvas.ink((SIDE + x, style::baseline(head.style, y)), head.style.size, muted, Rc::clone(line));
            y += head.style.leading;
        }
        canvas.leave();
    }
    canvas.leave();
    canvas.rule((SIDE, SIDE + columns.width), bottom, canvas.theme().ink, 0.7);
    canvas.y = bottom + 0.5;
}

/// A row ready to be painted.
struct Laid {
    cells: Vec<Cell>,
    height: f32,
    style: Style,
}

struct Cell {
    lines: Vec<Rc<Line>>,
    indent: f32,
    health: Option<Health>,
    note: Option<char>,
    quiet: bool,
}

fn laid(canvas: &mut Canvas<'_>, table: &Table, columns: &Columns, shown: &Shown<'_>) -> Laid {
    let Shown { row, cells: measured, face } = shown;
    let style = Style { face: *face, ..columns.cell };
    let first_text = columns.placed.iter().position(|column| table.columns[column.index].kind == Kind::Text);
    let empty = Value::Empty;
    let mut cells = Vec::with_capacity(columns.placed.len());
    for (place, column) in columns.placed.iter().enumerate() {
        let value = row.cells.get(column.index).unwrap_or(&empty);
        let mut indent = if Some(place) == first_text {
            f32::from(row.level.min(10)) * INDENT * columns.scale
        } else {
            0.0
        };
        let health = rating(&table.columns[column.index], value);
        if matches!(value, Value::Health(_)) {
            indent += MARK * columns.scale;
        }
        let width = (column.width - indent).max(8.0);
        let most = if column.right { 1 } else { columns.lines };
        let lines = match measured.get(column.index).and_then(Option::as_ref) {
            Some(text) if most == 1 && !text.text.is_empty() => {
                vec![canvas.setter.fit_of(text, style.size, width)]
            }
            Some(text) => canvas.setter.lines_of(text, style.size, width, most),
            None => Vec::new(),
        };
        let note = if let Value::Undefined(reason) = value { columns.letter(*reason) } else { None };
        cells.push(Cell { lines, indent, health, note, quiet: matches!(value, Value::Undefined(_)) });
    }
    #[expect(clippy::cast_precision_loss, reason = "lines of a row")]
    let lines = cells.iter().map(|cell| cell.lines.len()).max().unwrap_or(1).max(1) as f32;
    Laid { cells, height: lines * style.leading + 2.0 * columns.pad, style }
}

/// The rating a cell shows: its own, or that of a figure beyond its column's thresholds.
fn rating(column: &Column, value: &Value) -> Option<Health> {
    let figure = match value {
        Value::Health(health) => return Some(*health),
        Value::Index(figure) | Value::Percent(figure) | Value::Number(figure, _) => *figure,
        _ => return None,
    };
    match column.thresholds {
        Some((_, red)) if figure < red => Some(Health::Red),
        Some((amber, _)) if figure < amber => Some(Health::Amber),
        _ => None,
    }
}

fn paint(canvas: &mut Canvas<'_>, columns: &Columns, row: &Laid, ruled: bool) {
    let (ink, muted) = (canvas.theme().ink, canvas.theme().muted);
    let top = canvas.y + columns.pad;
    let style = row.style;
    canvas.enter("TR");
    for (column, cell) in columns.placed.iter().zip(&row.cells) {
        canvas.enter("TD");
        let left = SIDE + column.x + cell.indent;
        let right = SIDE + column.x + column.width;
        if let (Some(health), false) = (cell.health, column.right) {
            canvas.health(Some(health), (left - MARK + 3.6, top + style.leading / 2.0), 2.9);
        }
        let colour = if cell.quiet { muted } else { ink };
        let mut y = top;
        for line in &cell.lines {
            let x = if column.right { right - line.at(style.size) } else { left };
            let end = x + line.at(style.size);
            if let (Some(health), true) = (cell.health, column.right) {
                canvas.health(Some(health), (x - 4.6, top + style.leading / 2.0), 2.1);
            }
            canvas.ink((x, style::baseline(style, y)), style.size, colour, Rc::clone(line));
            if let Some(letter) = cell.note {
                // A raised letter that leads to the reason under the table.
                let raised = canvas.setter.line(&letter.to_string(), Face::TEXT);
                canvas.ink((end + 0.8, style::baseline(style, y) - 2.4), style.size * 0.68, muted, raised);
            }
            y += style.leading;
        }
        canvas.leave();
    }
    canvas.leave();
    canvas.y += row.height;
    if ruled {
        canvas.rule((SIDE, SIDE + columns.width), canvas.y, canvas.hair(), 0.35);
    }
}

/// What the letters beside undefined values stand for.
fn reason_lines(canvas: &mut Canvas<'_>, reasons: &[Reason]) -> Vec<Rc<Line>> {
    if reasons.is_empty() {
        return Vec::new();
    }
    let one = reasons.len() == 1;
    let lettered = reasons.iter().zip('a'..='z');
    let text: Vec<String> = lettered
        .map(|(reason, letter)| {
            let reason = canvas.format().word(reason.text());
            if one { reason } else { format!("{letter}\u{a0}{reason}") }
        })
        .collect();
    let text = canvas
        .format()
        .say(phrase!("\u{2013}\u{a0}not defined: {reasons}", reasons = canvas.format().clauses(&text)));
    let width = canvas.width();
    canvas.setter.lines(&text, NOTE.face, NOTE.size, width, 4)
}

fn more(canvas: &mut Canvas<'_>, count: usize, told: &Phrase) {
    if count == 0 {
        return;
    }
    canvas.need(NOTE.leading + 2.0);
    canvas.enter("P");
    let (muted, width) = (canvas.theme().muted, canvas.width());
    let told = canvas.format().say(told);
    canvas.text((SIDE, canvas.y + 2.0), NOTE, muted, &told, width);
    canvas.leave();
    canvas.y += NOTE.leading + 2.0;
}

/// The style of the cells at a scale.
fn scaled(style: Style, scale: f32) -> Style {
    Style { face: style.face, size: style.size * scale, leading: style.leading * scale }
}

/// The cells' and heads' styles before a table has to shrink.
const fn natural() -> (Style, Style) {
    (CELL, HEAD)
}
