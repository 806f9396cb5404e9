//! How the cells look: one font, one accent, number formats by kind.

use chrono::NaiveDate;
use rust_xlsxwriter::{Color, Format, FormatAlign, FormatBorder};

use super::width;
use crate::document::{Document, Format as Language, Kind, Rgb, Theme, Value};
use crate::quantity::Health;

/// The hairline between rows: a tint that prints as light grey.
const HAIR: Color = Color::RGB(0xDD_E2E8);

/// What stands right of a figure: keeps it off the text behind it, and its head off the filter's button.
const INDENT: u8 = 1;

/// A colour as the library takes it.
pub(super) fn color(rgb: Rgb) -> Color {
    Color::RGB(u32::from(rgb.0) << 16 | u32::from(rgb.1) << 8 | u32::from(rgb.2))
}

/// The looks of a document.
#[derive(Clone, Debug)]
pub(super) struct Style {
    pub(super) theme: Theme,
    pub(super) language: Language,
    /// The width of the widest day of a year, in digits.
    pub(super) widest_day: f64,
    date: String,
}

impl Style {
    pub(super) fn new(document: &Document) -> Self {
        Self::of(document.theme.clone(), document.format.clone())
    }

    /// The looks of a theme in a language.
    pub(super) fn of(theme: Theme, language: Language) -> Self {
        Self {
            theme,
            widest_day: widest_day(&language),
            date: dated(&language, &date_pattern(&language.date)),
            language,
        }
    }

    /// The pattern of a worksheet for a strftime pattern of the catalogues, with the language's locale before it
    /// for the names of the months.
    pub(super) fn dated(&self, pattern: &str) -> String {
        dated(&self.language, &date_pattern(&self.language.word(pattern)))
    }

    /// Body text, at the top of its cell.
    pub(super) fn body(&self) -> Format {
        Format::new().set_font_color(color(self.theme.ink)).set_align(FormatAlign::Top)
    }

    /// Body text over several lines.
    pub(super) fn prose(&self) -> Format {
        self.body().set_text_wrap()
    }

    /// Secondary text.
    pub(super) fn muted(&self) -> Format {
        self.body().set_font_color(color(self.theme.muted)).set_font_size(9)
    }

    /// The title of a sheet.
    pub(super) fn title(&self) -> Format {
        self.accented().set_font_size(16)
    }

    /// A heading within a sheet.
    pub(super) fn heading(&self) -> Format {
        self.accented().set_font_size(12).set_align(FormatAlign::Bottom)
    }

    fn accented(&self) -> Format {
        Format::new().set_bold().set_font_color(color(self.theme.accent))
    }

    /// The head of a column.
    pub(super) fn head(&self, kind: Kind) -> Format {
        let head = self.accented().set_background_color(color(self.theme.wash)).set_text_wrap();
        let head = if is_text(kind) {
            head.set_align(FormatAlign::Left)
        } else {
            head.set_align(FormatAlign::Right).set_indent(INDENT)
        };
        head.set_align(FormatAlign::VerticalCenter)
            .set_border_bottom(FormatBorder::Medium)
            .set_border_bottom_color(color(self.theme.accent))
    }

    /// A cell of a table.
    pub(super) fn cell(&self, kind: Kind) -> Format {
        self.of_kind(kind).set_border_bottom(FormatBorder::Hair).set_border_bottom_color(HAIR)
    }

    /// A cell of the row of totals.
    pub(super) fn total(&self, kind: Kind) -> Format {
        self.of_kind(kind)
            .set_bold()
            .set_background_color(color(self.theme.wash))
            .set_border_top(FormatBorder::Thin)
            .set_border_top_color(color(self.theme.accent))
    }

    /// Alignment and number format of a kind, no borders.
    pub(super) fn of_kind(&self, kind: Kind) -> Format {
        let body = self.body();
        match kind {
            Kind::Text => body.set_text_wrap().set_align(FormatAlign::Left),
            Kind::Health => body.set_align(FormatAlign::Left),
            _ => body.set_align(FormatAlign::Right).set_indent(INDENT).set_num_format(self.pattern(kind)),
        }
    }

    /// The number format of a kind.
    pub(super) fn pattern(&self, kind: Kind) -> String {
        match kind {
            Kind::Text | Kind::Health => "General".to_owned(),
            Kind::Money => decimals("#,##0", self.language.money_decimals),
            Kind::Hours | Kind::Days => "#,##0.0".to_owned(),
            Kind::Index => "0.00".to_owned(),
            Kind::Percent => self.percent(),
            Kind::Count => "#,##0".to_owned(),
            Kind::Number(places) => decimals("#,##0", places),
            Kind::Date => self.date.clone(),
        }
    }

