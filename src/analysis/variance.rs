//! The largest contributions to the cost and schedule variance, each with a cause in words and figures.

use crate::analysis::ledger::{Ledger, PostedLine};
use crate::analysis::rollup::Tree;
use crate::analysis::status::TimeAxis;
use crate::analysis::{TaskValue, Thresholds, milestone};
use crate::calendar::{Moment, last_day};
use crate::language::{Part, Phrase};
use crate::model::{Project, Task, TaskKind};
use crate::quantity::{Money, Work};

/// One contribution to the variances.
#[derive(Clone, Debug, PartialEq)]
pub struct Variance {
    /// Index into tasks.
    pub task: usize,
    /// EV - AC.
    pub cv: Money,
    /// EV - PV.
    pub sv: Money,
    /// Its share of all unfavourable CV (or SV, whichever is larger), 0..=1.
    pub share: f64,
    /// What the data says of the causes: more hours than planned, a higher rate, postings, a late start.
    pub causes: Vec<Phrase>,
}

impl Variance {
    /// The causes one after the other; an empty phrase where the data names none.
    #[must_use]
    pub fn cause(&self) -> Phrase {
        Phrase::clauses(self.causes.iter().cloned())
    }
}

/// How many are shown.
const MOST: usize = 10;
/// A cause is named when it makes up at least this share of the task's variance.
const MATERIAL: f64 = 0.2;

/// The worst tasks by the larger of their unfavourable CV and SV, in money; at most ten, and only those
/// whose variance is at least `thresholds.explain` of their BAC.
#[must_use]
pub fn variances(
    project: &Project,
    ledger: &Ledger,
    values: &[TaskValue],
    axis: &TimeAxis,
    thresholds: &Thresholds,
) -> Vec<Variance> {
    let tree = Tree::new(&project.tasks);
    let leaves: Vec<usize> = (0..project.tasks.len().min(values.len()))
        .filter(|&index| tree.is_leaf(index) && project.tasks[index].kind != TaskKind::Summary)
        .collect();
    let spent = spent(project, ledger);
    let all = |of: fn(&TaskValue) -> Money| -> Money { leaves.iter().map(|&i| of(&values[i])).sum() };
    let (cost, schedule) = (all(overspent), all(behind));
    let mut worst: Vec<(Money, usize)> = leaves
        .iter()
        .map(|&index| (overspent(&values[index]).max(behind(&values[index])), index))
        .filter(|(size, index)| size.0 > 0 && *size >= values[*index].bac.share(thresholds.explain))
        .collect();
    worst.sort_by_key(|(size, index)| (std::cmp::Reverse(*size), *index));
    worst.truncate(MOST);
    worst
        .into_iter()
        .map(|(_, index)| {
            let value = &values[index];
            let share = |part: Money, whole: Money| part.units() / whole.units().max(f64::MIN_POSITIVE);
            Variance {
                task: index,
                cv: value.ev - value.ac,
                sv: value.ev - value.pv,
                share: share(overspent(value), cost).max(share(behind(value), schedule)).min(1.0),
                causes: causes(project, index, value, &spent[index], axis, thresholds),
            }
        })
        .collect()
}

/// The unfavourable part of CV.
fn overspent(value: &TaskValue) -> Money {
    (value.ac - value.ev).max(Money::ZERO)
}

/// The unfavourable part of SV.
fn behind(value: &TaskValue) -> Money {
    (value.pv - value.ev).max(Money::ZERO)
}

/// What a task's actual cost is made of.
#[derive(Clone, Default)]
struct Spent<'a> {
    labour: Money,
    work: Work,
    posted: Money,
    /// The largest of what was posted to a category or vendor.
    largest: Option<&'a PostedLine>,
}

fn spent<'a>(project: &Project, ledger: &'a Ledger) -> Vec<Spent<'a>> {
    let mut spent = vec![Spent::default(); project.tasks.len()];
    for line in &ledger.lines {
        if let Some(task) = line.task.and_then(|task| spent.get_mut(task)) {
            task.labour += line.labour;
            task.work += line.hours;
            task.posted += line.other;
        }
    }
    for line in &ledger.posted {
        let Some(task) = line.task.and_then(|task| spent.get_mut(task)) else { continue };
        let named = line.category.is_some() || line.vendor.is_some();
        if named && task.largest.is_none_or(|largest| line.amount > largest.amount) {
            task.largest = Some(line);
        }
    }
    spent
}

