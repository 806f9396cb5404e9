//! What a value of the document looks like.

use std::borrow::Cow;

use super::{Format, Value};

impl Format {
    /// The text of a value, the same in every rendering. Undefined is an en dash.
    #[must_use]
    pub fn show(&self, value: &Value) -> String {
        self.shown(value).into_owned()
    }

    /// The same, borrowed where it stands as it is shown.
    #[must_use]
    pub fn shown<'a>(&self, value: &'a Value) -> Cow<'a, str> {
        let text = match value {
            Value::Empty => return "".into(),
            Value::Undefined(_) => return "\u{2013}".into(),
            Value::Text(text) => return text.into(),
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
        };
        text.into()
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
