//! People: what is planned for them against the hours they have.

use std::collections::BTreeMap;

use super::{Figure, Given, Outcome};
use crate::analysis::ledger::folded;
use crate::calendar::{Moment, end_of_day, start_of_day};
use crate::model::Resource;
use crate::quantity::Work;
use crate::wording::{counted, hours, percent};

/// A person with planned hours.
struct Load<'a> {
    name: &'a str,
    planned: f64,
    /// Hours from the start of the plan to its finish; `None` for one whom no table of resources names.
    available: Option<f64>,
}

/// All of them together.
pub(super) fn all(given: &Given<'_>) -> Result<Outcome, String> {
    let loads = loads(given)?;
    let known = |load: &&Load<'_>| load.available.is_some();
    let planned: f64 = loads.iter().filter(known).map(|load| load.planned).sum();
    let available: f64 = loads.iter().filter_map(|load| load.available).sum();
    let strangers: Vec<&Load<'_>> = loads.iter().filter(|load| load.available.is_none()).collect();
    let beside: f64 = strangers.iter().map(|load| load.planned).sum();
    let mut notes = Vec::new();
    if available > 0.0 {
        notes.push(format!("{} of their hours", percent(planned / available)));
    }
    if !strangers.is_empty() {
        let people = counted(strangers.len(), "name");
        let beside = hours(Work::from_hours(beside));
        notes.push(format!("{beside} more are planned for {people} that the resources do not list"));
    }
    Ok(Outcome {
        figure: Figure::Hours(planned),
        threshold: Figure::Hours(available),
        holds: planned <= available && strangers.is_empty(),
        note: notes.join("; "),
    })
}

/// The one with the least to spare.
pub(super) fn busiest(given: &Given<'_>) -> Result<Outcome, String> {
    let loads = loads(given)?;
    let shares = loads.iter().filter_map(|load| {
        let available = load.available.filter(|available| *available > 0.0)?;
        Some((load.planned / available, load.name))
    });
    // Of equals the first by name.
    let busiest = shares.max_by(|a, b| a.0.total_cmp(&b.0).then_with(|| b.1.cmp(a.1)));
    let (share, name) = busiest.ok_or("nobody in the resources has hours in the time of the plan")?;
    Ok(Outcome {
        figure: Figure::Share(share),
        threshold: Figure::Share(1.0),
        holds: share <= 1.0,
        note: format!("{name}, over the whole time"),
    })
}

/// Everybody with planned hours. Nothing without resources: nobody's hours are known then.
fn loads<'a>(given: &Given<'a>) -> Result<Vec<Load<'a>>, String> {
    let (Some(start), Some(finish)) = (given.value.planned_start, given.value.planned_finish) else {
        return Err("the baseline has no dates".to_owned());
    };
    if given.project.resources.is_empty() {
        return Err("there is no table of resources".to_owned());
    }
    let mut resources: BTreeMap<String, Vec<&Resource>> = BTreeMap::new();
    for row in &given.project.resources {
        resources.entry(folded(&row.person)).or_default().push(row);
    }
    let people = given.effort.people.iter();
    let loads: Vec<Load<'a>> = people
        .filter_map(|person| {
            let planned = person.planned.filter(|planned| planned.0 > 0)?;
            let rows = resources.get(&folded(&person.name));
            let available = rows.and_then(|rows| available(given, rows, (start, finish))).map(Work::hours);
            Some(Load { name: &person.name, planned: planned.hours(), available })
        })
        .collect();
    if loads.is_empty() {
        return Err("no task has planned hours for anybody".to_owned());
    }
    Ok(loads)
}

/// Working time of a person by calendar and presence within the plan.
fn available(given: &Given<'_>, rows: &[&Resource], (start, finish): (Moment, Moment)) -> Option<Work> {
    let row = rows.last()?;
    let calendars = &given.project.calendars;
    let calendar = calendars.get(row.calendar).or(calendars.first())?;
    let from = rows.iter().filter_map(|row| row.available_from).min().map(start_of_day);
    let to = rows.iter().filter_map(|row| row.available_to).max().map(end_of_day);
    let (from, to) = (from.map_or(start, |from| from.max(start)), to.map_or(finish, |to| to.min(finish)));
    let work = if to > from { calendar.work_between(from, to) } else { Work::ZERO };
    Some(match row.hours_per_day.filter(|_| calendar.hours_per_day() > 0.0) {
        Some(hours) => Work::from_hours(work.hours() * hours / calendar.hours_per_day()),
        None => work,
    })
}
