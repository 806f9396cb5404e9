//! Facts as they are read, row by row or column by column: what few different things their cells mean, and which
//! of them each row has.

use std::sync::Arc;

use chrono::NaiveDate;
use polars::prelude::{
    BooleanChunked, Column, DataFrame, DataType, Float64Chunked, Int32Chunked, Int64Chunked, IntoColumn,
    IntoSeries, NewChunkedArray, PlHashMap, PlSmallStr, PolarsResult, StringChunked, TimeUnit, UInt32Chunked,
};

use crate::calendar::Moment;
use crate::model::facts::{Coded, Codes, SheetRows};

use super::{ColumnKind, ColumnSpec, Datum, TableSpec};

/// The rows of a table of facts.
#[derive(Clone, Debug, Default)]
pub struct FactRows {
    /// The rows of the spreadsheet.
    pub rows: SheetRows,
    /// One column per spec column that the sheet has, each with as many rows.
    pub columns: Vec<(&'static ColumnSpec, Coded<Option<Datum>>)>,
}

impl FactRows {
    /// The column of that name; `None` when the sheet has none.
    #[must_use]
    pub fn column(&self, name: &str) -> Option<&Coded<Option<Datum>>> {
        self.columns.iter().find(|(spec, _)| spec.name == name).map(|(_, column)| column)
    }

    /// The same as a frame, but for some columns: a column per column, named by the spec, and `row` (`u32`).
    ///
    /// Text, Choice: `String`. Money: `i64` ten-thousandths. Hours: `i64` seconds. Day: `Date`. Start, Finish:
    /// `Datetime(ms)`. Period: two `Date` columns `<name>_first`, `<name>_last`. Number, Share: `f64`. Flag: `Boolean`.
    ///
    /// # Errors
    /// None with columns of one height, which they have by construction.
    pub fn frame(&self, but: &[&str]) -> PolarsResult<DataFrame> {
        let mut frame = Vec::with_capacity(self.columns.len() + 2);
        for (spec, column) in self.columns.iter().filter(|(spec, _)| !but.contains(&spec.name)) {
            frame.extend(column_of(spec, column)?);
        }
        let rows = UInt32Chunked::from_vec(PlSmallStr::from_static("row"), self.rows.iter().collect());
        frame.push(rows.into_series().into_column());
        DataFrame::new(self.rows.len(), frame)
    }
}

/// A column of a frame; two of a period.
fn column_of(spec: &ColumnSpec, column: &Coded<Option<Datum>>) -> PolarsResult<Vec<Column>> {
    let mut builder = Builder::new(spec);
    for value in &column.values {
        builder.push(value.as_ref());
    }
    let rows = UInt32Chunked::from_vec(PlSmallStr::EMPTY, column.codes.iter().collect());
    builder.finish(spec.name)?.iter().map(|different| different.take(&rows)).collect()
}

/// Rows of facts while they are read one by one.
pub(super) struct FactBuilder {
    rows: SheetRows,
    columns: Vec<(usize, &'static ColumnSpec, Codes, Different)>,
}

impl FactBuilder {
    /// With these columns of the spec.
    pub(super) fn new(spec: &'static TableSpec, present: &[usize]) -> Self {
        let column = |index: &usize| (*index, &spec.columns[*index], Codes::default(), Different::default());
        Self { rows: SheetRows::default(), columns: present.iter().map(column).collect() }
    }

    /// Adds a row, of cells one a column of the spec.
    pub(super) fn push(&mut self, row: u32, cells: &[Option<Datum>]) {
        self.rows.push(row, 1);
        for (index, _, codes, different) in &mut self.columns {
            let number = different.number(cells.get(*index).and_then(Option::as_ref));
            codes.extend(&[number], different.values.len());
        }
    }

    /// The rows.
    pub(super) fn finish(self) -> FactRows {
        let columns = self.columns.into_iter();
        let columns = columns.map(|(_, spec, codes, different)| (spec, different.coded(codes)));
        FactRows { rows: self.rows, columns: columns.collect() }
    }
}

/// A column read whole: its values by the number of its texts, of which some may mean the same. Texts that do are
/// made one, so that a number tells a name.
pub(super) fn unified(codes: &Codes, values: &[Option<Datum>]) -> Coded<Option<Datum>> {
    let mut different = Different::default();
    let numbers: Vec<u32> = values.iter().map(|value| different.number(value.as_ref())).collect();
    let mut unified = Codes::default();
    unified.reserve_exact(codes.len());
    for code in codes.iter() {
        unified.extend(&[numbers[code as usize]], different.values.len());
    }
    different.coded(unified)
}

/// The different values of a column, in the order in which they came. The numbers are looked up, never iterated:
/// the order of hashing reaches nothing.
#[derive(Default)]
struct Different {
    values: Vec<Option<Datum>>,
    numbers: PlHashMap<Key, u32>,
}

impl Different {
    /// The number of a value: a new one where it is new.
    fn number(&mut self, value: Option<&Datum>) -> u32 {
        let next = u32::try_from(self.values.len()).unwrap_or(u32::MAX);
        *self.numbers.entry(Key::of(value)).or_insert_with(|| {
            self.values.push(value.cloned());
            next
        })
    }

