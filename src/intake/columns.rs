//! Which column of a sheet is which canonical column.

mod currency;
mod keys;
mod without_ids;

use std::collections::{BTreeMap, HashMap};
use std::sync::{Arc, LazyLock};

use crate::diagnostic::{Diagnostic, Diagnostics, code};
use crate::source::{GROUP_END, Sheet};

use super::body::{Go, visit};
use super::cell::Raw;
use super::datum::{Reader, Sense};
use super::duration::Unit;
use super::header::{bracketed_unit, squash, squash_without_unit};
use super::how::{BareUnit, Evidence};
use super::{ColumnKind, ColumnSpec, SourceOverride, TABLES, TableSpec};

pub(super) use keys::key_in;
pub(super) use without_ids::is_plan_without_ids;

/// A canonical column that the sheet has.
#[derive(Clone, Debug)]
pub(super) struct Matched {
    /// Its place in the table's spec.
    pub(super) index: usize,
    /// The columns of the sheet, counted from 0. None: the row's number below the headers stands for it.
    pub(super) sources: Vec<usize>,
    /// What becomes of several columns.
    pub(super) together: Together,
    /// What the header says about bare numbers.
    pub(super) bare_unit: BareUnit,
    /// Whether the header is an alias rather than the canonical name.
    pub(super) by_alias: bool,
}

/// What becomes of the texts of several columns in one row.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Together {
    /// They are one text: first and last name.
    Words,
    /// They are entries of one list: trackers write a link a column.
    Entries,
    /// The last that is filled counts: trackers add a column for every sprint a thing was moved to.
    Last,
    /// Of the one there is, the key of a tracker that stands in it.
    Key,
}

/// A column of the sheet that could be a canonical column.
#[derive(Clone, Debug)]
struct Candidate {
    /// The surest first: the canonical name, then the aliases in their order, then without brackets.
    rank: usize,
    sources: Vec<usize>,
    bare_unit: BareUnit,
}

/// Behind all ranks of whole headers come those of headers without their brackets.
const WITHOUT_BRACKETS: usize = 10_000;
/// And behind those the ones without the name of their group.
const WITHOUT_GROUP: usize = 2 * WITHOUT_BRACKETS;
/// Rows that are looked at to choose between two columns.
const SAMPLE: usize = 300;

/// What a squashed header means in a table.
#[derive(Clone, Copy, Debug)]
struct Meaning {
    index: usize,
    rank: usize,
    bare_unit: BareUnit,
}

/// The headers that a table knows.
#[derive(Default)]
struct Known {
    single: HashMap<String, Meaning>,
    /// Columns that are two headers joined.
    joined: Vec<(Vec<String>, Meaning)>,
}

/// The headers of every table, squashed once a run.
static KNOWN: LazyLock<BTreeMap<&'static str, Known>> =
    LazyLock::new(|| TABLES.iter().map(|table| (table.name, known(table))).collect());

fn known(table: &'static TableSpec) -> Known {
    let mut known = Known::default();
    for (index, column) in table.columns.iter().enumerate() {
        let names = std::iter::once(column.name).chain(column.aliases.iter().copied());
        for (rank, alias) in names.enumerate() {
            let (name, unit) = alias.split_once('=').unwrap_or((alias, ""));
            let bare_unit = match unit {
                "h" => BareUnit::Said(Unit::Hours),
                "d" => BareUnit::Said(Unit::Days),
                "s" => BareUnit::Known(Unit::Seconds),
                "s?" => BareUnit::PerhapsSeconds,
                _ => BareUnit::Usual,
            };
            let meaning = Meaning { index, rank, bare_unit };
            if name.contains(" + ") {
                known.joined.push((name.split(" + ").map(squash).collect(), meaning));
            } else {
                known.single.extend(name.split('|').map(|name| (squash(name), meaning)));
            }
        }
    }
    known
}

/// Headers, squashed once for all the tables that are asked whether they know them.
pub(super) struct Headers<'a> {
    written: &'a [Arc<str>],
    squashed: Vec<String>,
    /// Without what stands in brackets, where that is another word.
    without_unit: Vec<Option<String>>,
    /// Without the name of the group above it, where there is one.
    without_group: Vec<Option<String>>,
}

