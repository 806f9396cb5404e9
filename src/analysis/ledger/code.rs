//! Texts that repeat over millions of rows, as small integers to group by.

use std::hash::Hash;

use polars::prelude::{InitHashMaps, PlHashMap};

/// Gives every distinct key the next number; equal keys have the same.
pub(super) struct Codes<K> {
    numbers: PlHashMap<K, u32>,
    /// The keys in the order of their numbers.
    pub(super) keys: Vec<K>,
}

impl<K: Copy + Eq + Hash> Codes<K> {
    pub(super) fn new() -> Self {
        Self { numbers: PlHashMap::new(), keys: Vec::new() }
    }

    /// The number of a key.
    pub(super) fn code(&mut self, key: K) -> u32 {
        let Self { numbers, keys } = self;
        *numbers.entry(key).or_insert_with(|| {
            keys.push(key);
            u32::try_from(keys.len() - 1).unwrap_or(u32::MAX)
        })
    }
}

/// A name as names are compared: without surrounding blanks and without regard to case.
pub(in crate::analysis) fn folded(name: &str) -> String {
    name.trim().to_lowercase()
}
