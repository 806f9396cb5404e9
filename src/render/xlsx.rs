//! The workbook: a cover, the measures with their live formulas, a sheet a section, the numbers of
//! the charts.
//!
//! Everything that is computed in the workbook stores the result the document gives it, and only
//! what computes to that very result is computed: see [`formula`].

mod book;
mod cells;
mod chart;
mod cover;
mod form;
mod formula;
mod grid;
mod looks;
mod measures;
mod package;
mod page;
mod section;
mod style;
mod table;
mod text;
mod width;

use rust_xlsxwriter::{DocProperties, ExcelDateTime, Workbook, XlsxError};

use crate::document::{Document, Form};
use book::Book;
use section::Page;
use table::Added;

/// The quickest level, of 9 with the writer and of 12 with us.
const COMPRESSION: u8 = 1;

/// The workbook of a document, the same bytes for the same document.
///
/// # Errors
/// What the writer says: a logo that is no image, or our own bug.
pub(super) fn report(document: &Document) -> Result<Vec<u8>, String> {
    let mut book = Book::new(document);
    let (written, sheets) = write(document, &mut book).map_err(|error| error.to_string())?;
    package::complete(&written, &sheets, &book)
}

/// The workbook of a form.
///
/// # Errors
/// What the writer says: our own bug.
pub(super) fn form(form: &Form) -> Result<Vec<u8>, String> {
    form::write(form).map_err(|error| error.to_string())
}

/// The package without the tables, and what it is to be given, sheet by sheet.
fn write(document: &Document, book: &mut Book<'_>) -> Result<(Vec<u8>, Vec<Added>), XlsxError> {
    let mut workbook = Workbook::new();
    workbook.set_zip_compression_level(COMPRESSION).set_properties(&properties(document)?);
    book.looks.register(&mut workbook);
    let mut added = Vec::new();

    let cover = book.sheets.sheet(&document.format.word(word!("Cover")));
    cover::write(workbook.add_worksheet().set_name(&cover)?, book)?;
    added.push(Added::default());
    if !document.measures.is_empty() {
        let name = book.sheets.sheet(&document.format.word(word!("Measures")));
        let rows = measures::write(workbook.add_worksheet().set_name(&name)?, book)?;
        book.define(&mut workbook, &name, measures::VALUE, measures::FIRST)?;
        added.push(Added { bodies: rows.into_iter().collect(), ..Added::default() });
    }
    if let Some(table) = &document.front.milestones {
        let milestones = || document.format.word(word!("Milestones"));
        let title = if table.caption.is_empty() { milestones() } else { table.caption.clone() };
        let name = book.sheets.sheet(&title);
        let page = Page::of_table(book, title, table);
        added.push(page.write(workbook.add_worksheet().set_name(&name)?, book)?);
    }
    for section in &document.sections {
        for page in section::pages(book, section) {
            let name = book.sheets.sheet(&page.title);
            let sheet = if is_large(&page) {
                workbook.add_worksheet_with_constant_memory()?
            } else {
                workbook.add_worksheet()
            };
            added.push(page.write(sheet.set_name(&name)?, book)?);
        }
    }
    if !book.ledger.is_empty() {
        let rows = book.ledger.write(workbook.add_worksheet().set_name(&book.ledger.sheet)?, book)?;
        added.push(Added { bodies: rows.into_iter().collect(), ..Added::default() });
    }
    Ok((workbook.save_to_buffer()?, added))
}

fn is_large(page: &Page<'_>) -> bool {
    page.tables().any(|table| table.rows.len() > table::LARGE)
}

fn properties(document: &Document) -> Result<DocProperties, XlsxError> {
    use chrono::Datelike;
    let day = document.status_date;
    let year = u16::try_from(day.year()).unwrap_or(1900);
    let (month, day) = (u8::try_from(day.month()).unwrap_or(1), u8::try_from(day.day()).unwrap_or(1));
    let mut properties = DocProperties::new()
        .set_title(text::cut(&text::line(&document.title), 250))
        .set_subject(text::cut(&text::line(&document.subtitle), 250))
        .set_keywords(document.format.word(word!("earned value, project status")))
        .set_comment(document.format.word(word!("Made by earnest")))
        .set_creation_datetime(&ExcelDateTime::from_ymd(year, month, day)?);
    if let Some(author) = &document.author {
        properties = properties.set_author(text::cut(&text::line(author), 250));
    }
    if let Some(marking) = &document.marking {
        properties = properties.set_category(text::cut(&text::line(marking), 250));
    }
    Ok(properties)
}
