//! How quantities and phrases are written, the same in every rendering.

use std::borrow::{Borrow, Cow};
use std::sync::OnceLock;

use chrono::{Datelike as _, NaiveDate};

use super::{Language, Part, Phrase};
use crate::wording::{MINUS, fixed, push_grouped, push_two};

/// How quantities are written in the report's language.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Format {
    /// The words.
    pub language: &'static Language,
    /// Between groups of three digits.
    pub thousands: char,
    /// Before the decimals.
    pub decimal: char,
    /// The currency's code, shown in heads and key figures; empty when the data names none.
    pub currency: String,
    /// Decimals of money: 0 for large projects, 2 for small ones.
    pub money_decimals: usize,
    /// strftime pattern of a date.
    pub date: String,
}

impl Default for Format {
    fn default() -> Self {
        Self::of(Language::english())
    }
}

impl Format {
    /// The formats of a language; no currency.
    #[must_use]
    pub fn of(language: &'static Language) -> Self {
        Self {
            language,
            thousands: language.formats.thousands,
            decimal: language.formats.decimal,
            currency: String::new(),
            money_decimals: 0,
            date: language.formats.date.clone(),
        }
    }

    /// The formats of a language with days as machines and tables write them; no currency.
    #[must_use]
    pub fn plain(language: &'static Language) -> Self {
        Self { date: "%Y-%m-%d".to_owned(), ..Self::of(language) }
    }

