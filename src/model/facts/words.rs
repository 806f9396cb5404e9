//! The texts of a frame: millions of rows name a few thousand tasks and people, so a frame holds a
//! code a row and one dictionary holds each text once.

use polars::prelude::{
    Categorical32Chunked, CategoricalPhysical, Categories, Column, DataFrame, DataType, IntoColumn,
    NewChunkedArray, PlSmallStr, PolarsResult, UInt32Chunked,
};

/// A text column of a frame: a code a row, and the text of every code.
///
/// All text columns of all frames share one dictionary, so codes of different columns and tables are
/// comparable within a run. Their order means nothing.
pub struct Words<'a>(&'a Categorical32Chunked);

impl<'a> Words<'a> {
    /// The column of that name; `None` when the frame has none or it is not text.
    #[must_use]
    pub fn of(frame: &'a DataFrame, column: &str) -> Option<Self> {
        frame.column(column).ok()?.as_materialized_series().cat32().ok().map(Self)
    }

    /// The code of every row, null where the cell is empty.
    #[must_use]
    pub fn codes(&self) -> &'a UInt32Chunked {
        self.0.physical()
    }

    /// The text of a code of this column.
    #[must_use]
    pub fn text(&self, code: u32) -> Option<&'a str> {
        self.0.get_mapping().cat_to_str(code)
    }

    /// The text of every row.
    pub fn texts(&self) -> impl Iterator<Item = Option<&'a str>> {
        let this = self.0;
        this.physical().iter().map(move |code| this.get_mapping().cat_to_str(code?))
    }
}

/// The type of text columns. Keep it alive while frames are built: the dictionary lives as long as its users.
#[must_use]
pub fn dictionary() -> DataType {
    DataType::from_categories(Categories::new(
        PlSmallStr::from_static("earnest"),
        PlSmallStr::EMPTY,
        CategoricalPhysical::U32,
    ))
}

/// A text column of different words and, for every row, which of them stands there.
///
/// # Errors
/// When the dictionary is full (four billion words).
pub fn words_column(
    name: &str,
    words: &[Option<&str>],
    of_row: impl Iterator<Item = Option<u32>>,
) -> PolarsResult<Column> {
    let dtype = dictionary();
    let mut codes: Vec<Option<u32>> = Vec::with_capacity(words.len());
    if let DataType::Categorical(_, mapping) = &dtype {
        for word in words {
            codes.push(word.map(|word| mapping.insert_cat(word)).transpose()?);
        }
    }
    let code = |word: u32| usize::try_from(word).ok().and_then(|at| codes.get(at).copied().flatten());
    let codes = UInt32Chunked::from_iter_options(name.into(), of_row.map(|word| code(word?)));
    Ok(Categorical32Chunked::from_cats_and_dtype(codes, dtype).into_column())
}
