//! Digits as they are written; what stands around them is said by [`crate::language`].

/// What stands before a figure below zero; a hyphen would read as a dash.
pub const MINUS: char = '\u{2212}';

/// Digits in groups of three: `1,234,567`.
#[must_use]
pub fn grouped(digits: &str, separator: char) -> String {
    let mut text = String::with_capacity(digits.len() + digits.len() / 3);
    for (index, digit) in digits.chars().enumerate() {
        if index > 0 && (digits.len() - index).is_multiple_of(3) {
            text.push(separator);
        }
        text.push(digit);
    }
    text
}

/// The digits of a size that has four decimals or fewer, as so many parts and the decimals of a part; `None` for
/// any other. Nearly all figures are such, and trying is faster than the search for the shortest digits of any
/// number; it finds the same ones, because among numbers of fifteen digits only one is this one.
#[must_use]
pub fn few_decimals(size: f64) -> Option<(u64, u32)> {
    const FIFTEEN_DIGITS: f64 = 1e15;
    [1.0, 10.0, 100.0, 1_000.0, 10_000.0].into_iter().zip(0..).find_map(|(scale, decimals)| {
        let parts = (size * scale).round();
        #[expect(clippy::float_cmp, reason = "the very number, or another way")]
        let found = (0.0..FIFTEEN_DIGITS).contains(&parts) && parts / scale == size;
        #[expect(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "of fifteen digits")]
        found.then_some((parts as u64, decimals))
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn digits_stand_in_groups_of_three() {
        assert_eq!(grouped("0", ','), "0");
        assert_eq!(grouped("999", ','), "999");
        assert_eq!(grouped("1234567", '.'), "1.234.567");
    }

    #[test]
    fn few_decimals_are_found_and_many_are_not() {
        assert_eq!(few_decimals(0.0), Some((0, 0)));
        assert_eq!(few_decimals(12_345.0), Some((12_345, 0)));
        assert_eq!(few_decimals(0.3), Some((3, 1)));
        assert_eq!(few_decimals(1_234.567_8), Some((12_345_678, 4)));
        for other in [0.1 + 0.2, 0.123_45, 1e15, -1.0, f64::NAN, f64::INFINITY] {
            assert_eq!(few_decimals(other), None, "{other}");
        }
    }
}
