//! The fast road for large tables of facts: every column's cells are numbered by what they say, each
//! different cell is read once, by the very parsers of the slow road, and the rows become a look-up.
//!
//! It is for tables without a fault. At the first doubt (a cell that cannot be read, a required cell that
//! is empty, a total) it gives up, and the slow road reads the file again, row by row, to find the places.

use crate::diagnostic::Diagnostics;
use crate::model::facts::{Coded, Codes, SheetRows};
use crate::source::{Block, Body, LargeCsv, Sheet};

use super::cell::Raw;
use super::cells::Distinct;
use super::columns::{Matched, Together};
use super::datum::{Reader, Sense};
use super::frame::unified;
use super::how::Evidence;
use super::rows::{decide, typed};
use super::table::{Counted, is_word_for_total};
use super::{Datum, FactRows, TableSpec, Typed, TypedBody, checks};

/// Room is made for so many rows at once; the first rows of a file say little about a larger one.
const MOST_EXPECTED: usize = 1 << 24;

/// A column while it is read: the number of every row's cell among the different ones.
struct Numbered {
    source: usize,
    cells: Distinct,
    codes: Codes,
}

/// Reads a large table of facts; `None` when the slow road should.
///
/// # Errors
/// When its file cannot be read any more, or has a row that is not as wide as its header.
pub(super) fn read(
    spec: &'static TableSpec,
    sheet: &Sheet,
    matched: &[Matched],
    problems: &mut Diagnostics,
) -> std::io::Result<Option<Typed>> {
    let Body::Large(large) = &sheet.body else { return Ok(None) };
    if !spec.facts || matched.iter().any(|m| m.sources.len() != 1 || m.together == Together::Key) {
        return Ok(None);
    }
    let numbered = number(spec, sheet, large, matched)?;
    Ok(numbered.and_then(|(columns, rows)| typed_rows(spec, sheet, matched, columns, rows, problems)))
}

/// The rows by what their cells mean; `None` at the first doubt.
fn typed_rows(
    spec: &'static TableSpec,
    sheet: &Sheet,
    matched: &[Matched],
    columns: Vec<Numbered>,
    rows: SheetRows,
    problems: &mut Diagnostics,
) -> Option<Typed> {
    let mut evidence = Vec::with_capacity(columns.len());
    for (column, matched) in columns.iter().zip(matched) {
        let mut seen = Evidence::new(spec.columns[matched.index].kind, matched.bare_unit);
        for text in column.cells.texts() {
            let text = std::str::from_utf8(text).ok()?;
            if is_word_for_total(text) {
                return None;
            }
            seen.see(Raw::from(text));
        }
        evidence.push(seen);
    }
    if Evidence::of_file(&evidence).are_mixed() {
        return None;
    }
    let mut notes = Diagnostics::default();
    let readers = decide(spec, sheet, matched, evidence, &mut notes);
    let values: Option<Vec<Vec<Option<Datum>>>> =
        columns.iter().zip(&readers).map(|(column, reader)| meanings(column, reader)).collect();
    let values = values?;
    if !is_sound(spec, matched, &columns, &values) {
        return None;
    }
    let height = u32::try_from(rows.len()).ok()?;
    let columns = columns.into_iter().zip(matched).zip(values);
    let columns = columns.map(|((column, matched), values)| {
        let spec = &spec.columns[matched.index];
        (
            spec,
            if tells_all(&column, &values) {
                coded(column.codes, values)
            } else {
                unified(&column.codes, &values)
            },
        )
    });
    let facts = FactRows { rows, columns: columns.collect() };
    problems.extend(notes);
    let counted = Counted { rows: height, ..Counted::default() };
    Some(typed(spec, sheet, matched, counted, TypedBody::Facts(facts)))
}

/// Numbers the cells of the wanted columns; rows in which they are all empty are passed over. `None` when
/// there are more rows or different cells than fit a number.
fn number(
    spec: &'static TableSpec,
    sheet: &Sheet,
    large: &LargeCsv,
    matched: &[Matched],
) -> std::io::Result<Option<(Vec<Numbered>, SheetRows)>> {
    let sources = matched.iter().filter_map(|m| m.sources.first());
    let mut columns: Vec<Numbered> = sources
        .map(|source| Numbered { source: *source, cells: Distinct::new(), codes: Codes::default() })
        .collect();
    // A required column is seldom empty: where it is not, no other need be looked at.
    let surest = matched.iter().position(|m| spec.columns[m.index].required).unwrap_or_default();
    let mut rows = SheetRows::default();
    let mut next_row = sheet.header_row.saturating_add(1);
    let mut blocks = large.blocks(sheet.headers.len())?;
    let length = blocks.length()?;
    while let Some(block) = blocks.next_block()? {
        if rows.is_empty() {
            // Millions of rows, and lists that grow are moved; room that is not filled costs nothing.
            let expected = block.rows_in(length).min(MOST_EXPECTED);
            for column in &mut columns {
                column.codes.reserve_exact(expected);
            }
        }
        let filled = filled(&block, &columns, surest);
        match &filled {
            None => rows.push(next_row, block.rows()),
            Some(filled) => filled.iter().for_each(|row| rows.push(next_row.saturating_add(*row), 1)),
        }
        for column in &mut columns {
            let numbered = column.cells.number(&block, filled.as_deref(), column.source, &mut column.codes);
            if numbered.is_none() {
                return Ok(None);
            }
        }
        let Some(next) = u32::try_from(block.rows()).ok().and_then(|rows| next_row.checked_add(rows)) else {
            return Ok(None);
        };
        next_row = next;
    }
    Ok(Some((columns, rows)))
}