    /// English with days as machines write them.
    pub(crate) fn english() -> &'static Self {
        static PLAIN: OnceLock<Format> = OnceLock::new();
        PLAIN.get_or_init(|| Self::plain(Language::english()))
    }

    /// A phrase in the language; in English where its catalogue lacks it.
    #[must_use]
    pub fn say(&self, phrase: impl Borrow<Phrase>) -> String {
        let phrase = phrase.borrow();
        let mut text = String::with_capacity(phrase.pattern.len() + 16 * phrase.parts.len());
        self.phrase(phrase, &mut text);
        text
    }

    fn phrase(&self, phrase: &Phrase, text: &mut String) {
        let mut rest = self.language.text(phrase.pattern);
        while let Some((before, place)) = rest.split_once('{') {
            text.push_str(before);
            let (place, after) = place.split_once('}').unwrap_or((place, ""));
            let (name, forms) =
                place.split_once('|').map_or((place, None), |(name, forms)| (name, Some(forms)));
            let part = phrase.parts.iter().find(|(known, _)| *known == name).map(|(_, part)| part);
            debug_assert!(part.is_some(), "'{name}' has no part in: {}", phrase.pattern);
            match (part, forms) {
                (Some(part), None) => self.part(part, text),
                (Some(part), Some(forms)) => text.push_str(self.form(part, forms)),
                (None, _) => {}
            }
            rest = after;
        }
        text.push_str(rest);
    }

    /// A word of the catalogues in the language.
    #[must_use]
    pub fn word(&self, word: &str) -> String {
        self.language.text(word).to_owned()
    }

    /// A title of the catalogues within a sentence: `Open ends` is `open ends` where nouns have no capital.
    #[must_use]
    pub fn within(&self, title: &str) -> String {
        let title = self.language.text(title);
        let mut letters = title.chars();
        match letters.next() {
            Some(first) if !self.language.formats.capital_nouns => {
                first.to_lowercase().chain(letters).collect()
            }
            _ => title.to_owned(),
        }
    }

    /// Names one after the other: `a`, `a and b`, `a, b and c`.
    #[must_use]
    pub fn listed<S: AsRef<str>>(&self, items: &[S]) -> String {
        let names: Vec<&str> = items.iter().map(AsRef::as_ref).collect();
        match names.as_slice() {
            [] => String::new(),
            [one] => (*one).to_owned(),
            [most @ .., last] => self.say(phrase!("{most} and {last}", most = most.join(", "), last = *last)),
        }
    }

    /// Clauses one after the other, each said already: `a; b`.
    #[must_use]
    pub fn clauses<S: AsRef<str>>(&self, clauses: &[S]) -> String {
        let joint = self.say(phrase!("{told}; {next}", told = "", next = ""));
        clauses.iter().map(AsRef::as_ref).collect::<Vec<&str>>().join(&joint)
    }

    fn part(&self, part: &Part, text: &mut String) {
        match part {
            Part::Text(said) => text.push_str(said),
            Part::Word(word) => text.push_str(self.language.text(word)),
            Part::Title(title) => text.push_str(&self.within(title)),
            Part::Number(digits) => self.digits(digits, text),
            Part::Percent(digits) => self.percent(digits, text),
            Part::Day(day) => text.push_str(&self.day(*day)),
            Part::Phrase(phrase) => self.phrase(phrase, text),
            Part::List(parts) => {
                let said = parts.iter().map(|part| {
                    let mut said = String::new();
                    self.part(part, &mut said);
                    said
                });
                text.push_str(&self.listed(&said.collect::<Vec<_>>()));
            }
        }
    }

    /// The form of a word that a count asks for; the forms stand as `one|other`.
    fn form<'a>(&self, count: &Part, forms: &'a str) -> &'a str {
        let (one, other) = forms.split_once('|').unwrap_or((forms, forms));
        if count.digits().is_some_and(|digits| self.language.is_one(digits)) { one } else { other }
    }

    /// A number with grouped thousands and a true minus sign; never `-0`.
    #[must_use]
    pub fn number(&self, number: f64, decimals: usize) -> String {
        let plain = fixed(number, decimals);
        let mut text = String::with_capacity(plain.len() + 6);
        self.digits(&plain, &mut text);
        text
    }

    /// A share in whole per cent: `46%`.
    #[must_use]
    pub fn whole_percent(&self, share: f64) -> String {
        let mut text = String::with_capacity(8);
        self.percent(&fixed(share * 100.0, 0), &mut text);
        text
    }

    fn percent(&self, digits: &str, text: &mut String) {
        let pattern = self.language.formats.percent.as_str();
        let (before, after) = pattern.split_once("{n}").unwrap_or((pattern, ""));
        text.push_str(before);
        self.digits(digits, text);
        text.push_str(after);
    }

    /// Plain digits as the language writes them.
    fn digits(&self, plain: &str, text: &mut String) {
        let size = plain.strip_prefix('-').unwrap_or(plain);
        let (whole, fraction) = size.split_once('.').unwrap_or((size, ""));
        if plain.len() > size.len() && size.bytes().any(|b| matches!(b, b'1'..=b'9')) {
            text.push(MINUS);
        }
        push_grouped(text, whole, self.thousands);
        if !fraction.is_empty() {
            text.push(self.decimal);
            text.push_str(fraction);
        }
    }

    /// A day.
    #[must_use]
    pub fn day(&self, day: NaiveDate) -> String {
        self.day_as(day, &self.date)
    }

    /// A day within a year that the reader knows: `6 Apr`.
    #[must_use]
    pub fn short_day(&self, day: NaiveDate) -> String {
        self.day_as(day, self.language.text(word!("%-d %b")))
    }

    /// A day by a strftime pattern, months by their names in the language.
    #[must_use]
    pub fn day_as(&self, day: NaiveDate, pattern: &str) -> String {
        self.usual_day(day, pattern).unwrap_or_else(|| day.format(&self.with_month(day, pattern)).to_string())
    }

    /// A day by a pattern of what dates are usually made of; none for others. Chrono reads a pattern anew for every
    /// day, and a report has thousands of days.
    fn usual_day(&self, day: NaiveDate, pattern: &str) -> Option<String> {
        let formats = &self.language.formats;
        let month = day.month0() as usize;
        let mut text = String::with_capacity(16);
        let mut pieces = pattern.split('%');
        text.push_str(pieces.next()?);
        for piece in pieces {
            let (kind, bare) = piece.strip_prefix('-').map_or((piece, false), |kind| (kind, true));
            match (kind.chars().next()?, bare) {
                ('Y', false) => {
                    let year = u32::try_from(day.year()).ok().filter(|year| *year < 10_000)?;
                    push_two(&mut text, year / 100);
                    push_two(&mut text, year % 100);
                }
                ('m', false) => push_two(&mut text, day.month()),
                ('d', false) => push_two(&mut text, day.day()),
                ('d', true) => match self.first_day(day, pattern) {
                    Some(first) => text.push_str(first),
                    None if day.day() > 9 => push_two(&mut text, day.day()),
                    None => text.push(char::from_digit(day.day(), 10)?),
                },
                ('B', false) => text.push_str(formats.months.get(month)?),
                ('b', false) => text.push_str(formats.short_months.get(month)?),
                _ => return None,
            }
            text.push_str(&kind[1..]);
        }
        Some(text)
    }

    /// How the first of a month is written before its name, where the language has its own way.
    fn first_day(&self, day: NaiveDate, pattern: &str) -> Option<&'static str> {
        let first = self.language.formats.first_day.as_deref()?;
        (day.day() == 1 && pattern.contains(['b', 'B'])).then_some(first)
    }

    /// A pattern with the day and the names of its month in it where the language has its own.
    fn with_month<'a>(&self, day: NaiveDate, pattern: &'a str) -> Cow<'a, str> {
        let formats = &self.language.formats;
        let month = day.month0() as usize;
        match (formats.months.get(month), formats.short_months.get(month)) {
            (Some(long), Some(short)) if pattern.contains(['b', 'B']) => {
                let first = self.first_day(day, pattern).unwrap_or("%-d");
                pattern.replace("%-d", first).replace("%B", long).replace("%b", short).into()
            }
            _ => pattern.into(),
        }
    }

    /// An amount with its currency, for sentences: `EUR 12,300`.
    #[must_use]
    pub fn amount(&self, units: f64) -> String {
        let number = self.number(units, self.money_decimals);
        if self.currency.is_empty() {
            return number;
        }
        let pattern = &self.language.formats.amount;
        pattern.replace("{n}", &number).replace("{currency}", &self.currency)
    }
}

