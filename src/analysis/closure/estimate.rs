//! How the estimates of the finished tasks came out: what was booked against the hours and the cost of the
//! baseline, over all of them, by phase and part of the work, and by the role of who they are assigned to.
//!
//! | measure | definition | source |
//! |---|---|---|
//! | ratio | actual / estimate; 1.3 is 30% more than estimated | |
//! | MRE | abs(actual - estimate) / actual | Conte, Dunsmore and Shen, *Software Engineering Metrics and Models*, 1986 |
//! | MMRE | the mean of MRE; good at 0.25 or below | the same |
//! | PRED(25) | the share of the tasks with MRE of at most 0.25; good at 0.75 or above | the same |
//!
//! MMRE forgives what was estimated too low and not what was estimated too high (Foss, Stensrud, Kitchenham and
//! Myrtveit, *A Simulation Study of the Model Evaluation Criterion MMRE*, IEEE TSE 29(11), 2003): so the median ratio,
//! which has a direction, stands beside it.

use std::collections::BTreeMap;

use crate::analysis::effort::assigned;
use crate::analysis::ledger::folded;
use crate::analysis::percentile::percentile;
use crate::analysis::rollup::Tree;
use crate::analysis::standing::counts;
use crate::analysis::{TaskValue, metric, milestone};
use crate::model::Project;
use crate::quantity::{Money, Work};

/// From this MRE on a task does not count for PRED(25).
const NEAR: f64 = 0.25;

/// The estimates of a project's finished tasks.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Estimates {
    /// Every finished task with a baseline and something booked, in the order of the plan.
    pub tasks: Vec<Estimate>,
    /// All of them together.
    pub all: Accuracies,
    /// By phase in the order of the plan, each followed by its parts where it has several.
    pub parts: Vec<Part>,
    /// By the role of the people assigned, each followed by its people where it has several. Of several on a task each
    /// has an equal share; a task that is assigned to nobody is its owner's.
    pub roles: Vec<Part>,
}

/// A finished task.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Estimate {
    /// Index into tasks.
    pub task: usize,
    /// Estimated and booked hours; `None` where either is missing.
    pub hours: Option<(Work, Work)>,
    /// Estimated and actual cost; `None` where either is missing.
    pub cost: Option<(Money, Money)>,
}

/// A group of tasks.
#[derive(Clone, Debug, PartialEq)]
pub struct Part {
    /// Phase, role or person; empty where the tasks name none.
    pub name: String,
    /// The summary the tasks of a part lie under.
    pub summary: Option<usize>,
    /// 0 for a phase or role, 1 for what is below it.
    pub level: u8,
    /// How good its estimates were.
    pub accuracy: Accuracies,
}

/// Accuracy of hours and of cost; `None` where no task has both sides.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub struct Accuracies {
    /// In hours.
    pub hours: Option<Accuracy>,
    /// In currency units.
    pub cost: Option<Accuracy>,
}

/// How a set of estimates came out.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Accuracy {
    /// How many estimates.
    pub count: usize,
    /// Their sum.
    pub estimated: f64,
    /// The sum of what came.
    pub actual: f64,
    /// The middle one of the ratios of actual to estimate.
    pub median: f64,
    /// The quartiles of the ratios: half of the tasks lie between them.
    pub quartiles: (f64, f64),
    /// The task whose ratio is furthest from 1, twice as much being as far as half as much: index into tasks.
    pub worst: usize,
    /// Its ratio.
    pub worst_ratio: f64,
    /// The sum of the magnitudes of the relative errors.
    pub errors: f64,
    /// How many tasks came within a quarter.
    pub near: usize,
}

impl Accuracy {
    /// From estimates and actual figures by task; those that are not above zero say nothing. `None` of nothing.
    #[must_use]
    pub fn of(pairs: &[(usize, f64, f64)]) -> Option<Self> {
        let told =
            || pairs.iter().copied().filter(|(_, estimated, actual)| *estimated > 0.0 && *actual > 0.0);
        let mut ratios: Vec<f64> = told().map(|(_, estimated, actual)| actual / estimated).collect();
        ratios.sort_by(f64::total_cmp);
        let far = |(_, estimated, actual): &(usize, f64, f64)| (actual / estimated).ln().abs();
        // Of equally far ones the first of the plan.
        let worst = told().reduce(|worst, next| if far(&next) > far(&worst) { next } else { worst })?;
        let errors = || told().map(|(_, estimated, actual)| metric::relative_error(actual, estimated));
        Some(Self {
            count: ratios.len(),
            estimated: told().map(|(_, estimated, _)| estimated).sum(),
            actual: told().map(|(.., actual)| actual).sum(),
            median: percentile(&ratios, 0.5),
            quartiles: (percentile(&ratios, 0.25), percentile(&ratios, 0.75)),
            worst: worst.0,
            worst_ratio: worst.2 / worst.1,
            errors: errors().sum(),
            near: errors().filter(|error| *error <= NEAR).count(),
        })
    }

