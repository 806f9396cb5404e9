//! A text for people that no language has been chosen for yet.

use std::borrow::Borrow;
use std::fmt;

use chrono::NaiveDate;
use serde::{Serialize, Serializer};

use super::Format;
use crate::quantity::{Money, Reason, Work};

/// A text and what stands in its places.
///
/// The pattern is the English text and the key of every catalogue. `{name}` is the place of a part;
/// `{name|issue is|issues are}` chooses by the count in that part, the first for one. What stands before `::` is
/// not shown: it tells two meanings of one English word apart (`severity::high`).
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Phrase {
    pub(super) pattern: &'static str,
    pub(super) parts: Vec<(&'static str, Part)>,
}

/// What may stand in a place of a phrase.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Part {
    /// Text of the data, or already said: shown as it is.
    Text(String),
    /// A word of the catalogues: `word!("late")`.
    Word(&'static str),
    /// A title of the catalogues within a sentence: `Rest at budget` is `rest at budget` where nouns have no capital.
    Title(&'static str),
    /// The plain digits of a number (`-1234.50`): grouped and marked as the language does.
    Number(String),
    /// The plain digits of a percentage: `46`.
    Percent(String),
    /// A day.
    Day(NaiveDate),
    /// Another phrase.
    Phrase(Box<Phrase>),
    /// `a, b and c`.
    List(Vec<Part>),
}

/// A phrase: `phrase!("{n} {n|task|tasks} of {all}", n = late.len(), all)`. A part of the same name as a variable
/// needs no value.
macro_rules! phrase {
    ($pattern:literal $(, $name:ident $(= $value:expr)?)* $(,)?) => {
        $crate::language::Phrase::new(
            $pattern,
            vec![$((stringify!($name), part!($name $(= $value)?))),*],
        )
    };
}

/// A part of a [`phrase!`].
macro_rules! part {
    ($name:ident) => {
        $crate::language::Part::from($name)
    };
    ($name:ident = $value:expr) => {
        $crate::language::Part::from($value)
    };
}

/// A word that the catalogues must have; the text itself.
macro_rules! word {
    ($text:literal) => {
        $text
    };
}

impl Phrase {
    /// A pattern with its parts: what `phrase!` writes.
    #[must_use]
    pub fn new(pattern: &'static str, parts: Vec<(&'static str, Part)>) -> Self {
        Self { pattern, parts }
    }

    /// A text of the data, or one that is said already.
    #[must_use]
    pub fn said(text: impl Into<String>) -> Self {
        Self { pattern: "{text}", parts: vec![("text", Part::Text(text.into()))] }
    }

    /// Clauses one after the other: `a; b; c`; nothing of none.
    #[must_use]
    pub fn clauses(clauses: impl IntoIterator<Item = Self>) -> Self {
        let told = clauses.into_iter().reduce(|told, next| phrase!("{told}; {next}", told, next));
        told.unwrap_or_else(|| Self::from(""))
    }

    /// Whether there is nothing to say.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.pattern.is_empty()
    }
}

impl Part {
    /// A number with these decimals.
    #[must_use]
    pub fn number(number: f64, decimals: usize) -> Self {
        Self::Number(format!("{number:.decimals$}"))
    }

    /// A number with as many decimals as it needs, up to so many: `2`, `2.5`.
    #[must_use]
    pub fn short(number: f64, decimals: usize) -> Self {
        let digits = format!("{number:.decimals$}");
        let needed = if digits.contains('.') { digits.trim_end_matches('0') } else { &digits };
        Self::Number(needed.trim_end_matches('.').to_owned())
    }

    /// A share in whole per cent, and never nothing or all of it where it is not: `46%`, `under 1%`, `over 99%`.
    #[must_use]
    pub fn share(share: f64) -> Self {
        let percent = |whole: &str| Self::Percent(whole.to_owned());
        match share {
            share if share > 0.0 && share < 0.005 => phrase!("under {share}", share = percent("1")).into(),
            share if share < 1.0 && share > 0.995 => phrase!("over {share}", share = percent("99")).into(),
            share => Self::percent(share, 0),
        }
    }

    /// A share as a percentage with these decimals.
    #[must_use]
    pub fn percent(share: f64, decimals: usize) -> Self {
        Self::Percent(format!("{:.decimals$}", share * 100.0))
    }

    /// An amount to the hundredth: `12,340.50`.
    #[must_use]
    pub fn exact(amount: Money) -> Self {
        Self::number(amount.units(), 2)
    }

    /// The first few of `all` names of the data, and how many more there are: `A, B and 3 more`.
    #[must_use]
    pub fn few<S: Borrow<str>>(shown: &[S], all: usize) -> Self {
        Self::and_more(shown.join(", ").into(), all.saturating_sub(shown.len()))
    }

    /// [`Part::few`] with each name in the quotes of the language: `'A', 'B' and 3 more`.
    #[must_use]
    pub fn few_quoted(shown: &[&str], all: usize) -> Self {
        let quoted = shown.iter().map(|name| phrase!("'{name}'", name = *name));
        let names = quoted.reduce(|names, next| phrase!("{all}, {next}", all = names, next));
        Self::and_more(names.map_or_else(|| "".into(), Self::from), all.saturating_sub(shown.len()))
    }

    fn and_more(names: Self, more: usize) -> Self {
        match more {
            0 => names,
            n => phrase!("{names} and {n} more", names, n).into(),
        }
    }

    /// The digits of a number.
    pub(super) fn digits(&self) -> Option<&str> {
        match self {
            Self::Number(digits) | Self::Percent(digits) => Some(digits),
            _ => None,
        }
    }
}

