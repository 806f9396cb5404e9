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
    NOT_A_NUMBER = "E101" Error "not a number", "The cell is left empty and everything else in the row is used.";
}
