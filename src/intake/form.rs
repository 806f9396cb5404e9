//! The example rows of the form that `earnest init` writes: they are left out once the plan has rows of its own.
//!
//! Whoever fills in the plan and the hours forgets the examples in twenty other sheets, and the report would lead with
//! a risk that nobody has.

use std::collections::BTreeSet;
use std::sync::Arc;

use crate::diagnostic::{Diagnostic, Diagnostics, Location, code};

use super::cell::Raw;
use super::datum::{Reader, Sense};
use super::frame::FactBuilder;
use super::how::{BareUnit, Evidence};
use super::{Datum, FactRows, Typed, TypedBody};

/// So many cells alike are no accident: a row that was written over in part.
const ALIKE: usize = 8;

/// Takes the rows of the form that are still as it has them out of files whose plan has other rows.
pub(super) fn leave_out_examples(tables: &mut [Typed], problems: &mut Diagnostics) {
    let filled: BTreeSet<Arc<str>> =
        tables.iter().filter(|table| has_other_rows(table)).map(|table| table.read.file.clone()).collect();
    for table in tables.iter_mut().filter(|table| filled.contains(&table.read.file)) {
        say_half_written(table, problems);
        if let Some(row) = leave_out(table) {
            table.read.rows = table.read.rows.saturating_sub(1);
            let message = word!("the example of the form is left out");
            let help = word!("delete the row, or write over it where it is yours");
            problems.push(Diagnostic::new(&code::EXAMPLE_ROW, place(table, row), message).help(help));
        }
    }
}

/// Whether this is a plan with a row that is not the form's.
fn has_other_rows(table: &Typed) -> bool {
    let TypedBody::Entities(entities) = &table.body else { return false };
    let example = example(table);
    table.spec.name == "tasks" && entities.iter().any(|(_, cells)| *cells != *example)
}

/// The form's example in the columns that the table has.
fn example(table: &Typed) -> Vec<Option<Datum>> {
    let columns = table.spec.columns.iter().zip(table.spec.example).zip(&table.columns);
    columns
        .filter(|(_, place)| place.is_some())
        .map(|((spec, text), _)| {
            let reader = Reader::new(spec, Evidence::new(spec.kind, BareUnit::Usual).how());
            match reader.read(Raw::from(*text)) {
                Ok(Sense::Datum(datum)) => Some(datum),
                _ => None,
            }
        })
        .collect()
}

/// Takes the example out of a table; its row of the spreadsheet where it was there.
fn leave_out(table: &mut Typed) -> Option<u32> {
    let example = example(table);
    if example.iter().flatten().count() < 2 {
        return None;
    }
    let present: Vec<usize> =
        (0..).zip(&table.columns).filter_map(|(index, place)| place.as_ref().map(|_| index)).collect();
    match &mut table.body {
        TypedBody::Entities(entities) => {
            let at = entities.iter().position(|(_, cells)| *cells == *example)?;
            Some(entities.remove(at))
        }
        // Facts may be millions: the form's is the first.
        TypedBody::Facts(facts) => {
            let is_example = !facts.rows.is_empty() && cells(facts, 0).eq(example.iter().map(Option::as_ref));
            let row = is_example.then(|| facts.rows.at(0))?;
            let mut rest = FactBuilder::new(table.spec, &present);
            let mut whole = vec![None; table.spec.columns.len()];
            for nth in 1..facts.rows.len() {
                for (index, cell) in present.iter().zip(cells(facts, nth)) {
                    whole[*index] = cell.cloned();
                }
                rest.push(facts.rows.at(nth), &whole);
            }
            *facts = rest.finish();
            Some(row)
        }
    }
}

/// The cells of a row of facts.
fn cells(facts: &FactRows, row: usize) -> impl Iterator<Item = Option<&Datum>> {
    facts.columns.iter().map(move |(_, column)| column.at(row).as_ref())
}

/// Says where a row was written over and cells of the example were left in it: they count as the user's.
fn say_half_written(table: &Typed, problems: &mut Diagnostics) {
    let TypedBody::Entities(entities) = &table.body else { return };
    let example = example(table);
    for (row, cells) in entities.iter().filter(|(_, cells)| **cells != *example) {
        let alike = cells.iter().zip(&example).filter(|(cell, of)| cell.is_some() && cell == of).count();
        if alike < ALIKE {
            continue;
        }
        let message = phrase!("{n} cells of this row are still those of the form's example", n = alike);
        let help = word!("they are counted; clear those that are not yours");
        problems.push(Diagnostic::new(&code::HALF_WRITTEN, place(table, row), message).help(help));
    }
}

fn place(table: &Typed, row: u32) -> Location {
    Location {
        file: table.read.file.clone(),
        sheet: table.read.sheet.clone(),
        row: Some(row),
        ..Location::default()
    }
}
