//! Text tables in, typed tables out: which canonical table a sheet is, which column is which, and
//! what every cell means. One canonical table a file below; the catalogue is [`TABLES`].
//!
//! Entities come out as rows of [`Datum`]s, facts (timesheets, costs, budget) as columns of few different ones. Ids
//! are still text: joining them is [`crate::assembly`]'s work.

mod actions;
mod body;
mod budget;
mod calendars;
mod cash_flows;
mod cell;
mod cells;
mod changes;
mod charter;
mod checks;
mod columns;
mod copies;
mod costs;
mod datum;
mod decisions;
mod defects;
mod deliverables;
mod duration;
mod entities;
mod fast;
mod form;
mod frame;
mod header;
mod how;
mod issues;
mod lag;
mod lessons;
mod links;
mod magnitude;
mod measurements;
mod memo;
mod moment;
mod number;
mod objectives;
mod performance;
mod period;
pub mod previous;
mod progress;
mod recognition;
mod registers;
mod resources;
mod risks;
mod rows;
mod spans;
mod stakeholders;
mod subtotals;
mod table;
mod tasks;
mod test_runs;
mod timesheets;

use std::collections::BTreeMap;
use std::sync::Arc;

use polars::prelude::PlSmallStr;

pub use entities::EntityRows;
pub use frame::FactRows;
pub use lag::Lag;

use crate::calendar::{Moment, Span};
use crate::diagnostic::Diagnostics;
use crate::model::{Magnitude, TableRead};
use crate::quantity::{Money, Work};
use crate::source::{Sheet, Sources};

/// A canonical table: its columns in order, with names, types, aliases and docs.
#[derive(Debug)]
pub struct TableSpec {
    /// `tasks`.
    pub name: &'static str,
    /// Names a file or sheet may have instead.
    pub aliases: &'static [&'static str],
    /// What a row is, in a sentence.
    pub about: &'static str,
    /// The columns; the cells of a row of [`EntityRows`] are in this order.
    pub columns: &'static [ColumnSpec],
    /// Whether the rows are facts: then it comes out as columns.
    pub facts: bool,
    /// A row to learn from, one cell a column (some empty): what `earnest init` writes into the blank workbook.
    pub example: &'static [&'static str],
}

impl TableSpec {
    /// The place of a canonical column in [`TableSpec::columns`].
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
    /// bracketed units. `First name + Last name` joins two columns; `Title 1|Title 2` are columns of a tree, of
    /// which a row fills one; `=h`, `=d`, `=s` at the end is the unit of bare numbers under that header (`=s?`:
    /// seconds if the numbers look like it).
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
        self.aliases.iter().flat_map(|alias| alias.split('=').next().unwrap_or(alias).split('|'))
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
    /// A value in the unit of its objective: `40%` is 40.
    Measure,
    /// A share: `45`, `45%`, `0.45`; decided per column and said.
    Share,
    /// Hours of work (a bare number is hours).
    Hours,
    /// A duration (a bare number is days; `h`, `d`, `w`, `mo`).
    Duration,
    /// The lag of a link: a duration, elapsed time (`2ed`) or a share of the predecessor (`50%`).
    Lag,
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
    /// How likely or how large: a number, a range or a word of five levels.
    Graded(Scale),
}

/// What a graded cell measures.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Scale {
    /// A probability, as a share.
    Chance,
    /// A level only, 1 to 5.
    Level,
    /// An amount, in currency units.
    Money,
    /// Working days.
    Time,
}