    /// Mean magnitude of relative error.
    #[must_use]
    pub fn mmre(&self) -> f64 {
        self.errors / as_f64(self.count)
    }

    /// Share of the tasks that came within a quarter.
    #[must_use]
    pub fn pred_25(&self) -> f64 {
        as_f64(self.near) / as_f64(self.count)
    }

    /// All that came over all that was estimated.
    #[must_use]
    pub fn ratio(&self) -> f64 {
        self.actual / self.estimated
    }
}

#[expect(clippy::cast_precision_loss, reason = "exact for any number of tasks")]
fn as_f64(count: usize) -> f64 {
    count as f64
}

/// Looks at every finished task.
#[must_use]
pub fn estimates(project: &Project, values: &[TaskValue]) -> Estimates {
    let tree = Tree::new(&project.tasks);
    let mut tasks = Vec::new();
    for (index, (task, value)) in project.tasks.iter().zip(values).enumerate() {
        if !counts(project, &tree, index) || !milestone::is_finished(value) {
            continue;
        }
        let hours = task.baseline_work.filter(|work| *work > Work::ZERO).zip(positive(value.hours));
        let cost = positive(value.bac).zip(positive(value.ac));
        if hours.is_some() || cost.is_some() {
            tasks.push(Estimate { task: index, hours, cost });
        }
    }
    let all: Vec<&Estimate> = tasks.iter().collect();
    let summary = |task: usize| tree.parent(task);
    let phase = |task: usize| {
        tree.name(&project.tasks, task, |task| task.phase.as_deref()).unwrap_or_default().to_owned()
    };
    let part = |estimate: &Estimate| (phase(estimate.task), summary(estimate.task));
    Estimates {
        all: accuracies(&all),
        parts: grouped(&all, |estimate| part(estimate).0, part, |(_, summary)| (String::new(), *summary)),
        roles: by_role(project, &tasks),
        tasks,
    }
}

impl Estimate {
    /// The share of one of `people` who are on the task together; the shares add up to the whole.
    fn share(&self, nth: i64, people: i64) -> Self {
        let part = |whole: Money| whole.portion(nth + 1, people) - whole.portion(nth, people);
        let time = |whole: Work| Work(part(Money(whole.0)).0);
        Self {
            task: self.task,
            hours: self.hours.map(|(estimated, booked)| (time(estimated), time(booked))),
            cost: self.cost.map(|(estimated, actual)| (part(estimated), part(actual))),
        }
    }

    /// Two shares of one task together.
    fn with(self, other: Self) -> Self {
        Self {
            task: self.task,
            hours: self.hours.zip(other.hours).map(|((a, b), (c, d))| (a + c, b + d)),
            cost: self.cost.zip(other.cost).map(|((a, b), (c, d))| (a + c, b + d)),
        }
    }
}

/// What is known of a role: its share of every task, and that of each of its people.
#[derive(Default)]
struct Role<'a> {
    name: &'a str,
    shares: Vec<Estimate>,
    people: Vec<(&'a str, Vec<Estimate>)>,
}

/// By the role of the people who are assigned to a task, in the order in which they come first.
fn by_role(project: &Project, tasks: &[Estimate]) -> Vec<Part> {
    let known: BTreeMap<String, &str> = project
        .resources
        .iter()
        .filter_map(|row| Some((folded(&row.person), row.role.as_deref()?)))
        .collect();
    let mut roles: Vec<Role<'_>> = Vec::new();
    for estimate in tasks {
        let mut people = assigned(&project.tasks[estimate.task]);
        if people.is_empty() {
            people.push("");
        }
        let count = i64::try_from(people.len()).unwrap_or(i64::MAX);
        for (person, nth) in people.into_iter().zip(0..) {
            let share = estimate.share(nth, count);
            let name = known.get(&folded(person)).copied().unwrap_or_default();
            let at = roles.iter().position(|role| role.name == name).unwrap_or_else(|| {
                roles.push(Role { name, ..Role::default() });
                roles.len() - 1
            });
            let role = &mut roles[at];
            match role.shares.last_mut() {
                Some(last) if last.task == share.task => *last = last.with(share),
                _ => role.shares.push(share),
            }
            match role.people.iter_mut().find(|(known, _)| folded(known) == folded(person)) {
                Some((_, shares)) => shares.push(share),
                None => role.people.push((person, vec![share])),
            }
        }
    }
    let part = |name: &str, level, shares: &[Estimate]| Part {
        name: name.to_owned(),
        summary: None,
        level,
        accuracy: accuracies(&shares.iter().collect::<Vec<_>>()),
    };
    let mut parts = Vec::new();
    for role in &roles {
        parts.push(part(role.name, 0, &role.shares));
        if role.people.len() > 1 {
            parts.extend(role.people.iter().map(|(person, shares)| part(person, 1, shares)));
        }
    }
    if parts.iter().all(|part| part.level == 0 && part.name.is_empty()) { Vec::new() } else { parts }
}

