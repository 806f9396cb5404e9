//! Baseline cost on summary rows. The rule of the house: tasks carry cost, summaries add up.
//!
//! Where anything below a summary carries a baseline cost, the summary's own is only a total that a
//! tool wrote beside it: it does not count again, and a note says where it differs by more than 1%.
//! Where nothing below it does, the amount stays in BAC as the summary's own, and a warning says so.

use std::cmp::Reverse;

use super::tasks::Drafts;
use crate::diagnostic::{Diagnostic, Diagnostics, code};
use crate::language::Part;
use crate::model::TaskKind;
use crate::quantity::Money;

/// Share of the amount by which a summary's own cost may differ from that of its tasks.
const TOLERANCE: f64 = 0.01;

/// Says where the costs of summaries and tasks do not fit each other.
pub(super) fn compare(drafts: &Drafts, project: &str, problems: &mut Diagnostics) {
    let count = drafts.tasks.len();
    // What the tasks below carry; `None` where they carry nothing.
    let mut below: Vec<Option<Money>> = vec![None; count];
    let mut order: Vec<usize> = (0..count).collect();
    order.sort_by_key(|index| Reverse(drafts.tasks[*index].level));
    for index in order {
        let task = &drafts.tasks[index];
        let own = task.baseline_cost.filter(|cost| !cost.is_zero());
        if task.kind == TaskKind::Summary
            && let Some(own) = own
        {
            let place = drafts.rows[index].cell("baseline_cost");
            match below[index] {
                Some(sum) if differs(own, sum) => {
                    let message = phrase!(
                        "summary '{task}' says {amount}, its tasks add up to {sum}",
                        task = &*task.id,
                        amount = Part::exact(own),
                        sum = Part::exact(sum)
                    );
                    problems.push(
                        Diagnostic::new(&code::SUMMARY_DISAGREES, place, message)
                            .project(project)
                            .help(word!("the sum of its tasks counts")),
                    );
                }
                Some(_) => {}
                None => {
                    let message = phrase!(
                        "summary '{task}' carries {amount} and its tasks nothing",
                        task = &*task.id,
                        amount = Part::exact(own)
                    );
                    problems.push(
                        Diagnostic::new(&code::SUMMARY_COST, place, message)
                            .project(project)
                            .help(word!(
                                "it counts as the summary's own; spread it over the tasks so that each earns its part"
                            )),
                    );
                }
            }
        }
        if let (Some(above), Some(carried)) = (task.parent, below[index].or(own)) {
            below[above] = Some(below[above].unwrap_or_default() + carried);
        }
    }
}

fn differs(own: Money, sum: Money) -> bool {
    (own - sum).units().abs() > TOLERANCE * sum.units().abs().max(own.units().abs())
}
