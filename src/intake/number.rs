//! Numbers as people and programs write them: thousands separators, decimal comma, currency signs,
//! negatives in brackets. A number is read exactly, digit by digit, and rounded once.

use super::cell::Raw;
use crate::quantity::div_half_even;

/// The character that parts the decimals.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(super) enum Decimal {
    /// `1,234.50`
    #[default]
    Point,
    /// `1.234,50`
    Comma,
}

/// What one number tells about the decimal character of its column.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Tells {
    /// It has no separator, or is no number.
    Nothing,
    /// It can only be read with this decimal character.
    Certainly(Decimal),
    /// `1,234` or `1.234`: the separator may part thousands or decimals.
    Either(char),
}

/// An exact decimal number: `digits` divided by ten to the power of `decimals`.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Number {
    /// All digits, with the sign.
    pub(super) digits: i128,
    /// How many of them stand behind the decimal character.
    pub(super) decimals: u32,
    /// A percent sign went with it.
    pub(super) percent: bool,
}

/// Powers of ten.
const TENS: [f64; 10] = [1e0, 1e1, 1e2, 1e3, 1e4, 1e5, 1e6, 1e7, 1e8, 1e9];
/// More digits than any amount has; keeps the arithmetic within 128 bits.
const MOST_DIGITS: u32 = 28;

impl Number {
    /// Reads a number; `None` when the text is not one.
    pub(super) fn read(text: &str, decimal: Decimal) -> Option<Self> {
        match plain(text) {
            Some(point) if point.is_none() || decimal == Decimal::Point => {
                return Some(Self::of_plain(text, point));
            }
            _ => {}
        }
        let (negative, percent, body) = bare(text)?;
        let (body, exponent) = match body.split_once(['e', 'E']) {
            Some((body, exponent)) => (body, exponent.parse::<i32>().ok().filter(|e| e.abs() <= 20)?),
            None => (body, 0),
        };
        let point = point_of(body, decimal)?;
        let (mut digits, mut decimals, mut count) = (0_i128, 0_u32, 0_u32);
        let mut since_group: Option<u32> = None;
        for (at, c) in body.char_indices() {
            if let Some(digit) = c.to_digit(10) {
                digits = digits * 10 + i128::from(digit);
                count += 1;
                if point.is_some_and(|point| at > point) {
                    decimals += 1;
                } else {
                    since_group = since_group.map(|n| n + 1);
                }
            } else if point == Some(at) {
                if since_group.is_some_and(|n| n != 3) {
                    return None;
                }
                since_group = None;
            } else {
                // A thousands separator: never behind the decimals, never first, in groups of three (two in India).
                let misplaced = count == 0 || point.is_some_and(|point| at > point);
                if misplaced
                    || !matches!(c, '.' | ',' | '\'' | '\u{2019}' | ' ' | '\u{a0}' | '\u{202f}' | '\u{2009}')
                {
                    return None;
                }
                if since_group.is_some_and(|n| n != 3 && (n != 2 || c != ',')) {
                    return None;
                }
                since_group = Some(0);
            }
            if count > MOST_DIGITS {
                return None;
            }
        }
        if count == 0 || since_group.is_some_and(|n| n != 3) {
            return None;
        }
        let digits = if negative { -digits } else { digits };
        Some(Self { digits, decimals, percent }.shifted(exponent))
    }

    /// The number of a [`plain`] text.
    fn of_plain(text: &str, point: Option<usize>) -> Self {
        let digits = text.bytes().filter(u8::is_ascii_digit);
        let digits = digits.fold(0_i64, |number, digit| number * 10 + i64::from(digit - b'0'));
        let decimals = point.map_or(0, |at| u32::try_from(text.len() - at - 1).unwrap_or(0));
        Self { digits: digits.into(), decimals, percent: false }
    }

    /// The number of a cell that holds one, with as many decimals as tell it from its neighbours: those that a
    /// spreadsheet shows.
    #[expect(clippy::float_cmp, reason = "these digits are the value itself or they are not its digits")]
    pub(super) fn of(value: f64) -> Option<Self> {
        // Nearly all have a few decimals. Digits and power of ten are exact as floating point numbers, so their
        // quotient is the very number that these digits, written, would be read as.
        for (decimals, ten) in (0..).zip(TENS).take(5) {
            let digits = (value * ten).round();
            if digits.abs() < 1e15 && digits / ten == value {
                #[expect(clippy::cast_possible_truncation, reason = "whole and below 1e15")]
                return Some(Self { digits: digits as i128, decimals, percent: false });
            }
        }
        Self::read(&format!("{value}"), Decimal::Point)
    }

