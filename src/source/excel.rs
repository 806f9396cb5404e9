//! Workbooks, through calamine: which reader, which sheets, and what is wrong with them.

mod grid;
mod guard;
mod plain;
mod value;

use std::io::Cursor;

use calamine::{
    Ods, OdsError, Reader, Sheet as SheetInfo, SheetType, SheetVisible, Xls, XlsError, Xlsb, XlsbError, Xlsx,
    XlsxError,
};

use super::find::Found;
use super::{Body, Sheet, csv, header, large};
use crate::diagnostic::{Diagnostic, Diagnostics, Location, code};
use crate::language::Phrase;
use grid::Grid;
use plain::Plain;

const ZIP: &[u8] = b"PK\x03\x04";
const OLE: &[u8] = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1";

/// Whether the bytes begin as a workbook's do: a zip archive or an OLE document.
pub(super) fn is_workbook(bytes: &[u8]) -> bool {
    bytes.starts_with(ZIP) || bytes.starts_with(OLE)
}

type Bytes<'a> = Cursor<&'a [u8]>;

/// An open workbook.
enum Workbook<'a> {
    Plain(Box<Plain<'a>>),
    Xlsx(Box<Xlsx<Bytes<'a>>>),
    Xlsb(Box<Xlsb<Bytes<'a>>>),
    Xls(Box<Xls<Bytes<'a>>>),
    Ods(Box<Ods<Bytes<'a>>>),
}

/// Why a workbook or a sheet of it cannot be read.
enum Refusal {
    Password,
    Broken(Phrase),
}

/// Reads the visible sheets of a workbook in order; empty ones are passed over.
pub(super) fn read(found: &Found, bytes: &[u8], problems: &mut Diagnostics) -> Vec<Sheet> {
    let mut workbook = match guard::calmly(|| open(bytes)) {
        Ok(workbook) => workbook,
        Err(refusal) => {
            problems.push(refused(found, refusal));
            return Vec::new();
        }
    };
    let mut sheets = Vec::new();
    for info in workbook.sheets() {
        if info.typ != SheetType::WorkSheet {
            continue;
        }
        let at = Location { sheet: Some(info.name.as_str().into()), ..Location::file(found.name.clone()) };
        if info.visible != SheetVisible::Visible {
            problems.push(
                Diagnostic::new(
                    &code::HIDDEN_SHEET,
                    at,
                    phrase!("the sheet '{sheet}' is hidden: left out", sheet = &*info.name),
                )
                .help(word!("unhide it if it holds data to report")),
            );
            continue;
        }
        match guard::calmly(|| workbook.grid(&info.name)) {
            Ok(grid) => sheets.extend(shape(found, &info, grid, problems)),
            Err(refusal) => {
                sheets.push(Sheet { name: Some(info.name.as_str().into()), ..large::empty_sheet(found) });
                problems.push(
                    Diagnostic::new(
                        &code::WORKSHEET,
                        at,
                        phrase!(
                            "the sheet '{sheet}' cannot be read: {reason}",
                            sheet = &*info.name,
                            reason = refusal.reason()
                        ),
                    )
                    .help(word!("open the workbook in a spreadsheet program and save it again")),
                );
            }
        }
    }
    sheets
}

/// Opens a workbook by what its bytes are, whatever its name says.
fn open(bytes: &[u8]) -> Result<Workbook<'_>, Refusal> {
    if bytes.starts_with(OLE) {
        // An encrypted xlsx is an OLE document around the real one; the reader of xlsx knows it.
        return match Xlsx::new(Cursor::new(bytes)) {
            Err(XlsxError::Password) => Err(Refusal::Password),
            _ => Ok(Workbook::Xls(Box::new(Xls::new(Cursor::new(bytes))?))),
        };
    }
    if let Some(workbook) = Plain::open(bytes) {
        return Ok(Workbook::Plain(Box::new(workbook)));
    }
    // The kinds of zip differ by the files within, and each reader misses its own first.
    let error = match Xlsx::new(Cursor::new(bytes)) {
        Ok(workbook) => return Ok(Workbook::Xlsx(Box::new(workbook))),
        Err(error @ (XlsxError::Zip(_) | XlsxError::Io(_))) => return Err(error.into()),
        Err(error) => error,
    };
    match Xlsb::new(Cursor::new(bytes)) {
        Ok(workbook) => return Ok(Workbook::Xlsb(Box::new(workbook))),
        Err(XlsbError::Password) => return Err(Refusal::Password),
        Err(_) => {}
    }
    match Ods::new(Cursor::new(bytes)) {
        Ok(workbook) => Ok(Workbook::Ods(Box::new(workbook))),
        Err(OdsError::Password) => Err(Refusal::Password),
        Err(_) => Err(error.into()),
    }
}

impl Workbook<'_> {
    fn sheets(&self) -> Vec<SheetInfo> {
        match self {
            Self::Plain(w) => w.sheets(),
            Self::Xlsx(w) => w.sheets_metadata().to_vec(),
            Self::Xlsb(w) => w.sheets_metadata().to_vec(),
            Self::Xls(w) => w.sheets_metadata().to_vec(),
            Self::Ods(w) => w.sheets_metadata().to_vec(),
        }
    }

    /// The filled cells of a sheet.
    fn grid(&mut self, sheet: &str) -> Result<Grid, Refusal> {
        match self {
            Self::Plain(w) => w.grid(sheet),
            Self::Xlsx(w) => grid::of_xlsx(w, sheet).map_err(Refusal::from),
            Self::Xlsb(w) => grid::of_xlsb(w, sheet).map_err(Refusal::from),
            Self::Xls(w) => Ok(Grid::of_range(&w.worksheet_range(sheet)?)),
            Self::Ods(w) => Ok(Grid::of_range(&w.worksheet_range(sheet)?)),
        }
    }
}

/// The sheet of a grid, or `None` when there is nothing in it.
fn shape(found: &Found, info: &SheetInfo, grid: Grid, problems: &mut Diagnostics) -> Option<Sheet> {
    let Grid { rows, beyond, unknown_errors } = grid;
    let mut sheet = Sheet { name: Some(info.name.as_str().into()), ..large::empty_sheet(found) };
    let header = header::find(&rows)?;
    let width = header.cells.len();
    let is_below = |row: u32| row > header.row;
    let beside = rows.iter().filter(|row| is_below(row.row)).filter_map(|row| {
        let column = row.cells.iter().skip(width).position(|cell| !cell.is_blank())? + width;
        Some((row.row, column, row.cells[column].to_string()))
    });
    let beyond = beyond.into_iter().filter(|(row, _, _)| is_below(*row));
    let mut beside: Vec<(u32, usize, String)> = beside.chain(beyond).collect();
    beside.sort_unstable();
    sheet.place(rows, &header);
    if let Some((row, column, text)) = beside.first() {
        let message = match beside.len() - 1 {
            0 => phrase!("'{text}' stands to the right of the last header: left out", text),
            n => phrase!(
                "'{text}' stands to the right of the last header: left out ({n|and so does a cell|and so do cells} in {n} more {n|row|rows})",
                text,
                n
            ),
        };
        problems.push(
            Diagnostic::new(&code::OUTSIDE, sheet.location(*row, Some(*column)), message)
                .help(word!("give the column a header if it belongs to the table")),
        );
    }
    for (row, error) in unknown_errors {
        let message =
            phrase!("an error value '{value}' in or after this row counts as an empty cell", value = error);
        problems.push(
            Diagnostic::new(&code::UNKNOWN_ERROR, sheet.location(row, None), message)
                .help(word!("correct the formula, or save the workbook with values only")),
        );
    }
    if matches!(&sheet.body, Body::Rows(rows) if rows.is_empty()) {
        problems.push(csv::no_rows(&sheet));
    }
    Some(sheet)
}

/// A workbook that cannot be opened.
fn refused(found: &Found, refusal: Refusal) -> Diagnostic {
    let at = Location::file(found.name.clone());
    match refusal {
        Refusal::Password => {
            Diagnostic::new(&code::PASSWORD, at, word!("the workbook is protected by a password")).help(
                word!(
                    "save a copy without a password (File > Info > Protect Workbook > Encrypt with Password)"
                ),
            )
        }
        Refusal::Broken(reason) => {
            Diagnostic::new(&code::WORKBOOK, at, phrase!("the workbook cannot be read: {reason}", reason))
                .help(word!("fetch it again, or open it in a spreadsheet program and save it as .xlsx"))
        }
    }
}

impl Refusal {
    fn reason(self) -> Phrase {
        match self {
            Self::Password => word!("it is protected by a password").into(),
            Self::Broken(reason) => reason,
        }
    }
}

/// Our words for what calamine says most often, its own for the rest.
macro_rules! refusals {
    ($error:ident: $($kind:pat => $reason:expr),*) => {
        impl From<$error> for Refusal {
            fn from(error: $error) -> Self {
                use $error as E;
                match error {
                    E::Password => Self::Password,
                    $($kind => Self::Broken($reason.into()),)*
                    other => Self::Broken(Phrase::said(other.to_string())),
                }
            }
        }
    };
}
refusals!(XlsxError:
    E::Zip(_) | E::Io(_) => word!("it is cut short or damaged"),
    E::FileNotFound(_) | E::RelationshipNotFound => word!("it is a zip archive with no workbook in it"),
    E::Xml(_) | E::XmlAttr(_) | E::XmlEof(_) | E::Encoding(_) => word!("its XML is cut short or damaged")
);
refusals!(XlsbError: E::Zip(_) | E::Io(_) => word!("it is cut short or damaged"));
refusals!(XlsError: E::Cfb(_) | E::Io(_) => word!("it is cut short or damaged"));
refusals!(OdsError:
    E::Zip(_) | E::Io(_) => word!("it is cut short or damaged"),
    E::Xml(_) | E::XmlAttr(_) => word!("its XML is cut short or damaged")
);
