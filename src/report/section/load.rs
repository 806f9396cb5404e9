//! Load and capacity: who has how much to do when, who too much and because of what, who has room, what is nobody's.

mod tables;
#[cfg(test)]
mod tests;

use std::collections::BTreeSet;
use std::ops::Range;

use crate::analysis::load::{LoadFindings, PersonLoad, WeekLoad};
use crate::document::{Block, Chart, Heat, HeatCell, HeatMap, HeatRow, Plot};
use crate::language::{Part, Phrase};
use crate::quantity::Work;
use crate::report::section::Section;
use crate::report::subject::Subject;

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
const DEFINITION: &str = word!(
    "Planned work is what is left of the open tasks, shared equally by their resources (without any, \
    it is the owner's) and spread evenly over the working time each of them has between the expected start and finish of \
    the task. Capacity is the working time of the person's calendar and hours a day while they are there; what else they \
    do is not known here. Before the status date the hours are those booked on the project; the week of the status date \
    has both."
);

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
    blocks.push(Block::Note(subject.word(DEFINITION)));
    blocks.extend(tables::all_weeks(subject, load).map(Block::Table));
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
    let sum = |tasks: &[(usize, Work)]| hours(tasks.iter().map(|t| t.1).sum());
    if !load.unassigned.is_empty() {
        told.push(subject.say(phrase!(
            "Nobody is named for {work} of work that is left, on {n} {n|task|tasks}.",
            work = sum(&load.unassigned),
            n = load.unassigned.len()
        )));
    }
    if !load.undated.is_empty() {
        told.push(subject.say(phrase!(
            "{work} of work on {n} {n|task|tasks} without dates lie in no week.",
            work = sum(&load.undated),
            n = load.undated.len()
        )));
    }
    told
}

/// `420 h`.
fn hours(work: Work) -> Phrase {
    phrase!("{n} h", n = Part::number(work.hours(), 0))
}

/// Everyone together over the weeks ahead, the fullest of them and who has room.
fn weeks_ahead(subject: &Subject<'_>, load: &LoadFindings) -> Option<String> {
    let until = load.weeks.get(load.horizon)?.last();
    let ahead = load.ahead()?;
    let known = || load.people.iter().filter(|person| person.known);
    let all = phrase!(
        "From the status date to {until} the people have {capacity} for the project and {planned} of work ({share})",
        until,
        capacity = hours(ahead.capacity?),
        planned = hours(ahead.planned),
        share = Part::share(ahead.utilisation()?)
    );
    let share = |person: &&PersonLoad| person.ahead.utilisation().unwrap_or(-1.0);
    // Of equals the first by name.
    let fullest = known().rev().max_by(|a, b| share(a).total_cmp(&share(b)));
    let fullest = fullest.and_then(|person| Some((person, person.ahead.utilisation()?)));
    let mut told = vec![match fullest.filter(|(_, share)| known().count() > 1 && *share > 0.0) {
        Some((person, share)) => phrase!(
            "{all}; the fullest is {person} with {share}.",
            all,
            person = &person.name,
            share = Part::share(share)
        ),
        None => phrase!("{all}.", all),
    }];
    let room: Vec<Part> = known()
        .filter(|person| person.has_room(load.settings.under))
        .map(|person| Part::from(&person.name))
        .collect();
    let (n, under) = (room.len(), Part::share(load.settings.under));
    match n {
        0 => {}
        1..=4 => told.push(phrase!(
            "{people} {n|has|have} work for less than {under} of the time.",
            people = room,
            n,
            under
        )),
        _ => told.push(phrase!("{n} people have work for less than {under} of their time.", n, under)),
    }
    Some(subject.say_all(&told))
}