    /// Times ten to the power of `exponent`, which is small.
    fn shifted(self, exponent: i32) -> Self {
        let (up, down) = (exponent.max(0).unsigned_abs(), exponent.min(0).unsigned_abs());
        let spare = up.saturating_sub(self.decimals);
        let digits = self.digits.saturating_mul(10_i128.saturating_pow(spare.min(20)));
        Self { digits, decimals: self.decimals.saturating_sub(up) + down, percent: self.percent }
    }

    /// The number of `units` to one, rounded half to even: ten-thousandths of money, seconds of an hour.
    /// `None` when it is beyond the range.
    pub(super) fn in_units(self, units: i64) -> Option<i64> {
        let scaled =
            div_half_even(self.digits.checked_mul(i128::from(units))?, 10_i128.checked_pow(self.decimals)?);
        (scaled != i64::MAX && scaled != i64::MIN).then_some(scaled)
    }

    /// As a floating point number, correctly rounded; a percent sign divides by a hundred.
    pub(super) fn value(self) -> f64 {
        let decimals = self.decimals + if self.percent { 2 } else { 0 };
        // Both sides are exact as floating point numbers, so one division rounds correctly.
        if let (Ok(digits), Some(divisor)) = (i32::try_from(self.digits), TENS.get(decimals as usize)) {
            return f64::from(digits) / divisor;
        }
        format!("{}e-{decimals}", self.digits).parse().unwrap_or(f64::INFINITY)
    }
}

/// Whether a text is digits with at most one point among them, and where the point is: what most files have,
/// without taking it apart. Short enough for 64 bits.
#[expect(clippy::option_option, reason = "not plain, without a point, with one: three outcomes")]
fn plain(text: &str) -> Option<Option<usize>> {
    let bytes = text.as_bytes();
    if !(1..=18).contains(&bytes.len()) {
        return None;
    }
    let mut point = None;
    for (at, byte) in bytes.iter().enumerate() {
        match byte {
            b'0'..=b'9' => {}
            b'.' if point.is_none() && at > 0 && at + 1 < bytes.len() => point = Some(at),
            _ => return None,
        }
    }
    Some(point)
}

/// The number in a cell and whether a percent sign goes with it, which has divided it by a hundred.
pub(super) fn of_cell(raw: Raw<'_>, decimal: Decimal) -> Option<(f64, bool)> {
    match raw {
        Raw::Number { value, percent } => Some((value, percent)),
        Raw::Text(text) => Number::read(text, decimal).map(|number| (number.value(), number.percent)),
        _ => None,
    }
}

/// What a text tells about the decimal character.
pub(super) fn tells(text: &str) -> Tells {
    match plain(text) {
        Some(None) => return Tells::Nothing,
        Some(Some(_)) => return alone(text, '.', Decimal::Point),
        None => {}
    }
    let Some((_, _, body)) = bare(text) else { return Tells::Nothing };
    let count = |c| body.matches(c).count();
    match (count('.'), count(',')) {
        (0, 0) => Tells::Nothing,
        (1, 0) => alone(body, '.', Decimal::Point),
        (0, 1) => alone(body, ',', Decimal::Comma),
        (_, 0) => Tells::Certainly(Decimal::Comma),
        (0, _) => Tells::Certainly(Decimal::Point),
        _ if body.rfind('.') > body.rfind(',') => Tells::Certainly(Decimal::Point),
        _ => Tells::Certainly(Decimal::Comma),
    }
}

/// What a separator that occurs once tells.
fn alone(body: &str, separator: char, as_decimal: Decimal) -> Tells {
    let (before, after) = body.split_once(separator).unwrap_or_default();
    let three = after.len() == 3 && after.bytes().all(|b| b.is_ascii_digit());
    let group =
        (1..=3).contains(&before.len()) && before != "0" && before.bytes().all(|b| b.is_ascii_digit());
    if three && group { Tells::Either(separator) } else { Tells::Certainly(as_decimal) }
}

