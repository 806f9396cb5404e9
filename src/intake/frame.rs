//! Facts as they are read, row by row, into the columns of a frame.

use chrono::NaiveDate;
use polars::prelude::{
    BooleanChunked, Column, DataFrame, DataType, Float64Chunked, Int32Chunked, Int32Type, Int64Chunked,
    Int64Type, IntoColumn, IntoSeries, NewChunkedArray, PlSmallStr, PolarsResult, TimeUnit, UInt32Chunked,
};

use crate::model::facts::{Dictionary, gathered};

use super::{ColumnKind, ColumnSpec, Datum, TableSpec};

/// A frame under construction.
pub(super) struct FrameBuilder {
    columns: Vec<(usize, Builder)>,
    rows: Vec<u32>,
    /// What went wrong first.
    failed: PolarsResult<()>,
}

impl FrameBuilder {
    /// A frame with these columns of the spec.
    pub(super) fn new(spec: &TableSpec, present: &[usize]) -> Self {
        let columns = present.iter().map(|index| (*index, Builder::new(&spec.columns[*index]))).collect();
        Self { columns, rows: Vec::new(), failed: Ok(()) }
    }

    /// Adds a row.
    pub(super) fn push(&mut self, row: u32, cells: &[Option<Datum>]) {
        self.rows.push(row);
        for (index, builder) in &mut self.columns {
            let pushed = builder.push(cells.get(*index).and_then(Option::as_ref));
            if self.failed.is_ok() {
                self.failed = pushed;
            }
        }
    }

    /// The frame.
    pub(super) fn finish(self, spec: &TableSpec) -> PolarsResult<DataFrame> {
        self.failed?;
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
        builder.push(value.as_ref())?;
    }
    let column = match builder {
        Builder::Words(words, dictionary) => dictionary.column(gathered(spec.name, &words, codes)),
        Builder::Whole(values) => gathered::<Int64Type>(spec.name, &values, codes).into_column(),
        Builder::Days(values) => {
            gathered::<Int32Type>(spec.name, &values, codes).into_column().cast(&DataType::Date)?
        }
        builder => {
            let mut different = Vec::with_capacity(2);
            builder.finish(spec.name, &mut different)?;
            let rows = UInt32Chunked::from_vec(PlSmallStr::EMPTY, codes);
            return different.iter().map(|column| column.take(&rows)).collect();
        }
    };
    Ok(vec![column])
}

/// The column of row numbers.
pub(super) fn row_numbers(rows: Vec<u32>) -> Column {
    UInt32Chunked::from_vec(PlSmallStr::from_static("row"), rows).into_series().into_column()
}

/// A column under construction.
enum Builder {
    Words(Vec<Option<u32>>, Dictionary),
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
            | ColumnKind::Graded(_) => Self::Words(Vec::new(), Dictionary::default()),
        }
    }

    fn push(&mut self, datum: Option<&Datum>) -> PolarsResult<()> {
        match self {
            Self::Words(codes, dictionary) => {
                let code = match datum {
                    Some(Datum::Text(text)) => Some(dictionary.code(text)),
                    Some(Datum::Choice(word)) => Some(dictionary.code(word)),
                    Some(Datum::List(items)) => Some(dictionary.code(&items.join("; "))),
                    _ => None,
                };
                codes.push(code.transpose()?);
            }
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
        Ok(())
    }

    fn finish(self, name: &'static str, columns: &mut Vec<Column>) -> PolarsResult<()> {
        let plain = PlSmallStr::from_static(name);
        let dates = |name: PlSmallStr, values: Vec<Option<i32>>| {
            Int32Chunked::from_iter_options(name, values.into_iter()).into_series().cast(&DataType::Date)
        };
        let series = match self {
            Self::Words(codes, dictionary) => {
                let codes = UInt32Chunked::from_iter_options(plain, codes.into_iter());
                dictionary.column(codes).take_materialized_series()
            }
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
