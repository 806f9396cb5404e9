//! The distinct combinations of a fact table's names, so that each is looked up once, not once a row.

use std::borrow::Cow;

use polars::prelude::{DataFrame, PlHashMap};

use crate::model::facts::{Words, values};

/// No text in the cell, or no such column.
const NONE: u32 = u32::MAX;

/// A text column: a code a row.
struct Coded<'a> {
    words: Words<'a>,
    codes: Cow<'a, [u32]>,
}

impl<'a> Coded<'a> {
    fn of(frame: &'a DataFrame, column: &str) -> Option<Self> {
        let words = Words::of(frame, column)?;
        let codes = values(words.codes(), NONE);
        Some(Self { words, codes })
    }
}

/// The distinct combinations of `N` text columns; column 1 is the one that varies most (the task).
pub(super) struct Distinct<'a, const N: usize> {
    columns: [Option<Coded<'a>>; N],
    /// For each row, its combination.
    pub(super) of_row: Vec<u32>,
    keys: Vec<[u32; N]>,
}

impl<'a, const N: usize> Distinct<'a, N> {
    pub(super) fn new(frame: &'a DataFrame, names: [&str; N]) -> Self {
        let columns = names.map(|name| Coded::of(frame, name));
        let codes: [&[u32]; N] = std::array::from_fn(|i| columns[i].as_ref().map_or(&[][..], |c| &c.codes));
        let mut keys: Vec<[u32; N]> = Vec::new();
        let mut index: PlHashMap<[u32; N], u32> = PlHashMap::default();
        // Most tasks are booked under one project only: then the task alone tells the combination.
        let varied = codes.get(1).copied().unwrap_or_default();
        let most = varied.iter().filter(|code| **code != NONE).max();
        let mut by_varied = vec![NONE; most.map_or(0, |code| *code as usize + 1)];
        let mut of_row = Vec::with_capacity(frame.height());
        for row in 0..frame.height() {
            let key: [u32; N] = std::array::from_fn(|i| codes[i].get(row).copied().unwrap_or(NONE));
            let guess = by_varied.get(key.get(1).map_or(usize::MAX, |code| *code as usize)).copied();
            if let Some(guess) = guess
                && keys.get(guess as usize) == Some(&key)
            {
                of_row.push(guess);
                continue;
            }
            let next = u32::try_from(keys.len()).unwrap_or(NONE);
            let found = *index.entry(key).or_insert_with(|| {
                keys.push(key);
                next
            });
            if let Some(slot) = key.get(1).and_then(|code| by_varied.get_mut(*code as usize)) {
                *slot = found;
            }
            of_row.push(found);
        }
        Self { columns, of_row, keys }
    }

    pub(super) fn len(&self) -> usize {
        self.keys.len()
    }

    /// The text of a column in a combination; `None` when it is blank or the column is missing.
    pub(super) fn text(&self, combination: usize, column: usize) -> Option<&'a str> {
        let code = *self.keys.get(combination)?.get(column)?;
        let words = &self.columns.get(column)?.as_ref()?.words;
        (code != NONE).then(|| words.text(code)).flatten().filter(|text| !text.is_empty())
    }
}

#[cfg(test)]
mod tests {
    use polars::prelude::df;

    use super::*;
    use crate::assembly::fixture::coded;

    #[test]
    fn every_row_finds_its_combination() {
        let frame = df!(
            "project" => [Some("P"), Some("P"), Some("Q"), None, Some("P")],
            "task" => [Some("1"), Some("2"), Some("1"), Some("1"), Some("1")],
        );
        let frame = coded(&frame.unwrap());
        let distinct = Distinct::new(&frame, ["project", "task", "wbs"]);
        assert_eq!(distinct.of_row, [0, 1, 2, 3, 0]);
        assert_eq!(distinct.len(), 4);
        assert_eq!(distinct.text(2, 0), Some("Q"));
        assert_eq!(distinct.text(3, 0), None);
        assert_eq!(distinct.text(3, 1), Some("1"));
        assert_eq!(distinct.text(3, 2), None, "there is no such column");
    }
}