#[cfg(test)]
mod tests {
    use std::fmt::Write as _;

    use super::*;

    #[test]
    fn numbers_are_grouped_and_never_minus_zero() {
        let format = Format::default();
        assert_eq!(format.number(1_234_567.891, 2), "1,234,567.89");
        assert_eq!(format.number(-999.4, 0), "\u{2212}999");
        assert_eq!(format.number(-0.2, 0), "0");
        assert_eq!(format.whole_percent(0.455), "46%");
    }

    #[test]
    fn a_day_is_written_as_chrono_writes_it() {
        let format = Format::default();
        for day in ["2026-03-05", "2026-12-31", "0999-01-10", "1000-05-09", "+12026-09-01"] {
            let day: NaiveDate = day.parse().unwrap();
            for pattern in ["%Y-%m-%d", "%-d %b %Y", "%d. %B", "%d/%m/%y", "%", "%-m|%e%%", "%\u{e4}"] {
                let mut chronos = String::new();
                if write!(chronos, "{}", day.format(pattern)).is_ok() {
                    assert_eq!(format.day_as(day, pattern), chronos, "{pattern}");
                }
            }
        }
    }

    #[test]
    fn the_first_of_a_month_is_an_ordinal_in_french() {
        let day = |code: &str, day| {
            let language = Language::named(code).expect(code);
            Format::of(language).day(NaiveDate::from_ymd_opt(2026, 9, day).unwrap())
        };
        assert_eq!(
            [day("fr", 1), day("fr", 2), day("es", 1)],
            ["1er sept. 2026", "2 sept. 2026", "1 sept 2026"]
        );
    }

    #[test]
    fn each_language_writes_its_own_way() {
        let day = NaiveDate::from_ymd_opt(2026, 3, 5).unwrap();
        for (code, number, share, amount, date) in [
            ("en", "1,234.5", "46%", "EUR\u{a0}1,234", "5 Mar 2026"),
            ("de", "1.234,5", "46\u{a0}%", "1.234\u{a0}EUR", "05.03.2026"),
            ("fr", "1\u{202f}234,5", "46\u{202f}%", "1\u{202f}234\u{a0}EUR", "5 mars 2026"),
            ("es", "1.234,5", "46\u{a0}%", "1.234\u{a0}EUR", "5 mar 2026"),
        ] {
            let language = Language::named(code).expect(code);
            let format = Format { currency: "EUR".to_owned(), ..Format::of(language) };
            assert_eq!(format.number(1_234.5, 1), number);
            assert_eq!(format.whole_percent(0.455), share);
            assert_eq!(format.amount(1_234.0), amount);
            assert_eq!(format.day(day), date);
        }
    }
}
