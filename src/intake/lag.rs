//! Lags of links: `3d`, `-6h`, `1,5 w`, and what only a lag may be: elapsed time (`2ed`) and a share of the predecessor
//! (`50%`).

use super::cell::Raw;
use super::datum::HOURS_PER_DAY;
use super::duration::{self, Length, Unit};
use super::header::squash;
use super::how::How;
use super::number::Number;
use crate::quantity::Work;

/// How far apart the ends of a link are; negative is a lead.
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum Lag {
    /// Working hours.
    Hours(f64),
    /// Working days of the project's calendar.
    Days(f64),
    /// Hours of the clock, through nights and weekends.
    Elapsed(f64),
    /// A share of the predecessor's duration, in working time.
    Share(f64),
    /// A share of the predecessor by the clock: not supported, the link is kept without it.
    Unsupported,
}

impl Lag {
    /// No lag.
    pub const NONE: Self = Self::Hours(0.0);

    /// Reads a lag of one unit: `+3d`, `-6h`, `+ 2 days`, `+1,5 w`, `+50%`; a bare number is days. `None` when it is no
    /// lag.
    #[must_use]
    pub fn read(text: &str) -> Option<Self> {
        let text = text.trim().replace('\u{2212}', "-");
        let (sign, rest) = match text.strip_prefix('-') {
            Some(rest) => (-1.0, rest),
            None => (1.0, text.strip_prefix('+').unwrap_or(&text)),
        };
        let rest = rest.trim();
        let digits = rest.find(|c: char| !c.is_ascii_digit() && c != '.' && c != ',').unwrap_or(rest.len());
        let amount: f64 = rest[..digits].replace(',', ".").parse().ok()?;
        let amount = sign * amount;
        match rest[digits..].trim().trim_end_matches(['?', '.']) {
            "" => Some(Self::Days(amount)),
            "%" => Some(Self::Share(amount / 100.0)),
            "e%" | "E%" => Some(Self::Unsupported),
            word => {
                let (unit, elapsed) = Unit::named(&squash(word))?;
                Some(if elapsed { Self::Elapsed(amount * unit.elapsed_hours()) } else { unit.lag(amount) })
            }
        }
    }

    /// Reads a cell; `None` when it is no lag.
    pub(super) fn of_cell(raw: Raw<'_>, how: How) -> Option<Self> {
        let working = match raw {
            Raw::Number { value, percent: true } => return Some(Self::Share(value)),
            Raw::Number { value, .. } => duration::of(Number::of(value)?, how.bare),
            #[expect(clippy::cast_possible_truncation, reason = "saturating by the language's definition")]
            Raw::Duration(seconds) => Some(Length { seconds: seconds.round() as i64, ..Length::default() }),
            Raw::Text(text) => match duration::read(text, how.bare, how.decimal) {
                Some(length) if !length.elapsed => Some(length),
                _ => return Self::read(text),
            },
            _ => None,
        }?;
        let hours = Work(working.seconds).hours();
        Some(working.days.map_or(Self::Hours(hours), |days| Self::Days(days + hours / HOURS_PER_DAY)))
    }

    /// How much time that is, and whether it passes by the clock, where a day has so many hours and the predecessor
    /// takes so long; `None` where that is not known or not supported.
    pub fn time(
        self,
        hours_per_day: f64,
        predecessor: impl FnOnce() -> Option<Work>,
    ) -> Option<(Work, bool)> {
        Some(match self {
            Self::Hours(hours) => (Work::from_hours(hours), false),
            Self::Days(days) => (Work::from_hours(days * hours_per_day), false),
            Self::Elapsed(hours) => (Work::from_hours(hours), hours != 0.0),
            Self::Share(share) => (Work::from_hours(predecessor()?.hours() * share), false),
            Self::Unsupported => return None,
        })
    }
}

impl Unit {
    /// Hours of the clock in one; MS Project's elapsed month has thirty days.
    const fn elapsed_hours(self) -> f64 {
        match self {
            Self::Seconds => 1.0 / 3_600.0,
            Self::Minutes => 1.0 / 60.0,
            Self::Hours => 1.0,
            Self::Days => 24.0,
            Self::Weeks => 7.0 * 24.0,
            Self::Months => 30.0 * 24.0,
        }
    }

    /// So much of it as working time.
    const fn lag(self, amount: f64) -> Lag {
        match self {
            Self::Seconds | Self::Minutes | Self::Hours => Lag::Hours(amount * self.elapsed_hours()),
            Self::Days => Lag::Days(amount),
            Self::Weeks => Lag::Days(amount * 5.0),
            Self::Months => Lag::Days(amount * 20.0),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::intake::moment::Order;
    use crate::intake::number::Decimal;

    const HOW: How = How {
        decimal: Decimal::Point,
        order: Order::DayFirst,
        fractions: false,
        midnight_is_a_day: false,
        bare: Unit::Days,
        levels: false,
    };

    #[test]
    fn a_column_says_what_a_predecessor_says() {
        for (text, lag) in [
            ("3", Some(Lag::Days(3.0))),
            ("-2d", Some(Lag::Days(-2.0))),
            ("6h", Some(Lag::Hours(6.0))),
            ("90 min", Some(Lag::Hours(1.5))),
            ("1.5w", Some(Lag::Days(7.5))),
            ("2ed", Some(Lag::Elapsed(48.0))),
            ("-1 eweek", Some(Lag::Elapsed(-168.0))),
            ("1emo", Some(Lag::Elapsed(720.0))),
            ("50%", Some(Lag::Share(0.5))),
            ("-25 %", Some(Lag::Share(-0.25))),
            ("50e%", Some(Lag::Unsupported)),
            ("1d 4h", Some(Lag::Days(1.5))),
            ("soon", None),
            // Working and elapsed time do not add up before the calendar is known.
            ("1d 4eh", None),
        ] {
            assert_eq!(Lag::of_cell(Raw::Text(text), HOW), lag, "{text}");
            if text != "1d 4h" {
                assert_eq!(Lag::read(text), lag, "{text}");
            }
        }
        let percent = Raw::Number { value: 0.5, percent: true };
        assert_eq!(Lag::of_cell(percent, HOW), Some(Lag::Share(0.5)));
        let number = Raw::Number { value: 4.0, percent: false };
        assert_eq!(Lag::of_cell(number, How { bare: Unit::Hours, ..HOW }), Some(Lag::Hours(4.0)));
    }
}
