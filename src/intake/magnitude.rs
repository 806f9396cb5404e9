//! How likely and how large a risk is, as registers write it: a number, a range or a word of five levels.

use crate::diagnostic::code;
use crate::model::Magnitude;

use super::Scale;
use super::cell::{Raw, Trouble, quoted};
use super::datum::HOURS_PER_DAY;
use super::duration;
use super::header::squash;
use super::how::How;
use super::number::{self, Decimal, Number};

/// The words of the five levels, squashed.
const LEVELS: [&[&str]; 5] = [
    &[
        "verylow",
        "vl",
        "rare",
        "remote",
        "veryunlikely",
        "improbable",
        "negligible",
        "insignificant",
        "minimal",
        "sehrniedrig",
        "sehrgering",
        "tresfaible",
        "muybajo",
        "muybaja",
        "moltobasso",
        "muitobaixo",
    ],
    &[
        "low",
        "l",
        "unlikely",
        "minor",
        "small",
        "niedrig",
        "gering",
        "unwahrscheinlich",
        "faible",
        "bajo",
        "baja",
        "basso",
        "bassa",
        "baixo",
        "baixa",
        "lag",
    ],
    &[
        "medium", "m", "med", "moderate", "possible", "average", "mittel", "moglich", "moyen", "moyenne",
        "medio", "media", "modere", "moderado", "moderada", "medel",
    ],
    &[
        "high",
        "h",
        "likely",
        "probable",
        "major",
        "large",
        "serious",
        "significant",
        "hoch",
        "wahrscheinlich",
        "eleve",
        "elevee",
        "fort",
        "alto",
        "alta",
        "elevado",
        "hog",
    ],
    &[
        "veryhigh",
        "vh",
        "almostcertain",
        "certain",
        "verylikely",
        "critical",
        "severe",
        "extreme",
        "catastrophic",
        "sehrhoch",
        "kritisch",
        "treseleve",
        "treselevee",
        "muyalto",
        "muyalta",
        "moltoalto",
        "muitoalto",
    ],
];

/// The level of a word: `High`, `4`, `4 - High`, `High (4)`, `L4`.
fn level(text: &str) -> Option<u8> {
    let known = |word: &str| {
        let word = squash(word);
        (1..).zip(LEVELS).find(|(_, words)| words.contains(&word.as_str())).map(|(level, _)| level)
    };
    let digit = |word: &str| word.parse().ok().filter(|level| (1..=5).contains(level));
    known(text).or_else(|| {
        let words: Vec<&str> =
            text.split(|c: char| !c.is_alphanumeric()).filter(|word| !word.is_empty()).collect();
        match words[..] {
            [first, ref rest @ ..] if !rest.is_empty() => {
                digit(first).filter(|level| known(&rest.concat()) == Some(*level)).or_else(|| {
                    let (last, before) = words.split_last()?;
                    digit(last).filter(|level| known(&before.concat()) == Some(*level))
                })
            }
            _ => None,
        }
    })
}

/// Reads a cell of a column of this scale and name.
pub(super) fn read(scale: Scale, raw: Raw<'_>, how: How, column: &str) -> Result<Magnitude, Trouble> {
    let said = match (scale, raw) {
        (Scale::Chance, _) => chance(raw, how)?,
        (Scale::Level, _) => {
            number::of_cell(raw, how.decimal).and_then(|(value, _)| level_of(value)).map(Magnitude::Level)
        }
        (Scale::Money | Scale::Time, Raw::Number { value, .. }) => Some(Magnitude::of(value)),
        (Scale::Time, Raw::Duration(seconds)) => Some(Magnitude::of(seconds / 3_600.0 / HOURS_PER_DAY)),
        (Scale::Money, Raw::Text(text)) => amount(text, how.decimal)
            .map(Magnitude::of)
            .or_else(|| range(text, &|part| amount(part, how.decimal))),
        (Scale::Time, Raw::Text(text)) => {
            days(text, how).map(Magnitude::of).or_else(|| time_range(text, how))
        }
        _ => None,
    };
    let said = said.or_else(|| raw.text().and_then(|text| level(&text)).map(Magnitude::Level));
    said.filter(|magnitude| magnitude.is_finite()).ok_or_else(|| unreadable(scale, raw, column))
}

