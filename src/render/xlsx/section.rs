//! A section as a sheet: its blocks one under the other, columns wide enough for all of them.

use rust_xlsxwriter::{Format, Worksheet, XlsxError};

use super::book::Book;
use super::style::{Style, kind_of};
use super::{chart, page, table, text, width};
use crate::document::{Block, ItemList, KeyFigure, Kind, Section, Table};

/// Paragraphs are set at least this wide, in digits.
const PROSE: f64 = 80.0;
/// Text of a table that shares its columns with a wider one wraps from here.
const WRAPPED: f64 = 18.0;
/// Paragraphs are at most this wide.
const WIDEST_PROSE: f64 = 120.0;

/// Writes a section.
pub(super) fn write(sheet: &mut Worksheet, book: &mut Book<'_>, section: &Section) -> Result<(), XlsxError> {
    let mut layout = Layout::of(book, &section.blocks);
    layout.open(sheet, book, &section.title)?;
    for block in &section.blocks {
        match block {
            Block::Heading(heading) => layout.heading(sheet, &book.style, heading)?,
            Block::Paragraph(words) => layout.prose(sheet, words, &book.style.prose())?,
            Block::Note(words) => layout.prose(sheet, words, &book.style.muted().set_text_wrap())?,
            Block::Figures(figures) => layout.figures(sheet, &book.style, figures)?,
            Block::Table(table) => layout.table(sheet, book, table)?,
            Block::Chart(chart) => {
                let width = layout.total().min(WIDEST_PROSE);
                layout.row += chart::insert(sheet, book, chart, layout.row, 0, width::pixels(width))?;
                layout.charted = true;
            }
            Block::List(list) => layout.list(sheet, &book.style, list)?,
        }
    }
    layout.close(sheet, book)
}

/// Writes a sheet of one table.
pub(super) fn write_table(
    sheet: &mut Worksheet,
    book: &Book<'_>,
    title: &str,
    table: &Table,
) -> Result<(), XlsxError> {
    let mut layout =
        Layout { widths: fit(&[], &widths(book, table)), row: 0, tables: 1, charted: false, head: None };
    layout.open(sheet, book, title)?;
    layout.bare_table(sheet, book, table)?;
    layout.close(sheet, book)
}

/// Where the next block goes, and how wide the columns are.
struct Layout {
    widths: Vec<f64>,
    row: u32,
    tables: usize,
    charted: bool,
    /// The row of the head of the one table.
    head: Option<u32>,
}

impl Layout {
    fn of(book: &Book<'_>, blocks: &[Block]) -> Self {
        let tables: Vec<&Table> = blocks
            .iter()
            .filter_map(|block| if let Block::Table(table) = block { Some(table) } else { None })
            .collect();
        let mut all = stacked(book, &tables);
        for block in blocks {
            if let Block::Figures(figures) = block {
                let label = figures.iter().map(|f| width::of(&f.label)).fold(0.0, f64::max);
                all = fit(&all, &[(label + 2.0).min(36.0), 16.0]);
            }
        }
        while all.iter().sum::<f64>() < PROSE {
            all.push(12.0);
        }
        Self { widths: all, row: 0, tables: tables.len(), charted: false, head: None }
    }

    fn total(&self) -> f64 {
        self.widths.iter().sum()
    }

    fn open(&mut self, sheet: &mut Worksheet, book: &Book<'_>, title: &str) -> Result<(), XlsxError> {
        let (document, style) = (book.document, &book.style);
        for (column, width) in (0..).zip(&self.widths) {
            sheet.set_column_width(column, *width)?;
        }
        sheet.set_screen_gridlines(false).set_row_height(0, 26)?;
        sheet.write_string_with_format(0, 0, text::cell(title).as_ref(), &style.title())?;
        let mut about =
            format!("{}, status {}", text::line(&document.title), document.format.day(document.status_date));
        if !document.format.currency.is_empty() {
            about = format!("{about}, amounts in {}", document.format.currency);
        }
        sheet.write_string_with_format(1, 0, text::cell(&about).as_ref(), &style.muted())?;
        self.row = 3;
        Ok(())
    }

    fn heading(&mut self, sheet: &mut Worksheet, style: &Style, heading: &str) -> Result<(), XlsxError> {
        sheet.set_row_height(self.row, 22)?;
        sheet.write_string_with_format(self.row, 0, text::cell(heading).as_ref(), &style.heading())?;
        self.row += 1;
        Ok(())
    }

    fn prose(&mut self, sheet: &mut Worksheet, words: &str, format: &Format) -> Result<(), XlsxError> {
        let mut wide = 0.0;
        let mut last = 0;
        for (column, width) in (0..).zip(&self.widths) {
            if wide > 0.0 && wide + width > WIDEST_PROSE {
                break;
            }
            wide += width;
            last = column;
        }
        let words = text::cell(words);
        sheet.set_row_height(self.row, width::height(width::lines(&words, wide - 2.0)) + 2.0)?;
        merged(sheet, self.row, 0, last, &words, format)?;
        self.row += 1;
        Ok(())
    }

