//! `earnest init`: a workbook to fill in and a commented settings file.

use std::path::{Path, PathBuf};

use crate::cli::listing::kind;
use crate::config;
use crate::delivery;
use crate::document::{Form, FormColumn, FormTable};
use crate::error::Error;
use crate::intake::{ColumnKind, TABLES};
use crate::render;

/// The workbook's name.
const WORKBOOK: &str = "project.xlsx";

/// Writes both files into the folder; never over one that is there.
pub(super) fn write(folder: &Path) -> Result<Vec<PathBuf>, Error> {
    let workbook = render::xlsx::form(&blank())?;
    delivery::write_new(
        folder,
        &[
            (WORKBOOK.to_owned(), workbook),
            (config::FILE_NAME.to_owned(), config::COMMENTED.as_bytes().to_vec()),
        ],
    )
}

/// Every canonical table as a form to fill in.
fn blank() -> Form {
    let column = |spec: &'static crate::intake::ColumnSpec, example: &'static str| FormColumn {
        name: spec.name,
        about: spec.about,
        required: spec.required,
        kind: kind(spec.kind),
        choices: if let ColumnKind::Choice(words) = spec.kind { words } else { &[] },
        example,
    };
    let table = |spec: &&'static crate::intake::TableSpec| FormTable {
        name: spec.name,
        about: spec.about,
        columns: spec.columns.iter().zip(spec.example).map(|(spec, example)| column(spec, example)).collect(),
    };
    Form { tables: TABLES.iter().map(table).collect() }
}
