//! Columns of many rows and few different values: a number a row, and what each number stands for.

use std::ops::Range;
use std::sync::Arc;

/// Rows that are read together: few enough that what is read of them stays in the nearest cache.
const PIECE: usize = 1 << 10;

/// These rows piece by piece.
pub fn pieces(rows: Range<usize>) -> impl Iterator<Item = Range<usize>> {
    rows.clone().step_by(PIECE).map(move |from| from..(from + PIECE).min(rows.end))
}

/// A number for every row, each as wide as the largest needs: of millions of rows, what is not written need not be
/// read, and new memory costs more than what is written into it.
#[derive(Clone, Debug)]
pub enum Codes {
    /// Below 256.
    Byte(Vec<u8>),
    /// Below 65,536.
    Short(Vec<u16>),
    /// All others.
    Wide(Vec<u32>),
}

impl Default for Codes {
    fn default() -> Self {
        Self::Byte(Vec::new())
    }
}

impl Codes {
    /// How many rows there are.
    #[must_use]
    pub fn len(&self) -> usize {
        match self {
            Self::Byte(codes) => codes.len(),
            Self::Short(codes) => codes.len(),
            Self::Wide(codes) => codes.len(),
        }
    }

    /// Whether there is no row.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.len() == 0
    }

    /// The number of a row.
    ///
    /// # Panics
    /// When there is no such row.
    #[must_use]
    pub fn at(&self, row: usize) -> u32 {
        match self {
            Self::Byte(codes) => codes[row].into(),
            Self::Short(codes) => codes[row].into(),
            Self::Wide(codes) => codes[row],
        }
    }

    /// The number of every row.
    pub fn iter(&self) -> impl Iterator<Item = u32> + '_ {
        (0..self.len()).map(|row| self.at(row))
    }

    /// What stands for the numbers of these rows, into a list that is emptied before.
    ///
    /// Loops over millions of rows read a piece of every column like this: how wide the numbers are is asked once a
    /// piece.
    ///
    /// # Panics
    /// When there are no such rows, or nothing stands for one of the numbers.
    pub fn read<T: Copy>(&self, rows: Range<usize>, values: &[T], into: &mut Vec<T>) {
        into.clear();
        match self {
            Self::Byte(codes) => into.extend(codes[rows].iter().map(|code| values[usize::from(*code)])),
            Self::Short(codes) => into.extend(codes[rows].iter().map(|code| values[usize::from(*code)])),
            Self::Wide(codes) => into.extend(codes[rows].iter().map(|code| values[*code as usize])),
        }
    }

    /// The numbers of these rows, likewise.
    ///
    /// # Panics
    /// When there are no such rows.
    pub fn read_codes(&self, rows: Range<usize>, into: &mut Vec<u32>) {
        into.clear();
        match self {
            Self::Byte(codes) => into.extend(codes[rows].iter().map(|code| u32::from(*code))),
            Self::Short(codes) => into.extend(codes[rows].iter().map(|code| u32::from(*code))),
            Self::Wide(codes) => into.extend_from_slice(&codes[rows]),
        }
    }

    /// Makes room for so many rows in all; room that is not filled costs nothing.
    pub fn reserve_exact(&mut self, rows: usize) {
        let more = rows.saturating_sub(self.len());
        match self {
            Self::Byte(codes) => codes.reserve_exact(more),
            Self::Short(codes) => codes.reserve_exact(more),
            Self::Wide(codes) => codes.reserve_exact(more),
        }
    }

    /// Adds rows, all of whose numbers are below `limit`.
    #[expect(clippy::cast_possible_truncation, reason = "the limit says that nothing is cut off")]
    pub fn extend(&mut self, more: &[u32], limit: usize) {
        match self {
            Self::Byte(codes) if limit <= 1 << 8 => codes.extend(more.iter().map(|code| *code as u8)),
            Self::Short(codes) if limit <= 1 << 16 => codes.extend(more.iter().map(|code| *code as u16)),
            Self::Wide(codes) => codes.extend_from_slice(more),
            narrow => {
                *narrow = narrow.wider();
                narrow.extend(more, limit);
            }
        }
    }

    /// The same numbers, the next wider way, with as much room.
    fn wider(&self) -> Self {
        match self {
            Self::Byte(codes) => Self::Short(widened(codes)),
            Self::Short(codes) => Self::Wide(widened(codes)),
            Self::Wide(codes) => Self::Wide(widened(codes)),
        }
    }
}

fn widened<A: Copy, B: From<A>>(codes: &Vec<A>) -> Vec<B> {
    let mut wide = Vec::with_capacity(codes.capacity());
    wide.extend(codes.iter().map(|code| B::from(*code)));
    wide
}

impl FromIterator<u32> for Codes {
    fn from_iter<I: IntoIterator<Item = u32>>(codes: I) -> Self {
        let mut all = Self::default();
        for code in codes {
            all.extend(&[code], code as usize + 1);
        }
        all
    }
}

