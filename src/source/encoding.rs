//! Bytes to text: byte order marks, UTF-16 by its zero bytes, UTF-8, and what else is guessed.

use std::borrow::Cow;

use chardetng::{EncodingDetector, Iso2022JpDetection, Utf8Detection};
use encoding_rs::{Encoding, UTF_8, UTF_16BE, UTF_16LE};

/// The text of a file and how it was come by.
pub(super) struct Decoded<'a> {
    /// The text, without a byte order mark; U+FFFD where bytes stand for no letter.
    pub(super) text: Cow<'a, str>,
    /// The encoding, when it was guessed; UTF-8 and a byte order mark are certain.
    pub(super) guessed: Option<&'static Encoding>,
}

/// Decodes a text file; `None` when it is not text at all.
pub(super) fn decode(bytes: &[u8]) -> Option<Decoded<'_>> {
    if let Some((encoding, mark)) = Encoding::for_bom(bytes) {
        return Some(Decoded { guessed: None, ..decode_as(encoding, &bytes[mark..])? });
    }
    if let Some(encoding) = utf16_without_mark(bytes) {
        return decode_as(encoding, bytes);
    }
    if bytes.contains(&0) {
        return None;
    }
    match std::str::from_utf8(bytes) {
        Ok(text) => Some(Decoded { text: text.into(), guessed: None }),
        Err(_) if mostly_utf8(bytes) => decode_as(UTF_8, bytes),
        Err(_) => {
            let mut detector = EncodingDetector::new(Iso2022JpDetection::Deny);
            detector.feed(bytes, true);
            decode_as(detector.guess(None, Utf8Detection::Deny), bytes)
        }
    }
}

fn decode_as<'a>(encoding: &'static Encoding, bytes: &'a [u8]) -> Option<Decoded<'a>> {
    let (text, _) = encoding.decode_without_bom_handling(bytes);
    let guessed = (encoding != UTF_8).then_some(encoding);
    (!text.contains('\0')).then_some(Decoded { text, guessed })
}

/// UTF-16 of mostly western text: every second byte is zero.
fn utf16_without_mark(bytes: &[u8]) -> Option<&'static Encoding> {
    let head = &bytes[..bytes.len().min(4096) & !1];
    let pairs = head.len() / 2;
    let zeros = |offset: usize| head.iter().skip(offset).step_by(2).filter(|b| **b == 0).count();
    let (even, odd) = (zeros(0), zeros(1));
    match pairs {
        0 => None,
        _ if odd * 10 >= pairs * 7 && even * 20 <= pairs => Some(UTF_16LE),
        _ if even * 10 >= pairs * 7 && odd * 20 <= pairs => Some(UTF_16BE),
        _ => None,
    }
}

/// Whether the bytes are UTF-8 with a few broken places, rather than another encoding: well-formed
/// sequences of several bytes hardly ever come about by chance.
fn mostly_utf8(bytes: &[u8]) -> bool {
    let (mut good, mut bad) = (0_usize, 0_usize);
    for chunk in bytes.utf8_chunks() {
        good += chunk.valid().chars().filter(|c| !c.is_ascii()).count();
        bad += usize::from(!chunk.invalid().is_empty());
    }
    good >= 4 * bad
}

#[cfg(test)]
mod tests {
    use super::*;

    fn utf16(text: &str, little: bool, mark: bool) -> Vec<u8> {
        let units = mark.then_some(0xfeff).into_iter().chain(text.encode_utf16());
        units.flat_map(|u| if little { u.to_le_bytes() } else { u.to_be_bytes() }).collect()
    }

    #[test]
    fn every_usual_encoding_gives_the_same_text() {
        let text = "id;Größe\n1;Café – 5 €\n";
        let windows = encoding_rs::WINDOWS_1252.encode(text).0.into_owned();
        let with_mark = [b"\xef\xbb\xbf".as_slice(), text.as_bytes()].concat();
        let cases = [
            (text.as_bytes().to_vec(), None),
            (with_mark, None),
            (utf16(text, true, true), None),
            (utf16(text, false, true), None),
            (utf16(text, true, false), Some(UTF_16LE)),
            (utf16(text, false, false), Some(UTF_16BE)),
            (windows, Some(encoding_rs::WINDOWS_1252)),
        ];
        for (bytes, encoding) in cases {
            let decoded = decode(&bytes).unwrap();
            assert_eq!((decoded.text.as_ref(), decoded.guessed), (text, encoding));
        }
    }

    #[test]
    fn utf8_with_one_broken_byte_stays_utf8() {
        let mut bytes = "ä,ö,ü,ß,é,è\n".as_bytes().to_vec();
        bytes.push(0xfc);
        let decoded = decode(&bytes).unwrap();
        assert_eq!((decoded.text.as_ref(), decoded.guessed), ("ä,ö,ü,ß,é,è\n\u{fffd}", None));
    }

    #[test]
    fn binary_is_not_text() {
        assert!(decode(b"\x7fELF\x02\x01\x01\0\0\0\0\0abc").is_none());
    }
}
