//! What a workbook says a cell is.

use std::collections::HashMap;
use std::sync::Arc;

use calamine::{Data, DataRef, ExcelDateTime, Style};
use chrono::{NaiveDate, NaiveDateTime, NaiveTime, TimeDelta};

use crate::source::Cell;
use crate::source::header::{is_blank, text};

/// A serial number below this, under a date format, is a length of time: project dates lie after 1900.
const A_YEAR: f64 = 366.0;

/// Texts that occur more than once are held once, as far as that is cheap to see.
pub(super) struct Shared {
    /// Those of the workbook's table of strings, by where they lie in memory.
    table: HashMap<usize, Arc<str>>,
    /// Some of the last ones that stood in cells themselves.
    recent: Vec<Option<Arc<str>>>,
}

/// How many bits choose among the recent texts.
const RECENT: u32 = 10;

impl Default for Shared {
    fn default() -> Self {
        Self { table: HashMap::new(), recent: vec![None; 1 << RECENT] }
    }
}

impl Shared {
    /// A text of the workbook's table of strings.
    fn of_table(&mut self, shared: &str) -> Cell {
        if is_blank(shared) {
            return Cell::Empty;
        }
        Cell::Text(self.table.entry(shared.as_ptr().addr()).or_insert_with(|| shared.into()).clone())
    }

    /// A text that stands in its cell.
    pub(super) fn of_cell(&mut self, text: &str) -> Cell {
        if is_blank(text) {
            return Cell::Empty;
        }
        let known = &mut self.recent[recent(text)];
        match known {
            Some(known) if **known == *text => Cell::Text(Arc::clone(known)),
            _ => Cell::Text(Arc::clone(known.insert(text.into()))),
        }
    }
}

/// The place of a text among the recent ones: by its length and its first and last letters.
fn recent(text: &str) -> usize {
    let bytes = text.as_bytes();
    let word = match (bytes.first_chunk::<8>(), bytes.last_chunk::<8>()) {
        (Some(first), Some(last)) => u64::from_le_bytes(*first) ^ u64::from_le_bytes(*last).rotate_left(29),
        _ => bytes.iter().fold(0, |word, byte| word << 8 | u64::from(*byte)),
    };
    let mixed = (word ^ bytes.len() as u64).wrapping_mul(0x9e37_79b9_7f4a_7c15);
    usize::try_from(mixed >> (u64::BITS - RECENT)).unwrap_or(0)
}

/// The cell of a value; `percent` when its number format is a percentage.
pub(super) fn cell(value: &DataRef<'_>, percent: bool, shared: &mut Shared) -> Cell {
    match value {
        DataRef::Empty => Cell::Empty,
        DataRef::SharedString(string) => shared.of_table(string),
        DataRef::String(string) => shared.of_cell(string),
        DataRef::Float(value) => Cell::Number { value: *value, percent },
        #[expect(
            clippy::cast_precision_loss,
            reason = "whole numbers of a spreadsheet are f64 to begin with"
        )]
        DataRef::Int(value) => Cell::Number { value: *value as f64, percent },
        DataRef::Bool(value) => Cell::Bool(*value),
        DataRef::DateTime(value) => moment(value),
        DataRef::DateTimeIso(value) => iso_moment(value),
        DataRef::DurationIso(value) => iso_duration(value).map_or_else(|| text(value), Cell::Duration),
        DataRef::Error(error) => Cell::Error(error.to_string().into()),
    }
}

/// The cell of an owned value: xls and ods do not say which numbers are percentages.
pub(super) fn owned(value: &Data, shared: &mut Shared) -> Cell {
    let borrowed = match value {
        Data::String(string) => return shared.of_cell(string),
        Data::Empty => DataRef::Empty,
        Data::Int(value) => DataRef::Int(*value),
        Data::Float(value) => DataRef::Float(*value),
        Data::Bool(value) => DataRef::Bool(*value),
        Data::DateTime(value) => DataRef::DateTime(*value),
        Data::DateTimeIso(value) => DataRef::DateTimeIso(value.clone()),
        Data::DurationIso(value) => DataRef::DurationIso(value.clone()),
        Data::Error(error) => DataRef::Error(error.clone()),
    };
    cell(&borrowed, false, shared)
}

