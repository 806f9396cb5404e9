//! Large CSV files stay on disk: looked over once as a stream, copied record by record only when they
//! are not as [`LargeCsv`] promises.

mod blocks;
mod copy;
mod quotes;

use std::fs::File;
use std::io::Read;

pub use blocks::{Block, Blocks};
pub(super) use copy::{copy, marks};

use fearless_simd::prelude::*;
use fearless_simd::{Level, dispatch, u8x64};
use sha2::{Digest, Sha256};

use blocks::{PIECE, matches};
use quotes::Quotes;

use super::csv::{Records, cells, separator, separator_line};
use super::find::Found;
use super::header::{self, Header, SEARCH as LOOK};
use super::{Body, Cell, Hashing, LargeCsv, RowCells, Sheet, hex};
use crate::diagnostic::Diagnostics;
use crate::error::Error;

/// Files up to this many bytes are held as cells.
pub(super) const LIMIT: u64 = 4 << 20;
/// Read at a time.
const CHUNK: usize = 1 << 18;

/// The sheet and the hash of a file that is large and as it should be; `None` sends it the slow way.
pub(super) fn read(found: &Found, hashing: Hashing) -> Result<Option<(Sheet, String)>, Error> {
    let mut file = File::open(&found.path).map_err(Error::io(super::READ, &found.path))?;
    let length = file.metadata().map_err(Error::io(super::READ, &found.path))?.len();
    if found.workbook || length <= LIMIT {
        return Ok(None);
    }
    let mut chunk = Vec::with_capacity(CHUNK);
    let mut hash = (hashing == Hashing::Sha256).then(Sha256::new);
    let mut plain: Option<(Plain, Sheet)> = None;
    loop {
        chunk.clear();
        let read = (&mut file).take(CHUNK as u64).read_to_end(&mut chunk);
        if read.map_err(Error::io(super::READ, &found.path))? == 0 {
            break;
        }
        if let Some(hash) = &mut hash {
            hash.update(&chunk);
        }
        if plain.is_none() {
            plain = begin(found, &chunk);
        }
        if !plain.as_mut().is_some_and(|(plain, _)| plain.goes_on(&chunk)) {
            return Ok(None);
        }
    }
    Ok(plain.filter(|(plain, _)| plain.ends_well()).map(|(plain, mut sheet)| {
        let (path, separator, returns) = (found.path.clone(), plain.separator, plain.returns.0 > 0);
        let quoted = plain.quotes.any;
        sheet.body =
            Body::Large(LargeCsv { path, separator, terminator: b'\n', returns, quoted, copy: None });
        (sheet, hash.map(|hash| hex(&hash.finalize())).unwrap_or_default())
    }))
}

/// The sheet by the first bytes of a file: UTF-8, the header in the first row, every column named.
fn begin(found: &Found, head: &[u8]) -> Option<(Plain, Sheet)> {
    let whole_lines = &head[..=head.iter().rposition(|b| *b == b'\n')?];
    let text = std::str::from_utf8(whole_lines).ok()?;
    let text = text.strip_prefix('\u{feff}').unwrap_or(text);
    if separator_line(text).is_some() {
        return None;
    }
    let separator = separator(text);
    let rows: Vec<RowCells> =
        Records::new(text, separator, 1).take(LOOK).map(|record| cells(&record)).collect();
    let header = Header::of(rows.first()?);
    let width = header.cells.len();
    if header::find(&rows).as_ref() != Some(&header) || width < 2 || header.cells.iter().any(Cell::is_blank) {
        return None;
    }
    let mut sheet = empty_sheet(found);
    sheet.place(Vec::new(), &header);
    // What comes first begins a line.
    Some((Plain { separator, width, last: b'\n', ..Plain::default() }, sheet))
}

