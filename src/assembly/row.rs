//! Cells of a typed row by the canonical name of their column, and the places diagnostics point to.

use std::sync::Arc;

use chrono::NaiveDate;
use polars::prelude::PlSmallStr;

use crate::calendar::{Moment, Span, end_of_day, last_day};
use crate::diagnostic::Location;
use crate::intake::{ColumnKind, ColumnNames, Datum, EntityRows, Lag, Typed, TypedBody};
use crate::model::{Magnitude, Origin};
use crate::quantity::{Money, Work};

/// A typed table with its columns by name.
pub(super) struct Table<'a> {
    pub(super) typed: &'a Typed,
    /// Index into `Portfolio::tables`.
    pub(super) source: u32,
    /// The rows of an entity table; none of facts.
    entities: &'a EntityRows,
    /// The columns that the sheet has.
    columns: ColumnNames,
}

static NO_ENTITIES: EntityRows = EntityRows::new(0);

impl<'a> Table<'a> {
    pub(super) fn new(typed: &'a Typed, source: usize) -> Self {
        let entities = match &typed.body {
            TypedBody::Entities(entities) => entities,
            TypedBody::Facts(_) => &NO_ENTITIES,
        };
        Self { typed, source: u32::try_from(source).unwrap_or(u32::MAX), entities, columns: typed.present() }
    }

    /// The rows of an entity table; none for facts.
    pub(super) fn rows(&'a self) -> impl Iterator<Item = Row<'a>> {
        (0..self.entities.len()).map(move |nth| Row { table: self, nth })
    }

    /// Whether the sheet has the column at all.
    pub(super) fn has(&self, column: &str) -> bool {
        self.columns.place(column).is_some()
    }

    /// The sheet, without a row.
    pub(super) fn place(&self) -> Location {
        Location {
            file: self.typed.read.file.clone(),
            sheet: self.typed.read.sheet.clone(),
            ..Location::default()
        }
    }

    /// A cell, by spreadsheet row and column name; the row alone where the sheet lacks the column.
    pub(super) fn cell(&self, row: u32, column: &str) -> Location {
        let place = Location { row: Some(row), ..self.place() };
        let header = self.typed.spec.column(column).and_then(|index| self.typed.columns.get(index)?.clone());
        match header {
            Some((number, header)) => Location { column: Some(number), header: Some(header), ..place },
            None => place,
        }
    }
}

/// One row of an entity table.
#[derive(Clone, Copy)]
pub(super) struct Row<'a> {
    pub(super) table: &'a Table<'a>,
    nth: usize,
}

