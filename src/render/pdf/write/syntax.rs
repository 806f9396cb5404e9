//! Objects and operands as bytes (ISO 32000-1, 7.3).

use lopdf::{Object, StringFormat};

/// Writes a whole number.
pub(super) fn integer(out: &mut Vec<u8>, number: i64) {
    fixed(out, number, 0);
}

/// Writes a count.
pub(super) fn count(out: &mut Vec<u8>, number: usize) {
    integer(out, i64::try_from(number).unwrap_or(i64::MAX));
}

/// Writes a number given in its last place: 1250 with three places is `1.25`.
pub(super) fn fixed(out: &mut Vec<u8>, number: i64, places: usize) {
    // From the last character to the first, so that a number is added at once.
    let mut text = [0_u8; 32];
    let mut at = text.len();
    let mut put = |character: u8| {
        at -= 1;
        text[at] = character;
    };
    let (mut rest, mut place) = (number.unsigned_abs(), places);
    // Zeros at the end of the fraction say nothing.
    while place > 0 && rest.is_multiple_of(10) {
        rest /= 10;
        place -= 1;
    }
    let fraction = place > 0;
    while place > 0 {
        put(b'0' + (rest % 10) as u8);
        rest /= 10;
        place -= 1;
    }
    if fraction {
        put(b'.');
    }
    while rest > 0 {
        put(b'0' + (rest % 10) as u8);
        rest /= 10;
    }
    if number == 0 {
        put(b'0');
    } else if number < 0 {
        put(b'-');
    }
    out.extend_from_slice(&text[at..]);
}

/// Writes a name.
pub(super) fn name(out: &mut Vec<u8>, name: &[u8]) {
    out.push(b'/');
    for byte in name {
        if byte.is_ascii_graphic() && !b"()<>[]{}/%#".contains(byte) {
            out.push(*byte);
        } else {
            out.push(b'#');
            hexadecimal(out, *byte);
        }
    }
}

/// Writes a byte of a string in parentheses.
pub(super) fn in_parentheses(out: &mut Vec<u8>, byte: u8) {
    match byte {
        b'(' | b')' | b'\\' => out.extend_from_slice(&[b'\\', byte]),
        b'\r' => out.extend_from_slice(b"\\r"),
        _ => out.push(byte),
    }
}

/// Writes a text string: UTF-16 with its byte order mark.
pub(super) fn text(out: &mut Vec<u8>, text: &str) {
    out.extend_from_slice(b"<FEFF");
    for unit in text.encode_utf16() {
        for byte in unit.to_be_bytes() {
            hexadecimal(out, byte);
        }
    }
    out.push(b'>');
}

/// Writes a reference to an object.
pub(super) fn reference(out: &mut Vec<u8>, id: u32) {
    integer(out, i64::from(id));
    out.extend_from_slice(b" 0 R");
}

/// Writes references, each with a space behind it.
pub(super) fn references(out: &mut Vec<u8>, ids: impl Iterator<Item = u32>) {
    for id in ids {
        reference(out, id);
        out.push(b' ');
    }
}

/// Writes an object but a stream.
pub(super) fn object(out: &mut Vec<u8>, object: &Object) {
    match object {
        Object::Null | Object::Stream(_) => out.extend_from_slice(b"null"),
        Object::Boolean(value) => out.extend_from_slice(if *value { b"true" } else { b"false" }),
        Object::Integer(number) => integer(out, *number),
        Object::Real(number) => out.extend_from_slice(number.to_string().as_bytes()),
        Object::Name(text) => name(out, text),
        Object::String(bytes, StringFormat::Literal) => {
            out.push(b'(');
            for byte in bytes {
                in_parentheses(out, *byte);
            }
            out.push(b')');
        }
        Object::String(bytes, StringFormat::Hexadecimal) => {
            out.push(b'<');
            for byte in bytes {
                hexadecimal(out, *byte);
            }
            out.push(b'>');
        }
        Object::Array(items) => {
            out.push(b'[');
            for (index, item) in items.iter().enumerate() {
                if index > 0 {
                    out.push(b' ');
                }
                self::object(out, item);
            }
            out.push(b']');
        }
        Object::Dictionary(entries) => dictionary(out, entries),
        Object::Reference((id, _)) => reference(out, *id),
    }
}

/// Writes a dictionary.
pub(super) fn dictionary(out: &mut Vec<u8>, entries: &lopdf::Dictionary) {
    out.extend_from_slice(b"<<");
    for (key, value) in entries {
        name(out, key);
        if !matches!(value, Object::Name(_) | Object::String(..) | Object::Array(_) | Object::Dictionary(_)) {
            out.push(b' ');
        }
        object(out, value);
    }
    out.extend_from_slice(b">>");
}

fn hexadecimal(out: &mut Vec<u8>, byte: u8) {
    const DIGITS: &[u8; 16] = b"0123456789ABCDEF";
    out.extend_from_slice(&[DIGITS[usize::from(byte >> 4)], DIGITS[usize::from(byte & 15)]]);
}

#[cfg(test)]
mod tests {
    use lopdf::dictionary;

    use super::*;

    fn written(write: impl FnOnce(&mut Vec<u8>)) -> String {
        let mut out = Vec::new();
        write(&mut out);
        String::from_utf8(out).unwrap()
    }

    #[test]
    fn numbers_take_no_more_digits_than_they_need() {
        let numbers =
            [(0, 2), (7, 0), (-12, 0), (1250, 3), (1200, 2), (5, 2), (-50, 2), (100_000, 2), (1, 3)];
        let shown = numbers.map(|(number, places)| written(|out| fixed(out, number, places)));
        assert_eq!(shown, ["0", "7", "-12", "1.25", "12", ".05", "-.5", "1000", ".001"]);
        assert_eq!(written(|out| integer(out, i64::MIN)), i64::MIN.to_string());
    }

    #[test]
    fn objects_are_written_as_the_standard_says() {
        let entry = dictionary! {
            "Type" => "A b#", "N" => 3, "S" => Object::string_literal("a(b)\\\r"), "R" => (4, 0),
            "A" => vec![Object::Null, Object::Real(0.5), true.into()],
        };
        assert_eq!(
            written(|out| object(out, &Object::Dictionary(entry))),
            r"<</Type/A#20b#23/N 3/S(a\(b\)\\\r)/R 4 0 R/A[null 0.5 true]>>"
        );
        assert_eq!(written(|out| text(out, "\u{e4}\u{1f600}")), "<FEFF00E4D83DDE00>");
    }
}
