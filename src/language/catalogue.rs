//! The catalogue of a language: its words and its ways of writing, from `templates/languages/`.

use std::collections::HashMap;
use std::sync::OnceLock;

use serde::Deserialize;

/// The languages, by the code that settings and the command line know them by.
const FILES: [(&str, &str); 4] = [
    ("en", include_str!("../../templates/languages/en.toml")),
    ("de", include_str!("../../templates/languages/de.toml")),
    ("fr", include_str!("../../templates/languages/fr.toml")),
    ("es", include_str!("../../templates/languages/es.toml")),
];

/// A language that reports are written in.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Language {
    /// BCP 47: `de`.
    pub code: String,
    /// Its own name: `Deutsch`.
    pub name: String,
    /// How quantities are written.
    pub formats: Formats,
    /// English text to its own; empty in English.
    #[serde(default)]
    texts: HashMap<String, String>,
}

/// How a language writes quantities.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Formats {
    /// Between groups of three digits.
    pub thousands: char,
    /// Before the decimals.
    pub decimal: char,
    /// strftime pattern of a date.
    pub date: String,
    /// A percentage: `{n}%`.
    pub percent: String,
    /// An amount: `{currency} {n}`.
    pub amount: String,
    /// Whether none, or one and a half, of a thing takes the form of one: so in French.
    pub one_below_two: bool,
    /// Whether a noun keeps its capital within a sentence: so in German.
    pub capital_nouns: bool,
    /// The months by their names, January first.
    pub months: Vec<String>,
    /// The months cut short.
    pub short_months: Vec<String>,
    /// The first day of a month, where it is not a plain number: `1er` in French.
    #[serde(default)]
    pub first_day: Option<String>,
    /// The locale's number in hexadecimal, as date formats of a workbook name it; empty in English.
    pub workbook_locale: String,
}

/// A language is known by its code.
impl PartialEq for Language {
    fn eq(&self, other: &Self) -> bool {
        self.code == other.code
    }
}

impl Eq for Language {}

impl Language {
    /// English: the language of the keys.
    #[must_use]
    pub fn english() -> &'static Self {
        Self::at(0)
    }

    /// The language of a code; `None` where there is no catalogue.
    #[must_use]
    pub fn named(code: &str) -> Option<&'static Self> {
        FILES.iter().position(|(known, _)| *known == code).map(Self::at)
    }

    /// A language of [`FILES`], read when it is first asked for.
    fn at(place: usize) -> &'static Self {
        static READ: [OnceLock<Language>; FILES.len()] = [const { OnceLock::new() }; FILES.len()];
        READ[place].get_or_init(|| Self::read(FILES[place].1))
    }

    /// The codes of all languages.
    #[must_use]
    pub fn codes() -> Vec<&'static str> {
        FILES.iter().map(|(code, _)| *code).collect()
    }

    #[expect(clippy::expect_used, reason = "part of the program; a test reads every catalogue")]
    fn read(text: &str) -> Self {
        toml::from_str(text).expect("a catalogue of the program")
    }

    /// The text of a key; the key itself, without what tells meanings apart, where the catalogue lacks it.
    pub(super) fn text<'a>(&'a self, key: &'a str) -> &'a str {
        self.texts.get(key).map_or_else(|| shown(key), String::as_str)
    }

    /// Whether so many, in plain digits, are one of a thing by the language's grammar.
    pub(super) fn is_one(&self, digits: &str) -> bool {
        if !self.formats.one_below_two {
            return digits == "1";
        }
        digits.parse::<f64>().is_ok_and(|count| count.abs() < 2.0)
    }
}

/// A key without what tells its meaning apart: `high` of `severity::high`.
fn shown(key: &str) -> &str {
    let meaning = key.bytes().take_while(|b| b.is_ascii_lowercase() || *b == b'_').count();
    key[meaning..].strip_prefix("::").unwrap_or(key)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_catalogue_reads_and_bears_its_code() {
        for code in Language::codes() {
            let language = Language::named(code).expect(code);
            assert_eq!(language.code, code);
            let months = (language.formats.months.len(), language.formats.short_months.len());
            assert_eq!(months, (12, 12), "{code}");
        }
        assert_eq!(Language::named("tlh"), None);
    }

    #[test]
    fn french_counts_one_and_a_half_as_one() {
        let one = |code: &str, digits: &str| Language::named(code).is_some_and(|found| found.is_one(digits));
        assert!(one("fr", "0") && one("fr", "1.5") && !one("fr", "2"));
        assert!(!one("de", "0") && !one("de", "1.5") && one("de", "1"));
    }

    #[test]
    fn what_tells_meanings_apart_is_not_shown() {
        assert_eq!(Language::english().text("severity::high"), "high");
        assert_eq!(Language::english().text("A::b"), "A::b");
    }
}
