//! Rows of `calendars` to work calendars: a project's own comes first, the named ones follow.

use std::collections::{BTreeMap, HashMap};

use chrono::NaiveDate;

use super::roster::{Homeless, Roster};
use super::row::{Row, Table};
use crate::calendar::{Span, WorkCalendar};
use crate::diagnostic::{Diagnostic, Diagnostics, Location, code};
use crate::model::{LengthSource, Task};
use crate::quantity::Work;

/// The calendars of one project, and which name is which.
pub(super) struct Calendars {
    /// The project's first.
    pub(super) all: Vec<WorkCalendar>,
    by_name: HashMap<String, usize>,
}

impl Calendars {
    /// The index of a named calendar.
    pub(super) fn find(&self, name: &str) -> Option<usize> {
        self.by_name.get(&name.trim().to_lowercase()).copied()
    }

    /// Hours in a day of a calendar.
    pub(super) fn hours_per_day(&self, index: usize) -> f64 {
        self.all.get(index).map_or(8.0, WorkCalendar::hours_per_day)
    }

    /// The working time of a whole task; `None` when nothing says it.
    pub(super) fn length(&self, task: &Task) -> Option<Work> {
        let (work, source) = task.length(self.all.get(task.calendar).or(self.all.first())?);
        (source != LengthSource::Nothing).then_some(work)
    }

    /// The calendar a row names; the project's own, with an error, when it is unknown.
    pub(super) fn of_row(&self, row: &Row, project: &str, problems: &mut Diagnostics) -> usize {
        let Some(name) = row.text("calendar") else { return 0 };
        self.find(name).unwrap_or_else(|| {
            problems.push(
                Diagnostic::new(
                    &code::UNKNOWN_CALENDAR,
                    row.cell("calendar"),
                    phrase!("there is no calendar '{name}'", name),
                )
                .project(project)
                .help(word!("the project's calendar is used; define it in `calendars` or correct the name")),
            );
            0
        })
    }
}

/// What the rows say of one calendar.
struct Draft {
    name: String,
    week: [Option<Vec<Span>>; 7],
    exceptions: BTreeMap<NaiveDate, Vec<Span>>,
    first: Location,
}

/// Builds each project's calendars. `stated` holds the calendar a charter names, with its place.
pub(super) fn build(
    tables: &[Table],
    roster: &Roster,
    stated: &[Option<(String, Location)>],
    homeless: &mut Homeless,
    problems: &mut Diagnostics,
) -> Vec<Calendars> {
    let mut drafts: Vec<Vec<Draft>> = roster.ids.iter().map(|_| Vec::new()).collect();
    for row in tables.iter().filter(|t| t.typed.spec.name == "calendars").flat_map(Table::rows) {
        let homes = homeless.resolve_all(roster, &row);
        let Some(entry) = entry(&row) else { continue };
        for project in homes {
            if let Some(drafts) = drafts.get_mut(project as usize) {
                add(drafts, &row, &entry);
            }
        }
    }
    let mut without_work = std::collections::BTreeSet::new();
    drafts
        .into_iter()
        .zip(stated)
        .zip(&roster.ids)
        .map(|((drafts, stated), project)| {
            let mut named = Vec::with_capacity(drafts.len());
            for draft in drafts {
                let calendar = finished(&draft);
                if calendar.has_work() {
                    named.push((calendar, draft.first));
                } else if without_work.insert((draft.first.clone(), draft.name.clone())) {
                    let message =
                        phrase!("calendar '{name}' has no working time on any weekday", name = &*draft.name);
                    problems.push(
                        Diagnostic::new(&code::CALENDAR_WITHOUT_WORK, draft.first, message).help(word!(
                            "the default is used: Monday to Friday, 08:00-12:00 and 13:00-17:00"
                        )),
                    );
                }
            }
            ordered(named, stated.as_ref(), project, problems)
        })
        .collect()
}

const WEEKDAYS: [&str; 7] = ["monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday"];

