//! A large file, many records at a time, and where their cells are: what both roads of intake read.

use std::fs::File;
use std::io::{Error, ErrorKind, Read, Result};
use std::ops::Range;

use fearless_simd::prelude::*;
use fearless_simd::{Level, dispatch, u8x64};

use super::super::LargeCsv;
use super::quotes::between;

/// Bytes read at a time: what fits the near caches beside the tables of those who read.
const SIZE: usize = 1 << 17;
/// Bytes that are compared at a time.
pub(super) const PIECE: usize = 64;
/// Bytes of a record that are beyond all measure.
const LARGEST: usize = 1 << 30;

/// Reads a [`LargeCsv`] from its first data record on.
#[derive(Debug)]
pub struct Blocks {
    file: File,
    separator: u8,
    terminator: u8,
    returns: bool,
    quoted: bool,
    width: usize,
    /// Bytes of the file, and room behind them.
    bytes: Vec<u8>,
    /// How many of them are read and not yet handed out.
    filled: usize,
    /// How many the last block had.
    used: usize,
    ended: bool,
    /// 0, and where the cells behind the first begin; the rest is room.
    starts: Vec<u32>,
}

/// Some whole records of a large file.
#[derive(Clone, Copy, Debug)]
pub struct Block<'a> {
    /// The records, and [`Block::ROOM`] bytes behind them that mean nothing.
    pub bytes: &'a [u8],
    used: usize,
    /// Where each cell begins, and where one behind the last would.
    starts: &'a [u32],
    width: usize,
    returns: bool,
    quoted: bool,
}

impl LargeCsv {
    /// Opens it for reading; `width` is the number of its headers.
    ///
    /// # Errors
    /// When the file cannot be read (any more).
    pub fn blocks(&self, width: usize) -> Result<Blocks> {
        let mut blocks = Blocks {
            file: File::open(&self.path)?,
            separator: self.separator,
            terminator: self.terminator,
            returns: self.returns,
            quoted: self.quoted,
            width: width.max(1),
            bytes: vec![0; SIZE + Block::ROOM],
            filled: 0,
            used: 0,
            ended: false,
            starts: Vec::new(),
        };
        blocks.pass_header()?;
        Ok(blocks)
    }
}

impl Blocks {
    /// The bytes of the file.
    ///
    /// # Errors
    /// When the file cannot be asked any more.
    pub fn length(&self) -> Result<u64> {
        Ok(self.file.metadata()?.len())
    }

    /// The next records; none at the end.
    ///
    /// # Errors
    /// When the file cannot be read any more, or (`InvalidData`) a record has another number of fields than
    /// the header.
    pub fn next_block(&mut self) -> Result<Option<Block<'_>>> {
        let mut cells;
        loop {
            self.fill()?;
            self.starts.resize(self.bytes.len() + PIECE, 0);
            let marks = [self.separator, self.terminator];
            let found = split(&self.bytes[..self.filled], marks, self.quoted, &mut self.starts);
            cells = found / self.width * self.width;
            self.used = self.starts[cells] as usize;
            if cells > 0 {
                break;
            }
            match (self.ended, self.filled) {
                (true, 0) => return Ok(None),
                (true, _) => return Err(crooked()),
                // A record longer than a block.
                (false, _) => self.grow()?,
            }
        }
        let block = Block {
            bytes: &self.bytes[..self.used + Block::ROOM],
            used: self.used,
            starts: &self.starts[..=cells],
            width: self.width,
            returns: self.returns,
            quoted: self.quoted,
        };
        // Every line was counted when the file was looked over: where each record ends with a line, no line
        // ends within a record.
        if (1..=block.rows()).all(|row| block.ends_at(row, self.terminator)) {
            Ok(Some(block))
        } else {
            Err(crooked())
        }
    }

    /// Reads on behind what the last block left.
    fn fill(&mut self) -> Result<()> {
        self.bytes.copy_within(self.used..self.filled, 0);
        self.filled -= self.used;
        self.used = 0;
        let room = self.bytes.len() - Block::ROOM;
        while !self.ended && self.filled < room {
            match self.file.read(&mut self.bytes[self.filled..room]) {
                Ok(0) => {
                    self.ended = true;
                    self.end_last_record();
                }
                Ok(read) => self.filled += read,
                Err(error) if error.kind() == ErrorKind::Interrupted => {}
                Err(error) => return Err(error),
            }
        }
        Ok(())
    }

    /// The last record of a file may lack its end; there is room for it.
    fn end_last_record(&mut self) {
        let ends = self.filled.checked_sub(1).is_none_or(|last| self.bytes[last] == self.terminator);
        if !ends {
            let end: &[u8] = if self.returns { &[b'\r', self.terminator] } else { &[self.terminator] };
            self.bytes[self.filled..self.filled + end.len()].copy_from_slice(end);
            self.filled += end.len();
        }
    }

    fn pass_header(&mut self) -> Result<()> {
        loop {
            self.fill()?;
            if let Some(at) = self.bytes[..self.filled].iter().position(|b| *b == self.terminator) {
                self.used = at + 1;
                return Ok(());
            }
            if self.ended {
                self.used = self.filled;
                return Ok(());
            }
            self.grow()?;
        }
    }

    fn grow(&mut self) -> Result<()> {
        if self.bytes.len() > LARGEST {
            return Err(Error::new(ErrorKind::InvalidData, "a row is longer than can be read"));
        }
        self.bytes.resize(self.bytes.len() * 2, 0);
        Ok(())
    }
}

