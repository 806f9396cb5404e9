//! What the report room hands to the render room: a document of typed blocks.
//!
//! A cell keeps its quantity, so that PDF, XLSX and JSON show the same digits each in its own way.
//! Nothing here knows a project or a metric; nothing here knows a page or a worksheet.

mod bullets;
mod form;
mod format;
mod heat;
mod machine;
mod outline;
mod stepwise;
mod uncertainty;

use chrono::{Datelike as _, NaiveDate, NaiveDateTime, Timelike as _};

use crate::quantity::{Health, Money, Reason, Work};
use crate::wording::push_two;

pub use crate::language::Format;
pub use bullets::{Bullet, Bullets};
pub use form::{Form, FormColumn, FormExample, FormTable};
pub use heat::{Heat, HeatCell, HeatMap, HeatRow};
pub use machine::Machine;
pub use stepwise::{Part, Quadrants, Waterfall, WaterfallStep};
pub use uncertainty::{Histogram, Matrix, MatrixItem, Over, Scatter, gravity};

/// One report, ready to be rendered.
#[derive(Clone, Debug)]
pub struct Document {
    /// File name without its ending: `atlas-status-2026-03-31`.
    pub stem: String,
    /// What the reader sees on top: the project's or portfolio's name.
    pub title: String,
    /// `Status report`, `Executive summary`.
    pub subtitle: String,
    /// The day it speaks of; also the creation date of the files.
    pub status_date: NaiveDate,
    /// Who wrote it (the project manager), for the document properties.
    pub author: Option<String>,
    /// BCP 47, `en`.
    pub language: &'static str,
    /// `Confidential`: on every page.
    pub marking: Option<String>,
    /// Colours, page, logo.
    pub theme: Theme,
    /// How quantities are written.
    pub format: Format,
    /// Page 1: always one page.
    pub front: Front,
    /// The pages behind it, in order; only those with data.
    pub sections: Vec<Section>,
    /// The figures the workbook gives names to and computes live, in the order of the catalogue.
    pub measures: Vec<Measure>,
    /// What the JSON says.
    pub machine: Machine,
}

/// Colours, page and logo, from the template.
#[derive(Clone, Debug, PartialEq)]
pub struct Theme {
    /// Headings, planned values.
    pub accent: Rgb,
    /// Body text.
    pub ink: Rgb,
    /// Secondary text, rules.
    pub muted: Rgb,
    /// Backgrounds of heads and bands.
    pub wash: Rgb,
    /// Green health; tell apart by colour-blind readers.
    pub green: Rgb,
    /// Amber health.
    pub amber: Rgb,
    /// Red health.
    pub red: Rgb,
    /// The page.
    pub page: PageSize,
    /// PNG or JPEG bytes of a logo.
    pub logo: Option<Vec<u8>>,
}

impl Default for Theme {
    fn default() -> Self {
        Self {
            accent: Rgb(0x1F, 0x4E, 0x79),
            ink: Rgb(0x1C, 0x1F, 0x24),
            muted: Rgb(0x6B, 0x72, 0x80),
            wash: Rgb(0xF2, 0xF5, 0xF8),
            green: Rgb(0x1B, 0x7F, 0x79),
            amber: Rgb(0xE0, 0x9F, 0x1F),
            red: Rgb(0xB3, 0x26, 0x1E),
            page: PageSize::A4,
            logo: None,
        }
    }
}

/// A colour.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub struct Rgb(pub u8, pub u8, pub u8);

/// The page.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, serde::Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum PageSize {
    /// 210 x 297 mm.
    #[default]
    A4,
    /// 8.5 x 11 inches.
    Letter,
}

