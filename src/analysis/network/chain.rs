//! Why a date is what it is: the chain of reasons behind a task, back to where it begins, in words.

use super::activities::State;
use super::drivers::Driver;
use super::{Network, Scheduled};
use crate::calendar::{Moment, WorkCalendar};
use crate::language::{Part, Phrase};
use crate::model::{Link, Project, RelationType, Task};
use crate::wording::counted;

impl Network {
    /// The tasks that drive a task's start, itself first; the last one waits for no other task.
    #[must_use]
    pub fn driving_chain(&self, task: usize) -> Vec<usize> {
        let mut chain = vec![task];
        let mut at = task;
        while let Some(Driver::Link { from, .. }) = self.scheduled(at).map(|found| found.driver) {
            // Links lead from earlier nodes to later ones, so a chain longer than the project cannot be.
            if chain.len() > self.tasks.len() {
                break;
            }
            chain.push(from);
            at = from;
        }
        chain
    }

    /// A task of the network.
    #[must_use]
    pub fn scheduled(&self, task: usize) -> Option<&Scheduled> {
        self.tasks.get(task)?.as_ref()
    }

    /// Tasks on the longest path that are not finished, by start.
    #[must_use]
    pub fn longest_path(&self) -> Vec<usize> {
        let on_path = |task: &usize| {
            self.scheduled(*task).is_some_and(|t| t.on_longest_path && t.state != State::Summary)
        };
        let mut path: Vec<usize> = (0..self.tasks.len()).filter(on_path).collect();
        path.sort_by_key(|&task| (self.scheduled(task).map(|t| t.early), task));
        path
    }

    /// What a task's remaining work waits for, in a few words; tasks are called as `name` says.
    #[must_use]
    pub fn waits_for(&self, project: &Project, task: usize, name: impl Fn(usize) -> String) -> Phrase {
        let Some(found) = self.scheduled(task) else { return phrase!("") };
        match found.driver {
            _ if found.state == State::Finished => phrase!("task::finished"),
            Driver::ProjectStart => phrase!("the project's start"),
            Driver::StatusDate => phrase!("the status date"),
            Driver::PlannedStart => phrase!("its planned start"),
            Driver::Actual => phrase!("what has happened"),
            Driver::Constraint => {
                phrase!("its constraint: {constraint}", constraint = constraint(&project.tasks[task]))
            }
            Driver::Link { link, from } => {
                phrase!(
                    "{task} ({relation})",
                    task = name(from),
                    relation = relation(project, &project.links[link])
                )
            }
        }
    }

    /// The lines that explain a task's dates: itself, then what drives it, back to where the chain begins.
    #[must_use]
    pub fn explain(&self, project: &Project, task: usize) -> Vec<String> {
        let Some(found) = self.scheduled(task) else {
            return vec!["There is nothing below this summary to be scheduled.".to_owned()];
        };
        let mut lines = vec![head(project, task, found)];
        let mut from = task;
        if found.state == State::Summary {
            let Some(last) = self.last_below(project, task) else { return lines };
            lines.push(format!("It ends with {}.", name(&project.tasks[last])));
            lines.extend(self.scheduled(last).map(|below| head(project, last, below)));
            from = last;
        }
        for task in self.driving_chain(from) {
            if let Some(found) = self.scheduled(task) {
                lines.push(self.step(project, task, found));
            }
        }
        lines
    }

    /// One reason of the chain.
    fn step(&self, project: &Project, task: usize, found: &Scheduled) -> String {
        let row = &project.tasks[task];
        let id = &row.id;
        let start = text(found.early.0);
        let takes = project
            .calendars
            .first()
            .map_or(0.0, |calendar| calendar.days_between(found.early.0, found.early.1));
        if found.state == State::Finished {
            return format!("{id} finished {}.", text(found.early.1));
        }
        let begins = if found.state == State::Begun {
            format!("{id} is under way; its last {takes:.1} working days start {start}")
        } else {
            format!("{id} starts {start} and takes {takes:.1} working days")
        };
        let origin = |file: &str, number: u32| {
            if file.is_empty() { String::new() } else { format!(" ({file}:{number})") }
        };
        match found.driver {
            Driver::Link { link, from } => {
                let link = &project.links[link];
                let before = self.scheduled(from);
                let finish = matches!(link.relation, RelationType::Fs | RelationType::Ff);
                let at = before.map(|before| if finish { before.early.1 } else { before.early.0 });
                let event = if finish { "finishes" } else { "starts" };
                let at = at.map(text).unwrap_or_default();
                let wait = rests(project, row, link, before, found);
                format!(
                    "{begins}: {} {event} {at}, {}{wait}{}.",
                    project.tasks[from].id,
                    relation(project, link),
                    origin(&link.origin.file, link.origin.row)
                )
            }
            Driver::StatusDate => format!("{begins}: nothing can be done before the status date."),
            Driver::ProjectStart => format!("{begins}: the project's start."),
            Driver::PlannedStart => format!(
                "{begins}: it is planned to, and nothing else says when{}.",
                origin(&row.origin.file, row.origin.row)
            ),
            Driver::Constraint => format!(
                "{begins}: its constraint, {}{}.",
                constraint(row),
                origin(&row.origin.file, row.origin.row)
            ),
            Driver::Actual => format!("{begins}."),
        }
    }

