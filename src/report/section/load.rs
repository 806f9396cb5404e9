//! Load and capacity: who has how much to do when, who too much and because of what, who has room, what is nobody's.

mod tables;
#[cfg(test)]
mod tests;

use std::collections::BTreeSet;
use std::fmt::Write;
use std::ops::Range;

use crate::analysis::load::{LoadFindings, PersonLoad, WeekLoad};
use crate::document::{Block, Chart, Heat, HeatCell, HeatMap, HeatRow, Plot};
use crate::quantity::Work;
use crate::report::section::Section;
use crate::report::subject::Subject;
use crate::report::wording::listed;
use crate::wording::{counted, percent};

pub(super) const SECTION: Section = Section {
    id: "load",
    title: "Load and capacity",
    about: "Planned work against the hours people have, person by person and week by week; who has too much to do and because of what, who has room, work that nobody is named for.",
    compose,
};

/// Weeks before that of the status date in the heat map.
const PAST: usize = 6;
/// Weeks of the heat map; the long table of the workbook has all.
const SHOWN: usize = 26;
/// People in the heat map of the PDF: as many as a page has room for.
const MOST_PEOPLE: usize = 40;

/// How load is reckoned.
const DEFINITION: &str = "Planned work is what is left of the open tasks, shared equally by their resources (without any, \
    it is the owner's) and spread evenly over the working time each of them has between the expected start and finish of \
    the task. Capacity is the working time of the person's calendar and hours a day while they are there; what else they \
    do is not known here. Before the status date the hours are those booked on the project; the week of the status date \
    has both.";

fn compose(subject: &Subject<'_>) -> Vec<Block> {
    let load = &subject.found.load;
    if !load.has_work() {
        return Vec::new();
    }
    let mut blocks: Vec<Block> = told(subject, load).into_iter().map(Block::Paragraph).collect();
    blocks.extend(heat_map(subject, load).map(Block::Chart));
    blocks.extend(tables::by_week(subject, load, shown(load)).map(Block::Table));
    blocks.extend(tables::overloads(subject, load).map(Block::Table));
    blocks.extend(tables::ahead(subject, load).map(Block::Table));
    blocks.extend(tables::nobodys(subject, load).map(Block::Table));
    blocks.push(Block::Note(DEFINITION.to_owned()));
    blocks.extend(tables::all_weeks(load).map(Block::Table));
    blocks
}

/// The weeks of the heat map: as indices.
fn shown(load: &LoadFindings) -> Range<usize> {
    let first = load.now.saturating_sub(PAST);
    first..load.weeks.len().min(first + SHOWN)
}

/// What separates the colours.
fn heat(load: &LoadFindings) -> Heat {
    Heat { under: load.settings.under, over: load.settings.over, red: load.settings.red }
}

/// The weeks ahead, the overloads, the room, what is nobody's.
fn told(subject: &Subject<'_>, load: &LoadFindings) -> Vec<String> {
    let mut told: Vec<String> = weeks_ahead(subject, load).into_iter().collect();
    told.extend(overloaded(subject, load));
    let sum =
        |tasks: &[(usize, Work)]| subject.format.number(tasks.iter().map(|t| t.1).sum::<Work>().hours(), 0);
    if !load.unassigned.is_empty() {
        let tasks = counted(load.unassigned.len(), "task");
        told.push(format!(
            "Nobody is named for {} h of work that is left, on {tasks}.",
            sum(&load.unassigned)
        ));
    }
    if !load.undated.is_empty() {
        let tasks = counted(load.undated.len(), "task");
        told.push(format!("{} h of work on {tasks} without dates lie in no week.", sum(&load.undated)));
    }
    told
}

/// Everyone together over the weeks ahead, the fullest of them and who has room.
fn weeks_ahead(subject: &Subject<'_>, load: &LoadFindings) -> Option<String> {
    let until = subject.format.day(load.weeks.get(load.horizon)?.last());
    let known = || load.people.iter().filter(|person| person.known);
    let hours = |work: Work| subject.format.number(work.hours(), 0);
    let capacity: Work = known().filter_map(|person| person.ahead.capacity).sum();
    if capacity.is_zero() {
        return None;
    }
    let planned: Work = known().map(|person| person.ahead.planned).sum();
    // Writing to a String cannot fail.
    let mut text = format!(
        "From the status date to {until} the people have {} h for the project and {} h of work ({})",
        hours(capacity),
        hours(planned),
        percent(planned.hours() / capacity.hours())
    );
    let share = |person: &&PersonLoad| person.ahead.utilisation().unwrap_or(-1.0);
    // Of equals the first by name.
    let fullest = known().rev().max_by(|a, b| share(a).total_cmp(&share(b)));
    if let Some((person, share)) = fullest.and_then(|person| Some((person, person.ahead.utilisation()?)))
        && known().count() > 1
        && share > 0.0
    {
        let _ = write!(text, "; the fullest is {} with {}", person.name, percent(share));
    }
    text.push('.');
    let room: Vec<String> = known()
        .filter(|person| person.has_room(load.settings.under))
        .map(|person| person.name.clone())
        .collect();
    let under = percent(load.settings.under);
    match room.len() {
        0 => {}
        count if count <= 4 => {
            let verb = if count == 1 { "has" } else { "have" };
            let _ = write!(text, " {} {verb} work for less than {under} of the time.", listed(&room));
        }
        count => {
            let _ = write!(text, " {count} people have work for less than {under} of their time.");
        }
    }
    Some(text)
}

