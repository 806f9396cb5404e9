//! Rows and cells as elements of a sheet's part (ISO/IEC 29500-1, 18.3.1): opened and filled here, whoever's they are.
//!
//! The writer holds a cell in a tree of trees, its text in a string of its own, and knows a format by everything
//! that is in it. For the few cells of a cover that is convenient; tables, paragraphs, measures and the numbers
//! behind the charts are nearly all of a workbook, and took most of the time. They go into the finished package: see
//! [`super::package`].

use std::borrow::Cow;

use rust_xlsxwriter::utility::column_number_to_name;

use super::formula::{DASH, number};
use super::grid::Span;
use super::style::Style;
use super::text;
use crate::document::Value;

/// Rows as elements.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(super) struct Body {
    /// The first row's number, counted from one as in the file.
    pub(super) first: u32,
    /// The last row's number.
    pub(super) last: u32,
    /// How many columns the rows reach across.
    pub(super) columns: u16,
    /// The elements.
    pub(super) xml: String,
    /// The cells that are one: elements too.
    pub(super) merged: Vec<String>,
}

/// Rows in the making, from the top down.
#[derive(Debug, Default)]
pub(super) struct Rows {
    body: Body,
    /// The number of the row that is open.
    number: String,
}

impl Rows {
    /// None yet, with room for this many bytes.
    pub(super) fn with_capacity(bytes: usize) -> Self {
        Self { body: Body { xml: String::with_capacity(bytes), ..Body::default() }, number: String::new() }
    }

    /// Opens a row, counted from zero: of a height in points where it is not the usual one, grouped at a level.
    pub(super) fn open(&mut self, row: u32, points: Option<f64>, level: u8) {
        let row = row + 1;
        if self.body.first == 0 {
            self.body.first = row;
        }
        self.body.last = row;
        self.number.clear();
        text::count(row, &mut self.number);
        let xml = &mut self.body.xml;
        xml.push_str("<row r=\"");
        xml.push_str(&self.number);
        if let Some(points) = points {
            xml.push_str("\" ht=\"");
            // As the writer rounds it: to whole pixels.
            text::number((points * 4.0 / 3.0).round() * 0.75, xml);
            xml.push_str("\" customHeight=\"1");
        }
        if level > 0 {
            xml.push_str("\" outlineLevel=\"");
            text::count(level, xml);
        }
        xml.push_str("\">");
    }

    /// Adds a cell, and those it is merged with.
    pub(super) fn cell(&mut self, cells: &Cells, look: &str, content: &Content<'_>) {
        self.begin(&cells.first, look);
        let xml = &mut self.body.xml;
        match content {
            Content::Blank => xml.push_str("/>"),
            Content::Number(number) => {
                xml.push_str("><v>");
                text::number(*number, xml);
                xml.push_str("</v></c>");
            }
            Content::Text(words) => text_in(xml, words),
            Content::Computed(formula, result) => {
                xml.push_str(if result.is_some() { "><f>" } else { " t=\"str\"><f>" });
                xml.push_str(formula);
                xml.push_str("</f><v>");
                match result {
                    Some(number) => text::number(*number, xml),
                    None => xml.push_str(DASH),
                }
                xml.push_str("</v></c>");
            }
        }
        for letters in &cells.others {
            self.begin(letters, look);
            self.body.xml.push_str("/>");
        }
        self.body.columns = self.body.columns.max(cells.columns);
        if let Some(last) = cells.others.last() {
            let (first, row) = (&cells.first, &self.number);
            self.body.merged.push(format!("<mergeCell ref=\"{first}{row}:{last}{row}\"/>"));
        }
    }

    /// The beginning of a cell: its place and its look.
    fn begin(&mut self, letters: &str, look: &str) {
        for piece in ["<c r=\"", letters, &self.number, look] {
            self.body.xml.push_str(piece);
        }
    }

    /// Closes the row that is open.
    pub(super) fn close(&mut self) {
        self.body.xml.push_str("</row>");
    }

    /// The rows; none where none was opened.
    pub(super) fn finish(self) -> Option<Body> {
        (self.body.first > 0).then_some(self.body)
    }
}

/// The letters of the sheet's columns that a cell takes.
#[derive(Clone, Debug)]
pub(super) struct Cells {
    first: String,
    /// Those it is merged with.
    others: Vec<String>,
    /// How many columns the sheet has up to the last of them.
    columns: u16,
}

