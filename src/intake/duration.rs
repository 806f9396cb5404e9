//! Durations and hours: `3d`, `2 days?`, `12 hrs`, `1w 2d`, `7:30`, `1,5 Tage`.

use super::header::squash;
use super::number::{Decimal, Number};

/// What a unit of time is worth.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Unit {
    /// Of the clock.
    Seconds,
    /// Of the clock.
    Minutes,
    /// Of the clock.
    Hours,
    /// Working days.
    Days,
    /// Five working days.
    Weeks,
    /// Twenty working days.
    Months,
}

impl Unit {
    /// Seconds in one, or working days in one.
    const fn worth(self) -> Worth {
        match self {
            Self::Seconds => Worth::Seconds(1),
            Self::Minutes => Worth::Seconds(60),
            Self::Hours => Worth::Seconds(3_600),
            Self::Days => Worth::Days(1.0),
            Self::Weeks => Worth::Days(5.0),
            Self::Months => Worth::Days(20.0),
        }
    }

    /// The unit of a word, squashed; `true` when it is elapsed time rather than working time.
    pub(super) fn named(word: &str) -> Option<(Self, bool)> {
        let plain = |word: &str| {
            Some(match word {
                "s" | "sec" | "secs" | "second" | "seconds" | "sek" | "sekunden" => Self::Seconds,
                "m" | "min" | "mins" | "minute" | "minutes" | "minuten" | "minutos" | "minuti" => {
                    Self::Minutes
                }
                "h" | "hr" | "hrs" | "hour" | "hours" | "std" | "stunde" | "stunden" | "heure" | "heures"
                | "hora" | "horas" | "ora" | "ore" | "tim" | "timme" | "timmar" | "ч" | "час" | "часа"
                | "часов" | "小时" | "工时" => Self::Hours,
                "d" | "day" | "days" | "dy" | "dys" | "tag" | "tage" | "t" | "j" | "jour" | "jours"
                | "dia" | "dias" | "g" | "giorno" | "giorni" | "dag" | "dagar" | "д" | "дн" | "день"
                | "дня" | "дней" | "天" | "个工作日" | "工作日" => Self::Days,
                "w" | "wk" | "wks" | "week" | "weeks" | "wo" | "woche" | "wochen" | "sem" | "semaine"
                | "semaines" | "semana" | "semanas" | "sett" | "settimana" | "settimane" | "vecka"
                | "veckor" | "нед" | "周" => Self::Weeks,
                "mo" | "mos" | "mon" | "mons" | "month" | "months" | "monat" | "monate" | "mois" | "mes"
                | "meses" | "mese" | "mesi" | "manad" | "manader" | "мес" | "月" => Self::Months,
                _ => return None,
            })
        };
        let elapsed = word.strip_prefix('e').or_else(|| word.strip_prefix("elapsed")).and_then(plain);
        plain(word).map(|unit| (unit, false)).or_else(|| elapsed.map(|unit| (unit, true)))
    }
}

/// A unit in seconds of the clock or in working days.
enum Worth {
    Seconds(i64),
    Days(f64),
}

/// A length of time: some of it in seconds, some in working days.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub(super) struct Length {
    /// Said in hours, minutes or seconds.
    pub(super) seconds: i64,
    /// Said in days, weeks or months; `None` when nothing was.
    pub(super) days: Option<f64>,
    /// Some of it was elapsed time, taken for working time.
    pub(super) elapsed: bool,
}

/// Reads a length of time; a bare number is of the unit `bare`.
pub(super) fn read(text: &str, bare: Unit, decimal: Decimal) -> Option<Length> {
    let text = text.trim().trim_end_matches('?').trim_end();
    let (negative, text) = match text.strip_prefix(['-', '\u{2212}']) {
        Some(rest) => (true, rest.trim_start()),
        None => (false, text.strip_prefix('+').unwrap_or(text)),
    };
    let mut length = if text.contains(':') { clock(text)? } else { pairs(text, bare, decimal)? };
    if negative {
        length.seconds = -length.seconds;
        length.days = length.days.map(|days| -days);
    }
    Some(length)
}

