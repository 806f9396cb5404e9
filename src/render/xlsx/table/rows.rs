//! The rows of a table of the workbook, written as the file has them.
//!
//! The writer holds a cell in a tree of trees, its text in a string of its own, and knows a format by everything
//! that is in it. For the few cells around a table that is convenient; the rows of the tables are nine tenths of a
//! workbook, and took most of the time. They go into the finished package: see [`super::super::package`].

use std::fmt::Write as _;

use rust_xlsxwriter::utility::{column_number_to_name, row_col_to_cell};
use rust_xlsxwriter::{Format, Workbook};

use super::super::book::{Plan, operand};
use super::super::formula::{DASH, number};
use super::super::grid::Span;
use super::super::style::{Style, is_text};
use super::super::text;
use super::super::width;
use super::large::counted;
use super::{LARGE, MOST_LINES, Places, indent, rows};
use crate::document::{Kind, Row, Table, Value};
use crate::quantity::Health;

/// The rows of a table as elements of a sheet's part.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(in super::super) struct Body {
    /// The first row's number, counted from one as in the file.
    pub(in super::super) first: u32,
    /// The last row's number.
    pub(in super::super) last: u32,
    /// The elements.
    pub(in super::super) xml: String,
    /// The cells that are one, where columns are several of the sheet's: elements too.
    pub(in super::super) merged: Vec<String>,
}

/// What a cell of a table looks like: by its column, and by its row.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
struct Look {
    kind: Kind,
    /// Whether text keeps off what stands before it.
    set_off: bool,
    /// Whether it marks the rows that a total counts.
    counted: bool,
    summary: bool,
    /// The level, in the column that shows it.
    indent: u8,
    health: Option<Health>,
}

impl Look {
    /// Of a cell by its place, with the place of the column that shows the levels.
    fn of(table: &Table, place: usize, levels: usize, row: &Row) -> Self {
        let column = table.columns.get(place);
        let kind = column.map_or(Kind::Count, |column| column.kind);
        Self {
            kind,
            set_off: place > 0 && is_text(kind),
            counted: column.is_none(),
            summary: row.summary && column.is_some(),
            indent: if place == levels { row.level.min(15) } else { 0 },
            health: match row.cells.get(place) {
                Some(Value::Health(health)) => Some(*health),
                _ => None,
            },
        }
    }

    fn format(self, style: &Style) -> Format {
        if self.counted {
            return counted(style);
        }
        let mut format = style.cell(self.kind);
        if self.set_off {
            format = format.set_indent(1);
        }
        if self.summary {
            format = format.set_bold();
        }
        if self.indent > 0 {
            format = format.set_indent(self.indent);
        }
        match self.health {
            Some(health) => style.mark(format, health),
            None => format,
        }
    }
}

/// The looks of all tables of a workbook, and the attributes that name them in the file.
#[derive(Clone, Debug, Default)]
pub(in super::super) struct Looks {
    /// Those of the cells of tables.
    cells: Vec<(Look, String)>,
    /// Those of the numbers behind the charts, without borders.
    plain: Vec<(Kind, String)>,
    prose: Vec<(Prose, String)>,
    formats: Vec<Format>,
}

/// How a text over several columns is set.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(in super::super) enum Prose {
    /// A paragraph.
    Plain,
    /// What is said beside.
    Muted,
    /// The same over several lines.
    Note,
}

impl Prose {
    fn format(self, style: &Style) -> Format {
        match self {
            Self::Plain => style.prose(),
            Self::Muted => style.muted(),
            Self::Note => style.muted().set_text_wrap(),
        }
    }
}

/// What the numbers behind charts can be.
const PLAIN: [Kind; 12] = [
    Kind::Text,
    Kind::Date,
    Kind::Money,
    Kind::Hours,
    Kind::Days,
    Kind::Index,
    Kind::Percent,
    Kind::Count,
    Kind::Number(0),
    Kind::Number(1),
    Kind::Number(2),
    Kind::Number(3),
];

