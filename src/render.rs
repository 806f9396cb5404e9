//! Documents in, bytes out: PDF, XLSX, JSON. One task per file.

mod chart;
mod deflate;
mod json;
mod pdf;
mod xlsx;

use std::collections::BTreeSet;

use rayon::prelude::*;

use crate::document::{Document, Form};
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
    /// Characters of its text that no font has, for a PDF: an empty box stands in their place.
    pub unseen: BTreeSet<char>,
}

/// Renders many documents, in parallel, each composed when its turn comes and dropped when its files are made, so that
/// few are in memory at a time. What the receiver makes of the files comes in a stable order: documents by their
/// places, the formats of each in the order of [`FileFormat`].
///
/// # Errors
/// As [`render`].
pub fn each<T: Send>(
    count: usize,
    document: impl Fn(usize) -> Document + Sync,
    formats: &BTreeSet<FileFormat>,
    receive: impl Fn(File) -> Result<T, Error> + Sync,
) -> Result<Vec<T>, Error> {
    let files = (0..count).into_par_iter().map(|place| render(&document(place), formats, &receive));
    let files: Vec<Vec<T>> = files.collect::<Result<_, _>>()?;
    Ok(files.into_iter().flatten().collect())
}

/// Renders a document in every format, in parallel, and hands each file over as soon as it is made.
///
/// # Errors
/// When a file cannot be made: our own bug, or a logo that is no image; and what the receiver says.
pub fn render<T: Send>(
    document: &Document,
    formats: &BTreeSet<FileFormat>,
    receive: impl Fn(File) -> Result<T, Error> + Sync,
) -> Result<Vec<T>, Error> {
    formats.par_iter().map(|format| receive(one(document, *format)?)).collect()
}

fn one(document: &Document, format: FileFormat) -> Result<File, Error> {
    let seen = |bytes| (bytes, BTreeSet::new());
    let (ending, made) = match format {
        FileFormat::Pdf => ("pdf", pdf::render(document)),
        FileFormat::Xlsx => ("xlsx", xlsx::report(document).map(seen)),
        FileFormat::Json => ("json", Ok(seen(json::write(document)))),
    };
    let name = format!("{}.{ending}", document.stem);
    match made {
        Ok((bytes, unseen)) => Ok(File { name, bytes, unseen }),
        Err(message) => Err(Error::Render { what: name, message }),
    }
}

/// A workbook to fill in: what `earnest init` writes.
///
/// # Errors
/// When it cannot be made: our own bug.
pub fn form(name: &str, form: &Form) -> Result<File, Error> {
    match xlsx::form(form) {
        Ok(bytes) => Ok(File { name: name.to_owned(), bytes, unseen: BTreeSet::new() }),
        Err(message) => Err(Error::Render { what: name.to_owned(), message }),
    }
}
