//! Tables made by hand for the tests of this room: text in, as intake would type it.

use std::sync::Arc;

use chrono::NaiveDate;
use polars::prelude::{AnyValue, Column, DataFrame, TimeUnit};

use crate::calendar::{end_of_day, start_of_day};
use crate::diagnostic::Diagnostics;
use crate::intake::{ColumnKind, Datum, EntityRows, FactRows, Lag, Records, Scale, TABLES, Typed, TypedBody};
use crate::model::facts::Coded;
use crate::model::{Magnitude, Portfolio, TableRead};
use crate::quantity::{Money, Work};

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
    let mut entities = EntityRows::new(header.len());
    for (number, row) in (2..).zip(rows) {
        let cells: Vec<&str> = row.split('|').map(str::trim).collect();
        let cell = |column: &str| cells[header.iter().position(|name| *name == column)?..].first().copied();
        entities.push(number, present.clone().map(|c| datum(c.kind, cell(c.name)?)));
    }
    typed(group, spec, columns, TypedBody::Entities(entities), rows.len())
}

/// A table of facts.
pub(super) fn facts(group: &str, name: &'static str, frame: &DataFrame) -> Typed {
    let spec = TABLES.iter().find(|spec| spec.name == name).unwrap();
    let height = frame.height();
    typed(group, spec, vec![None; spec.columns.len()], TypedBody::Facts(fact_rows(name, frame)), height)
}

/// Rows of facts from the second on: the columns of a frame that the table knows.
pub(super) fn fact_rows(name: &'static str, frame: &DataFrame) -> FactRows {
    let spec = TABLES.iter().find(|spec| spec.name == name).unwrap();
    let column = |column: &Column| {
        // A period has two columns in a frame.
        let name = column.name().as_str();
        let last = name.strip_suffix("_first").map(|name| frame.column(&format!("{name}_last")).unwrap());
        let spec = &spec.columns[spec.column(name.trim_end_matches("_first"))?];
        let mut values: Vec<Option<Datum>> = Vec::new();
        let mut codes = Vec::new();
        for row in 0..column.len() {
            let mut value = cell(spec.kind, &column.get(row).unwrap());
            if let (Some(last), Some(Datum::Moment(from))) = (last, &value)
                && let Some(Datum::Moment(to)) = cell(spec.kind, &last.get(row).unwrap())
            {
                value = Some(Datum::Period(from.date(), to.date()));
            }
            let known = values.iter().position(|other| *other == value).unwrap_or(values.len());
            codes.push(u32::try_from(known).unwrap());
            if known == values.len() {
                values.push(value);
            }
        }
        Some((spec, Coded { codes: Arc::new(codes.into_iter().collect()), values }))
    };
    let rows = (2..).take(frame.height()).collect();
    FactRows { rows, columns: frame.columns().iter().filter_map(column).collect() }
}

fn cell(kind: ColumnKind, value: &AnyValue<'_>) -> Option<Datum> {
    Some(match value {
        AnyValue::Null => return None,
        AnyValue::Int64(amount) if kind == ColumnKind::Money => Datum::Money(Money(*amount)),
        AnyValue::Int64(seconds) => Datum::Work(Work(*seconds)),
        AnyValue::Date(days) => Datum::Moment(start_of_day(NaiveDate::from_epoch_days(*days).unwrap())),
        AnyValue::Datetime(millis, TimeUnit::Milliseconds, _) => {
            Datum::Moment(chrono::DateTime::from_timestamp_millis(*millis).unwrap().naive_utc())
        }
        value => {
            let text = value.get_str().unwrap_or_else(|| panic!("{value}"));
            match kind {
                ColumnKind::Choice(words) => Datum::Choice(words.iter().find(|word| **word == text).unwrap()),
                _ => Datum::Text(text.into()),
            }
        }
    })
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
        ColumnKind::Lag => Datum::Lag(Lag::read(text).unwrap()),
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
