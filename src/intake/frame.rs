//! Facts as they are read, row by row or column by column: what few different things their cells mean, and which
//! of them each row has.

use std::sync::Arc;

use chrono::NaiveDate;
use polars::prelude::{
    BooleanChunked, Column, DataFrame, DataType, Float64Chunked, Int32Chunked, Int32Type, Int64Chunked,
    Int64Type, IntoColumn, IntoSeries, NewChunkedArray, PlHashMap, PlSmallStr, PolarsResult, StringChunked,
    TimeUnit, UInt32Chunked,
};

use crate::calendar::Moment;
use crate::model::facts::{Coded, Codes, SheetRows, gathered};

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

    /// The same as a frame: a column per column, named by the spec, and `row` (`u32`).
    ///
    /// Text, Choice: `String`. Money: `i64` ten-thousandths. Hours: `i64` seconds. Day: `Date`. Start, Finish:
    /// `Datetime(ms)`. Period: two `Date` columns `<name>_first`, `<name>_last`. Number, Share: `f64`. Flag: `Boolean`.
    ///
    /// # Errors
    /// None with columns of one height, which they have by construction.
    pub fn frame(&self) -> PolarsResult<DataFrame> {
        let mut frame = Vec::with_capacity(self.columns.len() + 2);
        for (spec, column) in &self.columns {
            frame.extend(column_of(spec, column)?);
        }
        let rows = UInt32Chunked::from_vec(PlSmallStr::from_static("row"), self.rows.iter().collect());
        frame.push(rows.into_series().into_column());
        DataFrame::new(self.rows.len(), frame)
    }
}

/// A column of a frame.
fn column_of(spec: &ColumnSpec, column: &Coded<Option<Datum>>) -> PolarsResult<Vec<Column>> {
    let mut builder = Builder::new(spec);
    for value in &column.values {
        builder.push(value.as_ref());
    }
    let codes = column.codes.iter();
    let column = match builder {
        Builder::Words(words) => {
            let words = codes.map(|code| words.get(code as usize)?.as_deref());
            StringChunked::from_iter_options(spec.name.into(), words).into_column()
        }
        Builder::Whole(values) => gathered::<Int64Type>(spec.name, &values, codes).into_column(),
        Builder::Days(values) => {
            gathered::<Int32Type>(spec.name, &values, codes).into_column().cast(&DataType::Date)?
        }
        builder => {
            let mut different = Vec::with_capacity(2);
            builder.finish(spec.name, &mut different)?;
            let rows = UInt32Chunked::from_vec(PlSmallStr::EMPTY, codes.collect());
            return different.iter().map(|column| column.take(&rows)).collect();
        }
    };
    Ok(vec![column])
}

/// Rows of facts while they are read one by one.
pub(super) struct FactBuilder {
    rows: SheetRows,
    columns: Vec<(usize, &'static ColumnSpec, Different)>,
}

impl FactBuilder {
    /// With these columns of the spec.
    pub(super) fn new(spec: &'static TableSpec, present: &[usize]) -> Self {
        let columns = present.iter().map(|index| (*index, &spec.columns[*index], Different::default()));
        Self { rows: SheetRows::default(), columns: columns.collect() }
    }

    /// Adds a row, of cells one a column of the spec.
    pub(super) fn push(&mut self, row: u32, cells: &[Option<Datum>]) {
        self.rows.push(row, 1);
        for (index, _, different) in &mut self.columns {
            different.push(cells.get(*index).and_then(Option::as_ref));
        }
    }

    /// The rows.
    pub(super) fn finish(self) -> FactRows {
        let columns = self.columns.into_iter().map(|(_, spec, different)| (spec, different.coded()));
        FactRows { rows: self.rows, columns: columns.collect() }
    }
}

/// The different values of a column, in the order in which they came. The numbers are looked up, never iterated:
/// the order of hashing reaches nothing.
#[derive(Default)]
struct Different {
    codes: Codes,
    values: Vec<Option<Datum>>,
    numbers: PlHashMap<Key, u32>,
}

impl Different {
    fn push(&mut self, value: Option<&Datum>) {
        let next = u32::try_from(self.values.len()).unwrap_or(u32::MAX);
        let number = *self.numbers.entry(Key::of(value)).or_insert_with(|| {
            self.values.push(value.cloned());
            next
        });
        self.codes.extend(&[number], self.values.len());
    }

    fn coded(self) -> Coded<Option<Datum>> {
        Coded { codes: Arc::new(self.codes), values: self.values }
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

/// A column read whole: its values by the number of its texts, of which some may mean the same. Texts that do are
/// made one, so that a number tells a name.
pub(super) fn unified(codes: &Codes, values: Vec<Option<Datum>>) -> Coded<Option<Datum>> {
    let mut numbers: PlHashMap<Key, u32> = PlHashMap::default();
    let mut first = Vec::with_capacity(values.len());
    let mut kept = Vec::new();
    for value in values {
        let next = u32::try_from(kept.len()).unwrap_or(u32::MAX);
        let number = *numbers.entry(Key::of(value.as_ref())).or_insert_with(|| {
            kept.push(value);
            next
        });
        first.push(number);
    }
    let mut unified = Codes::default();
    unified.reserve_exact(codes.len());
    for code in codes.iter() {
        unified.extend(&[first[code as usize]], kept.len());
    }
    Coded { codes: Arc::new(unified), values: kept }
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

/// Days since 1970, as frames count dates.
pub(super) fn days(day: NaiveDate) -> i32 {
    day.to_epoch_days()
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
                Some(Datum::Moment(moment)) => Some(days(moment.date())),
                _ => None,
            }),
            Self::Millis(values) => values.push(match datum {
                Some(Datum::Moment(moment)) => Some(moment.and_utc().timestamp_millis()),
                _ => None,
            }),
            Self::Spans(firsts, lasts) => {
                let span =
                    if let Some(Datum::Period(first, last)) = datum { Some((first, last)) } else { None };
                firsts.push(span.map(|(first, _)| days(*first)));
                lasts.push(span.map(|(_, last)| days(*last)));
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

    fn finish(self, name: &'static str, columns: &mut Vec<Column>) -> PolarsResult<()> {
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
                columns.push(dates(format!("{name}_first").into(), firsts)?.into_column());
                dates(format!("{name}_last").into(), lasts)?
            }
            Self::Floats(values) => {
                Float64Chunked::from_iter_options(plain, values.into_iter()).into_series()
            }
            Self::Flags(values) => BooleanChunked::from_iter_options(plain, values.into_iter()).into_series(),
        };
        columns.push(series.into_column());
        Ok(())
    }
}