impl<'a> Headers<'a> {
    /// The headers of a sheet, or a row of cells that may be some.
    pub(super) fn new(written: &'a [Arc<str>]) -> Self {
        let squashed: Vec<String> = written.iter().map(|header| squash(header)).collect();
        let without_unit = written
            .iter()
            .zip(&squashed)
            .map(|(header, whole)| Some(squash_without_unit(header)).filter(|without| without != whole));
        let own = |header: &Arc<str>| header.rsplit_once(GROUP_END).map(|(_, own)| squash(own));
        let without_group = written.iter().map(own).collect();
        Self { written, without_unit: without_unit.collect(), without_group, squashed }
    }

    /// Whether one of them contains the word, both squashed.
    pub(super) fn contain(&self, word: &str) -> bool {
        let word = squash(word);
        self.squashed.iter().any(|header| header.contains(&word))
    }
}

/// The columns of the table among the headers, each header taken once; no choice is made yet.
fn candidates(spec: &TableSpec, headers: &Headers<'_>) -> BTreeMap<usize, Vec<Candidate>> {
    let mut found: BTreeMap<usize, Vec<Candidate>> = BTreeMap::new();
    let Some(known) = KNOWN.get(spec.name) else { return found };
    let mut add = |meaning: &Meaning, penalty: usize, sources: Vec<usize>| {
        let first = sources.first().map(|at| &headers.written[*at]);
        let unit = first.and_then(|header| bracketed_unit(header)).and_then(|word| Unit::named(&word));
        let bare_unit = unit.map_or(meaning.bare_unit, |(unit, _)| BareUnit::Said(unit));
        found.entry(meaning.index).or_default().push(Candidate {
            rank: meaning.rank + penalty,
            sources,
            bare_unit,
        });
    };
    let mut free: BTreeMap<&str, usize> = BTreeMap::new();
    for (at, (whole, without_unit)) in headers.squashed.iter().zip(&headers.without_unit).enumerate() {
        if let Some(meaning) = known.single.get(whole) {
            add(meaning, 0, vec![at]);
        } else if let Some(meaning) = without_unit.as_ref().and_then(|without| known.single.get(without)) {
            add(meaning, WITHOUT_BRACKETS, vec![at]);
        } else if let Some(meaning) = headers.without_group[at].as_ref().and_then(|own| known.single.get(own))
        {
            add(meaning, WITHOUT_GROUP, vec![at]);
        } else {
            free.entry(whole).or_insert(at);
        }
    }
    for (parts, meaning) in &known.joined {
        let sources: Vec<usize> = parts.iter().filter_map(|part| free.get(&**part).copied()).collect();
        if sources.len() == parts.len() {
            add(meaning, 0, sources);
        }
    }
    found
}

/// How well the headers fit a table: how many of its columns they have, and which required ones they lack.
pub(super) fn fit(spec: &TableSpec, headers: &Headers<'_>) -> (usize, Vec<&'static str>) {
    let found = candidates(spec, headers);
    let lacking = |(index, column): (usize, &ColumnSpec)| {
        (column.required && !found.contains_key(&index)).then_some(column.name)
    };
    (found.len(), spec.columns.iter().enumerate().filter_map(lacking).collect())
}

/// Whether the headers have one of these columns of the table.
pub(super) fn has_any(spec: &TableSpec, columns: &[&str], headers: &Headers<'_>) -> bool {
    candidates(spec, headers).keys().any(|index| columns.contains(&spec.columns[*index].name))
}

