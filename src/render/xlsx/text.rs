//! What may stand in a cell and in a name: text that a workbook can hold, and nothing it would act on.

use std::borrow::Cow;
use std::collections::BTreeSet;
use std::fmt::Write as _;

use crate::wording::few_decimals;

/// The most UTF-16 units a cell holds.
const CELL_LIMIT: usize = 32_767;
/// The most UTF-16 units a sheet's name holds.
const SHEET_LIMIT: usize = 31;
/// The most UTF-16 units of a column's head, with room for a number behind it.
const HEAD_LIMIT: usize = 240;
/// The most characters an alternative text holds.
const ALTERNATIVE_LIMIT: usize = 255;

/// The text without characters that XML cannot hold, cut with an ellipsis at what a cell can.
///
/// Line feeds and tabs stay. Whether it looks like a formula does not matter: it is written as a string.
pub(super) fn cell(text: &str) -> Cow<'_, str> {
    // Plain text is known by its bytes; nearly all is.
    let plain = text.bytes().all(|byte| matches!(byte, b' '..=b'~' | b'\n' | b'\t'));
    if text.len() <= CELL_LIMIT && (plain || text.chars().all(fits)) {
        return Cow::Borrowed(text);
    }
    let clean: String = text.chars().filter(|c| fits(*c)).collect();
    Cow::Owned(cut(&clean, CELL_LIMIT))
}

/// A number in the fewest digits that are this number, without an exponent; where two are as near, either.
pub(super) fn number(number: f64, xml: &mut String) {
    let size = number.abs();
    if let Some((parts, decimals)) = few_decimals(size) {
        if number.is_sign_negative() {
            xml.push('-');
        }
        digits(parts, decimals as usize, xml);
    } else if (1e-5..1e15).contains(&size) {
        // Smaller and larger ones have an exponent there.
        xml.push_str(zmij::Buffer::new().format_finite(number));
    } else {
        let _ = write!(xml, "{number}");
    }
}

/// A count as `{}` writes it, which takes several times as long: a workbook holds ten thousands.
pub(super) fn count(count: impl Into<u64>, xml: &mut String) {
    digits(count.into(), 0, xml);
}

/// Digits with a point before the last `decimals` of them, and one before the point at least.
fn digits(number: u64, decimals: usize, xml: &mut String) {
    let mut buffer = itoa::Buffer::new();
    let digits = buffer.format(number);
    let (whole, parts) = digits.split_at(digits.len().saturating_sub(decimals));
    xml.push_str(if whole.is_empty() { "0" } else { whole });
    if decimals > 0 {
        xml.push('.');
        xml.extend(std::iter::repeat_n('0', decimals - parts.len()));
        xml.push_str(parts);
    }
}

/// The text as XML and the file format write it: what reads as an escape of theirs (`_x0041_`) is escaped itself.
pub(super) fn escape(text: &str, xml: &mut String) {
    let mut rest = text;
    while let Some(at) = rest.bytes().position(|byte| matches!(byte, b'&' | b'<' | b'>' | b'_')) {
        let (plain, marked) = rest.split_at(at);
        xml.push_str(plain);
        xml.push_str(match marked.as_bytes() {
            [b'&', ..] => "&amp;",
            [b'<', ..] => "&lt;",
            [b'>', ..] => "&gt;",
            [_, b'x', a, b, c, d, b'_', ..] if [a, b, c, d].iter().all(|byte| byte.is_ascii_hexdigit()) => {
                "_x005F_"
            }
            _ => "_",
        });
        rest = &marked[1..];
    }
    xml.push_str(rest);
}

/// A formula as the file has it: without its sign, the marks of XML escaped.
pub(super) fn formula(formula: &str) -> String {
    let mut escaped = String::with_capacity(formula.len() + 8);
    escape(formula.trim_start_matches('='), &mut escaped);
    escaped
}

/// The text as the value of an attribute.
pub(super) fn attribute(text: &str, xml: &mut String) {
    let from = xml.len();
    escape(text, xml);
    if text.contains('"') {
        let escaped = xml.split_off(from).replace('"', "&quot;");
        xml.push_str(&escaped);
    }
}

