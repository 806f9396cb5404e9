//! `earnest init`: a workbook to fill in and a commented settings file.

use std::path::{Path, PathBuf};

use chrono::NaiveDate;

use crate::cli::listing::kind;
use crate::config;
use crate::delivery;
use crate::document::{Form, FormColumn, FormExample, FormTable};
use crate::error::Error;
use crate::intake::{ColumnKind, ColumnSpec, TABLES, TableSpec};
use crate::render;

/// The workbook's name.
const WORKBOOK: &str = "project.xlsx";

/// Tables whose example row would speak against the others': a link joins two tasks where the form shows
/// one, and a ready series would stand in for the figures of the tasks.
const WITHOUT_EXAMPLE: &[&str] = &["links", "performance"];

/// Writes both files into the folder; never over one that is there.
pub(super) fn write(folder: &Path) -> Result<Vec<PathBuf>, Error> {
    let workbook = render::form(WORKBOOK, &blank())?;
    delivery::write_new(
        folder,
        &[
            (workbook.name, workbook.bytes),
            (config::FILE_NAME.to_owned(), config::COMMENTED.as_bytes().to_vec()),
        ],
    )
}

/// Every canonical table as a form to fill in.
fn blank() -> Form {
    Form {
        title: "Project data".to_owned(),
        about: vec![
            "A sheet a table, a row a task, an hour booked, a posting. Only the sheet tasks is needed; whatever else is \
             missing, the report says what it could not assess for want of it."
                .to_owned(),
            "Columns with a dark head are required. The grey row in italics is an example: delete it, or write over all of it. Sheets \
             and columns you do not need may be left empty or removed."
                .to_owned(),
            format!("Then: earnest report {WORKBOOK}"),
        ],
        tables: TABLES.iter().map(|table| form_table(table)).collect(),
    }
}

fn form_table(spec: &TableSpec) -> FormTable {
    let example = |cell: &'static str| if WITHOUT_EXAMPLE.contains(&spec.name) { "" } else { cell };
    let columns = spec.columns.iter().zip(spec.example);
    FormTable {
        name: spec.name.to_owned(),
        about: spec.about.to_owned(),
        columns: columns.map(|(column, cell)| form_column(column, example(cell))).collect(),
    }
}

fn form_column(spec: &ColumnSpec, example: &str) -> FormColumn {
    let choices = if let ColumnKind::Choice(words) = spec.kind { words } else { &[] };
    FormColumn {
        name: spec.name.to_owned(),
        about: spec.about.to_owned(),
        required: spec.required,
        holds: kind(spec.kind).to_owned(),
        date: matches!(spec.kind, ColumnKind::Start | ColumnKind::Finish | ColumnKind::Day),
        choices: choices.iter().map(|word| (*word).to_owned()).collect(),
        example: form_example(spec.kind, example),
    }
}

/// The example in the type a spreadsheet would give it.
fn form_example(kind: ColumnKind, example: &str) -> FormExample {
    let number = matches!(
        kind,
        ColumnKind::Money | ColumnKind::Number | ColumnKind::Measure | ColumnKind::Hours | ColumnKind::Share
    );
    if example.is_empty() {
        FormExample::Blank
    } else if let (true, Ok(number)) = (number, example.parse()) {
        FormExample::Number(number)
    } else if let Ok(day) = example.parse::<NaiveDate>() {
        FormExample::Date(day)
    } else {
        FormExample::Text(example.to_owned())
    }
}
