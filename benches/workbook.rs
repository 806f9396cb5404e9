//! Workbooks of 200,000 rows: reading against calamine's own bare cell reader, writing against
//! `rust_xlsxwriter`'s constant-memory mode at the level of compression that Excel uses, all in one run on the
//! same cells.
//!
//! `cargo bench --bench workbook`. Ratios of the least of several runs, turn by turn.

#![allow(
    clippy::expect_used,
    clippy::print_stdout,
    clippy::disallowed_methods,
    clippy::cast_possible_truncation,
    clippy::cast_precision_loss,
    clippy::type_complexity,
    clippy::many_single_char_names,
    reason = "a benchmark prints, and stops where it cannot go on"
)]

use std::collections::BTreeSet;
use std::path::{Path, PathBuf};
use std::time::{Duration, Instant};

use calamine::{Reader, Xlsx, open_workbook};
use chrono::{Days, NaiveDate};
use earnest::diagnostic::{Diagnostics, Severity};
use earnest::document::{
    Block, Column, Document, Format, Front, Kind, Machine, Row, Section, Table, Theme, Value,
};
use earnest::intake;
use earnest::quantity::Money;
use earnest::render::{FileFormat, render};
use earnest::source::Sources;
use rust_xlsxwriter::{Format as CellFormat, Workbook};

const ROWS: usize = 200_000;
const RUNS: usize = 3;
const HEADERS: [&str; 10] = [
    "id",
    "wbs",
    "name",
    "owner",
    "baseline_start",
    "baseline_finish",
    "duration",
    "percent",
    "cost",
    "actual",
];

fn main() {
    let folder = tempfile::tempdir().expect("a temporary folder");
    let path = folder.path().join("tasks.xlsx");
    // A workbook of tasks of one's own, to be read instead.
    let given = std::env::args().skip(1).map(PathBuf::from).find(|argument| argument.is_file());
    let document = document();
    let formats = BTreeSet::from([FileFormat::Xlsx]);
    let mut least = [Duration::MAX; 5];
    let mut time = |what: usize, work: &mut dyn FnMut()| least[what] = least[what].min(timed(work));
    for _ in 0..RUNS {
        time(0, &mut || write_bare(&path));
        time(1, &mut || {
            render(&document, &formats, Ok).expect("a workbook");
        });
        let path = given.as_ref().unwrap_or(&path);
        time(2, &mut || read_bare(path));
        time(3, &mut || assert_eq!(read(path, &mut Diagnostics::default()).sheets.len(), 1));
        time(4, &mut || check(path));
    }
    let line = |what: &str, ours: usize, bare: usize| {
        let (ours, bare) = (least[ours].as_secs_f64(), least[bare].as_secs_f64());
        println!("{what:<58} {:.2}   {ours:.2} s / {bare:.2} s", ours / bare);
    };
    println!("{CLOCK}, least of {RUNS} runs");
    line("read 200,000 tasks / calamine cell by cell", 3, 2);
    line("read 200,000 tasks and type them / calamine cell by cell", 4, 2);
    line("write 200,000 rows / constant-memory writer, level 3", 1, 0);
}

/// What is measured where the system tells it: then other programs do not disturb much.
const CLOCK: &str = if cfg!(target_os = "linux") { "processor time" } else { "time by the clock" };

/// The processor time of all threads of this process so far, in steps of 10 ms.
fn processor_time() -> Option<Duration> {
    let stat = std::fs::read_to_string("/proc/self/stat").ok().filter(|_| cfg!(target_os = "linux"))?;
    // The name of the program, in brackets, may hold anything: count from behind it.
    let fields: Vec<&str> = stat.rsplit_once(')')?.1.split_whitespace().collect();
    let ticks = |field: usize| fields.get(field)?.parse::<u64>().ok();
    Some(Duration::from_millis((ticks(11)? + ticks(12)?) * 10))
}

fn timed(work: &mut dyn FnMut()) -> Duration {
    let (since, before) = (Instant::now(), processor_time());
    work();
    match (before, processor_time()) {
        (Some(before), Some(after)) => after.saturating_sub(before),
        _ => since.elapsed(),
    }
}

fn read(path: &Path, problems: &mut Diagnostics) -> Sources {
    earnest::source::read(&[path.to_owned()], problems).expect("sheets")
}

