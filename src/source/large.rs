//! Large CSV files stay on disk: looked over once as a stream, copied record by record only when they
//! are not as [`LargeCsv`] promises.

use std::borrow::Cow;
use std::collections::BTreeSet;
use std::fs::File;
use std::io::{BufWriter, Read, Write};
use std::path::Path;
use std::sync::Arc;

use sha2::{Digest, Sha256};

use super::csv::{Records, cells, fits, is_sound, separator, separator_line};
use super::find::Found;
use super::header::{self, Header, SEARCH as LOOK};
use super::{Body, Cell, LargeCsv, RowCells, Sheet, hex};
use crate::diagnostic::Diagnostics;
use crate::error::Error;

/// Files up to this many bytes are held as cells.
pub(super) const LIMIT: u64 = 4 << 20;
/// Read at a time.
const CHUNK: usize = 1 << 20;

/// The sheet and the hash of a file that is large and as it should be; `None` sends it the slow way.
pub(super) fn read(found: &Found) -> Result<Option<(Sheet, String)>, Error> {
    let mut file = File::open(&found.path).map_err(Error::io("read", &found.path))?;
    let length = file.metadata().map_err(Error::io("read", &found.path))?.len();
    if found.workbook || length <= LIMIT {
        return Ok(None);
    }
    let mut chunk = Vec::with_capacity(CHUNK);
    let mut hash = Sha256::new();
    let mut plain: Option<(Plain, Sheet)> = None;
    loop {
        chunk.clear();
        let read = (&mut file).take(CHUNK as u64).read_to_end(&mut chunk);
        if read.map_err(Error::io("read", &found.path))? == 0 {
            break;
        }
        hash.update(&chunk);
        if plain.is_none() {
            plain = begin(found, &chunk);
        }
        if !plain.as_mut().is_some_and(|(plain, _)| plain.goes_on(&chunk)) {
            return Ok(None);
        }
    }
    let sheet = plain.filter(|(plain, _)| plain.ends_well()).map(|(_, sheet)| sheet);
    Ok(sheet.map(|sheet| (sheet, hex(&hash.finalize()))))
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
    sheet.body = Body::Large(LargeCsv { path: found.path.clone(), separator, skip: 1, copy: None });
    Some((Plain { separator, width, ..Plain::default() }, sheet))
}

/// What the counts of a file's bytes say: whether every line has as many fields as the header.
///
/// Counting is as fast as reading. It cannot see a line too long beside one too short: polars refuses
/// the long one, and `repair` finds both.
#[derive(Default)]
struct Plain {
    separator: u8,
    width: usize,
    separators: usize,
    lines: usize,
    returns: usize,
    /// The bytes of a character cut by the end of the last chunk.
    cut: Vec<u8>,
    last: u8,
}

impl Plain {
    /// Takes the next bytes; false when they are not plain.
    fn goes_on(&mut self, chunk: &[u8]) -> bool {
        self.separators += count(chunk, self.separator);
        self.lines += count(chunk, b'\n');
        self.returns += count(chunk, b'\r');
        self.last = chunk.last().copied().unwrap_or(self.last);
        count(chunk, b'"') == 0 && count(chunk, 0) == 0 && self.is_utf8(chunk)
    }

    fn is_utf8(&mut self, chunk: &[u8]) -> bool {
        let mut chunk = chunk;
        while !self.cut.is_empty() {
            let Some((first, rest)) = chunk.split_first() else { return true };
            self.cut.push(*first);
            chunk = rest;
            match std::str::from_utf8(&self.cut) {
                Ok(_) => self.cut.clear(),
                Err(error) if error.error_len().is_some() => return false,
                Err(_) => {}
            }
        }
        match std::str::from_utf8(chunk) {
            Ok(_) => true,
            Err(error) => {
                self.cut = chunk[error.valid_up_to()..].to_vec();
                error.error_len().is_none()
            }
        }
    }

    fn ends_well(&self) -> bool {
        let records = self.lines + usize::from(self.last != b'\n');
        let one_kind_of_line_end = self.returns == 0 || self.returns == self.lines;
        self.cut.is_empty() && one_kind_of_line_end && self.separators == records * (self.width - 1)
    }
}

/// How often a byte occurs; in pieces short enough for a one-byte sum, which processors do many at a time.
fn count(bytes: &[u8], wanted: u8) -> usize {
    let piece = |piece: &[u8]| usize::from(piece.iter().map(|b| u8::from(*b == wanted)).sum::<u8>());
    bytes.chunks(192).map(piece).sum()
}

