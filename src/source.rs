//! Bytes in, text tables out: every cell knows file, sheet, row and column.
//!
//! Reads CSV in any usual dialect and encoding and workbooks through calamine. Knows nothing of
//! tables of project management; [`crate::intake`] gives the columns their meaning.

mod csv;
mod encoding;
mod excel;
mod find;
mod header;
mod large;
pub mod reports;
mod sheet;

use std::path::PathBuf;
use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};

use chrono::NaiveDateTime;
use sha2::{Digest, Sha256};

use crate::diagnostic::Diagnostics;
use crate::error::Error;
pub use header::GROUP_END;
pub use large::{Block, Blocks};

/// What was read: sheets in the order of their files' names.
#[derive(Clone, Debug, Default)]
pub struct Sources {
    /// One entry a CSV file or worksheet.
    pub sheets: Vec<Sheet>,
    /// Every file read, with the bytes' SHA-256 for the manifest: `(as named, hex)`; empty when unhashed.
    pub hashes: Vec<(Arc<str>, String)>,
}

/// Whether the bytes of the files are hashed.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Hashing {
    Sha256,
    Skip,
}

/// A sheet: a CSV file or a worksheet, its header row found, its body as text cells.
#[derive(Clone, Debug, Default)]
pub struct Sheet {
    /// The file as the user named it, with `/` between folders.
    pub file: Arc<str>,
    /// The worksheet's name; `None` for CSV.
    pub name: Option<Arc<str>>,
    /// The input it was found under: the folder or file named on the command line (its stem names the project).
    pub group: Arc<str>,
    /// Where the file is.
    pub path: PathBuf,
    /// What stands above the header: titles, dates of export, group headings. Cells as many as the row has.
    pub preamble: Vec<RowCells>,
    /// The headers as written, in order of the columns; `""` for a column without one. The row is the best
    /// guess of a reader who knows no names of columns: [`Sheet::with_header_row`] chooses another.
    pub headers: Vec<Arc<str>>,
    /// Spreadsheet row of the header (1-based).
    pub header_row: u32,
    /// The body.
    pub body: Body,
}

/// The body of a sheet.
#[derive(Clone, Debug)]
pub enum Body {
    /// Cells by row: small CSV files and worksheets.
    Rows(Vec<RowCells>),
    /// A large CSV file, left on disk: intake reads it in blocks, once more when something is wrong.
    Large(LargeCsv),
}

impl Default for Body {
    fn default() -> Self {
        Self::Rows(Vec::new())
    }
}

/// One row with its place. Rows without anything in them are left out.
#[derive(Clone, Debug, PartialEq)]
pub struct RowCells {
    /// Spreadsheet row (1-based).
    pub row: u32,
    /// As many cells as headers.
    pub cells: Vec<Cell>,
}

/// A cell: text as written, or what the workbook says it is.
#[derive(Clone, Debug, PartialEq)]
pub enum Cell {
    /// Nothing in it.
    Empty,
    /// Text.
    Text(Arc<str>),
    /// A number; `percent` when its format is a percentage.
    Number {
        /// The value as stored (0.45 for a cell shown as 45%).
        value: f64,
        /// Whether it is formatted as a percentage.
        percent: bool,
    },
    /// A date or date-time by the cell's format.
    Moment(NaiveDateTime),
    /// A duration by the cell's format (`[h]:mm`), in seconds.
    Duration(f64),
    /// TRUE or FALSE.
    Bool(bool),
    /// `#REF!`, `#N/A`, ...
    Error(Arc<str>),
    /// A formula whose result was not saved with it: a program wrote it that does not calculate.
    NotCalculated,
}

/// A CSV file too large to hold as cells: UTF-8, quotation marks only around cells that have none and no line's end
/// in them, every record has as many fields as the header and data record `i` (from 0) is spreadsheet row
/// `header_row + 1 + i`. Where the file on disk is not like that, this is a temporary copy which is: a rejected record stands in it as a row without content.
/// Read it with [`LargeCsv::blocks`].
#[derive(Clone, Debug)]
pub struct LargeCsv {
    /// Where it is: the file itself, or the copy in a temporary file.
    pub path: PathBuf,
    /// What parts the fields: `,`, `;`, tab or `|`; in a copy a byte that no cell has.
    pub separator: u8,
    /// What ends a record: a line feed; in a copy a byte that no cell has.
    pub terminator: u8,
    /// Whether a carriage return stands before every terminator.
    pub returns: bool,
    /// Whether cells stand between quotation marks, which then are no part of them.
    pub quoted: bool,
    /// Keeps the temporary copy alive as long as anyone may read it.
    pub(crate) copy: Option<Arc<tempfile::TempPath>>,
}