/// Amounts in whole units; [`Part::exact`] has the cents.
impl From<Money> for Part {
    fn from(amount: Money) -> Self {
        Self::number(amount.units(), 0)
    }
}

/// Hours to the tenth where it matters: `7.5 h`, `420 h`.
impl From<Work> for Part {
    fn from(work: Work) -> Self {
        let hours = work.hours();
        let tenths = hours.abs() < 100.0 && (hours - hours.round()).abs() > 0.05;
        phrase!("{n} h", n = Self::number(hours, usize::from(tenths))).into()
    }
}

impl From<Phrase> for Part {
    fn from(phrase: Phrase) -> Self {
        Self::Phrase(Box::new(phrase))
    }
}

impl From<&Phrase> for Part {
    fn from(phrase: &Phrase) -> Self {
        phrase.clone().into()
    }
}

impl From<NaiveDate> for Part {
    fn from(day: NaiveDate) -> Self {
        Self::Day(day)
    }
}

impl From<Vec<Part>> for Part {
    fn from(parts: Vec<Part>) -> Self {
        Self::List(parts)
    }
}

/// Why there is no figure.
impl From<Reason> for Part {
    fn from(reason: Reason) -> Self {
        Self::Word(reason.text())
    }
}

impl From<String> for Part {
    fn from(text: String) -> Self {
        Self::Text(text)
    }
}

macro_rules! parts {
    ($variant:ident of $($from:ty),*) => {
        $(impl From<$from> for Part {
            fn from(shown: $from) -> Self {
                Self::$variant(shown.to_string())
            }
        })*
    };
}
parts!(Text of &str, &String, char);
parts!(Number of usize, u8, u16, u32, u64, i32, i64);

/// A text of the program without places: a key of the catalogues, so mark it with `word!`.
impl From<&'static str> for Phrase {
    fn from(text: &'static str) -> Self {
        Self { pattern: text, parts: Vec::new() }
    }
}

/// A text of the data, or one that is said already.
impl From<String> for Phrase {
    fn from(text: String) -> Self {
        Self::said(text)
    }
}

/// In English, days as `2026-03-31`: for machines and for tests.
impl fmt::Display for Phrase {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&Format::english().say(self))
    }
}

/// As it is displayed.
impl Serialize for Phrase {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_str(self)
    }
}

/// The English text: for tests.
#[cfg(test)]
impl PartialEq<&str> for Phrase {
    fn eq(&self, text: &&str) -> bool {
        Format::english().say(self) == **text
    }
}

impl fmt::Display for Part {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        phrase!("{part}", part = self.clone()).fmt(f)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_phrase_reads_in_english_by_itself() {
        let day = NaiveDate::from_ymd_opt(2026, 3, 31).unwrap();
        let tasks = 1_200;
        let late = phrase!("{tasks} {tasks|task is|tasks are} late at {day}", tasks, day);
        assert_eq!(late.to_string(), "1,200 tasks are late at 2026-03-31");
        let one = phrase!("{n} {n|task is|tasks are} late ({why})", n = 1, why = Phrase::from("no data"));
        assert_eq!(one.to_string(), "1 task is late (no data)");
        assert_eq!(phrase!("severity::high").to_string(), "high");
        assert_eq!(Phrase::said("{n} of a::b").to_string(), "{n} of a::b");
    }

    #[test]
    fn quantities_read_as_in_every_sentence() {
        let english = |part: Part| phrase!("{part}", part).to_string();
        assert_eq!(english(Money::from_units(-1_234_567.5).into()), "\u{2212}1,234,568");
        assert_eq!(english(Money::from_units(-0.4).into()), "0");
        assert_eq!(english(Part::exact(Money::from_units(-12_340.5))), "\u{2212}12,340.50");
        assert_eq!(english(Work::from_hours(7.5).into()), "7.5 h");
        assert_eq!(english(Work::from_hours(1_420.0).into()), "1,420 h");
        assert_eq!(english(Part::share(0.0)), "0%");
        assert_eq!(english(Part::share(0.004)), "under 1%");
        assert_eq!(english(Part::share(0.455)), "46%");
        assert_eq!(english(Part::share(0.999)), "over 99%");
        assert_eq!(english(Part::share(1.0)), "100%");
        assert_eq!(english(Part::share(12.5)), "1,250%");
        assert_eq!(english(Part::short(2.50, 2)), "2.5");
        assert_eq!(english(Part::short(200.0, 0)), "200");
    }

    #[test]
    fn of_many_names_a_few_are_shown() {
        assert_eq!(Part::few(&["A", "B"], 2).to_string(), "A, B");
        assert_eq!(Part::few(&["A", "B"], 1_005).to_string(), "A, B and 1,003 more");
        assert_eq!(Part::few_quoted(&["A", "B"], 3).to_string(), "'A', 'B' and 1 more");
    }

    #[test]
    fn clauses_follow_each_other_and_a_title_within_one_is_no_title() {
        let late = || phrase!("{method} is late", method = Part::Title("Rest at budget"));
        assert_eq!(Phrase::clauses([late()]), "rest at budget is late");
        assert_eq!(Phrase::clauses([late(), "a".into(), "b".into()]), "rest at budget is late; a; b");
        assert!(Phrase::clauses([]).is_empty());
    }

    #[test]
    fn lists_are_joined_by_a_word_of_the_language() {
        let list = |names: &[&str]| {
            let parts: Vec<Part> = names.iter().map(|name| Part::from(*name)).collect();
            phrase!("{parts}", parts).to_string()
        };
        assert_eq!(list(&[]), "");
        assert_eq!(list(&["a"]), "a");
        assert_eq!(list(&["a", "b", "c"]), "a, b and c");
    }
}
