//! A part of the package in stretches that end where an element does.

use std::io::Read;

/// Bytes that are read at a time.
const BLOCK: usize = 1 << 18;
/// An element longer than this is not plain.
const LONGEST: usize = 1 << 24;

/// The stretches of a part.
pub(super) struct Blocks<R> {
    part: R,
    room: Vec<u8>,
    /// How much of the room is filled, and how much of that was handed out.
    filled: usize,
    done: usize,
    ended: bool,
}

impl<R: Read> Blocks<R> {
    pub(super) fn new(part: R) -> Self {
        Self { part, room: vec![0; BLOCK], filled: 0, done: 0, ended: false }
    }

    /// The next stretch, up to and with the last of these ends in it, or to the end of the part; empty behind it.
    /// `None` when the part cannot be read or an element is too long.
    pub(super) fn next(&mut self, end: &[u8]) -> Option<&[u8]> {
        self.room.copy_within(self.done..self.filled, 0);
        self.filled -= self.done;
        loop {
            while self.filled < self.room.len() && !self.ended {
                let read = self.part.read(&mut self.room[self.filled..]).ok()?;
                self.filled += read;
                self.ended = read == 0;
            }
            let last = self.room[..self.filled].windows(end.len()).rposition(|bytes| bytes == end);
            self.done = match last {
                _ if self.ended => self.filled,
                Some(last) => last + end.len(),
                None if self.room.len() >= LONGEST => return None,
                None => {
                    self.room.resize(self.room.len() * 2, 0);
                    continue;
                }
            };
            return Some(&self.room[..self.done]);
        }
    }
}