/// Who has more to do than time until the end of the plan, and what most of it is.
fn overloaded(subject: &Subject<'_>, load: &LoadFindings) -> Option<String> {
    let over = Part::share(load.settings.over);
    let Some(worst) = load.over.first() else {
        let known = load.people.iter().any(|person| person.known && !person.all.planned.is_zero());
        return known.then(|| {
            subject.say(phrase!("In no week has anybody work for more than {over} of the time.", over))
        });
    };
    let people: BTreeSet<&str> = load.over.iter().map(|over| over.person.as_str()).collect();
    let (first, last) = (load.weeks.get(worst.weeks.0)?, load.weeks.get(worst.weeks.1)?);
    let (from, to) = (first.first, last.last());
    let weeks = if worst.weeks.0 == worst.weeks.1 {
        phrase!("in the week of {day}", day = from)
    } else {
        phrase!("from {from} to {to}", from, to)
    };
    let (work, time) = (hours(worst.hours.load()), hours(worst.hours.capacity.unwrap_or_default()));
    let what = match worst.tasks.first() {
        Some((task, most)) => phrase!(
            "{work} of work in {time}, {most} of it on {task}",
            work,
            time,
            most = hours(*most),
            task = subject.task_label(*task)
        ),
        None => phrase!("{work} of work in {time}", work, time),
    };
    let (n, person) = (people.len(), &worst.person);
    Some(subject.say_all(&if n == 1 {
        [
            phrase!("{person} has work for more than {over} of the time in some weeks.", person, over),
            phrase!("The most is {weeks}: {what}.", weeks, what),
        ]
    } else {
        [
            phrase!("{n} people have work for more than {over} of the time in some weeks.", n, over),
            phrase!("{person} is furthest over, {weeks}: {what}.", person, weeks, what),
        ]
    }))
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
            label: named(subject, &person.name),
            total: false,
            cells: person.weeks[weeks.clone()].iter().map(cell).collect(),
        })
        .collect();
    if load.people.iter().filter(|person| person.known).count() > 1 {
        let cells = weeks.clone().map(|week| cell(&together(load, week))).collect();
        rows.push(HeatRow { label: subject.word(word!("Together")), total: true, cells });
    }
    let mut title = phrase!("Work in per cent of the hours each has, week by week from the Monday shown");
    if left_out > 0 {
        title = phrase!(
            "{title}; the {n} with the most work ahead of {all}",
            title,
            n = MOST_PEOPLE,
            all = load.people.len()
        );
    }
    if weeks.end < load.weeks.len() {
        title = phrase!(
            "{title}; the first {n} weeks of {all}",
            title,
            n = weeks.end - weeks.start,
            all = load.weeks.len() - weeks.start
        );
    }
    Some(Chart {
        id: "load_heat",
        title: subject.say(title),
        alt: alternative(subject, load),
        plot: Plot::HeatMap(HeatMap {
            weeks: load.weeks[weeks].iter().map(|week| week.first).collect(),
            status: subject.found.status_date.day(),
            sides: (subject.word(word!("booked")), subject.word(word!("planned"))),
            rows,
            heat: heat(load),
        }),
    })
}

/// What a reader who cannot see it should know.
fn alternative(subject: &Subject<'_>, load: &LoadFindings) -> String {
    let over = Part::share(load.settings.over);
    let mut spans: Vec<String> = load
        .over
        .iter()
        .take(5)
        .filter_map(|overload| {
            let (first, last) = (load.weeks.get(overload.weeks.0)?, load.weeks.get(overload.weeks.1)?);
            let (person, from, to) = (&overload.person, first.first, last.last());
            Some(subject.say(match overload.peak {
                Some(peak) => phrase!(
                    "{person} from {from} to {to}, up to {peak}",
                    person,
                    from,
                    to,
                    peak = Part::share(peak)
                ),
                None => phrase!("{person} from {from} to {to}, no time", person, from, to),
            }))
        })
        .collect();
    let more = load.over.len().saturating_sub(spans.len());
    if more > 0 {
        spans.push(subject.say(phrase!("{n} more", n = more)));
    }
    let n = load.people.len();
    subject.say(if spans.is_empty() {
        phrase!(
            "Heat map of the load of {n} {n|person|people} by week; nobody is above {over} in any week to come.",
            n,
            over
        )
    } else {
        phrase!(
            "Heat map of the load of {n} {n|person|people} by week. Above {over}: {spans}.",
            n,
            over,
            spans = subject.format.clauses(&spans)
        )
    })
}

/// A person's name, or that there is none.
fn named(subject: &Subject<'_>, name: &str) -> String {
    if name.is_empty() { subject.word(word!("No person named")) } else { name.to_owned() }
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
