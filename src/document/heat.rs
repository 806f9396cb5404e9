//! A heat map: people by weeks, a figure in every cell.

use chrono::NaiveDate;

/// Shares by row and week, coloured by how much they are; every cell has its figure.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct HeatMap {
    /// The first day of each column.
    pub weeks: Vec<NaiveDate>,
    /// The last day that is past: a line is drawn after it.
    pub status: NaiveDate,
    /// What stands over the columns before and after that day: `booked`, `planned`.
    pub sides: (String, String),
    /// The rows.
    pub rows: Vec<HeatRow>,
    /// From which shares on a cell is room, full, too full.
    pub heat: Heat,
}

/// A row of a heat map.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct HeatRow {
    /// Its name.
    pub label: String,
    /// Set off from the others: all of them together.
    pub total: bool,
    /// One a column.
    pub cells: Vec<HeatCell>,
}

/// A cell of a heat map.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub enum HeatCell {
    /// Nothing to say: neither load nor time.
    #[default]
    Nothing,
    /// A share, 1.0 is 100%.
    Share(f64),
    /// Hours of somebody whose time is not known, or who has none: they are a share of nothing.
    Hours(f64),
}

/// What separates the colours.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub struct Heat {
    /// Below it is room.
    pub under: f64,
    /// Above it is too much.
    pub over: f64,
    /// Above it is far too much.
    pub red: f64,
}
