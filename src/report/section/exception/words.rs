//! How a breach of tolerance and the decision it needs read, here and on page 1.

use super::options;
use crate::analysis::exception::{Area, Tolerance};
use crate::report::subject::Subject;
use crate::report::wording::{listed, lower, working_days};
use crate::wording::{counted, is_or_are, percent};

/// Every tolerance that is forecast to break, and by how much.
pub(in crate::report) fn breaches(subject: &Subject<'_>) -> String {
    let breaches = subject.found.exception.breaches().map(|tolerance| breach(subject, tolerance));
    listed(&breaches.collect::<Vec<_>>())
}

/// `the cost tolerance of EUR 48,000 is exceeded by EUR 81,515`.
fn breach(subject: &Subject<'_>, tolerance: &Tolerance) -> String {
    let (Some(allowed), Some(beyond)) = (tolerance.allowed, tolerance.beyond()) else { return String::new() };
    let amount = |units: f64| subject.format.amount(units);
    let exceeded = |what: &str, allowed: String, beyond: String| {
        format!("the {what} tolerance of {allowed} is exceeded by {beyond}")
    };
    match tolerance.area {
        Area::Cost => exceeded("cost", amount(allowed), amount(beyond)),
        Area::Time => {
            exceeded("finish", subject.say(working_days(allowed)), subject.say(working_days(beyond)))
        }
        Area::Risk => exceeded("risk", amount(allowed), amount(beyond)),
        Area::Benefit => exceeded("benefit", percent(allowed), percent(beyond)),
        Area::Scope => counts(allowed, beyond, "deliverable", "rejected or left out"),
        Area::Quality => counts(allowed, beyond, "critical or high defect", "open"),
    }
}

/// `7 critical or high defects are open where 5 may be`.
fn counts(allowed: f64, beyond: f64, what: &str, state: &str) -> String {
    let may = if allowed < 0.5 { "none".to_owned() } else { format!("{allowed}") };
    let open = allowed + beyond;
    format!("{} {} {state} where {may} may be", counted(open, what), is_or_are(open))
}

/// What is recommended, in a few words; `None` where no options were weighed.
pub(in crate::report) fn recommended(subject: &Subject<'_>) -> Option<String> {
    let options = subject.found.exception.options.as_ref()?;
    let choice = options.choices.get(options.recommended)?;
    let name = lower(&options::name(subject, choice));
    Some(format!("{name}{}", options::promised(subject, choice)))
}

/// What the sponsor has to decide on; `None` where nothing is forecast to break.
pub(in crate::report) fn wanted(subject: &Subject<'_>) -> Option<&'static str> {
    let found = &subject.found.exception;
    let breaks = |area| found.breaks(area);
    Some(match (breaks(Area::Cost), breaks(Area::Time)) {
        (true, true) => "budget, scope and finish",
        (true, false) => "more budget or less scope",
        (false, true) => "a later finish or more hands",
        _ if breaks(Area::Scope) => "what is accepted without the missing deliverables",
        _ if breaks(Area::Quality) => "more time for corrections or lower criteria",
        _ if breaks(Area::Risk) => "more responses or more contingency",
        _ if breaks(Area::Benefit) => "whether the project is still worth its cost",
        _ => return None,
    })
}
