//! Which metrics a report speaks of: those whose symbol or name it prints, and those that their formulas are made of.

use std::collections::BTreeSet;

use crate::analysis::metric::{METRICS, Metric, in_print};
use crate::document::{Block, Chart, Format, Front, KeyFigure, Plot, Section, Value};

/// The printed symbols of the metrics that page 1 or the sections other than the glossary speak of, but for those (by
/// their ids) that a note defines.
pub(super) fn symbols(
    format: &Format,
    front: &Front,
    sections: &[Section],
    noted: &[&str],
) -> BTreeSet<String> {
    // Page 1 has the names in the report's language; heads of tables are put into it later.
    let names = |metric: &Metric| [metric.name.to_lowercase(), format.word(metric.name).to_lowercase()];
    let known: Vec<(String, [String; 2], &Metric)> =
        METRICS.iter().map(|metric| (in_print(metric.symbol), names(metric), *metric)).collect();
    let mut words = Words::default();
    front.chart.iter().for_each(|chart| words.read_chart(chart));
    front.narrative.iter().for_each(|text| words.read(text));
    front.health.iter().for_each(|mark| words.read(&mark.rule));
    front.figures.iter().for_each(|figure| words.read_figure(figure));
    for block in sections.iter().filter(|section| section.id != super::SECTION.id).flat_map(|s| &s.blocks) {
        words.read_block(block);
    }
    let mut used: BTreeSet<String> = known
        .iter()
        .filter(|(symbol, names, metric)| {
            !noted.contains(&metric.id)
                && (words.symbols.contains(symbol) || names.iter().any(|name| words.has_head(name)))
        })
        .map(|(symbol, ..)| symbol.clone())
        .collect();
    // What a formula is made of is explained too, and what that is made of.
    loop {
        let mut parts = Words::default();
        known
            .iter()
            .filter(|(symbol, ..)| used.contains(symbol))
            .for_each(|(.., metric)| parts.read(&in_print(metric.formula)));
        let before = used.len();
        used.extend(known.iter().map(|(symbol, ..)| symbol).filter(|s| parts.symbols.contains(*s)).cloned());
        if used.len() == before {
            return used;
        }
    }
}

/// What a report says, word by word, and its heads.
#[derive(Default)]
struct Words {
    symbols: BTreeSet<String>,
    heads: BTreeSet<String>,
    /// Heads up to a comma: `payback` of `Payback, years`.
    beginnings: BTreeSet<String>,
}

impl Words {
    fn read(&mut self, text: &str) {
        let is_part = |c: char| c.is_alphanumeric() || matches!(c, '_' | '%' | '(' | ')');
        // A symbol begins with a capital; `SPI(t)` in brackets has one too many of them.
        let words = text.split(|c| !is_part(c)).map(|word| word.trim_start_matches('('));
        for word in words.filter(|word| word.starts_with(|first: char| first.is_uppercase())) {
            let bare = word.trim_end_matches(')');
            let forms = [word, word.strip_suffix(')').unwrap_or(word), bare];
            // Most words have no bracket and one form.
            let forms = if bare.len() == word.len() { &forms[..1] } else { &forms };
            for form in forms {
                if !self.symbols.contains(*form) {
                    self.symbols.insert((*form).to_owned());
                }
            }
        }
    }

    fn head(&mut self, text: &str) {
        self.read(text);
        let text = text.to_lowercase();
        match text.split_once(',') {
            Some((beginning, _)) => self.beginnings.insert(beginning.to_owned()),
            None => self.heads.insert(text),
        };
    }

    /// Whether a head is the name of a metric or, up to a comma, half of one and more: `Payback, years` of the payback
    /// period, not `Mean, days` of the mean magnitude of relative error.
    fn has_head(&self, name: &str) -> bool {
        let begins = |head: &String| name.starts_with(head.as_str()) && 2 * head.len() >= name.len();
        self.heads.contains(name) || self.beginnings.iter().any(begins)
    }

    fn read_chart(&mut self, chart: &Chart) {
        self.read(&chart.title);
        self.read(&chart.alt);
        if let Plot::Lines(lines) = &chart.plot {
            lines.series.iter().for_each(|series| self.read(&series.name));
        }
    }

    fn read_figure(&mut self, figure: &KeyFigure) {
        self.head(&figure.label);
        self.read(&figure.detail);
    }

    fn read_block(&mut self, block: &Block) {
        match block {
            Block::Heading(text) | Block::Paragraph(text) | Block::Note(text) => self.read(text),
            Block::Figures(figures) => figures.iter().for_each(|figure| self.read_figure(figure)),
            Block::Chart(chart) => self.read_chart(chart),
            Block::List(list) => list.items.iter().for_each(|item| self.read(&item.text)),
            Block::Table(table) if table.print_rows == Some(0) => {}
            Block::Table(table) => {
                self.read(&table.caption);
                let columns = table.columns.iter().enumerate().filter(|(_, column)| !column.workbook_only);
                let columns: Vec<usize> = columns
                    .map(|(place, column)| {
                        self.head(&column.head);
                        place
                    })
                    .collect();
                for row in table.printed() {
                    for value in columns.iter().filter_map(|place| row.cells.get(*place)) {
                        if let Value::Text(text) = value {
                            self.read(text);
                        }
                    }
                }
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_said_and_what_it_is_made_of_is_used() {
        let said = [Section {
            id: "periods",
            title: String::new(),
            blocks: vec![Block::Paragraph("It is late (by SPI(t)); CPI: 0.9.".to_owned())],
        }];
        let of = |noted: &[&str]| symbols(&Format::default(), &Front::default(), &said, noted);
        let used = of(&[]);
        // SPI(t) is ES / AT and CPI is EV / AC.
        for symbol in ["SPI(t)", "CPI", "ES", "AT", "EV", "AC"] {
            assert!(used.contains(symbol), "{symbol} of {used:?}");
        }
        for symbol in ["BAC", "EAC", "NPV", "SPI", "UTIL"] {
            assert!(!used.contains(symbol), "{symbol} of {used:?}");
        }
        // What a note defines needs no row, nor what it is made of.
        let used = of(&["cpi"]);
        assert!(used.contains("SPI(t)") && !used.contains("CPI") && !used.contains("AC"), "{used:?}");
    }
}
