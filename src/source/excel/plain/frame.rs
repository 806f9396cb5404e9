//! What calamine makes of a workbook whose large worksheets are taken out.
//!
//! In their place stand probes: a sheet of a few cells that hold the number of the part and one number in every
//! style. What calamine reads from the probe is what it would make of the sheet.

use std::fmt::Write as _;
use std::io::{Cursor, Read, Seek, Write};

use calamine::{DataRef, ExcelDateTimeType, Reader, Sheet, Xlsx};
use zip::write::SimpleFileOptions;
use zip::{CompressionMethod, ZipArchive, ZipWriter};

use super::super::value;

/// Styles that a probe asks for; few workbooks have more than a hundred.
const STYLES: usize = 1_024;
/// A number that is a date under the format of a date.
const NUMBER: u32 = 46_112;

/// The workbook without its large worksheets.
pub(super) struct Frame {
    workbook: Xlsx<Cursor<Vec<u8>>>,
    /// The places of the large worksheets in the package.
    places: Vec<usize>,
}

/// What each style makes of a number.
pub(super) struct Formats {
    styles: Vec<Format>,
    /// Whether serial numbers count from 1904.
    pub(super) from_1904: bool,
}

/// What a style makes of a number.
#[derive(Clone, Copy)]
pub(super) enum Format {
    /// A number.
    Number {
        /// Shown in hundredths.
        percent: bool,
    },
    /// A date, a time of day or a length of time.
    Moment(ExcelDateTimeType),
}

impl Frame {
    /// The frame of a package whose worksheets of at least so many bytes are taken out; `None` when there are none or
    /// it cannot be read.
    pub(super) fn of<R: Read + Seek>(package: &mut ZipArchive<R>, large: u64) -> Option<Self> {
        let places = large_worksheets(package, large)?;
        let mut frame = ZipWriter::new(Cursor::new(Vec::new()));
        for place in 0..package.len() {
            let part = package.by_index_raw(place).ok()?;
            let name = part.name().ok()?.into_owned();
            if places.contains(&place) {
                let stored = SimpleFileOptions::default().compression_method(CompressionMethod::Stored);
                frame.start_file(name, stored).ok()?;
                frame.write_all(probe(place).as_bytes()).ok()?;
            } else if !is_worksheet(&name) && name != super::STRINGS {
                frame.raw_copy_file(part).ok()?;
            }
        }
        let workbook = Xlsx::new(Cursor::new(frame.finish().ok()?.into_inner())).ok()?;
        Some(Self { workbook, places })
    }

    pub(super) fn sheets(&self) -> Vec<Sheet> {
        self.workbook.sheets_metadata().to_vec()
    }

    /// The place of a large sheet's part in the package, and the formats of its cells.
    pub(super) fn ask(&mut self, sheet: &str) -> Option<(usize, Formats)> {
        let from_1904 = self.workbook.has_1904_epoch();
        let mut probe = self.workbook.worksheet_cells_reader(sheet).ok()?;
        let percent = value::percentages(probe.styles());
        if percent.len() > STYLES {
            return None;
        }
        let first = probe.next_cell().ok()??;
        let place =
            self.places.iter().find(|place| *first.get_value() == DataRef::Float(as_number(**place)))?;
        let mut styles = Vec::with_capacity(percent.len());
        for percent in percent {
            styles.push(match probe.next_cell().ok()??.get_value() {
                DataRef::Float(_) => Format::Number { percent },
                DataRef::DateTime(moment) if moment.is_duration() => {
                    Format::Moment(ExcelDateTimeType::TimeDelta)
                }
                DataRef::DateTime(_) => Format::Moment(ExcelDateTimeType::DateTime),
                _ => return None,
            });
        }
        Some((*place, Formats { styles, from_1904 }))
    }
}

impl Formats {
    /// What a style makes of a number. A cell without one is a number, in hundredths if the first style is.
    pub(super) fn of(&self, style: Option<usize>) -> Format {
        match (self.styles.get(style.unwrap_or(0)), style) {
            (Some(Format::Number { percent }), _) => Format::Number { percent: *percent },
            (Some(Format::Moment(kind)), Some(_)) => Format::Moment(*kind),
            (Some(Format::Moment(_)), None) | (None, _) => Format::Number { percent: false },
        }
    }
}

/// The places of the large worksheets; `None` when there are none.
fn large_worksheets<R: Read + Seek>(package: &mut ZipArchive<R>, large: u64) -> Option<Vec<usize>> {
    let mut places = Vec::new();
    for place in 0..package.len() {
        let part = package.by_index_raw(place).ok()?;
        if part.size() >= large && is_worksheet(&part.name().ok()?) {
            places.push(place);
        }
    }
    (!places.is_empty()).then_some(places)
}

fn is_worksheet(name: &str) -> bool {
    name.strip_suffix(".xml").is_some_and(|name| name.starts_with("xl/worksheets/"))
}

fn probe(place: usize) -> String {
    let mut xml = format!("<worksheet><sheetData><row r=\"1\"><c><v>{place}</v></c>");
    for style in 0..STYLES {
        let _ = write!(xml, "<c s=\"{style}\"><v>{NUMBER}</v></c>");
    }
    xml + "</row></sheetData></worksheet>"
}

#[expect(clippy::cast_precision_loss, reason = "a package has fewer parts than 2^53")]
fn as_number(place: usize) -> f64 {
    place as f64
}
