//! Scales and ticks: round numbers for values, calendar steps for dates.

use chrono::{Datelike, Days, Months, NaiveDate};

use crate::document::{Format, Kind};
use crate::language::{Part, Phrase};

/// Maps values to places.
#[derive(Clone, Copy, Debug)]
pub(super) struct Scale {
    /// The value at `start`.
    pub(super) low: f64,
    /// The value at `end`.
    pub(super) high: f64,
    /// Where `low` lies.
    pub(super) start: f32,
    /// Where `high` lies.
    pub(super) end: f32,
}

impl Scale {
    /// A scale of days, at least one wide.
    pub(super) fn of_days((from, to): (NaiveDate, NaiveDate), (start, end): (f32, f32)) -> Self {
        let low = day_number(from);
        Self { low, high: day_number(to).max(low + 1.0), start, end }
    }

    /// Where a value lies.
    #[expect(clippy::cast_possible_truncation, reason = "a place on a page")]
    pub(super) fn at(&self, value: f64) -> f32 {
        let span = self.high - self.low;
        let share = if span > 0.0 { ((value - self.low) / span).clamp(-10.0, 10.0) } else { 0.5 };
        self.start + (self.end - self.start) * share as f32
    }

    /// Where a day lies.
    pub(super) fn day(&self, day: NaiveDate) -> f32 {
        self.at(day_number(day))
    }
}

/// A day as a number.
pub(super) fn day_number(day: NaiveDate) -> f64 {
    f64::from(day.num_days_from_ce())
}

/// Round values from at or below `low` to at or above `high`, about `wanted` steps.
///
/// After Heckbert, *Nice numbers for graph labels*, Graphics Gems, 1990: steps of 1, 2, 2.5 or 5
/// times a power of ten.
pub(super) fn ticks(low: f64, high: f64, wanted: usize) -> Vec<f64> {
    let (low, high) =
        if low.is_finite() && high.is_finite() { (low.min(high), high.max(low)) } else { (0.0, 1.0) };
    let high = if high - low > high.abs().max(1e-9) * 1e-9 { high } else { low + low.abs().max(1.0) };
    #[expect(clippy::cast_precision_loss, reason = "a handful")]
    let rough = (high - low) / wanted.max(1) as f64;
    let power = 10_f64.powf(rough.log10().floor());
    let step = [1.0, 2.0, 2.5, 5.0, 10.0].into_iter().map(|m| m * power).find(|s| *s >= rough * 0.999);
    let step = step.unwrap_or(power * 10.0);
    let (first, last) = ((low / step + 1e-9).floor(), (high / step - 1e-9).ceil());
    let mut ticks = Vec::new();
    let mut at = first;
    while at <= last && ticks.len() < 50 {
        ticks.push(at * step);
        at += 1.0;
    }
    ticks
}

/// First and last of the ticks, and what lies between two of them.
pub(super) fn extent(ticks: &[f64]) -> (f64, f64, f64) {
    let (first, last) = (ticks.first().copied().unwrap_or(0.0), ticks.last().copied().unwrap_or(1.0));
    (first, last, ticks.get(1).map_or(1.0, |second| second - first))
}

/// How ticks of an axis are written, and the unit over it.
pub(super) struct Unit {
    /// `EUR thousand`.
    pub(super) name: String,
    divisor: f64,
    decimals: usize,
    percent: bool,
}

impl Unit {
    /// The unit for values of a kind up to `largest` with ticks `step` apart: money goes in thousands,
    /// millions or billions.
    pub(super) fn of(kind: Kind, unit: &str, largest: f64, step: f64, format: &Format) -> Self {
        let (divisor, name) = match kind {
            Kind::Money | Kind::Hours | Kind::Count | Kind::Number(_) => match largest {
                l if l >= 2e9 => (1e9, phrase!("{unit} billion", unit)),
                l if l >= 2e6 => (1e6, phrase!("{unit} million", unit)),
                l if l >= 1e4 && kind == Kind::Money || l >= 2e5 => (1e3, phrase!("{unit} thousand", unit)),
                _ => (1.0, Phrase::said(unit)),
            },
            _ => (1.0, Phrase::said(unit)),
        };
        let name = format.say(name).trim().to_owned();
        let percent = kind == Kind::Percent;
        let shown = if percent { step * 100.0 } else { step / divisor };
        Self { name, divisor, decimals: decimals(shown), percent }
    }

    /// A tick.
    pub(super) fn tick(&self, value: f64, format: &Format) -> String {
        if self.percent {
            format.say(phrase!("{share}", share = Part::percent(value, self.decimals)))
        } else {
            format.number(value / self.divisor, self.decimals)
        }
    }

    /// A value beside a line: one digit finer than the ticks.
    pub(super) fn value(&self, value: f64, kind: Kind, format: &Format) -> String {
        match kind {
            Kind::Index => format.number(value, 2),
            Kind::Percent => format.whole_percent(value),
            _ if self.divisor > 1.0 => {
                let scaled = value / self.divisor;
                let decimals = match scaled.abs() {
                    small if small < 9.995 => 2,
                    middle if middle < 99.95 => 1,
                    _ => 0,
                };
                format.number(scaled, decimals)
            }
            _ => format.number(value, 0),
        }
    }
}

/// How many decimals ticks this far apart need.
pub(super) fn decimals(step: f64) -> usize {
    let needed = (0..=4).find(|decimals| {
        let scaled = step * 10_f64.powi(*decimals);
        (scaled - scaled.round()).abs() < 1e-6
    });
    needed.and_then(|decimals| usize::try_from(decimals).ok()).unwrap_or(2)
}