impl<'a> Row<'a> {
    fn datum(&self, column: &str) -> Option<&'a Datum> {
        self.table.entities.cell(self.nth, self.table.columns.place(column)?)
    }

    /// The row as a spreadsheet counts it.
    fn row(&self) -> u32 {
        self.table.entities.row(self.nth)
    }

    fn kind(&self, column: &str) -> Option<ColumnKind> {
        let spec = self.table.typed.spec;
        spec.columns.get(spec.column(column)?).map(|column| column.kind)
    }

    /// The text of a text or choice cell; `None` for blank ones.
    pub(super) fn text(&self, column: &str) -> Option<&'a str> {
        let text = match self.datum(column)? {
            Datum::Text(text) => text.as_str(),
            Datum::Choice(word) => word,
            _ => return None,
        };
        (!text.is_empty()).then_some(text)
    }

    /// The canonical word of a choice.
    pub(super) fn word(&self, column: &str) -> Option<&'static str> {
        match self.datum(column)? {
            Datum::Choice(word) => Some(word),
            _ => None,
        }
    }

    /// How likely or how large.
    pub(super) fn magnitude(&self, column: &str) -> Option<Magnitude> {
        match self.datum(column)? {
            Datum::Magnitude(magnitude) => Some(**magnitude),
            _ => None,
        }
    }

    /// A level of 1 to 5.
    pub(super) fn level(&self, column: &str) -> Option<u8> {
        match self.magnitude(column)? {
            Magnitude::Level(level) => Some(level),
            Magnitude::Points(..) => None,
        }
    }

    pub(super) fn string(&self, column: &str) -> Option<String> {
        self.text(column).map(str::to_owned)
    }

    /// Yes or no.
    pub(super) fn flag(&self, column: &str) -> Option<bool> {
        match self.datum(column)? {
            Datum::Flag(flag) => Some(*flag),
            _ => None,
        }
    }

    /// A text for a task: there are many, and a short one needs no memory of its own.
    pub(super) fn small(&self, column: &str) -> Option<PlSmallStr> {
        self.text(column).map(PlSmallStr::from)
    }

    pub(super) fn money(&self, column: &str) -> Option<Money> {
        match self.datum(column)? {
            Datum::Money(money) => Some(*money),
            Datum::Number(number) => Some(Money::from_units(*number)),
            _ => None,
        }
    }

    pub(super) fn number(&self, column: &str) -> Option<f64> {
        match self.datum(column)? {
            Datum::Number(number) | Datum::Share(number) | Datum::Days(number) => Some(*number),
            Datum::Money(money) => Some(money.units()),
            Datum::Work(work) => Some(work.hours()),
            _ => None,
        }
    }

    pub(super) fn share(&self, column: &str) -> Option<f64> {
        match self.datum(column)? {
            Datum::Share(share) => Some(*share),
            _ => None,
        }
    }

    /// Working time; days are turned to hours by the length of the calendar's day.
    pub(super) fn work(&self, column: &str, hours_per_day: f64) -> Option<Work> {
        match self.datum(column)? {
            Datum::Work(work) => Some(*work),
            Datum::Days(days) => Some(Work::from_hours(days * hours_per_day)),
            _ => None,
        }
    }

    /// How far apart the ends of a link are.
    pub(super) fn lag(&self, column: &str) -> Option<Lag> {
        match self.datum(column)? {
            Datum::Lag(lag) => Some(*lag),
            _ => None,
        }
    }

    /// A moment as intake understood it.
    pub(super) fn moment(&self, column: &str) -> Option<Moment> {
        match self.datum(column)? {
            Datum::Moment(moment) => Some(*moment),
            Datum::Period(_, last) => Some(end_of_day(*last)),
            _ => None,
        }
    }

    /// The moment a dated statement speaks of: a plain day counts to its end.
    pub(super) fn as_of(&self, column: &str) -> Option<Moment> {
        let moment = self.moment(column)?;
        Some(if self.kind(column) == Some(ColumnKind::Day) { end_of_day(moment.date()) } else { moment })
    }

    /// A day; the end of a day (midnight) belongs to the day before it where the column holds finishes.
    pub(super) fn day(&self, column: &str) -> Option<NaiveDate> {
        let moment = self.moment(column)?;
        Some(if self.kind(column) == Some(ColumnKind::Finish) { last_day(moment) } else { moment.date() })
    }

    /// The entries of a list; a text is one entry.
    pub(super) fn list(&self, column: &str) -> Vec<&'a str> {
        let entries: Vec<&str> = match self.datum(column) {
            Some(Datum::List(entries)) => entries.iter().map(Arc::as_ref).collect(),
            Some(Datum::Text(text)) => vec![text.as_ref()],
            _ => Vec::new(),
        };
        entries.into_iter().map(str::trim).filter(|entry| !entry.is_empty()).collect()
    }

    /// The place of one of its cells.
    pub(super) fn cell(&self, column: &str) -> Location {
        self.table.cell(self.row(), column)
    }

    /// Working spans of a day; none where the cell is empty.
    pub(super) fn spans(&self, column: &str) -> Vec<Span> {
        match self.datum(column) {
            Some(Datum::Spans(spans)) => spans.to_vec(),
            _ => Vec::new(),
        }
    }

    pub(super) fn origin(&self) -> Origin {
        let read = &self.table.typed.read;
        Origin { file: read.file.clone(), sheet: read.sheet.clone(), row: self.row() }
    }
}
