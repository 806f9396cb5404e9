//! Facts as they are read, row by row, into the columns of a frame.

use std::collections::HashMap;
use std::sync::Arc;

use chrono::NaiveDate;
use polars::prelude::{
    BooleanChunked, Categorical32Chunked, Column, DataFrame, DataType, Float64Chunked, Int32Chunked,
    Int64Chunked, IntoColumn, IntoSeries, NewChunkedArray, PlSmallStr, PolarsResult, TimeUnit, UInt32Chunked,
};

use super::words::dictionary;
use super::{ColumnKind, ColumnSpec, Datum, TableSpec};

/// A frame under construction.
pub(super) struct FrameBuilder {
    columns: Vec<(usize, Builder)>,
    rows: Vec<u32>,
}

impl FrameBuilder {
    /// A frame with these columns of the spec.
    pub(super) fn new(spec: &TableSpec, present: &[usize]) -> Self {
        let columns = present.iter().map(|index| (*index, Builder::new(&spec.columns[*index]))).collect();
        Self { columns, rows: Vec::new() }
    }

    /// Adds a row.
    pub(super) fn push(&mut self, row: u32, cells: &[Option<Datum>]) {
        self.rows.push(row);
        for (index, builder) in &mut self.columns {
            builder.push(cells.get(*index).and_then(Option::as_ref));
        }
    }

    /// The frame.
    pub(super) fn finish(self, spec: &TableSpec) -> PolarsResult<DataFrame> {
        let height = self.rows.len();
        let mut columns = Vec::with_capacity(self.columns.len() + 2);
        for (index, builder) in self.columns {
            builder.finish(spec.columns[index].name, &mut columns)?;
        }
        columns.push(row_numbers(self.rows));
        DataFrame::new(height, columns)
    }
}

/// A column of many rows and few different values: the values, and which of them stands in every row.
pub(super) fn coded(
    spec: &ColumnSpec,
    values: &[Option<Datum>],
    codes: Vec<u32>,
) -> PolarsResult<Vec<Column>> {
    let mut builder = Builder::new(spec);
    for value in values {
        builder.push(value.as_ref());
    }
    let mut different = Vec::with_capacity(2);
    builder.finish(spec.name, &mut different)?;
    let rows = UInt32Chunked::from_vec(PlSmallStr::EMPTY, codes);
    different.iter().map(|column| column.take(&rows)).collect()
}

/// The column of row numbers.
pub(super) fn row_numbers(rows: Vec<u32>) -> Column {
    UInt32Chunked::from_vec(PlSmallStr::from_static("row"), rows).into_series().into_column()
}

/// A column under construction.
enum Builder {
    Words { codes: Vec<Option<u32>>, words: HashMap<Arc<str>, u32> },
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
            ColumnKind::Number | ColumnKind::Share => Self::Floats(Vec::new()),
            ColumnKind::Flag => Self::Flags(Vec::new()),
            ColumnKind::Text
            | ColumnKind::Choice(_)
            | ColumnKind::List
            | ColumnKind::Spans
            | ColumnKind::Graded(_) => Self::Words { codes: Vec::new(), words: HashMap::new() },
        }
    }

    fn push(&mut self, datum: Option<&Datum>) {
        match self {
            Self::Words { codes, words } => codes.push(match datum {
                Some(Datum::Text(text)) => Some(code(words, text)),
                Some(Datum::Choice(word)) => Some(code(words, word)),
                Some(Datum::List(items)) => Some(code(words, &items.join("; "))),
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
            Self::Words { codes, words } => words_column(name, codes, &words)?.into_series(),
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

/// The code of a word among those of its column.
fn code(words: &mut HashMap<Arc<str>, u32>, word: &str) -> u32 {
    if let Some(code) = words.get(word) {
        return *code;
    }
    let code = u32::try_from(words.len()).unwrap_or(u32::MAX);
    words.insert(Arc::from(word), code);
    code
}

/// A text column, its codes changed for those of the dictionary.
fn words_column(
    name: &'static str,
    codes: Vec<Option<u32>>,
    words: &HashMap<Arc<str>, u32>,
) -> PolarsResult<Categorical32Chunked> {
    let dtype = dictionary();
    let mut shared: Vec<Option<u32>> = vec![None; words.len()];
    if let DataType::Categorical(_, mapping) = &dtype {
        // The dictionary's codes mean nothing, so the order of a hash map cannot reach the output.
        for (word, code) in words {
            if let Some(slot) = usize::try_from(*code).ok().and_then(|at| shared.get_mut(at)) {
                *slot = Some(mapping.insert_cat(word)?);
            }
        }
    }
    let shared = codes
        .into_iter()
        .map(|code| usize::try_from(code?).ok().and_then(|at| shared.get(at).copied().flatten()));
    let codes = UInt32Chunked::from_iter_options(PlSmallStr::from_static(name), shared);
    Ok(Categorical32Chunked::from_cats_and_dtype(codes, dtype))
}
