//! The columns of the fact frames, and how a sheet's columns become them.

use polars::prelude::{
    Column, DataFrame, DataType, IntoColumn, NewChunkedArray, Scalar, StringChunked, TimeUnit,
};

use crate::model::facts::{BudgetLines as L, Postings as P};

/// The columns of a fact frame and their types.
pub(super) type Schema = &'static [(&'static str, Kind)];

/// The type of a column.
#[derive(Clone, Copy)]
pub(super) enum Kind {
    /// An index or a row.
    Number,
    /// Seconds or ten-thousandths.
    Whole,
    Day,
    Moment,
    Text,
}

impl Kind {
    fn data_type(self) -> DataType {
        match self {
            Self::Number => DataType::UInt32,
            Self::Whole => DataType::Int64,
            Self::Day => DataType::Date,
            Self::Moment => MOMENT,
            Self::Text => DataType::String,
        }
    }
}

pub(super) const MOMENT: DataType = DataType::Datetime(TimeUnit::Milliseconds, None);

pub(super) const POSTINGS: Schema = &[
    (P::PROJECT, Kind::Number),
    (P::TASK, Kind::Number),
    (P::ACCOUNT, Kind::Text),
    (P::AT, Kind::Moment),
    (P::AMOUNT, Kind::Whole),
    (P::CATEGORY, Kind::Text),
    (P::KIND, Kind::Text),
    (P::VENDOR, Kind::Text),
    (P::SOURCE, Kind::Number),
    (P::ROW, Kind::Number),
];

pub(super) const BUDGET: Schema = &[
    (L::PROJECT, Kind::Number),
    (L::TASK, Kind::Number),
    (L::ACCOUNT, Kind::Text),
    (L::START, Kind::Day),
    (L::FINISH, Kind::Day),
    (L::AMOUNT, Kind::Whole),
    (L::CATEGORY, Kind::Text),
    (L::KIND, Kind::Text),
    (L::SOURCE, Kind::Number),
    (L::ROW, Kind::Number),
];

/// A frame without rows: every column is there all the same.
pub(super) fn empty(schema: Schema) -> DataFrame {
    let columns = schema
        .iter()
        .map(|(name, kind)| Column::full_null((*name).into(), 0, &kind.data_type()))
        .collect::<Vec<_>>();
    DataFrame::new(0, columns).unwrap_or_default()
}

/// The columns of `schema`: those given, null where none is.
pub(super) fn frame(schema: Schema, height: usize, given: &[Column]) -> DataFrame {
    let columns = schema.iter().map(|(name, kind)| {
        let kind = &kind.data_type();
        let column = given.iter().find(|column| column.name() == name);
        column
            .and_then(
                |column| if column.dtype() == kind { Some(column.clone()) } else { column.cast(kind).ok() },
            )
            .unwrap_or_else(|| Column::full_null((*name).into(), height, kind))
    });
    let columns: Vec<Column> = columns.collect();
    DataFrame::new(height, columns).unwrap_or_else(|_| empty(schema))
}

/// Puts the rows of one sheet behind those of the others.
pub(super) fn append(all: &mut DataFrame, more: DataFrame) {
    if all.height() == 0 {
        *all = more;
    } else if more.height() > 0 {
        // The schemas are equal by construction; a failure would be our own and leaves the frame as it was.
        let _ = all.vstack_mut(&more);
    }
}

/// A sheet's column under the name of the facts.
pub(super) fn renamed(sheet: &DataFrame, from: &str, to: &str) -> Option<Column> {
    sheet.column(from).ok().map(|column| column.clone().with_name(to.into()))
}

/// Texts that may be missing.
pub(super) fn texts<'a>(name: &str, values: impl Iterator<Item = Option<&'a str>>) -> Column {
    StringChunked::from_iter_options(name.into(), values).into_column()
}

/// One number for every row.
pub(super) fn all_of(name: &str, value: u32, height: usize) -> Column {
    Column::new_scalar(name.into(), Scalar::from(value), height)
}
