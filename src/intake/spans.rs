//! Working spans of a day: `08:00-12:00 13:00-17:00`, or a number of hours.

use crate::calendar::Span;

use super::number::{Decimal, Number};

/// Reads spans, or hours that begin at 08:00 with a break from 12:00 to 13:00; `None` when the text is neither.
pub(super) fn read(text: &str) -> Option<Vec<Span>> {
    if !text.contains(':') {
        let hours = text.trim().trim_end_matches(['h', 'H']).trim_end();
        return of_hours(
            Number::read(hours, Decimal::Point).or_else(|| Number::read(hours, Decimal::Comma))?.value(),
        );
    }
    let mut spans: Vec<Span> = Vec::new();
    let spaced = text.replace(['\u{2013}', '\u{2014}'], "-").replace(" - ", "-");
    for part in spaced
        .split(|c: char| c.is_whitespace() || matches!(c, ',' | ';' | '/'))
        .filter(|part| !part.is_empty())
    {
        let (from, to) = part.split_once('-')?;
        let (from, to) = (seconds(from)?, seconds(to)?);
        if from >= to || spans.last().is_some_and(|before| from < before.1) {
            return None;
        }
        spans.push((from, to));
    }
    Some(spans)
}

/// So many hours of a day, from 08:00 with a break from 12:00 to 13:00; longer days begin earlier.
pub(super) fn of_hours(hours: f64) -> Option<Vec<Span>> {
    if !(0.0..=24.0).contains(&hours) {
        return None;
    }
    #[expect(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "0 to 86,400 seconds")]
    let seconds = (hours * 3_600.0).round() as u32;
    let hour = 3_600;
    Some(match seconds {
        0 => vec![],
        1..=14_400 => vec![(8 * hour, 8 * hour + seconds)],
        14_401..=54_000 => vec![(8 * hour, 12 * hour), (13 * hour, 9 * hour + seconds)],
        _ => vec![(24 * hour - seconds, 24 * hour)],
    })
}

/// `08:00`, `8:00`, `24:00` in seconds after midnight.
fn seconds(clock: &str) -> Option<u32> {
    let (hours, minutes) = clock.trim().split_once(':')?;
    let (hours, minutes): (u32, u32) = (hours.parse().ok()?, minutes.split(':').next()?.parse().ok()?);
    let seconds = hours * 3_600 + minutes * 60;
    (hours <= 24 && minutes < 60 && seconds <= 86_400).then_some(seconds)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn spans_and_hours_say_when_work_is_done() {
        let usual = Some(vec![(28_800, 43_200), (46_800, 61_200)]);
        assert_eq!(read("08:00-12:00 13:00-17:00"), usual);
        assert_eq!(read("8:00 \u{2013} 12:00, 13:00 - 17:00"), usual);
        assert_eq!(read("8"), usual);
        assert_eq!(read("8h"), usual);
        assert_eq!(read("4"), Some(vec![(28_800, 43_200)]));
        assert_eq!(read("0"), Some(vec![]));
        assert_eq!(read("24"), Some(vec![(0, 86_400)]));
        assert_eq!(read("08:00-16:00"), Some(vec![(28_800, 57_600)]));
        for text in ["25", "-1", "all day", "12:00-08:00", "08:00-12:00 11:00-13:00", "08:00", "8:75-9:00"] {
            assert_eq!(read(text), None, "{text}");
        }
    }
}
