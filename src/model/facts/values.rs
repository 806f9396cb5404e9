//! Columns of numbers for loops over millions of rows.

use std::borrow::Cow;

use polars::prelude::{ChunkedArray, NewChunkedArray, PolarsNumericType};

/// The value of every row as a slice, `none` where there is none; copied only where the column has gaps or lies
/// in pieces.
#[must_use]
pub fn values<T: PolarsNumericType>(column: &ChunkedArray<T>, none: T::Native) -> Cow<'_, [T::Native]> {
    match column.cont_slice() {
        Ok(values) => Cow::Borrowed(values),
        Err(_) => Cow::Owned(column.iter().map(|value| value.unwrap_or(none)).collect()),
    }
}

/// A column of few different numbers: which of them stands in every row.
#[must_use]
pub fn gathered<T: PolarsNumericType>(
    name: &str,
    numbers: &[Option<T::Native>],
    rows: impl IntoIterator<Item = u32>,
) -> ChunkedArray<T> {
    let Some(whole) = numbers.iter().copied().collect::<Option<Vec<_>>>() else {
        let number = |row: u32| numbers.get(row as usize).copied().flatten();
        return ChunkedArray::from_iter_options(name.into(), rows.into_iter().map(number));
    };
    // Without a gap, which is usual, there is no mask to write; numbers as wide as a list of rows take its room.
    let number = |row: u32| whole.get(row as usize).copied().unwrap_or_default();
    ChunkedArray::from_vec(name.into(), rows.into_iter().map(number).collect())
}