/// From bytes to typed rows.
fn check(path: &Path) {
    let mut problems = Diagnostics::default();
    let sources = read(path, &mut problems);
    let records = intake::check(&sources, &intake::Settings::default(), &mut problems);
    let rows: u32 = records.tables.iter().map(|table| table.read.rows).sum();
    assert_eq!((rows as usize, problems.count(Severity::Error)), (ROWS, 0));
}

fn cells(i: usize) -> (String, String, String, String, NaiveDate, NaiveDate, f64, f64, f64, f64) {
    let day = NaiveDate::from_ymd_opt(2026, 1, 5).expect("a day") + Days::new(i as u64 % 300);
    #[expect(clippy::cast_precision_loss, reason = "small numbers")]
    let n = |m: usize| (i % m) as f64;
    (
        format!("T{i:06}"),
        format!("{}.{}", i / 20, i % 20),
        format!("Configure the billing module, part {i}"),
        format!("person {}", i % 40),
        day,
        day + Days::new(9),
        n(20) + 1.0,
        n(100) / 100.0,
        n(9_000) + 0.5,
        n(8_000) + 0.25,
    )
}

fn write_bare(path: &Path) {
    let mut workbook = Workbook::new();
    workbook.set_zip_compression_level(3);
    let sheet = workbook.add_worksheet_with_constant_memory().expect("a sheet");
    let date = CellFormat::new().set_num_format("yyyy-mm-dd");
    for (i, header) in HEADERS.iter().enumerate() {
        sheet.write_string(0, i as u16, *header).expect("a cell");
    }
    for i in 0..ROWS {
        let row = u32::try_from(i + 1).expect("a row");
        let (a, b, c, d, e, f, g, h, j, k) = cells(i);
        for (column, text) in [a, b, c, d].iter().enumerate() {
            sheet.write_string(row, column as u16, text).expect("a cell");
        }
        for (column, day) in [(4, e), (5, f)] {
            let serial = (day - NaiveDate::from_ymd_opt(1899, 12, 30).expect("a day")).num_days() as f64;
            sheet.write_number_with_format(row, column, serial, &date).expect("a cell");
        }
        for (column, number) in [(6, g), (7, h), (8, j), (9, k)] {
            sheet.write_number(row, column, number).expect("a cell");
        }
    }
    workbook.save(path).expect("a workbook");
}

fn read_bare(path: &Path) {
    let mut workbook: Xlsx<_> = open_workbook(path).expect("a workbook");
    let name = workbook.sheet_names()[0].clone();
    let mut reader = workbook.worksheet_cells_reader(&name).expect("a sheet");
    let mut count = 0;
    while let Some(cell) = reader.next_cell().expect("a cell") {
        count += usize::from(!matches!(cell.get_value(), calamine::DataRef::Empty));
    }
    assert!(count >= (ROWS + 1) * HEADERS.len());
}

fn document() -> Document {
    let kinds = [
        Kind::Text,
        Kind::Text,
        Kind::Text,
        Kind::Text,
        Kind::Date,
        Kind::Date,
        Kind::Days,
        Kind::Percent,
        Kind::Money,
        Kind::Money,
    ];
    let rows = (0..ROWS).map(|i| {
        let (a, b, c, d, e, f, g, h, j, k) = cells(i);
        Row::new(vec![
            Value::Text(a),
            Value::Text(b),
            Value::Text(c),
            Value::Text(d),
            Value::Date(e),
            Value::Date(f),
            Value::Days(g),
            Value::Percent(h),
            Value::Money(Money::from_units(j)),
            Value::Money(Money::from_units(k)),
        ])
    });
    let table = Table {
        id: "tasks",
        caption: String::new(),
        columns: HEADERS.iter().zip(kinds).map(|(header, kind)| Column::new(header, *header, kind)).collect(),
        rows: rows.collect(),
        totals: None,
        print_rows: Some(0),
    };
    Document {
        stem: "large".into(),
        title: "Large".into(),
        subtitle: "Status report".into(),
        status_date: NaiveDate::from_ymd_opt(2026, 6, 30).expect("a day"),
        author: None,
        language: "en",
        marking: None,
        theme: Theme::default(),
        format: Format::default(),
        front: Front::default(),
        sections: vec![Section { id: "tasks", title: "Tasks".into(), blocks: vec![Block::Table(table)] }],
        measures: Vec::new(),
        machine: Machine::default(),
    }
}