fn chance(raw: Raw<'_>, how: How) -> Result<Option<Magnitude>, Trouble> {
    let share = match (number::of_cell(raw, how.decimal), raw) {
        (Some((share, true)), _) => share,
        (Some((level, _)), _) if how.levels => return Ok(level_of(level).map(Magnitude::Level)),
        (Some((value, _)), _) if how.fractions => value,
        (Some((value, _)), _) => value / 100.0,
        (None, Raw::Text(text)) => return Ok(range(text, &|part| bound(part, how))),
        (None, _) => return Ok(None),
    };
    if !(0.0..=1.0).contains(&share) {
        let message = phrase!("{value} is not between 0% and 100%", value = quoted(raw));
        return Err(Trouble::new(&code::PERCENT_RANGE, message).help(word!("write 30% or 0.3")));
    }
    Ok(Some(Magnitude::of(share)))
}

/// One end of a range of probabilities: `20` of `20-40%`.
fn bound(part: &str, how: How) -> Option<f64> {
    let number = Number::read(part, how.decimal)?;
    let value = number.value();
    let share = if number.percent || how.fractions { value } else { value / 100.0 };
    (0.0..=1.0).contains(&share).then_some(share)
}

fn level_of(value: f64) -> Option<u8> {
    (1..=5).find(|level| (f64::from(*level) - value).abs() < 1e-9)
}

fn amount(text: &str, decimal: Decimal) -> Option<f64> {
    let text = text.trim();
    // `25k` and `1.5m` are common in registers and nowhere else.
    let (body, times) = match text.char_indices().next_back() {
        Some((at, 'k' | 'K')) => (&text[..at], 1e3),
        Some((at, 'm' | 'M')) => (&text[..at], 1e6),
        _ => (text, 1.0),
    };
    let number = Number::read(body, decimal).filter(|number| !number.percent)?;
    Some(number.value() * times).filter(|value| value.abs() < 9e14)
}

fn days(text: &str, how: How) -> Option<f64> {
    let length = duration::read(text, how.bare, how.decimal)?;
    #[expect(clippy::cast_precision_loss, reason = "durations are far below 2^53 seconds")]
    let hours = length.seconds as f64 / 3_600.0;
    Some(length.days.unwrap_or(0.0) + hours / HOURS_PER_DAY)
}

/// `2-10`, `2 to 10 d`, `2d-2w`: a unit at the end holds for both.
fn time_range(text: &str, how: How) -> Option<Magnitude> {
    let unit = text.trim().trim_start_matches(|c: char| !c.is_alphabetic());
    let unit = unit.rsplit(|c: char| !c.is_alphabetic()).next().unwrap_or_default();
    range(text, &|part| {
        let bare = !part.contains(char::is_alphabetic);
        if bare { days(&format!("{part} {unit}"), how) } else { days(part, how) }
    })
}

/// Two numbers in rising order with `-`, `to`, `..` between them; the likeliest value is their middle.
fn range(text: &str, read: &dyn Fn(&str) -> Option<f64>) -> Option<Magnitude> {
    let ends = ["..", "\u{2026}", "\u{2013}", "\u{2014}", " to ", " bis ", " \u{e0} ", " a ", " - ", "-"];
    ends.iter().find_map(|between| {
        let (low, high) = text.split_once(between)?;
        let (low, high) = (read(low.trim())?, read(high.trim())?);
        (low <= high).then(|| Magnitude::Points(low, low.midpoint(high), high))
    })
}