/// Where the decimal character stands, if anywhere; the outer `None` is a text that cannot be a number.
#[expect(
    clippy::option_option,
    reason = "no number, a number without decimals, a number with: three outcomes"
)]
fn point_of(body: &str, decimal: Decimal) -> Option<Option<usize>> {
    let count = |c| body.matches(c).count();
    let once = |c| (count(c) == 1).then(|| body.find(c));
    match (count('.'), count(',')) {
        (1, 0) | (0, 1) => {
            let separator = if count('.') == 1 { '.' } else { ',' };
            let convention = if decimal == Decimal::Point { '.' } else { ',' };
            let thousands = tells(body) == Tells::Either(separator) && separator != convention;
            Some(if thousands { None } else { body.find(separator) })
        }
        // None, or several of one kind, which part thousands.
        (0, _) | (_, 0) => Some(None),
        _ if body.rfind('.') > body.rfind(',') => once('.'),
        _ => once(','),
    }
}

/// The number without sign, currency and percent sign: whether it is negative, a percentage, and its body.
fn bare(text: &str) -> Option<(bool, bool, &str)> {
    let (mut negative, mut percent, mut body) = (false, false, text.trim());
    loop {
        let before = body;
        body = without_dashed_cents(body);
        if let Some(inner) = body.strip_prefix('(').and_then(|rest| rest.strip_suffix(')')) {
            (negative, body) = (!negative, inner);
        }
        for minus in ['-', '\u{2212}', '\u{2013}'] {
            if let Some(rest) = body.strip_prefix(minus).or_else(|| body.strip_suffix(minus)) {
                (negative, body) = (!negative, rest);
            }
        }
        body = body.strip_prefix('+').unwrap_or(body);
        if let Some(rest) = body.strip_suffix('%').or_else(|| body.strip_prefix('%')) {
            (percent, body) = (true, rest);
        }
        body = without_currency(body).trim();
        if body == before {
            break;
        }
    }
    let first = body.chars().next()?;
    (first.is_ascii_digit() || (matches!(first, '.' | ',') && body.len() > 1))
        .then_some((negative, percent, body))
}

/// The text without a dash where the cents would stand: `2'000.–` and `500,--` are whole amounts, and not below zero.
fn without_dashed_cents(text: &str) -> &str {
    let without = text.trim_end_matches(['-', '\u{2013}', '\u{2014}', '\u{2212}']);
    let whole =
        without.strip_suffix(['.', ',']).filter(|whole| whole.ends_with(|c: char| c.is_ascii_digit()));
    whole.filter(|_| without.len() < text.len()).unwrap_or(text)
}