/// Who has more to do than time until the end of the plan, and what most of it is.
fn overloaded(subject: &Subject<'_>, load: &LoadFindings) -> Option<String> {
    let over = percent(load.settings.over);
    let Some(worst) = load.over.first() else {
        let known = load.people.iter().any(|person| person.known && !person.all.planned.is_zero());
        return known.then(|| format!("In no week has anybody work for more than {over} of the time."));
    };
    let people: BTreeSet<&str> = load.over.iter().map(|over| over.person.as_str()).collect();
    let (first, last) = (load.weeks.get(worst.weeks.0)?, load.weeks.get(worst.weeks.1)?);
    let span = if worst.weeks.0 == worst.weeks.1 {
        format!("in the week of {}", subject.format.day(first.first))
    } else {
        format!("from {} to {}", subject.format.day(first.first), subject.format.day(last.last()))
    };
    let cause = worst.tasks.first().map(|(task, hours)| {
        format!(", {} of it on {}", counted_hours(subject, *hours), subject.task_label(*task))
    });
    let who = match people.len() {
        1 => format!("{} has", worst.person),
        count => format!("{count} people have"),
    };
    let furthest = if people.len() == 1 {
        "The most is".to_owned()
    } else {
        format!("{} is furthest over,", worst.person)
    };
    Some(format!(
        "{who} work for more than {over} of the time in some weeks. {furthest} {span}: {} of work in {}{}.",
        counted_hours(subject, worst.hours.load()),
        counted_hours(subject, worst.hours.capacity.unwrap_or_default()),
        cause.unwrap_or_default()
    ))
}

fn counted_hours(subject: &Subject<'_>, work: Work) -> String {
    format!("{} h", subject.format.number(work.hours(), 0))
}

/// People by weeks.
fn heat_map(subject: &Subject<'_>, load: &LoadFindings) -> Option<Chart> {
    let weeks = shown(load);
    if weeks.len() < 2 || load.people.is_empty() {
        return None;
    }
    let mut people: Vec<&PersonLoad> = load.people.iter().collect();
    let left_out = people.len().saturating_sub(MOST_PEOPLE);
    if left_out > 0 {
        people.sort_by(|a, b| b.ahead.planned.cmp(&a.ahead.planned).then_with(|| a.name.cmp(&b.name)));
        people.truncate(MOST_PEOPLE);
        people.sort_by(|a, b| a.name.cmp(&b.name));
    }
    let mut rows: Vec<HeatRow> = people
        .iter()
        .map(|person| HeatRow {
            label: if person.name.is_empty() { "No person named".to_owned() } else { person.name.clone() },
            total: false,
            cells: person.weeks[weeks.clone()].iter().map(cell).collect(),
        })
        .collect();
    if load.people.iter().filter(|person| person.known).count() > 1 {
        let cells = weeks.clone().map(|week| cell(&together(load, week))).collect();
        rows.push(HeatRow { label: "Together".to_owned(), total: true, cells });
    }
    let mut of_title = String::new();
    if left_out > 0 {
        of_title = format!("; the {MOST_PEOPLE} with the most work ahead of {}", load.people.len());
    }
    if weeks.end < load.weeks.len() {
        let _ = write!(
            of_title,
            "; the first {} weeks of {}",
            weeks.end - weeks.start,
            load.weeks.len() - weeks.start
        );
    }
    Some(Chart {
        id: "load_heat",
        title: format!(
            "Work in per cent of the hours each has, week by week from the Monday shown{of_title}"
        ),
        alt: alternative(subject, load),
        plot: Plot::HeatMap(HeatMap {
            weeks: load.weeks[weeks].iter().map(|week| week.first).collect(),
            status: subject.found.status_date.day(),
            sides: ("booked".to_owned(), "planned".to_owned()),
            rows,
            heat: heat(load),
        }),
    })
}

/// What a reader who cannot see it should know.
fn alternative(subject: &Subject<'_>, load: &LoadFindings) -> String {
    let over = percent(load.settings.over);
    let mut spans: Vec<String> = load
        .over
        .iter()
        .take(5)
        .filter_map(|overload| {
            let (first, last) = (load.weeks.get(overload.weeks.0)?, load.weeks.get(overload.weeks.1)?);
            let (from, to) = (subject.format.day(first.first), subject.format.day(last.last()));
            let peak =
                overload.peak.map_or_else(|| "no time".to_owned(), |peak| format!("up to {}", percent(peak)));
            Some(format!("{} from {from} to {to}, {peak}", overload.person))
        })
        .collect();
    let more = load.over.len().saturating_sub(spans.len());
    if more > 0 {
        spans.push(format!("{more} more"));
    }
    let people =
        if load.people.len() == 1 { "1 person".to_owned() } else { format!("{} people", load.people.len()) };
    if spans.is_empty() {
        return format!(
            "Heat map of the load of {people} by week; nobody is above {over} in any week to come."
        );
    }
    format!("Heat map of the load of {people} by week. Above {over}: {}.", spans.join("; "))
}

/// A week of a person as a cell.
fn cell(week: &WeekLoad) -> HeatCell {
    match (week.utilisation(), week.load().is_zero()) {
        (Some(share), _) => HeatCell::Share(share),
        (None, true) => HeatCell::Nothing,
        (None, false) => HeatCell::Hours(week.load().hours()),
    }
}

/// A week of everyone whose time is known.
fn together(load: &LoadFindings, week: usize) -> WeekLoad {
    let weeks = load.people.iter().filter(|person| person.known).filter_map(|person| person.weeks.get(week));
    weeks.fold(WeekLoad::default(), |sum, week| WeekLoad {
        booked: sum.booked + week.booked,
        planned: sum.planned + week.planned,
        capacity: week.capacity.map(|capacity| sum.capacity.unwrap_or_default() + capacity).or(sum.capacity),
        open: week.open.map(|open| sum.open.unwrap_or_default() + open).or(sum.open),
    })
}
