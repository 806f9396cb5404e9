//! Workbooks as a reader finds them: values, formulas, names, texts that stay texts, the same bytes twice.
#![expect(clippy::unwrap_used, reason = "a test that cannot go on has failed")]

#[path = "workbook/fixture.rs"]
mod fixture;

use std::collections::{BTreeMap, BTreeSet};
use std::io::{Cursor, Read};

use calamine::{Data, DataType, Reader, Xlsx, open_workbook_from_rs};
use earnest::document::{Block, Column, Document, Kind, Row, Section, Table, Value};
use earnest::render::{FileFormat, render};
use fixture::{document, money, sums, text};

type Book = Xlsx<Cursor<Vec<u8>>>;

fn bytes(document: &Document) -> Vec<u8> {
    let formats = BTreeSet::from([FileFormat::Xlsx]);
    let files = render(document, &formats, Ok).unwrap();
    assert_eq!(files[0].name, format!("{}.xlsx", document.stem));
    files[0].bytes.clone()
}

fn open(document: &Document) -> Book {
    open_workbook_from_rs(Cursor::new(bytes(document))).unwrap()
}

/// The rows of a sheet below the row that begins with this head, keyed by their first cell.
fn table(book: &mut Book, sheet: &str, head: &str) -> BTreeMap<String, Vec<Data>> {
    let range = book.worksheet_range(sheet).unwrap();
    let rows: Vec<_> = range.rows().map(<[Data]>::to_vec).collect();
    let start = rows.iter().position(|row| row[0] == Data::String(head.to_owned())).unwrap();
    rows[start + 1..].iter().map(|row| (row[0].to_string(), row.clone())).collect()
}

fn formulas(book: &mut Book, sheet: &str) -> Vec<String> {
    let range = book.worksheet_formula(sheet).unwrap();
    range.used_cells().map(|(.., formula)| formula.clone()).filter(|formula| !formula.is_empty()).collect()
}

#[test]
fn measures_hold_values_and_the_formulas_that_give_them() {
    let mut book = open(&document());
    let [pv, ev, ac, bac] = sums();
    let measures = table(&mut book, "Measures", "Measure");
    assert_eq!(measures["Earned value"][2], Data::Float(ev));
    assert_eq!(measures["Cost performance index"][2], Data::Float(ev / ac));
    assert_eq!(measures["Budget at completion"][2], Data::Float(bac));
    assert_eq!(measures["Schedule variance, share"][2], Data::Float((ev - pv) / pv));
    assert_eq!(measures["To-complete index"][2], Data::String("–".to_owned()));
    let live = formulas(&mut book, "Measures");
    assert!(live.contains(&"SUMIFS(wbs[EV],wbs[In total],1)".to_owned()), "{live:?}");
    assert!(live.contains(&"IFERROR(EV/AC,\"–\")".to_owned()), "{live:?}");
    assert!(live.contains(&"IFERROR(AC+(BAC-EV)/(CPI*SPI_t),\"–\")".to_owned()), "{live:?}");
    // BAC - AC is positive: a worksheet would show a number where the document says that there is none.
    assert!(!live.iter().any(|formula| formula.contains("BAC-AC")), "{live:?}");
}

#[test]
fn the_key_figures_of_the_cover_are_the_measures() {
    let mut book = open(&document());
    let live = formulas(&mut book, "Cover");
    for name in ["BAC", "EV", "AC", "EAC", "CPI", "SPI_t"] {
        assert!(live.iter().any(|formula| formula == name), "{name}: {live:?}");
    }
}

#[test]
fn a_table_with_a_long_text_spans_the_columns_of_the_other() {
    let mut document = document();
    let cause =
        "The vendor's interface did not do what its contract said, so that reading took 62% more hours";
    let columns = vec![
        Column::new("work", "Work", Kind::Text).weight(3),
        Column::new("cv", "CV", Kind::Money).sums(),
        Column::new("cause", "Cause", Kind::Text).weight(5),
    ];
    document.sections[0].blocks.push(Block::Table(Table {
        id: "variances",
        caption: "Variances".to_owned(),
        columns,
        rows: vec![
            Row::new(vec![text("Billing"), money(-33_769.0), text(cause)]),
            Row::new(vec![text("Payments"), money(-30_208.0), text("=1+1")]),
        ],
        totals: Some(Row::new(vec![text("Total"), money(-63_977.0), Value::Empty])),
        print_rows: None,
    }));
    let mut book = open(&document);
    let rows = table(&mut book, "Earned value", "Work");
    let filled =
        |name: &str| -> Vec<Data> { rows[name].iter().filter(|cell| !cell.is_empty()).cloned().collect() };
    let string = |words: &str| Data::String(words.to_owned());
    assert_eq!(filled("Billing"), [string("Billing"), Data::Float(-33_769.0), string(cause)]);
    assert_eq!(filled("Payments"), [string("Payments"), Data::Float(-30_208.0), string("=1+1")]);
    assert_eq!(filled("Total"), [string("Total"), Data::Float(-63_977.0)]);
    let live = formulas(&mut book, "Earned value");
    assert!(live.iter().any(|formula| formula.starts_with("SUM(")), "{live:?}");
    // The cause takes the columns of several figures above it.
    let merged = book.merge_cells_by_sheet_name("Earned value").unwrap();
    assert!(merged.iter().any(|cells| cells.end.1 > cells.start.1 + 3), "{merged:?}");
}

