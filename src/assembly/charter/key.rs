//! The keys of a charter: what each may be called, and which one was meant by a key that is none.

use strsim::osa_distance;

use crate::diagnostic::{Diagnostic, Location, code};

/// Every key that sets something, folded, with its other names.
const KEYS: &[(&str, &[&str])] = &[
    ("name", &["project_name", "project", "title"]),
    ("currency", &[]),
    ("calendar", &[]),
    ("sponsor", &[]),
    ("manager", &["project_manager"]),
    ("need", &["business_need", "problem", "bedarf", "besoin", "necesidad"]),
    ("purpose", &["goal", "zweck", "ziel", "objet", "but", "propósito"]),
    ("decision", &["sponsor_decision"]),
    ("scope", &["in_scope"]),
    ("out_of_scope", &["not_in_scope"]),
    ("assumptions", &["assumption"]),
    ("constraints", &["constraint"]),
    ("strengths", &["strength"]),
    ("weaknesses", &["weakness"]),
    ("narrative", &["summary"]),
    ("baseline", &[]),
    ("baseline_date", &["baseline_approved"]),
    ("first_budget", &["first_bac", "original_budget"]),
    ("first_finish", &["original_finish"]),
    ("start", &[]),
    ("finish", &["end"]),
    ("tolerance_cost", &[]),
    ("tolerance_days", &[]),
    ("tolerance_scope", &[]),
    ("tolerance_quality", &[]),
    ("tolerance_risk", &[]),
    ("tolerance_benefit", &["tolerance_benefits"]),
    ("discount_rate", &[]),
];

/// The key of a folded name.
pub(super) fn of(folded: &str) -> Option<&'static str> {
    KEYS.iter().find(|(key, others)| *key == folded || others.contains(&folded)).map(|(key, _)| *key)
}

/// Whether its value is an amount of money.
pub(super) fn is_amount(key: &str) -> bool {
    matches!(key, "first_budget" | "tolerance_cost" | "tolerance_risk")
}

/// Whether a second entry adds to the first.
pub(super) fn adds(key: &str) -> bool {
    matches!(key, "scope" | "out_of_scope" | "assumptions" | "constraints" | "strengths" | "weaknesses")
}

/// Says that a key sets nothing, and which one may have been meant.
pub(super) fn unknown(written: &str, folded: &str, at: Location) -> Diagnostic {
    let written = written.trim();
    match nearest(folded) {
        Some(meant) => Diagnostic::new(
            &code::CHARTER_KEY_MISSPELT,
            at,
            phrase!("'{key}' is no key of the charter: it sets nothing", key = written),
        )
        .help(phrase!("write {key} if that is what it is meant to be", key = meant)),
        None => Diagnostic::new(
            &code::CHARTER_KEY_UNKNOWN,
            at,
            phrase!("'{key}' is kept as text and sets nothing", key = written),
        )
        .help(phrase!(
            "keys that set something are {keys}",
            keys = KEYS.iter().map(|(key, _)| *key).collect::<Vec<_>>().join(", ")
        )),
    }
}

/// The name that differs in the fewest letters (a swap of neighbours is one), where these are few for its length: one
/// of five, two of ten.
fn nearest(folded: &str) -> Option<&'static str> {
    let names = KEYS.iter().flat_map(|(key, others)| std::iter::once(key).chain(*others));
    let far = names.map(|name| (osa_distance(folded, name), *name));
    far.filter(|(far, name)| far * 5 <= name.chars().count())
        .min_by_key(|(far, _)| *far)
        .map(|(_, name)| name)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_slip_is_near_and_another_word_is_not() {
        for (slip, meant) in [
            ("tolerence_days", Some("tolerance_days")),
            ("tolerance_day", Some("tolerance_days")),
            ("curency", Some("currency")),
            ("sopnsor", Some("sponsor")),
            ("finsh", Some("finish")),
            ("discountrate", Some("discount_rate")),
            ("department", None),
            ("tolerance_other", None),
            ("risk", None),
            ("", None),
        ] {
            assert_eq!(nearest(slip), meant, "{slip}");
        }
    }

    #[test]
    fn every_name_means_one_key() {
        let mut names: Vec<&str> = KEYS
            .iter()
            .flat_map(|(key, others)| std::iter::once(*key).chain(others.iter().copied()))
            .collect();
        let all = names.len();
        names.sort_unstable();
        names.dedup();
        assert_eq!(names.len(), all);
    }
}