/// What something was posted to.
fn posted_to(line: &PostedLine) -> Option<Phrase> {
    match (line.category.as_deref(), line.vendor.as_deref()) {
        (Some(category), Some(vendor)) => Some(phrase!("{category} from {vendor}", category, vendor)),
        (Some(name), None) | (None, Some(name)) => Some(Phrase::said(name)),
        (None, None) => None,
    }
}

/// What the data says of the causes, as far as it says anything.
fn causes(
    project: &Project,
    index: usize,
    value: &TaskValue,
    spent: &Spent<'_>,
    axis: &TimeAxis,
    thresholds: &Thresholds,
) -> Vec<Phrase> {
    let task = &project.tasks[index];
    let least = value.bac.share(thresholds.explain);
    let mut causes = Vec::new();
    if overspent(value).0 > 0 && overspent(value) >= least {
        causes.extend(cost_causes(task, value, spent));
    }
    if behind(value).0 > 0 && behind(value) >= least {
        causes.extend(schedule_causes(project, task, value, axis));
    }
    causes
}

/// Hours, rate and postings against what the earned part of the plan allows for.
fn cost_causes(task: &Task, value: &TaskValue, spent: &Spent<'_>) -> Vec<Phrase> {
    let over = overspent(value).units();
    let earned = value.earned_share.unwrap_or(0.0);
    let material = |effect: f64| effect >= MATERIAL * over;
    let mut causes = Vec::new();
    let planned_work = task.baseline_work.filter(|work| work.0 > 0);
    let labour_budget = value.bac - task.fixed_cost;
    if let Some(planned) = planned_work.filter(|_| spent.work.0 > 0 && labour_budget.0 > 0) {
        let rate = labour_budget.units() / planned.hours();
        let earned_hours = planned.hours() * earned;
        if material((spent.work.hours() - earned_hours) * rate) {
            causes.push(phrase!(
                "{booked} booked for work planned at {planned}",
                booked = spent.work,
                planned = Work::from_hours(earned_hours)
            ));
        }
        let paid = spent.labour.units() / spent.work.hours();
        if material((paid - rate) * spent.work.hours()) {
            let (paid, planned) = (Part::number(paid, 2), Part::number(rate, 2));
            causes.push(phrase!("{paid} an hour instead of {planned}", paid, planned));
        }
    } else if spent.work.0 > 0 && material(spent.labour.units() - value.ev.units()) {
        causes.push(phrase!(
            "{hours} booked at a cost of {cost} where {earned} is earned",
            hours = spent.work,
            cost = spent.labour,
            earned = value.ev
        ));
    }
    let planned_posted = if planned_work.is_some() {
        task.fixed_cost.share(earned)
    } else {
        (value.ev - spent.labour).max(Money::ZERO)
    };
    if material((spent.posted - planned_posted).units()) {
        let (posted, allowed) = (spent.posted, planned_posted);
        let largest = spent.largest.filter(|line| line.amount.0 > 0);
        causes.push(match largest.and_then(|line| Some((posted_to(line)?, line.amount))) {
            Some((name, amount)) => phrase!(
                "{posted} posted where the plan allows {allowed}, most of it {name} ({amount})",
                posted,
                allowed,
                name,
                amount
            ),
            None => phrase!("{posted} posted where the plan allows {allowed}", posted, allowed),
        });
    }
    if causes.is_empty() {
        let (spent, earned) = (value.ac, value.ev);
        causes.push(phrase!("{spent} spent where {earned} is earned", spent, earned));
    }
    causes
}

