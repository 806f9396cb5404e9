//! How a breach of tolerance and the decision it needs read, here and on page 1.

use super::options;
use crate::analysis::exception::{Area, Tolerance};
use crate::language::{Part, Phrase};
use crate::report::subject::Subject;
use crate::report::wording::working_days;

/// Every tolerance that is forecast to break, and by how much.
pub(in crate::report) fn breaches(subject: &Subject<'_>) -> Part {
    let breaches = subject.found.exception.breaches().filter_map(|tolerance| breach(subject, tolerance));
    breaches.map(Part::from).collect::<Vec<_>>().into()
}

/// `the cost tolerance of EUR 48,000 is exceeded by EUR 81,515`.
fn breach(subject: &Subject<'_>, tolerance: &Tolerance) -> Option<Phrase> {
    let (allowed, beyond) = (tolerance.allowed?, tolerance.beyond()?);
    let amount = |units: f64| subject.format.amount(units);
    Some(match tolerance.area {
        Area::Cost => phrase!(
            "the cost tolerance of {allowed} is exceeded by {beyond}",
            allowed = amount(allowed),
            beyond = amount(beyond)
        ),
        Area::Time => phrase!(
            "the finish tolerance of {allowed} is exceeded by {beyond}",
            allowed = working_days(allowed),
            beyond = working_days(beyond)
        ),
        Area::Risk => phrase!(
            "the risk tolerance of {allowed} is exceeded by {beyond}",
            allowed = amount(allowed),
            beyond = amount(beyond)
        ),
        Area::Benefit => phrase!(
            "the benefit tolerance of {allowed} is exceeded by {beyond}",
            allowed = Part::share(allowed),
            beyond = Part::share(beyond)
        ),
        Area::Scope => deliverables(allowed, beyond),
        Area::Quality => defects(allowed, beyond),
    })
}

/// `2 deliverables are rejected or left out where 1 may be`.
fn deliverables(allowed: f64, beyond: f64) -> Phrase {
    let n = Part::short(allowed + beyond, 2);
    if allowed < 0.5 {
        phrase!("{n} {n|deliverable is|deliverables are} rejected or left out where none may be", n)
    } else {
        phrase!(
            "{n} {n|deliverable is|deliverables are} rejected or left out where {allowed} may be",
            n,
            allowed = Part::short(allowed, 2)
        )
    }
}

/// `7 critical or high defects are open where 5 may be`.
fn defects(allowed: f64, beyond: f64) -> Phrase {
    let n = Part::short(allowed + beyond, 2);
    if allowed < 0.5 {
        phrase!("{n} {n|critical or high defect is|critical or high defects are} open where none may be", n)
    } else {
        phrase!(
            "{n} {n|critical or high defect is|critical or high defects are} open where {allowed} may be",
            n,
            allowed = Part::short(allowed, 2)
        )
    }
}

/// What is recommended, in a few words; `None` where no options were weighed.
pub(in crate::report) fn recommended(subject: &Subject<'_>) -> Option<Phrase> {
    let options = subject.found.exception.options.as_ref()?;
    let choice = options.choices.get(options.recommended)?;
    Some(options::with_promise(subject, choice, options::name_within(subject, choice)))
}

/// What the sponsor has to decide on; `None` where nothing is forecast to break.
pub(in crate::report) fn wanted(subject: &Subject<'_>) -> Option<Phrase> {
    let found = &subject.found.exception;
    let breaks = |area| found.breaks(area);
    Some(match (breaks(Area::Cost), breaks(Area::Time)) {
        (true, true) => phrase!("budget, scope and finish"),
        (true, false) => phrase!("more budget or less scope"),
        (false, true) => phrase!("a later finish or more hands"),
        _ if breaks(Area::Scope) => phrase!("what is accepted without the missing deliverables"),
        _ if breaks(Area::Quality) => phrase!("more time for corrections or lower criteria"),
        _ if breaks(Area::Risk) => phrase!("more responses or more contingency"),
        _ if breaks(Area::Benefit) => phrase!("whether the project is still worth its cost"),
        _ => return None,
    })
}
