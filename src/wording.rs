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

/// A number with so many decimals, a half away from zero: 76,888.5 is 76,889 and 1.005 with two is 1.01. A worksheet
/// rounds what it shows the same way, so a report's renderings agree to the last digit.
#[must_use]
pub fn fixed(number: f64, decimals: usize) -> String {
    let Some(mut parts) = parts(number.abs(), decimals) else { return format!("{number:.decimals$}") };
    let mut digits = [0_u8; 24];
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

/// How many parts of so many decimals a size has. Far from the middle between two neighbours, which of them is nearer
/// does not hang on the last bits: nearly all figures of a report are such. `None` where there is nothing to round.
#[inline]
fn parts(size: f64, decimals: usize) -> Option<u64> {
    const MOST: f64 = 1e12;
    let scaled = size * [1.0, 10.0, 100.0].get(decimals).copied().unwrap_or(f64::NAN);
    let doubt = (scaled.fract() - 0.5).abs() < 1e-3;
    if doubt || !(0.0..MOST).contains(&scaled) {
        return parts_of_digits(size, decimals);
    }
    #[expect(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "of twelve digits")]
    Some(scaled.round() as u64)
}

/// The same by the fifteen digits that a number holds for certain and that a worksheet goes by.
fn parts_of_digits(size: f64, decimals: usize) -> Option<u64> {
    const DIGITS: usize = 15;
    if !size.is_finite() || decimals > DIGITS {
        return None;
    }
    if let Some((digits, places)) = few_decimals(size)
        && let Some(dropped) = places.checked_sub(u32::try_from(decimals).ok()?)
    {
        let unit = 10_u64.pow(dropped);
        return Some((digits + unit / 2) / unit);
    }
    let written = format!("{size:.0$e}", DIGITS - 1);
    let (digits, exponent) = written.split_once('e')?;
    let digits: u64 = digits.replace('.', "").parse().ok()?;
    let whole = i64::try_from(DIGITS - 1 - decimals).ok()?;
    let dropped = u32::try_from(whole - exponent.parse::<i64>().ok()?).ok()?;
    let unit = 10_u64.checked_pow(dropped);
    // Beyond the digits of a `u64` it is less than half a part.
    Some(unit.map_or(0, |unit| (digits + unit / 2) / unit))
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
    fn a_half_is_rounded_away_from_zero_as_a_worksheet_shows_it() {
        for (number, decimals, shown) in [
            (76_888.5, 0, "76889"),
            (0.5, 0, "1"),
            (1.5, 0, "2"),
            (2.5, 0, "3"),
            (-0.5, 0, "-1"),
            (0.285, 2, "0.29"),
            (0.285 * 100.0, 0, "29"),
            (1.005, 2, "1.01"),
            (-1.005, 2, "-1.01"),
            (0.0005, 3, "0.001"),
            (0.499_999_999, 0, "0"),
            (0.999_5, 3, "1.000"),
            (1_234_567_890_123.5, 0, "1234567890124"),
            (1e-30, 3, "0.000"),
            (1e300, 0, &format!("{:.0}", 1e300)),
            (f64::NAN, 1, "NaN"),
            (f64::NEG_INFINITY, 2, "-inf"),
        ] {
            assert_eq!(fixed(number, decimals), shown, "{number} with {decimals}");
        }
    }

    #[test]
    fn what_is_no_half_is_rounded_to_the_nearest() {
        for parts in -20_000_i32..20_000 {
            for decimals in 0..4 {
                let number = f64::from(parts) * 1.234_567_89;
                assert_eq!(fixed(number, decimals), format!("{number:.decimals$}"));
            }
        }
    }

    #[test]
    fn ten_thousandths_are_rounded_as_whole_numbers_are() {
        for parts in (0..2_000_000_u64).step_by(25) {
            let tens = (parts + 50) / 100;
            #[expect(clippy::cast_precision_loss, reason = "of seven digits")]
            let shown = fixed(parts as f64 / 10_000.0, 2);
            assert_eq!(shown, format!("{}.{:02}", tens / 100, tens % 100), "{parts}");
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
