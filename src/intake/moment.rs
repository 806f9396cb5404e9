//! Dates and times as exports write them; day and month in the order that the column shows.

use chrono::{Datelike, Days, NaiveDate, NaiveDateTime, NaiveTime};

/// Which comes first in `03/04/2026`.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(super) enum Order {
    /// The day, as in most of the world.
    #[default]
    DayFirst,
    /// The month, as in the United States.
    MonthFirst,
}

/// What was written: a day, and a time if there was one.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Written {
    /// The day.
    pub(super) day: NaiveDate,
    /// The time of day, when one was written.
    pub(super) time: Option<NaiveTime>,
}

/// Why a text is not a date.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Fault {
    /// It does not look like one.
    NotADate,
    /// It looks like one, but no calendar has that day.
    NoSuchDay,
    /// The year is not one of a project.
    Year(i64),
}

/// The years a project may lie in.
const YEARS: std::ops::RangeInclusive<i64> = 1950..=2149;

/// Reads a date with or without a time.
pub(super) fn read(text: &str, order: Order) -> Result<Written, Fault> {
    if let Some((year, month, day)) = iso(text) {
        return day_of(year, month, day).map(|day| Written { day, time: None });
    }
    let text = plain(text);
    let (date, time) = match clock_at(text) {
        Some(at) => (&text[..at], Some(clock(&text[at..]).ok_or(Fault::NotADate)?)),
        None => (text, None),
    };
    let parts = Parts::of(date).ok_or(Fault::NotADate)?;
    let (year, month, day) = parts.year_month_day(order).ok_or(Fault::NotADate)?;
    let year = if parts.short_year { century(year) } else { year };
    day_of(year, month, day).map(|day| Written { day, time })
}

/// The day of a calendar.
fn day_of(year: i64, month: i64, day: i64) -> Result<NaiveDate, Fault> {
    if !YEARS.contains(&year) {
        return Err(Fault::Year(year));
    }
    let whole = |n: i64| u32::try_from(n).map_err(|_| Fault::NoSuchDay);
    let year = i32::try_from(year).map_err(|_| Fault::Year(year))?;
    NaiveDate::from_ymd_opt(year, whole(month)?, whole(day)?).ok_or(Fault::NoSuchDay)
}

/// `2026-03-31` and nothing else: what most files have, without taking it apart.
fn iso(text: &str) -> Option<(i64, i64, i64)> {
    let &[y1, y2, y3, y4, b'-', m1, m2, b'-', d1, d2] = text.as_bytes() else { return None };
    let number = |digits: &[u8]| {
        let add = |n, digit: &u8| digit.is_ascii_digit().then(|| n * 10 + i64::from(digit - b'0'));
        digits.iter().try_fold(0, add)
    };
    Some((number(&[y1, y2, y3, y4])?, number(&[m1, m2])?, number(&[d1, d2])?))
}

/// What a text tells about the order of day and month: `Some(None)` when it may be either.
#[expect(clippy::option_option, reason = "tells nothing, may be either, is certain: three outcomes")]
pub(super) fn order_told(text: &str) -> Option<Option<Order>> {
    if iso(text).is_some() {
        return None;
    }
    let text = plain(text);
    let parts = Parts::of(&text[..clock_at(text).unwrap_or(text.len())])?;
    match parts.numbers[..] {
        [(first, length), (second, _), _] if parts.month.is_none() && length <= 2 && !parts.dotted => {
            Some(match (first > 12, second > 12) {
                (true, false) => Some(Order::DayFirst),
                (false, true) => Some(Order::MonthFirst),
                _ if first == second => return None,
                _ => None,
            })
        }
        _ => None,
    }
}

