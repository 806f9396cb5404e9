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

/// A text column: the different words, which word (if any) each of some values is, and the value of every row.
///
/// # Errors
/// When the dictionary is full (four billion words).
pub fn words_column(
    name: &str,
    words: &[&str],
    word_of: &[Option<u32>],
    mut rows: Vec<u32>,
) -> PolarsResult<Column> {
    let dtype = dictionary();
    let mut shared: Vec<u32> = Vec::with_capacity(words.len());
    if let DataType::Categorical(_, mapping) = &dtype {
        for word in words {
            shared.push(mapping.insert_cat(word)?);
        }
    }
    let code = |word: &Option<u32>| shared.get(usize::try_from((*word)?).ok()?).copied();
    let code_of: Vec<Option<u32>> = word_of.iter().map(code).collect();
    let codes = if let Some(code_of) = code_of.iter().copied().collect::<Option<Vec<u32>>>() {
        // Without a gap, which is usual, the rows only change their numbers.
        for row in &mut rows {
            *row = code_of.get(*row as usize).copied().unwrap_or_default();
        }
        UInt32Chunked::from_vec(name.into(), rows)
    } else {
        let codes = rows.iter().map(|row| code_of.get(*row as usize).copied().flatten());
        UInt32Chunked::from_iter_options(name.into(), codes)
    };
    Ok(Categorical32Chunked::from_cats_and_dtype(codes, dtype).into_column())
}