fn crooked() -> Error {
    Error::new(ErrorKind::InvalidData, "a row has another number of fields than the header")
}

impl<'a> Block<'a> {
    /// Bytes that may be read behind the last cell.
    pub const ROOM: usize = 32;

    /// About how many records so many bytes of the file have, by those of this block.
    #[must_use]
    pub fn rows_in(&self, bytes: u64) -> usize {
        let rows = self.rows() as u64;
        usize::try_from(bytes.saturating_mul(rows) / self.used.max(1) as u64).unwrap_or(0)
    }

    /// How many records it has.
    #[must_use]
    pub fn rows(&self) -> usize {
        (self.starts.len() - 1) / self.width
    }

    /// Where a cell is among the bytes, without the quotation marks around it.
    #[must_use]
    pub fn place(&self, row: usize, column: usize) -> Range<usize> {
        let (start, length) = self.column(column)(row);
        start..start + length
    }

    /// Where the cells of a column begin and how long they are without the quotation marks around them, by their
    /// record.
    ///
    /// # Panics
    /// When asked for a record that is not there.
    pub fn column(&self, column: usize) -> impl Fn(usize) -> (usize, usize) + '_ {
        let behind = 1 + usize::from(self.returns && column + 1 == self.width);
        let (starts, width, quoted) = (self.starts, self.width, self.quoted);
        move |record| {
            let at = record * width + column;
            let (start, next) = (starts[at] as usize, starts[at + 1] as usize);
            let length = (next - start).saturating_sub(behind);
            if quoted && length > 0 && self.bytes[start] == b'"' {
                (start + 1, length.saturating_sub(2))
            } else {
                (start, length)
            }
        }
    }

    /// The cells of every record in order.
    ///
    /// # Errors
    /// When the bytes are not UTF-8 (any more).
    pub fn records(&self) -> Result<impl Iterator<Item = impl Iterator<Item = &'a str>>> {
        let (text, width) = (self.texts()?, self.width);
        Ok((0..self.rows()).map(move |row| (0..width).map(move |column| text(row, column))))
    }

    /// The text of a cell by record and column.
    ///
    /// # Errors
    /// When the bytes are not UTF-8 (any more).
    pub fn texts(&self) -> Result<impl Fn(usize, usize) -> &'a str + Copy> {
        let bytes: &'a [u8] = self.bytes;
        let text = std::str::from_utf8(&bytes[..self.used])
            .map_err(|error| Error::new(ErrorKind::InvalidData, error))?;
        let block = *self;
        Ok(move |row, column| text.get(block.place(row, column)).unwrap_or_default())
    }

    /// Whether record `row` (from 1) ends with the terminator.
    fn ends_at(&self, row: usize, terminator: u8) -> bool {
        let end = self.starts[row * self.width] as usize;
        self.bytes[end - 1] == terminator && (!self.returns || (end > 1 && self.bytes[end - 2] == b'\r'))
    }
}

/// The place behind every separator and terminator that is not between quotation marks, from `starts[1]` on; returns
/// how many there are. There is room for one a byte, and [`PIECE`] more. The bytes begin with a record.
///
/// Sixty-four bytes at a time become the bits of one number, and a step then costs by what is found, not by every
/// byte.
fn split(bytes: &[u8], marks: [u8; 2], quoted: bool, starts: &mut [u32]) -> usize {
    dispatch!(Level::new(), simd => split_with(simd, bytes, marks, quoted, starts))
}

