//! Summaries that lost their outline: exports of a plan without levels have them as tasks among their tasks, and every
//! amount is there twice.

use super::tasks::Drafts;
use crate::calendar::Moment;
use crate::diagnostic::{Diagnostic, Diagnostics, code};
use crate::language::Part;
use crate::model::Task;
use crate::quantity::Money;

/// How many are named.
const NAMED: usize = 5;

/// Says which tasks of a plan without any outline span the tasks below them to the day and cost what those cost.
pub(super) fn report(drafts: &Drafts, project: &str, problems: &mut Diagnostics) {
    if drafts.tasks.iter().any(|task| task.parent.is_some()) {
        return;
    }
    let found = lookalikes(&drafts.tasks);
    let Some(first) = found.first() else { return };
    let names: Vec<&str> = found.iter().take(NAMED).map(|index| drafts.tasks[*index].id.as_str()).collect();
    let message = phrase!(
        "{n} {n|task|tasks} without an outline that {n|spans and costs|span and cost} what the tasks below do: {tasks}",
        n = found.len(),
        tasks = Part::few(&names, found.len())
    );
    let help = word!(
        "if they are summaries, their amounts are counted twice: export the outline too (`outline_level`, `wbs` or `parent`), \
         or take these rows out"
    );
    problems.push(
        Diagnostic::new(&code::SUMMARY_LOOKALIKE, drafts.rows[*first].cell("baseline_cost"), message)
            .project(project)
            .help(help),
    );
}

/// Tasks whose dates and cost are those of two or more that follow them, in the order of the plan.
fn lookalikes(tasks: &[Task]) -> Vec<usize> {
    // Where the tasks under each end, by what is known of those below.
    let mut ends: Vec<usize> = (1..=tasks.len()).collect();
    let mut found = Vec::new();
    for index in (0..tasks.len()).rev() {
        if let Some(end) = end_below(tasks, &ends, index) {
            ends[index] = end;
            found.push(index);
        }
    }
    found.reverse();
    found
}

/// Where the tasks end that a task adds up; `None` when it adds up none.
fn end_below(tasks: &[Task], ends: &[usize], index: usize) -> Option<usize> {
    let own = planned(&tasks[index]).filter(|(_, _, cost)| *cost > Money::ZERO)?;
    let (mut sum, mut spanned, mut parts) = (Money::ZERO, None, 0);
    let mut at = index + 1;
    while let Some((start, finish, cost)) = tasks.get(at).and_then(planned) {
        if start < own.0 || finish > own.1 {
            break;
        }
        let (first, last) = spanned.unwrap_or((start, finish));
        spanned = Some((first.min(start), last.max(finish)));
        sum += cost;
        if sum > own.2 {
            // No cost is below zero. Without this, a long plan whose tasks all have the same dates would be walked
            // through for each of them.
            break;
        }
        parts += usize::from(!cost.is_zero());
        at = ends[at];
        if parts > 1 && sum == own.2 && spanned == Some((own.0, own.1)) {
            return Some(at);
        }
    }
    None
}

/// Baseline dates and cost.
fn planned(task: &Task) -> Option<(Moment, Moment, Money)> {
    Some((task.baseline_start?, task.baseline_finish?, task.baseline_cost?))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::calendar::{end_of_day, start_of_day};
    use chrono::NaiveDate;

    fn plan(rows: &[(u32, u32, f64)]) -> Vec<usize> {
        let day = |day: u32| NaiveDate::from_ymd_opt(2026, 1, day).unwrap();
        let task = |(start, finish, cost): &(u32, u32, f64)| Task {
            baseline_start: Some(start_of_day(day(*start))),
            baseline_finish: Some(end_of_day(day(*finish))),
            baseline_cost: Some(Money::from_units(*cost)),
            ..Task::default()
        };
        lookalikes(&rows.iter().map(task).collect::<Vec<_>>())
    }

    #[test]
    fn a_long_plan_of_equal_dates_is_read_once() {
        // Each spans all that follow: to add those up for each would take minutes.
        let equal = vec![(5, 30, 100.0); 200_000];
        assert_eq!(plan(&equal), [0; 0]);
    }

    #[test]
    fn summaries_are_known_by_what_they_add_up() {
        let flat = [(5, 9, 3_000.0), (12, 16, 5_000.0), (19, 30, 10_000.0)];
        assert_eq!(plan(&flat), [0; 0]);
        // A summary over all of two phases, of which one has tasks of its own.
        let outline = [(5, 30, 18_000.0), (5, 16, 8_000.0), flat[0], flat[1], flat[2]];
        assert_eq!(plan(&outline), [0, 1]);
        assert_eq!(plan(&[(5, 16, 8_001.0), flat[0], flat[1]]), [0; 0], "another amount");
        assert_eq!(plan(&[(5, 17, 8_000.0), flat[0], flat[1]]), [0; 0], "other dates");
        assert_eq!(plan(&[flat[0], flat[0]]), [0; 0], "one task is no outline");
    }
}