impl Looks {
    /// Collects the looks of the tables' cells.
    pub(in super::super) fn of<'t>(
        tables: impl Iterator<Item = (&'t Table, &'t Plan)>,
        style: &Style,
    ) -> Self {
        let mut looks = Self::default();
        for (table, plan) in tables.filter(|(table, _)| table.rows.len() <= LARGE) {
            let levels = super::indented(table);
            let mut before = vec![None; super::columns(table, plan)];
            for row in rows(table) {
                for (place, before) in before.iter_mut().enumerate() {
                    let look = Look::of(table, place, levels, row);
                    if before.replace(look) != Some(look) {
                        looks.add(look, style);
                    }
                }
            }
        }
        for kind in PLAIN {
            let attribute = looks.number(style.of_kind(kind));
            looks.plain.push((kind, attribute));
        }
        for prose in [Prose::Plain, Prose::Muted, Prose::Note] {
            let attribute = looks.number(prose.format(style));
            looks.prose.push((prose, attribute));
        }
        looks
    }

    /// Hours and days look alike, and the file has a format once.
    fn add(&mut self, look: Look, style: &Style) {
        if self.cells.iter().any(|(known, _)| *known == look) {
            return;
        }
        let attribute = self.number(look.format(style));
        self.cells.push((look, attribute));
    }

    /// The end of a cell's place with the attribute that names a format.
    fn number(&mut self, format: Format) -> String {
        let place = self.formats.iter().position(|known| *known == format).unwrap_or_else(|| {
            self.formats.push(format);
            self.formats.len() - 1
        });
        // The default format comes first, and is 0.
        format!("\" s=\"{}\"", place + 1)
    }

    /// Makes them the first formats of the workbook.
    pub(in super::super) fn register(&self, workbook: &mut Workbook) {
        for format in &self.formats {
            workbook.register_format(format);
        }
    }

    /// The look of a number behind a chart.
    pub(in super::super) fn plain(&self, kind: Kind) -> &str {
        self.plain.iter().find(|(known, _)| *known == kind).map_or("\"", |(_, attribute)| attribute)
    }

    /// A text over the columns of the sheet up to the last, in a row of its own, this many points high.
    pub(in super::super) fn prose(
        &self,
        prose: Prose,
        words: &str,
        (row, last): (u32, u16),
        points: f64,
    ) -> Body {
        let attribute = self.prose.iter().find(|(known, _)| *known == prose).map_or("\"", |(_, found)| found);
        let cells = Cells::of(Span { first: 0, last });
        let (mut xml, mut number) =
            (String::with_capacity(words.len() + 40 * usize::from(last) + 100), String::new());
        text::count(row + 1, &mut number);
        // As the writer rounds it: to whole pixels.
        let points = (points * 4.0 / 3.0).round() * 0.75;
        let _ = write!(xml, "<row r=\"{number}\" ht=\"{points}\" customHeight=\"1\">");
        begin(&mut xml, &cells.first, &number, attribute);
        text_in(&mut xml, words);
        cells.others(&mut xml, &number, attribute);
        xml.push_str("</row>");
        let merged = cells.merged(&number).into_iter().collect();
        Body { first: row + 1, last: row + 1, xml, merged }
    }

    fn attribute(&self, look: Look) -> &str {
        self.cells.iter().find(|(known, _)| *known == look).map_or("\"", |(_, attribute)| attribute)
    }
}

/// The rows of a table, the first of them in this row of the sheet.
pub(super) fn body(
    (table, plan): (&Table, &Plan),
    (looks, style): (&Looks, &Style),
    places: &Places<'_>,
    first: u32,
) -> Option<Body> {
    let rows = rows(table);
    let columns = super::columns(table, plan);
    let cells: Vec<Cells> = (0..columns).map(|place| Cells::of(places.span(place))).collect();
    let formulas: Vec<Option<String>> = (0..columns).map(|place| plan.column_formula(place)).collect();
    let lowest = rows.iter().map(|row| row.level).min()?;
    let levels = super::indented(table);
    // Rows that look alike follow each other: what a column's last cell looked like is remembered.
    let mut remembered: Vec<Option<(Look, &str)>> = vec![None; columns];
    let mut xml = String::with_capacity(rows.len() * columns * 48);
    let mut merged = Vec::new();
    let mut row_number = String::new();
    for (number, row) in (first + 1..).zip(rows) {
        row_number.clear();
        text::count(number, &mut row_number);
        // The rows of a table that is none of the workbook's are not grouped.
        let level = if places.spans.is_some() { 0 } else { (row.level - lowest).min(7) };
        open(&mut xml, &row_number, lines(table, places, row), level);
        let operands = |place: usize| row.cells.get(place).and_then(operand);
        for ((place, cells), remembered) in (0..).zip(&cells).zip(&mut remembered) {
            let look = Look::of(table, place, levels, row);
            let attribute = match *remembered {
                Some((last, attribute)) if last == look => attribute,
                _ => looks.attribute(look),
            };
            *remembered = Some((look, attribute));
            begin(&mut xml, &cells.first, &row_number, attribute);
            if look.counted {
                xml.push_str(if row.summary { "><v>0</v></c>" } else { "><v>1</v></c>" });
                continue;
            }
            let value = row.cells.get(place).unwrap_or(&Value::Empty);
            let live = plan.formulas.get(place).and_then(Option::as_ref);
            match formulas.get(place).and_then(Option::as_ref) {
                Some(formula) if live.is_some_and(|live| live.agrees(value, &operands)) => {
                    let cell = |place: usize| row_col_to_cell(number - 1, places.first(place));
                    let own = if places.spans.is_some() { plan.formula(place, cell) } else { None };
                    computed(&mut xml, own.as_ref().unwrap_or(formula), value);
                }
                _ => stored(&mut xml, value, style),
            }
            cells.others(&mut xml, &row_number, attribute);
            merged.extend(cells.merged(&row_number));
        }
        xml.push_str("</row>");
    }
    Some(Body { first: first + 1, last: first + u32::try_from(rows.len()).unwrap_or(0), xml, merged })
}

