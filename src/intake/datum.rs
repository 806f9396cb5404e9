//! What one cell means: the parsers of every kind of column.

use std::collections::HashMap;
use std::sync::Arc;

use crate::calendar::{end_of_day, start_of_day};
use crate::diagnostic::code;
use crate::quantity::{Money, Work};

use super::cell::{Raw, Trouble, quoted};
use super::duration::{self, Length};
use super::header::squash;
use super::how::How;
use super::lag::Lag;
use super::moment::{self, Fault, Written};
use super::number::{self, Number};
use super::{ColumnKind, ColumnSpec, Datum, magnitude, period, spans};

/// What a cell turned out to be.
#[derive(Clone, Debug, PartialEq)]
pub(super) enum Sense {
    /// Nothing in it.
    Nothing,
    /// A value.
    Datum(Datum),
    /// A word that the column does not know.
    UnknownWord,
}

/// Reads the cells of one column.
#[derive(Clone, Debug)]
pub(super) struct Reader {
    spec: &'static ColumnSpec,
    how: How,
    /// Squashed word -> canonical word of a choice.
    words: HashMap<String, &'static str>,
}

/// Hours that a day of working time counts for where only hours will do.
pub(super) const HOURS_PER_DAY: f64 = 8.0;

impl Reader {
    /// A reader that has made its decisions.
    pub(super) fn new(spec: &'static ColumnSpec, how: How) -> Self {
        let mut words = HashMap::new();
        if let ColumnKind::Choice(choices) = spec.kind {
            words.extend(choices.iter().map(|choice| (squash(choice), *choice)));
            let other = spec
                .words
                .iter()
                .flat_map(|(choice, words)| words.iter().map(|word| (squash(word), *choice)));
            words.extend(other);
        }
        Self { spec, how, words }
    }

    /// Whether every cell means what is written in it.
    pub(super) fn takes_texts(&self) -> bool {
        self.spec.kind == ColumnKind::Text
    }

    /// What the cell means.
    pub(super) fn read(&self, raw: Raw<'_>) -> Result<Sense, Trouble> {
        if let Raw::Error(error) = raw {
            let message = phrase!("the cell shows {value}: its formula failed", value = error);
            return Err(Trouble::new(&code::ERROR_CELL, message)
                .help(word!("mend the formula in the workbook and save it")));
        }
        if raw == Raw::NotCalculated {
            let message = phrase!("the formula has no stored result");
            return Err(Trouble::new(&code::ERROR_CELL, message).help(word!(
                "open the workbook in Excel or LibreOffice and save it: that stores the results"
            )));
        }
        if let ColumnKind::Text = self.spec.kind {
            return Ok(self.text(raw));
        }
        let raw = raw.or_empty();
        if raw == Raw::Empty {
            return Ok(Sense::Nothing);
        }
        let datum = match self.spec.kind {
            ColumnKind::Text => return Ok(self.text(raw)),
            ColumnKind::List => Self::list(raw),
            ColumnKind::Choice(_) => {
                let word = raw.text().unwrap_or_default();
                return Ok(self
                    .words
                    .get(&squash(&word))
                    .map_or(Sense::UnknownWord, |word| Sense::Datum(Datum::Choice(word))));
            }
            ColumnKind::Money => self.money(raw)?,
            ColumnKind::Number => self.number(raw)?,
            ColumnKind::Measure => self.measure(raw)?,
            ColumnKind::Share => self.share(raw)?,
            ColumnKind::Hours | ColumnKind::Duration => self.length(raw)?,
            ColumnKind::Lag => self.lag(raw)?,
            ColumnKind::Start | ColumnKind::Finish | ColumnKind::Day => self.moment(raw)?,
            ColumnKind::Period => self.period(raw)?,
            ColumnKind::Flag => Self::flag(raw)?,
            ColumnKind::Spans => Self::spans(raw)?,
            ColumnKind::Graded(scale) => {
                Datum::Magnitude(Box::new(magnitude::read(scale, raw, self.how, self.spec.name)?))
            }
        };
        Ok(Sense::Datum(datum))
    }