    fn figures(
        &mut self,
        sheet: &mut Worksheet,
        style: &Style,
        figures: &[KeyFigure],
    ) -> Result<(), XlsxError> {
        for figure in figures {
            let mut bold = style.cell(kind_of(&figure.value)).set_bold();
            if let Some(health) = figure.health {
                bold = bold.set_font_color(style.health(health));
            }
            let label = style.cell(Kind::Text);
            sheet.write_string_with_format(self.row, 0, text::cell(&figure.label).as_ref(), &label)?;
            table::cell(sheet, style, self.row, 1, &figure.value, Some(&bold))?;
            sheet.write_string_with_format(
                self.row,
                2,
                text::cell(&figure.detail).as_ref(),
                &style.muted(),
            )?;
            self.row += 1;
        }
        self.row += 1;
        Ok(())
    }

    fn table(&mut self, sheet: &mut Worksheet, book: &Book<'_>, table: &Table) -> Result<(), XlsxError> {
        if !table.caption.is_empty() {
            self.heading(sheet, &book.style, &table.caption)?;
        }
        self.bare_table(sheet, book, table)
    }

    fn bare_table(&mut self, sheet: &mut Worksheet, book: &Book<'_>, table: &Table) -> Result<(), XlsxError> {
        let written = table::rows(table).len();
        if written < table.rows.len() {
            let words = format!("The first {written} of {} rows: a sheet holds no more.", table.rows.len());
            self.prose(sheet, &words, &book.style.muted())?;
        }
        if self.tables == 1 && !self.charted {
            self.head = Some(self.row);
        }
        self.row = table::write(sheet, book, table, &self.widths, self.row)? + 1;
        Ok(())
    }

    fn list(&mut self, sheet: &mut Worksheet, style: &Style, list: &ItemList) -> Result<(), XlsxError> {
        self.heading(sheet, style, &list.title)?;
        if list.items.is_empty() {
            self.prose(sheet, &list.empty, &style.muted().set_text_wrap())?;
        }
        for item in &list.items {
            self.prose(sheet, &bullet(&item.text, &item.detail), &style.prose())?;
        }
        self.row += 1;
        Ok(())
    }

    fn close(&self, sheet: &mut Worksheet, book: &Book<'_>) -> Result<(), XlsxError> {
        if let Some(head) = self.head {
            sheet.set_repeat_rows(head, head)?;
            // A head far down would freeze the screen full of what stands above it.
            if head <= 8 {
                sheet.set_freeze_panes(head + 1, 0)?;
            }
        }
        page::set_up(sheet, book.document, self.total());
        Ok(())
    }
}

/// An item of a list on one line.
pub(super) fn bullet(words: &str, detail: &str) -> String {
    let words = text::cell(words);
    if detail.is_empty() { format!("• {words}") } else { format!("• {words} ({})", text::cell(detail)) }
}

/// Text over several columns.
pub(super) fn merged(
    sheet: &mut Worksheet,
    row: u32,
    first: u16,
    last: u16,
    words: &str,
    format: &Format,
) -> Result<(), XlsxError> {
    if first == last {
        sheet.write_string_with_format(row, first, words, format)?;
    } else {
        sheet.merge_range(row, first, row, last, words, format)?;
    }
    Ok(())
}

fn widths(book: &Book<'_>, table: &Table) -> Vec<f64> {
    book.plan(table).map(|plan| table::widths(table, plan, &book.style)).unwrap_or_default()
}

/// The widths for tables one under the other: the widest table has its way; text of the others wraps.
fn stacked(book: &Book<'_>, tables: &[&Table]) -> Vec<f64> {
    let wanted: Vec<Vec<f64>> = tables.iter().map(|table| widths(book, table)).collect();
    let total = |place: usize| wanted.get(place).map_or(0.0, |widths| widths.iter().sum());
    let lead = (0..tables.len()).max_by(|a, b| f64::total_cmp(&total(*a), &total(*b)).then(b.cmp(a)));
    let mut all = Vec::new();
    for (place, (table, widths)) in tables.iter().zip(wanted).enumerate() {
        let narrowed = (0..).zip(widths).map(|(column, width)| {
            let wraps = table.columns.get(column).is_some_and(|column| column.kind == Kind::Text);
            if wraps && Some(place) != lead { width.min(WRAPPED) } else { width }
        });
        all = fit(&all, &narrowed.collect::<Vec<_>>());
    }
    all
}

/// Columns wide enough for both.
fn fit(one: &[f64], other: &[f64]) -> Vec<f64> {
    let width = |widths: &[f64], place: usize| widths.get(place).copied().unwrap_or(0.0);
    (0..one.len().max(other.len())).map(|place| width(one, place).max(width(other, place))).collect()
}