/// The rows of a block in which any of the columns says something; `None` when all do.
fn filled(block: &Block<'_>, columns: &[Numbered], surest: usize) -> Option<Vec<u32>> {
    let surest = columns.get(surest)?.source;
    if (0..block.rows()).map(block.column(surest)).all(|(_, length)| length > 0) {
        return None;
    }
    let is_filled = |row: usize| columns.iter().any(|column| !block.place(row, column.source).is_empty());
    Some((0..).zip(0..block.rows()).filter(|(_, row)| is_filled(*row)).map(|(row, _)| row).collect())
}

/// Whether different texts of a column mean different things: where each means itself, as names nearly always do.
/// Numbers and days need not be told apart.
fn tells_all(column: &Numbered, values: &[Option<Datum>]) -> bool {
    let mut empty = 0;
    column.cells.texts().zip(values).all(|(text, value)| match value {
        Some(Datum::Text(meant)) => meant.as_bytes() == text,
        None => {
            empty += 1;
            empty < 2
        }
        Some(Datum::Choice(_) | Datum::List(_)) => false,
        Some(_) => true,
    })
}

fn coded(codes: Codes, values: Vec<Option<Datum>>) -> Coded<Option<Datum>> {
    Coded { codes: codes.into(), values }
}

/// What each of the different cells means; `None` when one has no meaning.
fn meanings(column: &Numbered, reader: &Reader) -> Option<Vec<Option<Datum>>> {
    let mean = |text: &[u8]| match reader.read(Raw::from(std::str::from_utf8(text).ok()?)) {
        Ok(Sense::Nothing) => Some(None),
        Ok(Sense::Datum(datum)) => Some(Some(datum)),
        Ok(Sense::UnknownWord) | Err(_) => None,
    };
    column.cells.texts().map(mean).collect()
}

/// Whether every row has what it must and no check of its cells finds anything.
fn is_sound(
    spec: &'static TableSpec,
    matched: &[Matched],
    columns: &[Numbered],
    values: &[Vec<Option<Datum>>],
) -> bool {
    let complete = matched
        .iter()
        .zip(values)
        .all(|(matched, values)| !spec.columns[matched.index].required || values.iter().all(Option::is_some));
    if !complete {
        return false;
    }
    let mut cells: Vec<Option<Datum>> = vec![None; spec.columns.len()];
    let names = checks::columns(spec);
    if checks::compares(spec) {
        let rows = columns.first().map_or(0, |column| column.codes.len());
        return (0..rows).all(|row| {
            for ((matched, column), values) in matched.iter().zip(columns).zip(values) {
                cells[matched.index] = values.get(column.codes.at(row) as usize).cloned().flatten();
            }
            checks::check(spec, names, &cells).is_empty()
        });
    }
    matched.iter().zip(values).all(|(matched, values)| {
        values.iter().all(|value| {
            cells[matched.index].clone_from(value);
            let sound = checks::check(spec, names, &cells).is_empty();
            cells[matched.index] = None;
            sound
        })
    })
}

#[cfg(test)]
mod tests {
    use std::io::Write;

    use polars::prelude::DataFrame;

    use super::super::tests::sheet;
    use super::super::{Settings, TABLES, check, columns};
    use super::*;
    use crate::source::Sources;

    /// The same file twice: as cells in memory, and left on disk as the copy that source makes.
    fn both(text: &str) -> (Sheet, Sheet, tempfile::NamedTempFile) {
        let small = sheet("timesheets.csv", text);
        let (separator, terminator) = (b'\x1f', b'\x1e');
        let mut file = tempfile::NamedTempFile::new().unwrap();
        let mut csv =
            csv::ReaderBuilder::new().has_headers(false).flexible(true).from_reader(text.as_bytes());
        for record in csv.byte_records() {
            let fields = record.unwrap().iter().collect::<Vec<_>>().join(&separator);
            file.write_all(&[&fields[..], &[terminator]].concat()).unwrap();
        }
        let path = file.path().to_owned();
        let large = LargeCsv { path, separator, terminator, returns: false, quoted: false, copy: None };
        let large = Sheet { body: Body::Large(large), ..small.clone() };
        (small, large, file)
    }

