//! The blank workbook: a sheet a table, heads that are read back exactly, and help where one types.

use rust_xlsxwriter::{
    DataValidation, DataValidationErrorStyle, DataValidationRule, DocProperties, ExcelDateTime, Format,
    FormatAlign, FormatBorder, Note, Workbook, Worksheet, XlsxError,
};

use super::formula::serial;
use super::style::color;
use super::{COMPRESSION, text, width};
use crate::document::{Form, FormColumn, FormExample, FormTable, Theme};

/// Rows that are prepared to be filled in.
const PREPARED: u32 = 5_000;
/// The pattern of days.
const ISO_DAY: &str = "yyyy-mm-dd";

/// Writes the workbook of a form.
pub(super) fn write(form: &Form) -> Result<Vec<u8>, XlsxError> {
    let mut workbook = Workbook::new();
    // No day of the making: the same form gives the same bytes.
    let properties = DocProperties::new()
        .set_title(form.title.as_str())
        .set_creation_datetime(&ExcelDateTime::from_ymd(2000, 1, 1)?);
    workbook.set_zip_compression_level(COMPRESSION).set_properties(&properties);
    let looks = Looks::new();
    let mut sheets = text::Taken::default();
    let front = sheets.sheet("Read me");
    let names: Vec<String> = form.tables.iter().map(|table| sheets.sheet(&table.name)).collect();
    instructions(workbook.add_worksheet().set_name(&front)?, form, &looks)?;
    for (name, table) in names.iter().zip(&form.tables) {
        fill_in(workbook.add_worksheet().set_name(name)?, table, &looks)?;
    }
    workbook.save_to_buffer()
}

struct Looks {
    title: Format,
    heading: Format,
    body: Format,
    required: Format,
    optional: Format,
    example: Format,
    example_day: Format,
    day: Format,
}

impl Looks {
    fn new() -> Self {
        let theme = Theme::default();
        let head = Format::new()
            .set_bold()
            .set_align(FormatAlign::VerticalCenter)
            .set_border_bottom(FormatBorder::Medium)
            .set_border_bottom_color(color(theme.accent));
        let example = Format::new().set_italic().set_font_color("#9AA1AC");
        Self {
            title: Format::new().set_bold().set_font_size(20).set_font_color(color(theme.accent)),
            heading: Format::new().set_bold().set_font_color(color(theme.accent)),
            body: Format::new().set_text_wrap().set_align(FormatAlign::Top),
            required: head.clone().set_background_color(color(theme.accent)).set_font_color("#FFFFFF"),
            optional: head.set_background_color(color(theme.wash)).set_font_color(color(theme.accent)),
            example_day: example.clone().set_num_format(ISO_DAY).set_align(FormatAlign::Left),
            example,
            day: Format::new().set_num_format(ISO_DAY).set_align(FormatAlign::Left),
        }
    }
}

fn instructions(sheet: &mut Worksheet, form: &Form, looks: &Looks) -> Result<(), XlsxError> {
    sheet
        .set_screen_gridlines(false)
        .set_column_width(0, 2)?
        .set_column_width(1, 18)?
        .set_column_width(2, 90)?;
    sheet.set_row_height(0, 32)?.write_string_with_format(0, 1, text::line(&form.title), &looks.title)?;
    let mut row = 2;
    for paragraph in &form.about {
        let words = text::cell(paragraph);
        sheet.set_row_height(row, width::height(width::lines(&words, 104.0)) + 3.0)?;
        super::section::merged(sheet, row, 1, 2, &words, &looks.body)?;
        row += 1;
    }
    row += 1;
    sheet.write_string_with_format(row, 1, "Sheet", &looks.optional)?;
    sheet.write_string_with_format(row, 2, "What a row is", &looks.optional)?;
    for table in &form.tables {
        row += 1;
        sheet.write_string_with_format(row, 1, text::cell(&table.name).as_ref(), &looks.heading)?;
        sheet.write_string_with_format(row, 2, text::cell(&table.about).as_ref(), &looks.body)?;
    }
    row += 2;
    sheet.write_string_with_format(row, 1, "required", &looks.required)?;
    sheet.write_string_with_format(
        row,
        2,
        "A column with a dark head is needed in every row.",
        &looks.body,
    )?;
    sheet.write_string_with_format(row + 1, 1, "optional", &looks.optional)?;
    let words = "The others may stay blank, or be deleted: what is missing is said in the report.";
    sheet.write_string_with_format(row + 1, 2, words, &looks.body)?;
    sheet.write_string_with_format(row + 2, 1, "example", &looks.example)?;
    sheet.write_string_with_format(
        row + 2,
        2,
        "Row 2 of every sheet: delete it, or write over all of it.",
        &looks.body,
    )?;
    sheet.set_paper_size(9).set_print_fit_to_pages(1, 0);
    Ok(())
}

