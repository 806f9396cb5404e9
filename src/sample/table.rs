//! A CSV table being written.

/// Text of a table: a header and rows of as many fields.
pub(super) struct Csv(csv::Writer<Vec<u8>>);

impl Csv {
    pub(super) fn new(header: &str) -> Self {
        let mut table = Self(csv::Writer::from_writer(Vec::new()));
        table.row(&header.split(',').collect::<Vec<_>>());
        table
    }

    /// Adds a row; fields with separators or quotes are quoted.
    pub(super) fn row(&mut self, fields: &[&str]) {
        // Writing to memory cannot fail.
        let _ = self.0.write_record(fields);
    }

    pub(super) fn text(self) -> String {
        String::from_utf8(self.0.into_inner().unwrap_or_default()).unwrap_or_default()
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