fn positive<T: PartialOrd + Default>(value: T) -> Option<T> {
    (value > T::default()).then_some(value)
}

/// Groups and, where a group has several, what is below it; both in the order in which they come first.
fn grouped<K: PartialEq>(
    all: &[&Estimate],
    group: impl Fn(&Estimate) -> String,
    below: impl Fn(&Estimate) -> K,
    named: impl Fn(&K) -> (String, Option<usize>),
) -> Vec<Part> {
    let mut parts = Vec::new();
    for (name, estimates) in gathered(all, &group) {
        parts.push(Part { name, summary: None, level: 0, accuracy: accuracies(&estimates) });
        let within = gathered(&estimates, &below);
        if within.len() > 1 {
            parts.extend(within.into_iter().map(|(key, estimates)| {
                let (name, summary) = named(&key);
                Part { name, summary, level: 1, accuracy: accuracies(&estimates) }
            }));
        }
    }
    // Groups without a name say nothing where there is no other.
    if parts.iter().all(|part| part.level == 0 && part.name.is_empty()) { Vec::new() } else { parts }
}

/// By a key, in the order of its first.
fn gathered<'a, K: PartialEq>(
    all: &[&'a Estimate],
    key: impl Fn(&Estimate) -> K,
) -> Vec<(K, Vec<&'a Estimate>)> {
    let mut groups: Vec<(K, Vec<&Estimate>)> = Vec::new();
    for estimate in all {
        let key = key(estimate);
        match groups.iter_mut().find(|(known, _)| *known == key) {
            Some((_, group)) => group.push(estimate),
            None => groups.push((key, vec![estimate])),
        }
    }
    groups
}