/// What one row says: its days (weekdays or a date) and the spans worked.
enum Entry {
    Weekday(usize, Vec<Span>),
    Date(NaiveDate, Vec<Span>),
}

/// `None` for a row without a day, which intake has rejected.
fn entry(row: &Row) -> Option<Entry> {
    let spans = row.spans("hours");
    if let Some(date) = row.day("date") {
        return Some(Entry::Date(date, spans));
    }
    let weekday = row.text("weekday")?;
    WEEKDAYS.iter().position(|day| *day == weekday).map(|weekday| Entry::Weekday(weekday, spans))
}

fn add(drafts: &mut Vec<Draft>, row: &Row, entry: &Entry) {
    let name = row.text("calendar").unwrap_or("Default");
    let position = drafts.iter().position(|d| same(&d.name, name)).unwrap_or_else(|| {
        drafts.push(Draft {
            name: name.to_owned(),
            week: std::array::from_fn(|_| None),
            exceptions: BTreeMap::new(),
            first: row.cell("calendar"),
        });
        drafts.len() - 1
    });
    let draft = &mut drafts[position];
    match entry {
        // A weekday said twice (a row a span) adds up; so does a date.
        Entry::Weekday(day, spans) => {
            draft.week[*day].get_or_insert_default().extend_from_slice(spans);
        }
        Entry::Date(date, spans) => draft.exceptions.entry(*date).or_default().extend_from_slice(spans),
    }
}

/// Whether two names are one, without regard to case.
fn same(one: &str, other: &str) -> bool {
    one.to_lowercase() == other.to_lowercase()
}

/// Weekdays that no row speaks of keep the default week.
fn finished(draft: &Draft) -> WorkCalendar {
    let usual = [(8 * 3_600, 12 * 3_600), (13 * 3_600, 17 * 3_600)];
    let week = std::array::from_fn(|day| match &draft.week[day] {
        Some(spans) => spans.clone(),
        None if day < 5 => usual.to_vec(),
        None => Vec::new(),
    });
    WorkCalendar::new(draft.name.clone(), week, draft.exceptions.clone())
}

/// Puts the project's own calendar first: the charter's, else `Default` or `Standard`, else the first.
fn ordered(
    named: Vec<(WorkCalendar, Location)>,
    stated: Option<&(String, Location)>,
    project: &str,
    problems: &mut Diagnostics,
) -> Calendars {
    let find = |name: &str| named.iter().position(|(calendar, _)| same(&calendar.name, name));
    let mut own = find("default").or_else(|| find("standard"));
    let mut built_in = false;
    if let Some((name, place)) = stated {
        match find(name) {
            Some(found) => own = Some(found),
            // The one that needs no rows.
            None if same(&WorkCalendar::default().name, name) => (own, built_in) = (None, true),
            None => problems.push(
                Diagnostic::new(
                    &code::UNKNOWN_CALENDAR,
                    place.clone(),
                    phrase!("there is no calendar '{name}'", name),
                )
                .project(project)
                .help(word!("define it in `calendars` or correct the name")),
            ),
        }
    }
    if own.is_none()
        && !built_in
        && let Some((first, place)) = named.first()
    {
        problems.push(
            Diagnostic::new(
                &code::CALENDAR_CHOSEN,
                place.clone(),
                phrase!("calendar '{name}' is taken as the project's own", name = &*first.name),
            )
            .project(project)
            .help(word!("name one `Default`, or say `calendar` in the charter")),
        );
        own = Some(0);
    }
    let mut all: Vec<WorkCalendar> = named.into_iter().map(|(calendar, _)| calendar).collect();
    match own {
        Some(own) => {
            let first = all.remove(own);
            all.insert(0, first);
        }
        None => all.insert(0, WorkCalendar::default()),
    }
    let by_name = (0..all.len()).rev().map(|index| (all[index].name.to_lowercase(), index)).collect();
    Calendars { all, by_name }
}
