//! One export saved twice: tables of an input that say the very same.

use std::collections::BTreeMap;
use std::sync::Arc;

use crate::diagnostic::{Diagnostic, Diagnostics, Location, code};

use super::{FactRows, Typed, TypedBody};

/// Leaves out tables that are a copy of another in the same input. Which of the two makes no difference.
pub(super) fn leave_out(tables: &mut Vec<Typed>, problems: &mut Diagnostics) {
    let mut kept: Vec<Typed> = Vec::with_capacity(tables.len());
    // Folders of one name are an input each, and may have the same holidays.
    let folder = |file: &str| file.rsplit_once('/').map_or("", |(folder, _)| folder).to_owned();
    let mut of_group: BTreeMap<(String, Arc<str>, &str), Vec<usize>> = BTreeMap::new();
    for table in tables.drain(..) {
        let alike =
            of_group.entry((folder(&table.read.file), table.group.clone(), table.spec.name)).or_default();
        let Some(first) = alike.iter().map(|at| &kept[*at]).find(|other| is_copy(other, &table)) else {
            alike.push(kept.len());
            kept.push(table);
            continue;
        };
        let message = phrase!(
            "its {n} {n|row is|rows are} those of '{file}' once more: left out",
            n = table.read.rows,
            file = &*first.read.file
        );
        let place = |table: &Typed| Location {
            file: table.read.file.clone(),
            sheet: table.read.sheet.clone(),
            ..Location::default()
        };
        let help = word!("remove one of the two files; if each counts, put both into one table");
        problems.push(Diagnostic::new(&code::COPY, place(&table), message).also(place(first)).help(help));
    }
    *tables = kept;
}

/// Whether two tables of one kind have the same columns and rows.
fn is_copy(one: &Typed, other: &Typed) -> bool {
    let have_columns = || {
        let present = |typed: &Typed| typed.columns.iter().map(Option::is_some).collect::<Vec<_>>();
        present(one) == present(other)
    };
    one.read.rows == other.read.rows
        && one.read.rejected == other.read.rejected
        && one.read.rows > one.read.rejected
        && have_columns()
        && match (&one.body, &other.body) {
            (TypedBody::Entities(one), TypedBody::Entities(other)) => {
                one.len() == other.len() && one.iter().zip(other.iter()).all(|(one, other)| one.1 == other.1)
            }
            (TypedBody::Facts(one), TypedBody::Facts(other)) => have_same_rows(one, other),
            _ => false,
        }
}

fn have_same_rows(one: &FactRows, other: &FactRows) -> bool {
    let columns = one.columns.iter().zip(&other.columns);
    one.rows.len() == other.rows.len()
        && columns.into_iter().all(|((_, one), (_, other))| one.iter().eq(other.iter()))
}
