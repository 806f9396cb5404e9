//! Why a date is what it is: the chain of reasons behind a task, back to where it begins, in words.

use super::activities::State;
use super::drivers::Driver;
use super::{Network, Scheduled};
use crate::calendar::{Moment, WorkCalendar};
use crate::language::{Part, Phrase};
use crate::model::{Link, Origin, Project, RelationType, Task};

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
    pub fn explain(&self, project: &Project, task: usize) -> Vec<Phrase> {
        let Some(found) = self.scheduled(task) else {
            return vec![phrase!("There is nothing below this summary to be scheduled.")];
        };
        let mut lines = vec![head(project, task, found)];
        let mut from = task;
        if found.state == State::Summary {
            let Some(last) = self.last_below(project, task) else { return lines };
            lines.push(phrase!("It ends with {task}.", task = name(&project.tasks[last])));
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
    fn step(&self, project: &Project, task: usize, found: &Scheduled) -> Phrase {
        let row = &project.tasks[task];
        let (task, day) = (row.id.as_str(), text(found.early.0));
        let takes = project
            .calendars
            .first()
            .map_or(0.0, |calendar| calendar.days_between(found.early.0, found.early.1));
        let n = Part::number(takes, 1);
        let begins = match found.state {
            State::Finished => return phrase!("{task} finished {day}.", task, day = text(found.early.1)),
            State::Begun => {
                phrase!("{task} is under way; its last {n} working days start {day}", task, n, day)
            }
            _ => phrase!("{task} starts {day} and takes {n} working days", task, n, day),
        };
        let because = match found.driver {
            Driver::Link { link, from } => {
                let link = &project.links[link];
                traced(self.behind(project, (row, found), link, from), &link.origin)
            }
            Driver::StatusDate => phrase!("nothing can be done before the status date"),
            Driver::ProjectStart => phrase!("the project's start"),
            Driver::PlannedStart => {
                traced(phrase!("it is planned to, and nothing else says when"), &row.origin)
            }
            Driver::Constraint => {
                traced(phrase!("its constraint: {constraint}", constraint = constraint(row)), &row.origin)
            }
            Driver::Actual => return phrase!("{begins}.", begins),
        };
        phrase!("{begins}: {because}.", begins, because)
    }

    /// `B finishes 2026-03-06 17:00, FS; the calendar 'Default' rests for 2 days`: what a task comes after.
    fn behind(
        &self,
        project: &Project,
        (row, found): (&Task, &Scheduled),
        link: &Link,
        from: usize,
    ) -> Phrase {
        let before = self.scheduled(from);
        let finish = matches!(link.relation, RelationType::Fs | RelationType::Ff);
        let at = before.map(|before| if finish { before.early.1 } else { before.early.0 });
        let (task, day) = (project.tasks[from].id.as_str(), at.map(text).unwrap_or_default());
        let relation = relation(project, link);
        let waits = if finish {
            phrase!("{task} finishes {day}, {relation}", task, day, relation)
        } else {
            phrase!("{task} starts {day}, {relation}", task, day, relation)
        };
        match rests(project, row, link, before, found) {
            Some(rests) => phrase!("{told}; {next}", told = waits, next = rests),
            None => waits,
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

/// `A Build: 2026-03-02 08:00 to 2026-03-06 17:00; total float 3.0 working days`.
fn head(project: &Project, task: usize, found: &Scheduled) -> Phrase {
    let (task, from, to) = (name(&project.tasks[task]), text(found.early.0), text(found.early.1));
    let dates = if matches!(found.state, State::Begun) {
        phrase!("{task}: what remains: {from} to {to}", task, from, to)
    } else {
        phrase!("{task}: {from} to {to}", task, from, to)
    };
    let Some(days) = found.total_float else { return dates };
    let n = Part::number(days, 1);
    if found.critical {
        phrase!("{dates}; critical, total float {n} working days", dates, n)
    } else {
        phrase!("{dates}; total float {n} working days", dates, n)
    }
}

/// A reason and the row that gives it.
fn traced(because: Phrase, origin: &Origin) -> Phrase {
    if origin.file.is_empty() {
        return because;
    }
    phrase!("{because} ({place})", because, place = format!("{}:{}", origin.file, origin.row))
}

/// Says where the successor's calendar rests between what drives it and its start.
fn rests(
    project: &Project,
    row: &Task,
    link: &Link,
    before: Option<&Scheduled>,
    found: &Scheduled,
) -> Option<Phrase> {
    let direct = link.relation == RelationType::Fs && link.lag.is_zero();
    let done = before.map(|before| before.early.1).filter(|_| direct)?;
    let calendar = project.calendars.get(row.calendar);
    let nights = found.early.0.date().signed_duration_since(done.date()).num_days();
    (nights >= 2 && found.early.0 != found.early.1).then(|| {
        let name = calendar.map_or("", |calendar: &WorkCalendar| calendar.name.as_str());
        phrase!("the calendar '{name}' rests for {n} {n|day|days}", name, n = nights - 1)
    })
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
    let days = project.lag_days(link);
    let sign = if days < 0.0 { crate::wording::MINUS } else { '+' };
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