#[test]
fn every_measure_has_a_name_that_points_at_its_value() {
    let mut book = open(&document());
    let names: BTreeMap<String, String> = book.defined_names().iter().cloned().collect();
    let measures = book.worksheet_range("Measures").unwrap();
    for (symbol, name) in
        [("SPI(t)", "SPI_t"), ("PV", "PV"), ("AC", "AC"), ("SV%", "SV_pct"), ("P50", "P50_")]
    {
        let row =
            (0..measures.height()).find(|r| measures[(*r, 1)] == Data::String(symbol.to_owned())).unwrap();
        assert_eq!(names[name], format!("'Measures'!$C${}", row + 1));
    }
}

#[test]
fn columns_and_totals_compute_over_their_own_rows() {
    let mut book = open(&document());
    let live = formulas(&mut book, "Earned value");
    let cpi = "IFERROR(wbs[[#This Row],[EV]]/wbs[[#This Row],[AC '[EUR']]],\"–\")";
    // Two summaries and six leaves; the leaf without cost shows a dash by the same formula.
    assert_eq!(live.iter().filter(|formula| *formula == cpi).count(), 8, "{live:?}");
    assert!(live.contains(&"SUMIFS(wbs[AC '[EUR']],wbs[In total],1)".to_owned()), "{live:?}");
    let rows = table(&mut book, "Earned value", "WBS");
    assert_eq!(rows["1.3"][8], Data::String("–".to_owned()));
    assert_eq!(rows["1.2"][8], Data::Float(16_200.0 / 19_012.25));
    assert_eq!(rows["1"][11], Data::Float(0.0));
    assert_eq!(rows["1.1"][11], Data::Float(1.0));
    assert_eq!(rows[""][2], Data::Float(sums()[3]));
}

#[test]
fn a_stored_total_that_is_not_the_sum_is_not_replaced_by_it() {
    let mut document = document();
    let Block::Table(wbs) = &mut document.sections[0].blocks[1] else { panic!("the table") };
    wbs.totals.as_mut().unwrap().cells[4] = money(1.0);
    document.measures[2].value = money(1.0);
    let mut book = open(&document);
    assert!(!formulas(&mut book, "Earned value").contains(&"SUMIFS(wbs[EV],wbs[In total],1)".to_owned()));
    assert_eq!(table(&mut book, "Measures", "Measure")["Earned value"][2], Data::Float(1.0));
}

#[test]
fn text_stays_text() {
    let mut book = open(&document());
    let sheet = book.sheet_names().iter().find(|name| name.starts_with("Odd names")).cloned().unwrap();
    assert_eq!(sheet.chars().count(), 31);
    let rows = table(&mut book, &sheet, "Name");
    for words in &fixture::ODD[..8] {
        assert_eq!(rows[*words][0], Data::String((*words).to_owned()));
    }
    assert!(rows.contains_key("tab\tbellline\nfeed _x0041_ <&>\"'"), "{:?}", rows.keys());
    assert!(rows.keys().any(|name| name.chars().count() == 32_767 && name.ends_with('…')));
    assert_eq!(rows[&"n".repeat(300)][1], Data::String("–".to_owned()));
    assert_eq!(formulas(&mut book, &sheet), Vec::<String>::new());
    let bytes = bytes(&document());
    assert!(!bytes.windows(9).any(|window| window == b"hyperlink"));
}

#[test]
fn the_same_document_gives_the_same_bytes() {
    assert_eq!(bytes(&document()), bytes(&document()));
}

#[test]
fn empty_documents_are_workbooks_too() {
    let mut document = document();
    document.front = earnest::document::Front::default();
    document.measures.clear();
    document.sections = vec![Section { id: "none", title: String::new(), blocks: vec![] }];
    assert_eq!(open(&document).sheet_names(), ["Cover", "Sheet"]);
}