/// The letters of the sheet's columns that a column takes.
struct Cells {
    first: String,
    /// Those it is merged with.
    others: Vec<String>,
}

impl Cells {
    fn of(span: Span) -> Self {
        let others = (span.first + 1..=span.last).map(column_number_to_name).collect();
        Self { first: column_number_to_name(span.first), others }
    }

    /// The cells of a row that are merged with the first.
    fn others(&self, xml: &mut String, row: &str, attribute: &str) {
        for letters in &self.others {
            begin(xml, letters, row, attribute);
            xml.push_str("/>");
        }
    }

    /// That they are merged.
    fn merged(&self, row: &str) -> Option<String> {
        let (first, last) = (&self.first, self.others.last()?);
        Some(format!("<mergeCell ref=\"{first}{row}:{last}{row}\"/>"))
    }
}

/// The beginning of a cell: its place and its look.
fn begin(xml: &mut String, letters: &str, row: &str, attribute: &str) {
    for piece in ["<c r=\"", letters, row, attribute] {
        xml.push_str(piece);
    }
}

/// The lines that the texts of a row take.
fn lines(table: &Table, places: &Places<'_>, line: &Row) -> u32 {
    let wrapped = line.cells.iter().enumerate().filter_map(|(place, cell)| match cell {
        Value::Text(words) => {
            let wide = places.width(place) - 2.5 - indent(table, place, line);
            Some(width::lines(words.get(..2_000).unwrap_or(words), wide))
        }
        _ => None,
    });
    wrapped.max().unwrap_or(1).min(MOST_LINES)
}

/// The beginning of a row; not every program makes room for text of several lines by itself.
fn open(xml: &mut String, row: &str, lines: u32, level: u8) {
    xml.push_str("<row r=\"");
    xml.push_str(row);
    if lines > 1 {
        let _ = write!(xml, "\" ht=\"{}\" customHeight=\"1", width::height(lines));
    }
    if level > 0 {
        let _ = write!(xml, "\" outlineLevel=\"{level}");
    }
    xml.push_str("\">");
}

/// The rest of a cell that is computed, with the result the document gives it.
fn computed(xml: &mut String, formula: &str, value: &Value) {
    let number = number(value);
    xml.push_str(if number.is_some() { "><f>" } else { " t=\"str\"><f>" });
    xml.push_str(formula);
    xml.push_str("</f><v>");
    match number {
        Some(number) => text::number(number, xml),
        None => xml.push_str(DASH),
    }
    xml.push_str("</v></c>");
}

/// The rest of a cell that holds a value; text stays text whatever it looks like.
pub(in super::super) fn stored(xml: &mut String, value: &Value, style: &Style) {
    if let Some(number) = number(value) {
        xml.push_str("><v>");
        text::number(number, xml);
        xml.push_str("</v></c>");
        return;
    }
    let shown = match value {
        Value::Empty => "".into(),
        Value::Text(words) => text::cell(words),
        Value::Health(health) => style.language.word(health.word()).into(),
        _ => DASH.into(),
    };
    text_in(xml, &shown);
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
    #[test]
    fn looks_that_are_the_same_format_are_one() {
        let style = Style::of(crate::document::Theme::default(), crate::document::Format::default());
        let mut looks = Looks::default();
        let look =
            |kind| Look { kind, set_off: false, counted: false, summary: false, indent: 0, health: None };
        for kind in [Kind::Hours, Kind::Days, Kind::Index, Kind::Hours] {
            looks.add(look(kind), &style);
        }
        assert_eq!(looks.formats.len(), 2);
        assert_eq!(looks.attribute(look(Kind::Days)), "\" s=\"1\"");
        assert_eq!(looks.attribute(look(Kind::Index)), "\" s=\"2\"");
    }

    #[test]
    fn a_value_is_what_it_is() {
        let style = Style::of(crate::document::Theme::default(), crate::document::Format::default());
        let cell = |value: &Value| {
            let mut xml = String::new();
            stored(&mut xml, value, &style);
            xml
        };
        assert_eq!(cell(&Value::Index(0.25)), "><v>0.25</v></c>");
        assert_eq!(cell(&Value::Empty), "/>");
        assert_eq!(
            cell(&Value::Text("=1 & <b>_x0041_".to_owned())),
            " t=\"inlineStr\"><is><t>=1 &amp; &lt;b&gt;_x005F_x0041_</t></is></c>"
        );
        assert_eq!(
            cell(&Value::Text(" a_x".to_owned())),
            " t=\"inlineStr\"><is><t xml:space=\"preserve\"> a_x</t></is></c>"
        );
    }
}
