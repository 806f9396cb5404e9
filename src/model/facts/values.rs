//! Columns of numbers for loops over millions of rows.

use std::borrow::Cow;

use polars::prelude::{ChunkedArray, NewChunkedArray, PolarsNumericType, UInt32Chunked};

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
pub fn gathered(name: &str, numbers: &[Option<u32>], mut rows: Vec<u32>) -> UInt32Chunked {
    let number = |row: u32| numbers.get(row as usize).copied().flatten();
    if numbers.iter().any(Option::is_none) {
        return UInt32Chunked::from_iter_options(name.into(), rows.into_iter().map(number));
    }
    // Without a gap, which is usual, there is no mask to write, and the room is there already.
    for row in &mut rows {
        *row = number(*row).unwrap_or_default();
    }
    UInt32Chunked::from_vec(name.into(), rows)
}
