//! Time sheets of tools that know no tasks: the key of a task stands in what was done.

use crate::diagnostic::{Diagnostic, Diagnostics, code};
use crate::source::Sheet;

use super::{Matched, SAMPLE, Together};
use crate::intake::TableSpec;
use crate::intake::body::{Go, visit};
use crate::intake::how::BareUnit;

/// Takes the tasks from the notes, where no row names one otherwise and notes have keys.
pub(super) fn tasks_in_notes(
    spec: &'static TableSpec,
    sheet: &Sheet,
    matched: &mut Vec<Matched>,
    problems: &mut Diagnostics,
) {
    let place = |name: &str| matched.iter().position(|m| spec.columns[m.index].name == name);
    let source = |at: Option<usize>| at.and_then(|at| matched[at].sources.first().copied());
    let (task, note) = (place("task"), source(place("note")));
    let (Some(index), Some(note)) = (spec.column("task").filter(|_| spec.name == "timesheets"), note) else {
        return;
    };
    let (own, mut rows, mut keys, mut names) = (source(task), 0, 0, 0);
    let _ = visit(sheet, &mut |row| {
        let text = |place: usize| row.raws.get(place).and_then(|raw| raw.or_empty().text());
        rows += 1;
        keys += usize::from(text(note).is_some_and(|text| key_in(&text).is_some()));
        names += usize::from(own.is_some_and(|own| text(own).is_some()));
        if rows < SAMPLE && names == 0 { Go::On } else { Go::Stop }
    });
    if keys == 0 || names > 0 {
        return;
    }
    let message = phrase!(
        "no row names a task; the keys in '{header}' are taken for them",
        header = &*sheet.headers[note]
    );
    let at = sheet.location(sheet.header_row, Some(note));
    let help = word!("write the ids of the tasks to be sure");
    problems.push(Diagnostic::new(&code::MATCHED_OTHERWISE, at, message).help(help));
    if let Some(task) = task {
        matched.remove(task);
    }
    matched.push(Matched {
        index,
        sources: vec![note],
        together: Together::Key,
        bare_unit: BareUnit::Usual,
        by_alias: true,
    });
}

/// The first key of a tracker in a text: `STC-198` of `[STC-198] fix the login`.
pub(in crate::intake) fn key_in(text: &str) -> Option<&str> {
    let words = text.split(|c: char| !(c.is_alphanumeric() || matches!(c, '-' | '_')));
    words.into_iter().find(|word| {
        word.rsplit_once('-').is_some_and(|(head, number)| {
            let is_head = head.starts_with(char::is_alphabetic) && head.chars().all(|c| !c.is_lowercase());
            is_head && head.len() > 1 && !number.is_empty() && number.bytes().all(|b| b.is_ascii_digit())
        })
    })
}

#[cfg(test)]
mod tests {
    use super::key_in;

    #[test]
    fn a_key_is_capitals_a_hyphen_and_digits() {
        assert_eq!(key_in("[STC-198] fix the login"), Some("STC-198"));
        assert_eq!(key_in("review of APP_2-7, at last"), Some("APP_2-7"));
        assert_eq!(key_in("co-op with sub-14 on 2026-03-31, part T-"), None);
    }
}