/// The text on one line: no breaks, no runs of space.
pub(super) fn line(text: &str) -> String {
    // Nearly all are so already.
    if text.bytes().all(|byte| matches!(byte, b' '..=b'~')) && !text.contains("  ") {
        return text.trim_matches(' ').to_owned();
    }
    let clean: String = text
        .chars()
        .map(|c| if c.is_control() { ' ' } else { c })
        .filter(|c| fits(*c) && *c != '\u{ad}')
        .collect();
    clean.split_whitespace().collect::<Vec<_>>().join(" ")
}

/// What a figure says to those who do not see it, on one line. The writer drops a longer one, and says so on the
/// terminal.
pub(super) fn alternative(text: &str) -> String {
    cut(&line(text), ALTERNATIVE_LIMIT)
}

fn fits(character: char) -> bool {
    let control = character.is_control() && !matches!(character, '\n' | '\t');
    !control && !matches!(character, '\u{FFFE}' | '\u{FFFF}')
}

/// The text, or what fits of it and an ellipsis.
pub(super) fn cut(text: &str, limit: usize) -> String {
    if text.encode_utf16().count() <= limit {
        return text.to_owned();
    }
    let mut room = limit.saturating_sub(1);
    let mut kept = String::new();
    for character in text.chars() {
        match room.checked_sub(character.len_utf16()) {
            Some(rest) => room = rest,
            None => break,
        }
        kept.push(character);
    }
    let mut kept = kept.trim_end().to_owned();
    kept.push('…');
    kept
}

/// Names that are taken, compared without case as a workbook compares them.
#[derive(Debug, Default)]
pub(super) struct Taken(BTreeSet<String>);

impl Taken {
    /// A sheet's name from a title: at most 31 characters, none of `[ ] : * ? / \`, unique.
    pub(super) fn sheet(&mut self, title: &str) -> String {
        let plain: String = title
            .chars()
            .map(|c| if matches!(c, '[' | ']' | ':' | '*' | '?' | '/' | '\\') { ' ' } else { c })
            .collect();
        let plain = line(&plain);
        let plain = plain.trim_matches(|c: char| c == '\'' || c == ' ');
        // Excel keeps `History` for itself.
        let plain = match plain {
            "" => "Sheet",
            word if word.eq_ignore_ascii_case("history") => "History of the project",
            word => word,
        };
        self.unique(|n| match n {
            1 => cut(plain, SHEET_LIMIT),
            n => {
                let tail = format!(" {n}");
                format!("{}{tail}", cut(plain, SHEET_LIMIT - tail.len()))
            }
        })
    }

    /// A defined name or table name: letters, digits and `_`, no cell reference, unique.
    pub(super) fn name(&mut self, symbol: &str) -> String {
        let plain = identifier(symbol);
        self.unique(|n| if n == 1 { plain.clone() } else { format!("{plain}_{n}") })
    }

    /// The head of a column of a table, unique.
    pub(super) fn head(&mut self, title: &str) -> String {
        let title = line(title);
        let plain = cut(if title.is_empty() { "Column" } else { &title }, HEAD_LIMIT);
        self.unique(|n| if n == 1 { plain.clone() } else { format!("{plain} {n}") })
    }

    fn unique(&mut self, candidate: impl Fn(usize) -> String) -> String {
        let mut n = 1;
        loop {
            let name = candidate(n);
            if self.0.insert(name.to_lowercase()) {
                return name;
            }
            n += 1;
        }
    }
}

/// `SPI(t)` becomes `SPI_t`; what Excel would take for a cell (`P50`) or keeps for itself (`R`, `C`) gets
/// a `_` behind it. `PV`, `EV` and `AC` are good names: a function needs a bracket and a column a colon.
fn identifier(symbol: &str) -> String {
    let mut name = String::new();
    for character in symbol.chars() {
        match character {
            '%' => name.push_str("_pct"),
            c if c.is_alphanumeric() => name.push(c),
            _ if name.ends_with('_') => {}
            _ => name.push('_'),
        }
    }
    let mut name = name.trim_matches('_').to_owned();
    if name.is_empty() || name.starts_with(|c: char| c.is_numeric()) {
        name.insert(0, '_');
    }
    if is_reference(&name) {
        name.push('_');
    }
    cut(&name, 200).replace('…', "")
}

