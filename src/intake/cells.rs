//! The different cells of a column: a column of five million cells has a few thousand different ones.
//! Each is kept once and has a number; what it means is found out once.

use std::ops::Range;

use crate::source::Block;

/// The longest text that is kept whole in its key.
const SHORT: usize = 24;
const _: () = assert!(SHORT <= Block::ROOM, "a key's worth can be read at every cell");
/// Cells that are looked up together.
const BATCH: usize = 64;
/// A table of more slots lies beyond the near caches. What a batch needs of it is touched before it is looked
/// at: then the ways from memory overlap, and no branch waits for one.
const NEAR: usize = 1 << 13;

/// The different texts of a column, numbered in the order in which they came.
///
/// An open hash table of which a look-up touches two places: a slot, whose mark hardly ever agrees by chance,
/// and the key it leads to. What is looked up is never iterated: the order of hashing reaches nothing.
pub(super) struct Distinct {
    slots: Vec<Slot>,
    /// The key of each text.
    keys: Vec<Key>,
    /// All texts, one behind the other.
    texts: Vec<u8>,
    /// Where each text ends.
    ends: Vec<usize>,
}

/// A place in the table.
#[derive(Clone, Copy)]
struct Slot {
    /// Bits of the hash that did not choose the slot.
    mark: u32,
    /// [`FREE`] when there is none.
    number: u32,
}

const FREE: u32 = u32::MAX;
const EMPTY: Slot = Slot { mark: 0, number: FREE };

/// A text of up to 24 bytes as numbers, zeros behind it; of a longer one the beginning and a hash.
#[derive(Clone, Copy, Default, PartialEq, Eq)]
#[repr(align(32))]
struct Key {
    words: [u64; 3],
    length: u32,
}

/// What a text is looked up by.
#[derive(Clone, Copy, Default)]
struct Hash {
    place: usize,
    mark: u32,
}

impl Distinct {
    /// None yet.
    pub(super) fn new() -> Self {
        Self { slots: vec![EMPTY; 1 << 8], keys: Vec::new(), texts: Vec::new(), ends: Vec::new() }
    }

    /// Numbers the cells of a column in these rows of a block; `None` when there are more than fit a number.
    pub(super) fn number(
        &mut self,
        block: &Block<'_>,
        rows: &[u32],
        column: usize,
        numbers: &mut Vec<u32>,
    ) -> Option<()> {
        let mut keys = [(Key::default(), Hash::default()); BATCH];
        let mut found = [FREE; BATCH];
        for rows in rows.chunks(BATCH) {
            for (slot, row) in keys.iter_mut().zip(rows) {
                let key = Key::of(block.bytes, block.place(*row as usize, column))?;
                *slot = (key, key.hash());
            }
            let keys = &keys[..rows.len()];
            let is_far = self.slots.len() > NEAR;
            if is_far {
                let slots = keys.iter().map(|(_, hash)| &self.slots[hash.place & (self.slots.len() - 1)]);
                std::hint::black_box(slots.fold(0, |all, slot| all ^ slot.number));
            }
            for (number, (_, hash)) in found.iter_mut().zip(keys) {
                *number = self.marked(*hash);
            }
            if is_far {
                let keys = found[..rows.len()].iter().filter_map(|number| self.keys.get(*number as usize));
                std::hint::black_box(keys.fold(0, |all, key| all ^ key.length));
            }
            for ((number, (key, hash)), row) in found.iter_mut().zip(keys).zip(rows) {
                let is_known = self.keys.get(*number as usize) == Some(key) && key.length as usize <= SHORT;
                if !is_known {
                    *number = self.find(*key, *hash, &block.bytes[block.place(*row as usize, column)])?;
                }
            }
            numbers.extend_from_slice(&found[..rows.len()]);
        }
        Some(())
    }

