//! The printed page: size, margins, what stands above and below.

use rust_xlsxwriter::Worksheet;

use super::text::{cut, line};
use crate::document::{Document, PageSize};

/// Sheets wider than this many digits are printed across the page.
const PORTRAIT_WIDTH: f64 = 105.0;
/// Sheets wider than this many digits are printed side by side on two: on one nobody could read them.
const READABLE_WIDTH: f64 = 230.0;

/// How many pages a sheet is printed on.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Pages {
    /// All of it on one.
    One,
    /// As many as it takes.
    Many,
}

/// Sets a sheet of this width up for printing.
pub(super) fn set_up(sheet: &mut Worksheet, document: &Document, width: f64, pages: Pages) {
    // 9 and 1 are the paper's numbers in the file format.
    sheet.set_paper_size(match document.theme.page {
        PageSize::A4 => 9,
        PageSize::Letter => 1,
    });
    if width > PORTRAIT_WIDTH && pages == Pages::Many {
        sheet.set_landscape();
    }
    let (wide, long) = match pages {
        Pages::One => (1, 1),
        Pages::Many if width > READABLE_WIDTH => (2, 0),
        Pages::Many => (1, 0),
    };
    sheet.set_print_fit_to_pages(wide, long).set_margins(0.5, 0.5, 0.75, 0.7, 0.35, 0.35);
    let marking = document.marking.as_deref().map(|marking| plain(marking, 60)).unwrap_or_default();
    sheet.set_header(format!("&L&9{}&R&9{marking}", plain(&document.title, 120)));
    let status = plain(&format!("Status {}", document.format.day(document.status_date)), 60);
    let subtitle = plain(&document.subtitle, 80);
    sheet.set_footer(format!("&L&9{subtitle}&C&9{status}&R&9Page &P of &N"));
}

/// Text in a header: an ampersand is doubled, and a leading digit must not read as the font's size.
fn plain(text: &str, limit: usize) -> String {
    let text = cut(&line(text), limit).replace('&', "&&");
    if text.starts_with(|c: char| c.is_ascii_digit()) { format!(" {text}") } else { text }
}
