//! A table while its rows are read: cells become values, what is wrong is said, rows that cannot be used
//! are counted.

use std::collections::BTreeMap;

use crate::diagnostic::{Code, Diagnostic, Diagnostics, code};
use crate::source::Sheet;

use super::body::Seen;
use super::cell::{Raw, Trouble};
use super::checks;
use super::columns::{Matched, Together, key_in, list};
use super::datum::{Reader, Sense};
use super::frame::FactBuilder;
use super::header::squash;
use super::memo::Memo;
use super::subtotals::Subtotals;
use super::{ColumnKind, ColumnNames, ColumnSpec, Datum, EntityRows, TableSpec, TypedBody};

/// Problems of one kind in one column that are kept; beyond, only their number is.
const MOST_OF_A_KIND: u32 = 10_000;

/// The rows read so far.
enum Rows {
    Entities(EntityRows),
    Facts(FactBuilder),
}

impl Rows {
    /// Takes a row out of its cells, one a column of the spec.
    fn push(&mut self, row: u32, cells: &mut [Option<Datum>], matched: &[Matched]) {
        match self {
            Self::Entities(entities) => entities.push(row, matched.iter().map(|m| cells[m.index].take())),
            Self::Facts(builder) => builder.push(row, cells),
        }
    }

    fn finish(self) -> TypedBody {
        match self {
            Self::Entities(entities) => TypedBody::Entities(entities),
            Self::Facts(builder) => TypedBody::Facts(builder.finish()),
        }
    }
}

/// A table while its rows are read.
pub(super) struct Table<'a> {
    spec: &'static TableSpec,
    sheet: &'a Sheet,
    matched: &'a [Matched],
    readers: Vec<Reader>,
    /// What each column said lately.
    memos: Vec<Memo>,
    problems: &'a mut Diagnostics,
    body: Rows,
    /// The cells of the row at hand, one a column of the spec.
    cells: Vec<Option<Datum>>,
    counted: Counted,
    kinds: BTreeMap<(&'static str, usize), (&'static Code, u32)>,
    unknown_words: BTreeMap<(usize, String), (u32, u32)>,
    totals: Vec<u32>,
    subtotals: Option<Subtotals>,
    project: Option<usize>,
    /// The columns by name, for the checks of every row.
    checked: &'static ColumnNames,
}

/// How many rows a table had.
#[derive(Clone, Copy, Debug, Default)]
pub(super) struct Counted {
    pub(super) rows: u32,
    /// Of these, left out.
    pub(super) rejected: u32,
    /// Of these, kept without a cell that was not understood.
    pub(super) in_part: u32,
}

impl<'a> Table<'a> {
    pub(super) fn new(
        spec: &'static TableSpec,
        sheet: &'a Sheet,
        matched: &'a [Matched],
        readers: Vec<Reader>,
        problems: &'a mut Diagnostics,
    ) -> Self {
        let present: Vec<usize> = matched.iter().map(|m| m.index).collect();
        let body = if spec.facts {
            Rows::Facts(FactBuilder::new(spec, &present))
        } else {
            Rows::Entities(EntityRows::new(matched.len()))
        };
        Self {
            spec,
            sheet,
            matched,
            memos: readers.iter().map(|_| Memo::default()).collect(),
            readers,
            problems,
            body,
            cells: vec![None; spec.columns.len()],
            counted: Counted::default(),
            kinds: BTreeMap::new(),
            unknown_words: BTreeMap::new(),
            totals: Vec::new(),
            subtotals: Subtotals::of(spec),
            project: spec.column("project"),
            checked: checks::columns(spec),
        }
    }

    /// Reads a row.
    pub(super) fn row(&mut self, seen: &Seen<'_>) {
        if self.is_total(seen.raws) {
            self.totals.push(seen.row);
            return;
        }
        let mut cells = std::mem::take(&mut self.cells);
        for matched in self.matched {
            cells[matched.index] = None;
        }
        self.read(seen, &mut cells);
        self.cells = cells;
    }