/// What the counts of a file's bytes say: whether every line has as many fields as the header.
///
/// Counting is as fast as reading. It cannot see a line too long beside one too short: [`blocks`] meets
/// both, and [`Sheet::repaired`] finds them.
#[derive(Default)]
struct Plain {
    separator: u8,
    width: usize,
    separators: usize,
    lines: usize,
    quotes: Quotes,
    /// Carriage returns, and those that a line feed follows.
    returns: (usize, usize),
    /// The bytes of a character cut by the end of the last chunk.
    cut: Vec<u8>,
    last: u8,
}

impl Plain {
    /// Takes the next bytes; false when they are not plain.
    fn goes_on(&mut self, chunk: &[u8]) -> bool {
        let counts = Counts::of(chunk, self.separator);
        if (counts.quotes || self.quotes.wait()) && !self.quotes.go_on(chunk, self.separator, self.last) {
            return false;
        }
        self.separators += counts.separators;
        self.lines += counts.lines;
        if counts.returns > 0 || self.last == b'\r' {
            self.returns.0 += counts.returns;
            self.returns.1 += usize::from(self.last == b'\r' && chunk.first() == Some(&b'\n'));
            self.returns.1 += chunk.array_windows().filter(|pair| *pair == b"\r\n").count();
        }
        self.last = chunk.last().copied().unwrap_or(self.last);
        !counts.odd && ((counts.ascii && self.cut.is_empty()) || self.is_utf8(chunk))
    }

    fn is_utf8(&mut self, chunk: &[u8]) -> bool {
        let mut chunk = chunk;
        while !self.cut.is_empty() {
            let Some((first, rest)) = chunk.split_first() else { return true };
            self.cut.push(*first);
            chunk = rest;
            match std::str::from_utf8(&self.cut) {
                Ok(text) if is_damaged(text) => return false,
                Ok(_) => self.cut.clear(),
                Err(error) if error.error_len().is_some() => return false,
                Err(_) => {}
            }
        }
        match std::str::from_utf8(chunk) {
            Ok(text) => !is_damaged(text),
            Err(error) => {
                let (text, cut) = chunk.split_at(error.valid_up_to());
                self.cut = cut.to_vec();
                error.error_len().is_none() && std::str::from_utf8(text).is_ok_and(|text| !is_damaged(text))
            }
        }
    }

    fn ends_well(&self) -> bool {
        let records = self.lines + usize::from(self.last != b'\n');
        let (returns, before_line_feeds) = self.returns;
        let one_kind_of_line_end = returns == before_line_feeds && (returns == 0 || returns == self.lines);
        let separators = self.separators - self.quotes.separators;
        let is_whole = self.cut.is_empty() && self.quotes.are_closed();
        is_whole && one_kind_of_line_end && separators == records * (self.width - 1)
    }
}

/// Whether letters were lost: the slow way says where.
fn is_damaged(text: &str) -> bool {
    text.contains('\u{fffd}')
}

/// How often the bytes that give a table its shape occur.
#[derive(Default)]
struct Counts {
    separators: usize,
    lines: usize,
    returns: usize,
    /// Whether there is a quotation mark.
    quotes: bool,
    /// Whether there is a zero.
    odd: bool,
    /// Whether every byte is a letter of ASCII.
    ascii: bool,
}

impl Counts {
    /// Counts sixty-four bytes at a time.
    fn of(bytes: &[u8], separator: u8) -> Self {
        dispatch!(Level::new(), simd => Self::with(simd, bytes, separator))
    }