fn is_reference(name: &str) -> bool {
    let upper = name.to_ascii_uppercase();
    let letters = upper.chars().take_while(char::is_ascii_alphabetic).count();
    let (column, row) = upper.split_at(letters);
    let a1 = matches!(letters, 1..=3) && !row.is_empty() && row.bytes().all(|b| b.is_ascii_digit());
    let rest = upper.trim_start_matches('R').trim_start_matches(|c: char| c.is_ascii_digit());
    let rest = rest.trim_start_matches('C').trim_start_matches(|c: char| c.is_ascii_digit());
    a1 || rest.is_empty()
        || matches!(upper.as_str(), "TRUE" | "FALSE")
        || (column.is_empty() && row.is_empty())
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    #[test]
    fn an_alternative_text_is_no_longer_than_a_workbook_holds() {
        let text = alternative(&"Gantt chart\n".repeat(100));
        assert_eq!(text.encode_utf16().count(), 255);
        assert!(text.starts_with("Gantt chart Gantt chart") && text.ends_with('\u{2026}'), "{text}");
    }

    proptest! {
        #[test]
        fn a_number_has_the_digits_of_its_shortest_form(
            parts in -10_i64.pow(16)..10_i64.pow(16), scale in 0..6, any in any::<f64>()
        ) {
            #[expect(clippy::cast_precision_loss, reason = "any number will do")]
            for number in [parts as f64 / 10_f64.powi(scale), (parts % 1_000_000) as f64 / 10_f64.powi(scale), any] {
                let mut written = String::new();
                super::number(number, &mut written);
                prop_assert_eq!(written.len(), number.to_string().len(), "{} of {}", written, number);
                prop_assert_eq!(written.parse(), Ok(number));
            }
        }
    }

    #[test]
    fn a_cell_holds_what_xml_and_excel_can() {
        assert_eq!(cell("=1+1"), "=1+1");
        assert_eq!(cell("a\u{0}b\u{8}c\r\nd"), "abc\nd");
        let long = "x".repeat(40_000);
        let held = cell(&long);
        assert_eq!(held.encode_utf16().count(), 32_767);
        assert!(held.ends_with('…'));
        // An emoji is two UTF-16 units: Excel counts those.
        assert!(cell(&"😀".repeat(20_000)).encode_utf16().count() <= 32_767);
    }

    #[test]
    fn a_line_has_no_breaks_and_no_runs_of_space() {
        assert_eq!(line("  a b  c\n d\u{ad}e\u{7} "), "a b c de");
        assert_eq!(line(" a b "), "a b");
        assert_eq!(line(" "), "");
    }

    #[test]
    fn sheet_names_are_short_unique_and_legal() {
        let mut taken = Taken::default();
        assert_eq!(taken.sheet("Cost: plan/actual [EUR]"), "Cost plan actual EUR");
        assert_eq!(taken.sheet("cost plan actual eur"), "cost plan actual eur 2");
        assert_eq!(taken.sheet("'quoted'"), "quoted");
        assert_eq!(taken.sheet(""), "Sheet");
        assert_ne!(taken.sheet("History"), "History");
        let long = taken.sheet(&"é".repeat(300));
        assert_eq!(long.chars().count(), 31);
        assert_eq!(taken.sheet(&"é".repeat(300)).chars().count(), 31);
    }

    #[test]
    fn defined_names_are_those_excel_accepts() {
        let mut taken = Taken::default();
        assert_eq!(taken.name("SPI(t)"), "SPI_t");
        assert_eq!(taken.name("PV"), "PV");
        assert_eq!(taken.name("AC"), "AC");
        assert_eq!(taken.name("AC1"), "AC1_");
        assert_eq!(taken.name("P50"), "P50_");
        assert_eq!(taken.name("R"), "R_");
        assert_eq!(taken.name("c"), "c_");
        assert_eq!(taken.name("R1C1"), "R1C1_");
        assert_eq!(taken.name("SV%"), "SV_pct");
        assert_eq!(taken.name("ev"), "ev");
        assert_eq!(taken.name("EV"), "EV_2");
        assert_eq!(taken.name("80%"), "_80_pct");
    }
}
