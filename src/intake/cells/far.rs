//! Numbers of many texts, which lie beyond the near caches: an open hash table of small places, of which eight are in
//! a cache line, and the keys they lead to.
//!
//! What a batch needs is touched before it is looked at: then the ways from memory overlap, and no branch waits for
//! one.

use std::hint::black_box;

use super::key::{Key, NO_KEY, hash, key, tells};
use super::{BATCH, FREE, Known};

pub(super) struct Far {
    places: Vec<Place>,
}

#[derive(Clone, Copy)]
struct Place {
    /// Bits of the hash that did not choose the place: hardly ever the same by chance.
    mark: u32,
    /// [`FREE`] when there is none.
    number: u32,
}

const EMPTY: Place = Place { mark: 0, number: FREE };

impl Far {
    /// Of all that is known.
    pub(super) fn of(known: &Known) -> Self {
        let mut far = Self { places: Vec::new() };
        far.fill(known);
        far
    }

    /// The numbers of these cells, as many as there is room for.
    pub(super) fn number(
        &mut self,
        known: &mut Known,
        bytes: &[u8],
        cells: impl Fn(usize) -> (usize, usize),
        found: &mut [u32],
    ) -> Option<()> {
        let mut keys = [(NO_KEY, (0, 0)); BATCH];
        let keys = &mut keys[..found.len()];
        for (nth, slot) in keys.iter_mut().enumerate() {
            let (start, length) = cells(nth);
            let key = key(bytes, start, length)?;
            *slot = (key, hash(key));
        }
        let mask = self.places.len() - 1;
        let places = keys.iter().map(|(_, (place, _))| self.places[place & mask].number);
        black_box(places.fold(0, |all, number| all ^ number));
        for (number, (_, (place, mark))) in found.iter_mut().zip(&*keys) {
            *number = self.marked(*place, *mark);
        }
        let first_words = found.iter().filter_map(|number| known.keys.get(*number as usize));
        black_box(first_words.fold(0, |all, kept| all ^ kept.0[0]));
        for (nth, (number, (key, _))) in found.iter_mut().zip(&*keys).enumerate() {
            let is_known = known.keys.get(*number as usize).is_some_and(|kept| kept.0 == *key);
            if !is_known || !tells(*key) {
                let (start, length) = cells(nth);
                *number = self.search(known, *key, bytes.get(start..start + length)?)?;
            }
        }
        Some(())
    }

    /// The first number with this mark; [`FREE`] when there is none.
    fn marked(&self, place: usize, mark: u32) -> u32 {
        let mask = self.places.len() - 1;
        let mut at = place & mask;
        loop {
            let place = self.places[at];
            if place.mark == mark || place.number == FREE {
                return place.number;
            }
            at = (at + 1) & mask;
        }
    }

    /// The number of a text that is long, new or not the first with its mark.
    #[inline(never)]
    fn search(&mut self, known: &mut Known, key: Key, text: &[u8]) -> Option<u32> {
        let (place, mark) = hash(key);
        let mask = self.places.len() - 1;
        let mut at = place & mask;
        while self.places[at].number != FREE {
            let Place { mark: other, number } = self.places[at];
            if other == mark && known.keys[number as usize].0 == key && known.is(number, key, text) {
                return Some(number);
            }
            at = (at + 1) & mask;
        }
        let number = known.add(key, text)?;
        self.places[at] = Place { mark, number };
        // With half of the places taken, the first is usually the right one.
        if known.len() * 2 > self.places.len() {
            self.fill(known);
        }
        Some(number)
    }

    /// Places for what is known, and as many again to come.
    fn fill(&mut self, known: &Known) {
        let mask = (known.len() * 4).next_power_of_two() - 1;
        self.places.clear();
        self.places.resize(mask + 1, EMPTY);
        for (number, kept) in (0..).zip(&known.keys) {
            let (place, mark) = hash(kept.0);
            let mut at = place & mask;
            while self.places[at].number != FREE {
                at = (at + 1) & mask;
            }
            self.places[at] = Place { mark, number };
        }
    }
}
