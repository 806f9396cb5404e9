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

/// A number below ten thousand in at least so many digits, with zeros before it: the parts of a day or a time.
pub fn padded(number: u32, least: usize, text: &mut String) {
    for (scale, places) in [(1_000, 4), (100, 3), (10, 2), (1, 1)] {
        if places <= least || number >= scale {
            text.extend(char::from_digit(number / scale % 10, 10));
        }
    }
}

/// The digits of a size that has four decimals or fewer, as so many parts and the decimals of a part; `None` for
/// any other. Nearly all figures are such, and trying is faster than the search for the shortest digits of any
/// number; it finds the same ones, because among numbers of fifteen digits only one is this one.
#[must_use]
pub fn few_decimals(size: f64) -> Option<(u64, u32)> {
    const FIFTEEN_DIGITS: i64 = 1_000_000_000_000_000;
    [1.0, 10.0, 100.0, 1_000.0, 10_000.0].into_iter().zip(0..).find_map(|(scale, decimals)| {
        // Cut off behind a half added is the nearest, and no call; what is no number or too large is none of these.
        #[expect(clippy::cast_possible_truncation, reason = "what does not fit is not found")]
        let parts = (size * scale + 0.5) as i64;
        #[expect(clippy::float_cmp, reason = "the very number, or another way")]
        #[expect(clippy::cast_precision_loss, reason = "of fifteen digits")]
        let found = (0..FIFTEEN_DIGITS).contains(&parts) && parts as f64 / scale == size;
        if found { u64::try_from(parts).ok().map(|parts| (parts, decimals)) } else { None }
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
