//! Plans that were exported without a column of ids.

use std::collections::HashSet;

use crate::diagnostic::{Diagnostic, Diagnostics, code};
use crate::source::Sheet;

use super::{Headers, Matched, Together, fit, has_any};
use crate::intake::TableSpec;
use crate::intake::body::{Go, visit};
use crate::intake::how::BareUnit;
use crate::intake::tasks::TABLE;

/// Whether the headers are those of a plan, but for ids: some tools export none, and link by the number of the row.
pub(in crate::intake) fn is_plan_without_ids(headers: &Headers<'_>) -> bool {
    const SIGNS: &[&str] = &["predecessors", "percent_complete", "baseline_start", "baseline_finish"];
    let spec = &TABLE;
    let (columns, lacking) = fit(spec, headers);
    lacking == ["id"] && columns >= 4 && has_any(spec, SIGNS, headers)
}

/// Whether a plan has no column of ids.
pub(super) fn is_so(spec: &TableSpec, matched: &[Matched]) -> bool {
    spec.name == "tasks" && !matched.iter().any(|m| spec.columns[m.index].name == "id")
}

/// What tasks are called that have no ids: their WBS codes where each has one of its own, else the numbers of their
/// rows, which are what such tools write as predecessors.
pub(super) fn stand_in(
    spec: &'static TableSpec,
    sheet: &Sheet,
    matched: &[Matched],
    problems: &mut Diagnostics,
) -> Matched {
    let wbs = matched.iter().find(|m| spec.columns[m.index].name == "wbs");
    let wbs = wbs.and_then(|m| m.sources.first().copied()).filter(|place| is_unique(sheet, *place));
    let message = match wbs {
        Some(place) => phrase!(
            "there is no column of ids: the tasks are called by '{header}'",
            header = &*sheet.headers[place]
        ),
        None => word!(
            "there is no column of ids: the tasks are called by the numbers of their rows below the headers"
        )
        .into(),
    };
    let help = word!("add a column `id` if other tables call the tasks otherwise");
    let at = sheet.location(sheet.header_row, wbs);
    problems.push(Diagnostic::new(&code::NO_IDS, at, message).help(help));
    let index = spec.column("id").unwrap_or_default();
    let sources = wbs.into_iter().collect();
    Matched { index, sources, together: Together::Words, bare_unit: BareUnit::Usual, by_alias: true }
}

/// Whether every row has a text of its own in the column.
fn is_unique(sheet: &Sheet, place: usize) -> bool {
    let mut seen = HashSet::new();
    let mut is_unique = true;
    let _ = visit(sheet, &mut |row| {
        let text = row.raws.get(place).and_then(|raw| raw.text());
        is_unique = text.is_some_and(|text| seen.insert(text.into_owned()));
        if is_unique { Go::On } else { Go::Stop }
    });
    is_unique
}
