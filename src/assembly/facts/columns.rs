//! The columns of the fact frames, and how a sheet's columns become them.

use polars::prelude::{
    Column, DataFrame, DataType, IntoColumn, NewChunkedArray, Scalar, StringChunked, TimeUnit, UInt32Chunked,
};

use crate::model::facts::{Bookings as B, BudgetLines as L, Postings as P};

/// The columns of a fact frame and their types.
pub(super) type Schema = &'static [(&'static str, DataType)];

pub(super) const MOMENT: DataType = DataType::Datetime(TimeUnit::Milliseconds, None);

pub(super) const BOOKINGS: Schema = &[
    (B::PROJECT, DataType::UInt32),
    (B::TASK, DataType::UInt32),
    (B::TASK_TEXT, DataType::String),
    (B::PERSON, DataType::String),
    (B::ROLE, DataType::String),
    (B::DATE, DataType::Date),
    (B::SECONDS, DataType::Int64),
    (B::COST, DataType::Int64),
    (B::RATE, DataType::Int64),
    (B::ACTIVITY, DataType::String),
    (B::SOURCE, DataType::UInt32),
    (B::ROW, DataType::UInt32),
];

pub(super) const POSTINGS: Schema = &[
    (P::PROJECT, DataType::UInt32),
    (P::TASK, DataType::UInt32),
    (P::ACCOUNT, DataType::String),
    (P::AT, MOMENT),
    (P::AMOUNT, DataType::Int64),
    (P::CATEGORY, DataType::String),
    (P::KIND, DataType::String),
    (P::VENDOR, DataType::String),
    (P::SOURCE, DataType::UInt32),
    (P::ROW, DataType::UInt32),
];

pub(super) const BUDGET: Schema = &[
    (L::PROJECT, DataType::UInt32),
    (L::TASK, DataType::UInt32),
    (L::ACCOUNT, DataType::String),
    (L::START, DataType::Date),
    (L::FINISH, DataType::Date),
    (L::AMOUNT, DataType::Int64),
    (L::CATEGORY, DataType::String),
    (L::KIND, DataType::String),
    (L::SOURCE, DataType::UInt32),
    (L::ROW, DataType::UInt32),
];

/// A frame without rows: every column is there all the same.
pub(super) fn empty(schema: Schema) -> DataFrame {
    let columns =
        schema.iter().map(|(name, kind)| Column::full_null((*name).into(), 0, kind)).collect::<Vec<_>>();
    DataFrame::new(0, columns).unwrap_or_default()
}

/// The columns of `schema`: those given, null where none is.
pub(super) fn frame(schema: Schema, height: usize, given: &[Column]) -> DataFrame {
    let columns = schema.iter().map(|(name, kind)| {
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

/// Numbers that may be missing.
pub(super) fn numbers(name: &str, values: impl Iterator<Item = Option<u32>>) -> Column {
    UInt32Chunked::from_iter_options(name.into(), values).into_column()
}

/// Texts that may be missing.
pub(super) fn texts<'a>(name: &str, values: impl Iterator<Item = Option<&'a str>>) -> Column {
    StringChunked::from_iter_options(name.into(), values).into_column()
}

/// One number for every row.
pub(super) fn all_of(name: &str, value: u32, height: usize) -> Column {
    Column::new_scalar(name.into(), Scalar::from(value), height)
}
