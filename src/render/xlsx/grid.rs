//! Where the columns of several tables stand that share a sheet, and with it the widths of its columns.
//!
//! One table has its way with the widths. Another one joins as a table of the workbook where its columns
//! find widths they can live with; a short one that does not is written over merged cells; a long one
//! gets a sheet of its own, with filters and a frozen head.

/// Tables with more rows than these are not written over merged cells: one wants to sort and filter them.
pub(super) const SHORT: usize = 40;
/// Text columns up to this width do not wrap.
const WORD: f64 = 20.0;
/// The share of its width a longer text column can do with.
const WRAPPED: f64 = 0.6;
/// Long texts over merged cells are cut down to this share, so that a sheet does not grow wider than [`PAGE`].
const LEAST: f64 = 0.4;
/// The digits that go well on a page.
const PAGE: f64 = 150.0;
/// A number is lost in a column this many times as wide as it needs.
const LOST: f64 = 3.0;

/// What a table asks for.
#[derive(Clone, Debug, Default)]
pub(super) struct Wanted {
    /// Its columns in order.
    pub(super) columns: Vec<WantedColumn>,
    /// How many rows it has.
    pub(super) rows: usize,
    /// Whether it must be a table of the workbook, because formulas refer to it.
    pub(super) rigid: bool,
}

/// What a column asks for.
#[derive(Clone, Copy, Debug)]
pub(super) struct WantedColumn {
    /// The width in digits.
    pub(super) width: f64,
    /// Whether it holds text, which wraps.
    pub(super) text: bool,
}

/// The columns of the sheet that a column of a table takes.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Span {
    pub(super) first: u16,
    pub(super) last: u16,
}

/// How a table stands on its sheet.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum Stand {
    /// A column of the sheet for each of its own: a table of the workbook.
    Native,
    /// Over merged cells.
    Spanned(Vec<Span>),
    /// On a sheet of its own.
    Apart,
}

/// The columns of a sheet and how its tables stand on them.
#[derive(Clone, Debug, Default)]
pub(super) struct Grid {
    /// The widths of the columns.
    pub(super) widths: Vec<f64>,
    /// A stand for each table, in their order.
    pub(super) stands: Vec<Stand>,
}

impl Grid {
    /// Shares the columns of a sheet out among the tables on it.
    pub(super) fn of(tables: &[Wanted]) -> Self {
        let numbers = |table: &Wanted| table.columns.iter().filter(|column| !column.text).count();
        let rank = |table: &Wanted| (table.rigid, numbers(table), table.columns.len());
        // The finest columns serve the others best; of equals the first.
        let lead = (0..tables.len()).rev().max_by_key(|place| rank(&tables[*place]));
        let Some(lead) = lead else { return Self::default() };
        let mut widths: Vec<f64> = tables[lead].columns.iter().map(|column| column.width).collect();
        let mut stands = Vec::with_capacity(tables.len());
        for (place, table) in tables.iter().enumerate() {
            stands.push(if place == lead || fits(&widths, table) {
                widen(&mut widths, table);
                Stand::Native
            } else if table.rigid || table.rows > SHORT {
                Stand::Apart
            } else {
                Stand::Spanned(Vec::new())
            });
        }
        for (stand, table) in stands.iter_mut().zip(tables) {
            if let Stand::Spanned(spans) = stand {
                *spans = spread(&mut widths, table);
            }
        }
        Self { widths, stands }
    }
}

/// Whether every column finds a width it can live with, or may widen.
fn fits(widths: &[f64], table: &Wanted) -> bool {
    widths.iter().zip(&table.columns).all(|(width, column)| {
        if column.text {
            column.width <= WORD || *width >= column.width * WRAPPED
        } else {
            *width <= column.width * LOST
        }
    })
}

/// Widens the columns for what does not wrap, and adds those that are missing.
fn widen(widths: &mut Vec<f64>, table: &Wanted) {
    for (place, column) in table.columns.iter().enumerate() {
        match widths.get_mut(place) {
            Some(width) if column.text && column.width > WORD => *width = width.max(column.width * WRAPPED),
            Some(width) => *width = width.max(column.width),
            None => widths.push(column.width),
        }
    }
}

