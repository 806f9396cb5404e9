//! Who has more to do than time, when, and because of what.

use std::collections::BTreeMap;

use super::{Person, WeekLoad};
use crate::quantity::Work;

/// Weeks in a row in which a person has more to do than time.
#[derive(Clone, Debug, PartialEq)]
pub struct Overload {
    /// The person's name.
    pub person: String,
    /// The first and the last of the weeks: indices into [`super::LoadFindings::weeks`].
    pub weeks: (usize, usize),
    /// Their hours together.
    pub hours: WeekLoad,
    /// The highest utilisation of one week; `None` where no week has any capacity.
    pub peak: Option<f64>,
    /// What is planned in them: index into tasks and hours, the most first.
    pub tasks: Vec<(usize, Work)>,
}

impl Overload {
    /// The hours beyond the time there is.
    #[must_use]
    pub fn beyond(&self) -> Work {
        self.hours.load() - self.hours.capacity.unwrap_or_default()
    }
}

/// The overloads of everyone from the week of the status date on, the most hours beyond the time there is first.
pub(super) fn overloads(people: &[Person<'_>], now: usize, threshold: f64) -> Vec<Overload> {
    let mut found: Vec<Overload> = Vec::new();
    for person in people {
        let over = |week: usize| person.load.weeks[week].is_over(threshold);
        let mut week = now;
        while week < person.load.weeks.len() {
            if !over(week) {
                week += 1;
                continue;
            }
            let last = (week..person.load.weeks.len()).take_while(|week| over(*week)).last().unwrap_or(week);
            found.push(overload(person, (week, last)));
            week = last + 1;
        }
    }
    found.sort_by(|a, b| {
        b.beyond().cmp(&a.beyond()).then(a.weeks.cmp(&b.weeks)).then_with(|| a.person.cmp(&b.person))
    });
    found
}

fn overload(person: &Person<'_>, weeks: (usize, usize)) -> Overload {
    let mut hours = WeekLoad::default();
    for week in &person.load.weeks[weeks.0..=weeks.1] {
        let add = |sum: Option<Work>, part: Option<Work>| part.map(|part| sum.unwrap_or_default() + part);
        hours = WeekLoad {
            booked: hours.booked + week.booked,
            planned: hours.planned + week.planned,
            capacity: add(hours.capacity, week.capacity),
            open: add(hours.open, week.open),
        };
    }
    let mut by_task: BTreeMap<usize, Work> = BTreeMap::new();
    for (_, task, part) in person.parts.iter().filter(|(week, ..)| (weeks.0..=weeks.1).contains(week)) {
        *by_task.entry(*task).or_default() += *part;
    }
    let mut tasks: Vec<(usize, Work)> = by_task.into_iter().collect();
    tasks.sort_by(|a, b| b.1.cmp(&a.1).then(a.0.cmp(&b.0)));
    Overload {
        person: person.load.name.clone(),
        weeks,
        hours,
        peak: person.load.weeks[weeks.0..=weeks.1].iter().filter_map(WeekLoad::utilisation).reduce(f64::max),
        tasks,
    }
}