    /// Reads a row into its cells, says what is wrong with it and keeps what can be used.
    fn read(&mut self, seen: &Seen<'_>, cells: &mut [Option<Datum>]) {
        let (row, raws) = (seen.row, seen.raws);
        let mut troubles: Vec<(usize, Trouble)> = Vec::new();
        let (mut any, mut in_part) = (false, false);
        let (matched, readers) = (self.matched, self.readers.iter().zip(&mut self.memos));
        for (at, (matched, (reader, memo))) in matched.iter().zip(readers).enumerate() {
            let mut unknown = None;
            if matched.sources.is_empty() {
                let number = row.saturating_sub(self.sheet.header_row);
                cells[matched.index] = Some(Datum::Text(number.to_string().into()));
            }
            for source in &matched.sources {
                let raw = raws.get(*source).copied().unwrap_or(Raw::Empty);
                any |= raw != Raw::Empty;
                let sense = match raw {
                    // To keep a text is no more work than to look it up.
                    Raw::Text(text) if !reader.takes_texts() => memo.read(text, || reader.read(raw)),
                    raw => reader.read(raw),
                };
                match sense {
                    Ok(Sense::Nothing) => {}
                    Ok(Sense::Datum(datum)) => join(&mut cells[matched.index], datum, matched.together),
                    Ok(Sense::UnknownWord) => unknown = unknown.or(raw.text()),
                    Err(trouble) => troubles.push((at, trouble)),
                }
            }
            if let (Some(word), None) = (unknown, &cells[matched.index]) {
                self.unknown_words.entry((at, word.into_owned())).or_insert((row, 0)).1 += 1;
                in_part = true;
            }
        }
        if !any {
            return;
        }
        if self.subtotals.as_ref().is_some_and(|subtotals| troubles.is_empty() && subtotals.is_one(cells)) {
            self.totals.push(row);
            return;
        }
        self.counted.rows = self.counted.rows.saturating_add(1);
        in_part |= !troubles.is_empty();
        let mut rejects = false;
        for (at, column) in matched.iter().enumerate().map(|(at, m)| (at, &self.spec.columns[m.index])) {
            let wrong = troubles.iter().any(|(other, _)| *other == at);
            if column.required && !wrong && cells[matched[at].index].is_none() {
                let message = phrase!("{column} is empty", column = column.name);
                let help = phrase!("fill {column} or remove the row", column = column.name);
                troubles.push((at, Trouble::new(&code::CELL_MISSING, message).help(help)));
            }
            rejects |= needed(self.spec, column) && troubles.iter().any(|(other, _)| *other == at);
        }
        let project = self.project.and_then(|index| cells[index].clone());
        for (at, mut trouble) in troubles {
            let index = matched[at].index;
            let source = matched[at].sources.first().copied();
            if !self.lists(trouble.code, source) {
                continue;
            }
            if needed(self.spec, &self.spec.columns[index]) {
                trouble.message = phrase!("{trouble}; the row is left out", trouble = trouble.message);
            } else if cells[index].is_none() {
                trouble.message = phrase!("{trouble}; left empty", trouble = trouble.message);
            }
            let context = self.first_words(raws);
            self.say(row, source, trouble, context, project.as_ref());
        }
        if !rejects {
            for mut found in checks::check(self.spec, self.checked, cells) {
                rejects |= found.rejects;
                in_part |= !found.emptied.is_empty();
                for name in found.emptied {
                    if let Some(index) = self.spec.column(name) {
                        cells[index] = None;
                    }
                }
                let source = self.source(found.column);
                if !self.lists(found.trouble.code, source) {
                    continue;
                }
                found.trouble.message = found.with_what_becomes();
                let context = self.words_of(found.shown, raws);
                self.say(row, source, found.trouble, context, project.as_ref());
            }
        }
        if rejects {
            self.counted.rejected = self.counted.rejected.saturating_add(1);
        } else {
            if let Some(subtotals) = &mut self.subtotals {
                subtotals.add(cells);
            }
            self.counted.in_part = self.counted.in_part.saturating_add(u32::from(in_part));
            self.body.push(row, cells, matched);
        }
    }

    /// Says what was counted; hands over the rows, and how many there were.
    pub(super) fn finish(mut self) -> (Counted, TypedBody) {
        self.say_counted();
        (self.counted, self.body.finish())
    }

    fn say_counted(&mut self) {
        let mut totals = std::mem::take(&mut self.totals);
        if let Some(first) = totals.first().copied() {
            let rows = totals.len();
            totals.truncate(5);
            let which = list(totals.iter().map(ToString::to_string));
            let more = if rows > totals.len() { ", ..." } else { "" };
            let message = match rows {
                1 => phrase!("row {row} is a total", row = which),
                n => phrase!("{n} rows are totals: {rows}", n, rows = which + more),
            };
            self.problems.push(Diagnostic::new(&code::TOTAL_ROWS, self.sheet.location(first, None), message));
        }
        for ((at, word), (row, count)) in std::mem::take(&mut self.unknown_words) {
            let matched = &self.matched[at];
            let column = &self.spec.columns[matched.index];
            let ColumnKind::Choice(choices) = column.kind else { continue };
            let message = phrase!(
                "'{word}' ({n} {n|row|rows}) is not a known {column}; left empty",
                word,
                n = count,
                column = column.name.replace('_', " ")
            );
            let help = phrase!("known are {words} and usual words for them", words = list(choices));
            let at = self.sheet.location(row, matched.sources.first().copied());
            self.problems.push(Diagnostic::new(&code::UNKNOWN_WORD, at, message).help(help));
        }
        for ((_, column), (code, count)) in std::mem::take(&mut self.kinds) {
            if count > MOST_OF_A_KIND {
                let message = phrase!(
                    "{n} more of this in the column; only {listed} are listed",
                    n = count - MOST_OF_A_KIND,
                    listed = MOST_OF_A_KIND
                );
                let at = self.sheet.location(self.sheet.header_row, column.checked_sub(1));
                self.problems.push(Diagnostic::new(code, at, message));
            }
        }
    }

