//! A table of the document in the workbook: filter, bands, live columns, live totals; or, where it shares
//! its sheet with one that has other columns, the same over merged cells and without the filter.

mod large;
mod native;
mod rows;

use rust_xlsxwriter::{
    ConditionalFormatCell, ConditionalFormatCellRule, ConditionalFormatCustomIcon, ConditionalFormatIconSet,
    ConditionalFormatIconType, ConditionalFormatType, Format, Worksheet, XlsxError,
};

use super::book::{Book, Plan, total};
use super::cells::Body;
use super::formula::{DASH, close, number};
use super::grid::{Span, Stand, Wanted, WantedColumn};
use super::style::{Style, color, is_text, kind_of, shape};
use super::{text, width};
use crate::document::{Heat, Kind, Row, Table, Value};
use crate::quantity::Health;
use crate::render::chart::inks;

pub(super) use native::NUMBER;

/// What the finished package is given of a sheet, beside what the writer has written.
#[derive(Clone, Debug, Default)]
pub(super) struct Added {
    /// Rows.
    pub(super) bodies: Vec<Body>,
    /// The parts of the tables of the workbook, with [`NUMBER`] where their number goes.
    pub(super) tables: Vec<String>,
}

/// Tables with more rows are written row by row to disk, without outline.
pub(super) const LARGE: usize = 5_000;
/// Rows a sheet has room for, with head and totals.
const MOST_ROWS: usize = 1_000_000;
/// Lines of a row before its texts are cut off.
const MOST_LINES: u32 = 8;
/// Rows that are measured for the widths of columns.
const MEASURED: usize = 1_000;

/// The rows that are written.
pub(super) fn rows(table: &Table) -> &[Row] {
    table.rows.get(..MOST_ROWS).unwrap_or(&table.rows)
}

/// How many columns of the sheet the table takes.
pub(super) fn columns(table: &Table, plan: &Plan) -> usize {
    table.columns.len() + usize::from(plan.counted.is_some())
}

/// A table with more columns than these is read by moving across it.
const MANY_COLUMNS: usize = 8;

/// How many columns at the left say what a row is, in a table of many: up to the one that is named.
pub(super) fn names(table: &Table) -> u16 {
    if table.columns.len() <= MANY_COLUMNS {
        return 0;
    }
    let named = table.columns.iter().position(|column| column.kind == Kind::Text && column.weight >= 3);
    named.filter(|place| *place < 4).and_then(|place| u16::try_from(place + 1).ok()).unwrap_or(0)
}

/// What the table asks for where it shares a sheet with others.
pub(super) fn wanted(table: &Table, plan: &Plan, book: &Book<'_>) -> Wanted {
    let texts = table.columns.iter().map(|column| is_text(column.kind)).chain([false]);
    let columns = widths(table, plan, &book.style).into_iter().zip(texts);
    Wanted {
        columns: columns.map(|(width, text)| WantedColumn { width, text }).collect(),
        rows: table.rows.len(),
        // Totals that leave summaries out, and measures, refer to the table by its name.
        rigid: plan.counted.is_some() || book.is_total(table),
    }
}

/// The width each column of the table wants.
fn widths(table: &Table, plan: &Plan, style: &Style) -> Vec<f64> {
    let mut widths = Vec::new();
    for (place, column) in table.columns.iter().enumerate() {
        let most = if is_text(column.kind) { 30.0 + 12.0 * f64::from(column.weight.min(4)) } else { 40.0 };
        let widest = widest(table, place, (most - 3.0, style));
        // The filter's button takes three digits of the head.
        let head = width::longest_word(&column.head, 4.0) * 1.05;
        widths.push((widest + 3.0).min(most).max(head).clamp(7.0, 90.0));
    }
    if let Some(counted) = &plan.counted {
        widths.push((width::longest_word(counted, 4.0) * 1.05).max(9.0));
    }
    widths
}