/// Which entries of a workbook's styles are percentages.
pub(super) fn percentages(styles: &[Style]) -> Vec<bool> {
    let is_percent =
        |style: &Style| style.number_format.as_ref().is_some_and(|f| has_percent(&f.format_code));
    styles.iter().map(is_percent).collect()
}

/// Whether a number format multiplies by a hundred: a `%` that is neither quoted nor escaped.
fn has_percent(format: &str) -> bool {
    let (mut quoted, mut escaped) = (false, false);
    for c in format.chars() {
        match c {
            _ if escaped => escaped = false,
            '"' => quoted = !quoted,
            '\\' | '_' | '*' if !quoted => escaped = true,
            '%' if !quoted => return true,
            _ => {}
        }
    }
    false
}

/// The cell of a number under the format of a date or a length of time.
pub(super) fn moment(value: &ExcelDateTime) -> Cell {
    let days = value.as_f64();
    if value.is_duration() || days < A_YEAR {
        return Cell::Duration(days * 86_400.0);
    }
    // The serial number of a time of day is not exact: 17:00 comes as 16:59:59.999.
    let rounded = value.as_datetime().filter(|_| days < 2_958_466.0).and_then(|moment| {
        let moment = moment.checked_add_signed(TimeDelta::milliseconds(500))?;
        moment.date().and_hms_opt(0, 0, 0)?.checked_add_signed(TimeDelta::seconds(
            moment.time().signed_duration_since(NaiveTime::MIN).num_seconds(),
        ))
    });
    rounded.map_or(Cell::Number { value: days, percent: false }, Cell::Moment)
}

fn iso_moment(value: &str) -> Cell {
    let moment = value
        .parse::<NaiveDateTime>()
        .or_else(|_| value.parse::<NaiveDate>().map(|day| day.and_time(NaiveTime::MIN)))
        .ok();
    moment.map_or_else(|| text(value), Cell::Moment)
}

/// `PT07H30M00S` in seconds.
fn iso_duration(value: &str) -> Option<f64> {
    let (sign, value) = value.strip_prefix('-').map_or((1.0, value), |rest| (-1.0, rest));
    let mut seconds = 0.0;
    let mut rest = value.strip_prefix("PT")?;
    while !rest.is_empty() {
        let unit = rest.find(|c: char| c.is_ascii_alphabetic())?;
        let number: f64 = rest[..unit].parse().ok()?;
        seconds += number
            * match &rest[unit..=unit] {
                "H" => 3_600.0,
                "M" => 60.0,
                "S" => 1.0,
                _ => return None,
            };
        rest = &rest[unit + 1..];
    }
    Some(sign * seconds)
}

#[cfg(test)]
mod tests {
    use calamine::ExcelDateTimeType::{DateTime, TimeDelta};

    use super::*;

    fn excel(value: f64, kind: calamine::ExcelDateTimeType) -> String {
        moment(&ExcelDateTime::new(value, kind, false)).to_string()
    }

    #[test]
    fn serial_numbers_are_what_excel_shows() {
        // 46112 is 2026-03-31 in Excel; 0.708333333 of a day is 17:00.
        assert_eq!(excel(46_112.0, DateTime), "2026-03-31");
        assert_eq!(excel(46_112.708_333_33, DateTime), "2026-03-31T17:00:00");
        assert_eq!(excel(0.3125, DateTime), "7:30");
        assert_eq!(excel(1.5, TimeDelta), "36:00");
        assert_eq!(excel(1e18, DateTime), "1000000000000000000");
    }

    #[test]
    fn a_percentage_is_known_by_its_format() {
        assert!(has_percent("0.0%") && has_percent("0%;[Red]-0%"));
        assert!(!has_percent("0.00") && !has_percent("0\"%\"") && !has_percent("0\\%"));
    }

    #[test]
    fn durations_of_open_document_are_read() {
        assert_eq!(iso_duration("PT07H30M00S"), Some(27_000.0));
        assert_eq!(iso_duration("PT36H"), Some(129_600.0));
        assert_eq!(iso_duration("P1Y"), None);
    }
}
