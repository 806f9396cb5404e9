//! The catalogue of diagnostic codes.
//!
//! | range | room |
//! |---|---|
//! | x0xx | source: files, encodings, sheets, headers |
//! | x1xx | intake: one cell |
//! | x2xx | intake: one row or column |
//! | x3xx | assembly: rows that do not fit each other |
//! | x4xx | analysis: what the figures say about the data |
//! | x5xx | settings and templates |
//!
//! `E` rejects something, `W` uses it in doubt, `N` says what was guessed or chosen.

use super::Severity;

/// One kind of problem.
#[derive(Debug, PartialEq, Eq)]
pub struct Code {
    /// `E101`.
    pub id: &'static str,
    /// Error, warning or note; the first letter of the id agrees.
    pub severity: Severity,
    /// What it is, in a line.
    pub title: &'static str,
    /// Why it matters and what happens to the data.
    pub about: &'static str,
}

macro_rules! codes {
    ($($(#[$doc:meta])* $name:ident = $id:literal $severity:ident $title:literal, $about:literal;)*) => {
        $(#[doc = $title] pub const $name: Code = Code { id: $id, severity: Severity::$severity, title: $title, about: $about };)*
        /// Every code, in order of its id within its severity.
        pub const CODES: &[&Code] = &[$(&$name),*];
    };
}

codes! {
    NOT_TEXT = "E001" Error "not a text file", "A file that is named as a text file has zero bytes in it. It is left out.";
    MARKUP = "E002" Error "a web page or XML", "Some programs save web pages under the name of a table. The file is left out.";
    UNCLOSED_QUOTE = "E003" Error "quotation mark not closed", "The row is left out; reading goes on with the next line.";
    TOO_MANY_FIELDS = "E004" Error "more fields than headers", "Which field belongs to which column cannot be told, so the row is left out.";
    WORKBOOK = "E005" Error "workbook cannot be read", "The file is damaged or not what its name says. It is left out.";
    PASSWORD = "E006" Error "workbook has a password", "A workbook that is encrypted cannot be read. It is left out.";
    WORKSHEET = "E007" Error "worksheet cannot be read", "The sheet is damaged. It is left out; the workbook's other sheets are used.";
    NOT_A_NUMBER = "E101" Error "not a number", "The cell is left empty and everything else in the row is used.";
    TOO_FEW_FIELDS = "W001" Warning "fewer fields than headers", "The fields that are missing at the end of the row count as empty.";
    DAMAGED_TEXT = "W002" Warning "bytes that stand for no letter", "The text is used with the sign \u{fffd} in their place.";
    EMPTY_FILE = "W003" Warning "nothing in the file", "The file is left out.";
    OUTSIDE = "W004" Warning "cells beside the table", "Cells to the right of the last header belong to no column. They are left out.";
    UNKNOWN_ERROR = "W005" Warning "error value not known", "The cell counts as empty.";
    ENCODING = "N001" Note "encoding guessed", "The file is not UTF-8; its encoding was told from its bytes.";
    FILE_LEFT_OUT = "N002" Note "file left out", "The folder has files that are not tables.";
    NO_ROWS = "N003" Note "no rows", "The table has a header and no rows below it.";
    HIDDEN_SHEET = "N004" Note "hidden sheet left out", "Hidden sheets hold lists and drafts more often than data. They are left out.";
    TEXT_WORKBOOK = "N005" Note "text under the name of a workbook", "Some programs save plain text under the name of a workbook. It is read as CSV.";
}
