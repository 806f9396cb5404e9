//! The different cells of a column: a column of five million cells has a few thousand different ones.
//! Each is kept once and has a number; what it means is found out once.

use crate::source::Block;

/// The longest text that is kept whole in its slot.
const SHORT: usize = 24;
const _: () = assert!(SHORT <= Block::ROOM, "a slot's worth can be read at every cell");
/// Cells that are looked up together.
const BATCH: usize = 64;

/// The different texts of a column, numbered in the order in which they came.
///
/// An open hash table whose slots hold short texts themselves, so that a look-up touches one cache line, and
/// the look-ups of a batch, which do not wait for each other, overlap. What is looked up is never iterated:
/// the order of hashing reaches nothing.
pub(super) struct Distinct {
    slots: Vec<Slot>,
    /// All texts, one behind the other.
    texts: Vec<u8>,
    /// Where each text ends.
    ends: Vec<usize>,
}

/// A place in the table, half a cache line.
#[derive(Clone, Copy, Default)]
#[repr(align(32))]
struct Slot {
    key: Key,
    /// Number + 1 of the text, 0 when the slot is free.
    number: u32,
}

/// A text of up to 24 bytes as numbers, zeros behind it; of a longer one the beginning and a hash.
#[derive(Clone, Copy, Default, PartialEq, Eq)]
struct Key {
    words: [u64; 3],
    length: u32,
}

impl Distinct {
    /// None yet.
    pub(super) fn new() -> Self {
        Self { slots: vec![Slot::default(); 1 << 8], texts: Vec::new(), ends: Vec::new() }
    }

    /// Numbers the cells of a column in these rows of a block; `None` when there are more than fit a number.
    pub(super) fn number(
        &mut self,
        block: &Block<'_>,
        rows: &[u32],
        column: usize,
        numbers: &mut Vec<u32>,
    ) -> Option<()> {
        let mut batch = [(Key::default(), 0, 0); BATCH];
        for rows in rows.chunks(BATCH) {
            for (found, row) in batch.iter_mut().zip(rows) {
                let place = block.place(*row as usize, column);
                let key = Key::of(block.bytes, place.start, place.len())?;
                *found = (key, key.hash(), place.start);
            }
            let batch = &batch[..rows.len()];
            // A table beyond the near caches: fetch the slots of the batch first, so that their ways from
            // memory overlap instead of adding up.
            if self.slots.len() > 1 << 12 {
                let mask = self.slots.len() - 1;
                let fetched = batch.iter().fold(0, |all, (_, hash, _)| all ^ self.slots[hash & mask].number);
                std::hint::black_box(fetched);
            }
            let mut known = [0; BATCH];
            for ((key, hash, start), number) in batch.iter().zip(&mut known) {
                let slot = &self.slots[hash & (self.slots.len() - 1)];
                let same = slot.number != 0 && slot.key == *key && key.length as usize <= SHORT;
                *number = if same {
                    slot.number - 1
                } else {
                    self.find(*key, *hash, &block.bytes[*start..*start + key.length as usize])?
                };
            }
            numbers.extend_from_slice(&known[..batch.len()]);
        }
        Some(())
    }

    /// The number of a text that is not in its first slot; a new one gets the next.
    fn find(&mut self, key: Key, hash: usize, text: &[u8]) -> Option<u32> {
        let mut at = hash & (self.slots.len() - 1);
        while self.slots[at].number != 0 {
            let slot = self.slots[at];
            if slot.key == key && (text.len() <= SHORT || self.slice(slot.number as usize - 1) == text) {
                return Some(slot.number - 1);
            }
            at = (at + 1) & (self.slots.len() - 1);
        }
        let number = u32::try_from(self.ends.len() + 1).ok()?;
        self.texts.extend_from_slice(text);
        self.ends.push(self.texts.len());
        self.slots[at] = Slot { key, number };
        if self.ends.len() * 2 > self.slots.len() {
            self.grow();
        }
        Some(number - 1)
    }

    /// The texts in the order of their numbers.
    pub(super) fn texts(&self) -> impl Iterator<Item = &[u8]> {
        (0..self.ends.len()).map(|number| self.slice(number))
    }

    fn slice(&self, number: usize) -> &[u8] {
        let from = if number == 0 { 0 } else { self.ends[number - 1] };
        &self.texts[from..self.ends[number]]
    }

