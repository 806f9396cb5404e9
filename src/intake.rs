//! Text tables in, typed tables out: which canonical table a sheet is, which column is which, and
//! what every cell means. One canonical table a file below; the catalogue is [`TABLES`].
//!
//! Entities come out as rows of [`Datum`]s, facts (timesheets, costs, budget) as polars frames. Ids
//! are still text: joining them is [`crate::assembly`]'s work.

mod budget;
mod calendars;
mod cell;
mod charter;
mod costs;
mod duration;
mod header;
mod later;
mod links;
mod moment;
mod number;
mod performance;
mod period;
mod progress;
mod resources;
mod spans;
mod tasks;
mod timesheets;
mod words;

use std::sync::Arc;

use polars::prelude::DataFrame;

use crate::calendar::{Moment, Span};
use crate::diagnostic::Diagnostics;
use crate::model::TableRead;
use crate::quantity::{Money, Work};
use crate::source::Sources;

/// A canonical table: its columns in order, with names, types, aliases and docs.
#[derive(Debug)]
pub struct TableSpec {
    /// `tasks`.
    pub name: &'static str,
    /// Names a file or sheet may have instead.
    pub aliases: &'static [&'static str],
    /// What a row is, in a sentence.
    pub about: &'static str,
    /// The columns; a [`Record`]'s cells are in this order.
    pub columns: &'static [ColumnSpec],
    /// Whether the rows are facts: then it comes out as a frame.
    pub facts: bool,
    /// A row to learn from, one cell a column (some empty): what `earnest init` writes into the blank workbook.
    pub example: &'static [&'static str],
}

impl TableSpec {
    /// The place of a canonical column in [`TableSpec::columns`] and in a [`Record`]'s cells.
    #[must_use]
    pub fn column(&self, name: &str) -> Option<usize> {
        self.columns.iter().position(|column| column.name == name)
    }
}

/// Canonical word of a choice -> other words for it, compared like headers.
pub type WordsOf = &'static [(&'static str, &'static [&'static str])];

/// A canonical column.
#[derive(Debug)]
pub struct ColumnSpec {
    /// `baseline_start`.
    pub name: &'static str,
    /// How a cell is read.
    pub kind: ColumnKind,
    /// Whether a row without it is rejected.
    pub required: bool,
    /// Headers of other tools for it, the surest first; compared without case, spaces, punctuation and
    /// bracketed units. `First name + Last name` joins two columns; `=h`, `=d`, `=s` at the end is the unit
    /// of bare numbers under that header (`=s?`: seconds if the numbers look like it).
    pub aliases: &'static [&'static str],
    /// Other words of a [`ColumnKind::Choice`].
    pub words: WordsOf,
    /// What it says, in a sentence.
    pub about: &'static str,
}

impl ColumnSpec {
    /// An optional column without aliases.
    const fn new(name: &'static str, kind: ColumnKind, about: &'static str) -> Self {
        Self { name, kind, required: false, aliases: &[], words: &[], about }
    }

    /// A row without it is rejected.
    const fn required(mut self) -> Self {
        self.required = true;
        self
    }

    /// With headers of other tools.
    const fn aliases(mut self, aliases: &'static [&'static str]) -> Self {
        self.aliases = aliases;
        self
    }

    /// With other words of a choice.
    const fn words(mut self, words: WordsOf) -> Self {
        self.words = words;
        self
    }

    /// The aliases as a user would write them: without the units of bare numbers.
    pub fn headers(&self) -> impl Iterator<Item = &'static str> {
        self.aliases.iter().map(|alias| alias.split('=').next().unwrap_or(alias))
    }
}

/// How the cells of a column are read.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum ColumnKind {
    /// Any text, trimmed.
    Text,
    /// An amount of money.
    Money,
    /// A plain number.
    Number,
    /// A share: `45`, `45%`, `0.45`; decided per column and said.
    Share,
    /// Hours of work (a bare number is hours).
    Hours,
    /// A duration (a bare number is days; `h`, `d`, `w`, `mo`).
    Duration,
    /// A date where a plain day means its start.
    Start,
    /// A date where a plain day means its end.
    Finish,
    /// A day; a time in the cell is dropped.
    Day,
    /// A month, quarter, year or week: `2026-03`, `Oct-25`, `10/2025`.
    Period,
    /// One of these words; [`ColumnSpec::words`] has others for them.
    Choice(&'static [&'static str]),
    /// Working spans of a day: `08:00-12:00 13:00-17:00`, or a number of hours.
    Spans,
    /// `yes`/`no`.
    Flag,
    /// A list separated by `;` or `,`; repeated columns add to it.
    List,
}

