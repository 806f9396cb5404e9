//! Cross-checks that need more than the tables: entries that contradict what the schedule or the hours booked say.
//!
//! Those that the tables alone show are found when they are assembled. Each is one constant here; its code is that
//! of the diagnostic it is told as.

use crate::analysis::TaskValue;
use crate::analysis::commitment::is_overdue;
use crate::analysis::ledger::Ledger;
use crate::analysis::network::Network;
use crate::analysis::rollup::Tree;
use crate::calendar::{Moment, last_day};
use crate::language::{Part, Phrase};
use crate::model::{Decision, Origin, Project, Task, TaskKind};
use crate::quantity::Work;

/// How many tasks a sentence names.
const SHOWN: usize = 5;

/// A check of entries against results.
#[derive(Debug)]
pub struct CrossCheck {
    /// The code of the diagnostic: `W402`.
    pub code: &'static str,
    /// What to do about it.
    pub help: &'static str,
    find: fn(&Given<'_>) -> Vec<Found>,
}

/// The sentence, and the rows that do not go together.
type Found = (Phrase, Vec<Origin>);

/// What the checks look at.
#[derive(Clone, Copy, Debug)]
pub struct Given<'a> {
    /// The project.
    pub project: &'a Project,
    /// What its tasks are worth.
    pub values: &'a [TaskValue],
    /// Its schedule, where it has one.
    pub network: Option<&'a Network>,
    /// What was booked on it.
    pub ledger: &'a Ledger,
    /// The status date.
    pub status: Moment,
}

/// A contradiction that was found.
#[derive(Clone, Debug)]
pub struct Contradiction {
    /// What found it.
    pub check: &'static CrossCheck,
    /// The sentence.
    pub says: Phrase,
    /// The rows that do not go together, the one to look at first.
    pub rows: Vec<Origin>,
}

/// Every check.
pub const CHECKS: &[CrossCheck] = &[
    CrossCheck {
        code: "W402",
        help: word!(
            "have it decided now, or plan the tasks without it: every day of waiting moves the finish"
        ),
        find: decisions_on_the_critical_path,
    },
    CrossCheck {
        code: "W403",
        help: word!(
            "book the hours on these tasks, or report the progress that was really made; their cost stands elsewhere or nowhere"
        ),
        find: progress_without_bookings,
    },
];

/// Looks for contradictions, check by check.
#[must_use]
pub fn contradictions(given: &Given<'_>) -> Vec<Contradiction> {
    let found =
        CHECKS.iter().flat_map(|check| (check.find)(given).into_iter().map(move |found| (check, found)));
    found.map(|(check, (says, rows))| Contradiction { check, says, rows }).collect()
}

/// Whether the schedule has to be known for these checks: a task waits for a decision that was not taken in time.
#[must_use]
pub(super) fn is_waited_for(project: &Project, status: Moment) -> bool {
    missed(project, status).any(|decision| !decision.tasks.is_empty())
}

/// The decisions whose day has passed and that are still to be taken.
fn missed(project: &Project, status: Moment) -> impl Iterator<Item = &Decision> {
    let today = last_day(status);
    let open = project.decisions.iter().filter(move |decision| decision.open_on(today));
    open.filter(move |decision| is_overdue(decision.due, today))
}

/// A decision that is still to be taken after its day while a task that waits for it has no float left.
fn decisions_on_the_critical_path(given: &Given<'_>) -> Vec<Found> {
    let Some(network) = given.network else { return Vec::new() };
    let found = missed(given.project, given.status).filter_map(|decision| {
        let due = decision.due?;
        let critical = |task: &&usize| network.tasks.get(**task).is_some_and(|s| s.as_ref().is_some_and(|s| s.critical));
        let tasks: Vec<&Task> =
            decision.tasks.iter().filter(critical).filter_map(|task| given.project.tasks.get(*task)).collect();
        let says = phrase!(
            "decision '{id} {title}' was due on {day} and is still to be taken; {tasks}, on the critical path, {n|waits|wait} for it",
            id = &*decision.id,
            title = &*decision.title,
            day = due,
            tasks = named(&tasks),
            n = tasks.len()
        );
        let rows = std::iter::once(&decision.origin).chain(tasks.iter().map(|task| &task.origin)).cloned();
        (!tasks.is_empty()).then(|| (says, rows.collect()))
    });
    found.collect()
}

