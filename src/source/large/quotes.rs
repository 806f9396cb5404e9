//! Quotation marks that only stand around whole cells: such a file is split where it is, without a copy.

use fearless_simd::{Level, Simd, dispatch};

use super::blocks::{PIECE, matches};

/// Looks over the quotation marks of a file, chunk by chunk.
#[derive(Default)]
pub(super) struct Quotes {
    /// Whether the last chunk ended between two marks.
    is_open: bool,
    /// Whether it ended with a mark that closes: a cell must end there.
    closes: bool,
    /// Whether there were any.
    pub(super) any: bool,
    /// Separators between marks: they part nothing.
    pub(super) separators: usize,
}

impl Quotes {
    /// Whether the next bytes must be looked at even if they have no mark.
    pub(super) fn wait(&self) -> bool {
        self.is_open || self.closes
    }

    /// Takes the next bytes, behind `before`; false when a mark does not stand at the beginning or end
    /// of a cell (so that a doubled one, which stands for a mark in the text, is none of ours), or a line ends
    /// between two.
    pub(super) fn go_on(&mut self, chunk: &[u8], separator: u8, before: u8) -> bool {
        dispatch!(Level::new(), simd => self.go_on_with(simd, chunk, separator, before))
    }

    #[expect(clippy::inline_always, reason = "what is not inlined does not get the vectors of its caller")]
    #[inline(always)]
    fn go_on_with<S: Simd>(&mut self, simd: S, chunk: &[u8], separator: u8, before: u8) -> bool {
        let begins_cell = |byte: u8| byte == separator || byte == b'\n';
        self.any = true;
        let mut may_open = begins_cell(before);
        for piece in chunk.chunks(PIECE) {
            let (mut bytes, keep) = ([0; PIECE], u64::MAX >> (PIECE - piece.len()));
            bytes[..piece.len()].copy_from_slice(piece);
            let last = 1 << (piece.len() - 1);
            let marks = matches(simd, &bytes, b'"', b'"') & keep;
            let separators = matches(simd, &bytes, separator, separator) & keep;
            let lines = matches(simd, &bytes, b'\n', b'\r') & keep;
            let between = between(marks, self.is_open) & keep;
            let (opening, closing) = (marks & between, marks & !between);
            let begins = matches(simd, &bytes, separator, b'\n') & keep & !between;
            let behind = (closing << 1 | u64::from(self.closes)) & keep;
            let misplaced = opening & !(begins << 1 | u64::from(may_open)) | behind & !(separators | lines);
            if misplaced | lines & between != 0 {
                return false;
            }
            self.separators += (separators & between).count_ones() as usize;
            self.is_open = between & last != 0;
            self.closes = closing & last != 0;
            may_open = begins & last != 0;
        }
        true
    }

    /// Whether every mark is closed.
    pub(super) fn are_closed(&self) -> bool {
        !self.is_open
    }
}

/// A bit for every byte from a mark that opens up to the one that closes, without it.
pub(super) fn between(marks: u64, is_open: bool) -> u64 {
    let parity = [1, 2, 4, 8, 16, 32].iter().fold(marks, |bits, step| bits ^ bits << step);
    if is_open { !parity } else { parity }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// The same said byte by byte, over the whole text.
    fn plainly(text: &str) -> Option<usize> {
        let mut separators = 0;
        for line in text.split('\n') {
            let mut rest = line.strip_suffix('\r').unwrap_or(line);
            loop {
                let end = match rest.strip_prefix('"') {
                    Some(quoted) => {
                        let length = quoted.find('"')?;
                        separators += quoted[..length].matches(',').count();
                        length + 2
                    }
                    None => rest.find(',').unwrap_or(rest.len()),
                };
                let (cell, behind) = rest.split_at(end);
                if cell.contains('\r') || (!cell.starts_with('"') && cell.contains('"')) {
                    return None;
                }
                match behind.strip_prefix(',') {
                    Some(next) => rest = next,
                    None if behind.is_empty() => break,
                    None => return None,
                }
            }
        }
        Some(separators)
    }

    #[test]
    fn marks_around_cells_are_told_from_others_wherever_a_chunk_ends() {
        let cell = "\"[a,]{0,70}\"|[a]{0,3}|\"\"|\"[a\"]{0,3}\"|[a\"]{1,3}";
        let row = proptest::collection::vec(cell, 1..5);
        let rows = proptest::collection::vec((row, proptest::bool::ANY), 1..6);
        let mut runner = proptest::test_runner::TestRunner::deterministic();
        runner
            .run(&(rows, 1_usize..150), |(rows, size)| {
                let line = |(row, returns): &(Vec<String>, bool)| {
                    format!("{}{}\n", row.join(","), if *returns { "\r" } else { "" })
                };
                let text: String = rows.iter().map(line).collect();
                let mut quotes = Quotes::default();
                let mut before = b'\n';
                let sound = text.as_bytes().chunks(size).all(|chunk| {
                    let is_looked_at = chunk.contains(&b'"') || quotes.wait();
                    let sound = !is_looked_at || quotes.go_on(chunk, b',', before);
                    before = chunk[chunk.len() - 1];
                    sound
                }) && quotes.are_closed();
                let found = sound.then_some(quotes.separators);
                proptest::prop_assert_eq!(found, plainly(&text), "{:?}", text);
                Ok(())
            })
            .unwrap();
    }
}