    fn text(&self, raw: Raw<'_>) -> Sense {
        let nothing =
            matches!(raw, Raw::Text("-" | "\u{2013}" | "n/a" | "N/A" | "#N/A")) && !self.spec.required;
        match raw.text() {
            Some(text) if !nothing => Sense::Datum(Datum::Text(text.as_ref().into())),
            _ => Sense::Nothing,
        }
    }

    fn list(raw: Raw<'_>) -> Datum {
        let text = raw.text().unwrap_or_default();
        let separator = if text.contains(';') { ';' } else { ',' };
        Datum::List(
            text.split(separator).map(str::trim).filter(|item| !item.is_empty()).map(Arc::from).collect(),
        )
    }

    fn money(&self, raw: Raw<'_>) -> Result<Datum, Trouble> {
        let too_large = || {
            let message = phrase!("{value} is beyond the range of amounts", value = quoted(raw));
            Trouble::new(&code::TOO_LARGE, message)
                .help(word!("write the amount in units of the currency, below 900 trillion"))
        };
        match raw {
            Raw::Number { value, .. } if value.abs() < 9e14 => Ok(Datum::Money(Money::from_units(value))),
            Raw::Number { .. } => Err(too_large()),
            Raw::Text(text) => {
                let number = Number::read(text, self.how.decimal).filter(|number| !number.percent);
                let number = number.ok_or_else(|| not_an_amount(raw))?;
                Ok(Datum::Money(Money(number.in_units(Money::SCALE).ok_or_else(too_large)?)))
            }
            _ => Err(not_an_amount(raw)),
        }
    }

    fn number(&self, raw: Raw<'_>) -> Result<Datum, Trouble> {
        finite(number::of_cell(raw, self.how.decimal).map(|(value, _)| value), raw)
    }

    /// A number in the unit of its objective, where percentages count in hundredths.
    fn measure(&self, raw: Raw<'_>) -> Result<Datum, Trouble> {
        // The share was rounded to binary: 7% must not become 7.000000000000001.
        let hundredths = |share: f64| (share * 1e11).round() / 1e9;
        let value = number::of_cell(raw, self.how.decimal);
        finite(value.map(|(value, percent)| if percent { hundredths(value) } else { value }), raw)
    }

    fn share(&self, raw: Raw<'_>) -> Result<Datum, Trouble> {
        let scale = if self.how.fractions { 1.0 } else { 100.0 };
        let share = match raw {
            Raw::Bool(flag) => Some(f64::from(u8::from(flag))),
            raw => number::of_cell(raw, self.how.decimal)
                .map(|(value, percent)| if percent { value } else { value / scale }),
        };
        let Some(share) = share.filter(|share| share.is_finite()) else {
            let message = phrase!("{value} is not a percentage", value = quoted(raw));
            return Err(Trouble::new(&code::NOT_A_SHARE, message).help(word!("write 45 or 45%")));
        };
        if !(0.0..=1.0).contains(&share) {
            let message = phrase!("{value} is not between 0% and 100%", value = quoted(raw));
            return Err(Trouble::new(&code::PERCENT_RANGE, message).help(word!("write 45 or 45%")));
        }
        Ok(Datum::Share(share))
    }