/// The width of the widest cell of a column, as far as up to `most` matters. A larger number is never shorter than a
/// smaller one of its sign, and any day takes the room of the widest, so few of them need to be put into words.
fn widest(table: &Table, place: usize, (most, style): (f64, &Style)) -> f64 {
    let kind = table.columns.get(place).map(|column| column.kind);
    let mut largest: [Option<(f64, &Value, &Row)>; 4] = [None; 4];
    let mut widest = 0.0_f64;
    let mut see = |cell: &Value, row: &Row| {
        let bold = if row.summary { 1.07 } else { 1.0 };
        let indent = indent(table, place, row);
        let wide = match cell {
            Value::Text(words) if width::most(words) * bold + indent <= widest => return widest,
            Value::Text(words) => width::of(words),
            Value::Date(_) => style.widest_day,
            _ => width::of(&style.language.show(cell)),
        };
        widest = widest.max(wide * bold + indent);
        widest
    };
    for row in rows(table).iter().take(MEASURED).chain(&table.totals) {
        let Some(cell) = row.cells.get(place) else { continue };
        match number(cell).filter(|_| kind == Some(kind_of(cell))) {
            Some(number) => {
                let of_its_sort = &mut largest[usize::from(row.summary) * 2 + usize::from(number < 0.0)];
                if of_its_sort.is_none_or(|(most, ..)| number.abs() > most) {
                    *of_its_sort = Some((number.abs(), cell, row));
                }
            }
            None if see(cell, row) >= most => return widest,
            None => {}
        }
    }
    for (_, cell, row) in largest.into_iter().flatten() {
        see(cell, row);
    }
    widest
}

/// Where a table's columns stand.
struct Places<'a> {
    /// `None` where every column stands on one of the sheet.
    spans: Option<&'a [Span]>,
    /// The widths of the sheet's columns.
    widths: &'a [f64],
}

impl Places<'_> {
    fn span(&self, place: usize) -> Span {
        let own = u16::try_from(place).unwrap_or(u16::MAX);
        let spanned = self.spans.map(|spans| spans.get(place).copied());
        spanned.unwrap_or(None).unwrap_or(Span { first: own, last: own })
    }

    fn first(&self, place: usize) -> u16 {
        self.span(place).first
    }

    fn width(&self, place: usize) -> f64 {
        let Span { first, last } = self.span(place);
        let columns = self.widths.get(usize::from(first)..=usize::from(last));
        columns.map_or(10.0, |widths| widths.iter().sum())
    }
}

/// Writes the table with its head in this row and returns the first row behind it. What is for the finished package
/// is added.
pub(super) fn write(
    (sheet, added): (&mut Worksheet, &mut Added),
    book: &Book<'_>,
    table: &Table,
    (stand, widths): (&Stand, &[f64]),
    head: u32,
) -> Result<u32, XlsxError> {
    let Some(plan) = book.plan(table) else { return Ok(head) };
    let places = Places { spans: if let Stand::Spanned(spans) = stand { Some(spans) } else { None }, widths };
    let style = &book.style;
    let rows = rows(table);
    let first = head + 1;
    // A table of the workbook has at least one row.
    let last = head + u32::try_from(rows.len().max(1)).unwrap_or(1);
    let end = if table.totals.is_some() { last + 1 } else { last };
    let large = rows.len() > LARGE;

    if places.spans.is_none() {
        if !large {
            outline(sheet, rows, first)?;
        }
        added.tables.push(native::part(table, plan, (head, last)));
    }
    added.bodies.extend(rows::bodies(book, (table, plan), &places, (head, last)));
    if large {
        large::write(sheet, style, (table, plan), first)?;
    }
    conditions(sheet, style, table, &places, (first, end))?;
    Ok(end + 1)
}

/// The look of a column: text keeps off what stands before it.
fn set_off(table: &Table, place: usize, look: fn(&Style, Kind) -> Format, style: &Style) -> Format {
    let kind = table.columns.get(place).map_or(Kind::Text, |column| column.kind);
    let format = look(style, kind);
    if place > 0 && is_text(kind) { format.set_indent(1) } else { format }
}

/// Writes a value as what it is; text stays text whatever it looks like.
pub(super) fn cell(
    sheet: &mut Worksheet,
    style: &Style,
    row: u32,
    column: u16,
    value: &Value,
    format: Option<&Format>,
) -> Result<(), XlsxError> {
    if let Some(number) = number(value) {
        match format {
            Some(format) => sheet.write_number_with_format(row, column, number, format)?,
            None => sheet.write_number(row, column, number)?,
        };
        return Ok(());
    }
    let shown = match value {
        Value::Empty => {
            if let Some(format) = format {
                sheet.write_blank(row, column, format)?;
            }
            return Ok(());
        }
        Value::Text(words) => text::cell(words),
        Value::Health(health) => {
            let marked = style.mark(format.cloned().unwrap_or_default(), *health);
            sheet.write_string_with_format(row, column, style.language.word(health.word()), &marked)?;
            return Ok(());
        }
        _ => DASH.into(),
    };
    match format {
        Some(format) => sheet.write_string_with_format(row, column, shown.as_ref(), format)?,
        None => sheet.write_string(row, column, shown.as_ref())?,
    };
    Ok(())
}

