//! What the texts of a column meant, as far as they came up lately: dates, people and the like are said over and
//! over, and to look a text up is cheaper than to read it, or to keep it once more.

use super::Datum;
use super::cell::Trouble;
use super::datum::Sense;

/// The longest text that is remembered.
const LONGEST: usize = 24;
/// Texts remembered at a time.
const SLOTS: usize = 512;
/// Look-ups after which a column is judged.
const TRIAL: u32 = 1_024;

/// The memory of one column.
#[derive(Default)]
pub(super) struct Memo {
    /// None until something is remembered.
    slots: Vec<Slot>,
    asked: u32,
    known: u32,
}

#[derive(Clone, Default)]
struct Slot {
    key: Key,
    datum: Option<Datum>,
}

/// A text as numbers, zeros behind it.
#[derive(Clone, Copy, Default, PartialEq, Eq)]
struct Key {
    words: [u64; LONGEST / 8],
    length: usize,
}

impl Memo {
    /// What a text means: as remembered, else as read. Only what has a meaning is remembered; what is wrong is read
    /// again each time. A column that keeps saying something new is not asked any more.
    pub(super) fn read(
        &mut self,
        text: &str,
        read: impl FnOnce() -> Result<Sense, Trouble>,
    ) -> Result<Sense, Trouble> {
        let is_new_each_time = self.asked == TRIAL && self.known < TRIAL / 4;
        let Some(key) = Key::of(text).filter(|_| !is_new_each_time) else { return read() };
        if self.slots.is_empty() {
            self.slots = vec![Slot::default(); SLOTS];
        }
        let slot = &mut self.slots[key.slot()];
        let found = slot.datum.as_ref().filter(|_| slot.key == key);
        if self.asked < TRIAL {
            self.asked += 1;
            self.known += u32::from(found.is_some());
        }
        if let Some(datum) = found {
            return Ok(Sense::Datum(datum.clone()));
        }
        let sense = read()?;
        if let Sense::Datum(datum) = &sense {
            *slot = Slot { key, datum: Some(datum.clone()) };
        }
        Ok(sense)
    }
}

impl Key {
    fn of(text: &str) -> Option<Self> {
        if text.len() > LONGEST {
            return None;
        }
        let mut words = [0; LONGEST / 8];
        for (word, bytes) in words.iter_mut().zip(text.as_bytes().chunks(8)) {
            *word = bytes.iter().rev().fold(0, |word, byte| word << 8 | u64::from(*byte));
        }
        Some(Self { words, length: text.len() })
    }

    /// A slot by all bytes; two texts in one take turns.
    #[expect(clippy::cast_possible_truncation, reason = "the highest bits alone are kept")]
    fn slot(&self) -> usize {
        let mixed = self.words.iter().fold(self.length as u64, |all, word| {
            (all.rotate_left(23) ^ *word).wrapping_mul(0x9e37_79b9_7f4a_7c15)
        });
        (mixed >> (u64::BITS - SLOTS.trailing_zeros())) as usize
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_text_means_what_it_says_however_often_and_beside_what_others() {
        let mut memo = Memo::default();
        let mut reads = 0;
        // Many more texts than slots, long ones and one that means nothing among them.
        for round in 0..3 {
            for number in 0..2_000_i32 {
                let text = if number % 7 == 0 { format!("{number:030}") } else { number.to_string() };
                let meant = memo.read(&text, || {
                    reads += 1;
                    Ok(if number == 5 { Sense::Nothing } else { Sense::Datum(Datum::Number(number.into())) })
                });
                let want =
                    if number == 5 { Sense::Nothing } else { Sense::Datum(Datum::Number(number.into())) };
                assert_eq!(meant, Ok(want), "{text} in round {round}");
            }
        }
        assert_eq!(reads, 6_000, "nothing comes twice soon enough: the column is not asked any more");
    }

    #[test]
    fn what_comes_again_is_read_once() {
        let mut memo = Memo::default();
        let mut reads = 0;
        for number in 0..10_000 {
            let text = format!("2026-03-{:02}", number % 20 + 1);
            let meant = memo.read(&text, || {
                reads += 1;
                Ok(Sense::Datum(Datum::Text(text.as_str().into())))
            });
            assert_eq!(meant, Ok(Sense::Datum(Datum::Text(text.as_str().into()))));
        }
        assert_eq!(reads, 20);
    }
}
