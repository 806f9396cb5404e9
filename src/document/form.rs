//! A workbook to fill in: what `earnest init` writes. Nothing here knows which tables there are.

use chrono::NaiveDate;

/// A workbook to fill in: a sheet a table, with what may stand in each column.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Form {
    /// `Project data`: on the first sheet.
    pub title: String,
    /// How to fill it in, a paragraph each.
    pub about: Vec<String>,
    /// The tables in order.
    pub tables: Vec<FormTable>,
}

/// A table to fill in.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct FormTable {
    /// The sheet's name, exactly as it will be read: `tasks`.
    pub name: String,
    /// What a row is, in a sentence.
    pub about: String,
    /// The columns in order.
    pub columns: Vec<FormColumn>,
}

/// A column to fill in.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct FormColumn {
    /// The head, exactly as it will be read: `baseline_start`.
    pub name: String,
    /// What it says, in a sentence.
    pub about: String,
    /// Whether a row needs it.
    pub required: bool,
    /// What it holds, in words: `date`, `amount`, `one of: ...`.
    pub holds: String,
    /// Days: checked as it is filled in.
    pub date: bool,
    /// The only words allowed; a drop-down.
    pub choices: Vec<String>,
    /// What the example row shows.
    pub example: FormExample,
}

/// A cell of the example row.
#[derive(Clone, Debug, Default, PartialEq)]
pub enum FormExample {
    /// Left blank.
    #[default]
    Blank,
    /// Text.
    Text(String),
    /// A number.
    Number(f64),
    /// A day.
    Date(NaiveDate),
}
