//! How the cells of one column are read. What a single cell leaves open (day or month first, comma or
//! point, percent or fraction) is decided by the whole column, and said.

use crate::diagnostic::code;
use crate::diagnostic::{Code, Diagnostic, Location};
use crate::language::Phrase;

use super::cell::Raw;
use super::duration::Unit;
use super::moment::{self, Order};
use super::number::{self, Decimal, Number, Tells};
use super::{ColumnKind, Scale, period};

/// The decisions for one column.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(super) struct How {
    /// The decimal character.
    pub(super) decimal: Decimal,
    /// Day or month first.
    pub(super) order: Order,
    /// `0.45` is 45%.
    pub(super) fractions: bool,
    /// Midnight is how the file writes a plain day.
    pub(super) midnight_is_a_day: bool,
    /// The unit of bare numbers.
    pub(super) bare: Unit,
    /// Bare numbers of a probability are levels of 1 to 5.
    pub(super) levels: bool,
}

/// The unit of bare numbers, as far as the header tells.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum BareUnit {
    /// The header says nothing: days for durations, hours for hours.
    Usual,
    /// The header says it.
    Said(Unit),
    /// Known of the tool that writes this header: worth a note.
    Known(Unit),
    /// Seconds when the numbers look like it, else the usual.
    PerhapsSeconds,
}

/// How a file writes numbers and dates: how many of its cells show which way.
#[derive(Clone, Copy, Debug, Default)]
pub(super) struct Habits {
    points: u32,
    commas: u32,
    day_first: u32,
    month_first: u32,
}

impl Habits {
    /// Whether some cells show one way of writing and some the other: then it matters how many.
    pub(super) fn are_mixed(self) -> bool {
        (self.points > 0 && self.commas > 0) || (self.day_first > 0 && self.month_first > 0)
    }
}

/// What the cells of a column have shown so far.
#[derive(Clone, Debug)]
#[expect(clippy::struct_excessive_bools, reason = "each says that one thing was seen; any may go with any")]
pub(super) struct Evidence {
    kind: ColumnKind,
    bare_unit: BareUnit,
    points: u32,
    commas: u32,
    either: Option<(char, String)>,
    day_first: u32,
    month_first: u32,
    either_order: Option<String>,
    times: bool,
    serials: bool,
    months: bool,
    elapsed: bool,
    percent_signs: bool,
    bare_numbers: u32,
    above_one: u32,
    between: u32,
    ones: u32,
    not_minutes: bool,
    not_levels: bool,
    largest: f64,
}

impl Evidence {
    /// Nothing seen yet.
    pub(super) fn new(kind: ColumnKind, bare_unit: BareUnit) -> Self {
        Self {
            kind,
            bare_unit,
            points: 0,
            commas: 0,
            either: None,
            day_first: 0,
            month_first: 0,
            either_order: None,
            times: false,
            serials: false,
            months: false,
            elapsed: false,
            percent_signs: false,
            bare_numbers: 0,
            above_one: 0,
            between: 0,
            ones: 0,
            not_minutes: false,
            not_levels: false,
            largest: 0.0,
        }
    }

    /// Whether cells of this kind tell anything about how they are read.
    pub(super) fn tells(&self) -> bool {
        use ColumnKind::{Choice, Flag, List, Spans, Text};
        !matches!(self.kind, Text | Choice(_) | Spans | Flag | List)
    }

    /// Looks at a cell.
    pub(super) fn see(&mut self, raw: Raw<'_>) {
        use ColumnKind::{
            Day, Duration, Finish, Graded, Hours, Lag, Measure, Money, Number, Period, Share, Start,
        };
        match (self.kind, raw.or_empty()) {
            (Money | Number | Measure | Graded(Scale::Money), Raw::Text(text)) => self.see_decimal(text),
            (Share | Graded(Scale::Chance), Raw::Text(text)) => {
                self.see_decimal(text);
                if text.contains('%') {
                    self.percent_signs = true;
                } else {
                    self.see_share(text);
                }
            }
            (Share | Graded(Scale::Chance), Raw::Number { percent: true, .. }) => self.percent_signs = true,
            // A percentage of the predecessor has no unit.
            (Lag, Raw::Number { percent: true, .. }) => {}
            (Lag, Raw::Text(text)) if text.ends_with('%') => {}
            (Share | Hours | Duration | Lag | Graded(Scale::Chance), Raw::Number { value, .. }) => {
                self.see_bare(value);
            }
            (Hours | Duration | Lag | Graded(Scale::Time), Raw::Text(text)) => self.see_duration(text),
            (Start | Finish | Day | Period, Raw::Text(text)) => self.see_date(text),
            (Start | Finish | Day, Raw::Moment(moment)) => {
                self.times |= moment.time() != chrono::NaiveTime::MIN;
            }
            (Start | Finish | Day, Raw::Number { value, .. }) => {
                self.serials |= moment::serial(value).is_some();
            }
            _ => {}
        }
    }