    /// Whole per cent as the language writes them: `0%`, `0" "%`.
    pub(super) fn percent(&self) -> String {
        let quoted = |c: char| if c.is_ascii() { c.to_string() } else { format!("\"{c}\"") };
        self.language.language.formats.percent.replace("{n}", "0").chars().map(quoted).collect()
    }

    /// The colour of a rating.
    pub(super) fn health(&self, health: Health) -> Color {
        color(match health {
            Health::Green => self.theme.green,
            Health::Amber => self.theme.amber,
            Health::Red => self.theme.red,
        })
    }

    /// A rating: its word in the cell, its shape before it by the number format, its colour on both.
    pub(super) fn mark(&self, format: Format, health: Health) -> Format {
        format.set_bold().set_font_color(self.health(health)).set_num_format(shape(health))
    }
}

/// The pattern that shows a text behind a shape: a circle, a triangle, a diamond.
pub(super) fn shape(health: Health) -> &'static str {
    match health {
        Health::Green => "\"● \"@",
        Health::Amber => "\"▲ \"@",
        Health::Red => "\"◆ \"@",
    }
}

/// The kind whose looks suit a single value.
pub(super) fn kind_of(value: &Value) -> Kind {
    match value {
        Value::Empty | Value::Undefined(_) | Value::Text(_) => Kind::Text,
        Value::Money(_) | Value::Estimate(_) => Kind::Money,
        Value::Hours(_) => Kind::Hours,
        Value::Days(_) => Kind::Days,
        Value::Index(_) => Kind::Index,
        Value::Percent(_) => Kind::Percent,
        Value::Count(_) => Kind::Count,
        Value::Number(_, decimals) => Kind::Number(*decimals),
        Value::Date(_) => Kind::Date,
        Value::Health(_) => Kind::Health,
    }
}

/// Whether a kind is set to the left.
pub(super) fn is_text(kind: Kind) -> bool {
    matches!(kind, Kind::Text | Kind::Health)
}

/// Days of a year differ in the names of their months; a day of two digits is the widest of its month.
fn widest_day(language: &Language) -> f64 {
    let days = (1..=12).filter_map(|month| NaiveDate::from_ymd_opt(2026, month, 28));
    days.map(|day| width::of(&language.day(day))).fold(0.0, f64::max)
}

fn decimals(whole: &str, places: usize) -> String {
    if places == 0 { whole.to_owned() } else { format!("{whole}.{}", "0".repeat(places)) }
}

/// The date pattern with its locale before it, for the names of the months.
fn dated(language: &Language, pattern: &str) -> String {
    match language.language.formats.workbook_locale.as_str() {
        "" => pattern.to_owned(),
        locale => format!("[$-{locale}]{pattern}"),
    }
}

/// The worksheet's date pattern for a strftime one; ISO where it has no counterpart.
fn date_pattern(strftime: &str) -> String {
    let mut pattern = String::new();
    let mut rest = strftime.chars();
    while let Some(character) = rest.next() {
        if character != '%' {
            if character.is_alphabetic() {
                pattern.push('\\');
            }
            pattern.push(character);
            continue;
        }
        let mut letter = rest.next();
        let bare = letter == Some('-');
        if bare {
            letter = rest.next();
        }
        pattern.push_str(match (letter, bare) {
            (Some('Y'), _) => "yyyy",
            (Some('y'), _) => "yy",
            (Some('m'), false) => "mm",
            (Some('m'), true) => "m",
            (Some('d'), false) => "dd",
            (Some('d'), true) | (Some('e'), _) => "d",
            (Some('b' | 'h'), _) => "mmm",
            (Some('B'), _) => "mmmm",
            (Some('F'), _) => "yyyy-mm-dd",
            _ => return "yyyy-mm-dd".to_owned(),
        });
    }
    pattern
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn date_patterns_are_those_of_a_worksheet() {
        assert_eq!(date_pattern("%-d %b %Y"), "d mmm yyyy");
        assert_eq!(date_pattern("%Y-%m-%d"), "yyyy-mm-dd");
        assert_eq!(date_pattern("%d.%m.%Y"), "dd.mm.yyyy");
        assert_eq!(date_pattern("%A %d"), "yyyy-mm-dd");
    }
}
