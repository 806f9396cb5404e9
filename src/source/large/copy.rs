//! A large text once more, record by record, into a temporary file as [`LargeCsv`] promises it.

use std::borrow::Cow;
use std::io::{BufWriter, Write};
use std::sync::Arc;

use super::super::csv::{Records, cells, fits, is_sound};
use super::super::find::Found;
use super::super::header::{self, SEARCH as LOOK};
use super::super::{Body, LargeCsv, RowCells, Sheet};
use super::empty_sheet;
use crate::diagnostic::Diagnostics;
use crate::error::Error;

/// What parts the fields and what ends the records of a copy.
#[derive(Clone, Copy)]
pub(in crate::source) struct Marks {
    separator: u8,
    terminator: u8,
}

/// Two control characters that the text does not have: then nothing in a copy needs quoting. `None` for a text
/// that has them nearly all.
pub(in crate::source) fn marks(text: &str) -> Option<Marks> {
    let unused = |byte: &u8| !matches!(byte, b'\t' | b'\n' | b'\r') && !text.as_bytes().contains(byte);
    let mut unused = (1..b' ').rev().filter(unused);
    Some(Marks { separator: unused.next()?, terminator: unused.next()? })
}

/// Copies the records of a text; what does not fit is reported and left out.
pub(in crate::source) fn copy(
    found: &Found,
    separator: u8,
    body: &str,
    marks: Marks,
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
    let mut write = BufWriter::with_capacity(1 << 18, file.as_file_mut());
    record(&mut write, marks, sheet.headers.iter().map(|header| Cow::Borrowed(header.as_ref())))
        .map_err(fail())?;
    let mut row = sheet.header_row + 1;
    let is_damaged = body.contains('\u{fffd}');
    for read in filled() {
        let is_suspect = is_damaged || read.unclosed.is_some();
        let sound = !is_suspect || is_sound(found, &read, problems);
        if read.row <= sheet.header_row || !sound {
            continue;
        }
        let record_row = read.row;
        if !fits(found, separator, width, &read, problems) {
            continue;
        }
        for _ in row..record_row {
            record(&mut write, marks, std::iter::repeat_n(Cow::Borrowed(""), width)).map_err(fail())?;
        }
        row = record_row + 1;
        let missing = std::iter::repeat(Cow::Borrowed(""));
        record(&mut write, marks, read.fields.into_iter().chain(missing).take(width)).map_err(fail())?;
    }
    write.flush().map_err(fail())?;
    drop(write);
    let copy = Arc::new(file.into_temp_path());
    sheet.body = Body::Large(LargeCsv {
        path: copy.to_path_buf(),
        separator: marks.separator,
        terminator: marks.terminator,
        returns: false,
        quoted: false,
        copy: Some(copy),
    });
    Ok(Some(sheet))
}

/// Writes a record.
fn record<'a>(
    file: &mut impl Write,
    marks: Marks,
    fields: impl Iterator<Item = Cow<'a, str>>,
) -> std::io::Result<()> {
    for (i, field) in fields.enumerate() {
        if i > 0 {
            file.write_all(&[marks.separator])?;
        }
        file.write_all(field.as_bytes())?;
    }
    file.write_all(&[marks.terminator])
}
