//! What the cells look like that go into the finished package, and the attributes that name their formats there.

use rust_xlsxwriter::{Format, FormatAlign, Workbook};

use super::book::Plan;
use super::style::{Style, color, is_text, kind_of};
use super::table::{self, LARGE};
use crate::document::{Kind, Measure, Row, Table, Value};
use crate::quantity::Health;

/// What a cell of a table looks like: by its part of the table, its column and its row.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Look {
    part: Part,
    kind: Kind,
    /// Whether text keeps off what stands before it.
    set_off: bool,
    summary: bool,
    /// The level, in the column that shows it.
    indent: u8,
    health: Option<Health>,
}

/// A part of a table.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Part {
    Head,
    Cell,
    /// The column that marks the rows a total counts.
    Counted,
    Total,
}

impl Look {
    fn new(part: Part, table: &Table, place: usize) -> Self {
        let kind = table.columns.get(place).map_or(Kind::Count, |column| column.kind);
        let set_off = place > 0 && is_text(kind);
        Self { part, kind, set_off, summary: false, indent: 0, health: None }
    }

    /// Of a column's head.
    pub(super) fn of_head(table: &Table, place: usize) -> Self {
        Self::new(Part::Head, table, place)
    }

    /// Of a cell by its place, with the place of the column that shows the levels.
    pub(super) fn of(table: &Table, place: usize, levels: usize, row: &Row) -> Self {
        let marks = place >= table.columns.len();
        Self {
            summary: row.summary && !marks,
            indent: if place == levels { row.level.min(15) } else { 0 },
            health: health(row, place),
            ..Self::new(if marks { Part::Counted } else { Part::Cell }, table, place)
        }
    }

    /// Of a total.
    pub(super) fn of_total(table: &Table, place: usize, totals: &Row) -> Self {
        Self { health: health(totals, place), ..Self::new(Part::Total, table, place) }
    }

    fn format(self, style: &Style) -> Format {
        let mut format = match self.part {
            Part::Head => style.head(self.kind),
            Part::Cell => style.cell(self.kind),
            Part::Counted => return counted(style),
            Part::Total => style.total(self.kind),
        };
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

fn health(row: &Row, place: usize) -> Option<Health> {
    match row.cells.get(place) {
        Some(Value::Health(health)) => Some(*health),
        _ => None,
    }
}

/// The looks of the column that marks the rows a total counts.
pub(super) fn counted(style: &Style) -> Format {
    style.cell(Kind::Count).set_font_color(color(style.theme.muted))
}

/// How a text is set that is in no table.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Prose {
    /// A paragraph.
    Plain,
    /// What is said beside.
    Muted,
    /// The same over several lines.
    Note,
    /// A heading.
    Heading,
    /// An entry between hairlines.
    Entry,
    /// One that explains another.
    Quiet,
}

impl Prose {
    const ALL: [Self; 6] = [Self::Plain, Self::Muted, Self::Note, Self::Heading, Self::Entry, Self::Quiet];