    /// A row that begins with a word for total and lacks what a row must have.
    fn is_total(&self, raws: &[Raw<'_>]) -> bool {
        let Some(Raw::Text(first)) = raws.iter().find(|raw| **raw != Raw::Empty) else { return false };
        if !is_word_for_total(first) {
            return false;
        }
        let first = squash(first);
        self.matched.iter().filter(|m| self.spec.columns[m.index].required).any(|m| {
            let raw = m.sources.first().and_then(|source| raws.get(*source)).copied().unwrap_or(Raw::Empty);
            raw.or_empty() == Raw::Empty || matches!(raw, Raw::Text(text) if squash(text) == first)
        })
    }

    fn source(&self, column: &str) -> Option<usize> {
        let index = self.spec.column(column)?;
        self.matched.iter().find(|m| m.index == index)?.sources.first().copied()
    }

    /// The first words of a row, to recognise it by.
    fn first_words(&self, raws: &[Raw<'_>]) -> String {
        let mut sources: Vec<usize> =
            self.matched.iter().filter_map(|m| m.sources.first().copied()).collect();
        sources.truncate(4);
        let words = sources.iter().filter_map(|source| raws.get(*source)?.text());
        words.map(|word| word.chars().take(40).collect::<String>()).collect::<Vec<_>>().join("  ")
    }

    /// The cells that a check speaks of, as written; the first, which names the row, without its header.
    fn words_of(&self, columns: &[&str], raws: &[Raw<'_>]) -> String {
        let mut words = Vec::new();
        for (at, column) in columns.iter().enumerate() {
            let Some(text) = self.source(column).and_then(|source| raws.get(source)?.text()) else {
                continue;
            };
            let names_the_row =
                at == 0 && self.spec.columns.iter().any(|c| c.name == *column && c.kind == ColumnKind::Text);
            words.push(if names_the_row { text.into_owned() } else { format!("{column} {text}") });
        }
        words.join("  ")
    }

    /// Counts a problem of a kind in a column; whether it is one of those that are listed.
    fn lists(&mut self, code: &'static Code, source: Option<usize>) -> bool {
        let (_, count) =
            self.kinds.entry((code.id, source.map_or(0, |source| source + 1))).or_insert((code, 0));
        *count += 1;
        *count <= MOST_OF_A_KIND
    }

    fn say(
        &mut self,
        row: u32,
        source: Option<usize>,
        trouble: Trouble,
        context: String,
        project: Option<&Datum>,
    ) {
        let mut diagnostic = Diagnostic::new(trouble.code, self.sheet.location(row, source), trouble.message);
        diagnostic.help = trouble.help;
        diagnostic.context = Some(context).filter(|context| !context.is_empty());
        if let Some(Datum::Text(project)) = project {
            diagnostic.project = Some(project.to_string());
        }
        self.problems.push(diagnostic);
    }
}

/// Whether a cell is what reports write before a total.
pub(super) fn is_word_for_total(text: &str) -> bool {
    const WORDS: &[&str] = &[
        "total",
        "totals",
        "grandtotal",
        "sum",
        "subtotal",
        "summe",
        "gesamt",
        "gesamtsumme",
        "totale",
        "suma",
        "итого",
        "合计",
    ];
    // Asked of every row, and most begin with an id.
    let may_be = !text.bytes().any(|byte| byte.is_ascii_digit()) && text.chars().count() <= 20;
    may_be && WORDS.contains(&squash(text).as_str())
}

/// Whether a row cannot be used without the column. A day of a calendar whose hours cannot be read would
/// otherwise become a holiday in silence, and one whose date cannot be read would be said to have none.
fn needed(table: &TableSpec, column: &ColumnSpec) -> bool {
    let is_day_of_calendar = table.name == "calendars" && column.name == "date";
    column.required || column.kind == ColumnKind::Spans || is_day_of_calendar
}

/// Puts a value into its cell; columns that are joined add to a list or a text.
fn join(cell: &mut Option<Datum>, datum: Datum, together: Together) {
    match (cell.as_mut(), datum) {
        (Some(Datum::List(items)), Datum::List(more)) => {
            *items = items.iter().chain(&more).cloned().collect();
        }
        (Some(Datum::Text(text)), Datum::Text(more)) => {
            *text = match together {
                Together::Words => format!("{text} {more}").into(),
                Together::Entries => format!("{text}; {more}").into(),
                Together::Last | Together::Key => more,
            };
        }
        (None, Datum::Text(text)) if together == Together::Key => {
            *cell = key_in(&text).map(|key| Datum::Text(key.into()));
        }
        (Some(_), _) => {}
        (None, datum) => *cell = Some(datum),
    }
}
