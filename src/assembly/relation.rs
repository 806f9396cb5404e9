//! The text of a `predecessors` cell: `2`, `2FS+3d`, `3SS+6h;5FF-1d`, `A-12FS+2 days`.

use crate::intake::Lag;
use crate::model::RelationType;

/// One predecessor as written.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(super) struct Written<'a> {
    /// The task's id or WBS code as written.
    pub(super) task: &'a str,
    /// The task, where it is known.
    pub(super) found: Option<u32>,
    pub(super) relation: RelationType,
    pub(super) lag: Lag,
}

/// Reads a cell. `find` says which task a text is: ids may look like relations (`C2FS`), so what is a task as a
/// whole is taken whole.
pub(super) fn predecessors<'a>(cell: &'a str, find: &dyn Fn(&str) -> Option<u32>) -> Vec<Written<'a>> {
    let first: &[char] = if cell.contains([';', '\n']) { &[';', '\n'] } else { &[','] };
    let mut found = Vec::new();
    for part in cell.split(first).map(str::trim).filter(|part| !part.is_empty()) {
        let whole = one(part, find);
        // `2,4;7`: a comma may still separate where `;` does too, or be a decimal sign where the whole is known.
        if whole.found.is_none() && part.contains(',') {
            found.extend(part.split(',').map(str::trim).filter(|p| !p.is_empty()).map(|p| one(p, find)));
        } else {
            found.push(whole);
        }
    }
    found
}

fn one<'a>(part: &'a str, find: &dyn Fn(&str) -> Option<u32>) -> Written<'a> {
    let plain = Written { task: part, found: find(part), relation: RelationType::Fs, lag: Lag::NONE };
    if plain.found.is_some() {
        return plain;
    }
    let related = |text: &'a str, lag: Lag| {
        let (task, relation) = strip_relation(text)?;
        Some(Written { task, found: find(task), relation, lag })
    };
    let without_lag = related(part, Lag::NONE);
    if let Some(written) = without_lag
        && (written.found.is_some() || !part.contains(['+', '-']))
    {
        return written;
    }
    let Some(sign) = part.rfind(['+', '-', '−']) else { return plain };
    let (head, tail) = (part[..sign].trim_end(), &part[sign..]);
    let Some(lag) = Lag::read(tail) else { return without_lag.unwrap_or(plain) };
    match find(head) {
        // Without a relation word only a known task before a sign makes it a lag: `WP-3` is an id.
        Some(task) => Written { task: head, found: Some(task), relation: RelationType::Fs, lag },
        None => related(head, lag).unwrap_or(plain),
    }
}

/// Splits a relation word off the end: FS, SS, FF, SF; German EA, AA, EE, AE; French FD, DD, DF.
fn strip_relation(text: &str) -> Option<(&str, RelationType)> {
    let cut = text.len().checked_sub(2)?;
    let (head, word) = (text.get(..cut)?.trim_end(), text.get(cut..)?);
    let relation = relation(word)?;
    (!head.is_empty()).then_some((head, relation))
}