    fn format(self, style: &Style) -> Format {
        match self {
            Self::Plain => style.prose(),
            Self::Muted => style.muted(),
            Self::Note => style.muted().set_text_wrap(),
            Self::Heading => style.heading(),
            Self::Entry => style.cell(Kind::Text),
            Self::Quiet => style.cell(Kind::Text).set_font_color(color(style.theme.muted)),
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

/// All looks of a workbook's rows, each with the end of a cell's place and the attribute that names its format.
#[derive(Clone, Debug, Default)]
pub(super) struct Looks {
    /// Those of the cells of tables.
    cells: Vec<(Look, String)>,
    /// Those of the numbers behind the charts, without borders, and of their heads.
    plain: Vec<(Kind, String, String)>,
    prose: Vec<(Prose, String)>,
    /// Those of single figures.
    figures: Vec<(Sort, String)>,
    formats: Vec<Format>,
}

impl Looks {
    /// Collects the looks of the tables' cells and of the measures.
    pub(super) fn of<'t>(
        tables: impl Iterator<Item = (&'t Table, &'t Plan)>,
        measures: &[Measure],
        style: &Style,
    ) -> Self {
        let mut looks = Self::default();
        for (table, plan) in tables {
            looks.add_table((table, plan), style);
        }
        for measure in measures {
            let sort = sort(&measure.value);
            if !looks.figures.iter().any(|(known, _)| *known == sort) {
                let attribute = looks.number(figure(&measure.value, style));
                looks.figures.push((sort, attribute));
            }
        }
        for kind in PLAIN {
            let head = looks.number(style.head(kind));
            let attribute = looks.number(style.of_kind(kind));
            looks.plain.push((kind, attribute, head));
        }
        for prose in Prose::ALL {
            let attribute = looks.number(prose.format(style));
            looks.prose.push((prose, attribute));
        }
        looks
    }

    fn add_table(&mut self, (table, plan): (&Table, &Plan), style: &Style) {
        let columns = table::columns(table, plan);
        for place in 0..columns {
            self.add(Look::of_head(table, place), style);
            if let Some(totals) = &table.totals {
                self.add(Look::of_total(table, place, totals), style);
            }
        }
        if table.rows.len() > LARGE {
            return;
        }
        let levels = table::indented(table);
        let mut before = vec![None; columns];
        for row in table::rows(table) {
            for (place, before) in before.iter_mut().enumerate() {
                let look = Look::of(table, place, levels, row);
                if before.replace(look) != Some(look) {
                    self.add(look, style);
                }
            }
        }
    }

    /// Hours and days look alike, and the file has a format once.
    fn add(&mut self, look: Look, style: &Style) {
        if self.cells.iter().any(|(known, _)| *known == look) {
            return;
        }
        let attribute = self.number(look.format(style));
        self.cells.push((look, attribute));
    }

    fn number(&mut self, format: Format) -> String {
        let place = self.formats.iter().position(|known| *known == format).unwrap_or_else(|| {
            self.formats.push(format);
            self.formats.len() - 1
        });
        // The default format comes first, and is 0.
        format!("\" s=\"{}\"", place + 1)
    }

    /// Makes them the first formats of the workbook.
    pub(super) fn register(&self, workbook: &mut Workbook) {
        for format in &self.formats {
            workbook.register_format(format);
        }
    }

    /// The look of a table's cell.
    pub(super) fn cell(&self, look: Look) -> &str {
        self.cells.iter().find(|(known, _)| *known == look).map_or("\"", |(_, attribute)| attribute)
    }

    /// The look of a number behind a chart.
    pub(super) fn plain(&self, kind: Kind) -> &str {
        self.plain.iter().find(|(known, ..)| *known == kind).map_or("\"", |(_, attribute, _)| attribute)
    }

    /// The look of the head over such numbers.
    pub(super) fn plain_head(&self, kind: Kind) -> &str {
        self.plain.iter().find(|(known, ..)| *known == kind).map_or("\"", |(.., attribute)| attribute)
    }

    /// The look of a text that is in no table.
    pub(super) fn prose(&self, prose: Prose) -> &str {
        self.prose.iter().find(|(known, _)| *known == prose).map_or("\"", |(_, attribute)| attribute)
    }

    /// The look of a measure's figure.
    pub(super) fn figure(&self, value: &Value) -> &str {
        let sort = sort(value);
        self.figures.iter().find(|(known, _)| *known == sort).map_or("\"", |(_, attribute)| attribute)
    }
}

/// By what a single figure gets its looks: its kind, its rating, whether it is undefined.
type Sort = (Kind, Option<Health>, bool);

fn sort(value: &Value) -> Sort {
    let health = if let Value::Health(health) = value { Some(*health) } else { None };
    (kind_of(value), health, matches!(value, Value::Undefined(_)))
}

/// The format of a single figure: bold and set to the right, a date or text included.
fn figure(value: &Value, style: &Style) -> Format {
    let format = style.cell(kind_of(value)).set_bold().set_align(FormatAlign::Right);
    match value {
        // It may become a number when the data changes.
        Value::Undefined(_) => format.set_num_format(style.pattern(Kind::Number(2))),
        Value::Health(health) => style.mark(format, *health),
        _ => format,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn looks_that_are_the_same_format_are_one() {
        let style = Style::of(crate::document::Theme::default(), crate::document::Format::default());
        let mut looks = Looks::default();
        let look =
            |kind| Look { part: Part::Cell, kind, set_off: false, summary: false, indent: 0, health: None };
        for kind in [Kind::Hours, Kind::Days, Kind::Index, Kind::Hours] {
            looks.add(look(kind), &style);
        }
        assert_eq!(looks.formats.len(), 2);
        assert_eq!(looks.cell(look(Kind::Days)), "\" s=\"1\"");
        assert_eq!(looks.cell(look(Kind::Index)), "\" s=\"2\"");
    }
}
