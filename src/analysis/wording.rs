//! Figures inside the sentences that analysis composes.

use crate::quantity::{Money, Work};

/// An amount in whole units with thousands separated: `12,340`.
pub(super) fn amount(amount: Money) -> String {
    let whole = amount.units().round_ties_even();
    let digits = format!("{:.0}", whole.abs());
    let mut text = String::with_capacity(digits.len() + digits.len() / 3 + 1);
    if whole < 0.0 {
        text.push('-');
    }
    for (index, digit) in digits.chars().enumerate() {
        if index > 0 && (digits.len() - index).is_multiple_of(3) {
            text.push(',');
        }
        text.push(digit);
    }
    text
}

/// Hours to the half hour where it matters: `7.5 h`, `420 h`.
pub(super) fn hours(work: Work) -> String {
    let hours = work.hours();
    if hours.abs() < 100.0 && (hours - hours.round()).abs() > 0.05 {
        format!("{hours:.1} h")
    } else {
        format!("{} h", amount(Money::from_units(hours)))
    }
}

/// A share in whole percent; between nothing and one percent it says so: `under 1%`, and likewise `over 99%`.
pub(super) fn percent(share: f64) -> String {
    match share {
        share if share > 0.0 && share < 0.005 => "under 1%".to_owned(),
        share if share < 1.0 && share > 0.995 => "over 99%".to_owned(),
        share => format!("{:.0}%", share * 100.0),
    }
}

/// `1 row`, `12 rows`.
pub(super) fn counted(count: usize, noun: &str) -> String {
    format!("{count} {noun}{}", if count == 1 { "" } else { "s" })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn figures_read_well() {
        assert_eq!(amount(Money::from_units(1_234_567.5)), "1,234,568");
        assert_eq!(amount(Money::from_units(-999.4)), "-999");
        assert_eq!(amount(Money::from_units(100_000.0)), "100,000");
        assert_eq!(amount(Money::ZERO), "0");
        assert_eq!(hours(Work::from_hours(7.5)), "7.5 h");
        assert_eq!(hours(Work::from_hours(1_420.0)), "1,420 h");
        assert_eq!(percent(0.004), "under 1%");
        assert_eq!(percent(0.999), "over 99%");
        assert_eq!(percent(0.25), "25%");
        assert_eq!(counted(1, "row"), "1 row");
        assert_eq!(counted(0, "row"), "0 rows");
    }
}
