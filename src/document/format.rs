//! What a value of the document looks like.

use super::{Format, Value};

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
            Value::Percent(share) => self.whole_percent(*share),
            Value::Count(count) =>
            {
                #[expect(clippy::cast_precision_loss, reason = "counts of rows")]
                self.number(*count as f64, 0)
            }
            Value::Number(number, decimals) => self.number(*number, *decimals),
            Value::Date(day) => self.day(*day),
            Value::Health(health) => self.word(health.word()),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::quantity::Reason;

    #[test]
    fn a_value_shows_as_its_kind_is_written() {
        let format = Format::default();
        assert_eq!(format.show(&Value::Percent(0.455)), "46%");
        assert_eq!(format.show(&Value::Undefined(Reason::NoActualCost)), "\u{2013}");
    }
}