/// A column of few different values. Columns that are made of another share its numbers.
#[derive(Clone, Debug, Default)]
pub struct Coded<T> {
    /// For every row the number of its value.
    pub codes: Arc<Codes>,
    /// The values by their number. There may be equal ones.
    pub values: Vec<T>,
}

impl<T> Coded<T> {
    /// The value of a row.
    ///
    /// # Panics
    /// When there is no such row.
    #[must_use]
    pub fn at(&self, row: usize) -> &T {
        &self.values[self.codes.at(row) as usize]
    }

    /// The value of every row.
    pub fn iter(&self) -> impl Iterator<Item = &T> {
        self.codes.iter().map(|code| &self.values[code as usize])
    }

    /// The same rows with another value for each of these.
    pub fn map<U>(&self, value: impl FnMut(&T) -> U) -> Coded<U> {
        Coded { codes: Arc::clone(&self.codes), values: self.values.iter().map(value).collect() }
    }
}

/// Which rows of a spreadsheet the rows of a table are: stretches of rows that follow each other, since few are
/// blank or left out.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct SheetRows {
    /// The first row of each stretch: among those of the table, and of the spreadsheet.
    stretches: Vec<(usize, u32)>,
    len: usize,
}

impl SheetRows {
    /// How many rows there are.
    #[must_use]
    pub fn len(&self) -> usize {
        self.len
    }

    /// Whether there is no row.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.len == 0
    }

    /// Adds so many rows of the spreadsheet from one on.
    pub fn push(&mut self, first: u32, rows: usize) {
        let goes_on = |(from, row): &(usize, u32)| {
            u32::try_from(self.len - from).is_ok_and(|before| row.checked_add(before) == Some(first))
        };
        if rows > 0 && !self.stretches.last().is_some_and(goes_on) {
            self.stretches.push((self.len, first));
        }
        self.len += rows;
    }

    /// The row of the spreadsheet of a row of the table.
    #[must_use]
    pub fn at(&self, row: usize) -> u32 {
        let behind = self.stretches.partition_point(|(from, _)| *from <= row);
        let (from, first) = self.stretches[..behind].last().copied().unwrap_or_default();
        first.saturating_add(u32::try_from(row - from).unwrap_or(u32::MAX))
    }

    /// All of them in order.
    pub fn iter(&self) -> impl Iterator<Item = u32> + '_ {
        let ends = self.stretches.iter().skip(1).map(|(from, _)| *from).chain([self.len]);
        let stretches = self.stretches.iter().zip(ends);
        stretches.flat_map(|((from, first), end)| (*first..).take(end - from))
    }
}

impl FromIterator<u32> for SheetRows {
    fn from_iter<I: IntoIterator<Item = u32>>(rows: I) -> Self {
        let mut all = Self::default();
        rows.into_iter().for_each(|row| all.push(row, 1));
        all
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers_are_as_wide_as_the_largest() {
        let mut codes: Codes = (0..=255).collect();
        assert!(matches!(&codes, Codes::Byte(codes) if codes.len() == 256));
        codes.extend(&[3, 256], 257);
        assert!(matches!(&codes, Codes::Short(codes) if codes.len() == 258));
        codes.extend(&[65_536], 65_537);
        assert!(matches!(&codes, Codes::Wide(codes) if codes.len() == 259));
        let want: Vec<u32> = (0..=255).chain([3, 256, 65_536]).collect();
        assert_eq!(codes.iter().collect::<Vec<_>>(), want);
        let (mut read, mut looked_up) = (Vec::new(), Vec::new());
        codes.read_codes(255..258, &mut read);
        codes.read(1..2, &[7, 8], &mut looked_up);
        assert_eq!((read, looked_up), (vec![255, 3, 256], vec![8]));
        let column = Coded { codes: Arc::new([1, 0, 1].into_iter().collect()), values: vec!["a", "b"] };
        assert_eq!(column.iter().copied().collect::<String>(), "bab");
        assert_eq!(column.map(|value| value.len() + 1).at(1), &2);
    }

    #[test]
    fn pieces_are_all_rows() {
        let all: Vec<_> = pieces(5..5 + 2 * PIECE + 1).collect();
        assert_eq!(all, [5..5 + PIECE, 5 + PIECE..5 + 2 * PIECE, 5 + 2 * PIECE..6 + 2 * PIECE]);
        assert_eq!(pieces(3..3).count(), 0);
    }

    #[test]
    fn rows_are_kept_as_stretches() {
        let mut rows = SheetRows::default();
        rows.push(2, 3);
        rows.push(5, 1);
        rows.push(9, 0);
        rows.push(9, 2);
        assert_eq!(rows.iter().collect::<Vec<_>>(), [2, 3, 4, 5, 9, 10]);
        assert_eq!(rows.stretches.len(), 2);
        assert_eq!(rows, [2, 3, 4, 5, 9, 10].into_iter().collect());
    }
}