/// The day of a spreadsheet's serial number, with its time; `None` when it is not a plausible one.
pub(super) fn serial(value: f64) -> Option<Written> {
    if !(20_000.0..80_000.0).contains(&value) {
        return None;
    }
    #[expect(
        clippy::cast_possible_truncation,
        clippy::cast_sign_loss,
        reason = "within 20,000 to 80,000 days"
    )]
    let (days, seconds) = (value.trunc() as u64, (value.fract() * 86_400.0).round() as u32);
    let day = NaiveDate::from_ymd_opt(1899, 12, 30)?.checked_add_days(Days::new(days))?;
    let time = NaiveTime::from_num_seconds_from_midnight_opt(seconds.min(86_399), 0)?;
    Some(Written { day, time: (seconds > 0).then_some(time) })
}

/// A cell that the workbook itself calls a date.
pub(super) fn of_cell(moment: NaiveDateTime) -> Result<Written, Fault> {
    let year = i64::from(moment.year());
    if !YEARS.contains(&year) {
        return Err(Fault::Year(year));
    }
    Ok(Written { day: moment.date(), time: (moment.time() != NaiveTime::MIN).then_some(moment.time()) })
}

/// `25` is 2025, `95` is 1995.
pub(super) fn century(year: i64) -> i64 {
    if year < 70 { 2000 + year } else { 1900 + year }
}

/// The number of a month by its name, whole or cut, in the languages of the exports.
pub(super) fn month_named(word: &str) -> Option<i64> {
    const NAMES: [&[&str]; 12] = [
        &["jan", "ene", "gen", "янв"],
        &["feb", "fev", "fév", "фев"],
        &["mar", "mär", "mrz", "maa", "мар"],
        &["apr", "avr", "abr", "апр"],
        &["may", "mai", "maj", "mag", "mei", "мая", "май"],
        &["jun", "juin", "giu", "июн"],
        &["jul", "juil", "lug", "июл"],
        &["aug", "aoû", "aou", "ago", "авг"],
        &["sep", "set", "сен"],
        &["oct", "okt", "ott", "out", "окт"],
        &["nov", "ноя"],
        &["dec", "dez", "déc", "dic", "дек"],
    ];
    let word = word.to_lowercase();
    let known = |names: &&[&str]| names.iter().any(|name| word.starts_with(name));
    (word.chars().count() >= 3)
        .then(|| NAMES.iter().position(known))?
        .and_then(|at| i64::try_from(at + 1).ok())
}

/// The text without what goes around a date: the weekday before it, P6's `A` and `*`, a time zone behind it.
fn plain(text: &str) -> &str {
    let mut text = text.trim().trim_end_matches('*').trim_end();
    if let Some(rest) = text.strip_suffix('A')
        && rest.ends_with(|c: char| c.is_ascii_digit() || c == ' ')
    {
        text = rest.trim_end();
    }
    if let Some(at) = text.find(char::is_whitespace) {
        let word = text[..at].trim_end_matches(['.', ',']);
        let rest = text[at..].trim_start();
        // Tuesdays begin as March does in French, Spanish and Italian: before a whole date stands a weekday.
        let is_weekday = || month_named(word).is_none() || is_whole_date(rest);
        if !word.is_empty() && word.chars().all(char::is_alphabetic) && is_weekday() {
            text = rest;
        }
    }
    text
}

/// Whether a text says day, month and year, so that no word before it can be its month.
fn is_whole_date(text: &str) -> bool {
    let parts = Parts::of(&text[..clock_at(text).unwrap_or(text.len())]);
    parts.is_some_and(|parts| parts.numbers.len() + usize::from(parts.month.is_some()) == 3)
}

/// Where the time of day begins.
fn clock_at(text: &str) -> Option<usize> {
    let colon = text.find(':')?;
    let digits = text[..colon].bytes().rev().take_while(u8::is_ascii_digit).count();
    (1..=2).contains(&digits).then_some(colon - digits)
}

