//! The finished package, opened once more for what we write ourselves: the rows of the tables in their sheets, the
//! tables of the workbook, and the points of the charts.

mod archive;

use std::fmt::Write as _;
use std::io::{Cursor, Read};
use std::ops::Range;

use rust_xlsxwriter::utility::{column_name_to_number, column_number_to_name};
use zip::ZipArchive;
use zip::result::ZipError;

use super::book::Book;
use super::cells::Body;
use super::chart;
use super::table::{Added, NUMBER};
use archive::{Archive, Part};

/// Where the rows of a sheet end.
const ROWS_END: &str = "</sheetData>";

/// What a part is called whose kind the writer cannot know.
const TABLES: &str = "xl/tables/table";

/// The package with what was added to each sheet, in the order of the sheets, and the points of the charts.
///
/// # Errors
/// When the package is none: our own bug.
pub(super) fn complete(package: &[u8], sheets: &[Added], book: &Book<'_>) -> Result<Vec<u8>, String> {
    let broken = |error: ZipError| error.to_string();
    let mut parts = ZipArchive::new(Cursor::new(package)).map_err(broken)?;
    let mut whole = Archive::with_capacity(package.len() * 2, super::COMPRESSION);
    let names = (0..parts.len()).map(|place| Ok(parts.by_index_raw(place)?.name()?.into_owned()));
    let names: Vec<String> = names.collect::<Result<_, _>>().map_err(broken)?;
    let tables = Tables::of(sheets, names.iter().filter(|name| name.starts_with(TABLES)).count());
    let (mut packed, mut xml) = (Vec::new(), String::new());
    for (place, name) in names.iter().enumerate() {
        let change = Change::of(name, sheets);
        if change == Change::None {
            let mut part = parts.by_index_raw(place).map_err(broken)?;
            packed.clear();
            part.read_to_end(&mut packed).map_err(|error| error.to_string())?;
            whole.copy(name, &Part { bytes: &packed, crc: part.crc32(), size: part.size() })?;
            continue;
        }
        xml.clear();
        let mut part = parts.by_index(place).map_err(broken)?;
        part.read_to_string(&mut xml).map_err(|error| error.to_string())?;
        match change {
            Change::Chart => xml = chart::complete(&xml, &book.ledger),
            Change::Sheet(sheet) => {
                let bodies = &sheets[sheet].bodies;
                tables.name_in(&mut xml, sheet);
                merge(&mut xml, bodies);
                reach(&mut xml, bodies);
                whole.add_all(name, &with_rows(&xml, bodies))?;
                continue;
            }
            Change::Relations(sheet) => insert_before(&mut xml, "</Relationships>", &tables.relations(sheet)),
            Change::Kinds => insert_before(&mut xml, "</Types>", &tables.kinds()),
            Change::None => {}
        }
        whole.add(name, &xml)?;
    }
    for (sheet, added) in sheets.iter().enumerate() {
        let relations = relations_of(sheet);
        if !added.tables.is_empty() && !names.contains(&relations) {
            whole.add(&relations, &tables.all_relations(sheet))?;
        }
    }
    for (number, part) in (tables.before + 1..).zip(sheets.iter().flat_map(|added| &added.tables)) {
        let part = part.replacen(NUMBER, &number.to_string(), 1);
        whole.add(&format!("{TABLES}{number}.xml"), &part)?;
    }
    whole.finish()
}

/// What is done to a part; a sheet is meant by its place.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Change {
    None,
    Chart,
    Sheet(usize),
    /// To what a sheet refers.
    Relations(usize),
    /// What the parts of the package are.
    Kinds,
}

impl Change {
    fn of(name: &str, sheets: &[Added]) -> Self {
        if name == "[Content_Types].xml" {
            return Self::Kinds;
        }
        if name.starts_with("xl/charts/chart") {
            return Self::Chart;
        }
        let sheet = |end: &str| {
            let number = name.strip_suffix(end)?.strip_prefix("xl/worksheets/")?;
            let place = number.trim_start_matches("_rels/").strip_prefix("sheet")?.parse::<usize>().ok()?;
            place.checked_sub(1).and_then(|place| Some((place, sheets.get(place)?)))
        };
        if let Some((place, added)) = sheet(".xml.rels") {
            return if added.tables.is_empty() { Self::None } else { Self::Relations(place) };
        }
        match sheet(".xml") {
            Some((place, added)) if !added.bodies.is_empty() || !added.tables.is_empty() => {
                Self::Sheet(place)
            }
            _ => Self::None,
        }
    }
}

/// The part that says to what a sheet refers.
fn relations_of(sheet: usize) -> String {
    format!("xl/worksheets/_rels/sheet{}.xml.rels", sheet + 1)
}

/// The numbers of the tables of each sheet, behind those of the writer's.
struct Tables {
    before: usize,
    numbers: Vec<Range<usize>>,
}