fn accuracies(estimates: &[&Estimate]) -> Accuracies {
    let hours = estimates.iter().filter_map(|e| Some((e.task, e.hours?.0.hours(), e.hours?.1.hours())));
    let cost = estimates.iter().filter_map(|e| Some((e.task, e.cost?.0.units(), e.cost?.1.units())));
    Accuracies {
        hours: Accuracy::of(&hours.collect::<Vec<_>>()),
        cost: Accuracy::of(&cost.collect::<Vec<_>>()),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::analysis::example::{leaf, project};
    use crate::model::{Resource, Task, TaskKind};

    #[test]
    fn accuracy_worked_by_hand() {
        // Ratios 1, 2, 0.5, 1.25; MRE 0, 0.5, 1, 0.2: MMRE 0.425, two of four within a quarter.
        let pairs = [
            (0, 10.0, 10.0),
            (1, 10.0, 20.0),
            (2, 20.0, 10.0),
            (3, 40.0, 50.0),
            (4, 0.0, 9.0),
            (5, 9.0, 0.0),
        ];
        let accuracy = Accuracy::of(&pairs).unwrap();
        assert_eq!((accuracy.count, accuracy.estimated, accuracy.actual), (4, 80.0, 90.0));
        assert!((accuracy.ratio() - 1.125).abs() < 1e-12);
        // Sorted 0.5, 1, 1.25, 2: median 1.125, quartiles at 0.75 and 2.25 steps.
        assert!((accuracy.median - 1.125).abs() < 1e-12);
        assert!((accuracy.quartiles.0 - 0.875).abs() < 1e-12);
        assert!((accuracy.quartiles.1 - 1.4375).abs() < 1e-12);
        assert!((accuracy.mmre() - 0.425).abs() < 1e-12);
        assert!((accuracy.pred_25() - 0.5).abs() < 1e-12);
        // Twice as much and half as much are equally far: the first.
        assert_eq!((accuracy.worst, accuracy.worst_ratio), (1, 2.0));
        assert_eq!(Accuracy::of(&[(0, 0.0, 1.0)]), None);
    }

    #[test]
    fn several_on_a_task_share_it_whoever_answers_for_it() {
        // Eva and Kim (developers) and Jo (tester) on A, 30 hours that took 60: each 10 that took 20. B is Jo's alone,
        // 10 that took 10; C is assigned to nobody, so it is Eva's who answers for it, 10 that took 5.
        let finished = |id: &str, people: &[&str], planned: f64, booked: f64| {
            let (task, value) = leaf(id, 0, 0, 0, 0);
            let resources = people.iter().map(|who| (*who).to_owned()).collect();
            let baseline_work = Some(Work::from_hours(planned));
            let task = Task { owner: Some("Eva".into()), resources, baseline_work, ..task };
            (task, TaskValue { hours: Work::from_hours(booked), percent_complete: 1.0, ..value })
        };
        let (mut project, values) = project(vec![
            finished("A", &["Eva", "Kim", "Jo"], 30.0, 60.0),
            finished("B", &["Jo"], 10.0, 10.0),
            finished("C", &[], 10.0, 5.0),
        ]);
        let known = |person: &str, role: &str| Resource {
            person: person.into(),
            role: Some(role.into()),
            ..Resource::default()
        };
        project.resources = vec![known("Eva", "Developer"), known("Kim", "Developer"), known("Jo", "Tester")];
        let found = estimates(&project, &values);
        let told: Vec<_> = found
            .roles
            .iter()
            .map(|part| {
                let hours = part.accuracy.hours.unwrap();
                (part.name.as_str(), part.level, hours.count, hours.estimated, hours.actual)
            })
            .collect();
        assert_eq!(
            told,
            [
                ("Developer", 0, 2, 30.0, 45.0),
                ("Eva", 1, 2, 20.0, 25.0),
                ("Kim", 1, 1, 10.0, 20.0),
                ("Tester", 0, 2, 20.0, 30.0),
            ]
        );
    }

    #[test]
    fn finished_tasks_are_grouped_by_phase_part_and_role() {
        let finished = |id: &str, parent, phase: Option<&str>, owner: &str, planned: f64, booked: f64| {
            let (task, value) = leaf(id, 100, 100, 100, 120);
            let task = Task {
                parent,
                phase: phase.map(Into::into),
                owner: Some(owner.into()),
                baseline_work: Some(Work::from_hours(planned)),
                ..task
            };
            (task, TaskValue { hours: Work::from_hours(booked), ..value })
        };
        let summary = |id: &str, phase: &str| {
            let (task, value) = leaf(id, 0, 0, 0, 0);
            (Task { kind: TaskKind::Summary, phase: Some(phase.into()), ..task }, value)
        };
        let mut open = finished("D", Some(0), None, "Eva", 10.0, 99.0);
        open.1.percent_complete = 0.5;
        let (mut project, values) = project(vec![
            summary("S", "Build"),
            summary("T", "Build"),
            finished("A", Some(0), None, "Eva", 10.0, 15.0),
            finished("B", Some(1), None, "Jo", 20.0, 20.0),
            finished("C", None, Some("Test"), "Jo", 10.0, 5.0),
            open,
        ]);
        let known = |person: &str, role: &str| Resource {
            person: person.into(),
            role: Some(role.into()),
            ..Resource::default()
        };
        project.resources = vec![known("EVA", "Developer"), known("Jo", "Tester")];
        let found = estimates(&project, &values);
        assert_eq!(found.tasks.iter().map(|estimate| estimate.task).collect::<Vec<_>>(), [2, 3, 4]);
        let told = |parts: &[Part]| {
            let told = parts.iter().map(|part| {
                let hours = part.accuracy.hours.unwrap();
                (part.name.clone(), part.summary, part.level, hours.ratio())
            });
            told.collect::<Vec<_>>()
        };
        assert_eq!(
            told(&found.parts),
            [
                ("Build".to_owned(), None, 0, 35.0 / 30.0),
                (String::new(), Some(0), 1, 1.5),
                (String::new(), Some(1), 1, 1.0),
                ("Test".to_owned(), None, 0, 0.5),
            ]
        );
        assert_eq!(
            told(&found.roles),
            [("Developer".to_owned(), None, 0, 1.5), ("Tester".to_owned(), None, 0, 25.0 / 30.0)]
        );
        assert!((found.all.cost.unwrap().ratio() - 1.2).abs() < 1e-12);
    }
}
