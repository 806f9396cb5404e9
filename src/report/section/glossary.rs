//! What the figures mean: the catalogue of metrics.

use crate::analysis::metric::METRICS;
use crate::analysis::metric::in_print;
use crate::document::{Block, Column, Kind, Row, Table, Value};
use crate::report::section::Section;
use crate::report::subject::Subject;

pub(super) const SECTION: Section = Section {
    id: "glossary",
    title: "Glossary",
    about: "Every metric of the report with its formula, meaning and source.",
    compose,
};

fn compose(subject: &Subject<'_>) -> Vec<Block> {
    let rows: Vec<Row> = METRICS
        .iter()
        // A figure that this project cannot have, because the data for it is missing, is not explained.
        .filter(|metric| (metric.value)(&subject.found.measures) != Err(crate::quantity::Reason::NoData))
        .map(|metric| {
            Row::new(vec![
                Value::Text(in_print(metric.symbol)),
                Value::Text(metric.name.to_owned()),
                Value::Text(in_print(metric.formula)),
                Value::Text(metric.meaning.to_owned()),
                Value::Text(metric.source.to_owned()),
            ])
        })
        .collect();
    if rows.is_empty() {
        return Vec::new();
    }
    vec![Block::Table(Table {
        id: "glossary",
        caption: String::new(),
        columns: vec![
            Column::new("symbol", "Symbol", Kind::Text),
            Column::new("name", "Name", Kind::Text).weight(2),
            Column::new("formula", "Formula", Kind::Text).weight(2),
            Column::new("meaning", "Meaning", Kind::Text).weight(4),
            Column::new("source", "Source", Kind::Text).weight(3),
        ],
        rows,
        totals: None,
        print_rows: None,
    })]
}
