//! A column of numbers as a slice: for loops over millions of rows that look at several columns at once.

use std::borrow::Cow;

use polars::prelude::{ChunkedArray, PolarsNumericType};

/// The value of every row, `none` where there is none; copied only where the column has gaps or lies in pieces.
#[must_use]
pub fn values<T: PolarsNumericType>(column: &ChunkedArray<T>, none: T::Native) -> Cow<'_, [T::Native]> {
    match column.cont_slice() {
        Ok(values) => Cow::Borrowed(values),
        Err(_) => Cow::Owned(column.iter().map(|value| value.unwrap_or(none)).collect()),
    }
}
