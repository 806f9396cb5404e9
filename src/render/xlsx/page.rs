//! The printed page: size, margins, what stands above and below.

use rust_xlsxwriter::Worksheet;

use super::text::{cut, line};
use crate::document::{Document, PageSize};

/// What is to be printed.
#[derive(Clone, Copy, Debug, Default)]
pub(super) struct Extent {
    /// The widths of the columns together, in digits.
    pub(super) width: f64,
    /// Rows of default height; taller ones count as one.
    pub(super) rows: u32,
    /// Whether there are charts: a page must not end within one.
    pub(super) charted: bool,
    /// Whether columns at the left are repeated, so that the sheet may go over two pages side by side.
    pub(super) names: bool,
}

/// How it is printed.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
struct Paper {
    landscape: bool,
    /// Pages side by side.
    wide: u16,
    /// Pages one below the other; 0 is as many as it takes.
    long: u16,
}

/// Sheets up to this many digits are read upright.
const UPRIGHT: f64 = 105.0;
/// Up to this many digits a page upright can still be read.
const LEGIBLE: f64 = 150.0;
/// On one page nobody could read more digits than these.
const ENDLESS: f64 = 230.0;

impl Extent {
    fn paper(self) -> Paper {
        // A row is 15 points high, a digit 5.25 wide; a page upright is 1.4 times as high as wide, and shrinks
        // by a fifth before it is worth a second one.
        let aspect = f64::from(self.rows) * 15.5 / (self.width.max(1.0) * 5.25);
        let fits = aspect <= if self.charted { 2.8 } else { 1.7 };
        if self.width > ENDLESS && self.names {
            Paper { landscape: true, wide: 2, long: 0 }
        } else if self.width > UPRIGHT && aspect <= 0.8 {
            Paper { landscape: true, wide: 1, long: 1 }
        } else if fits && (self.width <= LEGIBLE || self.charted) {
            Paper { landscape: false, wide: 1, long: 1 }
        } else {
            Paper { landscape: self.width > UPRIGHT, wide: 1, long: 0 }
        }
    }
}

/// Sets a sheet up for printing.
pub(super) fn set_up(sheet: &mut Worksheet, document: &Document, extent: Extent) {
    let paper = extent.paper();
    // 9 and 1 are the paper's numbers in the file format.
    sheet.set_paper_size(match document.theme.page {
        PageSize::A4 => 9,
        PageSize::Letter => 1,
    });
    if paper.landscape {
        sheet.set_landscape();
    }
    sheet.set_print_fit_to_pages(paper.wide, paper.long).set_margins(0.5, 0.5, 0.75, 0.7, 0.35, 0.35);
    let marking = document.marking.as_deref().map(|marking| plain(marking, 60)).unwrap_or_default();
    sheet.set_header(format!("&L&9{}&R&9{marking}", plain(&document.title, 120)));
    let status = plain(&document.format.say(phrase!("Status {day}", day = document.status_date)), 60);
    let subtitle = plain(&document.subtitle, 80);
    let page = document.format.say(phrase!("Page {n} of {count}", n = "&P", count = "&N"));
    sheet.set_footer(format!("&L&9{subtitle}&C&9{status}&R&9{page}"));
}

/// Text in a header: an ampersand is doubled, and a leading digit must not read as the font's size.
fn plain(text: &str, limit: usize) -> String {
    let text = cut(&line(text), limit).replace('&', "&&");
    if text.starts_with(|c: char| c.is_ascii_digit()) { format!(" {text}") } else { text }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn paper(width: f64, rows: u32, charted: bool) -> (bool, u16, u16) {
        let Paper { landscape, wide, long } = Extent { width, rows, charted, names: false }.paper();
        (landscape, wide, long)
    }

    #[test]
    fn what_nearly_fits_a_page_is_printed_on_it() {
        assert_eq!(paper(80.0, 10, false), (false, 1, 1));
        assert_eq!(paper(113.0, 46, false), (false, 1, 1));
        assert_eq!(paper(170.0, 37, false), (true, 1, 1));
        assert_eq!(paper(80.0, 300, false), (false, 1, 0));
        assert_eq!(paper(215.0, 85, false), (true, 1, 0));
        assert_eq!(paper(130.0, 60, true), (false, 1, 1));
        let wide = Extent { width: 300.0, rows: 60, names: true, ..Extent::default() };
        assert_eq!(wide.paper(), Paper { landscape: true, wide: 2, long: 0 });
    }
}