    fn length(&self, raw: Raw<'_>) -> Result<Datum, Trouble> {
        let hours = self.spec.kind == ColumnKind::Hours;
        let length = match raw {
            Raw::Number { value, .. } => {
                Number::of(value).and_then(|number| duration::of(number, self.how.bare))
            }
            Raw::Duration(seconds) => Some(clock(seconds)),
            // A time of day in a column of hours: 07:30 is seven and a half hours.
            Raw::Moment(at)
                if at.date() <= chrono::NaiveDate::from_ymd_opt(1900, 1, 1).unwrap_or_default() =>
            {
                Some(clock(f64::from(chrono::Timelike::num_seconds_from_midnight(&at.time()))))
            }
            Raw::Text(text) => duration::read(text, self.how.bare, self.how.decimal),
            _ => None,
        };
        let Some(length) = length else {
            return Err(if hours {
                let message = phrase!("{value} is not hours", value = quoted(raw));
                Trouble::new(&code::NOT_A_NUMBER, message).help(word!("write 7.5, 7:30 or 7h 30m"))
            } else {
                let message = phrase!("{value} is not a duration", value = quoted(raw));
                Trouble::new(&code::NOT_A_DURATION, message).help(word!("write 3, 3d, 12h, 1w or 2mo"))
            });
        };
        // A change may save time.
        if self.spec.name != "impact_days"
            && (length.seconds < 0 || length.days.is_some_and(|days| days < 0.0))
        {
            let value = quoted(raw);
            let (code, message) = if hours {
                (&code::NEGATIVE_HOURS, phrase!("{value}: hours cannot be negative", value))
            } else {
                (&code::NEGATIVE_DURATION, phrase!("{value}: durations cannot be negative", value))
            };
            return Err(Trouble::new(code, message)
                .help(word!("correct the row itself rather than write another against it")));
        }
        #[expect(clippy::cast_precision_loss, reason = "durations are far below 2^53 seconds")]
        let in_hours = length.seconds as f64 / 3_600.0;
        Ok(match length.days {
            None => Datum::Work(Work(length.seconds)),
            Some(days) if hours => Datum::Work(Work::from_hours(in_hours + days * HOURS_PER_DAY)),
            Some(days) => Datum::Days(days + in_hours / HOURS_PER_DAY),
        })
    }

    fn lag(&self, raw: Raw<'_>) -> Result<Datum, Trouble> {
        Lag::of_cell(raw, self.how).map(Datum::Lag).ok_or_else(|| {
            let message = phrase!("{value} is not a lag", value = quoted(raw));
            Trouble::new(&code::NOT_A_DURATION, message)
                .help(word!("write 3, -2d or 12h, elapsed time as 2ed, or a percentage of the predecessor"))
        })
    }

    fn moment(&self, raw: Raw<'_>) -> Result<Datum, Trouble> {
        let written = match raw {
            Raw::Moment(moment) => moment::of_cell(moment),
            Raw::Number { value, .. } => moment::serial(value).ok_or(Fault::NotADate),
            Raw::Text(text) => match moment::read(text, self.how.order) {
                Err(Fault::NotADate) => self.serial_or_month(text).ok_or(Fault::NotADate),
                read => read,
            },
            _ => Err(Fault::NotADate),
        };
        let written = written.map_err(|fault| not_a_date(fault, raw))?;
        let plain = match written.time {
            None => true,
            Some(time) => self.how.midnight_is_a_day && time == chrono::NaiveTime::MIN,
        };
        let moment = match (self.spec.kind, written.time) {
            (ColumnKind::Finish, _) if plain => end_of_day(written.day),
            (ColumnKind::Start | ColumnKind::Finish, Some(time)) => written.day.and_time(time),
            _ => start_of_day(written.day),
        };
        Ok(Datum::Moment(moment))
    }

    /// A spreadsheet's serial number written as text, or a month for a start or finish.
    fn serial_or_month(&self, text: &str) -> Option<Written> {
        if text.len() == 5
            && let Ok(value) = text.parse::<f64>()
        {
            return moment::serial(value);
        }
        let (first, last) = period::read(text, self.how.order)?;
        match self.spec.kind {
            ColumnKind::Start => Some(Written { day: first, time: None }),
            ColumnKind::Finish => Some(Written { day: last, time: None }),
            _ => None,
        }
    }

