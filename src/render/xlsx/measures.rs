//! The measures: each with its value, computed where the workbook can, and what it says.

use rust_xlsxwriter::{Note, Table, TableColumn, TableStyle, Worksheet, XlsxError};

use super::book::Book;
use super::cells::{Body, Cells, Content, Rows};
use super::formula::number;
use super::looks::Prose;
use super::page::Extent;
use super::{page, text, width};
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

/// Writes the sheet of measures and returns its rows, for the finished package.
pub(super) fn write(sheet: &mut Worksheet, book: &Book<'_>) -> Result<Option<Body>, XlsxError> {
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

    let columns: Vec<Cells> = (0..).map(Cells::one).take(HEADS.len()).collect();
    let (entry, quiet) = (book.looks.prose(Prose::Entry), book.looks.prose(Prose::Quiet));
    let mut rows = Rows::with_capacity(measures.len() * 600);
    for (place, (row, measure)) in (FIRST..).zip(measures).enumerate() {
        let live = book.live(measure);
        let computed = computed(measure, live.as_deref());
        let texts = [(0, measure.name.as_str()), (4, computed), (5, measure.meaning.as_str())];
        let lines = texts.map(|(column, words)| width::lines(words, HEADS[column].1 - 1.5));
        let lines = lines.into_iter().max().unwrap_or(1);
        let points = (lines > 1).then(|| width::height(lines));
        if let Some(points) = points {
            // For the places of the notes.
            sheet.set_row_height(row, points)?;
        }
        rows.open(row, points, 0);
        let live = live.as_deref().map(text::formula);
        let cells = [
            (entry, Content::text(&measure.name)),
            (entry, Content::text(&measure.printed)),
            (
                book.looks.figure(&measure.value),
                match &live {
                    Some(formula) => Content::Computed(formula, number(&measure.value)),
                    None => Content::of(&measure.value, style),
                },
            ),
            (quiet, Content::text(book.name(place))),
            (quiet, Content::text(computed)),
            (entry, Content::text(&measure.meaning)),
        ];
        for (column, (look, content)) in columns.iter().zip(&cells) {
            rows.cell(column, look, content);
        }
        rows.close();
        explain(sheet, book, row, measure)?;
    }
    sheet.set_freeze_panes(FIRST, 2)?.set_repeat_rows(head, head)?;
    let width = HEADS.iter().map(|(_, wide)| wide).sum();
    page::set_up(sheet, book.document, Extent { width, rows: last + 1, ..Extent::default() });
    Ok(rows.finish())
}

/// Says beside a value that is undefined why it is.
fn explain(sheet: &mut Worksheet, book: &Book<'_>, row: u32, measure: &Measure) -> Result<(), XlsxError> {
    if let Value::Undefined(reason) = &measure.value {
        let missing = phrase!("{metric}: {reason}", metric = measure.symbol, reason = *reason);
        let text = book.style.language.say(missing);
        let lines = width::lines(&text, 22.0);
        let note = Note::new(text).add_author_prefix(false).set_width(160).set_height(16 * lines + 12);
        sheet.insert_note(row, 2, &note)?;
    }
    Ok(())
}

/// How the value comes about, in the words of the catalogue.
fn computed<'a>(measure: &Measure, live: Option<&'a str>) -> &'a str {
    match (measure.live, live) {
        (Live::Formula(formula), _) => formula,
        (Live::Total { .. }, Some(formula)) => formula.trim_start_matches('='),
        _ => "",
    }
}
