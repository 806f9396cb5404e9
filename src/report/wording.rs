//! How the sentences of a report name spans of time, indices and lists; the rest is in [`crate::language`].

use chrono::NaiveDate;

use crate::analysis::metric::Metric;
use crate::calendar::{Period, PeriodKind};
use crate::document::Format;
use crate::language::{Part, Phrase};

pub(super) use crate::language::capital;

/// `1 working day`, `3.5 working days`, `12 working days`: one decimal below ten, none above.
pub(super) fn working_days(days: f64) -> Phrase {
    phrase!("{n} {n|working day|working days}", n = length(days.abs()))
}

/// The same with a minus where it is below zero.
pub(super) fn signed_working_days(days: f64) -> Phrase {
    phrase!("{n} {size|working day|working days}", n = length(days), size = length(days.abs()))
}

/// `1 month`, `1.2 months`.
pub(super) fn periods(periods: f64, kind: PeriodKind) -> Phrase {
    let n = length(periods.abs());
    match kind {
        PeriodKind::Week => phrase!("{n} {n|week|weeks}", n),
        PeriodKind::Month => phrase!("{n} {n|month|months}", n),
    }
}

fn length(length: f64) -> Part {
    Part::short(length, usize::from(length.abs() < 10.0))
}

/// Whether a length shows as nothing: below half of its last decimal.
pub(super) fn is_nothing(length: f64) -> bool {
    length.abs() < 0.05
}

/// What metrics are, by the catalogue, one after the other: `Burn rate: Actual cost a week over the last four weeks.`
pub(super) fn defined(metrics: &[&Metric]) -> Vec<Phrase> {
    let define = |metric: &&Metric| {
        phrase!("{name}: {meaning}", name = Part::Word(metric.name), meaning = Part::Word(metric.meaning))
    };
    metrics.iter().map(define).collect()
}

/// `0.87`.
pub(super) fn index(index: f64) -> Part {
    Part::number(index, 2)
}

/// `March 2026`, or `23 Mar 2026 to 29 Mar 2026` for a week.
pub(super) fn period(period: Period, format: &Format) -> String {
    if PeriodKind::Month.period_of(period.first) == period {
        format.day_as(period.first, "%B %Y")
    } else {
        span(period.first, period.last(), format)
    }
}

/// `Mar 26`, or the last day of a week: `29 Mar`.
pub(super) fn short_period(period: Period, format: &Format) -> String {
    let month = (period.next - period.first).num_days() > 7;
    if month { format.day_as(period.last(), "%b %y") } else { format.short_day(period.last()) }
}

/// `5 Jan 2026 to 30 Sep 2026`.
pub(super) fn span(from: NaiveDate, to: NaiveDate, format: &Format) -> String {
    format.say(phrase!("{from} to {to}", from, to))
}

/// `EUR 23,000 (20%) over the budget`; both figures in currency units.
pub(super) fn against_budget(over: f64, budget: f64, format: &Format) -> String {
    let (amount, share) = (format.amount(over.abs()), Part::share((over / budget).abs()));
    format.say(if over < 0.0 {
        phrase!("{amount} ({share}) under the budget", amount, share)
    } else {
        phrase!("{amount} ({share}) over the budget", amount, share)
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn one_is_singular_and_the_rest_plural() {
        assert_eq!(working_days(1.0).to_string(), "1 working day");
        assert_eq!(working_days(-1.04).to_string(), "1 working day");
        assert_eq!(signed_working_days(-2.0).to_string(), "\u{2212}2 working days");
        assert_eq!(signed_working_days(1.0).to_string(), "1 working day");
        assert_eq!(working_days(3.46).to_string(), "3.5 working days");
        assert_eq!(working_days(12.4).to_string(), "12 working days");
        assert_eq!(periods(0.52, PeriodKind::Month).to_string(), "0.5 months");
    }

    #[test]
    fn a_month_goes_by_its_name_and_a_week_by_its_days() {
        let day = NaiveDate::from_ymd_opt(2026, 3, 25).unwrap();
        let format = Format::default();
        assert_eq!(period(PeriodKind::Month.period_of(day), &format), "March 2026");
        assert_eq!(period(PeriodKind::Week.period_of(day), &format), "23 Mar 2026 to 29 Mar 2026");
        assert_eq!(short_period(PeriodKind::Month.period_of(day), &format), "Mar 26");
        assert_eq!(short_period(PeriodKind::Week.period_of(day), &format), "29 Mar");
    }
}
