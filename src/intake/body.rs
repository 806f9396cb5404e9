//! The rows of a sheet, wherever they are: in memory, or in a large file that is read again from disk.

use crate::source::{Body, LargeCsv, Sheet};

use super::cell::Raw;

/// Calls `each` with the row number and the cells of every row until it says stop; rows without content
/// are passed over.
///
/// # Errors
/// When the file of a large sheet cannot be read any more; `InvalidData` when a row of it is not as wide as its
/// header.
pub(super) fn visit(sheet: &Sheet, each: &mut dyn FnMut(u32, &[Raw<'_>]) -> Go) -> std::io::Result<()> {
    match &sheet.body {
        Body::Rows(rows) => {
            let mut cells = Vec::new();
            for row in rows {
                cells.clear();
                cells.extend(row.cells.iter().map(Raw::from));
                if !cells.iter().all(|cell| *cell == Raw::Empty) && each(row.row, &cells) == Go::Stop {
                    break;
                }
            }
            Ok(())
        }
        Body::Large(large) => visit_file(sheet, large, each),
    }
}

/// Whether to go on to the next row.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Go {
    /// There is more to see.
    On,
    /// Enough was seen.
    Stop,
}

fn visit_file(
    sheet: &Sheet,
    large: &LargeCsv,
    each: &mut dyn FnMut(u32, &[Raw<'_>]) -> Go,
) -> std::io::Result<()> {
    let mut blocks = large.blocks(sheet.headers.len())?;
    let mut row = sheet.header_row;
    while let Some(block) = blocks.next_block()? {
        let mut cells: Vec<Raw<'_>> = Vec::with_capacity(sheet.headers.len());
        for record in block.records()? {
            row = row.saturating_add(1);
            cells.clear();
            cells.extend(record.map(Raw::from));
            if !cells.iter().all(|cell| *cell == Raw::Empty) && each(row, &cells) == Go::Stop {
                return Ok(());
            }
        }
    }
    Ok(())
}