    /// The task below a summary that finishes last.
    fn last_below(&self, project: &Project, summary: usize) -> Option<usize> {
        let below = |task: usize| {
            let mut above = project.tasks[task].parent;
            for _ in 0..project.tasks.len() {
                match above {
                    Some(at) if at == summary => return true,
                    Some(at) => above = project.tasks[at].parent,
                    None => return false,
                }
            }
            false
        };
        let counts = |task: &usize| {
            self.scheduled(*task).is_some_and(|t| !matches!(t.state, State::Summary | State::Cancelled))
                && below(*task)
        };
        let all = (0..project.tasks.len()).filter(counts);
        all.max_by_key(|&task| (self.scheduled(task).map(|t| t.early.1), std::cmp::Reverse(task)))
    }
}

/// `A Build: 2 March 2026 08:00 to ..., 3.0 working days of total float`.
fn head(project: &Project, task: usize, found: &Scheduled) -> String {
    let float = match found.total_float {
        Some(days) if found.critical => format!("; critical, total float {days:.1} working days"),
        Some(days) => format!("; total float {days:.1} working days"),
        None => String::new(),
    };
    let verb = if matches!(found.state, State::Begun) { "what remains: " } else { "" };
    format!("{}: {verb}{} to {}{float}", name(&project.tasks[task]), text(found.early.0), text(found.early.1))
}

/// Says where the successor's calendar rests between what drives it and its start.
fn rests(
    project: &Project,
    row: &Task,
    link: &Link,
    before: Option<&Scheduled>,
    found: &Scheduled,
) -> String {
    let direct = link.relation == RelationType::Fs && link.lag.is_zero();
    let Some(done) = before.map(|before| before.early.1).filter(|_| direct) else { return String::new() };
    let calendar = project.calendars.get(row.calendar);
    let nights = found.early.0.date().signed_duration_since(done.date()).num_days();
    if nights < 2 || found.early.0 == found.early.1 {
        return String::new();
    }
    let name = calendar.map_or("", |calendar: &WorkCalendar| calendar.name.as_str());
    format!("; the calendar '{name}' rests for {}", counted(nights - 1, "day"))
}

fn name(task: &Task) -> String {
    if task.name.is_empty() || task.name == task.id {
        task.id.to_string()
    } else {
        format!("{} {}", task.id, task.name)
    }
}

/// `start no earlier than 2026-04-01`.
pub(in crate::analysis) fn constraint(task: &Task) -> Phrase {
    let constraint = Part::Word(task.constraint.name());
    match task.constraint_date {
        Some(date) => phrase!("{constraint} {day}", constraint, day = date.date()),
        None => phrase!("{constraint}", constraint),
    }
}

/// `FS`, `SS + 5.0 days`.
fn relation(project: &Project, link: &Link) -> Phrase {
    let relation = match link.relation {
        RelationType::Fs => "FS",
        RelationType::Ss => "SS",
        RelationType::Ff => "FF",
        RelationType::Sf => "SF",
    };
    if link.lag.is_zero() {
        return phrase!("{relation}", relation);
    }
    let hours = project.calendars.first().map_or(8.0, WorkCalendar::hours_per_day);
    let days = link.lag.days(if link.elapsed { 24.0 } else { hours });
    let sign = if days < 0.0 { '-' } else { '+' };
    let n = Part::number(days.abs(), 1);
    if link.elapsed {
        phrase!("{relation} {sign} {n} elapsed days", relation, sign, n)
    } else {
        phrase!("{relation} {sign} {n} days", relation, sign, n)
    }
}

fn text(moment: Moment) -> String {
    moment.format("%Y-%m-%d %H:%M").to_string()
}

#[cfg(test)]
mod tests {
    use super::super::tests::{at_day, project, task};
    use super::*;
    use crate::analysis::example::link;

    #[test]
    fn a_chain_reads_from_the_task_back_to_the_start() {
        let one = project(
            vec![task("A", 5), task("B", 2), task("C", 1)],
            vec![link(0, 1, RelationType::Fs, 0), link(1, 2, RelationType::Ss, 1)],
        );
        let network = at_day(&one, 0);
        assert_eq!(
            network.explain(&one, 2),
            [
                "C: 2026-03-10 08:00 to 2026-03-10 17:00; critical, total float 0.0 working days",
                "C starts 2026-03-10 08:00 and takes 1.0 working days: B starts 2026-03-09 08:00, SS + 1.0 days.",
                "B starts 2026-03-09 08:00 and takes 2.0 working days: A finishes 2026-03-06 17:00, FS; \
                 the calendar 'Default' rests for 2 days.",
                "A starts 2026-03-02 08:00 and takes 5.0 working days: the project's start.",
            ]
        );
        assert_eq!(network.waits_for(&one, 2, |task| one.tasks[task].id.to_string()), "B (SS + 1.0 days)");
    }
}
