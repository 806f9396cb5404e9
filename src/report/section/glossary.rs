//! What the figures mean: the catalogue of metrics.

mod used;

use crate::analysis::metric::{METRICS, Metric, in_print};
use crate::document::{self, Block, Column, Front, Kind, Row, Table, Value};
use crate::language::Phrase;
use crate::quantity::Reason;
use crate::report::section::Section;
use crate::report::subject::Subject;
use crate::report::wording::defined;

pub(super) const SECTION: Section = Section {
    id: "glossary",
    title: "Glossary",
    about: "Every metric of the report with its formula, meaning and source.",
    compose,
};

fn compose(subject: &Subject<'_>) -> Vec<Block> {
    // A figure that this project cannot have, because the data for it is missing, is not explained.
    let can_be = |metric: &Metric| {
        let value = (metric.value)(&subject.found.measures);
        !value.is_err_and(|reason| reason.is_absence() && reason != Reason::OfEach)
    };
    let shown: Vec<&Metric> = METRICS.iter().copied().filter(|metric| can_be(metric)).collect();
    let rows: Vec<Row> = shown
        .iter()
        .map(|metric| {
            Row::new(vec![
                Value::Text(in_print(metric.symbol)),
                subject.cell(metric.name),
                Value::Text(in_print(metric.formula)),
                subject.cell(metric.meaning),
                subject.cell(metric.source),
            ])
        })
        .collect();
    if rows.is_empty() {
        return Vec::new();
    }
    let table = Table {
        id: "glossary",
        caption: String::new(),
        columns: vec![
            Column::new("symbol", "Symbol", Kind::Text),
            Column::new("name", "Name", Kind::Text).weight(2),
            Column::new("formula", "Formula", Kind::Text).weight(2),
            Column::new("meaning", "Meaning", Kind::Text).weight(4),
            Column::new("source", "Source", Kind::Text).weight(3).workbook_only(),
        ],
        rows,
        totals: None,
        print_rows: None,
    };
    let sources = sources(subject, &shown).map(|sources| Block::Note(subject.say(sources)));
    sources.into_iter().chain([Block::Table(table)]).collect()
}

/// Leaves to the workbook what a report says nothing of, and what a note beside its figures has defined: the print
/// explains each of the metrics that it uses once.
pub(crate) fn print_what_is_used(subject: &Subject<'_>, front: &Front, sections: &mut [document::Section]) {
    let Some(at) = sections.iter().position(|section| section.id == SECTION.id) else { return };
    let notes: Vec<&str> = sections.iter().flat_map(|section| &section.blocks).filter_map(note).collect();
    let in_a_note = |metric: &Metric| {
        let definition = subject.say_all(&defined(&[metric]));
        notes.iter().any(|note| note.contains(&definition))
    };
    let noted: Vec<&str> =
        METRICS.iter().filter(|metric| in_a_note(metric)).map(|metric| metric.id).collect();
    let used = used::symbols(&subject.format, front, sections, &noted);
    for block in &mut sections[at].blocks {
        match block {
            Block::Table(table) => {
                for row in &mut table.rows {
                    row.workbook_only =
                        !matches!(row.cells.first(), Some(Value::Text(symbol)) if used.contains(symbol));
                }
            }
            Block::Note(text) => {
                let shown = METRICS
                    .iter()
                    .copied()
                    .filter(|metric| used.contains(&in_print(metric.symbol)) || noted.contains(&metric.id));
                if let Some(sources) = sources(subject, &shown.collect::<Vec<_>>()) {
                    *text = subject.say(sources);
                }
            }
            _ => {}
        }
    }
}

fn note(block: &Block) -> Option<&str> {
    if let Block::Note(text) = block { Some(text) } else { None }
}

/// Each source once, with the metrics that are taken from it.
fn sources(subject: &Subject<'_>, shown: &[&Metric]) -> Option<Phrase> {
    let mut by_source: Vec<(&str, Vec<String>)> = Vec::new();
    for metric in shown {
        let symbol = in_print(metric.symbol);
        match by_source.iter_mut().find(|(source, _)| *source == metric.source) {
            Some((_, symbols)) => symbols.push(symbol),
            None => by_source.push((metric.source, vec![symbol])),
        }
    }
    // What most are taken from comes last and needs no list of them.
    by_source.sort_by_key(|(_, symbols)| symbols.len());
    let last = by_source.len().saturating_sub(1);
    let told = by_source.iter().enumerate().map(|(at, (source, symbols))| {
        let source = subject.word(source);
        match at {
            _ if at < last => phrase!("{metrics}: {source}", metrics = symbols.join(", "), source),
            0 => phrase!("all: {source}", source),
            _ => phrase!("all others: {source}", source),
        }
    });
    let told = told.reduce(|before, next| phrase!("{before}; of {next}", before, next))?;
    Some(phrase!("Sources of {metrics}.", metrics = told))
}
