//! The distinct combinations of a fact table's names, so that each is looked up once, not once a row.

use std::sync::Arc;

use polars::prelude::PlHashMap;

use crate::intake::{Datum, FactRows};
use crate::model::facts::{Coded, Codes, pieces};

/// No such column.
const NONE: u32 = u32::MAX;

/// The column that varies most (the task).
const VARIED: usize = 1;

/// The distinct combinations of `N` text columns; column 1 is the one that varies most.
pub(super) struct Distinct<'a, const N: usize> {
    columns: [Option<&'a Coded<Option<Datum>>>; N],
    /// For each row, its combination.
    pub(super) of_row: Arc<Codes>,
    keys: Vec<[u32; N]>,
}

impl<'a, const N: usize> Distinct<'a, N> {
    pub(super) fn new(facts: &'a FactRows, names: [&str; N]) -> Self {
        let columns = names.map(|name| facts.column(name));
        let codes = columns.map(|column| column.map(|column| &*column.codes));
        // Most tasks are booked under one project only: then the task alone tells the combination.
        if let Some(Some(varied)) = columns.get(VARIED)
            && let Some(keys) = told_by(varied, &codes)
        {
            return Self { columns, of_row: Arc::clone(&varied.codes), keys };
        }
        let (of_row, keys) = combined(&codes, facts.rows.len());
        Self { columns, of_row: Arc::new(of_row), keys }
    }

    pub(super) fn len(&self) -> usize {
        self.keys.len()
    }

    /// The text of a column in a combination; `None` when it is blank or the column is missing.
    pub(super) fn text(&self, combination: usize, column: usize) -> Option<&'a str> {
        let code = *self.keys.get(combination)?.get(column)?;
        match self.columns.get(column)?.as_ref()?.values.get(code as usize)?.as_ref()? {
            Datum::Text(text) => Some(text.as_str()).filter(|text| !text.is_empty()),
            Datum::Choice(word) => Some(word),
            _ => None,
        }
    }
}

/// The combinations by the numbers of one column where each number has one combination; `None` where one has two.
fn told_by<const N: usize>(
    varied: &Coded<Option<Datum>>,
    codes: &[Option<&Codes>; N],
) -> Option<Vec<[u32; N]>> {
    let mut keys = vec![[NONE; N]; varied.values.len()];
    let mut read: [Vec<u32>; N] = std::array::from_fn(|_| Vec::new());
    for rows in pieces(0..varied.codes.len()) {
        for (codes, read) in codes.iter().zip(&mut read) {
            match codes {
                Some(codes) => codes.read_codes(rows.clone(), read),
                None => read.resize(rows.len(), NONE),
            }
        }
        for (row, code) in read[VARIED].iter().enumerate() {
            let own: [u32; N] = std::array::from_fn(|column| read[column][row]);
            let key = &mut keys[*code as usize];
            if key[VARIED] == NONE {
                *key = own;
            } else if *key != own {
                return None;
            }
        }
    }
    Some(keys)
}

/// The combination of each row, and the combinations in the order in which they come.
fn combined<const N: usize>(codes: &[Option<&Codes>; N], rows: usize) -> (Codes, Vec<[u32; N]>) {
    let mut keys: Vec<[u32; N]> = Vec::new();
    let mut index: PlHashMap<[u32; N], u32> = PlHashMap::default();
    let mut of_row = Codes::default();
    of_row.reserve_exact(rows);
    for row in 0..rows {
        let key = key_at(codes, row);
        let next = u32::try_from(keys.len()).unwrap_or(NONE);
        let found = *index.entry(key).or_insert_with(|| {
            keys.push(key);
            next
        });
        of_row.extend(&[found], keys.len());
    }
    (of_row, keys)
}

fn key_at<const N: usize>(codes: &[Option<&Codes>; N], row: usize) -> [u32; N] {
    codes.map(|codes| codes.map_or(NONE, |codes| codes.at(row)))
}

#[cfg(test)]
mod tests {
    use polars::prelude::df;

    use super::*;
    use crate::assembly::fixture::fact_rows;

    #[test]
    fn every_row_finds_its_combination() {
        let frame = df!(
            "project" => [Some("P"), Some("P"), Some("Q"), None, Some("P")],
            "task" => [Some("1"), Some("2"), Some("1"), Some("1"), Some("1")],
        );
        let facts = fact_rows("timesheets", &frame.unwrap());
        let distinct = Distinct::new(&facts, ["project", "task", "wbs"]);
        assert_eq!(distinct.of_row.iter().collect::<Vec<_>>(), [0, 1, 2, 3, 0]);
        assert_eq!(distinct.len(), 4);
        assert_eq!(distinct.text(2, 0), Some("Q"));
        assert_eq!(distinct.text(3, 0), None);
        assert_eq!(distinct.text(3, 1), Some("1"));
        assert_eq!(distinct.text(3, 2), None, "there is no such column");
    }

    #[test]
    fn a_task_of_one_project_tells_the_combination() {
        let frame = df!(
            "project" => ["P", "P", "Q", "P"],
            "task" => [Some("1"), None, Some("2"), Some("1")],
        );
        let facts = fact_rows("timesheets", &frame.unwrap());
        let distinct = Distinct::new(&facts, ["project", "task"]);
        assert!(Arc::ptr_eq(&distinct.of_row, &facts.column("task").unwrap().codes));
        let named: Vec<_> = distinct.of_row.iter().map(|c| distinct.text(c as usize, 0).unwrap()).collect();
        assert_eq!(named, ["P", "P", "Q", "P"]);
        assert_eq!(distinct.text(1, 1), None);
    }
}
