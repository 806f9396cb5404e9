//! The finished package, opened once more for what we write ourselves: the rows of the tables in their sheets, how
//! far the tables reach, the formulas that new rows of a table take, and the points of the charts.

mod archive;

use std::io::{Cursor, Read};
use std::ops::Range;

use zip::ZipArchive;
use zip::result::ZipError;

use super::book::Book;
use super::chart;
use super::table::Body;
use archive::{Archive, Part};

/// Where the rows of a sheet end.
const ROWS_END: &str = "</sheetData>";

/// The package with the rows of each sheet, in the order of the sheets, the formulas of the tables and the points of
/// the charts.
///
/// # Errors
/// When the package is none: our own bug.
pub(super) fn complete(package: &[u8], sheets: &[Vec<Body>], book: &Book<'_>) -> Result<Vec<u8>, String> {
    let broken = |error: ZipError| error.to_string();
    let mut parts = ZipArchive::new(Cursor::new(package)).map_err(broken)?;
    let mut whole = Archive::with_capacity(package.len() * 2, super::COMPRESSION);
    let (mut packed, mut xml) = (Vec::new(), String::new());
    for place in 0..parts.len() {
        let mut part = parts.by_index_raw(place).map_err(broken)?;
        let name = part.name().map_err(broken)?.into_owned();
        let bodies = bodies(&name, sheets);
        let chart = name.starts_with("xl/charts/chart");
        if bodies.is_empty() && !chart && !name.starts_with("xl/tables/") {
            packed.clear();
            part.read_to_end(&mut packed).map_err(|error| error.to_string())?;
            whole.copy(&name, &Part { bytes: &packed, crc: part.crc32(), size: part.size() })?;
            continue;
        }
        drop(part);
        xml.clear();
        let mut part = parts.by_index(place).map_err(broken)?;
        part.read_to_string(&mut xml).map_err(|error| error.to_string())?;
        if chart {
            xml = chart::complete(&xml, &book.ledger);
        } else if bodies.is_empty() {
            complete_table(&mut xml, book, sheets.iter().flatten());
        } else {
            xml = with_rows(&xml, bodies);
        }
        whole.add(&name, xml.as_bytes())?;
    }
    whole.finish()
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
    let end = sheet.find(ROWS_END).unwrap_or(sheet.len());
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
    merge(&mut part, bodies);
    match bodies.iter().map(|body| body.last).max() {
        Some(last) => reaching(part, last),
        None => part,
    }
}

/// Merges the cells of the tables beside those that the writer merged.
fn merge(part: &mut String, bodies: &[Body]) {
    const OPEN: &str = "<mergeCells count=\"";
    let ours: Vec<&str> = bodies.iter().flat_map(|body| &body.merged).map(String::as_str).collect();
    if ours.is_empty() {
        return;
    }
    let (count, elements) = (ours.len(), ours.concat());
    if let Some(digits) = part.find(OPEN).map(|at| at + OPEN.len()) {
        let end = digits + part[digits..].find('>').unwrap_or(0) + 1;
        let count = count + number_at(&part[digits..]) as usize;
        part.replace_range(digits..end, &format!("{count}\">{elements}"));
    } else if let Some(end) = part.find(ROWS_END).map(|at| at + ROWS_END.len()) {
        part.insert_str(end, &format!("{OPEN}{count}\">{elements}</mergeCells>"));
    }
}

/// The part with its extent (`A1:M4`) reaching down to this row at least.
fn reaching(mut part: String, last: u32) -> String {
    if let Some(digits) = last_row(&part, "<dimension ")
        && number_at(&part[digits.clone()]) < last
    {
        part.replace_range(digits, &last.to_string());
    }
    part
}

/// Where the extent of an element has its last row's number.
fn last_row(part: &str, element: &str) -> Option<Range<usize>> {
    const EXTENT: &str = " ref=\"";
    let element = part.find(element)?;
    let from = element + part[element..].find(EXTENT)? + EXTENT.len();
    let to = from + part[from..].find('"')?;
    let digits = part[from..to].rfind(|c: char| !c.is_ascii_digit()).map_or(from, |at| from + at + 1);
    Some(digits..to)
}

/// The number at the beginning of a text.
fn number_at(text: &str) -> u32 {
    text.bytes()
        .take_while(u8::is_ascii_digit)
        .fold(0, |number: u32, digit| number.saturating_mul(10).saturating_add(u32::from(digit - b'0')))
}

/// Makes a table's part reach over all its rows, which the writer was told of the first alone, and gives its columns
/// their formulas.
fn complete_table<'b>(part: &mut String, book: &Book<'_>, mut bodies: impl Iterator<Item = &'b Body>) {
    let named = |name: &str| part.contains(&format!(" displayName=\"{name}\""));
    let Some(plan) = book.plans().find(|plan| named(&plan.name)) else { return };
    if let Some(body) = bodies.find(|body| body.table == plan.name) {
        reach(part, body);
    }
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
}

/// Makes a table reach over its rows and its totals, and its filter over its rows.
fn reach(part: &mut String, body: &Body) {
    for (element, last) in [("<table ", body.last + u32::from(body.totals)), ("<autoFilter ", body.last)] {
        if let Some(digits) = last_row(part, element) {
            part.replace_range(digits, &last.to_string());
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn body(first: u32, last: u32, xml: &str) -> Body {
        Body { first, last, xml: xml.to_owned(), ..Body::default() }
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
    fn cells_are_merged_beside_those_that_are() {
        let merged = |cells: &str| format!("<mergeCell ref=\"{cells}\"/>");
        let bodies = [Body { merged: vec![merged("A4:B4"), merged("A5:B5")], ..body(4, 5, "[4-5]") }];
        let (sheet, ours) = ("<sheetData></sheetData>", merged("A4:B4") + &merged("A5:B5"));
        assert_eq!(
            with_rows(&format!("{sheet}<pageMargins/>"), &bodies),
            format!("<sheetData>[4-5]</sheetData><mergeCells count=\"2\">{ours}</mergeCells><pageMargins/>")
        );
        let theirs = merged("A1:C1");
        assert_eq!(
            with_rows(&format!("{sheet}<mergeCells count=\"1\">{theirs}</mergeCells>"), &bodies),
            format!("<sheetData>[4-5]</sheetData><mergeCells count=\"3\">{ours}{theirs}</mergeCells>")
        );
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

    #[test]
    fn a_table_reaches_over_its_rows_and_its_filter_leaves_the_totals_out() {
        let mut part =
            "<table id=\"1\" ref=\"A5:M7\" totalsRowCount=\"1\"><autoFilter ref=\"A5:M6\"/>".to_owned();
        reach(&mut part, &Body { totals: true, ..body(6, 120, "") });
        assert_eq!(
            part,
            "<table id=\"1\" ref=\"A5:M121\" totalsRowCount=\"1\"><autoFilter ref=\"A5:M120\"/>"
        );
    }
}