/// A quantity or text in a cell, a tile or a sentence.
#[derive(Clone, Debug, PartialEq)]
pub enum Value {
    /// Nothing to say.
    Empty,
    /// Not defined, and why.
    Undefined(Reason),
    /// Text, never interpreted.
    Text(String),
    /// An amount.
    Money(Money),
    /// An amount that is an estimate (EAC, ETC): unrounded, shown like money.
    Estimate(f64),
    /// Hours of work.
    Hours(Work),
    /// Working days, one decimal.
    Days(f64),
    /// A ratio such as CPI, two decimals.
    Index(f64),
    /// A share, 1.0 is 100%.
    Percent(f64),
    /// A whole number.
    Count(u64),
    /// A number with these decimals.
    Number(f64, usize),
    /// A day.
    Date(NaiveDate),
    /// A rating, with its word.
    Health(Health),
}

/// What kind of values a column holds: alignment, number format and conditional format follow.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Kind {
    /// Left, wraps.
    Text,
    /// Right, money.
    Money,
    /// Right, hours with one decimal.
    Hours,
    /// Right, one decimal.
    Days,
    /// Right, two decimals.
    Index,
    /// Right, per cent.
    Percent,
    /// Right, whole number.
    Count,
    /// Right, this many decimals.
    Number(usize),
    /// Date.
    Date,
    /// A health mark and its word.
    Health,
}

/// Page 1, one page always. The renderer gives the chart the height that is left and cuts the lists
/// at what fits, saying how many more there are.
#[derive(Clone, Debug, Default)]
pub struct Front {
    /// Label and value under the title: sponsor, manager, status date, period, baseline.
    pub head: Vec<(String, String)>,
    /// Overall health first, then per dimension.
    pub health: Vec<HealthMark>,
    /// The author's own words and the composed sentences.
    pub narrative: Vec<String>,
    /// Eight or so tiles.
    pub figures: Vec<KeyFigure>,
    /// The S-curve.
    pub chart: Option<Chart>,
    /// The milestones.
    pub milestones: Option<Table>,
    /// Side by side: done, planned but not done, next.
    pub lists: Vec<ItemList>,
}

/// A dimension's health with the rule and the value that fired it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct HealthMark {
    /// `Overall`, `Cost`, `Schedule`, ...
    pub dimension: String,
    /// The rating; `None` when it cannot be assessed.
    pub health: Option<Health>,
    /// The rule and the value: `CPI 0.87 is below 0.90`.
    pub rule: String,
}

/// A tile: a name, a large value, a small line below.
#[derive(Clone, Debug, PartialEq)]
pub struct KeyFigure {
    /// `EAC`.
    pub label: String,
    /// The value.
    pub value: Value,
    /// `12% over BAC`, `no actual cost booked`.
    pub detail: String,
    /// Colours the value's mark.
    pub health: Option<Health>,
}

/// A short list under a head.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ItemList {
    /// `Done this period`.
    pub title: String,
    /// The items; each is one or two lines.
    pub items: Vec<ListItem>,
    /// Shown when there are no items.
    pub empty: String,
}

/// One item of a list.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ListItem {
    /// What.
    pub text: String,
    /// When or how much, set off at the right or in muted ink.
    pub detail: String,
}

/// A section: a chapter of the PDF, a sheet of the workbook.
#[derive(Clone, Debug)]
pub struct Section {
    /// Stable id, `earned_value`.
    pub id: &'static str,
    /// The title in the report; also the sheet's name, shortened.
    pub title: String,
    /// What is in it, in order.
    pub blocks: Vec<Block>,
}

/// A piece of a section.
#[derive(Clone, Debug)]
pub enum Block {
    /// A heading within the section.
    Heading(String),
    /// A paragraph.
    Paragraph(String),
    /// A small caveat.
    Note(String),
    /// Tiles.
    Figures(Vec<KeyFigure>),
    /// A table.
    Table(Table),
    /// A chart.
    Chart(Chart),
    /// A bulleted list.
    List(ItemList),
}

