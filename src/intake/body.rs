//! The rows of a sheet, wherever they are: in memory, or in a large file that is read again from disk.

use crate::source::{Body, LargeCsv, Sheet};

use super::cell::Raw;

/// A row as it is looked at.
pub(super) struct Seen<'a> {
    /// Spreadsheet row.
    pub(super) row: u32,
    /// Its cells.
    pub(super) raws: &'a [Raw<'a>],
}

/// Calls `each` with every row until it says stop; rows without content are passed over.
///
/// # Errors
/// When the file of a large sheet cannot be read any more; `InvalidData` when a row of it is not as wide as its
/// header.
pub(super) fn visit(sheet: &Sheet, each: &mut dyn FnMut(Seen<'_>) -> Go) -> std::io::Result<()> {
    match &sheet.body {
        Body::Rows(rows) => {
            let mut raws = Vec::new();
            for row in rows {
                raws.clear();
                raws.extend(row.cells.iter().map(Raw::from));
                let seen = Seen { row: row.row, raws: &raws };
                if !raws.iter().all(|cell| *cell == Raw::Empty) && each(seen) == Go::Stop {
                    break;
                }
            }
            Ok(())
        }
        Body::Large(large) => visit_file(sheet, large, each),
    }
}

/// Shows `see` the cells of the columns at these places, row by row, but for one row; each with the place's
/// number among them. Cells of other columns are not touched: in a large sheet most of them are far away in
/// memory.
///
/// # Errors
/// When the file of a large sheet cannot be read any more.
pub(super) fn look(
    sheet: &Sheet,
    places: &[usize],
    but: Option<u32>,
    see: &mut dyn FnMut(usize, Raw<'_>),
) -> std::io::Result<()> {
    match &sheet.body {
        Body::Rows(rows) => {
            for row in rows.iter().filter(|row| Some(row.row) != but) {
                for (number, place) in places.iter().enumerate() {
                    see(number, row.cells.get(*place).map_or(Raw::Empty, Raw::from));
                }
            }
        }
        Body::Large(large) => {
            let mut blocks = large.blocks(sheet.headers.len())?;
            let mut row = sheet.header_row;
            while let Some(block) = blocks.next_block()? {
                let text = block.texts()?;
                for record in 0..block.rows() {
                    row = row.saturating_add(1);
                    for (number, place) in places.iter().enumerate().filter(|_| Some(row) != but) {
                        see(number, Raw::from(text(record, *place)));
                    }
                }
            }
        }
    }
    Ok(())
}

/// Whether to go on to the next row.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Go {
    /// There is more to see.
    On,
    /// Enough was seen.
    Stop,
}

fn visit_file(sheet: &Sheet, large: &LargeCsv, each: &mut dyn FnMut(Seen<'_>) -> Go) -> std::io::Result<()> {
    let mut blocks = large.blocks(sheet.headers.len())?;
    let mut row = sheet.header_row;
    while let Some(block) = blocks.next_block()? {
        let mut raws: Vec<Raw<'_>> = Vec::with_capacity(sheet.headers.len());
        for record in block.records()? {
            row = row.saturating_add(1);
            raws.clear();
            raws.extend(record.map(Raw::from));
            let seen = Seen { row, raws: &raws };
            if !raws.iter().all(|cell| *cell == Raw::Empty) && each(seen) == Go::Stop {
                return Ok(());
            }
        }
    }
    Ok(())
}