/// Reads every input: folders, files, workbooks.
///
/// A folder is read with its sub-folders, each a group of its own. Files are read side by side; the
/// result is in the order of the inputs and, within a folder, of the names.
///
/// A file that gave nothing, be it unreadable or empty, is a sheet without headers: it was there, and a table was meant.
///
/// # Errors
/// When the world fails: a large file that needs a copy finds no room for it. An input that cannot be read is a
/// diagnostic, as is what is wrong inside a file.
pub fn read(inputs: &[PathBuf], problems: &mut Diagnostics) -> Result<Sources, Error> {
    read_all(inputs, Hashing::Sha256, problems)
}

/// The same for a run that delivers nothing: nobody asks for the hashes, and they take longer than all else here.
///
/// # Errors
/// As [`read`].
pub fn read_unhashed(inputs: &[PathBuf], problems: &mut Diagnostics) -> Result<Sources, Error> {
    read_all(inputs, Hashing::Skip, problems)
}

fn read_all(inputs: &[PathBuf], hashing: Hashing, problems: &mut Diagnostics) -> Result<Sources, Error> {
    let files = find::files(inputs, problems);
    let mut sources = Sources::default();
    for (found, content) in files.iter().zip(side_by_side(&files, hashing)) {
        let content = match content {
            Err(Error::Io { doing: READ, source, .. }) => {
                problems.push(find::unreadable(found.name.clone(), &source));
                sources.sheets.push(large::empty_sheet(found));
                continue;
            }
            other => other?,
        };
        sources.sheets.extend(content.sheets);
        sources.hashes.push((content.file, content.sha256));
        problems.extend(content.problems);
    }
    Ok(sources)
}

/// What is being done when an input cannot be read: the input's problem, where all else is the world's.
const READ: &str = "read";

/// What one file gave.
struct Content {
    file: Arc<str>,
    sha256: String,
    sheets: Vec<Sheet>,
    problems: Diagnostics,
}

/// Reads the files with as many threads as the machine has; the results are in the order of the files.
fn side_by_side(files: &[find::Found], hashing: Hashing) -> Vec<Result<Content, Error>> {
    let workers = std::thread::available_parallelism().map_or(1, std::num::NonZero::get).min(files.len());
    let next = AtomicUsize::new(0);
    let work = || {
        let mut done = Vec::new();
        while let Some((i, file)) = {
            let i = next.fetch_add(1, Ordering::Relaxed);
            files.get(i).map(|file| (i, file))
        } {
            done.push((i, read_file(file, hashing)));
        }
        done
    };
    let mut contents: Vec<_> = if workers <= 1 {
        work()
    } else {
        std::thread::scope(|scope| {
            let threads: Vec<_> = (0..workers).map(|_| scope.spawn(work)).collect();
            threads
                .into_iter()
                .flat_map(|thread| thread.join().unwrap_or_else(|panic| std::panic::resume_unwind(panic)))
                .collect()
        })
    };
    contents.sort_by_key(|(i, _)| *i);
    contents.into_iter().map(|(_, content)| content).collect()
}

/// Reads one file by what its bytes are, whatever its name says.
fn read_file(found: &find::Found, hashing: Hashing) -> Result<Content, Error> {
    let mut problems = Diagnostics::default();
    if let Some((sheet, sha256)) = large::read(found, hashing)? {
        return Ok(Content { file: found.name.clone(), sha256, sheets: vec![sheet], problems });
    }
    let bytes = std::fs::read(&found.path).map_err(Error::io(READ, &found.path))?;
    let sha256 = match hashing {
        Hashing::Sha256 => hex(&Sha256::digest(&bytes)),
        Hashing::Skip => String::new(),
    };
    let mut sheets = if excel::is_workbook(&bytes) {
        excel::read(found, &bytes, &mut problems)
    } else {
        csv::read(found, &bytes, &mut problems)?.into_iter().collect()
    };
    if sheets.is_empty() {
        sheets.push(large::empty_sheet(found));
    }
    Ok(Content { file: found.name.clone(), sha256, sheets, problems })
}

/// Bytes in hexadecimal.
fn hex(bytes: &[u8]) -> String {
    bytes.iter().fold(String::with_capacity(bytes.len() * 2), |mut text, byte| {
        for nibble in [byte >> 4, byte & 15] {
            text.push(char::from_digit(u32::from(nibble), 16).unwrap_or('0'));
        }
        text
    })
}