    /// The first text with the mark of this hash; [`FREE`] when there is none.
    fn marked(&self, hash: Hash) -> u32 {
        let mask = self.slots.len() - 1;
        let mut slot = self.slots[hash.place & mask];
        let mut step = 1;
        while slot.mark != hash.mark && slot.number != FREE {
            slot = self.slots[(hash.place + step) & mask];
            step += 1;
        }
        slot.number
    }

    /// The number of a text; a new one gets the next.
    fn find(&mut self, key: Key, hash: Hash, text: &[u8]) -> Option<u32> {
        let mask = self.slots.len() - 1;
        let mut at = hash.place & mask;
        while self.slots[at].number != FREE {
            let number = self.slots[at].number;
            if self.keys[number as usize] == key
                && (text.len() <= SHORT || self.text(number as usize) == text)
            {
                return Some(number);
            }
            at = (at + 1) & mask;
        }
        let number = u32::try_from(self.keys.len()).ok().filter(|number| *number != FREE)?;
        self.keys.push(key);
        self.texts.extend_from_slice(text);
        self.ends.push(self.texts.len());
        self.slots[at] = Slot { mark: hash.mark, number };
        // With one slot in four taken, the first is nearly always the right one.
        if self.keys.len() * 4 > self.slots.len() {
            self.grow();
        }
        Some(number)
    }

    /// The texts in the order of their numbers.
    pub(super) fn texts(&self) -> impl Iterator<Item = &[u8]> {
        (0..self.ends.len()).map(|number| self.text(number))
    }

    fn text(&self, number: usize) -> &[u8] {
        let from = if number == 0 { 0 } else { self.ends[number - 1] };
        &self.texts[from..self.ends[number]]
    }

    /// Twice as many slots.
    fn grow(&mut self) {
        let mask = self.slots.len() * 2 - 1;
        self.slots.clear();
        self.slots.resize(mask + 1, EMPTY);
        for (number, key) in (0..).zip(&self.keys) {
            let hash = key.hash();
            let mut at = hash.place & mask;
            while self.slots[at].number != FREE {
                at = (at + 1) & mask;
            }
            self.slots[at] = Slot { mark: hash.mark, number };
        }
    }
}

impl Key {
    /// Of a text among bytes that go on for at least a key's worth.
    fn of(bytes: &[u8], place: Range<usize>) -> Option<Self> {
        let (start, length) = (place.start, place.len());
        let (chunks, _) = bytes.get(start..start + SHORT)?.as_chunks::<8>();
        let mask = &MASKS[length.min(SHORT)];
        let mut words = [0; 3];
        for (word, (chunk, mask)) in words.iter_mut().zip(chunks.iter().zip(mask)) {
            *word = u64::from_le_bytes(*chunk) & mask;
        }
        if length > SHORT {
            let rest = bytes.get(start + 16..place.end)?;
            words[2] = rest.iter().fold(0, |hash, byte| fold(hash ^ u64::from(*byte), STEPS[0]));
        }
        Some(Self { words, length: u32::try_from(length).ok()? })
    }

    #[expect(clippy::cast_possible_truncation, reason = "the lower bits choose the slot")]
    fn hash(&self) -> Hash {
        let [first, second, third] = self.words;
        let length = u64::from(self.length);
        let mut hash = fold(first ^ STEPS[0], length ^ STEPS[1]);
        if length > 8 {
            hash = fold(hash ^ second, third ^ STEPS[2]);
        }
        Hash { place: hash as usize, mark: (hash >> 32) as u32 }
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
            2 => format!("a name that is longer than a key can hold, {}", n % 50),
            _ => String::new(),
        };
        let words: Vec<String> = (0..60_000).map(word).collect();
        let mut file = tempfile::NamedTempFile::new().unwrap();
        std::io::Write::write_all(&mut file, format!("n;word\n;{}", words.join("\n;")).as_bytes()).unwrap();
        let path = file.path().to_owned();
        let large =
            LargeCsv { path, separator: b';', terminator: b'\n', returns: false, quoted: false, copy: None };
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
