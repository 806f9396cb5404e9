//! The issue log: what is open by severity and age, what is overdue, and what it holds up.
//!
//! Age is counted in calendar days, because an issue ages over a weekend too; what is overdue, in working days
//! as everywhere.

mod blocked;

use crate::analysis::commitment::is_overdue;
use crate::analysis::network::Network;
use crate::analysis::percentile::percentile;
use crate::analysis::status::TimeAxis;
use crate::analysis::{Milestone, TaskValue};
use crate::calendar::end_of_day;
use crate::model::{Project, Severity};

pub use blocked::Blocked;

/// The youngest age of each class but the first, in calendar days: to two weeks, to a month, to two months, older.
pub const AGES: [i64; 3] = [15, 31, 61];

/// What is open.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct IssueFindings {
    /// Open issues: by severity, then those that hold up the critical path, then the oldest.
    pub open: Vec<OpenIssue>,
    /// By severity, the worst first; those without one are last under `None`. Only severities with any.
    pub severities: Vec<BySeverity>,
    /// Tasks that open issues stand in the way of, those with the least float first.
    pub blocked: Vec<Blocked>,
    /// How many are settled at the status date.
    pub settled: u32,
    /// The median age at which dated issues were settled, in calendar days.
    pub median_days_to_settle: Option<f64>,
}

/// An open issue.
#[derive(Clone, Debug, PartialEq)]
pub struct OpenIssue {
    /// Index into issues.
    pub issue: usize,
    /// Calendar days since it was raised; `None` where nothing says when.
    pub age: Option<i64>,
    /// Working days since it was to be settled, for one that is overdue.
    pub overdue: Option<f64>,
    /// Unfinished tasks it stands in the way of: indices into tasks.
    pub tasks: Vec<usize>,
    /// Whether one of them is critical; `None` without a network.
    pub critical: Option<bool>,
    /// The least total float of them, in working days.
    pub float: Option<f64>,
}

/// Open issues of a severity.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct BySeverity {
    /// The severity; `None` where the log does not say.
    pub severity: Option<Severity>,
    /// How many are open.
    pub open: u32,
    /// By age, in the classes of [`AGES`].
    pub ages: [u32; 4],
    /// Of unknown age.
    pub undated: u32,
    /// How many are overdue.
    pub overdue: u32,
    /// How many hold up a critical task.
    pub critical: u32,
}

/// Reads the issue log at the status date.
#[must_use]
pub fn issues(
    project: &Project,
    values: &[TaskValue],
    network: Option<&Network>,
    milestones: &[Milestone],
    axis: &TimeAxis,
) -> IssueFindings {
    if project.issues.is_empty() {
        return IssueFindings::default();
    }
    let day = axis.status.day();
    let is_open = |index: &usize| project.issues[*index].open_on(day);
    let mut open: Vec<OpenIssue> = (0..project.issues.len())
        .filter(is_open)
        .map(|issue| open_issue(project, issue, values, network, axis))
        .collect();
    let severity = |open: &OpenIssue| project.issues[open.issue].severity;
    open.sort_by_key(|open| {
        let age = std::cmp::Reverse(open.age);
        (std::cmp::Reverse(severity(open)), open.critical != Some(true), age, open.issue)
    });
    let classes = Severity::ALL.into_iter().map(Some).chain([None]);
    let severities = classes.map(|class| by_severity(class, open.iter().filter(|o| severity(o) == class)));
    let severities = severities.filter(|class| class.open > 0).collect();
    let settled =
        |issue: &&crate::model::Issue| issue.opened.is_none_or(|opened| opened <= day) && !issue.open_on(day);
    let mut days: Vec<i32> = project
        .issues
        .iter()
        .filter(settled)
        .filter_map(|issue| i32::try_from((issue.closed? - issue.opened?).num_days().max(0)).ok())
        .collect();
    days.sort_unstable();
    IssueFindings {
        blocked: blocked::blocked(project, &open, values, network, milestones),
        severities,
        settled: u32::try_from(project.issues.iter().filter(settled).count()).unwrap_or(u32::MAX),
        median_days_to_settle: median(&days),
        open,
    }
}

fn open_issue(
    project: &Project,
    issue: usize,
    values: &[TaskValue],
    network: Option<&Network>,
    axis: &TimeAxis,
) -> OpenIssue {
    let log = &project.issues[issue];
    let tasks: Vec<usize> =
        log.tasks.iter().copied().filter(|task| blocked::is_open(project, values, *task)).collect();
    let scheduled = || tasks.iter().filter_map(|task| network?.tasks.get(*task)?.as_ref());
    let due = log.due.filter(|_| is_overdue(log.due, axis.status.day()));
    let overdue =
        due.and_then(|due| Some(project.working_calendar()?.days_between(end_of_day(due), axis.status.0)));
    OpenIssue {
        issue,
        age: log.opened.map(|opened| (axis.status.day() - opened).num_days()),
        overdue: overdue.or(due.map(|_| 0.0)),
        critical: network.filter(|network| network.linked).map(|_| scheduled().any(|task| task.critical)),
        float: scheduled().filter_map(|task| task.total_float).min_by(f64::total_cmp),
        tasks,
    }
}

fn by_severity<'a>(severity: Option<Severity>, open: impl Iterator<Item = &'a OpenIssue>) -> BySeverity {
    let mut sum = BySeverity { severity, ..BySeverity::default() };
    for issue in open {
        sum.open += 1;
        match issue.age {
            Some(age) => sum.ages[AGES.iter().filter(|from| age >= **from).count()] += 1,
            None => sum.undated += 1,
        }
        sum.overdue += u32::from(issue.overdue.is_some());
        sum.critical += u32::from(issue.critical == Some(true));
    }
    sum
}

#[cfg(test)]
mod tests;

/// The middle of sorted figures.
fn median(sorted: &[i32]) -> Option<f64> {
    (!sorted.is_empty()).then(|| percentile(sorted, 0.5))
}
