//! A section as a sheet: its blocks one under the other; tables that cannot share its columns on sheets of
//! their own behind it.

use rust_xlsxwriter::{Format, Worksheet, XlsxError};

use super::book::Book;
use super::cells::{Cells, Content, Rows};
use super::grid::{self, Grid, Span, Stand, Wanted};
use super::looks::Prose;
use super::page::Extent;
use super::style::{Style, kind_of};
use super::table::{self, Added};
use super::{chart, page, text, width};
use crate::document::{Block, Document, ItemList, KeyFigure, Kind, Plot, Section, Table};
use crate::language::{Language, capital};

/// Paragraphs are set at least this wide, in digits.
const PROSE: f64 = 80.0;
/// Paragraphs are at most this wide.
const WIDEST_PROSE: f64 = 120.0;
/// Sheets wider than this do not fit on a screen.
const WIDE: f64 = 160.0;

/// What stands on one sheet.
pub(super) struct Page<'d> {
    /// Its title, and the sheet's name.
    pub(super) title: String,
    parts: Vec<Part<'d>>,
    widths: Vec<f64>,
}

/// A piece of a sheet.
enum Part<'d> {
    Block(&'d Block),
    Table(&'d Table, Stand),
    /// Where a table is that stands apart.
    Pointer(String),
}

/// The sheets of a section: its own first.
pub(super) fn pages<'d>(book: &Book<'d>, section: &'d Section) -> Vec<Page<'d>> {
    let wanted: Vec<Wanted> = tables(section).map(|table| wanted(book, table)).collect();
    let mut grid = Grid::of(&wanted);
    let mut apart = Vec::new();
    let mut stands = std::mem::take(&mut grid.stands).into_iter();
    let mut parts = Vec::with_capacity(section.blocks.len());
    for block in &section.blocks {
        parts.push(match block {
            Block::Table(table) => match stands.next().unwrap_or(Stand::Native) {
                Stand::Apart => {
                    let page = Page::of_table(book, name(book, section, table), table);
                    let pointer = book.style.language.say(phrase!(
                        "{n} {n|row|rows} on the sheet {sheet}",
                        n = table.rows.len(),
                        sheet = &page.title
                    ));
                    apart.push(page);
                    Part::Pointer(pointer)
                }
                stand => Part::Table(table, stand),
            },
            other => Part::Block(other),
        });
    }
    let widths = wide_enough(grid.widths, &section.blocks);
    let mut pages = vec![Page { title: section.title.clone(), parts, widths }];
    pages.append(&mut apart);
    pages
}

impl<'d> Page<'d> {
    /// A sheet of one table.
    pub(super) fn of_table(book: &Book<'d>, title: String, table: &'d Table) -> Self {
        let widths = Grid::of(&[wanted(book, table)]).widths;
        Self { title, parts: vec![Part::Table(table, Stand::Native)], widths }
    }

    /// The tables on the sheet.
    pub(super) fn tables(&self) -> impl Iterator<Item = &'d Table> {
        self.parts
            .iter()
            .filter_map(|part| if let Part::Table(table, _) = part { Some(*table) } else { None })
    }

    /// Writes the sheet and returns what the finished package is given of it.
    pub(super) fn write(&self, sheet: &mut Worksheet, book: &mut Book<'_>) -> Result<Added, XlsxError> {
        let mut layout =
            Layout { widths: &self.widths, row: 0, head: None, drawn: 0.0, added: Added::default() };
        layout.open(sheet, book, &self.title)?;
        for part in &self.parts {
            match part {
                Part::Block(block) => layout.block(sheet, book, block)?,
                Part::Pointer(words) => layout.prose(book, words, Prose::Muted),
                Part::Table(table, stand) => {
                    // The head stays in sight of the only table, and of a long one with something short below;
                    // one far down would freeze the screen full of what stands above it.
                    let only = self.tables().count() == 1 || table.rows.len() > grid::SHORT;
                    let frozen = only && layout.head.is_none() && layout.row <= 8;
                    layout.table(sheet, book, (table, stand), frozen, self.parts.len() > 1)?;
                }
            }
        }
        layout.close(sheet, book)?;
        Ok(layout.added)
    }
}

fn tables(section: &Section) -> impl Iterator<Item = &Table> {
    section.blocks.iter().filter_map(|block| if let Block::Table(table) = block { Some(table) } else { None })
}

fn wanted(book: &Book<'_>, table: &Table) -> Wanted {
    book.plan(table).map(|plan| table::wanted(table, plan, book)).unwrap_or_default()
}

/// A table's id as a title: `guessed_columns` is `Guessed columns`. Ids are English; in other languages the caption
/// says what the table is, or the section's title.
fn name(book: &Book<'_>, section: &Section, table: &Table) -> String {
    if *book.style.language.language != *Language::english() {
        return if table.caption.is_empty() { section.title.clone() } else { table.caption.clone() };
    }
    capital(&table.id.replace('_', " "))
}

/// The widths with room for key figures and prose.
fn wide_enough(mut widths: Vec<f64>, blocks: &[Block]) -> Vec<f64> {
    for block in blocks {
        if let Block::Figures(figures) = block {
            let label = figures.iter().map(|figure| width::of(&figure.label)).fold(0.0, f64::max);
            for (place, wide) in [(label + 2.0).min(36.0), 16.0].into_iter().enumerate() {
                match widths.get_mut(place) {
                    Some(width) => *width = width.max(wide),
                    None => widths.push(wide),
                }
            }
        }
    }
    while widths.iter().sum::<f64>() < PROSE {
        widths.push(12.0);
    }
    widths
}