/// A table. Its id is unique in the document: it names the table of the workbook and formulas refer to it.
#[derive(Clone, Debug)]
pub struct Table {
    /// `wbs`, `tasks`, `costs`: `[a-z_]+`.
    pub id: &'static str,
    /// What it shows; empty when the section's title says it.
    pub caption: String,
    /// The columns.
    pub columns: Vec<Column>,
    /// The rows.
    pub rows: Vec<Row>,
    /// The row of totals, set off below.
    pub totals: Option<Row>,
    /// The PDF shows the first `n` of the rows it may show and says how many more the workbook has; `None`
    /// shows all of them. With 0 the table is left out of the PDF: a chart shows what is in it.
    pub print_rows: Option<usize>,
}

impl Table {
    /// The rows of the PDF.
    pub fn printed(&self) -> impl Iterator<Item = &Row> {
        self.rows.iter().filter(|row| !row.workbook_only).take(self.print_rows.unwrap_or(usize::MAX))
    }

    /// Without one of its columns: the data has nothing for it.
    #[must_use]
    pub fn without(mut self, id: &str) -> Self {
        if let Some(at) = self.columns.iter().position(|column| column.id == id) {
            self.columns.remove(at);
            for row in self.rows.iter_mut().chain(&mut self.totals) {
                row.cells.remove(at);
            }
        }
        self
    }
}

/// A column of a table.
#[derive(Clone, Debug, PartialEq)]
pub struct Column {
    /// `cpi`: `[a-z_0-9]+`, unique in its table.
    pub id: &'static str,
    /// The head.
    pub head: String,
    /// What it holds.
    pub kind: Kind,
    /// Live formula of the workbook over the symbols of other columns of this table
    /// (`EV / AC`); the stored result is the cell's value. Undefined shows as an en dash.
    pub formula: Option<&'static str>,
    /// The symbol formulas call this column by (`EV`).
    pub symbol: Option<&'static str>,
    /// Whether the workbook's total of the column is a live sum.
    pub sums: bool,
    /// Relative width of a text column; numbers take what they need.
    pub weight: u8,
    /// Left out of the PDF (too wide), kept in the workbook.
    pub workbook_only: bool,
    /// Where a higher figure is better: amber below the first, red below the second.
    pub thresholds: Option<(f64, f64)>,
    /// The workbook colours its cells by how full they are.
    pub heat: Option<Heat>,
}

impl Column {
    /// A column without formula or symbol.
    #[must_use]
    pub fn new(id: &'static str, head: impl Into<String>, kind: Kind) -> Self {
        Self {
            id,
            head: head.into(),
            kind,
            formula: None,
            symbol: None,
            sums: false,
            weight: 1,
            workbook_only: false,
            thresholds: None,
            heat: None,
        }
    }

    /// Known to formulas by this symbol.
    #[must_use]
    pub fn symbol(mut self, symbol: &'static str) -> Self {
        self.symbol = Some(symbol);
        self
    }

    /// Computed live by this formula.
    #[must_use]
    pub fn formula(mut self, formula: &'static str) -> Self {
        self.formula = Some(formula);
        self
    }

    /// Summed in the totals row.
    #[must_use]
    pub fn sums(mut self) -> Self {
        self.sums = true;
        self
    }

    /// This wide, relative to other text columns.
    #[must_use]
    pub fn weight(mut self, weight: u8) -> Self {
        self.weight = weight;
        self
    }

    /// Rated: amber below the first threshold, red below the second.
    #[must_use]
    pub fn thresholds(mut self, amber: f64, red: f64) -> Self {
        self.thresholds = Some((amber, red));
        self
    }

    /// Coloured by how full it is.
    #[must_use]
    pub fn heat(mut self, heat: Heat) -> Self {
        self.heat = Some(heat);
        self
    }

    /// In the workbook only.
    #[must_use]
    pub fn workbook_only(mut self) -> Self {
        self.workbook_only = true;
        self
    }
}

/// A row of a table: as many cells as the table has columns.
#[derive(Clone, Debug, PartialEq)]
pub struct Row {
    /// The cells.
    pub cells: Vec<Value>,
    /// Indent of the first text cell (WBS level).
    pub level: u8,
    /// Set in bold: a summary. Its values are of its children: sums skip it.
    pub summary: bool,
    /// Left out of the PDF (it matters less than others of a long list), kept in the workbook.
    pub workbook_only: bool,
}

