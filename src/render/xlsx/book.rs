//! What every sheet needs to know of the workbook: its looks, its names, its tables, its sheets' names.

use rust_xlsxwriter::{Workbook, XlsxError};

use super::chart::Ledger;
use super::formula::{Formula, close, number};
use super::looks::Looks;
use super::style::Style;
use super::text::{self, Taken};
use crate::document::{Block, Document, Live, Measure, Table, Value};

/// The head of the column that marks the rows a total counts: 1, or 0 for a summary of others.
const COUNTED: &str = word!("In total");

/// A workbook in the making.
pub(super) struct Book<'d> {
    pub(super) document: &'d Document,
    pub(super) style: Style,
    pub(super) sheets: Taken,
    /// The numbers behind the charts; their sheet is written last.
    pub(super) ledger: Ledger,
    /// What the cells look like that go into the finished package.
    pub(super) looks: Looks,
    names: Vec<String>,
    tables: Vec<(&'d Table, Plan)>,
    /// The name of the table of measures.
    pub(super) measures: String,
}

/// What a table is called in the workbook and which of its columns are computed.
#[derive(Clone, Debug)]
pub(super) struct Plan {
    /// The table's name in formulas.
    pub(super) name: String,
    /// The heads, unique.
    pub(super) heads: Vec<String>,
    /// The head of the column that marks the rows a total counts; only where some are summaries.
    pub(super) counted: Option<String>,
    /// The live formula of each column over the columns of the table.
    pub(super) formulas: Vec<Option<Formula>>,
}

impl<'d> Book<'d> {
    pub(super) fn new(document: &'d Document) -> Self {
        let mut taken = Taken::default();
        let names = document.measures.iter().map(|measure| taken.name(measure.symbol)).collect();
        let sections = document.sections.iter().flat_map(|section| &section.blocks);
        let tables: Vec<_> = document
            .front
            .milestones
            .iter()
            .chain(
                sections.filter_map(|block| if let Block::Table(table) = block { Some(table) } else { None }),
            )
            .map(|table| (table, Plan::new(table, taken.name(table.id), &document.format.word(COUNTED))))
            .collect();
        let measures = taken.name("measures");
        let mut sheets = Taken::default();
        let ledger = Ledger::new(sheets.sheet(&document.format.word(word!("Chart data"))));
        let style = Style::new(document);
        let looks = Looks::of(tables.iter().map(|(table, plan)| (*table, plan)), &document.measures, &style);
        Self { document, style, sheets, ledger, looks, names, tables, measures }
    }

    /// The plan of a table of this document.
    pub(super) fn plan(&self, table: &Table) -> Option<&Plan> {
        self.tables.iter().find(|(planned, _)| std::ptr::eq(*planned, table)).map(|(_, plan)| plan)
    }

    /// Whether a measure is the total of one of its columns.
    pub(super) fn is_total(&self, table: &Table) -> bool {
        let of = |measure: &Measure| matches!(measure.live, Live::Total { table: id, .. } if id == table.id);
        self.document.measures.iter().any(of)
    }

    /// The defined name of a measure, by its place.
    pub(super) fn name(&self, place: usize) -> &str {
        self.names.get(place).map_or("", String::as_str)
    }

    /// The place of the measure that a key figure shows: it names it (`EAC`, `Forecast cost (EAC)`) and has
    /// its value.
    pub(super) fn measure_shown(&self, label: &str, value: &Value) -> Option<usize> {
        let named = |m: &Measure| {
            m.printed == label || m.name == label || label.ends_with(&format!("({})", m.printed))
        };
        let same = |m: &Measure| match (number(&m.value), number(value)) {
            (Some(one), Some(other)) => close(one, other),
            _ => m.value == *value,
        };
        self.document.measures.iter().position(|m| named(m) && same(m))
    }

    /// The formula that computes a measure in the workbook, where there is one that agrees with its value.
    pub(super) fn live(&self, measure: &Measure) -> Option<String> {
        match measure.live {
            Live::Stored => None,
            Live::Total { table, column } => {
                let (table, plan) = self.tables.iter().find(|(planned, _)| planned.id == table)?;
                let column = table.columns.iter().position(|c| c.id == column)?;
                close(total(table, column)?, number(&measure.value)?).then(|| plan.sum(column))
            }
            Live::Formula(text) => {
                let measures = &self.document.measures;
                let symbols: Vec<&str> = measures.iter().map(|m| m.symbol).collect();
                let formula = Formula::read(text, &symbols)?;
                let operand = |place: usize| measures.get(place).and_then(|m| operand(&m.value));
                formula
                    .agrees(&measure.value, &operand)
                    .then(|| formula.write(|place| self.name(place).to_owned()))
            }
        }
    }