    #[expect(clippy::inline_always, reason = "what is not inlined does not get the vectors of its caller")]
    #[inline(always)]
    fn with<S: Simd>(simd: S, bytes: &[u8], separator: u8) -> Self {
        let (mut counts, mut quotes, mut odd) = (Self::default(), 0, 0);
        let mut all = u8x64::splat(simd, 0);
        let (pieces, rest) = bytes.as_chunks::<PIECE>();
        let count = |piece: &[u8; PIECE], byte: u8| matches(simd, piece, byte, byte);
        for piece in pieces {
            counts.separators += count(piece, separator).count_ones() as usize;
            counts.lines += count(piece, b'\n').count_ones() as usize;
            counts.returns += count(piece, b'\r').count_ones() as usize;
            quotes |= count(piece, b'"');
            odd |= count(piece, 0);
            all |= u8x64::from_slice(simd, piece);
        }
        for byte in rest {
            counts.separators += usize::from(*byte == separator);
            counts.lines += usize::from(*byte == b'\n');
            counts.returns += usize::from(*byte == b'\r');
            quotes |= u64::from(*byte == b'"');
            odd |= u64::from(*byte == 0);
        }
        let ascii = rest.is_ascii() && all.as_slice().is_ascii();
        Self { quotes: quotes != 0, odd: odd != 0, ascii, ..counts }
    }
}

/// A sheet of nothing yet.
pub(super) fn empty_sheet(found: &Found) -> Sheet {
    Sheet {
        file: found.name.clone(),
        group: found.group.clone(),
        path: found.path.clone(),
        ..Sheet::default()
    }
}

impl Sheet {
    /// A large file once more, record by record, when its records are not all as wide as its header: what
    /// does not fit is reported and left out. `None` when it is not such a file or can no longer be read.
    #[must_use]
    pub fn repaired(&self, problems: &mut Diagnostics) -> Option<Self> {
        let Body::Large(LargeCsv { path, separator, copy: None, .. }) = &self.body else { return None };
        let text = std::fs::read_to_string(path).ok()?;
        let text = text.strip_prefix('\u{feff}').unwrap_or(&text);
        let found = Found {
            path: self.path.clone(),
            name: self.file.clone(),
            group: self.group.clone(),
            workbook: false,
        };
        copy(&found, *separator, text, marks(text)?, problems).ok().flatten()
    }
}

#[cfg(test)]
mod tests {
    use std::io::Write;

    use super::*;

    fn large(bytes: &[u8]) -> (tempfile::TempDir, Found) {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("costs.csv");
        File::create(&path).unwrap().write_all(bytes).unwrap();
        (folder, Found { path, name: "costs.csv".into(), group: "g".into(), workbook: false })
    }

    fn table(rows: usize) -> String {
        (0..rows).fold("id;Größe;note\n".to_owned(), |text, i| {
            text + &format!("{i};ä{i};0123456789012345678901234567890\n")
        })
    }

    fn rows(large: &LargeCsv, width: usize) -> Vec<Vec<String>> {
        let (mut blocks, mut rows) = (large.blocks(width).unwrap(), Vec::new());
        while let Some(block) = blocks.next_block().unwrap() {
            rows.extend(block.records().unwrap().map(|record| record.map(str::to_owned).collect()));
        }
        rows
    }

    #[test]
    fn a_plain_large_file_stays_where_it_is() {
        let text = table(120_000);
        let (_folder, found) = large(text.as_bytes());
        let (sheet, hash) = read(&found, Hashing::Sha256).unwrap().unwrap();
        let Body::Large(csv) = &sheet.body else { panic!("rows") };
        assert_eq!((csv.path.as_path(), csv.separator, csv.terminator), (found.path.as_path(), b';', b'\n'));
        assert_eq!(sheet.headers, ["id".into(), "Größe".into(), "note".into()]);
        assert_eq!(hash, hex(&Sha256::digest(text.as_bytes())));
        assert_eq!(rows(csv, 3)[100_000][..2], ["100000", "ä100000"]);
    }

