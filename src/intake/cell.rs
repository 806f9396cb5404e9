//! One cell, borrowed: what a parser sees, whether it came from a workbook or a text file.

use std::borrow::Cow;

use chrono::{NaiveDateTime, NaiveTime};

use crate::diagnostic::Code;
use crate::language::Phrase;
use crate::source::Cell;

/// A cell as the source gives it.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(super) enum Raw<'a> {
    /// Nothing, or a word for nothing.
    Empty,
    /// Text, trimmed and not empty.
    Text(&'a str),
    /// A number; `percent` when the workbook shows it as one.
    Number {
        /// As stored.
        value: f64,
        /// Formatted as a percentage.
        percent: bool,
    },
    /// A date or date-time by the cell's format.
    Moment(NaiveDateTime),
    /// A duration by the cell's format, in seconds.
    Duration(f64),
    /// TRUE or FALSE.
    Bool(bool),
    /// `#REF!`, `#N/A`, ...
    Error(&'a str),
    /// A formula without a stored result.
    NotCalculated,
}

impl<'a> From<&'a str> for Raw<'a> {
    fn from(text: &'a str) -> Self {
        let is_letter = |byte: Option<&u8>| byte.is_some_and(u8::is_ascii_graphic);
        let bytes = text.as_bytes();
        // Nearly all begin and end with what is seen.
        let text = if is_letter(bytes.first()) && is_letter(bytes.last()) { text } else { text.trim() };
        if text.is_empty() { Self::Empty } else { Self::Text(text) }
    }
}

impl<'a> From<&'a Cell> for Raw<'a> {
    fn from(cell: &'a Cell) -> Self {
        match cell {
            Cell::Empty => Self::Empty,
            Cell::Text(text) => Self::from(&**text),
            Cell::Number { value, percent } => Self::Number { value: *value, percent: *percent },
            Cell::Moment(moment) => Self::Moment(*moment),
            Cell::Duration(seconds) => Self::Duration(*seconds),
            Cell::Bool(flag) => Self::Bool(*flag),
            Cell::Error(error) => Self::Error(error),
            Cell::NotCalculated => Self::NotCalculated,
        }
    }
}

impl<'a> Raw<'a> {
    /// The cell, with the words that exports write for an empty date or number taken as empty.
    pub(super) fn or_empty(self) -> Self {
        match self {
            Self::Text(text) if is_word_for_nothing(text) => Self::Empty,
            other => other,
        }
    }

    /// The cell as words; `None` when it is empty.
    pub(super) fn text(self) -> Option<Cow<'a, str>> {
        Some(match self {
            Self::Empty | Self::NotCalculated => return None,
            Self::Text(text) | Self::Error(text) => Cow::Borrowed(text),
            Self::Number { value, percent: true } => Cow::Owned(format!("{}%", value * 100.0)),
            Self::Number { value, .. } => Cow::Owned(format!("{value}")),
            Self::Moment(moment) if moment.time() == NaiveTime::MIN => Cow::Owned(moment.date().to_string()),
            Self::Moment(moment) => Cow::Owned(moment.format("%Y-%m-%dT%H:%M:%S").to_string()),
            Self::Duration(seconds) => Cow::Owned(format!("{}h", seconds / 3_600.0)),
            Self::Bool(flag) => Cow::Borrowed(if flag { "TRUE" } else { "FALSE" }),
        })
    }
}

/// What MS Project, spreadsheets and databases write into a cell that has no value.
fn is_word_for_nothing(text: &str) -> bool {
    matches!(
        text,
        "-" | "--" | "\u{2013}" | "\u{2014}" | "?" | "NA" | "NaN" | "NaT" | "NULL" | "null" | "nan" | "None"
    ) || text.eq_ignore_ascii_case("n/a")
        || text.eq_ignore_ascii_case("n.a.")
        || text.eq_ignore_ascii_case("#n/a")
        || matches!(text, "NV" | "k.A." | "k. A." | "(blank)" | "(none)")
}

/// Why a cell has no meaning in its column.
#[derive(Clone, Debug, PartialEq)]
pub(super) struct Trouble {
    /// Its entry in the catalogue of codes.
    pub(super) code: &'static Code,
    /// What is wrong, with the value.
    pub(super) message: Phrase,
    /// What to do.
    pub(super) help: Option<Phrase>,
}

impl Trouble {
    /// A trouble without advice.
    pub(super) fn new(code: &'static Code, message: impl Into<Phrase>) -> Self {
        Self { code, message: message.into(), help: None }
    }

    /// With what to do.
    pub(super) fn help(mut self, help: impl Into<Phrase>) -> Self {
        self.help = Some(help.into());
        self
    }
}

/// The value in a message: quoted, and cut when it is long.
pub(super) fn quoted(raw: Raw<'_>) -> Phrase {
    const LONGEST: usize = 40;
    let text = raw.text().unwrap_or_default();
    if text.chars().count() <= LONGEST {
        return phrase!("'{name}'", name = &*text);
    }
    let cut: String = text.chars().take(LONGEST).chain(['\u{2026}']).collect();
    phrase!("'{name}'", name = cut)
}
