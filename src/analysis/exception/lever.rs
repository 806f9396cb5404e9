//! What can be changed in a plan: one more person on a task, tasks left out.

use std::collections::BTreeMap;

use super::Given;
use crate::analysis::milestone::is_finished;
use crate::analysis::network::activities::State;
use crate::analysis::network::{self, Network};
use crate::analysis::rollup::Tree;
use crate::language::Phrase;
use crate::model::{Acceptance, ConstraintKind, EarningRule, Project, TaskKind, TaskStatus};
use crate::quantity::{Money, Work};

/// What is shorter than this, in working days, is done before anybody new is of use.
const LEAST_DAYS: f64 = 5.0;
/// Tasks that are tried, the longest first.
const TRIED: usize = 12;
/// Tasks that get somebody more.
const STAFFED: usize = 3;
/// A gain below this, in working days, is none.
const GAIN: f64 = 0.5;
/// What is left out is at most this share of the budget that is left: more is another project.
const MOST_LEFT_OUT: f64 = 0.2;

/// A plan that differs from the present one.
#[derive(Clone, Debug, Default, PartialEq)]
pub(super) struct Lever {
    /// Tasks that get one more person, each with the days that the finish gains by it alone.
    pub(super) staffed: Vec<(usize, f64)>,
    /// Tasks that are left out.
    pub(super) left_out: Vec<usize>,
    /// The deliverable or control account they make.
    pub(super) group: Option<String>,
}

impl Lever {
    /// The project with the changed plan. `rate` is the mean cost of an hour.
    pub(super) fn applied(&self, given: &Given<'_>, network: &Network, rate: f64) -> Project {
        let mut project = given.project.clone();
        for (task, _) in &self.staffed {
            staff(&mut project, given, network, *task, rate);
        }
        for task in &self.left_out {
            project.tasks[*task].status = Some(TaskStatus::Cancelled);
        }
        project
    }
}

/// The share of its remaining duration that a task keeps with one person more. By proportion `people` who become
/// one more would need `people / (people + 1)` of it; half of that gain is counted, because who comes late has to be
/// taught by those who are there, and one more talks to all of them (Brooks, The Mythical Man-Month, 1975, ch. 2).
pub(super) fn kept(people: usize) -> f64 {
    #[expect(clippy::cast_precision_loss, reason = "the people of a task")]
    let more = people.max(1) as f64 + 1.0;
    1.0 - 0.5 / more
}

/// Gives a task one person more: its remaining duration falls to what is [`kept`], its cost rises by what the work
/// grows. `people` x `days` become (`people` + 1) x `days` x kept, which is half a person for the whole of `days`.
fn staff(project: &mut Project, given: &Given<'_>, network: &Network, index: usize, rate: f64) {
    let Some(left) = remaining(network, index) else { return };
    let hours = left.hours() * 0.5;
    let value = &given.value.tasks[index];
    let task = &mut project.tasks[index];
    let share = kept(task.resources.len());
    let shorter = |work: Work| Work::from_hours(work.hours() * share);
    let rest = value.rest(task);
    task.remaining_cost = Some(rest + Money::from_units(hours * rate));
    task.remaining_duration = Some(shorter(left));
    task.three_point =
        task.three_point.map(|(low, likely, high)| (shorter(low), shorter(likely), shorter(high)));
    // What was stated of its remaining duration holds no longer.
    project.statements.retain(|statement| statement.task != index);
}

/// Working time that remains of a task.
fn remaining(network: &Network, task: usize) -> Option<Work> {
    let activity = (*network.activities.of_task.get(task)?)?;
    Some(Work(network.activities.list[activity as usize].duration))
}

/// The network of a project with another plan.
pub(super) fn replanned(given: &Given<'_>, project: &Project) -> Result<Network, Phrase> {
    network::network(project, &given.value.tasks, given.axis.status.0, &given.settings.network)
}

/// Whether more people would shorten a task: it is work of people, neither level of effort nor pinned to a date.
fn is_driven_by_effort(given: &Given<'_>, index: usize) -> bool {
    let task = &given.project.tasks[index];
    let pinned = matches!(task.constraint, ConstraintKind::Mso | ConstraintKind::Mfo);
    let effort = [task.remaining_work, task.work, task.baseline_work].into_iter().flatten();
    let people = !task.resources.is_empty() || effort.max().is_some_and(|work| work > Work::ZERO);
    task.kind == TaskKind::Task
        && given.value.tasks[index].rule != EarningRule::LevelOfEffort
        && !pinned
        && people
}

