//! Baseline cost on summary rows. The rule of the house: tasks carry cost, summaries add up.
//!
//! Where anything below a summary carries a baseline cost, the summary's own is only a total that a
//! tool wrote beside it: it is not counted again, and a note says where it differs by more than 1%.
//! Where nothing below it does, the amount would vanish: it becomes a budget line beside the tasks, so
//! that it stays in BAC, and a warning says that no task earns it.

use crate::diagnostic::{Diagnostic, Diagnostics, code};
use crate::model::{Task, TaskKind};
use crate::quantity::Money;

use super::tasks::Drafts;

/// Share of the amount by which a summary's own cost may differ from that of its tasks.
const TOLERANCE: f64 = 0.01;

/// A summary's cost that no task below it carries: index of the summary and the amount.
pub(super) type Beside = (usize, Money);

/// Takes the cost off the summaries and hands back what no task carries.
pub(super) fn settle(drafts: &mut Drafts, project: &str, problems: &mut Diagnostics) -> Vec<Beside> {
    let mut below: Vec<Money> = vec![Money::ZERO; drafts.tasks.len()];
    let mut carried: Vec<bool> = vec![false; drafts.tasks.len()];
    let mut beside = Vec::new();
    // The deepest first: what is below a summary is settled before it.
    let mut order: Vec<usize> = (0..drafts.tasks.len()).collect();
    order.sort_by_key(|index| std::cmp::Reverse(drafts.tasks[*index].level));
    for index in order {
        let task = &mut drafts.tasks[index];
        let own = task.baseline_cost;
        let mut amount = own.unwrap_or(Money::ZERO);
        let mut carries = own.is_some_and(|own| !own.is_zero());
        if task.kind == TaskKind::Summary {
            task.baseline_cost = None;
            if carried[index] {
                let sum = below[index];
                if carries && differs(amount, sum) {
                    problems.push(disagreement(
                        task,
                        amount,
                        sum,
                        drafts.rows[index].cell("baseline_cost"),
                        project,
                    ));
                }
                (amount, carries) = (sum, true);
            } else if carries {
                problems.push(unearned(task, amount, drafts.rows[index].cell("baseline_cost"), project));
                beside.push((index, amount));
            }
        }
        if let Some(above) = drafts.tasks[index].parent
            && carries
        {
            below[above] += amount;
            carried[above] = true;
        }
    }
    beside.sort_unstable();
    beside
}

fn differs(own: Money, sum: Money) -> bool {
    (own - sum).units().abs() > TOLERANCE * sum.units().abs().max(own.units().abs())
}

fn disagreement(
    task: &Task,
    own: Money,
    sum: Money,
    place: crate::diagnostic::Location,
    project: &str,
) -> Diagnostic {
    let message =
        format!("summary '{}' says {:.2}, its tasks add up to {:.2}", task.id, own.units(), sum.units());
    Diagnostic::new(&code::SUMMARY_DISAGREES, place, message)
        .project(project)
        .help("the sum of its tasks counts")
}

fn unearned(task: &Task, own: Money, place: crate::diagnostic::Location, project: &str) -> Diagnostic {
    let message = format!("summary '{}' carries {:.2} that no task below it earns", task.id, own.units());
    Diagnostic::new(&code::SUMMARY_COST, place, message)
        .project(project)
        .help("it stays in BAC beside the tasks; spread it over the tasks so that it can be earned")
}
