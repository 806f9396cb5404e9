//! Deliverables: where each stands, how it measures up, how many defects were found in it.

use chrono::NaiveDate;

use crate::analysis::commitment::is_overdue;
use crate::analysis::{TaskValue, metric};
use crate::model::{Acceptance, Deliverable, Project, Verdict};
use crate::quantity::{Measured, Reason, Work};

/// Where a deliverable stands on the status date.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Stand {
    /// To be handed over, and its day has not passed.
    Planned,
    /// To be handed over, or again after it was sent back, and its day has passed.
    Overdue,
    /// Handed over; nothing is said yet.
    Submitted,
    /// Sent back, and its day has not passed.
    Rejected,
    /// Accepted.
    Accepted,
}

impl Stand {
    /// In a word.
    #[must_use]
    pub const fn word(self) -> &'static str {
        match self {
            Self::Planned => word!("planned"),
            Self::Overdue => word!("overdue"),
            Self::Submitted => word!("submitted"),
            Self::Rejected => word!("rejected"),
            Self::Accepted => word!("accepted"),
        }
    }
}

/// A deliverable on the status date.
#[derive(Clone, Debug, PartialEq)]
pub struct Accepted {
    /// Where it stands.
    pub stand: Stand,
    /// Whether it was sent back; then it may be overdue as well.
    pub rejected: bool,
    /// What was measured against the target, where both are numbers.
    pub verdict: Option<Verdict>,
    /// Defects found in it.
    pub found: u32,
    /// Of those, open.
    pub open: u32,
    /// Of the open ones, critical or high.
    pub severe: u32,
    /// Hours booked on the tasks that make it.
    pub hours: Work,
    /// Defects found per 1,000 hours booked on its tasks.
    pub density: Measured,
}

pub(super) fn deliverables(project: &Project, values: &[TaskValue], today: NaiveDate) -> Vec<Accepted> {
    let mut all: Vec<Accepted> = project
        .deliverables
        .iter()
        .map(|made| {
            let (stand, rejected) = stand(made, today);
            let hours = hours(project, &made.tasks, values);
            let (found, open, severe) = (0, 0, 0);
            let density = Err(Reason::NoData);
            Accepted { stand, rejected, verdict: made.verdict(), found, open, severe, hours, density }
        })
        .collect();
    for defect in project.defects.iter().filter(|defect| defect.opened <= today) {
        let Some(made) = defect.deliverable.and_then(|index| all.get_mut(index)) else { continue };
        let open = defect.open_on(today);
        made.found += 1;
        made.open += u32::from(open);
        made.severe += u32::from(open && defect.is_severe());
    }
    if !project.defects.is_empty() {
        for made in &mut all {
            made.density = metric::defect_density(made.found.into(), made.hours.hours());
        }
    }
    all
}

/// Where it stands, and whether it was sent back.
fn stand(made: &Deliverable, today: NaiveDate) -> (Stand, bool) {
    let acceptance = made.acceptance_on(today);
    let stand = match acceptance {
        Acceptance::Accepted => Stand::Accepted,
        Acceptance::Submitted => Stand::Submitted,
        _ if is_overdue(made.due, today) => Stand::Overdue,
        Acceptance::Rejected => Stand::Rejected,
        Acceptance::Planned => Stand::Planned,
    };
    (stand, acceptance == Acceptance::Rejected)
}

/// Hours of the tasks, once each: what is below a heading that is named as well is in the heading's hours.
fn hours(project: &Project, tasks: &[usize], values: &[TaskValue]) -> Work {
    let under_another = |task: usize| {
        let mut above = project.tasks.get(task).and_then(|task| task.parent);
        while let Some(head) = above {
            if tasks.contains(&head) {
                return true;
            }
            above = project.tasks.get(head).and_then(|task| task.parent);
        }
        false
    };
    tasks.iter().filter(|task| !under_another(**task)).filter_map(|task| Some(values.get(*task)?.hours)).sum()
}