/// So much of a unit; `None` when it is beyond the range.
pub(super) fn of(number: Number, unit: Unit) -> Option<Length> {
    match unit.worth() {
        Worth::Seconds(seconds) => Some(Length { seconds: number.in_units(seconds)?, ..Length::default() }),
        Worth::Days(days) => {
            let days = number.value() * days;
            (days.abs() < 1e7).then_some(Length { days: Some(days), ..Length::default() })
        }
    }
}

/// `7:30`, `07:30:00`
fn clock(text: &str) -> Option<Length> {
    let mut parts = text.split(':').map(|part| part.trim().parse::<u32>().ok());
    let (hours, minutes, seconds) = (parts.next()??, parts.next()??, parts.next().unwrap_or(Some(0))?);
    if parts.next().is_some() || minutes >= 60 || seconds >= 60 {
        return None;
    }
    let seconds = i64::from(hours) * 3_600 + i64::from(minutes) * 60 + i64::from(seconds);
    Some(Length { seconds, ..Length::default() })
}

/// Numbers with their units: `1w 2d 3h`, `12 hrs`, or a bare number.
fn pairs(text: &str, bare: Unit, decimal: Decimal) -> Option<Length> {
    let mut whole = Length::default();
    let mut rest = text;
    let mut any = false;
    while !rest.is_empty() {
        let end = rest.find(char::is_alphabetic).unwrap_or(rest.len());
        let number = Number::read(rest[..end].trim(), decimal).filter(|number| !number.percent)?;
        let word_end = rest[end..]
            .find(|c: char| !c.is_alphabetic() && c != '.')
            .map_or(rest.len(), |length| end + length);
        let (unit, elapsed) = match &rest[end..word_end] {
            "" if any => return None,
            "" => (bare, false),
            word => Unit::named(&squash(word))?,
        };
        let part = of(number, unit)?;
        whole.seconds = whole.seconds.checked_add(part.seconds)?;
        whole.days = match (whole.days, part.days) {
            (Some(a), Some(b)) => Some(a + b),
            (a, b) => a.or(b),
        };
        whole.elapsed |= elapsed;
        any = true;
        rest =
            rest[word_end..].trim_start_matches(|c: char| c.is_whitespace() || matches!(c, ',' | '?' | ';'));
    }
    any.then_some(whole)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn durations_are_read_with_their_units() {
        let days = |n: f64| Some(Length { days: Some(n), ..Length::default() });
        let hours = |n: i64| Some(Length { seconds: n * 3_600, ..Length::default() });
        for (text, want) in [
            ("3d", days(3.0)),
            ("3", days(3.0)),
            ("2 days?", days(2.0)),
            ("0 days", days(0.0)),
            ("1.5 dys", days(1.5)),
            ("1w", days(5.0)),
            ("2mo", days(40.0)),
            ("1w 2d", days(7.0)),
            ("2 Tage", days(2.0)),
            ("-3d", days(-3.0)),
            ("12 hrs", hours(12)),
            ("4h", hours(4)),
            ("4 std.", hours(4)),
            ("3 jours", days(3.0)),
            ("6:00", hours(6)),
            ("1 ed", Some(Length { days: Some(1.0), elapsed: true, seconds: 0 })),
            ("1d 4h", Some(Length { days: Some(1.0), seconds: 14_400, elapsed: false })),
            ("soon", None),
            ("3 apples", None),
            ("7:75", None),
            ("", None),
            ("3 4", None),
            ("50%", None),
        ] {
            assert_eq!(read(text, Unit::Days, Decimal::Point), want, "{text}");
        }
        assert_eq!(
            read("7,5", Unit::Hours, Decimal::Comma),
            Some(Length { seconds: 27_000, ..Length::default() })
        );
        assert_eq!(read("7:30:15", Unit::Hours, Decimal::Point).map(|l| l.seconds), Some(27_015));
        assert_eq!(read("28800", Unit::Seconds, Decimal::Point).map(|l| l.seconds), Some(28_800));
    }
}
