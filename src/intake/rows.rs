//! The rows of one sheet: twice over them, first to decide how each column is read, then to read.

use std::sync::Arc;

use crate::diagnostic::{Diagnostic, Diagnostics, code};
use crate::model::TableRead;
use crate::source::Sheet;

use super::body::{Go, look, visit};
use super::cell::Raw;
use super::columns::{Headers, Matched, fit};
use super::datum::Reader;
use super::duration::Unit;
use super::fast;
use super::header::bracketed_unit;
use super::how::{BareUnit, Evidence};
use super::table::{Counted, Table};
use super::{TableSpec, Typed, TypedBody};

/// Reads the rows of a sheet.
pub(super) fn read(
    spec: &'static TableSpec,
    sheet: &Sheet,
    mut matched: Vec<Matched>,
    problems: &mut Diagnostics,
) -> Typed {
    match fast::read(spec, sheet, &matched, problems) {
        Ok(Some(table)) => return table,
        Ok(None) => {}
        Err(_) => {
            if let Some(repaired) = sheet.repaired(problems) {
                return read(spec, &repaired, matched, problems);
            }
        }
    }
    let label_row = label_row(spec, sheet, &mut matched, problems);
    let mut evidence: Vec<Evidence> =
        matched.iter().map(|m| Evidence::new(spec.columns[m.index].kind, m.bare_unit)).collect();
    // The columns that leave something open, and where each of their cells stands.
    let open = (0..).zip(&matched).filter(|(at, _): &(usize, _)| evidence[*at].tells());
    let (of, places): (Vec<usize>, Vec<usize>) =
        open.flat_map(|(at, matched)| matched.sources.iter().map(move |source| (at, *source))).unzip();
    let mut going = look(sheet, &places, label_row, &mut |number, raw| evidence[of[number]].see(raw));
    if going.is_err()
        && let Some(repaired) = sheet.repaired(problems)
    {
        return read(spec, &repaired, matched, problems);
    }
    let readers = decide(spec, sheet, &matched, evidence, problems);
    let mut table = Table::new(spec, sheet, &matched, readers, problems);
    if going.is_ok() {
        going = visit(sheet, &mut |seen| {
            if Some(seen.row) != label_row {
                table.row(&seen);
            }
            Go::On
        });
    }
    let (counted, body) = table.finish();
    if let Err(error) = going {
        let message = phrase!("the file could not be read to its end: {reason}", reason = error.to_string());
        problems.push(Diagnostic::new(&code::READ_AGAIN, sheet.location(sheet.header_row, None), message));
    }
    typed(spec, sheet, &matched, counted, body)
}

/// Readers that have made their decisions, each said.
pub(super) fn decide(
    spec: &'static TableSpec,
    sheet: &Sheet,
    matched: &[Matched],
    mut evidence: Vec<Evidence>,
    problems: &mut Diagnostics,
) -> Vec<Reader> {
    let file = Evidence::of_file(&evidence);
    for evidence in &mut evidence {
        evidence.follow(file);
    }
    for (matched, evidence) in matched.iter().zip(&evidence) {
        let at = sheet.location(sheet.header_row, matched.sources.first().copied());
        for note in evidence.notes(&at) {
            problems.push(note);
        }
    }
    matched.iter().zip(&evidence).map(|(m, e)| Reader::new(&spec.columns[m.index], e.how())).collect()
}

/// The typed table with what is told of it.
pub(super) fn typed(
    spec: &'static TableSpec,
    sheet: &Sheet,
    matched: &[Matched],
    counted: Counted,
    body: TypedBody,
) -> Typed {
    let mut columns: Vec<Option<(u32, Arc<str>)>> = vec![None; spec.columns.len()];
    let mut guessed = Vec::new();
    for matched in matched {
        let Some(source) = matched.sources.first() else {
            // Numbered rows: a place to point to.
            columns[matched.index] = Some((1, sheet.headers.first().cloned().unwrap_or_default()));
            continue;
        };
        let header = sheet.headers.get(*source).cloned().unwrap_or_default();
        if matched.by_alias {
            let written: Vec<&str> =
                matched.sources.iter().filter_map(|at| sheet.headers.get(*at)).map(|h| &**h).collect();
            guessed.push((written.join(" + "), spec.columns[matched.index].name));
        }
        columns[matched.index] = Some((u32::try_from(source + 1).unwrap_or(u32::MAX), header));
    }
    let understood = super::columns::understood(spec, &sheet.headers);
    let used = |at: usize| matched.iter().any(|m| m.sources.contains(&at));
    let unknown = sheet.headers.iter().enumerate();
    let unknown = unknown.filter(|(at, header)| !header.is_empty() && !used(*at) && !understood.contains(at));
    let read = TableRead {
        file: sheet.file.clone(),
        sheet: sheet.name.clone(),
        table: spec.name,
        rows: counted.rows,
        rejected: counted.rejected,
        in_part: counted.in_part,
        unknown_columns: unknown.map(|(_, header)| header.to_string()).collect(),
        guessed_columns: guessed,
        project: None,
    };
    Typed { spec, read, group: sheet.group.clone(), columns, body }
}

/// The row below the headers when it is a second row of headers; its units are taken.
fn label_row(
    spec: &'static TableSpec,
    sheet: &Sheet,
    matched: &mut [Matched],
    problems: &mut Diagnostics,
) -> Option<u32> {
    let mut first: Option<(u32, Vec<Arc<str>>)> = None;
    let text = |cell: &Raw<'_>| match cell {
        Raw::Text(text) => Arc::from(*text),
        _ => Arc::from(""),
    };
    let _ = visit(sheet, &mut |seen| {
        first = Some((seen.row, seen.raws.iter().map(text).collect()));
        Go::Stop
    });
    let (row, labels) = first?;
    let known = fit(spec, &Headers::new(&labels)).0;
    if known < 3 || known * 2 < matched.len() {
        return None;
    }
    for matched in matched {
        let label = matched.sources.first().and_then(|source| labels.get(*source));
        if let Some((unit, _)) =
            label.and_then(|label| bracketed_unit(label)).and_then(|word| Unit::named(&word))
        {
            matched.bare_unit = BareUnit::Said(unit);
        }
    }
    let message = phrase!("row {row} is a second row of headers", row = row.to_string());
    problems.push(Diagnostic::new(&code::LABEL_ROW, sheet.location(row, None), message));
    Some(row)
}
