//! Load and capacity in the JSON: hours, and shares of capacity.

use serde::Serialize;

use super::{hours, rounded};
use crate::analysis::load::{Overload, PersonLoad, WeekLoad};
use crate::quantity::Work;
use crate::report::subject::Subject;

/// Who has how much to do when.
#[derive(Serialize)]
pub(super) struct Load<'a> {
    /// The Monday of the status date's week; before it hours are booked, after it planned.
    status_week: Option<String>,
    /// The last day that `ahead` speaks of.
    ahead_to: Option<String>,
    people: Vec<Person<'a>>,
    overallocated: Vec<Over<'a>>,
    unassigned: Vec<Part<'a>>,
    undated: Vec<Part<'a>>,
}

#[derive(Serialize)]
struct Person<'a> {
    name: &'a str,
    role: Option<&'a str>,
    ahead: Ahead,
    to_the_end: Ahead,
    weeks: Vec<Week>,
}

/// From the status date on.
#[derive(Serialize)]
struct Ahead {
    capacity: Option<f64>,
    planned: f64,
    utilisation: Option<f64>,
}

#[derive(Serialize)]
struct Week {
    #[serde(rename = "week")]
    first: String,
    capacity: Option<f64>,
    booked: f64,
    planned: f64,
    utilisation: Option<f64>,
}

#[derive(Serialize)]
struct Over<'a> {
    person: &'a str,
    first: String,
    last: String,
    capacity: f64,
    load: f64,
    utilisation: Option<f64>,
    highest_week: Option<f64>,
    tasks: Vec<Part<'a>>,
}

#[derive(Serialize)]
struct Part<'a> {
    task: &'a str,
    hours: f64,
}

/// The load of a project; `None` when no work is left.
pub(super) fn load<'a>(subject: &Subject<'a>) -> Option<Load<'a>> {
    let found = &subject.found.load;
    if !found.has_work() {
        return None;
    }
    let week = |index: usize| found.weeks.get(index);
    let parts =
        |list: &[(usize, Work)]| list.iter().filter_map(|(task, work)| part(subject, *task, *work)).collect();
    let person = |person: &'a PersonLoad| Person {
        name: &person.name,
        role: person.role.as_deref(),
        ahead: ahead(&person.ahead),
        to_the_end: ahead(&person.all),
        weeks: person
            .weeks
            .iter()
            .zip(&found.weeks)
            .map(|(load, week)| Week {
                first: week.first.to_string(),
                capacity: load.capacity.map(hours),
                booked: hours(load.booked),
                planned: hours(load.planned),
                utilisation: load.utilisation().map(rounded),
            })
            .collect(),
    };
    let over = |over: &'a Overload| {
        Some(Over {
            person: &over.person,
            first: week(over.weeks.0)?.first.to_string(),
            last: week(over.weeks.1)?.last().to_string(),
            capacity: hours(over.hours.capacity.unwrap_or_default()),
            load: hours(over.hours.load()),
            utilisation: over.hours.utilisation().map(rounded),
            highest_week: over.peak.map(rounded),
            tasks: parts(&over.tasks),
        })
    };
    Some(Load {
        status_week: week(found.now).map(|week| week.first.to_string()),
        ahead_to: week(found.horizon).map(|week| week.last().to_string()),
        people: found.people.iter().map(person).collect(),
        overallocated: found.over.iter().filter_map(over).collect(),
        unassigned: parts(&found.unassigned),
        undated: parts(&found.undated),
    })
}

fn part<'a>(subject: &Subject<'a>, task: usize, work: Work) -> Option<Part<'a>> {
    let task = subject.project.tasks.get(task)?;
    Some(Part { task: &task.id, hours: hours(work) })
}

fn ahead(load: &WeekLoad) -> Ahead {
    Ahead {
        capacity: load.capacity.map(hours),
        planned: hours(load.planned),
        utilisation: load.utilisation().map(rounded),
    }
}