/// A late start, and progress against plan.
fn schedule_causes(project: &Project, task: &Task, value: &TaskValue, axis: &TimeAxis) -> Vec<Phrase> {
    let status = axis.status.0;
    let mut causes = Vec::new();
    let calendar = project.calendar_of(task);
    let late = |planned: Moment, actual: Moment| {
        let days = calendar?.days_between(planned, actual).round();
        (days >= 1.0).then(|| Part::number(days, 0))
    };
    match (task.baseline_start, value.actual_start) {
        (Some(planned), Some(actual)) => {
            causes.extend(
                late(planned, actual)
                    .map(|days| phrase!("started {days} {days|working day|working days} late", days)),
            );
        }
        (Some(planned), None) if planned < status && !milestone::is_finished(value) => {
            let due = last_day(planned + chrono::Duration::seconds(1));
            causes.push(match late(planned, status) {
                Some(days) => phrase!(
                    "not started, {days} {days|working day|working days} after its planned start on {due}",
                    days,
                    due
                ),
                None => phrase!("not started, planned for {due}", due),
            });
        }
        _ => {}
    }
    if value.bac.0 > 0 && value.actual_start.is_some() {
        let share = |part: Money| Part::share(part.units() / value.bac.units());
        causes.push(earned_instead(share(value.ev), share(value.pv)));
    }
    if causes.is_empty() {
        causes.push(earned_instead(value.ev.into(), value.pv.into()));
    }
    causes
}

fn earned_instead(earned: Part, planned: Part) -> Phrase {
    phrase!("{earned} earned where {planned} was planned", earned, planned)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::analysis::example::{axis, day, leaf, project, units};
    use crate::analysis::ledger::{LedgerLine, PostedLine};
    use crate::calendar::PeriodKind;

    fn line(task: usize, labour: i64, work: f64, other: i64) -> LedgerLine {
        LedgerLine {
            task: Some(task),
            account: None,
            period: day("2026-03-01"),
            labour: units(labour),
            other: units(other),
            hours: Work::from_hours(work),
            first_day: day("2026-03-02"),
            last_day: day("2026-03-31"),
        }
    }

    #[test]
    fn causes_come_from_hours_rate_postings_and_dates() {
        // A: 40 h at 100 planned, half earned (2,000 for 20 h); 30 h at 110 booked: 1,300 over, of which 10 h x
        // 100 = 1,000 by hours and 30 x 10 = 300 (23%) by rate. B: 500 earned, 900 posted. C: not begun.
        let mut rows = vec![
            leaf("A", 4_000, 2_000, 2_000, 3_300),
            leaf("B", 500, 500, 500, 900),
            leaf("C", 800, 800, 0, 0),
        ];
        rows[0].0.baseline_work = Some(Work::from_hours(40.0));
        rows[2].0.baseline_start = Some(day("2026-03-23").and_hms_opt(8, 0, 0).unwrap());
        let (project, values) = project(rows);
        let posted = PostedLine {
            task: Some(1),
            category: Some("Licences".into()),
            vendor: Some("Acme".into()),
            amount: units(900),
        };
        let ledger = Ledger {
            lines: vec![line(0, 3_300, 30.0, 0), line(1, 0, 0.0, 900)],
            posted: vec![posted],
            ..Ledger::default()
        };
        let axis = axis("2026-03-31", PeriodKind::Month);
        let found = variances(&project, &ledger, &values, &axis, &Thresholds::default());
        let shown: Vec<_> = found.iter().map(|v| (v.task, v.cause().to_string())).collect();
        assert_eq!(
            shown.iter().map(|(task, cause)| (*task, cause.as_str())).collect::<Vec<_>>(),
            [
                (0, "30 h booked for work planned at 20 h; 110.00 an hour instead of 100.00"),
                (2, "not started, 7 working days after its planned start on 2026-03-23"),
                (1, "900 posted where the plan allows 500, most of it Licences from Acme (900)"),
            ]
        );
        // A has 1,300 of 1,700 of the unfavourable CV, C all of the unfavourable SV.
        assert!((found[0].share - 1_300.0 / 1_700.0).abs() < 1e-12);
        assert_eq!((found[1].share, found[1].sv), (1.0, units(-800)));
    }

    #[test]
    fn small_and_favourable_variances_need_no_explanation() {
        let (project, values) =
            project(vec![leaf("A", 1_000, 500, 500, 599), leaf("B", 1_000, 500, 700, 300)]);
        let axis = axis("2026-03-31", PeriodKind::Month);
        let found = variances(&project, &Ledger::default(), &values, &axis, &Thresholds::default());
        assert_eq!(found, []);
    }
}