    /// What is handed on, comparable: the rows as a frame, what was counted, what was said.
    fn outcome(sheet: &Sheet) -> (DataFrame, [u32; 3], Vec<String>) {
        let mut problems = Diagnostics::default();
        let sources = Sources { sheets: vec![sheet.clone()], hashes: vec![] };
        let mut records = check(&sources, &Settings::default(), &mut problems);
        let typed = records.tables.remove(0);
        let TypedBody::Facts(facts) = typed.body else { panic!("records") };
        let frame = facts.frame(&[]).unwrap();
        let said = problems.all().iter().map(ToString::to_string).collect();
        (frame, [typed.read.rows, typed.read.rejected, typed.read.in_part], said)
    }

    fn is_fast(sheet: &Sheet) -> bool {
        let spec = TABLES.iter().find(|table| table.name == "timesheets").unwrap();
        let mut problems = Diagnostics::default();
        let matched = columns::matched(spec, sheet, None, &mut problems);
        read(spec, sheet, &matched, &mut problems).unwrap().is_some()
    }

    fn same(text: &str) {
        let (small, large, _file) = both(text);
        let (slow, fast) = (outcome(&small), outcome(&large));
        assert!(slow.0.equals_missing(&fast.0), "{text}\n{}\n{}", slow.0, fast.0);
        assert_eq!((slow.1, slow.2), (fast.1, fast.2), "{text}");
    }

    const HEADER: &str = "project_id,task_id,person,date,hours,rate\n";

    #[test]
    fn a_file_without_a_fault_takes_the_fast_road() {
        let plain = format!(
            "{HEADER}P1,P1-T1,anna,2025-02-03,7.25,72.5\nP1,,ben,2025-02-04,8,\n,,,,,\nP2,P2-T1,anna,2025-02-04,1.00,72.50\n"
        );
        assert!(is_fast(&both(&plain).1));
        same(&plain);
        for doubtful in [
            "P1,P1-T1,anna,2025-02-30,8,",
            "P1,P1-T1,anna,2025-02-03,,",
            "Total,,,,8,",
            "P1,P1-T1,anna,2025-02-03,25,",
        ] {
            let text = format!("{plain}{doubtful}\n");
            assert!(!is_fast(&both(&text).1), "{doubtful}");
            same(&text);
        }
    }

    #[test]
    fn a_row_too_long_beside_one_too_short_is_found() {
        // As many separators as there should be: source, which counts, cannot tell.
        let rows = "P1,T1,anna,2025-02-03,8,70\nP1,T1,anna,2025-02-04,8\nP1,T1,anna,2025-02-05,8,70,x\nP1,T1,ben,2025-02-06,8,\n";
        let file = tempfile::NamedTempFile::new().unwrap();
        (&mut file.as_file()).write_all(format!("{HEADER}{rows}").as_bytes()).unwrap();
        let path = file.path().to_owned();
        let large =
            LargeCsv { path, separator: b',', terminator: b'\n', returns: false, quoted: false, copy: None };
        let sheet = Sheet { body: Body::Large(large), ..sheet("timesheets.csv", HEADER) };
        let (frame, counts, said) = outcome(&sheet);
        assert_eq!((frame.height(), counts), (3, [3, 0, 0]));
        let lines = frame.column("row").unwrap().u32().unwrap().iter().flatten().collect::<Vec<_>>();
        assert_eq!(lines, [2, 3, 5]);
        assert!(
            said.iter().any(|said| said.contains("W001") && said.contains("timesheets.csv:3")),
            "{said:?}"
        );
        assert!(
            said.iter().any(|said| said.contains("E004") && said.contains("timesheets.csv:4")),
            "{said:?}"
        );
    }

    #[test]
    fn both_roads_give_the_same() {
        let odd = "[0-9.,:/hA-Za-z -]{0,8}";
        let row = (
            "P[1-3]|",
            "P1-T[0-9]{1,2}|",
            "anna|ben|carla d.|",
            "2025-0[1-9]-(0[1-9]|1[0-9]|2[0-8])",
            "[0-9]{1,2}([.][0-9]{1,2})?",
            "[0-9]{2}([.][0-9]{1,5})?|",
            proptest::option::weighted(0.05, (0_usize..6, odd)),
        );
        let rows = proptest::collection::vec(row, 1..30);
        let mut runner = proptest::test_runner::TestRunner::deterministic();
        runner
            .run(&rows, |rows| {
                let mut csv = csv::Writer::from_writer(HEADER.as_bytes().to_vec());
                for (project, task, person, date, hours, rate, odd) in rows {
                    let mut cells = [project, task, person, date, hours, rate];
                    if let Some((at, odd)) = odd {
                        cells[at] = odd;
                    }
                    csv.write_record(&cells).unwrap();
                }
                let text = String::from_utf8(csv.into_inner().unwrap()).unwrap();
                same(&text);
                Ok(())
            })
            .unwrap();
    }
}