impl Tables {
    fn of(sheets: &[Added], before: usize) -> Self {
        let mut next = before + 1;
        let numbers = sheets.iter().map(|added| {
            let first = next;
            next += added.tables.len();
            first..next
        });
        Self { numbers: numbers.collect(), before }
    }

    fn of_sheet(&self, sheet: usize) -> Range<usize> {
        self.numbers.get(sheet).cloned().unwrap_or_default()
    }

    /// Names its tables in a sheet.
    fn name_in(&self, sheet: &mut String, place: usize) {
        let numbers = self.of_sheet(place);
        if numbers.is_empty() {
            return;
        }
        let (count, mut elements) = (numbers.len(), String::new());
        for number in numbers {
            let _ = write!(elements, "<tablePart r:id=\"rIdTable{number}\"/>");
        }
        insert_before(
            sheet,
            "</worksheet>",
            &format!("<tableParts count=\"{count}\">{elements}</tableParts>"),
        );
    }

    /// What the sheet's references to its tables are.
    fn relations(&self, sheet: usize) -> String {
        let mut relations = String::new();
        for number in self.of_sheet(sheet) {
            let _ = write!(
                relations,
                "<Relationship Id=\"rIdTable{number}\" \
                 Type=\"http://schemas.openxmlformats.org/officeDocument/2006/relationships/table\" \
                 Target=\"../tables/table{number}.xml\"/>"
            );
        }
        relations
    }

    /// The same for a sheet that refers to nothing else.
    fn all_relations(&self, sheet: usize) -> String {
        format!(
            "<?xml version=\"1.0\" encoding=\"UTF-8\" standalone=\"yes\"?>\n<Relationships \
             xmlns=\"http://schemas.openxmlformats.org/package/2006/relationships\">{}</Relationships>",
            self.relations(sheet)
        )
    }

    /// That the tables are tables.
    fn kinds(&self) -> String {
        let mut kinds = String::new();
        for number in self.numbers.iter().flat_map(Range::clone) {
            let _ = write!(
                kinds,
                "<Override PartName=\"/{TABLES}{number}.xml\" \
                 ContentType=\"application/vnd.openxmlformats-officedocument.spreadsheetml.table+xml\"/>"
            );
        }
        kinds
    }
}

fn insert_before(part: &mut String, end: &str, elements: &str) {
    if let Some(at) = part.rfind(end) {
        part.insert_str(at, elements);
    }
}

/// A sheet's part, piece after piece, with our rows in place of those the writer has of them: of their levels alone.
fn with_rows<'p>(sheet: &'p str, bodies: &'p [Body]) -> Vec<&'p str> {
    let mut pieces = Vec::with_capacity(2 * bodies.len() + 1);
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
        pieces.extend([&sheet[written..from], &body.xml]);
        written = behind;
    }
    pieces.push(&sheet[written..]);
    pieces
}

/// Merges the cells of our rows beside those that the writer merged in a sheet's part.
fn merge(part: &mut String, bodies: &[Body]) {
    const OPEN: &str = "<mergeCells count=\"";
    let ours: Vec<&str> = bodies.iter().flat_map(|body| &body.merged).map(String::as_str).collect();
    if ours.is_empty() {
        return;
    }
    let (count, elements) = (ours.len(), ours.concat());
    let Some(behind) = part.rfind(ROWS_END).map(|at| at + ROWS_END.len()) else { return };
    if let Some(digits) = part[behind..].find(OPEN).map(|at| behind + at + OPEN.len()) {
        let end = digits + part[digits..].find('>').unwrap_or(0) + 1;
        let count = count + number_at(&part[digits..]) as usize;
        part.replace_range(digits..end, &format!("{count}\">{elements}"));
    } else {
        part.insert_str(behind, &format!("{OPEN}{count}\">{elements}</mergeCells>"));
    }
}

/// The sheet's extent (`A1:M4`) with our rows in it.
fn reach(part: &mut String, bodies: &[Body]) {
    const EXTENT: &str = "<dimension ref=\"";
    let Some(from) = part.find(EXTENT).map(|at| at + EXTENT.len()) else { return };
    let Some(to) = part[from..].find('"').map(|at| from + at) else { return };
    let (first, last) = part[from..to].split_once(':').unwrap_or((&part[from..to], &part[from..to]));
    let letters = last.trim_end_matches(|c: char| c.is_ascii_digit());
    let own = (number_at(&last[letters.len()..]), column_name_to_number(letters) + 1);
    let (rows, columns) =
        bodies.iter().fold(own, |(rows, columns), body| (rows.max(body.last), columns.max(body.columns)));
    if (rows, columns) != own {
        let extent = format!("{first}:{}{rows}", column_number_to_name(columns.saturating_sub(1)));
        part.replace_range(from..to, &extent);
    }
}

