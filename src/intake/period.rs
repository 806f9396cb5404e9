//! Months, quarters, weeks and years: the periods of budgets and of earned value sheets.

use chrono::{Datelike, Days, Months, NaiveDate, Weekday};

use super::moment::{self, Order};

/// First and last day of the period that a text names; `None` when it names none.
///
/// A whole date is the month it lies in.
pub(super) fn read(text: &str, order: Order) -> Option<(NaiveDate, NaiveDate)> {
    let text = text.trim();
    if let Ok(written) = moment::read(text, order) {
        return month_of(written.day);
    }
    let (numbers, words) = parts(text)?;
    let year = |n: i64, length: usize| if length <= 2 { moment::century(n) } else { n };
    match (&numbers[..], &words[..]) {
        ([(whole, 6)], []) => month(whole / 100, whole % 100),
        ([(y, 4)], []) => days_of(*y, 1, 12),
        ([(y, 3..), (m, 1..=2)] | [(m, 1..=3), (y, 4)], []) => month(*y, *m),
        ([(y, length)], [word]) => month(year(*y, *length), moment::month_named(word)?),
        ([(y, 4), (n, _)] | [(n, _), (y, 4)], [word]) if is_quarter(word) => quarter(*y, *n),
        ([(n, _), (y, 2)], [word]) if is_quarter(word) => quarter(year(*y, 2), *n),
        ([(y, 4), (n, _)] | [(n, _), (y, 4)], [word]) if is_week(word) => week(*y, *n),
        _ => None,
    }
}

/// The month a day lies in.
pub(super) fn month_of(day: NaiveDate) -> Option<(NaiveDate, NaiveDate)> {
    month(i64::from(day.year()), i64::from(day.month()))
}

/// The month as first and last day.
fn month(year: i64, month: i64) -> Option<(NaiveDate, NaiveDate)> {
    days_of(year, month, 1)
}

/// The quarter as first and last day.
fn quarter(year: i64, quarter: i64) -> Option<(NaiveDate, NaiveDate)> {
    if !(1..=4).contains(&quarter) {
        return None;
    }
    days_of(year, quarter * 3 - 2, 3)
}

/// So many months from the first of one.
fn days_of(year: i64, month: i64, months: u32) -> Option<(NaiveDate, NaiveDate)> {
    if !(1950..2150).contains(&year) {
        return None;
    }
    let first = NaiveDate::from_ymd_opt(i32::try_from(year).ok()?, u32::try_from(month).ok()?, 1)?;
    Some((first, first.checked_add_months(Months::new(months))?.pred_opt()?))
}

/// The ISO week as Monday and Sunday.
fn week(year: i64, week: i64) -> Option<(NaiveDate, NaiveDate)> {
    let monday =
        NaiveDate::from_isoywd_opt(i32::try_from(year).ok()?, u32::try_from(week).ok()?, Weekday::Mon)?;
    (1950..2150).contains(&year).then_some((monday, monday.checked_add_days(Days::new(6))?))
}

fn is_quarter(word: &str) -> bool {
    matches!(word, "q" | "Q" | "T" | "Quartal" | "quarter" | "Quarter")
}

fn is_week(word: &str) -> bool {
    matches!(word, "W" | "w" | "KW" | "CW" | "Week" | "week" | "S" | "wk" | "Wk")
}

/// Numbers with how many digits they have, and words.
type Parts<'a> = (Vec<(i64, usize)>, Vec<&'a str>);

/// A period taken apart; `None` when something in it belongs to none.
fn parts(text: &str) -> Option<Parts<'_>> {
    let (mut numbers, mut words, mut rest) = (Vec::new(), Vec::new(), text);
    while let Some(c) = rest.chars().next() {
        let same = |next: char| if c.is_ascii_digit() { next.is_ascii_digit() } else { next.is_alphabetic() };
        let length = rest.find(|next| !same(next)).unwrap_or(rest.len());
        if c.is_ascii_digit() {
            numbers.push((rest[..length].parse().ok()?, length));
        } else if c.is_alphabetic() {
            words.push(&rest[..length]);
        } else if !(c.is_whitespace() || matches!(c, '-' | '/' | '.' | '\'' | '\u{2019}')) {
            return None;
        }
        rest = &rest[length.max(c.len_utf8())..];
    }
    (numbers.len() <= 2 && words.len() <= 1).then_some((numbers, words))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn periods_are_known_by_many_names() {
        for (text, first, last) in [
            ("2026-03", "2026-03-01", "2026-03-31"),
            ("Oct-25", "2025-10-01", "2025-10-31"),
            ("10/2025", "2025-10-01", "2025-10-31"),
            ("003.2026", "2026-03-01", "2026-03-31"),
            ("202602", "2026-02-01", "2026-02-28"),
            ("February 2024", "2024-02-01", "2024-02-29"),
            ("2026-Q1", "2026-01-01", "2026-03-31"),
            ("Q4 2026", "2026-10-01", "2026-12-31"),
            ("Q1/26", "2026-01-01", "2026-03-31"),
            ("2026-W01", "2025-12-29", "2026-01-04"),
            ("KW 12 2026", "2026-03-16", "2026-03-22"),
            ("2026", "2026-01-01", "2026-12-31"),
            ("2026-03-01", "2026-03-01", "2026-03-31"),
        ] {
            let shown = read(text, Order::DayFirst).map(|(a, b)| (a.to_string(), b.to_string()));
            assert_eq!(shown, Some((first.to_owned(), last.to_owned())), "{text}");
        }
        for text in ["", "soon", "13/2026", "Q5 2026", "0202-03", "2026-W60", "12"] {
            assert_eq!(read(text, Order::DayFirst), None, "{text}");
        }
    }
}