/// One more person on each of the critical tasks driven by effort whose shorter duration brings the finish forward most; `None` where
/// none does.
pub(super) fn people(given: &Given<'_>, network: &Network) -> Option<Lever> {
    let hours_a_day = given.project.calendars.first()?.hours_per_day();
    let long = |task: usize| remaining(network, task).filter(|left| left.days(hours_a_day) >= LEAST_DAYS);
    let mut tried: Vec<usize> = network
        .longest_path()
        .into_iter()
        .filter(|task| is_driven_by_effort(given, *task) && long(*task).is_some())
        .collect();
    tried.sort_by_key(|task| (std::cmp::Reverse(long(*task)), *task));
    tried.truncate(TRIED);
    let gain = |task: usize| {
        let lever = Lever { staffed: vec![(task, 0.0)], ..Lever::default() };
        let changed = replanned(given, &lever.applied(given, network, 0.0)).ok()?;
        let gain = network.duration - changed.duration;
        (gain >= GAIN).then_some((task, gain))
    };
    let mut staffed: Vec<(usize, f64)> = tried.into_iter().filter_map(gain).collect();
    staffed.sort_by(|a, b| b.1.total_cmp(&a.1).then(a.0.cmp(&b.0)));
    staffed.truncate(STAFFED);
    (!staffed.is_empty()).then(|| Lever { staffed, ..Lever::default() })
}

/// The deliverable whose tasks, none of them begun, bring the finish forward most when they are left out, and of
/// equals the one that saves most; where the finish is not `late`, the one that saves most. Without deliverables the control account. `None` where there is none, or all are
/// too large to be a cut.
pub(super) fn scope(given: &Given<'_>, network: &Network, late: bool) -> Option<Lever> {
    let left = |task: usize| given.value.tasks[task].rest(&given.project.tasks[task]);
    let tree = Tree::new(&given.project.tasks);
    let all: Money = (0..given.project.tasks.len())
        .filter(|task| tree.is_leaf(*task) && !is_finished(&given.value.tasks[*task]))
        .map(left)
        .sum();
    let candidates = groups(given, network).into_iter().filter_map(|(group, tasks)| {
        let saved: Money = tasks.iter().map(|task| left(*task)).sum();
        if saved > all.share(MOST_LEFT_OUT) {
            return None;
        }
        let lever = Lever { left_out: tasks, group: Some(group), staffed: Vec::new() };
        let gain = network.duration - replanned(given, &lever.applied(given, network, 0.0)).ok()?.duration;
        (gain >= GAIN || saved > Money::ZERO).then_some((
            if late { gain.max(0.0) } else { 0.0 },
            saved,
            lever,
        ))
    });
    // The first of equals stays: names are in order.
    let better = |best: (f64, Money, Lever), next: (f64, Money, Lever)| {
        if (next.0, next.1.units()) > (best.0, best.1.units()) { next } else { best }
    };
    candidates.reduce(better).map(|(.., lever)| lever)
}

/// What could be left out as a whole: the open tasks of a deliverable nobody has accepted, or of a control account,
/// where none has begun.
fn groups(given: &Given<'_>, network: &Network) -> BTreeMap<String, Vec<usize>> {
    let project = given.project;
    let state = |task: usize| network.scheduled(task).map(|found| found.state);
    let mut groups: BTreeMap<String, Vec<usize>> = BTreeMap::new();
    for made in project.deliverables.iter().filter(|made| made.acceptance != Acceptance::Accepted) {
        groups.insert(made.name.clone(), made.tasks.clone());
    }
    if project.deliverables.is_empty() {
        for (index, task) in project.tasks.iter().enumerate() {
            if let (Some(account), Some(State::Open | State::Begun | State::Finished)) =
                (&task.control_account, state(index))
            {
                groups.entry(account.to_string()).or_default().push(index);
            }
        }
    }
    groups.retain(|_, tasks| !tasks.is_empty() && tasks.iter().all(|task| state(*task) == Some(State::Open)));
    groups
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn one_more_person_gains_half_of_what_proportion_promises() {
        // One becomes two: half the time by proportion, three quarters with half of the gain.
        for (people, share) in [(1, 0.75), (2, 1.0 - 0.5 / 3.0), (3, 0.875), (0, 0.75)] {
            assert!((kept(people) - share).abs() < 1e-12, "{people}");
        }
        // The work grows by half a person, whoever many there are: (n + 1) x kept(n) = n + 1/2.
        for people in 1..6_u8 {
            let people_f = f64::from(people);
            assert!(((people_f + 1.0) * kept(people.into()) - people_f - 0.5).abs() < 1e-12);
        }
    }
}
