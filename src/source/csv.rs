//! CSV in any usual dialect: separator, quotes, records, and what is wrong with their shape.

mod record;

pub(super) use record::{Record, Records};

use super::find::Found;
use super::header::{self, SEARCH as LOOK, text};
use super::{Body, RowCells, Sheet, encoding, large};
use crate::diagnostic::{Diagnostic, Diagnostics, Location, code};
use crate::error::Error;

/// The separators known, in the order they win a tie.
const SEPARATORS: [u8; 4] = *b",;\t|";
/// Reads a text file; no sheet when it is not text or has nothing in it.
pub(super) fn read(found: &Found, bytes: &[u8], problems: &mut Diagnostics) -> Result<Option<Sheet>, Error> {
    let file = || Location::file(found.name.clone());
    let Some(decoded) = encoding::decode(bytes) else {
        problems.push(if found.workbook {
            Diagnostic::new(&code::WORKBOOK, file(), word!("the file is not a workbook"))
                .help(word!("it is damaged, or of a kind that is not known: save it again as .xlsx"))
        } else {
            Diagnostic::new(&code::NOT_TEXT, file(), word!("the file is binary, not text"))
                .help(word!("export the table again as CSV or as a workbook (.xlsx)"))
        });
        return Ok(None);
    };
    if is_markup(&decoded.text) {
        problems.push(
            Diagnostic::new(&code::MARKUP, file(), word!("the file is a web page or XML, not a table")).help(word!(
                "open it in a spreadsheet program and save it as CSV or .xlsx; if it is a page to sign in, sign in and \
                 export the table again"
            )),
        );
        return Ok(None);
    }
    if found.workbook && !bytes.is_empty() {
        problems.push(
            Diagnostic::new(
                &code::TEXT_WORKBOOK,
                file(),
                word!("text under the name of a workbook: read as CSV"),
            )
            .help(word!("name it .csv or .txt if that is what it is")),
        );
    }
    if let Some(encoding) = decoded.guessed {
        let name = encoding.name();
        let name = if name == "windows-1252" { "Windows-1252" } else { name };
        problems.push(
            Diagnostic::new(
                &code::ENCODING,
                file(),
                phrase!("the file does not say its encoding: read as {encoding}", encoding = name),
            )
            .help(word!("if letters look wrong in the report, save the file as UTF-8")),
        );
    }
    // A spreadsheet does not show the line `sep=;`: row 1 is the one after it.
    let (separator, body) =
        separator_line(&decoded.text).unwrap_or_else(|| (separator(&decoded.text), &decoded.text));
    let marks = (body.len() as u64 > large::LIMIT).then(|| large::marks(body)).flatten();
    let sheet = match marks {
        Some(marks) => large::copy(found, separator, body, marks, problems)?,
        None => shape(found, separator, body, problems),
    };
    match &sheet {
        None => problems.push(
            Diagnostic::new(&code::EMPTY_FILE, file(), word!("there is nothing in the file"))
                .help(word!("fill it in, or remove it")),
        ),
        Some(sheet) if matches!(&sheet.body, Body::Rows(rows) if rows.is_empty()) => {
            problems.push(no_rows(sheet));
        }
        Some(_) => {}
    }
    Ok(sheet)
}

/// The sheet of a text: header found, width checked.
fn shape(found: &Found, separator: u8, body: &str, problems: &mut Diagnostics) -> Option<Sheet> {
    let filled = Records::new(body, separator, 1).filter(|record| !record.is_blank());
    let records: Vec<Record> = filled.filter(|record| is_sound(found, record, problems)).collect();
    let first: Vec<RowCells> = records.iter().take(LOOK).map(cells).collect();
    let header = header::find(&first)?;
    let width = header.cells.len();
    let below =
        |record: &&Record| record.row <= header.row || fits(found, separator, width, record, problems);
    let rows = records.iter().filter(below).map(cells).collect();
    let mut sheet = large::empty_sheet(found);
    sheet.place(rows, &header);
    Some(sheet)
}

/// Says that a table has only its header.
pub(super) fn no_rows(sheet: &Sheet) -> Diagnostic {
    let at = sheet.location(sheet.header_row, None);
    Diagnostic::new(&code::NO_ROWS, at, word!("a header and no rows below it"))
}

/// The cells of a record.
pub(super) fn cells(record: &Record<'_>) -> RowCells {
    RowCells { row: record.row, cells: record.fields.iter().map(|field| text(field)).collect() }
}

