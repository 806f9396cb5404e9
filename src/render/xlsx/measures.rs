//! The measures: each with its value, computed where the workbook can, and what it says.

use rust_xlsxwriter::{
    Format, FormatAlign, Formula, Note, Table, TableColumn, TableStyle, Worksheet, XlsxError,
};

use super::book::Book;
use super::formula::result;
use super::page::Extent;
use super::style::kind_of;
use super::{page, table, width};
use crate::document::{Kind, Live, Measure, Value};

/// The column the values stand in.
pub(super) const VALUE: &str = "C";
/// The row (0-based) of the first measure.
pub(super) const FIRST: u32 = 4;

const HEADS: [(&str, f64); 6] = [
    (word!("Measure"), 34.0),
    (word!("Symbol"), 11.0),
    (word!("Value"), 16.0),
    (word!("Name"), 12.0),
    (word!("Computed as"), 36.0),
    (word!("Meaning"), 64.0),
];

/// Writes the sheet of measures.
pub(super) fn write(sheet: &mut Worksheet, book: &Book<'_>) -> Result<(), XlsxError> {
    let style = &book.style;
    let measures = &book.document.measures;
    sheet.set_screen_gridlines(false).set_default_note_author("earnest");
    sheet.set_row_height(0, 26)?.write_string_with_format(
        0,
        0,
        style.language.word(word!("Measures")),
        &style.title(),
    )?;
    let about = style.language.word(word!(
        "The values are computed from the tables behind them where the formula allows; each has the name in column D, for formulas of your own."
    ));
    sheet.write_string_with_format(1, 0, about, &style.muted())?;

    let head = FIRST - 1;
    let last = head + u32::try_from(measures.len()).unwrap_or(0);
    let mut columns = Vec::new();
    for (column, (name, wide)) in (0..).zip(HEADS) {
        sheet.set_column_width(column, wide)?;
        let kind = if column == 2 { Kind::Money } else { Kind::Text };
        columns.push(
            TableColumn::new().set_header(style.language.word(name)).set_header_format(style.head(kind)),
        );
    }
    let native =
        Table::new().set_name(book.measures.as_str()).set_style(TableStyle::Light1).set_columns(&columns);
    sheet.set_row_height(head, 20)?.add_table(head, 0, last, 5, &native)?;

    let cell = style.cell(Kind::Text);
    let quiet = cell.clone().set_font_color(super::style::color(style.theme.muted));
    for (place, (row, measure)) in (FIRST..).zip(measures).enumerate() {
        sheet.write_string_with_format(row, 0, measure.name.as_str(), &cell)?;
        sheet.write_string_with_format(row, 1, measure.printed.as_str(), &cell)?;
        value(sheet, book, row, measure)?;
        sheet.write_string_with_format(row, 3, book.name(place), &quiet)?;
        let computed = computed(book, measure);
        sheet.write_string_with_format(row, 4, computed.as_str(), &quiet)?;
        sheet.write_string_with_format(row, 5, measure.meaning.as_str(), &cell)?;
        let texts = [(0, &measure.name), (4, &computed), (5, &measure.meaning)];
        let lines = texts.map(|(column, words)| width::lines(words, HEADS[column].1 - 1.5));
        sheet.set_row_height(row, width::height(lines.into_iter().max().unwrap_or(1)))?;
    }
    sheet.set_freeze_panes(FIRST, 2)?.set_repeat_rows(head, head)?;
    let width = HEADS.iter().map(|(_, wide)| wide).sum();
    page::set_up(sheet, book.document, Extent { width, rows: last + 1, ..Extent::default() });
    Ok(())
}

fn value(sheet: &mut Worksheet, book: &Book<'_>, row: u32, measure: &Measure) -> Result<(), XlsxError> {
    let style = &book.style;
    let format = book.figure(&measure.value, style.cell(kind_of(&measure.value)).set_bold());
    match book.live(measure) {
        Some(formula) => {
            let formula = Formula::new(formula).set_result(result(&measure.value, &style.language));
            sheet.write_formula_with_format(row, 2, formula, &format)?;
        }
        None => table::cell(sheet, style, row, 2, &measure.value, Some(&format))?,
    }
    if let Value::Undefined(reason) = &measure.value {
        let missing = phrase!("{metric}: {reason}", metric = measure.symbol, reason = *reason);
        let text = style.language.say(missing);
        let lines = width::lines(&text, 22.0);
        let note = Note::new(text).add_author_prefix(false).set_width(160).set_height(16 * lines + 12);
        sheet.insert_note(row, 2, &note)?;
    }
    Ok(())
}

/// How the value comes about, in the words of the catalogue.
fn computed(book: &Book<'_>, measure: &Measure) -> String {
    match (measure.live, book.live(measure)) {
        (Live::Formula(formula), _) => formula.to_owned(),
        (Live::Total { .. }, Some(formula)) => formula.trim_start_matches('=').to_owned(),
        _ => String::new(),
    }
}

impl Book<'_> {
    /// The format of a single figure: set to the right, a date or text included.
    pub(super) fn figure(&self, value: &Value, format: Format) -> Format {
        let format = format.set_align(FormatAlign::Right);
        if matches!(value, Value::Undefined(_)) {
            // It may become a number when the data changes.
            return format.set_num_format(self.style.pattern(Kind::Number(2)));
        }
        format
    }
}
