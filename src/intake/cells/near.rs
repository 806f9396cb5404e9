//! Numbers of few texts: an open hash table whose places are the keys themselves, in the near caches.

use super::key::{Key, NO_KEY, hash, key, tells};
use super::{FREE, Known};

/// With more places it would lie beyond the near caches.
const MOST: usize = 1 << 14;

pub(super) struct Near {
    places: Vec<Place>,
}

#[derive(Clone, Copy)]
struct Place {
    key: Key,
    /// [`FREE`] when there is none.
    number: u32,
}

const EMPTY: Place = Place { key: NO_KEY, number: FREE };

impl Near {
    pub(super) fn new() -> Self {
        Self { places: vec![EMPTY; 1 << 8] }
    }

    /// Whether it is larger than it should be.
    pub(super) fn is_full(&self) -> bool {
        self.places.len() > MOST
    }

    /// The numbers of these cells, as many as there is room for.
    pub(super) fn number(
        &mut self,
        known: &mut Known,
        bytes: &[u8],
        cells: impl Fn(usize) -> (usize, usize),
        found: &mut [u32],
    ) -> Option<()> {
        for (nth, number) in found.iter_mut().enumerate() {
            let (start, length) = cells(nth);
            let key = key(bytes, start, length)?;
            let place = &self.places[hash(key).0 & (self.places.len() - 1)];
            // Word by word: what was just put together is not yet there as a whole.
            let is_it = place.key[0] == key[0] && place.key[1] == key[1] && place.key[2] == key[2];
            *number = if is_it && tells(key) {
                place.number
            } else {
                self.search(known, key, bytes.get(start..start + length)?)?
            };
        }
        Some(())
    }

    /// The number of a text that is long, new or not in the first place.
    #[inline(never)]
    fn search(&mut self, known: &mut Known, key: Key, text: &[u8]) -> Option<u32> {
        let mask = self.places.len() - 1;
        let mut at = hash(key).0 & mask;
        loop {
            let place = &self.places[at];
            if place.number == FREE {
                break;
            }
            if place.key == key && known.is(place.number, key, text) {
                return Some(place.number);
            }
            at = (at + 1) & mask;
        }
        let number = known.add(key, text)?;
        self.places[at] = Place { key, number };
        // With a quarter of the places taken, the first is nearly always the right one.
        if known.len() * 4 > self.places.len() {
            self.grow();
        }
        Some(number)
    }

    /// Twice as many places.
    fn grow(&mut self) {
        let mask = self.places.len() * 2 - 1;
        let more = vec![EMPTY; mask + 1];
        for place in std::mem::replace(&mut self.places, more).into_iter().filter(|p| p.number != FREE) {
            let mut at = hash(place.key).0 & mask;
            while self.places[at].number != FREE {
                at = (at + 1) & mask;
            }
            self.places[at] = place;
        }
    }
}
