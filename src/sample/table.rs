//! A CSV table being written.

use std::fmt::Write as _;

/// Text of a table: a header and rows of as many fields.
pub(super) struct Csv(String);

impl Csv {
    pub(super) fn new(header: &str) -> Self {
        Self(format!("{header}\n"))
    }

    /// Adds a row; fields with separators or quotes are quoted.
    pub(super) fn row(&mut self, fields: &[&str]) {
        for (nth, field) in fields.iter().enumerate() {
            if nth > 0 {
                self.0.push(',');
            }
            if field.contains([',', '"', '\n']) {
                // Writing to a text cannot fail.
                let _ = write!(self.0, "\"{}\"", field.replace('"', "\"\""));
            } else {
                self.0.push_str(field);
            }
        }
        self.0.push('\n');
    }

    pub(super) fn text(self) -> String {
        self.0
    }
}

/// Quarter hours as hours: `7.5`.
pub(super) fn hours(quarters: i64) -> String {
    let (whole, rest) = (quarters.div_euclid(4), quarters.rem_euclid(4));
    let rest = ["", ".25", ".5", ".75"][usize::try_from(rest).unwrap_or(0)];
    format!("{whole}{rest}")
}

/// Hundredths of a currency unit: `12.50`.
pub(super) fn cents(cents: i64) -> String {
    let sign = if cents < 0 { "-" } else { "" };
    format!("{sign}{}.{:02}", cents.abs() / 100, cents.abs() % 100)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn figures_are_written_exactly() {
        assert_eq!([hours(30), hours(33), hours(4), hours(2)], ["7.5", "8.25", "1", "0.5"]);
        assert_eq!([cents(1_250), cents(5), cents(-105)], ["12.50", "0.05", "-1.05"]);
    }

    #[test]
    fn separators_are_quoted() {
        let mut csv = Csv::new("a,b");
        csv.row(&["x, y", "say \"no\""]);
        assert_eq!(csv.text(), "a,b\n\"x, y\",\"say \"\"no\"\"\"\n");
    }
}
