//! Tables made by hand for the tests of this room: text in, as intake would type it.

use std::sync::Arc;

use chrono::NaiveDate;
use polars::prelude::{CategoricalPhysical, Categories, Column, DataFrame, DataType, PlSmallStr};

use crate::calendar::{end_of_day, start_of_day};
use crate::diagnostic::Diagnostics;
use crate::intake::{ColumnKind, Datum, Record, Records, Scale, TABLES, Typed, TypedBody};
use crate::model::{Magnitude, Portfolio, TableRead};
use crate::quantity::{Money, Work};

/// Text columns as codes of the dictionary, as intake hands them over.
pub(super) fn coded(frame: &DataFrame) -> DataFrame {
    let words = DataType::from_categories(Categories::new(
        PlSmallStr::from_static("earnest"),
        PlSmallStr::EMPTY,
        CategoricalPhysical::U32,
    ));
    let columns = frame.columns().iter().map(|column| {
        if column.dtype() == &DataType::String { column.cast(&words).unwrap() } else { column.clone() }
    });
    DataFrame::new(frame.height(), columns.collect::<Vec<_>>()).unwrap()
}

/// A table of entities: the header's canonical names and rows, cells separated by `|`.
pub(super) fn table(group: &str, name: &'static str, header: &str, rows: &[&str]) -> Typed {
    let spec = TABLES.iter().find(|spec| spec.name == name).unwrap();
    let header: Vec<&str> = header.split('|').map(str::trim).collect();
    let columns = spec
        .columns
        .iter()
        .map(|column| {
            let at = header.iter().position(|name| *name == column.name)?;
            Some((u32::try_from(at + 1).unwrap(), Arc::from(column.name)))
        })
        .collect();
    for name in &header {
        assert!(spec.column(name).is_some(), "{name} is no column of {}", spec.name);
    }
    let present = spec.columns.iter().filter(|c| header.contains(&c.name));
    let records = rows
        .iter()
        .enumerate()
        .map(|(nth, row)| {
            let cells: Vec<&str> = row.split('|').map(str::trim).collect();
            let cell =
                |column: &str| cells[header.iter().position(|name| *name == column)?..].first().copied();
            Record {
                row: u32::try_from(nth + 2).unwrap(),
                cells: present.clone().map(|c| datum(c.kind, cell(c.name)?)).collect(),
            }
        })
        .collect();
    typed(group, spec, columns, TypedBody::Records(records), rows.len())
}

/// A table of facts.
pub(super) fn facts(group: &str, name: &'static str, frame: &DataFrame) -> Typed {
    let spec = TABLES.iter().find(|spec| spec.name == name).unwrap();
    let height = frame.height();
    let mut frame = coded(frame);
    let rows: Vec<u32> = (2..).take(height).collect();
    frame.with_column(Column::new("row".into(), rows)).unwrap();
    typed(group, spec, vec![None; spec.columns.len()], TypedBody::Frame(frame), height)
}

fn typed(
    group: &str,
    spec: &'static crate::intake::TableSpec,
    columns: Vec<Option<(u32, Arc<str>)>>,
    body: TypedBody,
    rows: usize,
) -> Typed {
    let file = Arc::from(format!("{}.csv", spec.name));
    let read =
        TableRead { file, table: spec.name, rows: u32::try_from(rows).unwrap(), ..TableRead::default() };
    Typed { spec, read, group: Arc::from(group), columns, body }
}

fn datum(kind: ColumnKind, text: &str) -> Option<Datum> {
    if text.is_empty() {
        return None;
    }
    let day = || NaiveDate::parse_from_str(text, "%Y-%m-%d").unwrap();
    let number = || text.trim_end_matches(['h', 'd', '%']).parse::<f64>().unwrap();
    Some(match kind {
        ColumnKind::Money => Datum::Money(Money::from_units(number())),
        ColumnKind::Number | ColumnKind::Measure => Datum::Number(number()),
        ColumnKind::Share => Datum::Share(number() / 100.0),
        ColumnKind::Hours => Datum::Work(Work::from_hours(number())),
        ColumnKind::Duration if text.ends_with('h') => Datum::Work(Work::from_hours(number())),
        ColumnKind::Duration => Datum::Days(number()),
        ColumnKind::Start | ColumnKind::Day => Datum::Moment(start_of_day(day())),
        ColumnKind::Finish => Datum::Moment(end_of_day(day())),
        ColumnKind::Choice(words) => Datum::Choice(words.iter().find(|word| **word == text).unwrap()),
        ColumnKind::List => Datum::List(text.split(';').map(|entry| Arc::from(entry.trim())).collect()),
        ColumnKind::Spans => Datum::Spans(
            text.split(' ')
                .filter_map(|span| span.split_once('-'))
                .map(|(a, b)| (a.parse::<u32>().unwrap() * 3_600, b.parse::<u32>().unwrap() * 3_600))
                .collect(),
        ),
        ColumnKind::Flag => Datum::Flag(text == "yes"),
        ColumnKind::Graded(Scale::Level) => {
            Datum::Magnitude(Box::new(Magnitude::Level(text.parse().unwrap())))
        }
        ColumnKind::Graded(Scale::Chance) => Datum::Magnitude(Box::new(Magnitude::of(number() / 100.0))),
        ColumnKind::Graded(_) => Datum::Magnitude(Box::new(Magnitude::of(number()))),
        ColumnKind::Period | ColumnKind::Text => Datum::Text(text.into()),
    })
}

/// Assembles tables; the problems as `CODE message`, sorted.
pub(super) fn assembled(tables: Vec<Typed>) -> (Portfolio, Vec<String>) {
    let mut problems = Diagnostics::default();
    let portfolio = super::assemble(Records { tables }, &mut problems);
    problems.sort();
    let mut said: Vec<String> =
        problems.all().iter().map(|d| format!("{} {}", d.code.id, d.message)).collect();
    said.sort();
    (portfolio, said)
}
