//! The texts of a frame: millions of rows name a few thousand tasks and people, so a frame holds a
//! code a row and one dictionary holds each text once.

use polars::prelude::{
    Categorical32Chunked, CategoricalPhysical, Categories, Column, DataFrame, DataType, IntoColumn,
    PlSmallStr, PolarsResult, UInt32Chunked, polars_bail,
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

/// The dictionary of all frames. It lives as long as its users: keep one while frames are built.
pub struct Dictionary(DataType);

impl Default for Dictionary {
    fn default() -> Self {
        Self(DataType::from_categories(Categories::new(
            PlSmallStr::from_static("earnest"),
            PlSmallStr::EMPTY,
            CategoricalPhysical::U32,
        )))
    }
}

impl Dictionary {
    /// The type of text columns.
    #[must_use]
    pub fn data_type(&self) -> DataType {
        self.0.clone()
    }

    /// The code of a text; a new one gets one.
    ///
    /// # Errors
    /// When the dictionary is full (four billion texts).
    pub fn code(&self, text: &str) -> PolarsResult<u32> {
        match &self.0 {
            DataType::Categorical(_, mapping) => mapping.insert_cat(text),
            other => polars_bail!(ComputeError: "texts are codes of a dictionary, not {other}"),
        }
    }

    /// A column of codes of this dictionary.
    #[must_use]
    pub fn column(&self, codes: UInt32Chunked) -> Column {
        Categorical32Chunked::from_cats_and_dtype(codes, self.data_type()).into_column()
    }
}