/// What a cell means.
#[derive(Clone, Debug, PartialEq)]
pub enum Datum {
    /// Text.
    Text(Arc<str>),
    /// An amount.
    Money(Money),
    /// A number.
    Number(f64),
    /// A share, 0..=1.
    Share(f64),
    /// Working time said in hours.
    Work(Work),
    /// Working time said in days (a week is 5, a month 20): needs the calendar's hours per day.
    Days(f64),
    /// A moment; a plain day has been taken to its start or end by the column's kind.
    Moment(Moment),
    /// A period: first day and last day.
    Period(chrono::NaiveDate, chrono::NaiveDate),
    /// The canonical word of a choice.
    Choice(&'static str),
    /// Yes or no.
    Flag(bool),
    /// A list.
    List(Vec<Arc<str>>),
    /// Working spans of a day; none on a day off.
    Spans(Vec<Span>),
}

/// A row of a typed table.
#[derive(Clone, Debug, PartialEq)]
pub struct Record {
    /// Spreadsheet row.
    pub row: u32,
    /// One entry a column of the table's spec.
    pub cells: Vec<Option<Datum>>,
}

pub use words::Words;

/// A typed table: one sheet's rows.
#[derive(Clone, Debug)]
pub struct Typed {
    /// What it is.
    pub spec: &'static TableSpec,
    /// Where it came from and how much of it was used.
    pub read: TableRead,
    /// The input it was found under: names the project of rows without a `project` column.
    pub group: Arc<str>,
    /// Spreadsheet column (1-based) and header as written of each spec column; `None` when the sheet lacks it.
    pub columns: Vec<Option<(u32, Arc<str>)>>,
    /// The rows.
    pub body: TypedBody,
}

/// The rows of a typed table.
#[derive(Clone, Debug)]
pub enum TypedBody {
    /// Entities.
    Records(Vec<Record>),
    /// Facts: one column per spec column that the sheet has, named by the spec, plus `row` (`u32`).
    /// Text, Choice: **categorical** (`u32` codes of one dictionary that all frames share, see [`Words`]).
    /// Money: `i64` ten-thousandths. Hours: `i64` seconds. Day: `Date`. Start, Finish: `Datetime(ms)`.
    /// Period: two `Date` columns `<name>_first`, `<name>_last`. Number, Share: `f64`. Flag: `Boolean`.
    Frame(DataFrame),
}

/// What intake hands to assembly.
#[derive(Clone, Debug, Default)]
pub struct Records {
    /// The tables in the order they were read.
    pub tables: Vec<Typed>,
}

/// What intake is told: the `[[source]]` tables of `earnest.toml`.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Settings {
    /// Overrides for files whose table or columns would be guessed wrong.
    pub sources: Vec<SourceOverride>,
}

/// One `[[source]]` of `earnest.toml`.
#[derive(Clone, Debug, Default, PartialEq, serde::Deserialize)]
#[serde(deny_unknown_fields)]
pub struct SourceOverride {
    /// File name (or path's end) it applies to.
    pub file: String,
    /// Sheet it applies to; all sheets when absent.
    pub sheet: Option<String>,
    /// The canonical table; `ignore` leaves the sheet out.
    pub table: Option<String>,
    /// Canonical column -> header as written.
    #[serde(default)]
    pub columns: std::collections::BTreeMap<String, String>,
}

/// Every canonical table.
pub const TABLES: &[&TableSpec] = &[
    &tasks::TABLE,
    &links::TABLE,
    &progress::TABLE,
    &timesheets::TABLE,
    &costs::TABLE,
    &budget::TABLE,
    &performance::TABLE,
    &resources::TABLE,
    &calendars::TABLE,
    &charter::TABLE,
];

/// Gives every sheet its table, every column its meaning and every cell its type.
pub fn check(sources: &Sources, settings: &Settings, problems: &mut Diagnostics) -> Records {
    let _ = (sources, settings, problems);
    Records::default()
}

#[cfg(test)]
mod catalogue {
    use std::collections::BTreeMap;

    use super::header::squash;
    use super::*;

    /// The words that mean two things, or one thing twice, once squashed.
    fn clashes<'a>(words: impl IntoIterator<Item = (&'a str, &'a str)>) -> Vec<String> {
        let mut seen = BTreeMap::new();
        let clash = |(word, means): (&'a str, &'a str)| {
            let squashed = squash(word);
            if squashed.is_empty() {
                return Some(format!("'{word}' of {means} says nothing"));
            }
            seen.insert(squashed, means).map(|other| format!("'{word}' means {means} and {other}"))
        };
        words.into_iter().filter_map(clash).collect()
    }

    /// A name and its aliases, all meaning the name.
    fn with_aliases<'a>(
        name: &'a str,
        aliases: impl IntoIterator<Item = &'a str>,
    ) -> Vec<(&'a str, &'a str)> {
        std::iter::once(name).chain(aliases).map(|word| (word, name)).collect()
    }

    #[test]
    fn every_table_has_names_of_its_own() {
        let tables = TABLES.iter().flat_map(|table| with_aliases(table.name, table.aliases.iter().copied()));
        let later =
            later::LATER.iter().flat_map(|table| with_aliases(table.name, table.aliases.iter().copied()));
        assert_eq!(clashes(tables.chain(later)), Vec::<String>::new());
    }

    #[test]
    fn a_header_means_one_column_of_a_table() {
        for table in TABLES {
            let headers = table.columns.iter().flat_map(|column| with_aliases(column.name, column.headers()));
            assert_eq!(clashes(headers), Vec::<String>::new(), "{}", table.name);
        }
    }

    #[test]
    fn a_word_means_one_choice_and_every_choice_is_a_word() {
        for column in TABLES.iter().flat_map(|table| table.columns) {
            let ColumnKind::Choice(choices) = column.kind else {
                assert!(column.words.is_empty(), "{} has words but is no choice", column.name);
                continue;
            };
            assert!(column.words.iter().all(|(choice, _)| choices.contains(choice)), "{}", column.name);
            let other = column
                .words
                .iter()
                .flat_map(|(choice, words)| words.iter().map(move |word| (*word, *choice)));
            let words = choices.iter().map(|choice| (*choice, *choice)).chain(other);
            assert_eq!(clashes(words), Vec::<String>::new(), "{}", column.name);
        }
    }

    #[test]
    fn everything_is_explained_and_shown() {
        for table in TABLES {
            assert!(table.about.ends_with('.') && table.about.len() > 20, "{}", table.name);
            assert_eq!(table.example.len(), table.columns.len(), "{}: one example cell a column", table.name);
            for (column, example) in table.columns.iter().zip(table.example) {
                assert!(column.about.ends_with('.'), "{}.{}", table.name, column.name);
                assert!(!column.required || !example.is_empty(), "{}.{}", table.name, column.name);
            }
        }
    }
}