    #[test]
    fn a_crooked_large_file_is_copied_with_every_row_in_its_place() {
        let text = table(120_000).replacen("\n7;", "\n\"seven;and\nmore\";x;y;too much\n\n8;", 1);
        let (_folder, found) = large(text.as_bytes());
        assert!(read(&found, Hashing::Sha256).unwrap().is_none());
        let mut problems = Diagnostics::default();
        let sheet = super::super::csv::read(&found, text.as_bytes(), &mut problems).unwrap().unwrap();
        assert_eq!(problems.all().len(), 1, "{:?}", problems.all());
        assert_eq!(problems.all()[0].at[0].row, Some(9));
        let Body::Large(csv) = &sheet.body else { panic!("rows") };
        // Row 9 is rejected, row 10 blank: both are rows without content in the copy.
        let rows = rows(csv, 3);
        assert_eq!(
            (rows[6][0].as_str(), rows[7].concat(), rows[8].concat()),
            ("6", String::new(), String::new())
        );
        assert_eq!(rows[9][0], "8");
        assert_eq!(rows.len(), 120_002);
    }

    #[test]
    fn what_counting_cannot_see_is_repaired() {
        let text = table(120_000).replacen("ä7;", "ä7 ", 1).replacen("ä9;", "ä;9;", 1);
        let (_folder, found) = large(text.as_bytes());
        let (sheet, _) = read(&found, Hashing::Sha256).unwrap().unwrap();
        let Body::Large(csv) = &sheet.body else { panic!("rows") };
        assert!(csv.blocks(3).unwrap().next_block().is_err());
        let mut problems = Diagnostics::default();
        let repaired = sheet.repaired(&mut problems).unwrap();
        let said: Vec<_> = problems.all().iter().map(|problem| problem.code.id).collect();
        assert_eq!(said, ["W001", "E004"]);
        let Body::Large(csv) = &repaired.body else { panic!("rows") };
        let rows = rows(csv, 3);
        assert_eq!((rows[7][0].as_str(), rows[9].concat(), rows.len()), ("7", String::new(), 120_000));
        assert!(repaired.repaired(&mut problems).is_none(), "a copy is in shape");
    }

    #[test]
    fn a_copy_holds_what_no_mark_of_csv_can_part() {
        let text = table(120_000).replacen("ä7;", "\"ä;\n\"\"7\"\"\";", 1);
        let (_folder, found) = large(text.as_bytes());
        let mut problems = Diagnostics::default();
        let sheet = super::super::csv::read(&found, text.as_bytes(), &mut problems).unwrap().unwrap();
        let Body::Large(csv) = &sheet.body else { panic!("rows") };
        assert_eq!(rows(csv, 3)[7][..2], ["7", "ä;\n\"7\""]);
    }

    #[test]
    fn marks_around_cells_are_no_reason_to_copy() {
        let text = table(120_000).replacen("\n7;ä7;", "\n\"7\";\"ä;7\";", 1).replacen(";ä9;", ";\"\";", 1);
        let (_folder, found) = large(text.as_bytes());
        let (sheet, _) = read(&found, Hashing::Skip).unwrap().unwrap();
        let Body::Large(csv) = &sheet.body else { panic!("rows") };
        assert!(csv.quoted && csv.path == found.path);
        let rows = rows(csv, 3);
        assert_eq!(
            (&rows[7][..2], &rows[9][..2]),
            (&["7".into(), "ä;7".into()][..], &["9".into(), String::new()][..])
        );
        // A lost letter is said by the slow way.
        let (_folder, found) = large(table(120_000).replacen("ä7", "\u{fffd}7", 1).as_bytes());
        assert!(read(&found, Hashing::Skip).unwrap().is_none());
    }

    #[test]
    fn line_ends_of_two_kinds_are_not_plain() {
        let text = table(120_000).replace('\n', "\r\n");
        let (_folder, found) = large(text.as_bytes());
        let (sheet, _) = read(&found, Hashing::Sha256).unwrap().unwrap();
        let Body::Large(csv) = &sheet.body else { panic!("rows") };
        assert!(csv.returns);
        assert!(rows(csv, 3).iter().all(|row| row[2].len() == 31));
        // As many carriage returns as line feeds, but not each before one.
        let (_folder, found) = large(text.replacen("ä7\r", "ä7", 1).replacen("ä8", "ä\r8", 1).as_bytes());
        assert!(read(&found, Hashing::Sha256).unwrap().is_none());
    }
}
