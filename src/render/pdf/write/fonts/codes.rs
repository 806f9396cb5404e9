//! What calls a glyph in the strings of a page, and what the file says about it (ISO 32000-1, 9.7.5 and 9.10.3).
//!
//! A byte a glyph, the letter's own where it has one in ASCII, makes pages a tenth smaller than two bytes do.

use std::fmt::Write;

use lopdf::{Object, Stream, dictionary};

use super::Used;

/// How glyphs are called in strings.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(in super::super) enum Codes {
    /// By a byte.
    Bytes,
    /// By two bytes, its number in the subset: there are too many.
    Pairs,
}

/// Entries of a block of a character map; the standard allows no more.
const BLOCK: usize = 100;

impl Codes {
    /// A code for each glyph, given what they stand for. A text that comes again gets a code of its own.
    pub(super) fn assign(texts: &[&str]) -> (Self, Vec<u16>) {
        let own = |text: &str| match text.as_bytes() {
            [letter @ b' '..=b'~'] => Some(u16::from(*letter)),
            _ => None,
        };
        // Those that need no escape in a string.
        let mut free = (0x80..=0xff_u16).chain(1..=9).chain(0x0e..=0x1f);
        let mut taken = [false; 0x80];
        let mut codes = Vec::with_capacity(texts.len());
        for text in texts {
            let code = match own(text).filter(|letter| !taken[usize::from(*letter)]) {
                Some(letter) => {
                    taken[usize::from(letter)] = true;
                    Some(letter)
                }
                None => free.next(),
            };
            let Some(code) = code else {
                let count = u16::try_from(texts.len()).unwrap_or(u16::MAX);
                return (Self::Pairs, (1..=count).collect());
            };
            codes.push(code);
        }
        (Self::Bytes, codes)
    }
}

/// The character map from codes of one byte, in their order, to glyphs of the subset.
pub(super) fn encoding(used: &[Used]) -> Stream {
    let mut ranges: Vec<(u16, u16, u16)> = Vec::new();
    for Used { code, glyph, .. } in used {
        match ranges.last_mut() {
            // Neighbours on both sides.
            Some((first, last, start)) if *last + 1 == *code && *start + (*code - *first) == *glyph => {
                *last = *code;
            }
            _ => ranges.push((*code, *code, *glyph)),
        }
    }
    let ranges = ranges.iter().map(|(first, last, glyph)| format!("<{first:02X}><{last:02X}>{glyph}\n"));
    let system = dictionary! {
        "Registry" => Object::string_literal("Adobe"), "Ordering" => Object::string_literal("Identity"),
        "Supplement" => 0,
    };
    let text = map("Bytes", 1, "Identity", &[("cidrange", ranges.collect())]);
    Stream::new(dictionary! { "Type" => "CMap", "CMapName" => "Bytes", "CIDSystemInfo" => system }, text)
}

/// The character map from codes of one byte to what they stand for.
pub(super) fn to_unicode(used: &[Used]) -> Stream {
    let (mut ranges, mut single) = (Vec::<(u16, u16)>::new(), Vec::new());
    for Used { code, text, .. } in used {
        let own = u8::try_from(*code).is_ok_and(|byte| byte.is_ascii() && text.as_bytes() == [byte]);
        match ranges.last_mut() {
            Some((_, last)) if own && *last + 1 == *code => *last = *code,
            _ if own => ranges.push((*code, *code)),
            // What joined or stacked letters say stands beside them on the page.
            _ if text.is_empty() => {}
            _ => {
                let units = text.encode_utf16().fold(String::new(), |mut units, unit| {
                    // Writing to a String cannot fail.
                    let _ = write!(units, "{unit:04X}");
                    units
                });
                single.push(format!("<{code:02X}><{units}>\n"));
            }
        }
    }
    let ranges = ranges.iter().map(|(first, last)| format!("<{first:02X}><{last:02X}><{first:04X}>\n"));
    let text = map("ToUnicode", 2, "UCS", &[("bfrange", ranges.collect()), ("bfchar", single)]);
    Stream::new(dictionary! {}, text)
}

/// A character map over all codes of one byte.
fn map(name: &str, kind: u8, ordering: &str, blocks: &[(&str, Vec<String>)]) -> Vec<u8> {
    let mut text = format!(
        "/CIDInit/ProcSet findresource begin\n12 dict begin\nbegincmap\n\
         /CIDSystemInfo<</Registry(Adobe)/Ordering({ordering})/Supplement 0>>def\n\
         /CMapName/{name} def\n/CMapType {kind} def\n1 begincodespacerange\n<00><FF>\nendcodespacerange\n"
    );
    for (what, entries) in blocks {
        for block in entries.chunks(BLOCK) {
            // Writing to a String cannot fail.
            let _ = write!(text, "{} begin{what}\n{}end{what}\n", block.len(), block.concat());
        }
    }
    text.push_str("endcmap\nCMapName currentdict/CMap defineresource pop\nend\nend\n");
    text.into_bytes()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn used(of: &[(u16, &str)]) -> Vec<Used> {
        let glyphs = (1..).zip(of);
        let used = |(glyph, (code, text)): (u16, &(u16, &str))| Used {
            glyph,
            code: *code,
            text: Box::from(*text),
            advance: 0.0,
        };
        glyphs.map(used).collect()
    }

    fn lines(stream: &Stream) -> String {
        String::from_utf8(stream.content.clone()).unwrap()
    }

    #[test]
    fn letters_keep_their_ascii_code_and_a_second_form_gets_another() {
        let (codes, assigned) = Codes::assign(&["A", "1", "\u{e4}", "1", "ffi", ""]);
        assert_eq!((codes, assigned), (Codes::Bytes, vec![0x41, 0x31, 0x80, 0x81, 0x82, 0x83]));
    }

    #[test]
    fn too_many_glyphs_take_two_bytes() {
        let many: Vec<String> = (0x4e00..0x4f00).filter_map(char::from_u32).map(String::from).collect();
        let (codes, assigned) = Codes::assign(&many.iter().map(String::as_str).collect::<Vec<_>>());
        assert_eq!(codes, Codes::Pairs);
        assert_eq!((assigned[0], assigned[255], assigned.len()), (1, 256, 256));
    }

    #[test]
    fn the_box_for_a_missing_character_is_glyph_nothing_and_moves_no_other() {
        let mut used = used(&[(0x41, "A"), (0x42, "B"), (0x80, "\u{1f680}"), (0x81, "\u{e4}")]);
        used[2].glyph = 0;
        used[3].glyph = 3;
        let encoding = lines(&encoding(&used));
        assert!(encoding.contains("3 begincidrange\n<41><42>1\n<80><80>0\n<81><81>3\n"), "{encoding}");
    }

    #[test]
    fn neighbours_are_one_range() {
        let used = used(&[(0x41, "A"), (0x42, "B"), (0x44, "D"), (0x80, "\u{1f600}"), (0x81, "")]);
        let encoding = lines(&encoding(&used));
        assert!(
            encoding.contains("3 begincidrange\n<41><42>1\n<44><44>3\n<80><81>4\nendcidrange\n"),
            "{encoding}"
        );
        let meaning = lines(&to_unicode(&used));
        assert!(
            meaning.contains("2 beginbfrange\n<41><42><0041>\n<44><44><0044>\nendbfrange\n"),
            "{meaning}"
        );
        assert!(meaning.contains("1 beginbfchar\n<80><D83DDE00>\nendbfchar\n"), "{meaning}");
    }
}
