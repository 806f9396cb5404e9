//! The milestones of page 1: the next ones and those that moved most, in order of their dates.

use crate::analysis::Milestone;
use crate::analysis::commitment::is_overdue;
use crate::calendar::last_day;
use crate::document::{Column, Kind, Row, Table, Value};
use crate::report::subject::{Subject, finish_cell};

/// The table; none without milestones.
pub(super) fn compose(subject: &Subject<'_>) -> Option<Table> {
    let mut shown = chosen(&subject.found.milestones, subject.limits.milestones);
    if shown.is_empty() {
        return None;
    }
    shown.sort_by_key(|milestone| (milestone.baseline.or(milestone.forecast), milestone.task));
    let all = subject.found.milestones.len();
    let shown_of_all = (shown.len() < all).then_some((shown.len(), all));
    let reached = shown.iter().all(|milestone| milestone.reached);
    let since = subject.found.since.as_ref();
    let then = |task| since?.milestones.iter().find(|then| then.task == task).map(|moved| moved.then);
    let rows = shown.into_iter().map(|milestone| {
        let name = subject.project.tasks.get(milestone.task).map(|task| task.name.to_string());
        Row::new(vec![
            Value::Text(name.unwrap_or_default()),
            finish_cell(milestone.baseline),
            finish_cell(then(milestone.task)),
            finish_cell(milestone.forecast),
            milestone.movement_days.map_or(Value::Empty, Value::Days),
            subject.cell(state(subject, milestone)),
        ])
    });
    let table = Table {
        id: "milestones",
        caption: subject.say(match (shown_of_all, reached) {
            (None, _) => phrase!("Milestones"),
            (Some((n, all)), true) => phrase!("Milestones: the most moved ({n} of {all})", n, all),
            (Some((n, all)), false) => {
                phrase!("Milestones: the next and the most moved ({n} of {all})", n, all)
            }
        }),
        columns: vec![
            Column::new("name", "Milestone", Kind::Text).weight(5),
            Column::new("baseline", "Baseline", Kind::Date),
            Column::new("then", "Last report", Kind::Date),
            Column::new("forecast", if reached { word!("Reached") } else { word!("Now") }, Kind::Date),
            Column::new("movement", "Days later", Kind::Days),
            Column::new("state", "State", Kind::Text).weight(2),
        ],
        rows: rows.collect(),
        totals: None,
        print_rows: None,
    };
    Some(if since.is_some() { table } else { table.without("then") })
}

/// Half of the places for the next ones, the rest for those that moved most.
fn chosen(milestones: &[Milestone], limit: usize) -> Vec<&Milestone> {
    if milestones.len() <= limit {
        return milestones.iter().collect();
    }
    let mut open: Vec<&Milestone> = milestones.iter().filter(|milestone| !milestone.reached).collect();
    open.sort_by_key(|milestone| (milestone.forecast.or(milestone.baseline), milestone.task));
    let mut chosen: Vec<&Milestone> = open.iter().copied().take(limit.div_ceil(2)).collect();
    let moved = |milestone: &Milestone| milestone.movement_days.unwrap_or(0.0).abs();
    let mut rest: Vec<&Milestone> = milestones
        .iter()
        .filter(|milestone| chosen.iter().all(|taken| taken.task != milestone.task))
        .collect();
    // Stable: of equally moved ones the open come first, then the later.
    rest.sort_by(|a, b| {
        moved(b).total_cmp(&moved(a)).then(a.reached.cmp(&b.reached)).then(b.baseline.cmp(&a.baseline))
    });
    let places = limit - chosen.len();
    chosen.extend(rest.into_iter().take(places));
    chosen
}

/// `reached`, `reached late`, `overdue`, `late`, `on time`.
fn state(subject: &Subject<'_>, milestone: &Milestone) -> &'static str {
    let moved_later = milestone.movement_days.is_some_and(|days| days > 0.0);
    let status = subject.found.status_date.day();
    match (milestone.reached, milestone.baseline.map(last_day)) {
        (true, _) if moved_later => word!("reached late"),
        (true, _) => word!("reached"),
        (false, due) if is_overdue(due, status) => word!("overdue"),
        (false, None) => word!("not in the baseline"),
        (false, _) if moved_later => word!("late"),
        (false, _) => word!("on time"),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn milestone(task: usize, day: u32, reached: bool, movement: f64) -> Milestone {
        let day = chrono::NaiveDate::from_ymd_opt(2026, 3, day).unwrap();
        let end = crate::calendar::end_of_day(day);
        Milestone { task, baseline: Some(end), forecast: Some(end), reached, movement_days: Some(movement) }
    }

    #[test]
    fn the_next_and_the_most_moved_are_chosen() {
        let all = [
            milestone(0, 1, true, 0.0),
            milestone(1, 2, true, 9.0),
            milestone(2, 10, false, 1.0),
            milestone(3, 11, false, 0.0),
            milestone(4, 12, false, 0.0),
            milestone(5, 13, false, 5.0),
        ];
        let tasks: Vec<usize> = chosen(&all, 4).into_iter().map(|milestone| milestone.task).collect();
        assert_eq!(tasks, [2, 3, 1, 5]);
        assert_eq!(chosen(&all, 6).len(), 6);
    }
}
