//! Operations against project work: keeping what is there alive is not changing it.

/// The rule, for the reader.
pub const OPERATIONS_RULE: &str = word!(
    "Operations are hours booked under an activity that is called so (operations, run, \
    support, maintenance, on call, service desk, incident), and hours on tasks outside the plan whose code begins with \
    OPS, RUN, BAU, SUP, INC or MNT. All other hours are project work, level of effort included."
);

/// What names operations within an activity: words that follow each other, each as the beginning of one.
const ACTIVITIES: &[&[&str]] = &[
    &["operation"],
    &["maintenance"],
    &["support"],
    &["incident"],
    &["on", "call"],
    &["service", "desk"],
    &["help", "desk"],
    &["helpdesk"],
    &["betrieb"],
    &["wartung"],
    &["exploitation"],
    &["soporte"],
    &["mantenimiento"],
    &["explotaci\u{f3}n"],
];

/// Activities that are operations where nothing else is said: as part of another name they mean something else.
const WHOLE: &[&str] = &["run", "ops", "bau", "business as usual"];

/// How the codes of tasks outside the plan begin.
const CODES: &[&str] = &["ops", "run", "bau", "sup", "inc", "mnt"];

/// Whether an activity is operations.
pub(super) fn is_activity(name: &str) -> bool {
    let name = name.trim().to_lowercase();
    let words: Vec<&str> =
        name.split(|c: char| !c.is_alphanumeric()).filter(|word| !word.is_empty()).collect();
    let called = |begins: &[&str]| {
        words
            .windows(begins.len())
            .any(|words| words.iter().zip(begins).all(|(word, begin)| word.starts_with(begin)))
    };
    WHOLE.contains(&name.as_str()) || ACTIVITIES.iter().any(|begins| called(begins))
}

/// Whether a task that is not in the plan is operations by its code: the letters before its number.
pub(super) fn is_task(code: &str) -> bool {
    let code = code.trim().to_lowercase();
    let letters = code.split(|c: char| !c.is_alphabetic()).next().unwrap_or_default();
    CODES.contains(&letters)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn operations_are_known_by_activity_or_code() {
        for name in
            ["Operations", "2nd level support", "run", "On-call duty", "IT-Betrieb Betrieb", "Service desk"]
        {
            assert!(is_activity(name), "{name}");
        }
        for name in ["Development", "Test run", "Meeting", "", "Runbook"] {
            assert!(!is_activity(name), "{name}");
        }
        for code in ["OPS-114", "ops 3", "INC0012345", "RUN"] {
            assert!(is_task(code), "{code}");
        }
        for code in ["ATL-9", "OPSX-1", "Ops\u{e9}-1", ""] {
            assert!(!is_task(code), "{code}");
        }
    }
}
