use super::*;
use crate::analysis::example::{axis, day, leaf, project};
use crate::analysis::network;
use crate::calendar::{PeriodKind, end_of_day, start_of_day};
use crate::model::{Issue, Link, Origin, RelationType, State, TaskKind};
use crate::quantity::Work;

/// Two chains to one milestone: A (2 weeks) and B (1 week) before M; C after M under the summary S. The finish
/// hangs on A; B can slip five days.
fn two_chains() -> (Project, Vec<TaskValue>) {
    let work = |id: &str, days: f64| {
        let mut row = leaf(id, 100, 0, 0, 0);
        row.0.duration = Some(Work::from_hours(8.0 * days));
        row.0.start = Some(start_of_day(day("2026-04-01")));
        row
    };
    let mut milestone = leaf("M", 0, 0, 0, 0);
    milestone.0.kind = TaskKind::Milestone;
    let mut summary = leaf("S", 0, 0, 0, 0);
    summary.0.kind = TaskKind::Summary;
    let mut below = work("C", 3.0);
    below.0.parent = Some(3);
    let (mut project, values) = project(vec![work("A", 10.0), work("B", 5.0), milestone, summary, below]);
    let link = |predecessor, successor| Link {
        predecessor,
        successor,
        relation: RelationType::Fs,
        lag: Work::ZERO,
        elapsed: false,
        share: 0.0,
        origin: Origin::default(),
    };
    project.links = vec![link(0, 2), link(1, 2), link(2, 3)];
    (project, values)
}

fn issue(id: &str, severity: Option<Severity>, opened: &str, due: &str, tasks: &[usize]) -> Issue {
    Issue {
        id: id.into(),
        severity,
        opened: (!opened.is_empty()).then(|| day(opened)),
        due: (!due.is_empty()).then(|| day(due)),
        tasks: tasks.to_vec(),
        ..Issue::default()
    }
}

#[test]
fn open_issues_by_severity_age_and_what_they_hold_up() {
    let (mut project, values) = two_chains();
    project.issues = vec![
        issue("float", Some(Severity::High), "2025-12-01", "", &[1]),
        issue("path", Some(Severity::High), "2026-03-25", "2026-03-26", &[0]),
        issue("unrated", None, "", "", &[]),
        issue("low", Some(Severity::Low), "2026-03-01", "2026-03-31", &[]),
        Issue {
            state: State::Closed,
            closed: Some(day("2026-03-11")),
            ..issue("done", Some(Severity::Critical), "2026-03-01", "", &[0])
        },
        issue("later", Some(Severity::Critical), "2026-04-01", "", &[0]),
    ];
    let axis = axis("2026-03-31", PeriodKind::Month);
    let network = network::network(&project, &values, axis.status.0, &network::Settings::default()).unwrap();
    let milestones = [Milestone {
        task: 2,
        baseline: None,
        forecast: Some(end_of_day(day("2026-04-14"))),
        reached: false,
        movement_days: None,
    }];
    let found = issues(&project, &values, Some(&network), &milestones, &axis);
    let order: Vec<&str> = found.open.iter().map(|open| project.issues[open.issue].id.as_str()).collect();
    // Of equal severity the one on the critical path comes first, though it is younger.
    assert_eq!(order, ["path", "float", "low", "unrated"]);
    let path = &found.open[0];
    // Thursday 26 March to Tuesday 31 March: three working days.
    assert_eq!(
        (path.age, path.overdue, path.critical, path.float),
        (Some(6), Some(3.0), Some(true), Some(0.0))
    );
    assert_eq!((found.open[1].critical, found.open[1].float), (Some(false), Some(5.0)));
    assert_eq!(found.open[2].overdue, None, "due on the status date is in time");
    let high = &found.severities[0];
    assert_eq!((high.severity, high.open, high.ages), (Some(Severity::High), 2, [1, 0, 0, 1]));
    assert_eq!((high.overdue, high.critical), (1, 1));
    assert_eq!(found.severities.iter().map(|class| class.open).sum::<u32>(), 4);
    assert_eq!((found.settled, found.median_days_to_settle), (1, Some(10.0)));
}

#[test]
fn what_waits_goes_through_milestones_and_into_summaries() {
    let (mut project, mut values) = two_chains();
    project.issues = vec![issue("path", Some(Severity::High), "2026-03-25", "", &[0, 1])];
    let axis = axis("2026-03-31", PeriodKind::Month);
    let found = issues(&project, &values, None, &[], &axis);
    let shown: Vec<_> = found.blocked.iter().map(|b| (b.task, b.milestones.clone(), b.tasks_after)).collect();
    assert_eq!(shown, [(0, vec![2], 1), (1, vec![2], 1)]);
    assert_eq!(found.open[0].critical, None, "nothing is known of a path without a network");
    // What is finished is held up by nothing.
    values[0].percent_complete = 1.0;
    let found = issues(&project, &values, None, &[], &axis);
    assert_eq!(found.blocked.iter().map(|blocked| blocked.task).collect::<Vec<_>>(), [1]);
}

#[test]
fn the_middle_of_none_one_and_two() {
    assert_eq!(median(&[]), None);
    assert_eq!(median(&[3]), Some(3.0));
    assert_eq!(median(&[3, 8]), Some(5.5));
}
