//! The finished package, opened once more for what we write ourselves: the rows of the tables in their sheets, and
//! the formulas that new rows of a table take.

use std::io::{Cursor, Read, Write};

use zip::result::ZipResult;
use zip::write::SimpleFileOptions;
use zip::{CompressionMethod, DateTime, ZipArchive, ZipWriter};

use super::book::Book;
use super::table::Body;

/// The package with the rows of each sheet, in the order of the sheets, and the formulas of the tables.
///
/// # Errors
/// When the package is none: our own bug.
pub(super) fn complete(package: &[u8], sheets: &[Vec<Body>], book: &Book<'_>) -> ZipResult<Vec<u8>> {
    let options = SimpleFileOptions::default()
        .compression_method(CompressionMethod::Deflated)
        .compression_level(Some(i64::from(super::COMPRESSION)))
        .unix_permissions(0o600)
        .last_modified_time(DateTime::default());
    let mut parts = ZipArchive::new(Cursor::new(package))?;
    let mut whole = ZipWriter::new(Cursor::new(Vec::with_capacity(package.len() * 2)));
    let mut xml = String::new();
    for place in 0..parts.len() {
        let part = parts.by_index_raw(place)?;
        let name = part.name()?.into_owned();
        let bodies = bodies(&name, sheets);
        if bodies.is_empty() && !name.starts_with("xl/tables/") {
            whole.raw_copy_file(part)?;
            continue;
        }
        drop(part);
        xml.clear();
        parts.by_index(place)?.read_to_string(&mut xml)?;
        let part = if bodies.is_empty() { with_formulas(&xml, book) } else { with_rows(&xml, bodies) };
        whole.start_file(name, options)?;
        whole.write_all(part.as_bytes())?;
    }
    Ok(whole.finish()?.into_inner())
}

/// The rows for a part; none where it is no sheet or has no tables.
fn bodies<'b>(name: &str, sheets: &'b [Vec<Body>]) -> &'b [Body] {
    let number = name.strip_prefix("xl/worksheets/sheet").and_then(|name| name.strip_suffix(".xml"));
    let place = number.and_then(|number| number.parse::<usize>().ok()).and_then(|n| n.checked_sub(1));
    place.and_then(|place| sheets.get(place)).map_or(&[], Vec::as_slice)
}

/// A sheet's part with the rows of its tables, in place of those the writer has of them: of their levels alone.
fn with_rows(sheet: &str, bodies: &[Body]) -> String {
    let mut part =
        String::with_capacity(sheet.len() + bodies.iter().map(|body| body.xml.len()).sum::<usize>());
    let mut written = 0;
    let mut rows =
        sheet.match_indices("<row r=\"").map(|(at, start)| (at, number_at(&sheet[at + start.len()..])));
    let end = sheet.find("</sheetData>").unwrap_or(sheet.len());
    let mut next = rows.next();
    for body in bodies {
        let mut to = |row: u32| {
            while next.is_some_and(|(_, number)| number < row) {
                next = rows.next();
            }
            next.map_or(end, |(at, _)| at)
        };
        let (from, behind) = (to(body.first), to(body.last + 1));
        part.push_str(&sheet[written..from]);
        part.push_str(&body.xml);
        written = behind;
    }
    part.push_str(&sheet[written..]);
    match bodies.iter().map(|body| body.last).max() {
        Some(last) => reaching(part, last),
        None => part,
    }
}

/// The part with its extent (`A1:M4`) reaching down to this row at least.
fn reaching(mut part: String, last: u32) -> String {
    const START: &str = "<dimension ref=\"";
    let Some(from) = part.find(START).map(|at| at + START.len()) else { return part };
    let Some(to) = part[from..].find('"').map(|length| from + length) else { return part };
    let digits = part[from..to].rfind(|c: char| !c.is_ascii_digit()).map_or(from, |at| from + at + 1);
    if number_at(&part[digits..]) < last {
        part.replace_range(digits..to, &last.to_string());
    }
    part
}

/// The number at the beginning of a text.
fn number_at(text: &str) -> u32 {
    text.bytes()
        .take_while(u8::is_ascii_digit)
        .fold(0, |number: u32, digit| number.saturating_mul(10).saturating_add(u32::from(digit - b'0')))
}

/// A table's part with the formulas of its columns.
fn with_formulas(table: &str, book: &Book<'_>) -> String {
    let mut part = table.to_owned();
    let Some(plan) = book.plans().find(|plan| table.contains(&format!(" displayName=\"{}\"", plan.name)))
    else {
        return part;
    };
    for place in 0..plan.formulas.len() {
        let Some(formula) = plan.column_formula(place) else { continue };
        let Some(start) = part.find(&format!("<tableColumn id=\"{}\" ", place + 1)) else { continue };
        let Some(end) = part[start..].find('>').map(|length| start + length) else { continue };
        let formula = format!("<calculatedColumnFormula>{formula}</calculatedColumnFormula>");
        if part[..end].ends_with('/') {
            part.replace_range(end - 1..=end, &format!(">{formula}</tableColumn>"));
        } else {
            part.insert_str(end + 1, &formula);
        }
    }
    part
}

#[cfg(test)]
mod tests {
    use super::*;

    fn body(first: u32, last: u32, xml: &str) -> Body {
        Body { first, last, xml: xml.to_owned() }
    }

    #[test]
    fn rows_take_their_places_and_the_extent_follows() {
        let sheet = "<dimension ref=\"A1:C9\"/><sheetData><row r=\"1\"/><row r=\"3\" a=\"1\"/>\
            <row r=\"5\" outlineLevel=\"1\"/><row r=\"9\"/></sheetData>";
        assert_eq!(
            with_rows(sheet, &[body(4, 6, "[4-6]"), body(10, 12, "[10-12]")]),
            "<dimension ref=\"A1:C12\"/><sheetData><row r=\"1\"/><row r=\"3\" a=\"1\"/>[4-6]<row r=\"9\"/>\
             [10-12]</sheetData>"
        );
        assert_eq!(with_rows(sheet, &[]), sheet);
    }

    #[test]
    fn a_part_has_the_rows_of_its_sheet() {
        let sheets = [vec![], vec![body(2, 2, "[2]")]];
        assert_eq!(bodies("xl/worksheets/sheet2.xml", &sheets).len(), 1);
        for name in
            ["xl/worksheets/sheet1.xml", "xl/worksheets/sheet3.xml", "xl/worksheets/_rels/sheet2.xml.rels"]
        {
            assert!(bodies(name, &sheets).is_empty(), "{name}");
        }
    }
}