#[test]
fn a_large_table_has_every_row_and_its_totals() {
    let mut document = document();
    let Block::Table(wbs) = &mut document.sections[0].blocks[1] else { panic!("the table") };
    let leaf = wbs.rows[1].clone();
    wbs.rows = (0..6_000)
        .map(|n| {
            let mut row = Row { level: 0, ..leaf.clone() };
            row.cells[0] = text(&format!("T{n}"));
            row
        })
        .collect();
    let sum = 6_000.0 * 24_000.0;
    let totals = wbs.totals.as_mut().unwrap();
    totals.cells[4] = money(sum);
    totals.cells[8] = Value::Empty;
    document.measures[2].value = money(sum);
    let mut book = open(&document);
    let rows = table(&mut book, "Earned value", "WBS");
    assert_eq!(rows["T5999"][8], Data::Float(24_000.0 / 21_350.5));
    assert_eq!(rows[""][4], Data::Float(sum));
    assert!(formulas(&mut book, "Earned value").contains(&"SUBTOTAL(109,wbs[EV])".to_owned()));
    assert!(formulas(&mut book, "Measures").contains(&"SUM(wbs[EV])".to_owned()));
}

#[test]
fn json_is_the_machines_text_and_a_line_feed() {
    let files = render(&document(), &BTreeSet::from([FileFormat::Json]), Ok).unwrap();
    let text = String::from_utf8(files[0].bytes.clone()).unwrap();
    assert_eq!(text, format!("{}\n", document().machine.text()));
    let tree: serde_json::Value = serde_json::from_str(&text).unwrap();
    assert_eq!(tree["metrics"]["bac"], 282_000.0);
}

#[test]
fn a_form_has_the_heads_to_the_letter_and_an_example() {
    let file = earnest::render::form("earnest.xlsx", &fixture::form()).unwrap();
    assert_eq!(file.bytes, earnest::render::form("earnest.xlsx", &fixture::form()).unwrap().bytes);
    let mut book: Book = open_workbook_from_rs(Cursor::new(file.bytes)).unwrap();
    assert_eq!(book.sheet_names(), ["Read me", "tasks", "costs"]);
    let tasks = book.worksheet_range("tasks").unwrap();
    let rows: Vec<_> = tasks.rows().collect();
    let heads: Vec<_> = rows[0].iter().map(ToString::to_string).collect();
    assert_eq!(heads, ["id", "name", "kind", "baseline_start", "baseline_cost"]);
    assert_eq!(rows.len(), 2);
    assert_eq!(rows[1][1], Data::String("Interviews".to_owned()));
    assert_eq!(rows[1][3].as_date(), Some(fixture::day(2026, 1, 12)));
    assert_eq!(rows[1][4], Data::Float(12_000.0));
}

/// The parts of the package whose names begin so, as text.
fn parts(bytes: Vec<u8>, start: &str) -> Vec<String> {
    let mut package = zip::ZipArchive::new(Cursor::new(bytes)).unwrap();
    let mut texts = Vec::new();
    for place in 0..package.len() {
        let mut part = package.by_index(place).unwrap();
        if part.name().unwrap().starts_with(start) {
            let mut text = String::new();
            part.read_to_string(&mut text).unwrap();
            texts.push(text);
        }
    }
    texts
}

#[test]
fn rows_stand_in_their_order_and_within_the_extent_of_their_sheet() {
    for sheet in parts(bytes(&document()), "xl/worksheets/sheet") {
        let rows: Vec<u32> = sheet
            .split("<row r=\"")
            .skip(1)
            .map(|row| row.split('"').next().unwrap().parse().unwrap())
            .collect();
        assert!(rows.is_sorted_by(|one, next| one < next), "{rows:?}");
        let extent = sheet.split("<dimension ref=\"").nth(1).unwrap().split('"').next().unwrap();
        let last = extent.trim_start_matches(|c: char| c != ':').trim_matches(|c: char| !c.is_ascii_digit());
        if let Some(row) = rows.last().filter(|_| !last.is_empty()) {
            assert!(*row <= last.parse().unwrap(), "{row} of {extent}");
        }
    }
}

#[test]
fn a_new_row_of_a_table_computes_as_the_others_do() {
    let tables = parts(bytes(&document()), "xl/tables/");
    let wbs = tables.iter().find(|table| table.contains(" displayName=\"wbs\"")).unwrap();
    assert!(wbs.contains("<calculatedColumnFormula>IFERROR(wbs[[#This Row],["), "{wbs}");
}
