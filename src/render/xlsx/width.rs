//! How wide a text is, in the unit of column widths: the digit of the default font.

/// The height in points of a row of body text.
pub(super) const LINE: f64 = 15.0;

/// The width of a text in digits: wide scripts count double, marks nothing.
pub(super) fn of(text: &str) -> f64 {
    let hundredths: u32 = if text.is_ascii() {
        text.bytes().map(|byte| u32::from(ASCII[usize::from(byte & 0x7F)])).sum()
    } else {
        text.chars().map(|character| u32::from(hundredths(character))).sum()
    };
    f64::from(hundredths) / 100.0
}

/// What a text is at most as wide as, known without a look at it: no byte is wider than a digit and a half.
pub(super) fn most(text: &str) -> f64 {
    f64::from(u32::try_from(text.len()).unwrap_or(u32::MAX)) * 1.5
}

/// The widths of the characters that nearly all texts are made of, in hundredths of a digit.
const ASCII: [u8; 128] = {
    let mut widths = [0; 128];
    let mut byte: u8 = 0;
    while byte < 128 {
        widths[byte as usize] = hundredths(byte as char);
        byte += 1;
    }
    widths
};

/// The width of a character in hundredths of a digit.
const fn hundredths(character: char) -> u8 {
    match character {
        'i' | 'j' | 'l' | 'I' | '.' | ',' | ';' | ':' | '\'' | '!' | '|' | ' ' | 't' | 'f' | 'r' => 60,
        'm' | 'w' | 'M' | 'W' | '%' | '@' => 150,
        'A'..='Z' => 115,
        '\u{0300}'..='\u{036F}' | '\u{200B}'..='\u{200F}' | '\u{FE00}'..='\u{FE0F}' => 0,
        '\u{1100}'..='\u{115F}'
        | '\u{2E80}'..='\u{A4CF}'
        | '\u{AC00}'..='\u{D7A3}'
        | '\u{F900}'..='\u{FAFF}'
        | '\u{FF00}'..='\u{FF60}'
        | '\u{1F300}'..='\u{1FAFF}'
        | '\u{20000}'..='\u{3FFFD}' => 200,
        _ => 100,
    }
}

/// The width of the longest word, with `extra` for what stands beside it.
pub(super) fn longest_word(text: &str, extra: f64) -> f64 {
    text.split_whitespace().map(of).fold(0.0, f64::max) + extra
}

/// How many lines a text takes in a column of this width, breaking at spaces.
pub(super) fn lines(text: &str, width: f64) -> u32 {
    let width = width.max(1.0);
    if most(text) <= width && !text.contains('\n') {
        return 1;
    }
    #[expect(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "a width of a column")]
    let room = (width * 100.0 + 1e-6) as u32;
    let mut filled = Filled { room, lines: 1, used: 0, word: 0 };
    if text.is_ascii() {
        for byte in text.bytes() {
            filled.add(char::from(byte), ASCII[usize::from(byte & 0x7F)]);
        }
    } else {
        for character in text.chars() {
            filled.add(character, hundredths(character));
        }
    }
    filled.end_word();
    filled.lines
}

/// Lines that are filled word after word; widths in hundredths of a digit.
struct Filled {
    room: u32,
    lines: u32,
    /// What the words of the last line take.
    used: u32,
    /// What the word takes that has begun.
    word: u32,
}

impl Filled {
    fn add(&mut self, character: char, width: u8) {
        match character {
            ' ' => self.end_word(),
            '\n' => {
                self.end_word();
                self.lines += 1;
                self.used = 0;
            }
            _ => self.word = self.word.saturating_add(u32::from(width)),
        }
    }

    fn end_word(&mut self) {
        let word = std::mem::take(&mut self.word);
        let space = if self.used > 0 { u32::from(ASCII[usize::from(b' ')]) } else { 0 };
        if self.used > 0 && self.used + space + word > self.room {
            self.lines += 1;
            self.used = word;
        } else {
            self.used = self.used.saturating_add(space + word);
        }
        // A word longer than the line breaks anywhere.
        while self.used > self.room {
            self.lines += 1;
            self.used -= self.room;
        }
    }
}

/// The height in points of that many lines, within what a row may have.
pub(super) fn height(lines: u32) -> f64 {
    (f64::from(lines) * LINE).min(405.0)
}

/// A column's width in pixels.
pub(super) fn pixels(width: f64) -> u32 {
    #[expect(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "a width of a column")]
    let pixels = (width.clamp(0.0, 255.0) * 7.0 + 5.0) as u32;
    pixels
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_text_is_as_wide_as_its_characters() {
        // Five digits, five narrow letters, a wide one, a capital, a Chinese character, an umlaut with a mark.
        assert!((of("12345") - 5.0).abs() < 1e-12);
        assert!((of("fillt") - 3.0).abs() < 1e-12);
        assert!((of("mA") - 2.65).abs() < 1e-12);
        assert!((of("mA中u\u{308}") - 5.65).abs() < 1e-12);
    }

    #[test]
    fn text_breaks_at_spaces_and_long_words_anywhere() {
        assert_eq!(lines("", 10.0), 1);
        assert_eq!(lines("0000 0000 0000", 10.0), 2);
        assert_eq!(lines("00000000000000000000000", 10.0), 3);
        assert_eq!(lines("0\n0", 10.0), 2);
    }
}