/// Tasks that planned work and report progress, with neither an hour nor a cost on them, in a project whose people
/// book on tasks. Told once a project: who does not book seldom does so for one task only.
fn progress_without_bookings(given: &Given<'_>) -> Vec<Found> {
    if !given.ledger.lines.iter().any(|line| line.task.is_some() && !line.hours.is_zero()) {
        return Vec::new();
    }
    let tree = Tree::new(&given.project.tasks);
    let pairs = given.project.tasks.iter().zip(given.values).enumerate();
    let silent: Vec<&Task> = pairs
        .filter(|(index, (task, value))| {
            tree.is_leaf(*index)
                && task.kind == TaskKind::Task
                && task.baseline_work.or(task.work).is_some_and(|work| work > Work::ZERO)
                && value.percent_complete > 0.0
                && value.hours.is_zero()
                && value.ac.is_zero()
        })
        .map(|(_, (task, _))| task)
        .collect();
    if silent.is_empty() {
        return Vec::new();
    }
    let says = phrase!(
        "{n} {n|task reports|tasks report} progress and {n|has|have} neither hours nor cost booked: {tasks}",
        n = silent.len(),
        tasks = named(&silent)
    );
    vec![(says, silent.iter().take(SHOWN).map(|task| task.origin.clone()).collect())]
}

/// `A, B and 3 more`.
fn named(tasks: &[&Task]) -> Part {
    let shown: Vec<&str> = tasks.iter().take(SHOWN).map(|task| &*task.id).collect();
    Part::few(&shown, tasks.len())
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::analysis::example::{day, leaf, project};
    use crate::analysis::ledger::LedgerLine;
    use crate::calendar::{end_of_day, start_of_day};
    use crate::model::{Link, RelationType};
    use crate::quantity::Money;

    /// A of five days before B of ten; C of two days beside them.
    fn plan() -> (Project, Vec<TaskValue>) {
        let rows = [("A", 5), ("B", 10), ("C", 2)].map(|(id, days)| {
            let (task, value) = leaf(id, 1_000, 0, 0, 0);
            let work = Some(Work(days * 28_800));
            (Task { duration: work, baseline_work: work, ..task }, value)
        });
        let (mut project, values) = project(rows.into());
        project.charter.start = Some(start_of_day(day("2026-03-02")));
        project.links = vec![Link {
            predecessor: 0,
            successor: 1,
            relation: RelationType::Fs,
            lag: Work::ZERO,
            elapsed: false,
            share: 0.0,
            origin: Origin::default(),
        }];
        (project, values)
    }

    fn found(project: &Project, values: &[TaskValue], ledger: &Ledger) -> Vec<(&'static str, String)> {
        let status = end_of_day(day("2026-03-06"));
        let settings = crate::analysis::network::Settings::default();
        let network = crate::analysis::network::network(project, values, status, &settings).unwrap();
        let given = Given { project, values, network: Some(&network), ledger, status };
        contradictions(&given).into_iter().map(|found| (found.check.code, found.says.to_string())).collect()
    }

    #[test]
    fn a_decision_is_missed_where_a_critical_task_waits_for_it() {
        let (mut project, values) = plan();
        let decision = |id: &str, due: &str, tasks: &[usize]| Decision {
            id: id.into(),
            title: "Which vendor".into(),
            due: Some(day(due)),
            tasks: tasks.to_vec(),
            ..Decision::default()
        };
        project.decisions = vec![
            decision("D1", "2026-03-05", &[1, 2]),
            decision("D2", "2026-03-05", &[2]),
            decision("D3", "2026-03-06", &[1]),
            Decision { decided: Some(day("2026-03-04")), ..decision("D4", "2026-03-05", &[1]) },
        ];
        let says = "decision 'D1 Which vendor' was due on 2026-03-05 and is still to be taken; B, on the critical path, waits for it";
        assert_eq!(found(&project, &values, &Ledger::default()), [("W402", says.to_owned())]);
    }

    #[test]
    fn progress_is_doubted_only_where_people_book_on_tasks() {
        let (project, mut values) = plan();
        values[0].percent_complete = 0.5;
        values[2].percent_complete = 0.5;
        values[2].hours = Work(3_600);
        assert!(found(&project, &values, &Ledger::default()).is_empty(), "nobody books at all");
        let line = LedgerLine {
            task: Some(2),
            account: None,
            period: day("2026-03-02"),
            labour: Money::ZERO,
            other: Money::ZERO,
            hours: Work(3_600),
            first_day: day("2026-03-02"),
            last_day: day("2026-03-02"),
        };
        let ledger = Ledger { lines: vec![line], ..Ledger::default() };
        let says = "1 task reports progress and has neither hours nor cost booked: A";
        assert_eq!(found(&project, &values, &ledger), [("W403", says.to_owned())]);
        values[0].ac = Money(1);
        assert!(found(&project, &values, &ledger).is_empty(), "its cost was posted");
    }
}
