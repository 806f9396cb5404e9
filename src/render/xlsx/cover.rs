//! The cover: where the project stands, on one sheet that prints as one page.
//!
//! Twelve narrow columns behind a margin carry everything: four tiles of three, three lists of four.

use rust_xlsxwriter::{Format, FormatAlign, FormatBorder, Formula, Image, Worksheet, XlsxError};

use super::book::Book;
use super::formula::result;
use super::page::Extent;
use super::section::{about, bullet, merged};
use super::style::{color, kind_of};
use super::{chart, page, table, text, width};
use crate::document::{Front, HealthMark, ItemList, Kind, Value};

/// The width of one of the twelve columns.
const COLUMN: f64 = 8.6;
const COLUMNS: u16 = 12;
/// Items of a list; more of them would make the one page unreadable.
const MOST_ITEMS: usize = 10;

/// Writes the cover.
pub(super) fn write(sheet: &mut Worksheet, book: &mut Book<'_>) -> Result<(), XlsxError> {
    let document = book.document;
    let front = &document.front;
    sheet.set_screen_gridlines(false).set_column_width(0, 2)?;
    for column in 1..=COLUMNS {
        sheet.set_column_width(column, COLUMN)?;
    }
    let mut row = masthead(sheet, book)?;
    row = pairs(sheet, book, front, row)?;
    row = health(sheet, book, front, row)?;
    if !front.narrative.is_empty() {
        row = heading(sheet, book, word!("Summary"), row)?;
        for paragraph in &front.narrative {
            row = prose(sheet, paragraph, (1, COLUMNS), &book.style.prose(), row)?;
        }
    }
    if !front.figures.is_empty() {
        row = heading(sheet, book, word!("Key figures"), row)?;
        row = tiles(sheet, book, front, row)?;
    }
    if let Some(figure) = &front.chart {
        row +=
            1 + chart::insert(sheet, book, figure, row + 1, 1, u32::from(COLUMNS) * width::pixels(COLUMN))?;
    }
    lists(sheet, book, front, row)?;
    sheet.set_print_center_horizontally(true);
    page::set_up(
        sheet,
        document,
        Extent { width: COLUMN * f64::from(COLUMNS), charted: true, ..Extent::default() },
    );
    Ok(())
}

fn masthead(sheet: &mut Worksheet, book: &Book<'_>) -> Result<u32, XlsxError> {
    let (document, style) = (book.document, &book.style);
    if let Some(logo) = &document.theme.logo {
        let logo = Image::new_from_buffer(logo)?
            .set_alt_text(document.format.word(word!("Logo")))
            .set_scale_to_size(180, 48, true);
        sheet.insert_image_with_offset(0, COLUMNS - 2, &logo, 10, 8)?;
    }
    let marking = document.marking.as_deref().map(text::line).unwrap_or_default();
    sheet.set_row_height(0, 18)?;
    sheet.write_string_with_format(0, 1, text::cell(&marking).as_ref(), &style.muted().set_bold())?;
    let title = style.title().set_font_size(22).set_align(FormatAlign::VerticalCenter).set_text_wrap();
    let words = text::cut(&text::line(&document.title), 400);
    let last = if document.theme.logo.is_some() { COLUMNS - 3 } else { COLUMNS };
    let lines = width::lines(&words, COLUMN * f64::from(last) / 2.1);
    sheet.set_row_height(1, f64::from(lines) * 30.0 + 4.0)?;
    merged(sheet, 1, 1, last, &words, &title)?;
    let about = about(document, &document.subtitle);
    let rule = style
        .body()
        .set_font_size(12)
        .set_font_color(color(style.theme.muted))
        .set_border_bottom(FormatBorder::Medium)
        .set_border_bottom_color(color(style.theme.accent));
    sheet.set_row_height(2, 22)?;
    merged(sheet, 2, 1, COLUMNS, &text::cell(&about), &rule)?;
    Ok(4)
}

/// Label over value, four to a row.
fn pairs(sheet: &mut Worksheet, book: &Book<'_>, front: &Front, mut row: u32) -> Result<u32, XlsxError> {
    let value = book.style.prose().set_bold();
    for four in front.head.chunks(4) {
        let lines = four.iter().map(|(_, words)| width::lines(words, COLUMN * 3.0 - 2.0)).max().unwrap_or(1);
        sheet.set_row_height(row + 1, width::height(lines) + 3.0)?;
        for (place, (label, _)) in (0..).zip(four) {
            merged(sheet, row, place * 3 + 1, place * 3 + 3, &text::cell(label), &book.style.muted())?;
        }
        for (place, (_, words)) in (0..).zip(four) {
            merged(sheet, row + 1, place * 3 + 1, place * 3 + 3, &text::cell(words), &value)?;
        }
        row += 2;
    }
    Ok(row)
}

fn health(sheet: &mut Worksheet, book: &Book<'_>, front: &Front, row: u32) -> Result<u32, XlsxError> {
    if front.health.is_empty() {
        return Ok(row);
    }
    let style = &book.style;
    let mut row = heading(sheet, book, word!("Health"), row)?;
    for mark in &front.health {
        let wide = COLUMN * f64::from(COLUMNS - 5) - 2.0;
        let lines = width::lines(&mark.rule, wide).max(width::lines(&mark.dimension, COLUMN * 3.0 - 2.0));
        sheet.set_row_height(row, width::height(lines) + 4.0)?;
        let cell = style.cell(Kind::Text);
        merged(sheet, row, 1, 3, &text::cell(&mark.dimension), &cell.clone().set_bold())?;
        let (word, format) = rating(book, mark);
        merged(sheet, row, 4, 5, &book.style.language.word(word), &format)?;
        merged(sheet, row, 6, COLUMNS, &text::cell(&mark.rule), &cell)?;
        row += 1;
    }
    Ok(row)
}