fn unreadable(scale: Scale, raw: Raw<'_>, column: &str) -> Trouble {
    let value = quoted(raw);
    match scale {
        Scale::Chance => {
            Trouble::new(&code::NOT_A_CHANCE, phrase!("{value} is neither a probability nor a level", value))
                .help(word!("write 30%, 0.3, 1 to 5, or very low, low, medium, high, very high"))
        }
        Scale::Level => Trouble::new(
            &code::NOT_AN_IMPACT,
            phrase!("{value} is not a level of {column}", value, column = column.replace('_', " ")),
        )
        .help(word!("write 1 to 5, or very low, low, medium, high, very high")),
        Scale::Money => Trouble::new(
            &code::NOT_AN_IMPACT,
            phrase!("{value} is neither an amount nor a range nor a level", value),
        )
        .help(word!("write 25000, 10000-40000, or very low, low, medium, high, very high")),
        Scale::Time => Trouble::new(
            &code::NOT_AN_IMPACT,
            phrase!("{value} is neither a time nor a range nor a level", value),
        )
        .help(word!("write 5, 2w, 2-10 d, or very low, low, medium, high, very high")),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::intake::duration::Unit;
    use crate::intake::moment::Order;

    fn how() -> How {
        How {
            decimal: Decimal::Point,
            order: Order::DayFirst,
            fractions: false,
            midnight_is_a_day: true,
            bare: Unit::Days,
            levels: false,
        }
    }

    fn said(scale: Scale, text: &str) -> Option<Magnitude> {
        read(scale, Raw::from(text), how(), "impact").ok()
    }

    #[test]
    fn probabilities_as_registers_write_them() {
        assert_eq!(said(Scale::Chance, "30%"), Some(Magnitude::of(0.3)));
        assert_eq!(said(Scale::Chance, "30"), Some(Magnitude::of(0.3)));
        assert_eq!(said(Scale::Chance, "25-75%"), Some(Magnitude::Points(0.25, 0.5, 0.75)));
        assert_eq!(said(Scale::Chance, "Very High"), Some(Magnitude::Level(5)));
        assert_eq!(said(Scale::Chance, "4 - Likely"), Some(Magnitude::Level(4)));
        assert_eq!(said(Scale::Chance, "Likely (4)"), Some(Magnitude::Level(4)));
        assert_eq!(said(Scale::Chance, "2 - Likely"), None, "the two do not agree");
        assert_eq!(said(Scale::Chance, "130%"), None);
        assert_eq!(said(Scale::Chance, "who knows"), None);
        let levels = How { levels: true, ..how() };
        assert_eq!(read(Scale::Chance, Raw::from("4"), levels, "probability"), Ok(Magnitude::Level(4)));
    }

    #[test]
    fn impacts_as_registers_write_them() {
        assert_eq!(said(Scale::Money, "25,000"), said(Scale::Money, "25k"));
        assert_eq!(said(Scale::Money, "10,000-20,000"), Some(Magnitude::Points(1e4, 1.5e4, 2e4)));
        assert_eq!(said(Scale::Money, "EUR 10000 to EUR 20000"), Some(Magnitude::Points(1e4, 1.5e4, 2e4)));
        assert_eq!(said(Scale::Money, "-5000"), Some(Magnitude::of(-5_000.0)));
        assert_eq!(said(Scale::Money, "medium"), Some(Magnitude::Level(3)));
        assert_eq!(said(Scale::Time, "2-10"), Some(Magnitude::Points(2.0, 6.0, 10.0)));
        assert_eq!(said(Scale::Time, "1 to 3 weeks"), Some(Magnitude::Points(5.0, 10.0, 15.0)));
        assert_eq!(said(Scale::Time, "16h"), Some(Magnitude::of(2.0)));
        assert_eq!(said(Scale::Level, "4"), Some(Magnitude::Level(4)));
        assert_eq!(said(Scale::Level, "7"), None);
    }
}
