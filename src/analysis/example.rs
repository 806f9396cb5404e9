//! Small projects for the tests of this room: a task with its figures, an axis, a project of them.

use chrono::NaiveDate;

use super::status::TimeAxis;
use super::value::ProjectValue;
use super::{Measures, Recommended, TaskValue};
use crate::calendar::{PeriodKind, StatusDate, WorkCalendar};
use crate::model::{EarningRule, Link, Origin, Project, RelationType, Task};
use crate::quantity::{Money, Reason, Work};

pub(super) fn day(text: &str) -> NaiveDate {
    text.parse().unwrap()
}

pub(super) fn axis(status: &str, kind: PeriodKind) -> TimeAxis {
    TimeAxis { status: StatusDate::end_of(day(status)), status_from: None, kind }
}

pub(super) fn units(units: i64) -> Money {
    Money(units * Money::SCALE)
}

/// A task with its BAC, PV, EV and AC in units of the currency; its percent complete is EV / BAC.
pub(super) fn leaf(id: &str, bac: i64, pv: i64, ev: i64, ac: i64) -> (Task, TaskValue) {
    let share = if bac == 0 { 0.0 } else { units(ev).units() / units(bac).units() };
    let task = Task {
        id: id.into(),
        name: format!("Task {id}").into(),
        baseline_cost: (bac != 0).then(|| units(bac)),
        ..Task::default()
    };
    let value = TaskValue {
        bac: units(bac),
        pv: units(pv),
        ev: units(ev),
        ac: units(ac),
        earned_share: (bac != 0).then_some(share),
        percent_complete: share,
        rule: EarningRule::PercentComplete,
        hours: Work::ZERO,
        actual_start: None,
        actual_finish: None,
        expected_start: None,
        expected_finish: None,
    };
    (task, value)
}

/// A link with a lag in working days of eight hours.
pub(super) fn link(predecessor: usize, successor: usize, relation: RelationType, days: i64) -> Link {
    Link {
        predecessor,
        successor,
        relation,
        lag: Work(days * 8 * 3_600),
        elapsed: false,
        share: 0.0,
        origin: Origin::default(),
    }
}

pub(super) fn project(rows: Vec<(Task, TaskValue)>) -> (Project, Vec<TaskValue>) {
    let (tasks, values) = rows.into_iter().unzip();
    let calendars = vec![WorkCalendar::default()];
    (Project { id: "P".into(), tasks, calendars, ..Project::default() }, values)
}

/// The value of a project that consists of these tasks; forecasts and dates are left to the test.
pub(super) fn value(values: &[TaskValue]) -> ProjectValue {
    let sum = |of: fn(&TaskValue) -> Money| values.iter().map(of).sum::<Money>();
    let measures = Measures {
        bac: sum(|v| v.bac),
        pv: sum(|v| v.pv),
        ev: sum(|v| v.ev),
        ac: Measures::actual_cost(sum(|v| v.ac), sum(|v| v.ev)),
        pv_discrete: sum(|v| v.pv),
        ev_discrete: sum(|v| v.ev),
        ..Measures::unknown(Reason::NoBaselineDates)
    };
    ProjectValue {
        planned_start: None,
        planned_finish: None,
        last_period: Measures::unknown(Reason::TooFewPeriods),
        last_three: Measures::unknown(Reason::TooFewPeriods),
        measures,
        tasks: values.to_vec(),
        beside_tasks: None,
        phases: Vec::new(),
        control_accounts: Vec::new(),
        series: Vec::new(),
        series_derived: false,
        notes: Vec::new(),
        cost_forecasts: Vec::new(),
        finish_forecasts: Vec::new(),
        throughput: Err(Reason::TooFewPeriods),
        recommended: Recommended {
            cost: "cpi",
            finish: "plan",
            why: "".into(),
            eac_range: None,
            finish_range: None,
            eac_p20: None,
            eac_p80: None,
            finish_p20: None,
            finish_p80: None,
        },
    }
}