/// Whether a record's text is whole; says what is wrong with it.
pub(super) fn is_sound(found: &Found, record: &Record<'_>, problems: &mut Diagnostics) -> bool {
    let at = |column: usize| Location {
        row: Some(record.row),
        column: u32::try_from(column + 1).ok(),
        ..Location::file(found.name.clone())
    };
    if let Some(column) = record.fields.iter().position(|field| is_damaged(field)) {
        problems.push(
            Diagnostic::new(
                &code::DAMAGED_TEXT,
                at(column),
                word!("bytes that stand for no letter: read as \u{fffd}"),
            )
            .context(words(record))
            .help(word!("correct the text, or export the file again as UTF-8")),
        );
    }
    if let Some(column) = record.unclosed {
        problems.push(
            Diagnostic::new(
                &code::UNCLOSED_QUOTE,
                at(column),
                word!("a quotation mark opens here and is not closed"),
            )
            .context(words(record))
            .help(word!(
                "close it, or double it (\"\") if it belongs to the text; the row is left out until then"
            )),
        );
    }
    record.unclosed.is_none()
}

/// Whether a field has the sign that stands for bytes without a letter. Nearly all fields are ASCII, which is seen at
/// once.
fn is_damaged(field: &str) -> bool {
    !field.is_ascii() && field.contains('\u{fffd}')
}

/// Whether a record can be used under a header of `width` fields; says what is wrong with it.
pub(super) fn fits(
    found: &Found,
    separator: u8,
    width: usize,
    record: &Record<'_>,
    problems: &mut Diagnostics,
) -> bool {
    let at = Location { row: Some(record.row), ..Location::file(found.name.clone()) };
    let fields = record.fields.len();
    let filled = record.fields.iter().rposition(|f| !f.trim().is_empty()).map_or(0, |last| last + 1);
    if filled > width {
        let message =
            phrase!("the row has {n} {n|field|fields}, its header {width}: left out", n = filled, width);
        let help = quote_it(separator);
        problems.push(Diagnostic::new(&code::TOO_MANY_FIELDS, at, message).context(words(record)).help(help));
    } else if fields < width {
        let message = phrase!("the row ends after {n} {n|field|fields} of {width}", n = fields, width);
        problems.push(
            Diagnostic::new(&code::TOO_FEW_FIELDS, at, message)
                .context(words(record))
                .help(word!("the missing fields count as empty: check that no separator is missing")),
        );
    }
    filled <= width
}

/// The separator that the first records agree on: the one that gives most of them the same number of
/// fields, more than one; with an equal vote, the one that gives more fields.
pub(super) fn separator(text: &str) -> u8 {
    let votes = |separator: u8| {
        let widths: Vec<usize> = Records::new(text, separator, 1)
            .filter(|record| !record.is_blank())
            .take(LOOK)
            .map(|record| record.fields.len())
            .collect();
        let agreeing = |width: usize| widths.iter().filter(|w| **w == width).count();
        widths.iter().filter(|w| **w > 1).map(|w| (agreeing(*w), *w)).max().unwrap_or((0, 1))
    };
    let best = SEPARATORS.iter().map(|s| votes(*s)).max().unwrap_or((0, 1));
    SEPARATORS.into_iter().find(|s| votes(*s) == best).unwrap_or(b',')
}

/// The first line `sep=;` by which a spreadsheet is told the separator, and the text after it.
pub(super) fn separator_line(text: &str) -> Option<(u8, &str)> {
    let (line, rest) = text.split_once('\n')?;
    let said = line.trim_end_matches('\r').strip_prefix("sep=").or_else(|| line.strip_prefix("SEP="))?;
    match said.as_bytes() {
        [separator] if SEPARATORS.contains(separator) => Some((*separator, rest)),
        _ => None,
    }
}

fn is_markup(text: &str) -> bool {
    let head: String = text.trim_start().chars().take(64).collect::<String>().to_ascii_lowercase();
    ["<!doctype", "<html", "<?xml", "<table", "<meta", "<head"].iter().any(|tag| head.starts_with(tag))
}

/// The first fields of a record, to recognise it by.
fn words(record: &Record<'_>) -> String {
    let shown = |field: &str| {
        let text = field.split_whitespace().collect::<Vec<_>>().join(" ");
        if text.chars().count() > 30 { text.chars().take(29).chain(['\u{2026}']).collect() } else { text }
    };
    let filled = record.fields.iter().filter(|field| !field.trim().is_empty());
    filled.take(4).map(|field| shown(field)).collect::<Vec<_>>().join("  ")
}

/// What to do where a value may have the separator in it.
fn quote_it(separator: u8) -> &'static str {
    match separator {
        b';' => word!(
            "put a value that has a semicolon in it between double quotes, or give the further columns a header"
        ),
        b'\t' => {
            word!(
                "put a value that has a tab in it between double quotes, or give the further columns a header"
            )
        }
        b'|' => word!(
            "put a value that has a vertical bar in it between double quotes, or give the further columns a header"
        ),
        _ => word!(
            "put a value that has a comma in it between double quotes, or give the further columns a header"
        ),
    }
}