/// The text without a currency sign or code at either end.
fn without_currency(text: &str) -> &str {
    let sign = |c: char| matches!(c, '$' | '\u{a3}' | '\u{a5}' | '\u{20a0}'..='\u{20bf}');
    let text = text.trim_matches(sign);
    let code = |word: &str| {
        (word.len() == 3 && word.bytes().all(|b| b.is_ascii_uppercase()))
            || matches!(
                word,
                "kr" | "kr."
                    | "Kr"
                    | "Fr"
                    | "Fr."
                    | "Ft"
                    | "lei"
                    | "R"
                    | "US"
                    | "A"
                    | "C"
                    | "z\u{142}"
                    | "K\u{10d}"
                    | "\u{440}\u{443}\u{431}"
                    | "\u{5143}"
            )
    };
    let end_of_word = text.find(|c: char| !c.is_alphabetic() && c != '.').unwrap_or(0);
    if code(&text[..end_of_word]) {
        return &text[end_of_word..];
    }
    let start_of_word = text
        .rfind(|c: char| !c.is_alphabetic())
        .map_or(0, |at| at + text[at..].chars().next().map_or(1, char::len_utf8));
    if code(&text[start_of_word..]) { &text[..start_of_word] } else { text }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn units(text: &str, decimal: Decimal) -> Option<i64> {
        Number::read(text, decimal)?.in_units(10_000)
    }

    #[test]
    fn amounts_are_read_as_they_are_written_around_the_world() {
        use Decimal::{Comma, Point};
        for (text, decimal, want) in [
            ("1234.5", Point, 12_345_000),
            ("1,234.50", Point, 12_345_000),
            ("1.234,50", Comma, 12_345_000),
            ("1 234,50", Comma, 12_345_000),
            ("1\u{a0}234,50 \u{20ac}", Comma, 12_345_000),
            ("1'234.50", Point, 12_345_000),
            ("CHF 1'234.50", Point, 12_345_000),
            ("$1,234,567", Point, 12_345_670_000),
            ("12,34,567.5", Point, 12_345_675_000),
            ("(1,234.50)", Point, -12_345_000),
            ("1.234,50-", Comma, -12_345_000),
            ("-$5", Point, -50_000),
            // A dash for no cents is no minus.
            ("CHF 1'234.\u{2013}", Point, 12_340_000),
            ("Fr. 1'234.--", Point, 12_340_000),
            ("1.234,- \u{20ac}", Comma, 12_340_000),
            ("-1234.\u{2014}", Point, -12_340_000),
            ("\u{2212}5", Point, -50_000),
            (".5", Point, 5_000),
            ("1.5E+3", Point, 15_000_000),
            ("0.00005", Point, 0), // half to even
            ("0.00015", Point, 2),
            ("-0.00015", Point, -2),
        ] {
            assert_eq!(units(text, decimal), Some(want), "{text}");
        }
        for text in
            ["", "abc", "12k", "1,23,4", "1.2.3", "1,234,56", "--", "(5", "1 2", "5 apples", "e5", "."]
        {
            assert_eq!(units(text, Decimal::Point), None, "{text}");
        }
    }

    #[test]
    fn a_number_of_a_workbook_is_what_its_digits_say() {
        let written = |value: f64| Number::read(&format!("{value}"), Decimal::Point);
        for value in [
            0.0,
            -0.0,
            1.0,
            41.5,
            14.8,
            -7.25,
            0.1,
            1e-5,
            1.0 / 3.0,
            0.3 - 0.1,
            16_247.171,
            1e14,
            1e22,
            -2e-9,
        ] {
            assert_eq!(Number::of(value), written(value), "{value}");
        }
        for n in 0..20_000 {
            let value = f64::from(n) * 0.0375;
            assert_eq!(Number::of(value), written(value), "{value}");
        }
        assert_eq!((Number::of(f64::NAN), Number::of(f64::INFINITY)), (None, None));
    }

    #[test]
    fn a_plain_number_is_what_it_would_be_taken_apart() {
        // A blank before it is no difference, but it is no longer plain.
        for text in
            ["7", "007", "0.5", "1250.125", "1.234", "12.50", "123456789012345678", "1.2.3", "5.", ".5"]
        {
            let apart = format!(" {text}");
            assert_eq!(tells(text), tells(&apart), "{text}");
            for decimal in [Decimal::Point, Decimal::Comma] {
                assert_eq!(Number::read(text, decimal), Number::read(&apart, decimal), "{text} {decimal:?}");
            }
        }
    }

    #[test]
    fn a_separator_before_three_digits_follows_its_column() {
        assert_eq!(tells("1,234"), Tells::Either(','));
        assert_eq!(tells("1.234"), Tells::Either('.'));
        assert_eq!(tells("0.234"), Tells::Certainly(Decimal::Point));
        assert_eq!(tells("1250.125"), Tells::Certainly(Decimal::Point));
        assert_eq!(tells("7,5"), Tells::Certainly(Decimal::Comma));
        assert_eq!(tells("1.234.567"), Tells::Certainly(Decimal::Comma));
        assert_eq!(units("1,234", Decimal::Point), Some(12_340_000));
        assert_eq!(units("1,234", Decimal::Comma), Some(12_340));
        assert_eq!(units("1.234", Decimal::Comma), Some(12_340_000));
        assert_eq!(units("7,5", Decimal::Point), Some(75_000), "only a decimal comma makes sense here");
    }

    #[test]
    fn a_number_beyond_the_range_is_none() {
        assert_eq!(units("99999999999999999999", Decimal::Point), None);
        assert_eq!(Number::read("45%", Decimal::Point).map(Number::value), Some(0.45));
        for text in ["0.1", "3.3", "2147483647", "21474836.48", "123456789012.345", "0.000000001", "-7.25"] {
            assert_eq!(Number::read(text, Decimal::Point).map(Number::value), text.parse().ok(), "{text}");
        }
    }
}
