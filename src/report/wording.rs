//! How the sentences of a report name spans of time, indices and lists; the rest is in [`crate::wording`].

use chrono::NaiveDate;

use crate::calendar::{Period, PeriodKind};
use crate::document::Format;
use crate::wording::{MINUS, percent};

/// `1 working day`, `3.5 working days`, `12 working days`: one decimal below ten, none above.
pub(super) fn working_days(days: f64) -> String {
    length(days, "working day", "working days")
}

/// The same with a minus where it is below zero.
pub(super) fn signed_working_days(days: f64) -> String {
    let length = working_days(days);
    if days < 0.0 { format!("{MINUS}{length}") } else { length }
}

/// `1 month`, `1.2 months`.
pub(super) fn periods(periods: f64, kind: PeriodKind) -> String {
    match kind {
        PeriodKind::Week => length(periods, "week", "weeks"),
        PeriodKind::Month => length(periods, "month", "months"),
    }
}

fn length(length: f64, one: &str, many: &str) -> String {
    let length = length.abs();
    let decimals = usize::from(length < 10.0);
    let text = Format::default().number(length, decimals);
    let text = text.strip_suffix(".0").unwrap_or(&text);
    if text == "1" { format!("1 {one}") } else { format!("{text} {many}") }
}

/// Whether a length shows as nothing: below half of its last decimal.
pub(super) fn is_nothing(length: f64) -> bool {
    length.abs() < 0.05
}

/// `0.87`.
pub(super) fn index(index: f64) -> String {
    Format::default().number(index, 2)
}

/// `March 2026`, or `23 Mar 2026 to 29 Mar 2026` for a week.
pub(super) fn period(period: Period, format: &Format) -> String {
    if PeriodKind::Month.period_of(period.first) == period {
        period.first.format("%B %Y").to_string()
    } else {
        span(period.first, period.last(), format)
    }
}

/// `Mar 26`, or the last day of a week: `29 Mar`.
pub(super) fn short_period(period: Period) -> String {
    let month = (period.next - period.first).num_days() > 7;
    period.last().format(if month { "%b %y" } else { "%-d %b" }).to_string()
}

/// `6 Apr`: a day within a year that the reader knows.
pub(super) fn short_day(day: NaiveDate) -> String {
    day.format("%-d %b").to_string()
}

/// `5 Jan 2026 to 30 Sep 2026`.
pub(super) fn span(from: NaiveDate, to: NaiveDate, format: &Format) -> String {
    format!("{} to {}", format.day(from), format.day(to))
}

/// `EUR 23,000 (20%) over the budget`; both figures in currency units.
pub(super) fn against_budget(over: f64, budget: f64, format: &Format) -> String {
    let direction = if over < 0.0 { "under" } else { "over" };
    format!("{} ({}) {direction} the budget", format.amount(over.abs()), percent((over / budget).abs()))
}

/// A sentence begins with a capital.
pub(super) fn capital(text: &str) -> String {
    let mut chars = text.chars();
    chars.next().map_or_else(String::new, |first| first.to_uppercase().chain(chars).collect())
}

/// A name within a sentence begins without one.
pub(super) fn lower(text: &str) -> String {
    let mut chars = text.chars();
    chars.next().map_or_else(String::new, |first| first.to_lowercase().chain(chars).collect())
}

/// `a`, `a and b`, `a, b and c`.
pub(super) fn listed(items: &[String]) -> String {
    match items {
        [] => String::new(),
        [one] => one.clone(),
        [most @ .., last] => format!("{} and {last}", most.join(", ")),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn one_is_singular_and_the_rest_plural() {
        assert_eq!(working_days(1.0), "1 working day");
        assert_eq!(working_days(-1.04), "1 working day");
        assert_eq!(signed_working_days(-2.0), "\u{2212}2 working days");
        assert_eq!(signed_working_days(1.0), "1 working day");
        assert_eq!(working_days(3.46), "3.5 working days");
        assert_eq!(working_days(12.4), "12 working days");
        assert_eq!(periods(0.52, PeriodKind::Month), "0.5 months");
    }

    #[test]
    fn a_month_goes_by_its_name_and_a_week_by_its_days() {
        let day = NaiveDate::from_ymd_opt(2026, 3, 25).unwrap();
        let format = Format::default();
        assert_eq!(period(PeriodKind::Month.period_of(day), &format), "March 2026");
        assert_eq!(period(PeriodKind::Week.period_of(day), &format), "23 Mar 2026 to 29 Mar 2026");
        assert_eq!(short_period(PeriodKind::Month.period_of(day)), "Mar 26");
        assert_eq!(short_period(PeriodKind::Week.period_of(day)), "29 Mar");
    }
}