/// The column that shows the levels by its indent: the first of text.
pub(super) fn indented(table: &Table) -> usize {
    table.columns.iter().position(|column| column.kind == Kind::Text).unwrap_or(usize::MAX)
}

/// How far the text of a cell stands off for its row's level, in digits.
fn indent(table: &Table, place: usize, row: &Row) -> f64 {
    if row.level > 0 && place == indented(table) { f64::from(row.level) * 1.4 } else { 0.0 }
}

/// Whether the live total of a column says what the stored one says.
fn is_sum(table: &Table, place: usize) -> bool {
    let stored = table.totals.as_ref().and_then(|totals| number(totals.cells.get(place)?));
    let sums = table.columns.get(place).is_some_and(|column| column.sums);
    sums && total(table, place).zip(stored).is_some_and(|(sum, stored)| close(sum, stored))
}

/// The live total of a column of a table of the workbook.
fn total_formula(table: &Table, plan: &Plan, place: usize) -> Option<String> {
    is_sum(table, place).then(|| match plan.counted {
        // Follows the filter, as totals of a workbook do.
        None => format!("=SUBTOTAL(109,{})", plan.column(place)),
        Some(_) => plan.sum(place),
    })
}

/// Groups the rows by their levels, as far as a workbook has levels.
fn outline(sheet: &mut Worksheet, rows: &[Row], first: u32) -> Result<(), XlsxError> {
    let lowest = rows.iter().map(|row| row.level).min().unwrap_or(0);
    let deepest = rows.iter().map(|row| row.level - lowest).max().unwrap_or(0).min(7);
    sheet.group_symbols_above(true);
    for level in 1..=deepest {
        let mut start = None;
        for (row, line) in (first..).zip(rows.iter().map(Some).chain([None])) {
            let inside = line.is_some_and(|line| line.level - lowest >= level);
            match (inside, start) {
                (true, None) => start = Some(row),
                (false, Some(from)) => {
                    sheet.group_rows(from, row - 1)?;
                    start = None;
                }
                _ => {}
            }
        }
    }
    Ok(())
}

/// Colours that follow the cells when they change: ratings by their word, indices by their thresholds.
fn conditions(
    sheet: &mut Worksheet,
    style: &Style,
    table: &Table,
    places: &Places<'_>,
    (first, last): (u32, u32),
) -> Result<(), XlsxError> {
    for (place, column) in table.columns.iter().enumerate() {
        let number = places.first(place);
        if column.kind == Kind::Health {
            for health in [Health::Green, Health::Amber, Health::Red] {
                let format = Format::new()
                    .set_bold()
                    .set_font_color(style.health(health))
                    .set_num_format(shape(health));
                let rule = ConditionalFormatCellRule::EqualTo(style.language.word(health.word()));
                let condition = ConditionalFormatCell::new().set_rule(rule).set_format(format);
                sheet.add_conditional_format(first, number, last, number, &condition)?;
            }
        }
        if let Some(heat) = column.heat {
            for condition in fullness(style, heat) {
                sheet.add_conditional_format(first, number, last, number, &condition)?;
            }
        }
        if let Some((amber, red)) = column.thresholds {
            sheet.add_conditional_format(first, number, last, number, &icons(amber, red))?;
        }
    }
    Ok(())
}

/// The colours of a heat map, the fullest first; too much is bold as well.
fn fullness(style: &Style, heat: Heat) -> [ConditionalFormatCell; 3] {
    let condition = |rule, colour, bold: bool| {
        let format = Format::new().set_background_color(color(colour));
        let format = if bold { format.set_bold() } else { format };
        ConditionalFormatCell::new().set_rule(rule).set_format(format).set_stop_if_true(true)
    };
    let [far, too, full] = inks(&style.theme);
    [
        condition(ConditionalFormatCellRule::GreaterThan(heat.red), far, true),
        condition(ConditionalFormatCellRule::GreaterThan(heat.over), too, true),
        condition(ConditionalFormatCellRule::GreaterThanOrEqualTo(heat.under), full, false),
    ]
}

/// A circle from the amber threshold up, a triangle below it, a diamond below the red one.
fn icons(amber: f64, red: f64) -> ConditionalFormatIconSet {
    let icon = |from: f64| ConditionalFormatCustomIcon::new().set_rule(ConditionalFormatType::Number, from);
    ConditionalFormatIconSet::new().set_icon_type(ConditionalFormatIconType::ThreeSigns).set_icons(&[
        icon(0.0),
        icon(red),
        icon(amber),
    ])
}
