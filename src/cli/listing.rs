//! `earnest list`: the catalogues, read from where they are defined.

use clap::ValueEnum;

use crate::analysis::metric::{METRICS, Metric, in_print};
use crate::cli::columns::{aligned, width, wrapped};
use crate::diagnostic::CODES;
use crate::intake::{ColumnKind, TABLES, TableSpec};
use crate::language::{Format, Part};
use crate::report::section::SECTIONS;
use crate::report::template::Template;

/// Sentences and aliases of columns wrap at this width.
const TEXT: usize = 80;

/// A catalogue one can list.
#[derive(Clone, Copy, Debug, ValueEnum)]
pub(super) enum Catalogue {
    /// The columns of every table, with types and other headers they are known by
    Columns,
    /// Every metric with its formula
    Metrics,
    /// The sections a template can name
    Sections,
    /// Every diagnostic code
    Codes,
    /// The built-in templates
    Templates,
}

/// The text of a catalogue.
pub(super) fn list(catalogue: Catalogue, format: &Format) -> String {
    match catalogue {
        Catalogue::Columns => columns(),
        Catalogue::Metrics => rows(
            METRICS
                .iter()
                .map(|m| [m.id.to_owned(), in_print(m.symbol), in_print(m.formula), format.word(m.name)]),
        ),
        Catalogue::Sections => {
            rows(SECTIONS.iter().map(|s| [s.id.to_owned(), format.word(s.title), format.word(s.about)]))
        }
        Catalogue::Codes => rows(CODES.iter().map(|c| [c.id, c.title])),
        Catalogue::Templates => {
            rows(Template::list().into_iter().map(|(name, about)| [name.to_owned(), about]))
        }
    }
}

/// What a code means, if there is such a code.
pub(super) fn code(id: &str) -> Option<String> {
    let code = CODES.iter().find(|code| code.id.eq_ignore_ascii_case(id))?;
    Some(format!("{} ({}): {}\n{}", code.id, code.severity.word(), code.title, code.about))
}

/// A metric by its id or symbol.
pub(super) fn metric(name: &str) -> Option<&'static Metric> {
    let is = |m: &&&Metric| m.id.eq_ignore_ascii_case(name) || in_print(m.symbol).eq_ignore_ascii_case(name);
    METRICS.iter().find(is).copied()
}

/// A metric's definition.
pub(super) fn definition(metric: &Metric, format: &Format) -> String {
    let formula =
        if metric.formula.is_empty() { String::new() } else { format!(" = {}", in_print(metric.formula)) };
    let source = format.say(phrase!("Source: {source}", source = Part::Word(metric.source)));
    let (name, meaning) = (format.word(metric.name), format.word(metric.meaning));
    format!("{}{formula}\n{name}. {meaning}\n{source}", in_print(metric.symbol))
}

fn columns() -> String {
    TABLES.iter().map(|table| table_columns(table)).collect::<Vec<_>>().join("\n\n")
}

/// The columns of a table with their sentences, and the other heads they are known by under them.
fn table_columns(table: &TableSpec) -> String {
    let cells = table.columns.iter().map(|column| {
        let required = if column.required { "required" } else { "" };
        [format!("  {}", column.name), kind(column.kind).to_owned(), required.to_owned()]
    });
    let cells: Vec<[String; 3]> = cells.collect();
    let starts = aligned(&cells, [false; 3]);
    let indent = starts.iter().map(|start| width(start)).max().unwrap_or(0) + 2;
    let mut lines = vec![format!("{}: {}", table.name, table.about)];
    for (column, start) in table.columns.iter().zip(starts) {
        let mut text = wrapped(column.about, TEXT);
        if let ColumnKind::Choice(words) = column.kind {
            text.extend(wrapped(&format!("One of: {}.", words.join(", ")), TEXT));
        }
        if !column.aliases.is_empty() {
            text.extend(wrapped(&format!("Also: {}.", column.aliases.join(", ")), TEXT));
        }
        let starts = std::iter::once(start.as_str()).chain(std::iter::repeat(""));
        lines.extend(text.iter().zip(starts).map(|(text, start)| {
            let blanks = " ".repeat(indent - width(start));
            format!("{start}{blanks}{text}")
        }));
    }
    lines.join("\n")
}

/// How a column is read, in a word or two.
pub(super) const fn kind(kind: ColumnKind) -> &'static str {
    match kind {
        ColumnKind::Text => "text",
        ColumnKind::Money => "amount",
        ColumnKind::Number => "number",
        ColumnKind::Measure => "value",
        ColumnKind::Share => "percentage",
        ColumnKind::Hours => "hours",
        ColumnKind::Duration => "duration",
        ColumnKind::Lag => "duration or percentage",
        ColumnKind::Start | ColumnKind::Finish => "date or time",
        ColumnKind::Day => "date",
        ColumnKind::Period => "period",
        ColumnKind::Choice(_) => "choice",
        ColumnKind::Spans => "hours or spans",
        ColumnKind::Flag => "yes/no",
        ColumnKind::List => "list",
        ColumnKind::Graded(_) => "number, range or level",
    }
}

/// Lines of cells, each column as wide as its widest cell.
fn rows<const N: usize, T: AsRef<str>>(lines: impl Iterator<Item = [T; N]>) -> String {
    aligned(&lines.collect::<Vec<_>>(), [false; N]).join("\n")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_catalogue_has_something_to_list() {
        for catalogue in Catalogue::value_variants() {
            assert!(list(*catalogue, Format::english()).lines().count() > 1, "{catalogue:?}");
        }
    }

    #[test]
    fn a_metric_is_found_by_id_and_by_symbol() {
        assert_eq!(metric("CPI").map(|m| m.id), Some("cpi"));
        assert_eq!(metric("spi(T)").map(|m| m.id), Some("spi_t"));
        assert!(code("e999").is_none());
    }
}