/// A tick of a time axis.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct DayTick {
    /// Where.
    pub(super) day: NaiveDate,
    /// `Mar`, `2 Mar`.
    pub(super) label: String,
    /// `2026`, at the first tick and where the year turns.
    pub(super) year: Option<String>,
}

/// Calendar steps from finest to coarsest.
const STEPS: [Step; 11] = [
    Step::Days(1),
    Step::Days(2),
    Step::Days(7),
    Step::Days(14),
    Step::Months(1),
    Step::Months(2),
    Step::Months(3),
    Step::Months(6),
    Step::Months(12),
    Step::Months(24),
    Step::Months(60),
];

#[derive(Clone, Copy)]
enum Step {
    Days(u32),
    Months(u32),
}

impl Step {
    /// Its length in days, about.
    fn days(self) -> f64 {
        match self {
            Self::Days(days) => f64::from(days),
            Self::Months(months) => f64::from(months) * 30.44,
        }
    }

    /// The first tick at or before a day: Mondays for weeks, firsts for months.
    fn floor(self, day: NaiveDate) -> NaiveDate {
        match self {
            Self::Days(1 | 2) => day,
            Self::Days(_) => day - Days::new(u64::from(day.weekday().num_days_from_monday())),
            Self::Months(months) if months >= 12 => {
                let years = i32::try_from(months / 12).unwrap_or(1);
                NaiveDate::from_ymd_opt(day.year() - day.year().rem_euclid(years), 1, 1).unwrap_or(day)
            }
            Self::Months(months) => {
                let month = day.month0() - day.month0() % months;
                NaiveDate::from_ymd_opt(day.year(), month + 1, 1).unwrap_or(day)
            }
        }
    }

    fn next(self, day: NaiveDate) -> Option<NaiveDate> {
        match self {
            Self::Days(days) => day.checked_add_days(Days::new(u64::from(days))),
            Self::Months(months) => day.checked_add_months(Months::new(months)),
        }
    }
}

/// Calendar ticks between two days, at least `apart` points from each other on a width.
pub(super) fn day_ticks(
    (from, to): (NaiveDate, NaiveDate),
    width: f32,
    apart: f32,
    format: &Format,
) -> Vec<DayTick> {
    let days = (day_number(to) - day_number(from)).max(1.0);
    let room = f64::from(apart) / f64::from(width.max(1.0)) * days;
    let step = STEPS.into_iter().find(|step| step.days() >= room).unwrap_or(Step::Months(120));
    let mut ticks = Vec::new();
    let mut year = None;
    let mut at = Some(step.floor(from));
    while let Some(day) = at
        && day <= to
        && ticks.len() < 200
    {
        if day >= from {
            let turned = year != Some(day.year());
            year = Some(day.year());
            let (label, over) = match step {
                Step::Months(months) if months >= 12 => (day.year().to_string(), None),
                Step::Months(_) => (format.day_as(day, "%b"), turned.then(|| day.year().to_string())),
                Step::Days(_) => (format.short_day(day), turned.then(|| day.year().to_string())),
            };
            ticks.push(DayTick { day, label, year: over });
        }
        at = step.next(day);
    }
    ticks
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn ticks_are_round_and_cover_the_values() {
        assert_eq!(ticks(0.0, 93.0, 5), [0.0, 20.0, 40.0, 60.0, 80.0, 100.0]);
        let tenths: Vec<f64> = ticks(0.82, 1.13, 4).iter().map(|tick| (tick * 10.0).round()).collect();
        assert_eq!(tenths, [8.0, 9.0, 10.0, 11.0, 12.0]);
        assert!(ticks(5.0, 5.0, 4).len() > 1);
        assert!(ticks(f64::NAN, 1.0, 4).len() > 1);
        let wide = ticks(-3e14, 1e15, 5);
        assert!(wide[0] <= -3e14 && *wide.last().unwrap() >= 1e15 && wide.len() < 10);
    }

    #[test]
    fn months_fall_on_firsts_and_name_the_year_once() {
        let day = |y, m, d| NaiveDate::from_ymd_opt(y, m, d).unwrap();
        let ticks = day_ticks((day(2025, 11, 10), day(2026, 3, 31)), 400.0, 40.0, &Format::default());
        let labels: Vec<_> = ticks.iter().map(|t| (t.label.as_str(), t.year.as_deref())).collect();
        assert_eq!(labels, [("Dec", Some("2025")), ("Jan", Some("2026")), ("Feb", None), ("Mar", None)]);
        assert!(ticks.iter().all(|t| t.day.day() == 1));
    }

    #[test]
    fn money_goes_in_thousands_and_millions() {
        let format = Format::default();
        let unit = Unit::of(Kind::Money, "EUR", 1.4e6, 2e5, &format);
        assert_eq!((unit.name.as_str(), unit.tick(1.2e6, &format).as_str()), ("EUR thousand", "1,200"));
        let unit = Unit::of(Kind::Money, "EUR", 3e6, 5e5, &format);
        assert_eq!((unit.name.as_str(), unit.tick(1.5e6, &format).as_str()), ("EUR million", "1.5"));
        let unit = Unit::of(Kind::Index, "", 1.2, 0.1, &format);
        assert_eq!((unit.name.as_str(), unit.tick(1.1, &format).as_str()), ("", "1.1"));
    }
}
