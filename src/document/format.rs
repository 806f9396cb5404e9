//! How quantities are written, the same in every rendering.

use chrono::NaiveDate;

use super::Value;
use crate::wording::{MINUS, grouped};

/// How quantities are written in the report's language.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Format {
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
        Self {
            thousands: ',',
            decimal: '.',
            currency: String::new(),
            money_decimals: 0,
            date: "%-d %b %Y".to_owned(),
        }
    }
}

impl Format {
    /// The text of a value, the same in every rendering. Undefined is an en dash.
    #[must_use]
    pub fn show(&self, value: &Value) -> String {
        match value {
            Value::Empty => String::new(),
            Value::Undefined(_) => "\u{2013}".to_owned(),
            Value::Text(text) => text.clone(),
            Value::Money(amount) => self.number(amount.units(), self.money_decimals),
            Value::Estimate(amount) => self.number(*amount, self.money_decimals),
            Value::Hours(work) => self.number(work.hours(), 1),
            Value::Days(days) => self.number(*days, 1),
            Value::Index(index) => self.number(*index, 2),
            Value::Percent(share) => format!("{}%", self.number(share * 100.0, 0)),
            Value::Count(count) =>
            {
                #[expect(clippy::cast_precision_loss, reason = "counts of rows")]
                self.number(*count as f64, 0)
            }
            Value::Number(number, decimals) => self.number(*number, *decimals),
            Value::Date(day) => self.day(*day),
            Value::Health(health) => health.word().to_owned(),
        }
    }

    /// A number with grouped thousands and a true minus sign; never `-0`.
    #[must_use]
    pub fn number(&self, number: f64, decimals: usize) -> String {
        let plain = format!("{:.decimals$}", number.abs());
        let (whole, fraction) = plain.split_once('.').unwrap_or((&plain, ""));
        let mut text = String::with_capacity(plain.len() + 6);
        if number < 0.0 && plain.bytes().any(|b| matches!(b, b'1'..=b'9')) {
            text.push(MINUS);
        }
        text.push_str(&grouped(whole, self.thousands));
        if !fraction.is_empty() {
            text.push(self.decimal);
            text.push_str(fraction);
        }
        text
    }

    /// A day.
    #[must_use]
    pub fn day(&self, day: NaiveDate) -> String {
        day.format(&self.date).to_string()
    }

    /// A text with its ISO dates written as days are.
    #[must_use]
    pub fn dates_in(&self, text: &str) -> String {
        let mut shown = String::with_capacity(text.len());
        let mut copied = 0;
        for (dash, _) in text.match_indices('-') {
            let Some(start) = dash.checked_sub(4).filter(|start| *start >= copied) else { continue };
            let Some(word) = text.get(start..start + 10).filter(|word| word.as_bytes()[7] == b'-') else {
                continue;
            };
            // chrono would take a leading blank for a part of the date.
            let digit = word.starts_with(|first: char| first.is_ascii_digit());
            let Some(day) = digit.then(|| word.parse::<NaiveDate>().ok()).flatten() else { continue };
            shown.push_str(&text[copied..start]);
            shown.push_str(&self.day(day));
            copied = start + word.len();
        }
        shown.push_str(&text[copied..]);
        shown
    }

    /// An amount with its currency, for sentences: `EUR 12,300`.
    #[must_use]
    pub fn amount(&self, units: f64) -> String {
        let number = self.number(units, self.money_decimals);
        if self.currency.is_empty() { number } else { format!("{}\u{a0}{number}", self.currency) }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::quantity::Reason;

    #[test]
    fn numbers_are_grouped_and_never_minus_zero() {
        let format = Format::default();
        assert_eq!(format.number(1_234_567.891, 2), "1,234,567.89");
        assert_eq!(format.number(-999.4, 0), "\u{2212}999");
        assert_eq!(format.number(-0.2, 0), "0");
        assert_eq!(format.show(&Value::Percent(0.455)), "46%");
        assert_eq!(format.show(&Value::Undefined(Reason::NoActualCost)), "\u{2013}");
    }

    #[test]
    fn dates_in_a_text_are_written_as_days_are() {
        let format = Format::default();
        for (text, shown) in [
            ("", ""),
            ("2026-03-31", "31 Mar 2026"),
            ("due 2026-03-31, not 2026-02-30", "due 31 Mar 2026, not 2026-02-30"),
            ("2026-03-012026-03-02-x", "1 Mar 20262 Mar 2026-x"),
            ("P-0001-T-2026-03-31-\u{e9}", "P-0001-T-31 Mar 2026-\u{e9}"),
            ("\u{e9}-2026-03-\u{e9}\u{e9} 26-03-31", "\u{e9}-2026-03-\u{e9}\u{e9} 26-03-31"),
        ] {
            assert_eq!(format.dates_in(text), shown);
        }
    }
}