impl Row {
    /// A plain row.
    #[must_use]
    pub fn new(cells: Vec<Value>) -> Self {
        Self { cells, level: 0, summary: false, workbook_only: false }
    }

    /// In the workbook only.
    #[must_use]
    pub fn workbook_only(mut self) -> Self {
        self.workbook_only = true;
        self
    }
}

/// A named figure of the workbook's cover: `formula` computes it live from other measures, or `total`
/// sums a column of a table.
#[derive(Clone, Debug, PartialEq)]
pub struct Measure {
    /// Catalogue id: `cpi`.
    pub id: &'static str,
    /// `CPI`; the workbook's defined name is derived from it (`SPI(t)` becomes `SPI_t`).
    pub symbol: &'static str,
    /// The symbol as the field prints it.
    pub printed: String,
    /// `Cost performance index`.
    pub name: String,
    /// The value, unrounded.
    pub value: Value,
    /// How the workbook computes it.
    pub live: Live,
    /// In words, for the note beside it.
    pub meaning: String,
}

/// How the workbook computes a measure.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Live {
    /// Stored: there is no formula a worksheet could compute it by.
    Stored,
    /// The sum of a column of a table, its summary rows left out.
    Total {
        /// Table id.
        table: &'static str,
        /// Column id.
        column: &'static str,
    },
    /// A formula over the symbols of other measures: `AC + (BAC - EV) / CPI`.
    Formula(&'static str),
}

/// A chart. The numbers are in it; the PDF draws them, the workbook makes a native chart.
#[derive(Clone, Debug)]
pub struct Chart {
    /// `s_curve`: unique in the document.
    pub id: &'static str,
    /// The title.
    pub title: String,
    /// What a reader who cannot see it should know.
    pub alt: String,
    /// What is drawn.
    pub plot: Plot,
}

/// What is drawn.
#[derive(Clone, Debug)]
pub enum Plot {
    /// Values over time.
    Lines(Lines),
    /// Amounts side by side by category.
    Bars(Bars),
    /// A schedule.
    Gantt(Gantt),
    /// Two indices against each other, with the trail of the periods.
    BullsEye(BullsEye),
    /// Risks by probability and impact.
    Matrix(Matrix),
    /// How often which value occurred.
    Histogram(Histogram),
    /// Cost against finish.
    Scatter(Scatter),
    /// How a figure becomes another.
    Waterfall(Waterfall),
    /// Names by two levels, in four quarters.
    Quadrants(Quadrants),
    /// Objectives between baseline and target.
    Bullets(Bullets),
    /// Shares by row and week. A workbook colours the cells of its table instead ([`Column::heat`]).
    HeatMap(HeatMap),
}

/// Values over time; series are labelled at their last point.
#[derive(Clone, Debug)]
pub struct Lines {
    /// What the vertical axis measures: `Kind::Money`, `Kind::Index`.
    pub kind: Kind,
    /// The unit, over the axis: `EUR`.
    pub unit: String,
    /// The series.
    pub series: Vec<Series>,
    /// Vertical lines: the status date, the baseline finish.
    pub marks: Vec<(NaiveDate, String)>,
    /// Horizontal lines: thresholds.
    pub levels: Vec<(f64, String)>,
    /// A range that opens over time: the forecast cone.
    pub cone: Option<Cone>,
    /// Whether the vertical axis starts at 0.
    pub from_zero: bool,
}

/// One line.
#[derive(Clone, Debug)]
pub struct Series {
    /// `Planned value (PV)`.
    pub name: String,
    /// How it is drawn.
    pub role: Role,
    /// Points in order of time.
    pub points: Vec<(NaiveDate, f64)>,
}

/// What a series stands for; its colour and stroke follow.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Role {
    /// The plan: accent.
    Planned,
    /// What is earned: green.
    Earned,
    /// What it cost: red.
    Actual,
    /// What is expected: dashed.
    Forecast,
    /// Anything else: muted.
    Other,
}