    fn coded(self, codes: Codes) -> Coded<Option<Datum>> {
        Coded { codes: Arc::new(codes), values: self.values }
    }
}

/// What tells the values of a column from each other.
#[derive(PartialEq, Eq, Hash)]
enum Key {
    Nothing,
    Text(PlSmallStr),
    Whole(i64),
    /// Of a number, by its bits.
    Bits(u64),
    Moment(Moment),
    Period(NaiveDate, NaiveDate),
    /// Of what is long and rare.
    Told(String),
}

impl Key {
    fn of(value: Option<&Datum>) -> Self {
        match value {
            None => Self::Nothing,
            Some(Datum::Text(text)) => Self::Text(text.clone()),
            Some(Datum::Choice(word)) => Self::Text(PlSmallStr::from_static(word)),
            Some(Datum::Money(money)) => Self::Whole(money.0),
            Some(Datum::Work(work)) => Self::Whole(work.0),
            Some(Datum::Flag(flag)) => Self::Whole(i64::from(*flag)),
            Some(Datum::Number(number) | Datum::Share(number) | Datum::Days(number)) => {
                Self::Bits(number.to_bits())
            }
            Some(Datum::Moment(moment)) => Self::Moment(*moment),
            Some(Datum::Period(first, last)) => Self::Period(*first, *last),
            Some(datum @ (Datum::List(_) | Datum::Spans(_) | Datum::Lag(_) | Datum::Magnitude(_))) => {
                Self::Told(format!("{datum:?}"))
            }
        }
    }
}

/// A column under construction.
enum Builder {
    Words(Vec<Option<PlSmallStr>>),
    Whole(Vec<Option<i64>>),
    Days(Vec<Option<i32>>),
    Millis(Vec<Option<i64>>),
    Spans(Vec<Option<i32>>, Vec<Option<i32>>),
    Floats(Vec<Option<f64>>),
    Flags(Vec<Option<bool>>),
}

impl Builder {
    fn new(spec: &ColumnSpec) -> Self {
        match spec.kind {
            ColumnKind::Money | ColumnKind::Hours | ColumnKind::Duration => Self::Whole(Vec::new()),
            ColumnKind::Day => Self::Days(Vec::new()),
            ColumnKind::Start | ColumnKind::Finish => Self::Millis(Vec::new()),
            ColumnKind::Period => Self::Spans(Vec::new(), Vec::new()),
            ColumnKind::Number | ColumnKind::Measure | ColumnKind::Share => Self::Floats(Vec::new()),
            ColumnKind::Flag => Self::Flags(Vec::new()),
            ColumnKind::Text
            | ColumnKind::Choice(_)
            | ColumnKind::List
            | ColumnKind::Spans
            | ColumnKind::Lag
            | ColumnKind::Graded(_) => Self::Words(Vec::new()),
        }
    }

    fn push(&mut self, datum: Option<&Datum>) {
        match self {
            Self::Words(words) => words.push(match datum {
                Some(Datum::Text(text)) => Some(text.clone()),
                Some(Datum::Choice(word)) => Some(PlSmallStr::from_static(word)),
                Some(Datum::List(items)) => Some(items.join("; ").into()),
                _ => None,
            }),
            Self::Whole(values) => values.push(match datum {
                Some(Datum::Money(money)) => Some(money.0),
                Some(Datum::Work(work)) => Some(work.0),
                _ => None,
            }),
            Self::Days(values) => values.push(match datum {
                Some(Datum::Moment(moment)) => Some(moment.date().to_epoch_days()),
                _ => None,
            }),
            Self::Millis(values) => values.push(match datum {
                Some(Datum::Moment(moment)) => Some(moment.and_utc().timestamp_millis()),
                _ => None,
            }),
            Self::Spans(firsts, lasts) => {
                let span = match datum {
                    Some(Datum::Period(first, last)) => Some((first.to_epoch_days(), last.to_epoch_days())),
                    _ => None,
                };
                firsts.push(span.map(|(first, _)| first));
                lasts.push(span.map(|(_, last)| last));
            }
            Self::Floats(values) => values.push(match datum {
                Some(Datum::Number(value) | Datum::Share(value)) => Some(*value),
                _ => None,
            }),
            Self::Flags(values) => values.push(match datum {
                Some(Datum::Flag(flag)) => Some(*flag),
                _ => None,
            }),
        }
    }

    /// The columns: one, of a period its first days and its last.
    fn finish(self, name: &'static str) -> PolarsResult<Vec<Column>> {
        let plain = PlSmallStr::from_static(name);
        let dates = |name: PlSmallStr, values: Vec<Option<i32>>| {
            Int32Chunked::from_iter_options(name, values.into_iter()).into_series().cast(&DataType::Date)
        };
        let series = match self {
            Self::Words(words) => StringChunked::from_iter_options(plain, words.into_iter()).into_series(),
            Self::Whole(values) => Int64Chunked::from_iter_options(plain, values.into_iter()).into_series(),
            Self::Days(values) => dates(plain, values)?,
            Self::Millis(values) => Int64Chunked::from_iter_options(plain, values.into_iter())
                .into_series()
                .cast(&DataType::Datetime(TimeUnit::Milliseconds, None))?,
            Self::Spans(firsts, lasts) => {
                let first = dates(format!("{name}_first").into(), firsts)?;
                let last = dates(format!("{name}_last").into(), lasts)?;
                return Ok(vec![first.into_column(), last.into_column()]);
            }
            Self::Floats(values) => {
                Float64Chunked::from_iter_options(plain, values.into_iter()).into_series()
            }
            Self::Flags(values) => BooleanChunked::from_iter_options(plain, values.into_iter()).into_series(),
        };
        Ok(vec![series.into_column()])
    }
}