    fn see_decimal(&mut self, text: &str) {
        match number::tells(text) {
            Tells::Nothing => {}
            Tells::Certainly(Decimal::Point) => self.points += 1,
            Tells::Certainly(Decimal::Comma) => self.commas += 1,
            Tells::Either(separator) => {
                if self.either.is_none() {
                    self.either = Some((separator, text.to_owned()));
                }
            }
        }
    }

    fn see_bare(&mut self, value: f64) {
        self.bare_numbers += 1;
        self.above_one += u32::from(value > 1.0);
        self.between += u32::from(value > 0.0 && value < 1.0);
        self.ones += u32::from((value - 1.0).abs() < f64::EPSILON);
        self.not_minutes = self.not_minutes || value.rem_euclid(60.0) != 0.0;
        self.not_levels = self.not_levels || value.fract() != 0.0 || !(1.0..=5.0).contains(&value);
        self.largest = self.largest.max(value);
    }

    fn see_share(&mut self, text: &str) {
        if let Some(number) =
            Number::read(text, Decimal::Comma).or_else(|| Number::read(text, Decimal::Point))
        {
            self.see_bare(number.value());
        }
    }

    fn see_duration(&mut self, text: &str) {
        // Nearly all are a number and nothing else.
        if text.bytes().all(|byte| byte.is_ascii_digit() || byte == b'.') {
            self.see_decimal(text);
            if let Some(number) = Number::read(text, self.decimal()) {
                self.see_bare(number.value());
            }
            return;
        }
        let number = text.split(|c: char| c.is_alphabetic() || c == '?').next().unwrap_or_default();
        self.see_decimal(number);
        if !text.contains(|c: char| c.is_alphabetic() || c == ':')
            && let Some(number) = Number::read(text, self.decimal())
        {
            self.see_bare(number.value());
        }
        // A lag knows elapsed time from working time.
        self.elapsed |= self.kind != ColumnKind::Lag
            && text.contains('e')
            && super::duration::read(text, Unit::Days, self.decimal()).is_some_and(|l| l.elapsed);
    }

    fn see_date(&mut self, text: &str) {
        match moment::order_told(text) {
            Some(Some(Order::DayFirst)) => self.day_first += 1,
            Some(Some(Order::MonthFirst)) => self.month_first += 1,
            Some(None) if self.either_order.is_none() => self.either_order = Some(text.to_owned()),
            _ => {}
        }
        match moment::read(text, Order::DayFirst).or_else(|_| moment::read(text, Order::MonthFirst)) {
            Ok(written) => self.times |= written.time.is_some_and(|time| time != chrono::NaiveTime::MIN),
            Err(_) if matches!(self.kind, ColumnKind::Start | ColumnKind::Finish) => {
                self.months |= period::read(text, Order::DayFirst).is_some();
            }
            Err(_) => {}
        }
        self.serials |= text.len() == 5 && text.parse().ok().and_then(moment::serial).is_some();
    }

    /// What all columns of a file together tell: a file is written in one way.
    pub(super) fn of_file(columns: &[Self]) -> Habits {
        columns.iter().fold(Habits::default(), |habits, column| Habits {
            points: habits.points + column.points,
            commas: habits.commas + column.commas,
            day_first: habits.day_first + column.day_first,
            month_first: habits.month_first + column.month_first,
        })
    }

    /// Takes from the other columns of the file what this one leaves open.
    pub(super) fn follow(&mut self, file: Habits) {
        if self.points == 0 && self.commas == 0 && self.either.is_some() {
            // One kind of evidence at most, or the majority would be called a mixture.
            (self.points, self.commas) =
                if file.points >= file.commas { (file.points, 0) } else { (0, file.commas) };
        }
        if self.day_first == 0 && self.month_first == 0 && file.day_first != file.month_first {
            (self.day_first, self.month_first) =
                (u32::from(file.day_first > file.month_first), u32::from(file.month_first > file.day_first));
        }
    }

    fn decimal(&self) -> Decimal {
        let assumed = match &self.either {
            Some((',', _)) if self.kind == ColumnKind::Share => Decimal::Comma,
            _ => Decimal::Point,
        };
        match self.points.cmp(&self.commas) {
            std::cmp::Ordering::Greater => Decimal::Point,
            std::cmp::Ordering::Less => Decimal::Comma,
            std::cmp::Ordering::Equal => assumed,
        }
    }

    fn bare(&self) -> Unit {
        let days =
            matches!(self.kind, ColumnKind::Duration | ColumnKind::Lag | ColumnKind::Graded(Scale::Time));
        let usual = if days { Unit::Days } else { Unit::Hours };
        match self.bare_unit {
            BareUnit::Said(unit) | BareUnit::Known(unit) => unit,
            BareUnit::PerhapsSeconds if !self.not_minutes && self.largest >= 1_800.0 => Unit::Seconds,
            BareUnit::PerhapsSeconds | BareUnit::Usual => usual,
        }
    }

    /// Whether the column has nothing but 0 and 1: done or not. Who counts in percent has more of them.
    fn says_done_or_not(&self) -> bool {
        self.kind == ColumnKind::Share && self.ones > 0 && !self.percent_signs
    }