/// From the last actual point to a range at the end.
#[derive(Clone, Debug, PartialEq)]
pub struct Cone {
    /// Where it opens.
    pub from: (NaiveDate, f64),
    /// The lower end.
    pub low: (NaiveDate, f64),
    /// The upper end.
    pub high: (NaiveDate, f64),
    /// `EAC 1.2-1.4 million`.
    pub label: String,
}

/// Amounts side by side by category, horizontal.
#[derive(Clone, Debug)]
pub struct Bars {
    /// What the bars measure.
    pub kind: Kind,
    /// The unit.
    pub unit: String,
    /// The categories.
    pub categories: Vec<String>,
    /// The series: name, role, one value a category.
    pub series: Vec<(String, Role, Vec<f64>)>,
    /// Stacked instead of side by side.
    pub stacked: bool,
}

/// A schedule: one bar a row.
#[derive(Clone, Debug)]
pub struct Gantt {
    /// First day shown.
    pub from: NaiveDate,
    /// Last day shown.
    pub to: NaiveDate,
    /// The status line.
    pub status: NaiveDate,
    /// The rows.
    pub rows: Vec<GanttRow>,
    /// The links that set dates, between rows.
    pub links: Vec<GanttLink>,
}

/// A link between two rows of a schedule.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct GanttLink {
    /// The row before and the row after.
    pub rows: (usize, usize),
    /// Whether it hangs on the finish of the first and on the finish of the second, rather than their starts.
    pub finishes: (bool, bool),
    /// On the critical path.
    pub critical: bool,
}

/// A task of the schedule.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct GanttRow {
    /// WBS code or id.
    pub code: String,
    /// The name.
    pub label: String,
    /// Indent.
    pub level: u8,
    /// A heading over other rows.
    pub summary: bool,
    /// A moment rather than a span.
    pub milestone: bool,
    /// First and last day of the baseline.
    pub baseline: Option<(NaiveDate, NaiveDate)>,
    /// First day and last day so far of the work done.
    pub actual: Option<(NaiveDate, NaiveDate)>,
    /// First and last day of what remains.
    pub remaining: Option<(NaiveDate, NaiveDate)>,
    /// Share done, 0..=1.
    pub done: f64,
    /// Finished or expected later than the baseline.
    pub late: bool,
    /// On the critical path; `None` while no network is computed.
    pub critical: Option<bool>,
    /// The last day to which it can slip without moving the finish, where that is later than its end.
    pub float_to: Option<NaiveDate>,
    /// The day it should not pass.
    pub deadline: Option<NaiveDate>,
}

/// CPI against SPI(t) with the trail of the periods.
#[derive(Clone, Debug)]
pub struct BullsEye {
    /// Label, SPI(t), CPI, oldest first.
    pub trail: Vec<(String, f64, f64)>,
    /// Amber and red thresholds.
    pub thresholds: (f64, f64),
}

/// A day or moment as the JSON contract writes it: `2026-03-31`, or with a time where it has one.
#[must_use]
pub fn iso(moment: NaiveDateTime) -> String {
    let mut text = iso_day(moment.date());
    if moment.time() != chrono::NaiveTime::MIN {
        for (before, part) in [('T', moment.hour()), (':', moment.minute()), (':', moment.second())] {
            text.push(before);
            push_two(&mut text, part);
        }
    }
    text
}

/// A day as the JSON contract writes it, which has thousands.
fn iso_day(day: NaiveDate) -> String {
    let Some(year) = u32::try_from(day.year()).ok().filter(|year| *year < 10_000) else {
        return day.to_string();
    };
    let mut text = String::with_capacity("2026-03-31T00:00:00".len());
    push_two(&mut text, year / 100);
    push_two(&mut text, year % 100);
    for part in [day.month(), day.day()] {
        text.push('-');
        push_two(&mut text, part);
    }
    text
}