/// The columns of a sheet for its table: by the settings, else by name; of two for one, the better.
pub(super) fn matched(
    spec: &'static TableSpec,
    sheet: &Sheet,
    settings: Option<&SourceOverride>,
    problems: &mut Diagnostics,
) -> Vec<Matched> {
    let mut found = candidates(spec, &Headers::new(&sheet.headers));
    let said = by_settings(spec, sheet, settings, problems);
    let claimed: Vec<usize> = said.values().flat_map(|matched| matched.sources.iter().copied()).collect();
    for (index, candidates) in &mut found {
        candidates.retain(|c| !said.contains_key(index) && !c.sources.iter().any(|at| claimed.contains(at)));
    }
    found.retain(|_, candidates| !candidates.is_empty());
    let contested: Vec<usize> = found.iter().filter(|(_, c)| c.len() > 1).map(|(index, _)| *index).collect();
    let content =
        if contested.is_empty() { BTreeMap::new() } else { content(spec, sheet, &found, &contested) };
    let mut matched: Vec<Matched> = said.into_values().collect();
    for (index, mut candidates) in found {
        let kind = spec.columns[index].kind;
        let both = matches!(kind, ColumnKind::Choice(_));
        // Where both are used, the surer header leads; else what can be read does.
        candidates.sort_by_key(|c| {
            let content = content.get(&c.sources).copied().filter(|_| !both);
            (std::cmp::Reverse(content.unwrap_or(Content::Readable)), c.rank)
        });
        let best = candidates.remove(0);
        let mut sources = best.sources.clone();
        let mut together = Together::Words;
        if kind == ColumnKind::Text && candidates.iter().any(|c| c.rank == best.rank) {
            let repeated: Vec<Candidate> = candidates.extract_if(.., |c| c.rank == best.rank).collect();
            sources.extend(repeated.iter().flat_map(|c| c.sources.clone()));
            sources.sort_unstable();
            together = if spec.columns[index].name == "predecessors" {
                Together::Entries
            } else {
                say_repeated(spec.columns[index].name, sheet, &sources, problems);
                Together::Last
            };
        }
        if kind == ColumnKind::List {
            sources.extend(candidates.iter().filter(|c| c.rank == best.rank).flat_map(|c| c.sources.clone()));
            sources.sort_unstable();
        } else {
            candidates.retain(|c| content.get(&c.sources).is_none_or(|content| *content != Content::Nothing));
            say_which(spec.columns[index].name, both, sheet, &best, &candidates, problems);
            if both {
                // The words of a workflow may be anybody's; those of its categories are not.
                sources.extend(candidates.iter().flat_map(|c| c.sources.clone()));
            }
        }
        matched.push(Matched {
            index,
            sources,
            together,
            bare_unit: best.bare_unit,
            by_alias: best.rank % WITHOUT_BRACKETS != 0,
        });
    }
    currency::without_foreign(spec, sheet, &mut matched, problems);
    keys::tasks_in_notes(spec, sheet, &mut matched, problems);
    if without_ids::is_so(spec, &matched) {
        matched.push(without_ids::stand_in(spec, sheet, &matched, problems));
    }
    matched.sort_by_key(|matched| matched.index);
    matched
}

/// The columns that the settings name.
fn by_settings(
    spec: &'static TableSpec,
    sheet: &Sheet,
    settings: Option<&SourceOverride>,
    problems: &mut Diagnostics,
) -> BTreeMap<usize, Matched> {
    let mut said = BTreeMap::new();
    for (name, header) in settings.iter().flat_map(|settings| &settings.columns) {
        let wanted = squash(header);
        let at = sheet
            .headers
            .iter()
            .position(|written| **written == **header)
            .or_else(|| sheet.headers.iter().position(|written| squash(written) == wanted));
        let trouble = match (spec.column(name), at) {
            (Some(index), Some(at)) => {
                let bare_unit = bracketed_unit(header).and_then(|word| Unit::named(&word));
                let bare_unit = bare_unit.map_or(BareUnit::Usual, |(unit, _)| BareUnit::Said(unit));
                let (sources, together) = (vec![at], Together::Words);
                said.insert(index, Matched { index, sources, together, bare_unit, by_alias: false });
                continue;
            }
            (None, _) => (
                phrase!(
                    "the settings map '{header}' to '{name}', which is no column of {table}",
                    header,
                    name,
                    table = spec.name
                ),
                phrase!(
                    "its columns are {columns}",
                    columns = list(spec.columns.iter().map(|column| column.name))
                ),
            ),
            (_, None) => (
                phrase!(
                    "the settings map '{header}' to {name}, but the file has no such header",
                    header,
                    name
                ),
                phrase!(
                    "its headers are {headers}",
                    headers = list(sheet.headers.iter().map(|header| &**header))
                ),
            ),
        };
        let at = sheet.location(sheet.header_row, None);
        problems.push(Diagnostic::new(&code::SOURCE_COLUMN, at, trouble.0).help(trouble.1));
    }
    said
}

/// What is in a column, worst first.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
enum Content {
    Nothing,
    Unreadable,
    Readable,
}