/// Gives every column of the table as many columns of the sheet as it needs, from the left.
fn spread(widths: &mut Vec<f64>, table: &Wanted) -> Vec<Span> {
    let wanted = |text: bool| -> f64 {
        let long = |column: &&WantedColumn| (column.text && column.width > WORD) == text;
        table.columns.iter().filter(long).map(|column| column.width).sum()
    };
    // Long texts wrap before they make the sheet wider than a page.
    let room = widths.iter().sum::<f64>().max(PAGE) - wanted(false);
    let share = (room / wanted(true).max(1.0)).clamp(LEAST, 0.97);
    let mut next = 0;
    let mut spans = Vec::with_capacity(table.columns.len());
    for column in &table.columns {
        let enough = column.width * if column.text && column.width > WORD { share } else { 0.95 };
        let (first, mut wide) = (next, 0.0);
        while next == first || wide < enough {
            if next == widths.len() {
                widths.push((enough - wide).max(9.0));
            }
            wide += widths[next];
            next += 1;
        }
        let column = |place: usize| u16::try_from(place).unwrap_or(u16::MAX);
        spans.push(Span { first: column(first), last: column(next - 1) });
    }
    spans
}

#[cfg(test)]
mod tests {
    use super::*;

    fn table(columns: &[(f64, bool)], rows: usize) -> Wanted {
        let columns = columns.iter().map(|(width, text)| WantedColumn { width: *width, text: *text });
        Wanted { columns: columns.collect(), rows, rigid: false }
    }

    const NUMBER: bool = false;
    const TEXT: bool = true;

    /// Work, WBS and six amounts; a phase and six amounts; work, two amounts and a long cause.
    fn earned_value(causes: usize) -> [Wanted; 3] {
        let amounts = [(10.0, NUMBER); 6];
        let wbs = [&[(42.0, TEXT), (7.0, TEXT)], &amounts[..]].concat();
        let phases = [&[(18.0, TEXT)], &amounts[..]].concat();
        let causes_of = [(42.0, TEXT), (10.0, NUMBER), (10.0, NUMBER), (78.0, TEXT)];
        [Wanted { rigid: true, ..table(&wbs, 9) }, table(&phases, 4), table(&causes_of, causes)]
    }

    #[test]
    fn like_columns_share_widths_and_a_long_text_spans_several() {
        let grid = Grid::of(&earned_value(8));
        assert_eq!(grid.stands[..2], [Stand::Native, Stand::Native]);
        // The code's column widens to the amount below it.
        assert_eq!(grid.widths[..3], [42.0, 10.0, 10.0]);
        let Stand::Spanned(spans) = &grid.stands[2] else { panic!("{:?}", grid.stands) };
        assert_eq!(spans[..2], [Span { first: 0, last: 0 }, Span { first: 1, last: 1 }]);
        let cause = spans[3];
        assert_eq!(cause.first, 3);
        let wide: f64 = grid.widths[usize::from(cause.first)..=usize::from(cause.last)].iter().sum();
        assert!(wide >= 60.0, "{wide}");
    }

    #[test]
    fn a_long_table_that_does_not_fit_stands_apart() {
        assert_eq!(Grid::of(&earned_value(SHORT + 1)).stands[2], Stand::Apart);
    }

    #[test]
    fn no_number_is_lost_in_a_column_of_text() {
        let read = table(&[(30.0, TEXT), (12.0, TEXT), (8.0, NUMBER), (8.0, NUMBER), (40.0, TEXT)], 5);
        let found = table(&[(7.0, TEXT), (9.0, TEXT), (30.0, TEXT), (78.0, TEXT), (70.0, TEXT)], 12);
        let grid = Grid::of(&[read, found]);
        assert_eq!(grid.stands[0], Stand::Native);
        assert_eq!(grid.widths[2..4], [8.0, 8.0]);
        assert!(matches!(grid.stands[1], Stand::Spanned(_)));
    }

    #[test]
    fn one_table_has_its_way_and_none_needs_nothing() {
        let only = Grid::of(&[table(&[(90.0, TEXT), (10.0, NUMBER)], 10_000)]);
        assert_eq!((only.widths, only.stands), (vec![90.0, 10.0], vec![Stand::Native]));
        assert!(Grid::of(&[]).widths.is_empty());
    }
}