/// `15:42`, `3:42 PM`, `08:00:00.000Z`, `17:00+02:00`: the time as written, its zone left out.
fn clock(text: &str) -> Option<NaiveTime> {
    let lower = text.to_ascii_lowercase();
    let afternoon = lower.contains("pm") || lower.contains("p.m");
    let half_day = afternoon || lower.contains("am") || lower.contains("a.m");
    let end = lower.find(|c: char| !c.is_ascii_digit() && c != ':').unwrap_or(lower.len());
    let mut numbers = lower[..end].split(':').map(str::parse::<u32>);
    let (hour, minute) = (numbers.next()?.ok()?, numbers.next()?.ok()?);
    let second = numbers.next().map_or(Ok(0), |second| second).ok()?;
    let hour = match (half_day, afternoon) {
        (true, _) if !(1..=12).contains(&hour) => return None,
        (true, true) => hour % 12 + 12,
        (true, false) => hour % 12,
        _ => hour,
    };
    NaiveTime::from_hms_opt(hour, minute, second)
}

/// The numbers of a date and its month, if that is a word.
struct Parts {
    /// Value and how many digits it was written with.
    numbers: Vec<(i64, usize)>,
    /// A month by name, and how many numbers stand before it.
    month: Option<i64>,
    /// `31.03.2026`: the day always comes first.
    dotted: bool,
    /// The year has two digits.
    short_year: bool,
}

impl Parts {
    /// Takes a date apart; `None` when something in it cannot belong to a date.
    fn of(text: &str) -> Option<Self> {
        let (mut numbers, mut month) = (Vec::with_capacity(3), None);
        let mut rest = text.trim_end_matches(|c: char| c.is_whitespace() || matches!(c, 'T' | ',' | 't'));
        while let Some(c) = rest.chars().next() {
            let same =
                |next: char| if c.is_ascii_digit() { next.is_ascii_digit() } else { next.is_alphabetic() };
            let length = rest.find(|next| !same(next)).unwrap_or(rest.len());
            if c.is_ascii_digit() {
                numbers.push((rest[..length].parse().ok()?, length));
            } else if c.is_alphabetic() {
                let word = &rest[..length];
                match month_named(word) {
                    Some(named) if month.is_none() => month = Some(named),
                    _ if is_filler(word) => {}
                    _ => return None,
                }
            } else if !(c.is_whitespace() || matches!(c, '-' | '/' | '.' | ',' | '\u{2013}')) {
                return None;
            }
            rest = &rest[length.max(c.len_utf8())..];
        }
        if let [(whole, 8)] = numbers[..] {
            numbers = vec![(whole / 10_000, 4), (whole / 100 % 100, 2), (whole % 100, 2)];
        }
        let dotted = text.contains('.') && !text.contains(['/', '-']);
        let year_first = numbers.first().is_some_and(|(_, length)| *length > 2);
        let short_year = !year_first && numbers.last().is_some_and(|(_, length)| *length <= 2);
        Some(Self { numbers, month, dotted, short_year })
    }

    /// Year, month and day, as far as the shape allows.
    fn year_month_day(&self, order: Order) -> Option<(i64, i64, i64)> {
        match (&self.numbers[..], self.month) {
            ([(year, length), (day, _)], Some(month)) if *length > 2 => Some((*year, month, *day)),
            ([(day, _), (year, _)], Some(month)) => Some((*year, month, *day)),
            ([(year, length), (month, _), (day, _)], None) if *length > 2 => Some((*year, *month, *day)),
            ([(first, _), (second, _), (year, _)], None) if self.dotted || order == Order::DayFirst => {
                Some((*year, *second, *first))
            }
            ([(first, _), (second, _), (year, _)], None) => Some((*year, *first, *second)),
            _ => None,
        }
    }
}

/// Words that stand in a date and mean nothing: `15 de enero de 2026`, `1st`, `2026年1月15日`.
fn is_filler(word: &str) -> bool {
    matches!(
        word,
        "de" | "del" | "di" | "of" | "the" | "st" | "nd" | "rd" | "th" | "er" | "年" | "月" | "日" | "г"
    )
}

#[cfg(test)]
mod tests {
    use super::*;

    fn shown(text: &str, order: Order) -> String {
        match read(text, order) {
            Ok(Written { day, time: None }) => day.to_string(),
            Ok(Written { day, time: Some(time) }) => format!("{day} {}", time.format("%H:%M")),
            Err(fault) => format!("{fault:?}"),
        }
    }

