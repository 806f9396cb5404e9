//! The different cells of a column: a column of five million cells has a few thousand different ones.
//! Each is kept once and has a number; what it means is found out once.

mod far;
mod key;
mod near;

use crate::model::facts::Codes;
use crate::source::Block;

use far::Far;
use key::Key;
use near::Near;

/// Cells that are looked up together.
const BATCH: usize = 128;

/// The different texts of a column, numbered in the order in which they came.
///
/// What is looked up is never iterated: the order of hashing reaches nothing.
pub(super) struct Distinct {
    known: Known,
    table: Table,
}

/// Where the numbers are looked up: few in a table that the near caches hold, many in one that spares the way from
/// memory.
enum Table {
    Near(Near),
    Far(Far),
}

impl Distinct {
    /// None yet.
    pub(super) fn new() -> Self {
        Self { known: Known::default(), table: Table::Near(Near::new()) }
    }

    /// Numbers the cells of a column of a block, in all records or in these; `None` when there are more texts than
    /// fit a number.
    pub(super) fn number(
        &mut self,
        block: &Block<'_>,
        records: Option<&[u32]>,
        column: usize,
        numbers: &mut Codes,
    ) -> Option<()> {
        match records {
            None => {
                let cells = block.column(column);
                self.number_cells(block.bytes, block.rows(), cells, numbers)
            }
            Some(records) => {
                let cells = |nth: usize| {
                    let place = block.place(records[nth] as usize, column);
                    (place.start, place.len())
                };
                self.number_cells(block.bytes, records.len(), cells, numbers)
            }
        }
    }

    /// The same of so many cells that begin here and are so long.
    fn number_cells(
        &mut self,
        bytes: &[u8],
        count: usize,
        cells: impl Fn(usize) -> (usize, usize),
        numbers: &mut Codes,
    ) -> Option<()> {
        let mut found = [0; BATCH];
        for from in (0..count).step_by(BATCH) {
            let found = &mut found[..BATCH.min(count - from)];
            let cells = |nth: usize| cells(from + nth);
            match &mut self.table {
                Table::Near(near) => near.number(&mut self.known, bytes, cells, found)?,
                Table::Far(far) => far.number(&mut self.known, bytes, cells, found)?,
            }
            if matches!(&self.table, Table::Near(near) if near.is_full()) {
                self.table = Table::Far(Far::of(&self.known));
            }
            numbers.extend(found, self.known.len());
        }
        Some(())
    }

    /// The texts in the order of their numbers.
    pub(super) fn texts(&self) -> impl Iterator<Item = &[u8]> {
        (0..self.known.len()).map(|number| self.known.text(number))
    }
}

/// What has a number.
#[derive(Default)]
struct Known {
    keys: Vec<Kept>,
    /// All texts, one behind the other.
    texts: Vec<u8>,
    /// Where each text ends.
    ends: Vec<usize>,
}

/// A key that lies within one cache line.
#[derive(Clone, Copy)]
#[repr(align(32))]
struct Kept(Key);

impl Known {
    fn len(&self) -> usize {
        self.keys.len()
    }

    /// Gives a new text the next number; `None` when there is none left.
    fn add(&mut self, key: Key, text: &[u8]) -> Option<u32> {
        let number = u32::try_from(self.keys.len()).ok().filter(|number| *number != FREE)?;
        self.keys.push(Kept(key));
        self.texts.extend_from_slice(text);
        self.ends.push(self.texts.len());
        Some(number)
    }

    /// Whether a number is that of a text with the same key.
    fn is(&self, number: u32, key: Key, text: &[u8]) -> bool {
        key::tells(key) || self.text(number as usize) == text
    }

    fn text(&self, number: usize) -> &[u8] {
        let from = if number == 0 { 0 } else { self.ends[number - 1] };
        &self.texts[from..self.ends[number]]
    }
}

/// The number of a place that has none.
const FREE: u32 = u32::MAX;

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
        let (mut distinct, mut numbers) = (Distinct::new(), Codes::default());
        let (mut chosen, mut numbers_of_chosen) = (Distinct::new(), Codes::default());
        let mut blocks = large.blocks(2).unwrap();
        while let Some(block) = blocks.next_block().unwrap() {
            let rows: Vec<u32> = (0..).take(block.rows()).collect();
            distinct.number(&block, None, 1, &mut numbers).unwrap();
            chosen.number(&block, Some(&rows), 1, &mut numbers_of_chosen).unwrap();
        }
        let mut seen: Vec<&str> = Vec::new();
        let mut known = std::collections::HashMap::new();
        for (word, number) in words.iter().zip(numbers.iter()) {
            let want = *known.entry(word).or_insert_with(|| {
                seen.push(word);
                seen.len() - 1
            });
            assert_eq!(usize::try_from(number), Ok(want), "{word}");
        }
        assert_eq!(numbers.len(), words.len());
        assert!(numbers.iter().eq(numbers_of_chosen.iter()));
        assert_eq!(
            distinct.texts().collect::<Vec<_>>(),
            seen.iter().map(|word| word.as_bytes()).collect::<Vec<_>>()
        );
    }
}
