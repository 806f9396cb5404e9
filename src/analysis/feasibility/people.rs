//! People: what is planned for them against the hours they have.

use super::{Figure, Given, Outcome};
use crate::analysis::ledger::folded;
use crate::analysis::presence::{Presence, by_person};
use crate::language::{Part, Phrase};
use crate::quantity::Work;

/// A person with planned hours.
struct Load<'a> {
    name: &'a str,
    planned: f64,
    /// Hours from the start of the plan to its finish; `None` for one whom no table of resources names.
    available: Option<f64>,
}

/// All of them together.
pub(super) fn all(given: &Given<'_>) -> Result<Outcome, Phrase> {
    let loads = loads(given)?;
    let known = |load: &&Load<'_>| load.available.is_some();
    let planned: f64 = loads.iter().filter(known).map(|load| load.planned).sum();
    let available: f64 = loads.iter().filter_map(|load| load.available).sum();
    let strangers: Vec<&Load<'_>> = loads.iter().filter(|load| load.available.is_none()).collect();
    let beside: f64 = strangers.iter().map(|load| load.planned).sum();
    let share = (available > 0.0)
        .then(|| phrase!("{share} of their hours", share = Part::share(planned / available)));
    let beside = (!strangers.is_empty()).then(|| {
        phrase!(
            "{hours} more are planned for {n} {n|name|names} that the resources do not list",
            hours = Work::from_hours(beside),
            n = strangers.len()
        )
    });
    Ok(Outcome {
        figure: Figure::Hours(planned),
        threshold: Figure::Hours(available),
        holds: planned <= available && strangers.is_empty(),
        note: Phrase::clauses(share.into_iter().chain(beside)),
    })
}

/// The one with the least to spare.
pub(super) fn busiest(given: &Given<'_>) -> Result<Outcome, Phrase> {
    let loads = loads(given)?;
    let shares = loads.iter().filter_map(|load| {
        let available = load.available.filter(|available| *available > 0.0)?;
        Some((load.planned / available, load.name))
    });
    // Of equals the first by name.
    let busiest = shares.max_by(|a, b| a.0.total_cmp(&b.0).then_with(|| b.1.cmp(a.1)));
    let (share, name) = busiest.ok_or(word!("nobody in the resources has hours in the time of the plan"))?;
    Ok(Outcome {
        figure: Figure::Share(share),
        threshold: Figure::Share(1.0),
        holds: share <= 1.0,
        note: phrase!("{name}, over the whole time", name),
    })
}

/// Everybody with planned hours. Nothing without resources: nobody's hours are known then.
fn loads<'a>(given: &Given<'a>) -> Result<Vec<Load<'a>>, Phrase> {
    let (Some(start), Some(finish)) = (given.value.planned_start, given.value.planned_finish) else {
        return Err(phrase!("the baseline has no dates"));
    };
    if given.project.resources.is_empty() {
        return Err(phrase!("there is no table of resources"));
    }
    let resources = by_person(given.project);
    let people = given.effort.people.iter();
    let loads: Vec<Load<'a>> = people
        .filter_map(|person| {
            let planned = person.planned.filter(|planned| planned.0 > 0)?;
            let rows = resources.get(&folded(&person.name));
            let presence = rows.and_then(|rows| Presence::of(given.project, rows));
            let available = presence.map(|presence| presence.between(start, finish).hours());
            Some(Load { name: &person.name, planned: planned.hours(), available })
        })
        .collect();
    if loads.is_empty() {
        return Err(phrase!("no task has planned hours for anybody"));
    }
    Ok(loads)
}