    fn period(&self, raw: Raw<'_>) -> Result<Datum, Trouble> {
        let span = match raw {
            Raw::Moment(moment) => {
                moment::of_cell(moment).ok().and_then(|written| period::month_of(written.day))
            }
            Raw::Number { value, .. } => match moment::serial(value) {
                Some(written) => period::month_of(written.day),
                None => period::read(&format!("{value}"), self.how.order),
            },
            Raw::Text(text) => period::read(text, self.how.order),
            _ => None,
        };
        span.map(|(first, last)| Datum::Period(first, last)).ok_or_else(|| {
            let message = phrase!("{value} is not a month, quarter, week or year", value = quoted(raw));
            Trouble::new(&code::NOT_A_PERIOD, message).help(word!("write 2026-03, 2026-Q1, 2026-W12 or 2026"))
        })
    }

    fn flag(raw: Raw<'_>) -> Result<Datum, Trouble> {
        let word = raw.text().unwrap_or_default().to_lowercase();
        match word.as_str() {
            "yes" | "y" | "true" | "1" | "x" | "ja" | "j" | "oui" | "o" | "si" | "s\u{ed}" | "s\u{ec}"
            | "sim" | "да" | "是" | "wahr" | "vrai" => Ok(Datum::Flag(true)),
            "no" | "n" | "false" | "0" | "nein" | "non" | "n\u{e3}o" | "nej" | "нет" | "否" | "falsch"
            | "faux" => Ok(Datum::Flag(false)),
            _ => {
                let message = phrase!("{value} is neither yes nor no", value = quoted(raw));
                Err(Trouble::new(&code::NOT_YES_OR_NO, message).help(word!("write yes or no")))
            }
        }
    }

    fn spans(raw: Raw<'_>) -> Result<Datum, Trouble> {
        let spans = match raw {
            Raw::Number { value, .. } => spans::of_hours(value),
            Raw::Duration(seconds) => spans::of_hours(seconds / 3_600.0),
            Raw::Text(text) => spans::read(text),
            _ => None,
        };
        spans.map(|spans| Datum::Spans(spans.into())).ok_or_else(|| {
            let message = phrase!("{value} is not working hours", value = quoted(raw));
            Trouble::new(&code::NOT_WORKING_HOURS, message)
                .help(word!("write 8, 0 or 08:00-12:00 13:00-17:00"))
        })
    }
}

/// So many seconds of the clock.
fn clock(seconds: f64) -> Length {
    #[expect(clippy::cast_possible_truncation, reason = "saturating by the language's definition")]
    Length { seconds: seconds.round() as i64, ..Length::default() }
}

fn finite(value: Option<f64>, raw: Raw<'_>) -> Result<Datum, Trouble> {
    let value = value.filter(|value| value.is_finite());
    value.map(Datum::Number).ok_or_else(|| {
        let message = phrase!("{value} is not a number", value = quoted(raw));
        Trouble::new(&code::NOT_A_NUMBER, message).help(word!("write 1234.50"))
    })
}

fn not_an_amount(raw: Raw<'_>) -> Trouble {
    let message = phrase!("{value} is not an amount", value = quoted(raw));
    Trouble::new(&code::NOT_A_NUMBER, message).help(word!("write 1234.50"))
}

fn not_a_date(fault: Fault, raw: Raw<'_>) -> Trouble {
    let value = quoted(raw);
    match fault {
        Fault::NotADate => Trouble::new(&code::NOT_A_DATE, phrase!("{value} is not a date", value))
            .help(word!("write dates as 2026-03-31")),
        Fault::NoSuchDay => Trouble::new(&code::NO_SUCH_DAY, phrase!("{value}: there is no such day", value))
            .help(word!("correct the day, or write dates as 2026-03-31")),
        Fault::Year(year) => {
            let message = phrase!("{value} lies in the year {year}", value, year = year.to_string());
            Trouble::new(&code::YEAR, message).help(word!("correct the year"))
        }
    }
}
