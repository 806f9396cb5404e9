//! Digits as they are written; what stands around them is said by [`crate::language`].

/// What stands before a figure below zero; a hyphen would read as a dash.
pub const MINUS: char = '\u{2212}';

/// Digits in groups of three: `1,234,567`.
#[must_use]
pub fn grouped(digits: &str, separator: char) -> String {
    let mut text = String::with_capacity(digits.len() + digits.len() / 3);
    push_grouped(&mut text, digits, separator);
    text
}

/// Appends digits in groups of three.
pub fn push_grouped(text: &mut String, digits: &str, separator: char) {
    for (index, digit) in digits.chars().enumerate() {
        if index > 0 && (digits.len() - index).is_multiple_of(3) {
            text.push(separator);
        }
        text.push(digit);
    }
}

/// A number with so many decimals, as `format!` rounds it, by whole numbers where these leave no doubt: far from
/// the middle between two neighbours, which of them is nearer does not hang on the last bits. Nearly all figures of
/// a report are such.
#[must_use]
pub fn fixed(number: f64, decimals: usize) -> String {
    const MOST: f64 = 1e12;
    let size = number.abs() * [1.0, 10.0, 100.0].get(decimals).copied().unwrap_or(f64::NAN);
    let doubt = (size.fract() - 0.5).abs() < 1e-3;
    if doubt || !(0.0..MOST).contains(&size) {
        return format!("{number:.decimals$}");
    }
    #[expect(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "of twelve digits")]
    let mut parts = size.round() as u64;
    let mut digits = [0_u8; 16];
    let mut at = digits.len();
    let mut put = |character| {
        at -= 1;
        digits[at] = character;
    };
    for place in 0.. {
        if place == decimals && decimals > 0 {
            put(b'.');
        }
        if place > decimals && parts == 0 {
            break;
        }
        put(b'0' + (parts % 10) as u8);
        parts /= 10;
    }
    if number.is_sign_negative() {
        put(b'-');
    }
    digits[at..].iter().map(|digit| char::from(*digit)).collect()
}

/// Appends a number below a hundred with two digits.
pub fn push_two(text: &mut String, number: u32) {
    for digit in [number / 10, number % 10] {
        text.push(char::from_digit(digit % 10, 10).unwrap_or('0'));
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
    fn a_number_is_rounded_as_format_rounds_it() {
        let odd = [0.0, 0.5, 1.5, 0.25, 0.35, 1e12, -1e15, 1e300, 0.999_999, f64::NAN, f64::INFINITY];
        let many = (0..20_000_u32).map(|i| f64::from(i) * 0.025 - 3.0);
        let large = (0..2_000_u32).map(|i| f64::from(i) * 1_234_567.891);
        for number in odd.into_iter().chain(many).chain(large).flat_map(|number| [number, -number]) {
            for decimals in 0..4 {
                assert_eq!(fixed(number, decimals), format!("{number:.decimals$}"));
            }
        }
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