impl Cells {
    /// Those of a span.
    pub(super) fn of(span: Span) -> Self {
        let others = (span.first + 1..=span.last).map(column_number_to_name).collect();
        let columns = span.first.max(span.last).saturating_add(1);
        Self { first: column_number_to_name(span.first), others, columns }
    }

    /// That of one column.
    pub(super) fn one(column: u16) -> Self {
        Self::of(Span { first: column, last: column })
    }
}

/// What a cell holds.
#[derive(Clone, Debug, PartialEq)]
pub(super) enum Content<'c> {
    /// Nothing but its look.
    Blank,
    /// A number.
    Number(f64),
    /// A text that a cell can hold.
    Text(Cow<'c, str>),
    /// A formula as the file has it, and the result the document gives it: a dash where there is no number.
    Computed(&'c str, Option<f64>),
}

impl<'c> Content<'c> {
    /// A value as what it is; text stays text whatever it looks like.
    pub(super) fn of(value: &'c Value, style: &Style) -> Self {
        match (number(value), value) {
            (Some(number), _) => Self::Number(number),
            (None, Value::Empty) => Self::Blank,
            (None, Value::Text(words)) => Self::Text(text::cell(words)),
            (None, Value::Health(health)) => Self::Text(style.language.word(health.word()).into()),
            _ => Self::Text(DASH.into()),
        }
    }

    /// A text, without what a cell cannot hold.
    pub(super) fn text(words: &'c str) -> Self {
        Self::Text(text::cell(words))
    }
}

/// The rest of a cell that holds a text.
fn text_in(xml: &mut String, shown: &str) {
    if shown.is_empty() {
        xml.push_str("/>");
        return;
    }
    let blank = |c: char| matches!(c, ' ' | '\t' | '\n');
    let kept = shown.starts_with(blank) || shown.ends_with(blank);
    xml.push_str(" t=\"inlineStr\"><is><t");
    xml.push_str(if kept { " xml:space=\"preserve\">" } else { ">" });
    text::escape(shown, xml);
    xml.push_str("</t></is></c>");
}

#[cfg(test)]
mod tests {
    use super::*;

    fn row(fill: impl FnOnce(&mut Rows)) -> Body {
        let mut rows = Rows::default();
        rows.open(4, None, 0);
        fill(&mut rows);
        rows.close();
        rows.finish().unwrap()
    }

    #[test]
    fn a_value_is_what_it_is() {
        let style = Style::of(crate::document::Theme::default(), crate::document::Format::default());
        let cell = |value: &Value| {
            row(|rows| rows.cell(&Cells::one(27), "\" s=\"2\"", &Content::of(value, &style))).xml
        };
        let within = |rest: &str| format!("<row r=\"5\"><c r=\"AB5\" s=\"2\"{rest}</row>");
        assert_eq!(cell(&Value::Index(0.25)), within("><v>0.25</v></c>"));
        assert_eq!(cell(&Value::Empty), within("/>"));
        assert_eq!(
            cell(&Value::Text("=1 & <b>_x0041_".to_owned())),
            within(" t=\"inlineStr\"><is><t>=1 &amp; &lt;b&gt;_x005F_x0041_</t></is></c>")
        );
        assert_eq!(
            cell(&Value::Text(" a_x".to_owned())),
            within(" t=\"inlineStr\"><is><t xml:space=\"preserve\"> a_x</t></is></c>")
        );
    }

    #[test]
    fn a_result_stands_beside_its_formula_and_cells_are_merged() {
        let body = row(|rows| {
            let wide = Cells::of(Span { first: 0, last: 2 });
            rows.cell(&wide, "\" s=\"1\"", &Content::Computed("EV/AC", None));
        });
        assert_eq!(
            body.xml,
            "<row r=\"5\"><c r=\"A5\" s=\"1\" t=\"str\"><f>EV/AC</f><v>–</v></c><c r=\"B5\" s=\"1\"/>\
             <c r=\"C5\" s=\"1\"/></row>"
        );
        assert_eq!((body.first, body.last, body.columns), (5, 5, 3));
        assert_eq!(body.merged, ["<mergeCell ref=\"A5:C5\"/>"]);
    }

    #[test]
    fn a_row_has_its_height_and_level() {
        let mut rows = Rows::default();
        rows.open(0, Some(20.0), 2);
        rows.close();
        let xml = rows.finish().unwrap().xml;
        assert_eq!(xml, "<row r=\"1\" ht=\"20.25\" customHeight=\"1\" outlineLevel=\"2\"></row>");
        assert_eq!(Rows::default().finish(), None);
    }
}