#[expect(clippy::inline_always, reason = "what is not inlined does not get the vectors of its caller")]
#[inline(always)]
fn split_with<S: Simd>(
    simd: S,
    bytes: &[u8],
    [separator, terminator]: [u8; 2],
    quoted: bool,
    starts: &mut [u32],
) -> usize {
    let (mut count, mut is_open) = (0, false);
    let (pieces, rest) = bytes.as_chunks::<PIECE>();
    let mut last = [0; PIECE];
    last[..rest.len()].copy_from_slice(rest);
    for (nth, piece) in pieces.iter().chain([&last]).enumerate() {
        let mut found = matches(simd, piece, separator, terminator);
        if quoted {
            let between = between(matches(simd, piece, b'"', b'"'), is_open);
            is_open = between >> (PIECE - 1) != 0;
            found &= !between;
        }
        if nth == pieces.len() {
            found &= (1 << rest.len()) - 1;
        }
        let behind = u32::try_from(nth * PIECE + 1).unwrap_or(u32::MAX);
        let next = count + found.count_ones() as usize;
        // Eight at a time: few pieces have more, and what is written too much is written over.
        while count < next {
            let eight = [(); 8].map(|()| {
                let place = behind.wrapping_add(found.trailing_zeros());
                found &= found.wrapping_sub(1);
                place
            });
            starts[1 + count..9 + count].copy_from_slice(&eight);
            count = next.min(count + 8);
        }
    }
    count
}

/// A bit for every byte that is one of two.
#[expect(clippy::inline_always, reason = "what is not inlined does not get the vectors of its caller")]
#[inline(always)]
pub(super) fn matches<S: Simd>(simd: S, piece: &[u8; PIECE], one: u8, other: u8) -> u64 {
    let bytes = u8x64::from_slice(simd, piece);
    let is = |byte| bytes.simd_eq(u8x64::splat(simd, byte));
    (is(one) | is(other)).to_bitmask()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_separator_and_terminator_is_found() {
        // Pieces with none, with few, with nothing else; lengths around sixty-four.
        for length in [0, 1, 63, 64, 65, 200] {
            for every in [1, 3, 9, 100] {
                let byte = |at: usize| match at % every {
                    0 if at.is_multiple_of(2) => b';',
                    0 => b'\n',
                    _ => b'a' + u8::try_from(at % 26).unwrap(),
                };
                let bytes: Vec<u8> = (0..length).map(byte).collect();
                let want: Vec<u32> = (0..length)
                    .filter(|at| at % every == 0)
                    .map(|at| u32::try_from(at).unwrap() + 1)
                    .collect();
                let mut starts = vec![0; length + PIECE];
                let found = split(&bytes, *b";\n", false, &mut starts);
                assert_eq!(starts[1..=found], want, "{length} {every}");
            }
        }
    }

    fn rows(text: &str, returns: bool) -> Result<Vec<String>> {
        let file = tempfile::NamedTempFile::new().unwrap();
        std::io::Write::write_all(&mut file.as_file(), text.as_bytes()).unwrap();
        let path = file.path().to_owned();
        let large = LargeCsv {
            path,
            separator: b',',
            terminator: b'\n',
            returns,
            quoted: text.contains('"'),
            copy: None,
        };
        let mut blocks = large.blocks(2)?;
        let mut rows = Vec::new();
        while let Some(block) = blocks.next_block()? {
            for record in block.records()? {
                rows.push(record.collect::<Vec<_>>().join("|"));
            }
            for column in 0..2 {
                let places = (0..block.rows()).map(|row| block.place(row, column));
                let places = places.map(|place| (place.start, place.len()));
                assert!((0..block.rows()).map(block.column(column)).eq(places));
            }
        }
        Ok(rows)
    }

    #[test]
    fn records_are_whole_wherever_a_block_ends() {
        assert_eq!(rows("h,i\na,b\n,\nc,d", false).unwrap(), ["a|b", "|", "c|d"]);
        assert_eq!(rows("h,i\r\na,b\r\nc,d", true).unwrap(), ["a|b", "c|d"]);
        assert_eq!(rows("h,i\n", false).unwrap(), [""; 0]);
        assert_eq!(rows("h,i\n\"a,b\",\"\"\nc,\"d\"", false).unwrap(), ["a,b|", "c|d"]);
        assert_eq!(rows("h,i\r\na,\"b\"\r\n\"c\",d\r\n", true).unwrap(), ["a|b", "c|d"]);
        let long = "x".repeat(3 * SIZE);
        assert_eq!(
            rows(&format!("h,i\na,{long}\nc,d\n"), false).unwrap(),
            [format!("a|{long}"), "c|d".into()]
        );
        let many: Vec<String> = (0..40_000).map(|n| format!("{n},ä{n}")).collect();
        let want: Vec<String> = many.iter().map(|row| row.replace(',', "|")).collect();
        assert_eq!(rows(&format!("h,i\n{}", many.join("\n")), false).unwrap(), want);
    }

    #[test]
    fn a_crooked_record_is_an_error() {
        for text in ["h,i\na\nb,c,d\n", "h,i\na,b,c\nd\n", "h,i\na,b\nc"] {
            assert_eq!(rows(text, false).unwrap_err().kind(), ErrorKind::InvalidData, "{text}");
        }
    }
}
