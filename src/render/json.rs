//! The document as its machine reads it.

use crate::document::Document;

/// The JSON of a document with a line feed at the end.
pub(super) fn write(document: &Document) -> Vec<u8> {
    let text = document.machine.text();
    let mut bytes = Vec::with_capacity(text.len() + 1);
    bytes.extend_from_slice(text.as_bytes());
    bytes.push(b'\n');
    bytes
}