/// What a cell means.
#[derive(Clone, Debug, PartialEq)]
pub enum Datum {
    /// Text, trimmed.
    Text(PlSmallStr),
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
    /// The lag of a link.
    Lag(Lag),
    /// A moment; a plain day has been taken to its start or end by the column's kind.
    Moment(Moment),
    /// A period: first day and last day.
    Period(chrono::NaiveDate, chrono::NaiveDate),
    /// The canonical word of a choice.
    Choice(&'static str),
    /// Yes or no.
    Flag(bool),
    /// A list.
    List(Box<[Arc<str>]>),
    /// Working spans of a day; none on a day off.
    Spans(Box<[Span]>),
    /// How likely or how large, in the unit of its column's [`Scale`].
    Magnitude(Box<Magnitude>),
}

/// A table holds one for every cell: short texts stand in it, what is larger stands elsewhere.
const _: () = assert!(size_of::<Option<Datum>>() <= 24, "a cell is not larger than a text");

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

/// Names of columns with their places, for those who ask for every cell of every row.
///
/// A place is found by the name's length and ends: of forty columns a sheet has a dozen, and that one of the others
/// is missing must be known without comparing texts.
#[derive(Clone, Debug, Default)]
pub struct ColumnNames(Vec<Vec<(&'static str, usize)>>);

impl ColumnNames {
    /// Slots for names.
    const SLOTS: usize = 256;

    /// Names in order of their places.
    #[must_use]
    pub fn new(names: impl IntoIterator<Item = &'static str>) -> Self {
        let mut slots: Vec<Vec<(&str, usize)>> = vec![Vec::new(); Self::SLOTS];
        for (place, name) in names.into_iter().enumerate() {
            slots[Self::slot(name)].push((name, place));
        }
        Self(slots)
    }

    /// The place of a name.
    #[must_use]
    pub fn place(&self, name: &str) -> Option<usize> {
        self.0
            .get(Self::slot(name))?
            .iter()
            .find(|(known, _)| std::ptr::eq(*known, name) || *known == name)
            .map(|(_, place)| *place)
    }

    fn slot(name: &str) -> usize {
        let end = |byte: Option<&u8>| byte.copied().map_or(0, usize::from);
        let bytes = name.as_bytes();
        (name.len() * 37 + end(bytes.first()) * 5 + end(bytes.last()) * 11) % Self::SLOTS
    }
}

impl Typed {
    /// The columns that the sheet has, with their places among the cells of a row.
    #[must_use]
    pub fn present(&self) -> ColumnNames {
        let columns = self.spec.columns.iter().zip(&self.columns);
        ColumnNames::new(columns.filter(|(_, place)| place.is_some()).map(|(column, _)| column.name))
    }
}

/// The rows of a typed table.
#[derive(Clone, Debug)]
pub enum TypedBody {
    /// Entities.
    Entities(EntityRows),
    /// Facts.
    Facts(FactRows),
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
    pub columns: BTreeMap<String, String>,
}

impl SourceOverride {
    /// Whether it speaks of this sheet: by the file's name or the end of its path, and the sheet's name.
    fn applies_to(&self, sheet: &Sheet) -> bool {
        let file = self.file.replace('\\', "/");
        let same_file = *sheet.file == *file || sheet.file.ends_with(&format!("/{file}"));
        same_file && self.sheet.as_deref().is_none_or(|name| sheet.name.as_deref() == Some(name))
    }
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
    &risks::TABLE,
    &issues::TABLE,
    &changes::TABLE,
    &decisions::TABLE,
    &actions::TABLE,
    &deliverables::TABLE,
    &defects::TABLE,
    &test_runs::TABLE,
    &objectives::TABLE,
    &measurements::TABLE,
    &stakeholders::TABLE,
    &cash_flows::TABLE,
    &lessons::TABLE,
    &calendars::TABLE,
    &charter::TABLE,
];

/// Gives every sheet its table, every column its meaning and every cell its type.
pub fn check(sources: &Sources, settings: &Settings, problems: &mut Diagnostics) -> Records {
    let mut tables = Vec::new();
    let mut sheets_in: BTreeMap<&str, usize> = BTreeMap::new();
    for sheet in &sources.sheets {
        *sheets_in.entry(&sheet.file).or_default() += 1;
    }
    for sheet in &sources.sheets {
        let alone = sheets_in.get(&*sheet.file) == Some(&1);
        let said = settings.sources.iter().find(|said| said.applies_to(sheet));
        if sheet.headers.is_empty() && sheet.preamble.is_empty() {
            // A plan that gave nothing is a project without tasks, not one that was never there.
            if recognition::is_plan_by_name(sheet, alone, said) {
                tables.push(rows::typed(
                    &tasks::TABLE,
                    sheet,
                    &[],
                    table::Counted::default(),
                    TypedBody::Entities(EntityRows::default()),
                ));
            }
            continue;
        }
        let better = recognition::with_better_header(sheet, problems);
        let sheet = better.as_ref().unwrap_or(sheet);
        let Some(spec) = recognition::table_of(sheet, alone, said, problems) else { continue };
        let matched = columns::matched(spec, sheet, said, problems);
        tables.push(rows::read(spec, sheet, matched, problems));
    }
    copies::leave_out(&mut tables, problems);
    form::leave_out_examples(&mut tables, problems);
    Records { tables }
}

#[cfg(test)]
mod catalogue;
#[cfg(test)]
mod tests;