/// A large text once more, record by record, into a temporary copy as [`LargeCsv`] promises it. What does
/// not fit is reported and left out.
pub(super) fn copy(
    found: &Found,
    separator: u8,
    body: &str,
    problems: &mut Diagnostics,
) -> Result<Option<Sheet>, Error> {
    let filled = || Records::new(body, separator, 1).filter(|record| !record.is_blank());
    let first: Vec<RowCells> =
        filled().filter(|r| r.unclosed.is_none()).take(LOOK).map(|record| cells(&record)).collect();
    let Some(header) = header::find(&first) else { return Ok(None) };
    let mut sheet = empty_sheet(found);
    sheet.place(first.into_iter().filter(|row| row.row < header.row).collect(), &header);
    let width = sheet.headers.len();

    let folder = std::env::temp_dir();
    let fail = || Error::io("write a temporary copy in", &folder);
    let mut file = tempfile::Builder::new().prefix("earnest-").suffix(".csv").tempfile().map_err(fail())?;
    let mut write = Copy { file: BufWriter::new(file.as_file_mut()), separator, line: Vec::new() };
    write.record(sheet.headers.iter().map(|header| Cow::Borrowed(header.as_ref()))).map_err(fail())?;
    let mut row = sheet.header_row + 1;
    for record in filled() {
        let sound = is_sound(found, &record, problems);
        if record.row <= sheet.header_row || !sound {
            continue;
        }
        let record_row = record.row;
        if !fits(found, separator, width, &record, problems) {
            continue;
        }
        for _ in row..record_row {
            write.record(std::iter::repeat_n(Cow::Borrowed(""), width)).map_err(fail())?;
        }
        row = record_row + 1;
        let missing = std::iter::repeat(Cow::Borrowed(""));
        write.record(record.fields.into_iter().chain(missing).take(width)).map_err(fail())?;
    }
    write.file.flush().map_err(fail())?;
    drop(write);
    let copy = Arc::new(file.into_temp_path());
    sheet.body = Body::Large(LargeCsv { path: copy.to_path_buf(), separator, skip: 1, copy: Some(copy) });
    Ok(Some(sheet))
}

/// Writes records, quoting where needed; a header's line feed does not make it two lines.
struct Copy<W: Write> {
    file: W,
    separator: u8,
    line: Vec<u8>,
}

impl<W: Write> Copy<W> {
    fn record<'a>(&mut self, fields: impl Iterator<Item = Cow<'a, str>>) -> std::io::Result<()> {
        self.line.clear();
        for (i, field) in fields.enumerate() {
            if i > 0 {
                self.line.push(self.separator);
            }
            let quoted = field.bytes().any(|b| b == self.separator || matches!(b, b'"' | b'\n' | b'\r'));
            if quoted {
                self.line.push(b'"');
                self.line.extend_from_slice(field.replace('"', "\"\"").as_bytes());
                self.line.push(b'"');
            } else {
                self.line.extend_from_slice(field.as_bytes());
            }
        }
        if self.line.is_empty() {
            self.line.extend_from_slice(b"\"\"");
        }
        self.line.push(b'\n');
        self.file.write_all(&self.line)
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
    /// A large file once more, record by record, when polars refuses it: what does not fit is reported and
    /// left out. `None` when it is not a large file or can no longer be read.
    #[must_use]
    pub fn repaired(&self, problems: &mut Diagnostics) -> Option<Self> {
        let Body::Large(large) = &self.body else { return None };
        let text = read_text(&large.path)?;
        let found = Found {
            path: self.path.clone(),
            name: self.file.clone(),
            group: self.group.clone(),
            workbook: false,
        };
        copy(&found, large.separator, &text, problems).ok().flatten()
    }

    /// These rows, where they have content, in order: for a large file, read from disk. For diagnostics,
    /// which need a row's own words.
    #[must_use]
    pub fn rows_at(&self, rows: &BTreeSet<u32>) -> Vec<RowCells> {
        match &self.body {
            Body::Rows(all) => all.iter().filter(|row| rows.contains(&row.row)).cloned().collect(),
            Body::Large(large) => {
                let text = read_text(&large.path).unwrap_or_default();
                // The copy begins with the header, whichever row that is.
                let wanted =
                    Records::new(&text, large.separator, self.header_row).filter(|r| rows.contains(&r.row));
                wanted.map(|record| cells(&record)).collect()
            }
        }
    }
}

fn read_text(path: &Path) -> Option<String> {
    let text = std::fs::read_to_string(path).ok()?;
    Some(text.strip_prefix('\u{feff}').map_or_else(|| text.clone(), str::to_owned))
}

#[cfg(test)]
mod tests {
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

    #[test]
    fn a_plain_large_file_stays_where_it_is() {
        let text = table(120_000);
        let (_folder, found) = large(text.as_bytes());
        let (sheet, hash) = read(&found).unwrap().unwrap();
        let Body::Large(csv) = &sheet.body else { panic!("rows") };
        assert_eq!((csv.path.as_path(), csv.separator, csv.skip), (found.path.as_path(), b';', 1));
        assert_eq!(sheet.headers, ["id".into(), "Größe".into(), "note".into()]);
        assert_eq!(hash, hex(&Sha256::digest(text.as_bytes())));
        let row = &sheet.rows_at(&BTreeSet::from([100_002]))[0];
        assert_eq!((row.row, &row.cells[1]), (100_002, &Cell::Text("ä100000".into())));
    }

    #[test]
    fn a_crooked_large_file_is_copied_with_every_row_in_its_place() {
        let text = table(120_000).replacen("\n7;", "\n\"seven;and\nmore\";x;y;too much\n\n8;", 1);
        let (_folder, found) = large(text.as_bytes());
        assert!(read(&found).unwrap().is_none());
        let mut problems = Diagnostics::default();
        let sheet = super::super::csv::read(&found, text.as_bytes(), &mut problems).unwrap().unwrap();
        assert_eq!(problems.all().len(), 1, "{:?}", problems.all());
        assert_eq!(problems.all()[0].at[0].row, Some(9));
        let Body::Large(csv) = &sheet.body else { panic!("rows") };
        // Row 9 is rejected, row 10 blank: both are rows without content in the copy.
        let copy = std::fs::read_to_string(&csv.path).unwrap();
        assert_eq!(copy.lines().nth(8), Some(";;"));
        assert_eq!(copy.lines().nth(9), Some(";;"));
        assert_eq!(copy.lines().nth(10).map(|l| &l[..2]), Some("8;"));
        assert_eq!(copy.lines().count(), text.lines().count() - 1);
    }
}