fn rating(book: &Book<'_>, mark: &HealthMark) -> (&'static str, Format) {
    let style = &book.style;
    match mark.health {
        Some(health) => (health.word(), style.mark(style.cell(Kind::Health), health)),
        None => (word!("not assessable"), style.cell(Kind::Text).set_font_color(color(style.theme.muted))),
    }
}

/// Tiles, four to a row; a figure that is a measure of the workbook is that measure.
fn tiles(sheet: &mut Worksheet, book: &Book<'_>, front: &Front, mut row: u32) -> Result<u32, XlsxError> {
    let style = &book.style;
    let tile = |format: Format| {
        format
            .set_background_color(color(style.theme.wash))
            .set_align(FormatAlign::Left)
            .set_indent(1)
            .set_border_right(FormatBorder::Thick)
            .set_border_right_color("#FFFFFF")
    };
    for four in front.figures.chunks(4) {
        let lines = four.iter().map(|figure| width::lines(&figure.detail, COLUMN * 3.0)).max().unwrap_or(1);
        sheet.set_row_height(row, 18)?.set_row_height(row + 1, 27)?;
        sheet.set_row_height(row + 2, f64::from(lines) * 12.5 + 6.0)?.set_row_height(row + 3, 6)?;
        for (place, figure) in (0..).zip(four) {
            let label = tile(style.muted()).set_align(FormatAlign::VerticalCenter);
            merged(sheet, row, place * 3 + 1, place * 3 + 3, &text::cell(&figure.label), &label)?;
        }
        for (place, figure) in (0..).zip(four) {
            let kind = kind_of(&figure.value);
            let mut format = tile(style.of_kind(kind)).set_bold().set_font_size(17);
            format = format.set_align(FormatAlign::VerticalCenter).set_font_color(color(style.theme.accent));
            if let Some(health) = figure.health {
                format = format.set_font_color(style.health(health));
            }
            let column = place * 3 + 1;
            merged(sheet, row + 1, column, column + 2, "", &format)?;
            figure_cell(sheet, book, row + 1, column, &figure.label, &figure.value, &format)?;
        }
        for (place, figure) in (0..).zip(four) {
            let detail = tile(style.muted()).set_text_wrap();
            merged(sheet, row + 2, place * 3 + 1, place * 3 + 3, &text::cell(&figure.detail), &detail)?;
        }
        row += 4;
    }
    Ok(row)
}

fn figure_cell(
    sheet: &mut Worksheet,
    book: &Book<'_>,
    row: u32,
    column: u16,
    label: &str,
    value: &Value,
    format: &Format,
) -> Result<(), XlsxError> {
    match book.measure_shown(label, value) {
        Some(place) => {
            let formula = Formula::new(format!("={}", book.name(place)));
            let formula = formula.set_result(result(value, &book.style.language));
            sheet.write_formula_with_format(row, column, formula, format)?;
            Ok(())
        }
        None => table::cell(sheet, &book.style, row, column, value, Some(format)),
    }
}

/// The lists side by side, three to a row.
fn lists(sheet: &mut Worksheet, book: &Book<'_>, front: &Front, mut row: u32) -> Result<u32, XlsxError> {
    let style = &book.style;
    for three in front.lists.chunks(3) {
        sheet.set_row_height(row, 22)?;
        for (place, list) in (0..).zip(three) {
            sheet.write_string_with_format(
                row,
                place * 4 + 1,
                text::cell(&list.title).as_ref(),
                &if place > 0 { style.heading().set_indent(1) } else { style.heading() },
            )?;
        }
        row += 1;
        // One cell a list, so that none waits for the longest item of another.
        let words = |list: &ItemList| {
            let shown = list.items.iter().take(MOST_ITEMS);
            let mut items: Vec<_> = shown.map(|item| bullet(&item.text, &item.detail)).collect();
            if list.items.len() > MOST_ITEMS {
                items.push(style.language.say(phrase!("and {n} more", n = list.items.len() - MOST_ITEMS)));
            }
            if items.is_empty() { list.empty.clone() } else { items.join("\n") }
        };
        let texts: Vec<String> = three.iter().map(words).collect();
        let lines = texts.iter().map(|t| width::lines(t, COLUMN * 4.0 - 4.0)).max().unwrap_or(1);
        sheet.set_row_height(row, width::height(lines) + 2.0)?;
        for (place, words) in (0..).zip(&texts) {
            let format = if place > 0 { style.prose().set_indent(1) } else { style.prose() };
            merged(sheet, row, place * 4 + 1, place * 4 + 4, &text::cell(words), &format)?;
        }
        row += 1;
        row += 1;
    }
    Ok(row)
}

fn heading(sheet: &mut Worksheet, book: &Book<'_>, words: &str, row: u32) -> Result<u32, XlsxError> {
    sheet.set_row_height(row + 1, 22)?;
    let words = book.style.language.word(words);
    sheet.write_string_with_format(row + 1, 1, words, &book.style.heading())?;
    Ok(row + 2)
}

fn prose(
    sheet: &mut Worksheet,
    words: &str,
    (first, last): (u16, u16),
    format: &Format,
    row: u32,
) -> Result<u32, XlsxError> {
    let words = text::cell(words);
    let wide = COLUMN * f64::from(last - first + 1) - 2.0;
    sheet.set_row_height(row, width::height(width::lines(&words, wide)) + 3.0)?;
    merged(sheet, row, first, last, &words, format)?;
    Ok(row + 1)
}