    /// Twice as many slots.
    fn grow(&mut self) {
        let old = std::mem::take(&mut self.slots);
        self.slots = vec![Slot::default(); old.len() * 2];
        for slot in old.into_iter().filter(|slot| slot.number != 0) {
            let mut at = slot.key.hash() & (self.slots.len() - 1);
            while self.slots[at].number != 0 {
                at = (at + 1) & (self.slots.len() - 1);
            }
            self.slots[at] = slot;
        }
    }
}

impl Key {
    /// Of a text among bytes that go on for at least a slot's worth.
    fn of(bytes: &[u8], start: usize, length: usize) -> Option<Self> {
        let (chunks, _) = bytes.get(start..start + SHORT)?.as_chunks::<8>();
        let mask = &MASKS[length.min(SHORT)];
        let mut words = [0; 3];
        for (word, (chunk, mask)) in words.iter_mut().zip(chunks.iter().zip(mask)) {
            *word = u64::from_le_bytes(*chunk) & mask;
        }
        if length > SHORT {
            let rest = bytes.get(start + 16..start + length)?;
            words[2] = rest.iter().fold(0, |hash, byte| fold(hash ^ u64::from(*byte), STEPS[0]));
        }
        Some(Self { words, length: u32::try_from(length).ok()? })
    }

    /// The slot it belongs in, once cut to the number of slots.
    #[expect(clippy::cast_possible_truncation, reason = "the lower bits choose the slot")]
    fn hash(&self) -> usize {
        let [first, second, third] = self.words;
        let hash = fold(first ^ STEPS[0], second ^ STEPS[1]);
        fold(hash ^ third, u64::from(self.length) ^ STEPS[2]) as usize
    }
}

/// What is kept of three words of eight bytes for a text of 0 to 24 bytes.
const MASKS: [[u64; 3]; SHORT + 1] = {
    let mut masks = [[0; 3]; SHORT + 1];
    let mut length = 0;
    while length <= SHORT {
        let mut byte = 0;
        while byte < length {
            masks[length][byte / 8] |= 0xff << (byte % 8 * 8);
            byte += 1;
        }
        length += 1;
    }
    masks
};

/// Numbers without a pattern, that no text is likely to spell.
const STEPS: [u64; 3] = [0x2545_f491_4f6c_dd1d, 0x9e37_79b9_7f4a_7c15, 0xd6e8_feb8_6659_fd93];

/// One step of a hash: a product of which both halves are kept.
#[expect(clippy::cast_possible_truncation, reason = "both halves of the product are taken")]
fn fold(one: u64, other: u64) -> u64 {
    let product = u128::from(one) * u128::from(other);
    (product as u64) ^ ((product >> 64) as u64)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::source::LargeCsv;

    #[test]
    fn equal_texts_have_equal_numbers_in_the_order_they_came() {
        // Short and long ones, some alike but for their end.
        let word = |n: usize| match n % 4 {
            0 => format!("P{:05}-T{:04}", n % 700, n % 300),
            1 => "x".repeat(n % 40),
            2 => format!("a name that is longer than a slot can hold, {}", n % 50),
            _ => String::new(),
        };
        let words: Vec<String> = (0..60_000).map(word).collect();
        let mut file = tempfile::NamedTempFile::new().unwrap();
        std::io::Write::write_all(&mut file, format!("n;word\n;{}", words.join("\n;")).as_bytes()).unwrap();
        let path = file.path().to_owned();
        let large = LargeCsv { path, separator: b';', terminator: b'\n', returns: false, copy: None };
        let (mut distinct, mut numbers) = (Distinct::new(), Vec::new());
        let mut blocks = large.blocks(2).unwrap();
        while let Some(block) = blocks.next_block().unwrap() {
            let rows: Vec<u32> = (0..).take(block.rows()).collect();
            distinct.number(&block, &rows, 1, &mut numbers).unwrap();
        }
        let mut seen: Vec<&str> = Vec::new();
        let mut known = std::collections::HashMap::new();
        for (word, number) in words.iter().zip(&numbers) {
            let want = *known.entry(word).or_insert_with(|| {
                seen.push(word);
                seen.len() - 1
            });
            assert_eq!(usize::try_from(*number), Ok(want), "{word}");
        }
        assert_eq!(numbers.len(), words.len());
        assert_eq!(
            distinct.texts().collect::<Vec<_>>(),
            seen.iter().map(|word| word.as_bytes()).collect::<Vec<_>>()
        );
    }
}