/// The relation type of a word, in the languages the tools write; `None` for anything else.
pub(super) fn relation(word: &str) -> Option<RelationType> {
    Some(match word.trim().to_uppercase().replace(['-', '_', ' '], "").as_str() {
        "FS" | "EA" | "FD" | "FINISHTOSTART" | "FINISHSTART" | "PRFS" => RelationType::Fs,
        "SS" | "AA" | "DD" | "STARTTOSTART" | "STARTSTART" | "PRSS" => RelationType::Ss,
        "FF" | "EE" | "FINISHTOFINISH" | "FINISHFINISH" | "PRFF" => RelationType::Ff,
        "SF" | "AE" | "DF" | "STARTTOFINISH" | "STARTFINISH" | "PRSF" => RelationType::Sf,
        _ => return None,
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use RelationType::{Ff, Fs, Sf, Ss};

    fn read<'a>(cell: &'a str, tasks: &[&str]) -> Vec<(&'a str, RelationType, Lag)> {
        let place = |text: &str| (0..).zip(tasks).find(|(_, task)| **task == text).map(|(place, _)| place);
        let written = predecessors(cell, &place);
        assert!(written.iter().all(|written| written.found == place(written.task)), "{cell}");
        written.into_iter().map(|written| (written.task, written.relation, written.lag)).collect()
    }

    #[test]
    fn the_forms_of_the_tools() {
        let none = Lag::Hours(0.0);
        let ids = ["2", "3", "5", "A-12", "P00001-T0003", "1.2.3"];
        assert_eq!(read("2", &ids), [("2", Fs, none)]);
        assert_eq!(read("2FS+3d", &ids), [("2", Fs, Lag::Days(3.0))]);
        assert_eq!(read("3SS+6h;5FF-1d", &ids), [("3", Ss, Lag::Hours(6.0)), ("5", Ff, Lag::Days(-1.0))]);
        assert_eq!(read("2,5", &ids), [("2", Fs, none), ("5", Fs, none)]);
        assert_eq!(read("A-12FS+2 days", &ids), [("A-12", Fs, Lag::Days(2.0))]);
        assert_eq!(read("A-12", &ids), [("A-12", Fs, none)]);
        assert_eq!(read("P00001-T0003", &ids), [("P00001-T0003", Fs, none)]);
        assert_eq!(read("1.2.3 SF - 2w", &ids), [("1.2.3", Sf, Lag::Days(-10.0))]);
        assert_eq!(read("2FS+1,5d;3", &ids), [("2", Fs, Lag::Days(1.5)), ("3", Fs, none)]);
        assert_eq!(read("2,3;5", &ids), [("2", Fs, none), ("3", Fs, none), ("5", Fs, none)]);
        assert_eq!(
            read("2EA+3 Tage; 3AA; 5AE", &ids),
            [("2", Fs, Lag::Days(3.0)), ("3", Ss, none), ("5", Sf, none)]
        );
        assert_eq!(read("2DD;3FD+2j", &ids), [("2", Ss, none), ("3", Fs, Lag::Days(2.0))]);
        assert_eq!(read("2+3d", &ids), [("2", Fs, Lag::Days(3.0))]);
        assert_eq!(read("2FS+50%", &ids), [("2", Fs, Lag::Share(0.5))]);
        assert_eq!(read("2FS-25%;3", &ids), [("2", Fs, Lag::Share(-0.25)), ("3", Fs, none)]);
        assert_eq!(read("2FS+3ed", &ids), [("2", Fs, Lag::Elapsed(72.0))]);
        assert_eq!(
            read("2SS+2 edays,3FF-1ew", &ids),
            [("2", Ss, Lag::Elapsed(48.0)), ("3", Ff, Lag::Elapsed(-168.0))]
        );
        assert_eq!(read("2FS+90emins", &ids), [("2", Fs, Lag::Elapsed(1.5))]);
        assert_eq!(read("2FS+50e%", &ids), [("2", Fs, Lag::Unsupported)]);
    }

    #[test]
    fn an_id_wins_over_what_it_looks_like() {
        assert_eq!(read("C2FS", &["C2FS", "C2"]), [("C2FS", Fs, Lag::Hours(0.0))]);
        assert_eq!(read("C2FS", &["C2"]), [("C2", Fs, Lag::Hours(0.0))]);
        assert_eq!(read("C2FSSS+1d", &["C2FS", "C2"]), [("C2FS", Ss, Lag::Days(1.0))]);
        assert_eq!(read("WP-3", &["WP-3", "WP"]), [("WP-3", Fs, Lag::Hours(0.0))]);
    }

    #[test]
    fn what_is_unknown_is_named_as_written() {
        assert_eq!(read("99FS+2d", &["2"]), [("99", Fs, Lag::Days(2.0))]);
        assert_eq!(read("X-99", &["2"]), [("X-99", Fs, Lag::Hours(0.0))]);
        assert_eq!(read("X-99SS", &["2"]), [("X-99", Ss, Lag::Hours(0.0))]);
        assert_eq!(read("", &["2"]), []);
        assert_eq!(read(" ; ", &["2"]), []);
    }
}
