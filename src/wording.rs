//! How figures read within a sentence, the same in messages, findings and reports: counted nouns, amounts,
//! hours, shares. What stands in a cell or a tile is written by [`crate::document::Format`] instead.

use std::borrow::Borrow;
use std::fmt::Display;

use crate::quantity::{Money, Work};

/// What stands before a figure below zero; a hyphen would read as a dash.
pub const MINUS: char = '\u{2212}';

/// `1 row`, `12 rows`, `0 rows`; nouns that take an s.
#[must_use]
pub fn counted(count: impl Display, noun: &str) -> String {
    let count = count.to_string();
    let s = if count == "1" { "" } else { "s" };
    format!("{} {noun}{s}", grouped(&count, ','))
}

/// `is` of one, `are` of any other number.
#[must_use]
pub fn is_or_are(count: impl Display) -> &'static str {
    if count.to_string() == "1" { "is" } else { "are" }
}

/// `1 is`, `12 are`, `none are`.
#[must_use]
pub fn so_many_are(count: impl Display) -> String {
    format!("{count} {}", is_or_are(&count))
}

/// Digits in groups of three: `1,234,567`.
#[must_use]
pub fn grouped(digits: &str, separator: char) -> String {
    let mut text = String::with_capacity(digits.len() + digits.len() / 3);
    for (index, digit) in digits.chars().enumerate() {
        if index > 0 && (digits.len() - index).is_multiple_of(3) {
            text.push(separator);
        }
        text.push(digit);
    }
    text
}

/// An amount in whole units: `12,340`.
#[must_use]
pub fn amount(amount: Money) -> String {
    whole(amount.units())
}

/// An amount to the hundredth: `12,340.50`.
#[must_use]
pub fn exact(amount: Money) -> String {
    let number = amount.units();
    let text = format!("{:.2}", number.abs());
    let (digits, cents) = text.split_once('.').unwrap_or((&text, "00"));
    let minus = if number < 0.0 && text != "0.00" { MINUS.to_string() } else { String::new() };
    format!("{minus}{}.{cents}", grouped(digits, ','))
}

/// Hours to the tenth where it matters: `7.5 h`, `420 h`.
#[must_use]
pub fn hours(work: Work) -> String {
    let hours = work.hours();
    if hours.abs() < 100.0 && (hours - hours.round()).abs() > 0.05 {
        format!("{hours:.1} h")
    } else {
        format!("{} h", whole(hours))
    }
}

/// A share in whole per cent, and never nothing or all of it where it is not: `46%`, `under 1%`, `over 99%`.
#[must_use]
pub fn percent(share: f64) -> String {
    match share {
        share if share > 0.0 && share < 0.005 => "under 1%".to_owned(),
        share if share < 1.0 && share > 0.995 => "over 99%".to_owned(),
        share => format!("{}%", whole(share * 100.0)),
    }
}

/// The digits of a size that has four decimals or fewer, as so many parts and the decimals of a part; `None` for
/// any other. Nearly all figures are such, and trying is faster than the search for the shortest digits of any
/// number; it finds the same ones, because among numbers of fifteen digits only one is this one.
#[must_use]
pub fn few_decimals(size: f64) -> Option<(u64, u32)> {
    const FIFTEEN_DIGITS: f64 = 1e15;
    [1.0, 10.0, 100.0, 1_000.0, 10_000.0].into_iter().zip(0..).find_map(|(scale, decimals)| {
        let parts = (size * scale).round();
        #[expect(clippy::float_cmp, reason = "the very number, or another way")]
        let found = (0.0..FIFTEEN_DIGITS).contains(&parts) && parts / scale == size;
        #[expect(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "of fifteen digits")]
        found.then_some((parts as u64, decimals))
    })
}

/// The first few of `all` names, and how many more there are: `A, B and 3 more`.
#[must_use]
pub fn few<S: Borrow<str>>(shown: &[S], all: usize) -> String {
    let names = shown.join(", ");
    match all.saturating_sub(shown.len()) {
        0 => names,
        more => format!("{names} and {more} more"),
    }
}

/// A number without decimals, rounded half to even.
fn whole(number: f64) -> String {
    let digits = grouped(&format!("{:.0}", number.abs()), ',');
    if number < 0.0 && digits != "0" { format!("{MINUS}{digits}") } else { digits }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn one_is_singular_and_the_rest_plural() {
        assert_eq!(counted(1, "row"), "1 row");
        assert_eq!(counted(0, "row"), "0 rows");
        assert_eq!(counted(1_200, "task"), "1,200 tasks");
        assert_eq!(so_many_are(1), "1 is");
        assert_eq!(so_many_are(0), "0 are");
        assert_eq!(so_many_are("none"), "none are");
    }

    #[test]
    fn figures_read_well() {
        assert_eq!(amount(Money::from_units(1_234_567.5)), "1,234,568");
        assert_eq!(amount(Money::from_units(-999.4)), "\u{2212}999");
        assert_eq!(amount(Money::from_units(-0.4)), "0");
        assert_eq!(amount(Money::from_units(100_000.0)), "100,000");
        assert_eq!(exact(Money::from_units(-12_340.5)), "\u{2212}12,340.50");
        assert_eq!(exact(Money::from_units(-0.001)), "0.00");
        assert_eq!(hours(Work::from_hours(7.5)), "7.5 h");
        assert_eq!(hours(Work::from_hours(1_420.0)), "1,420 h");
    }

    #[test]
    fn few_decimals_are_found_and_many_are_not() {
        assert_eq!(few_decimals(0.0), Some((0, 0)));
        assert_eq!(few_decimals(12_345.0), Some((12_345, 0)));
        assert_eq!(few_decimals(0.3), Some((3, 1)));
        assert_eq!(few_decimals(1_234.567_8), Some((12_345_678, 4)));
        for other in [0.1 + 0.2, 0.123_45, 1e15, -1.0, f64::NAN, f64::INFINITY] {
            assert_eq!(few_decimals(other), None, "{other}");
        }
    }

    #[test]
    fn a_small_share_is_not_nothing_and_a_large_one_not_all() {
        assert_eq!(percent(0.0), "0%");
        assert_eq!(percent(0.004), "under 1%");
        assert_eq!(percent(0.455), "46%");
        assert_eq!(percent(0.999), "over 99%");
        assert_eq!(percent(1.0), "100%");
        assert_eq!(percent(12.5), "1,250%");
    }

    #[test]
    fn a_few_names_stand_for_all() {
        assert_eq!(few(&["A", "B"], 2), "A, B");
        assert_eq!(few(&["A", "B"], 5), "A, B and 3 more");
    }
}
