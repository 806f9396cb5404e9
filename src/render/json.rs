//! The document as its machine reads it.

use crate::document::Document;

/// The JSON of a document: two spaces of indent, a line feed at the end.
///
/// Its numbers are finite by construction: [`serde_json::Value`] holds no others.
///
/// # Errors
/// Never for a tree that is in memory; the message of the writer if it fails all the same.
pub(super) fn write(document: &Document) -> Result<Vec<u8>, String> {
    let mut bytes = serde_json::to_vec_pretty(&document.machine).map_err(|error| error.to_string())?;
    bytes.push(b'\n');
    Ok(bytes)
}