fn fill_in(sheet: &mut Worksheet, table: &FormTable, looks: &Looks) -> Result<(), XlsxError> {
    sheet.set_default_note_author("earnest").set_row_height(0, 22)?.set_freeze_panes(1, 0)?;
    for (number, column) in (0..).zip(&table.columns) {
        let shown = match &column.example {
            FormExample::Text(words) => width::of(words),
            FormExample::Number(_) | FormExample::Blank => 8.0,
            FormExample::Date(_) => 11.0,
        };
        let longest = column.choices.iter().map(|choice| width::of(choice)).fold(shown, f64::max);
        sheet
            .set_column_width(number, (width::of(&column.name) * 1.1).max(longest).clamp(9.0, 48.0) + 2.0)?;
        if column.date {
            sheet.set_column_format(number, &looks.day)?;
        }
        let head = if column.required { &looks.required } else { &looks.optional };
        sheet.write_string_with_format(0, number, column.name.as_str(), head)?;
        sheet.insert_note(0, number, &explained(column))?;
        check(sheet, column, number)?;
        match &column.example {
            FormExample::Blank => {}
            FormExample::Text(words) => {
                sheet.write_string_with_format(1, number, text::cell(words).as_ref(), &looks.example)?;
            }
            FormExample::Number(n) => {
                sheet.write_number_with_format(1, number, *n, &looks.example)?;
            }
            FormExample::Date(day) => {
                sheet.write_number_with_format(1, number, serial(*day), &looks.example_day)?;
            }
        }
    }
    sheet.set_landscape().set_paper_size(9).set_print_fit_to_pages(1, 0).set_repeat_rows(0, 0)?;
    Ok(())
}

fn explained(column: &FormColumn) -> Note {
    let mut words = column.about.clone();
    if !column.holds.is_empty() {
        words = format!("{words}\n{}", column.holds);
    }
    if column.required {
        words.push_str("\nRequired.");
    }
    let lines = width::lines(&words, 34.0);
    Note::new(text::cell(&words)).add_author_prefix(false).set_width(230).set_height(lines * 15 + 14)
}

/// A drop-down for words, a check for days; both warn and let pass, for the reader checks all.
fn check(sheet: &mut Worksheet, column: &FormColumn, number: u16) -> Result<(), XlsxError> {
    // What a list may hold in a validation is short; longer ones go unchecked here.
    let fits = column.choices.iter().map(|choice| choice.encode_utf16().count() + 1).sum::<usize>() <= 255;
    let rule = if !column.choices.is_empty() && fits {
        DataValidation::new().allow_list_strings(&column.choices)?
    } else if column.date {
        let from = ExcelDateTime::from_ymd(1970, 1, 1)?;
        DataValidation::new().allow_date(DataValidationRule::GreaterThan(from))
    } else {
        return Ok(());
    };
    let message = if column.date { "A day, such as 2026-03-31." } else { "One of the words of the list." };
    let rule = rule
        .set_error_style(DataValidationErrorStyle::Warning)
        .set_error_title(text::cut(&column.name, 32))?
        .set_error_message(message)?;
    sheet.add_data_validation(1, number, PREPARED, number, &rule)?;
    Ok(())
}