    /// The decisions.
    pub(super) fn how(&self) -> How {
        How {
            decimal: self.decimal(),
            order: if self.month_first > self.day_first { Order::MonthFirst } else { Order::DayFirst },
            fractions: self.above_one == 0 && (self.between > 0 || self.says_done_or_not()),
            midnight_is_a_day: !self.times,
            bare: self.bare(),
            levels: self.kind == ColumnKind::Graded(Scale::Chance)
                && self.above_one > 0
                && !self.not_levels
                && !self.percent_signs,
        }
    }

    /// What was assumed or chosen, to be said.
    pub(super) fn notes(&self, at: &Location) -> Vec<Diagnostic> {
        let mut notes = Vec::new();
        let mut say = |code: &'static Code, message: Phrase, help: Option<Phrase>| {
            notes.push(Diagnostic { help, ..Diagnostic::new(code, at.clone(), message) });
        };
        let how = self.how();
        if self.points > 0 && self.commas > 0 {
            let n = self.points.min(self.commas);
            let message = if self.points >= self.commas {
                phrase!("most numbers have a decimal point, {n} a decimal comma", n)
            } else {
                phrase!("most numbers have a decimal comma, {n} a decimal point", n)
            };
            let help = word!("write all numbers of the column in one way");
            say(&code::MIXED_DECIMALS, message, Some(help.into()));
        } else if let (Some((separator, text)), 0, 0) = (&self.either, self.points, self.commas) {
            let thousands = (*separator == ',') == (how.decimal == Decimal::Point);
            let (message, help) = either(text, *separator, thousands);
            say(&code::DECIMAL_ASSUMED, message, Some(help));
        }
        if let Some(text) = &self.either_order
            && (self.day_first == 0) == (self.month_first == 0)
        {
            let value = &**text;
            let message = if how.order == Order::DayFirst {
                phrase!("'{value}' is read as day/month; no date in the column settles it", value)
            } else {
                phrase!("'{value}' is read as month/day; no date in the column settles it", value)
            };
            say(&code::DAY_OR_MONTH_FIRST, message, Some(word!("write dates as 2026-03-31").into()));
        }
        if how.levels {
            say(
                &code::LEVELS,
                word!("all values are whole and lie between 1 and 5: 4 is read as the level 'high'").into(),
                Some(word!("write a percent sign if they are percentages: 4%").into()),
            );
        }
        if self.kind == ColumnKind::Share && how.fractions {
            let (message, help) = if self.between > 0 {
                (
                    word!("all values lie between 0 and 1: 0.45 is read as 45%"),
                    word!("write a percent sign: 45%"),
                )
            } else {
                (word!("all values are 0 or 1: 1 is read as 100%"), word!("write a percent sign: 1%"))
            };
            say(&code::FRACTIONS, message.into(), Some(help.into()));
        }
        if self.kind == ColumnKind::Share && self.percent_signs && how.fractions {
            say(
                &code::SHARE_MIXED,
                word!("some values have a percent sign, others are fractions").into(),
                Some(word!("write all values of the column in one way").into()),
            );
        }
        if self.serials {
            say(
                &code::SERIAL_DATES,
                word!("numbers are read as a spreadsheet's days: 46112 is 2026-03-31").into(),
                None,
            );
        }
        if self.months {
            let message = if self.kind == ColumnKind::Start {
                word!("months are read as their first day")
            } else {
                word!("months are read as their last day")
            };
            say(&code::MONTH_FOR_DAY, message.into(), None);
        }
        if self.elapsed {
            say(&code::ELAPSED, word!("elapsed days are read as working days").into(), None);
        }
        let by_looks = self.bare_unit == BareUnit::PerhapsSeconds && how.bare == Unit::Seconds;
        if self.bare_numbers > 0 && (by_looks || matches!(self.bare_unit, BareUnit::Known(_))) {
            let message = match how.bare {
                Unit::Seconds => word!("bare numbers under this header are read as seconds"),
                Unit::Minutes => word!("bare numbers under this header are read as minutes"),
                Unit::Hours => word!("bare numbers under this header are read as hours"),
                Unit::Days => word!("bare numbers under this header are read as days"),
                Unit::Weeks => word!("bare numbers under this header are read as weeks"),
                Unit::Months => word!("bare numbers under this header are read as months"),
            };
            say(&code::UNIT_ASSUMED, message.into(), Some(word!("write the unit: 8h, 2d").into()));
        }
        notes
    }
}

/// A separator that may stand before thousands or decimals: how it is read, and how to settle it.
fn either(value: &str, separator: char, thousands: bool) -> (Phrase, Phrase) {
    if thousands {
        (
            phrase!(
                "'{value}' is read with '{separator}' before thousands; no number in the column tells",
                value,
                separator
            ),
            phrase!(
                "if '{separator}' parts decimals, write one number of the column without doubt, such as '{example}'",
                separator,
                example = "1234,50"
            ),
        )
    } else {
        (
            phrase!(
                "'{value}' is read with '{separator}' before decimals; no number in the column tells",
                value,
                separator
            ),
            phrase!(
                "if '{separator}' parts thousands, write one number of the column without doubt, such as '{example}'",
                separator,
                example = "1234.50"
            ),
        )
    }
}