    /// Gives the measures their names, once the cells they stand in are known.
    pub(super) fn define(
        &self,
        workbook: &mut Workbook,
        sheet: &str,
        column: &str,
        row: u32,
    ) -> Result<(), XlsxError> {
        let sheet = sheet.replace('\'', "''");
        for (name, row) in self.names.iter().zip(row + 1..) {
            workbook.define_name(name.as_str(), &format!("='{sheet}'!${column}${row}"))?;
        }
        Ok(())
    }
}

/// What a formula finds in a cell: a blank counts as 0, text is no number.
pub(super) fn operand(value: &Value) -> Option<f64> {
    if *value == Value::Empty { Some(0.0) } else { number(value) }
}

/// The sum of a column without the summary rows; `None` when it holds no number.
pub(super) fn total(table: &Table, column: usize) -> Option<f64> {
    let cells = table.rows.iter().filter(|row| !row.summary).filter_map(|row| row.cells.get(column));
    cells.filter_map(number).reduce(|sum, n| sum + n)
}

impl Plan {
    fn new(table: &Table, name: String, counted: &str) -> Self {
        let mut heads = Vec::with_capacity(table.columns.len() + 1);
        let mut taken = Taken::default();
        for column in &table.columns {
            heads.push(taken.head(&column.head));
        }
        let summaries = table.rows.iter().any(|row| row.summary);
        let counted = summaries.then(|| taken.head(counted));
        let symbols: Vec<&str> = table.columns.iter().map(|column| column.symbol.unwrap_or("")).collect();
        let formulas = table
            .columns
            .iter()
            .map(|column| column.formula.and_then(|text| Formula::read(text, &symbols)))
            .collect();
        Self { name, heads, counted, formulas }
    }

    /// The sum of a column over the rows that count, wherever in the workbook it stands.
    pub(super) fn sum(&self, column: usize) -> String {
        match &self.counted {
            None => format!("=SUM({})", self.column(column)),
            Some(counted) => {
                format!("=SUMIFS({},{}[{}],1)", self.column(column), self.name, escaped(counted))
            }
        }
    }

    /// A column of the table.
    pub(super) fn column(&self, column: usize) -> String {
        format!("{}[{}]", self.name, self.heads.get(column).map(|head| escaped(head)).unwrap_or_default())
    }

    /// The live formula of a column as the file has it: without its sign, the marks of XML escaped.
    pub(super) fn column_formula(&self, column: usize) -> Option<String> {
        self.formula(column, |place| self.here(place))
    }

    /// The same with these names of its operands.
    pub(super) fn formula(&self, column: usize, name: impl Fn(usize) -> String) -> Option<String> {
        Some(text::formula(&self.formulas.get(column)?.as_ref()?.write(name)))
    }

    /// The cell of a column in the row of the formula.
    pub(super) fn here(&self, column: usize) -> String {
        let head = self.heads.get(column).map(|head| escaped(head)).unwrap_or_default();
        format!("{}[[#This Row],[{head}]]", self.name)
    }
}

/// A head as a formula writes it: the marks of the notation are quoted.
fn escaped(head: &str) -> String {
    let mut text = String::with_capacity(head.len());
    for character in head.chars() {
        if matches!(character, '[' | ']' | '#' | '\'' | '@') {
            text.push('\'');
        }
        text.push(character);
    }
    text
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::document::{Column, Kind, Row};
    use crate::quantity::Money;

    #[test]
    fn sums_leave_the_summaries_out() {
        let money = |units| Value::Money(Money::from_units(units));
        let mut table = Table {
            id: "wbs",
            caption: String::new(),
            columns: vec![
                Column::new("pv", "PV [EUR]", Kind::Money),
                Column::new("pv2", "pv [eur]", Kind::Money),
            ],
            rows: vec![Row::new(vec![money(1.5), money(1.0)]), Row::new(vec![money(2.25), money(1.0)])],
            totals: None,
            print_rows: None,
        };
        let plan = Plan::new(&table, "wbs".to_owned(), COUNTED);
        assert_eq!(plan.sum(0), "=SUM(wbs[PV '[EUR']])");
        assert_eq!(plan.here(1), "wbs[[#This Row],[pv '[eur'] 2]]");
        table.rows.push(Row { summary: true, ..Row::new(vec![money(3.75), money(2.0)]) });
        assert_eq!(
            Plan::new(&table, "wbs".to_owned(), COUNTED).sum(0),
            "=SUMIFS(wbs[PV '[EUR']],wbs[In total],1)"
        );
        assert_eq!(total(&table, 0), Some(3.75));
    }
}