/// Where the next block goes, and how wide the columns are.
struct Layout<'w> {
    widths: &'w [f64],
    row: u32,
    /// The row of the head that stays in sight, and how many columns.
    head: Option<(u32, u16)>,
    /// The width of the widest chart, in digits.
    drawn: f64,
    /// What is for the finished package.
    added: Added,
}

impl Layout<'_> {
    fn total(&self) -> f64 {
        self.widths.iter().sum()
    }

    fn block(&mut self, sheet: &mut Worksheet, book: &mut Book<'_>, block: &Block) -> Result<(), XlsxError> {
        match block {
            Block::Heading(heading) => self.heading(sheet, &book.style, heading),
            Block::Paragraph(words) => {
                self.prose(book, words, Prose::Plain);
                Ok(())
            }
            Block::Note(words) => {
                self.prose(book, words, Prose::Note);
                Ok(())
            }
            Block::Figures(figures) => self.figures(sheet, &book.style, figures),
            Block::Chart(chart) => {
                // A schedule has names beside its bars.
                let least = if matches!(chart.plot, Plot::Gantt(_)) { WIDEST_PROSE } else { 0.0 };
                let width = self.total().clamp(least, WIDEST_PROSE);
                self.drawn = self.drawn.max(width);
                self.row += chart::insert(sheet, book, chart, self.row, 0, width::pixels(width))?;
                Ok(())
            }
            Block::List(list) => self.list(sheet, book, list),
            // Tables are parts of their own.
            Block::Table(_) => Ok(()),
        }
    }

    fn open(&mut self, sheet: &mut Worksheet, book: &Book<'_>, title: &str) -> Result<(), XlsxError> {
        let (document, style) = (book.document, &book.style);
        for (column, width) in (0..).zip(self.widths) {
            sheet.set_column_width(column, *width)?;
        }
        sheet.set_screen_gridlines(false).set_row_height(0, 26)?;
        sheet.write_string_with_format(0, 0, text::cell(title).as_ref(), &style.title())?;
        let about = about(document, &document.title);
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

    fn prose(&mut self, book: &Book<'_>, words: &str, prose: Prose) {
        let mut wide = 0.0;
        let mut last = 0;
        for (column, width) in (0..).zip(self.widths) {
            if wide > 0.0 && wide + width > WIDEST_PROSE {
                break;
            }
            wide += width;
            last = column;
        }
        let words = text::cell(words);
        let points = width::height(width::lines(&words, wide - 2.0)) + 2.0;
        let mut rows = Rows::with_capacity(words.len() + 40 * usize::from(last) + 100);
        rows.open(self.row, Some(points), 0);
        rows.cell(&Cells::of(Span { first: 0, last }), book.looks.prose(prose), &Content::Text(words));
        rows.close();
        self.added.bodies.extend(rows.finish());
        self.row += 1;
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

    fn table(
        &mut self,
        sheet: &mut Worksheet,
        book: &Book<'_>,
        (table, stand): (&Table, &Stand),
        frozen: bool,
        captioned: bool,
    ) -> Result<(), XlsxError> {
        if captioned && !table.caption.is_empty() {
            self.heading(sheet, &book.style, &table.caption)?;
        }
        let written = table::rows(table).len();
        if written < table.rows.len() {
            let words = book.style.language.say(phrase!(
                "The first {written} of {all} rows: a sheet holds no more.",
                written = written.to_string(),
                all = table.rows.len().to_string()
            ));
            self.prose(book, &words, Prose::Muted);
        }
        if frozen {
            // Of a table too wide for the screen its names stay in sight as well.
            let names = if self.total() > WIDE { table::names(table) } else { 0 };
            self.head = Some((self.row, names));
        }
        let behind = table::write((sheet, &mut self.added), book, table, (stand, self.widths), self.row)?;
        self.row = behind + 1;
        Ok(())
    }

    fn list(&mut self, sheet: &mut Worksheet, book: &Book<'_>, list: &ItemList) -> Result<(), XlsxError> {
        self.heading(sheet, &book.style, &list.title)?;
        if list.items.is_empty() {
            self.prose(book, &list.empty, Prose::Note);
        }
        for item in &list.items {
            self.prose(book, &bullet(&item.text, &item.detail), Prose::Plain);
        }
        self.row += 1;
        Ok(())
    }

    fn close(&self, sheet: &mut Worksheet, book: &Book<'_>) -> Result<(), XlsxError> {
        if let Some((head, names)) = self.head {
            sheet.set_repeat_rows(head, head)?.set_freeze_panes(head + 1, names)?;
            if let Some(last) = names.checked_sub(1) {
                sheet.set_repeat_columns(0, last)?;
            }
        }
        let extent = Extent {
            width: self.total().max(self.drawn),
            rows: self.row,
            charted: self.drawn > 0.0,
            names: self.head.is_some_and(|(_, names)| names > 0),
        };
        page::set_up(sheet, book.document, extent);
        Ok(())
    }
}

/// What a sheet is about: the title, the status date, the currency.
pub(super) fn about(document: &Document, title: &str) -> String {
    let (title, day, currency) = (text::line(title), document.status_date, &document.format.currency);
    document.format.say(if currency.is_empty() {
        phrase!("{title}, status {day}", title, day)
    } else {
        phrase!("{title}, status {day}, amounts in {currency}", title, day, currency)
    })
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
