//! The different cells of a column: a column of five million cells has a few thousand different ones.
//! Each is kept once and has a number; what it means is found out once.

/// The longest text that is kept whole in its slot.
const SHORT: usize = 24;

/// Cells of many rows, one behind the other, with room behind the last to read a whole slot's worth.
#[derive(Default)]
pub(super) struct Block {
    bytes: Vec<u8>,
}

impl Block {
    /// Adds the bytes of a row's cells; returns where they begin.
    pub(super) fn add(&mut self, cells: &[u8]) -> usize {
        let at = self.bytes.len();
        self.bytes.extend_from_slice(cells);
        at
    }

    /// How many bytes it holds.
    pub(super) fn size(&self) -> usize {
        self.bytes.len()
    }

    /// Makes it ready to be looked at.
    pub(super) fn close(&mut self) {
        self.bytes.extend_from_slice(&[0; SHORT]);
    }

    /// Forgets its cells.
    pub(super) fn clear(&mut self) {
        self.bytes.clear();
    }
}

/// A cell of a [`Block`]: where it begins and how long it is.
pub(super) type Place = (u32, u32);

/// The different texts of a column, numbered in the order in which they came.
///
/// An open hash table whose slots hold short texts themselves, so that a look-up touches one cache line, and
/// the look-ups of a block, which do not wait for each other, overlap. What is looked up is never iterated:
/// the order of hashing reaches nothing.
pub(super) struct Distinct {
    slots: Vec<Slot>,
    /// All texts, one behind the other.
    texts: Vec<u8>,
    /// Where each text ends.
    ends: Vec<usize>,
    /// The cells of the block at hand with their hashes.
    keys: Vec<(Key, usize)>,
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
        Self { slots: vec![Slot::default(); 1 << 8], texts: Vec::new(), ends: Vec::new(), keys: Vec::new() }
    }

    /// Numbers the cells at these places of a closed block; `None` when there are more than fit a number.
    pub(super) fn number(&mut self, block: &Block, places: &[Place], numbers: &mut Vec<u32>) -> Option<()> {
        self.keys.clear();
        for place in places {
            let key = Key::of(&block.bytes, *place)?;
            self.keys.push((key, key.hash()));
        }
        // A table beyond the near caches: fetch the slots of the block first, so that their ways from memory
        // overlap instead of adding up.
        if self.slots.len() > 1 << 12 {
            let mask = self.slots.len() - 1;
            let fetched = self.keys.iter().fold(0, |all, (_, hash)| all ^ self.slots[hash & mask].number);
            std::hint::black_box(fetched);
        }
        numbers.reserve(places.len());
        for (at, place) in places.iter().enumerate() {
            let (key, hash) = self.keys[at];
            let slot = &self.slots[hash & (self.slots.len() - 1)];
            let known = slot.number != 0 && slot.key == key && key.length as usize <= SHORT;
            numbers.push(if known { slot.number - 1 } else { self.find(key, text(&block.bytes, *place)?)? });
        }
        Some(())
    }

    /// The number of a text that is not in its first slot; a new one gets the next.
    fn find(&mut self, key: Key, text: &[u8]) -> Option<u32> {
        let mut at = key.hash() & (self.slots.len() - 1);
        while self.slots[at].number != 0 {
            let slot = self.slots[at];
            if slot.key == key && (text.len() <= SHORT || self.text(slot.number - 1) == text) {
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

    fn text(&self, number: u32) -> &[u8] {
        self.slice(number as usize)
    }

    fn slice(&self, number: usize) -> &[u8] {
        let from = if number == 0 { 0 } else { self.ends[number - 1] };
        &self.texts[from..self.ends[number]]
    }

    /// Four times as many slots.
    fn grow(&mut self) {
        let old = std::mem::take(&mut self.slots);
        self.slots = vec![Slot::default(); old.len() * 4];
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
    fn of(bytes: &[u8], place: Place) -> Option<Self> {
        let (at, length) = (place.0 as usize, place.1 as usize);
        let (chunks, _) = bytes.get(at..at + SHORT)?.as_chunks::<8>();
        let mask = &MASKS[length.min(SHORT)];
        let mut words = [0; 3];
        for (word, (chunk, mask)) in words.iter_mut().zip(chunks.iter().zip(mask)) {
            *word = u64::from_le_bytes(*chunk) & mask;
        }
        if length > SHORT {
            let rest = text(bytes, place)?.get(16..)?;
            words[2] = rest.iter().fold(0, |hash, byte| fold(hash, u64::from(*byte) + 1));
        }
        Some(Self { words, length: place.1 })
    }

    /// The slot it belongs in, once cut to the number of slots.
    #[expect(clippy::cast_possible_truncation, reason = "the lower bits choose the slot")]
    fn hash(&self) -> usize {
        let hash = self.words.iter().fold(u64::from(self.length), |hash, word| fold(hash, *word));
        fold(hash, 0) as usize
    }
}

/// The bytes of a cell.
fn text(bytes: &[u8], (at, length): Place) -> Option<&[u8]> {
    bytes.get(at as usize..at as usize + length as usize)
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

/// One step of a hash: eight bytes multiplied in, both halves of the product kept.
#[expect(clippy::cast_possible_truncation, reason = "both halves of the product are taken")]
fn fold(hash: u64, bytes: u64) -> u64 {
    let product = u128::from(hash ^ bytes ^ 0x2545_f491_4f6c_dd1d) * 0x9e37_79b9_7f4a_7c15;
    (product as u64) ^ ((product >> 64) as u64)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn equal_texts_have_equal_numbers_in_the_order_they_came() {
        // Short and long ones, some alike but for their end, some but for a zero byte.
        let word = |n: usize| match n % 4 {
            0 => format!("P{:05}-T{:04}", n % 700, n % 300),
            1 => "x".repeat(n % 40),
            2 => format!("a name that is longer than a slot can hold, {}", n % 50),
            _ => "\0".repeat(n % 3),
        };
        let words: Vec<String> = (0..6_000).map(word).collect();
        let (mut distinct, mut numbers) = (Distinct::new(), Vec::new());
        for part in words.chunks(700) {
            let mut block = Block::default();
            let place = |word: &String| {
                (u32::try_from(block.add(word.as_bytes())).unwrap(), u32::try_from(word.len()).unwrap())
            };
            let places: Vec<Place> = part.iter().map(place).collect();
            block.close();
            distinct.number(&block, &places, &mut numbers).unwrap();
        }
        let mut seen: Vec<&str> = Vec::new();
        for (word, number) in words.iter().zip(&numbers) {
            let want = seen.iter().position(|other| other == word).unwrap_or_else(|| {
                seen.push(word);
                seen.len() - 1
            });
            assert_eq!(usize::try_from(*number), Ok(want), "{word}");
        }
        assert_eq!(
            distinct.texts().collect::<Vec<_>>(),
            seen.iter().map(|word| word.as_bytes()).collect::<Vec<_>>()
        );
    }
}