    #[test]
    fn the_dates_of_the_exports_are_read() {
        for (text, want) in [
            ("2026-03-31", "2026-03-31"),
            ("2026-03-31T17:00", "2026-03-31 17:00"),
            ("2012-05-24T00:00:00Z", "2012-05-24 00:00"),
            ("2026-03-31 08:00:00+02:00", "2026-03-31 08:00"),
            ("20260331", "2026-03-31"),
            ("2026/3/1", "2026-03-01"),
            ("31.03.2026", "2026-03-31"),
            ("1.2.26", "2026-02-01"),
            ("14/Jul/25 3:42 PM", "2025-07-14 15:42"),
            ("12-Jan-05", "2005-01-12"),
            ("15-Jan-2026 A", "2026-01-15"),
            ("15-Jan-26A", "2026-01-15"),
            ("15-Jan-26*", "2026-01-15"),
            ("January 15, 2026 8:00 AM", "2026-01-15 08:00"),
            ("Jan 15, 2026 12:30 am", "2026-01-15 00:30"),
            ("Mon 15.06.26", "2026-06-15"),
            ("Mar 03/02/26", "2026-02-03"),
            ("mar. 3 f\u{e9}vrier 2026 08:00", "2026-02-03 08:00"),
            ("Mar 3, 2026", "2026-03-03"),
            ("mar 2026-02-03", "2026-02-03"),
            ("15. M\u{e4}rz 2026", "2026-03-15"),
            ("15 de enero de 2026", "2026-01-15"),
            ("1er ao\u{fb}t 2026", "2026-08-01"),
            ("2026年1月15日", "2026-01-15"),
            ("15 января 2026 г", "2026-01-15"),
        ] {
            assert_eq!(shown(text, Order::DayFirst), want, "{text}");
        }
    }

    #[test]
    fn day_and_month_come_in_the_order_of_the_column() {
        assert_eq!(shown("6/21/2025 16:14", Order::MonthFirst), "2025-06-21 16:14");
        assert_eq!(shown("03/04/2026", Order::DayFirst), "2026-04-03");
        assert_eq!(shown("03/04/2026", Order::MonthFirst), "2026-03-04");
        assert_eq!(shown("31.03.2026", Order::MonthFirst), "2026-03-31", "dots always put the day first");
        assert_eq!(order_told("6/21/2025 16:14"), Some(Some(Order::MonthFirst)));
        assert_eq!(order_told("21-6-2025"), Some(Some(Order::DayFirst)));
        assert_eq!(order_told("03/04/2026"), Some(None));
        assert_eq!(order_told("04/04/2026"), None, "both orders are the same day");
        assert_eq!(order_told("2026-03-04"), None);
    }

    #[test]
    fn what_is_no_date_says_why() {
        assert_eq!(read("31.02.2026", Order::DayFirst), Err(Fault::NoSuchDay));
        assert_eq!(read("13/13/2026", Order::DayFirst), Err(Fault::NoSuchDay));
        assert_eq!(read("0202-03-01", Order::DayFirst), Err(Fault::Year(202)));
        assert_eq!(read("20226-03-01", Order::DayFirst), Err(Fault::Year(20226)));
        for text in ["soon", "Q3", "2026", "2026-03", "12:00", "next week", "1-2", "45", "25:00:00", ""] {
            assert_eq!(read(text, Order::DayFirst), Err(Fault::NotADate), "{text}");
        }
    }

    #[test]
    fn a_serial_number_counts_days_as_a_spreadsheet_does() {
        // 46112 is 2026-03-31 in Excel; a half is noon.
        let day = NaiveDate::from_ymd_opt(2026, 3, 31).unwrap();
        assert_eq!(serial(46_112.0), Some(Written { day, time: None }));
        assert_eq!(serial(46_112.5), Some(Written { day, time: NaiveTime::from_hms_opt(12, 0, 0) }));
        assert_eq!(serial(12.0), None);
    }
}