/// The number at the beginning of a text.
fn number_at(text: &str) -> u32 {
    text.bytes()
        .take_while(u8::is_ascii_digit)
        .fold(0, |number: u32, digit| number.saturating_mul(10).saturating_add(u32::from(digit - b'0')))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn body(first: u32, last: u32, xml: &str) -> Body {
        Body { first, last, xml: xml.to_owned(), ..Body::default() }
    }

    #[test]
    fn rows_take_their_places() {
        let sheet = "<sheetData><row r=\"1\"/><row r=\"3\" a=\"1\"/>\
            <row r=\"5\" outlineLevel=\"1\"/><row r=\"9\"/></sheetData>";
        assert_eq!(
            with_rows(sheet, &[body(4, 6, "[4-6]"), body(10, 12, "[10-12]")]).concat(),
            "<sheetData><row r=\"1\"/><row r=\"3\" a=\"1\"/>[4-6]<row r=\"9\"/>[10-12]</sheetData>"
        );
        assert_eq!(with_rows(sheet, &[]).concat(), sheet);
    }

    #[test]
    fn the_extent_follows_the_rows() {
        let reached = |extent: &str, last: u32, columns: u16| {
            let mut part = format!("<dimension ref=\"{extent}\"/><sheetData/>");
            reach(&mut part, &[Body { columns, ..body(4, last, "") }]);
            part.replace("<dimension ref=\"", "").replace("\"/><sheetData/>", "")
        };
        assert_eq!(reached("A1:C9", 12, 2), "A1:C12");
        assert_eq!(reached("A1:C9", 5, 28), "A1:AB9");
        assert_eq!(reached("A1", 4, 1), "A1:A4");
        assert_eq!(reached("A1:C9", 9, 3), "A1:C9");
    }

    #[test]
    fn cells_are_merged_beside_those_that_are() {
        let merged = |cells: &str| format!("<mergeCell ref=\"{cells}\"/>");
        let bodies = [Body { merged: vec![merged("A4:B4"), merged("A5:B5")], ..body(4, 5, "[4-5]") }];
        let with = |sheet: &str| {
            let mut part = sheet.to_owned();
            merge(&mut part, &bodies);
            part
        };
        let (sheet, ours) = ("<sheetData></sheetData>", merged("A4:B4") + &merged("A5:B5"));
        assert_eq!(
            with(&format!("{sheet}<pageMargins/>")),
            format!("{sheet}<mergeCells count=\"2\">{ours}</mergeCells><pageMargins/>")
        );
        let theirs = merged("A1:C1");
        assert_eq!(
            with(&format!("{sheet}<mergeCells count=\"1\">{theirs}</mergeCells>")),
            format!("{sheet}<mergeCells count=\"3\">{ours}{theirs}</mergeCells>")
        );
    }

    #[test]
    fn a_part_is_changed_for_what_is_added() {
        let rows = Added { bodies: vec![body(2, 2, "[2]")], ..Added::default() };
        let table = Added { tables: vec![String::new()], ..Added::default() };
        let sheets = [Added::default(), rows, table];
        for (name, change) in [
            ("[Content_Types].xml", Change::Kinds),
            ("xl/worksheets/sheet1.xml", Change::None),
            ("xl/worksheets/sheet2.xml", Change::Sheet(1)),
            ("xl/worksheets/sheet4.xml", Change::None),
            ("xl/worksheets/_rels/sheet2.xml.rels", Change::None),
            ("xl/worksheets/_rels/sheet3.xml.rels", Change::Relations(2)),
            ("xl/charts/chart1.xml", Change::Chart),
            ("xl/charts/_rels/chart1.xml.rels", Change::None),
        ] {
            assert_eq!(Change::of(name, &sheets), change, "{name}");
        }
    }

    #[test]
    fn tables_are_numbered_behind_those_of_the_writer() {
        let with = |tables: usize| Added { tables: vec![String::new(); tables], ..Added::default() };
        let tables = Tables::of(&[with(0), with(2), with(1)], 1);
        let mut sheet = "<worksheet><drawing/></worksheet>".to_owned();
        tables.name_in(&mut sheet, 0);
        assert_eq!(sheet, "<worksheet><drawing/></worksheet>");
        tables.name_in(&mut sheet, 1);
        assert_eq!(
            sheet,
            "<worksheet><drawing/><tableParts count=\"2\"><tablePart r:id=\"rIdTable2\"/>\
             <tablePart r:id=\"rIdTable3\"/></tableParts></worksheet>"
        );
        assert!(
            tables.relations(2).contains("Id=\"rIdTable4\"") && tables.relations(2).contains("/table4.xml")
        );
        assert_eq!(tables.kinds().matches("<Override PartName=\"/xl/tables/table").count(), 3);
    }
}
