//! The different cells of a column: a column of five million cells has a few thousand different ones.
//! Each is kept once and has a number; what it means is found out once.

/// The different texts of a column, numbered in the order in which they came.
///
/// An open hash table over one arena: no allocation a text, two cache lines a look-up. What is looked up is
/// never iterated, so the order of hashing reaches nothing.
pub(super) struct Distinct {
    /// All texts, one behind the other.
    arena: Vec<u8>,
    /// Where each text ends in the arena.
    ends: Vec<usize>,
    /// Number + 1 of the text of a slot, 0 for a free one, beside the upper half of its hash.
    slots: Vec<(u32, u32)>,
}

impl Distinct {
    /// None yet.
    pub(super) fn new() -> Self {
        Self { arena: Vec::new(), ends: Vec::new(), slots: vec![(0, 0); 1 << 10] }
    }

    /// The number of a text; a new one gets the next. `None` when there are more than four billion.
    pub(super) fn number(&mut self, text: &[u8]) -> Option<u32> {
        if self.ends.len() * 2 >= self.slots.len() {
            self.grow();
        }
        let hash = hash(text);
        let (mut at, mark) = self.first_slot(hash);
        loop {
            match self.slots[at] {
                (0, _) => break,
                (number, other) if other == mark && self.text(number - 1) == text => return Some(number - 1),
                _ => at = (at + 1) & (self.slots.len() - 1),
            }
        }
        let number = u32::try_from(self.ends.len()).ok().filter(|number| *number < u32::MAX - 1)?;
        self.arena.extend_from_slice(text);
        self.ends.push(self.arena.len());
        self.slots[at] = (number + 1, mark);
        Some(number)
    }

    /// The texts in the order of their numbers.
    pub(super) fn texts(&self) -> impl Iterator<Item = &[u8]> {
        (0..self.ends.len()).map(|number| self.slice(number))
    }

    fn text(&self, number: u32) -> &[u8] {
        self.slice(usize::try_from(number).unwrap_or(usize::MAX))
    }

    fn slice(&self, number: usize) -> &[u8] {
        let from = if number == 0 { 0 } else { self.ends[number - 1] };
        &self.arena[from..self.ends[number]]
    }

    /// The slot a hash begins at, and its mark.
    #[expect(
        clippy::cast_possible_truncation,
        reason = "the lower bits choose the slot, the upper half is the mark"
    )]
    fn first_slot(&self, hash: u64) -> (usize, u32) {
        (hash as usize & (self.slots.len() - 1), (hash >> 32) as u32)
    }

    /// Twice as many slots.
    fn grow(&mut self) {
        self.slots = vec![(0, 0); self.slots.len() * 2];
        for number in 0..self.ends.len() {
            let (mut at, mark) = self.first_slot(hash(self.slice(number)));
            while self.slots[at].0 != 0 {
                at = (at + 1) & (self.slots.len() - 1);
            }
            // The number was given by `number`, so it fits.
            self.slots[at] = (u32::try_from(number + 1).unwrap_or(u32::MAX), mark);
        }
    }
}

/// Eight bytes at a time, multiplied and folded; good enough for ids, names and numbers, and fast.
fn hash(text: &[u8]) -> u64 {
    const ODD: u64 = 0x9e37_79b9_7f4a_7c15;
    let fold = |state: u64, bytes: u64| {
        let wide = u128::from(state ^ bytes) * u128::from(ODD);
        #[expect(clippy::cast_possible_truncation, reason = "both halves are taken")]
        let folded = (wide as u64) ^ ((wide >> 64) as u64);
        folded
    };
    let (chunks, rest) = text.as_chunks::<8>();
    let state =
        chunks.iter().fold(text.len() as u64 ^ ODD, |state, chunk| fold(state, u64::from_le_bytes(*chunk)));
    let mut last = [0; 8];
    last[..rest.len()].copy_from_slice(rest);
    fold(fold(state, u64::from_le_bytes(last)), ODD)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn equal_texts_have_equal_numbers_in_the_order_they_came() {
        let mut distinct = Distinct::new();
        let words: Vec<String> = (0..5_000).map(|n| format!("P{:05}-T{:04}", n % 700, n % 300)).collect();
        let mut seen: Vec<&str> = Vec::new();
        for word in &words {
            let want = seen.iter().position(|other| other == word).unwrap_or_else(|| {
                seen.push(word);
                seen.len() - 1
            });
            assert_eq!(distinct.number(word.as_bytes()), u32::try_from(want).ok());
        }
        assert_eq!(
            distinct.texts().collect::<Vec<_>>(),
            seen.iter().map(|word| word.as_bytes()).collect::<Vec<_>>()
        );
        assert_eq!(distinct.number(b""), u32::try_from(seen.len()).ok());
        assert_ne!(distinct.number(b"a"), distinct.number(b"a\0"), "padding is no text");
    }
}