/// What is in the contested columns, by a sample of their rows.
fn content(
    spec: &'static TableSpec,
    sheet: &Sheet,
    found: &BTreeMap<usize, Vec<Candidate>>,
    contested: &[usize],
) -> BTreeMap<Vec<usize>, Content> {
    let mut sampled: BTreeMap<Vec<usize>, (usize, usize)> = BTreeMap::new();
    let readers: Vec<(&Candidate, Reader)> = contested
        .iter()
        .flat_map(|index| found[index].iter().map(|c| (c, &spec.columns[*index])))
        .map(|(c, column)| (c, Reader::new(column, Evidence::new(column.kind, c.bare_unit).how())))
        .collect();
    let mut rows = 0;
    // A file that cannot be read any more shows when its rows are.
    let _ = visit(sheet, &mut |seen| {
        rows += 1;
        for (candidate, reader) in &readers {
            let counts = sampled.entry(candidate.sources.clone()).or_default();
            let raw = seen.raws.get(candidate.sources[0]).copied().unwrap_or(Raw::Empty);
            if raw.or_empty() != Raw::Empty {
                counts.0 += 1;
                counts.1 += usize::from(matches!(reader.read(raw), Ok(Sense::Datum(_))));
            }
        }
        if rows < SAMPLE { Go::On } else { Go::Stop }
    });
    let content = |(filled, readable): (usize, usize)| match (filled, readable) {
        (0, _) => Content::Nothing,
        (filled, readable) if readable * 2 < filled => Content::Unreadable,
        _ => Content::Readable,
    };
    readers
        .iter()
        .map(|(c, _)| (c.sources.clone(), content(sampled.get(&c.sources).copied().unwrap_or_default())))
        .collect()
}

/// Says which column was chosen over which others.
fn say_which(
    name: &str,
    both: bool,
    sheet: &Sheet,
    best: &Candidate,
    others: &[Candidate],
    problems: &mut Diagnostics,
) {
    if others.is_empty() {
        return;
    }
    let header = |c: &Candidate| {
        let written: Vec<&str> = c.sources.iter().map(|at| &*sheet.headers[*at]).collect();
        phrase!("'{name}'", name = written.join(" "))
    };
    let others = others.iter().map(header).reduce(|all, next| phrase!("{all}, {next}", all, next));
    let others = others.unwrap_or_else(|| "".into());
    let at = sheet.location(sheet.header_row, best.sources.first().copied());
    let message = if both {
        phrase!(
            "{header} is used for {name}, and {others} where that has no known word",
            header = header(best),
            name,
            others
        )
    } else {
        phrase!("{header} is used for {name}, not {others}", header = header(best), name, others)
    };
    let help = phrase!(
        "to choose another, map it under [[source]] in earnest.toml: {setting}",
        setting = format!("columns = {{ {name} = \"...\" }}")
    );
    problems.push(Diagnostic::new(&code::TWO_COLUMNS, at, message).help(help));
}

/// Says that several columns of one meaning are read as one.
fn say_repeated(name: &str, sheet: &Sheet, sources: &[usize], problems: &mut Diagnostics) {
    let headers = list(sources.iter().map(|at| format!("'{}'", sheet.headers[*at])));
    let message = phrase!("{headers} are read as one {name}: of those filled the last counts", headers, name);
    let help = phrase!(
        "to choose another, map it under [[source]] in earnest.toml: {setting}",
        setting = format!("columns = {{ {name} = \"...\" }}")
    );
    let at = sheet.location(sheet.header_row, sources.first().copied());
    problems.push(Diagnostic::new(&code::TWO_COLUMNS, at, message).help(help));
}

/// Words in a row: `a, b, c`.
pub(super) fn list<T: AsRef<str>>(words: impl IntoIterator<Item = T>) -> String {
    let words: Vec<String> =
        words.into_iter().map(|word| word.as_ref().to_owned()).filter(|word| !word.is_empty()).collect();
    words.join(", ")
}

/// The columns whose headers the table knows, whether they are used or another was chosen over them.
pub(super) fn understood(spec: &TableSpec, headers: &[Arc<str>]) -> Vec<usize> {
    candidates(spec, &Headers::new(headers)).into_values().flatten().flat_map(|c| c.sources).collect()
}
