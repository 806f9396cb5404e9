//! The schedule: baseline, work done, what remains, the status line.

use chrono::{Days, NaiveDate};

use crate::analysis::TaskValue;
use crate::analysis::network::Network;
use crate::analysis::network::activities::State;
use crate::analysis::network::drivers::Driver;
use crate::calendar::last_day;
use crate::document::{Block, Chart, Gantt, GanttLink, GanttRow, Plot};
use crate::model::{RelationType, Task, TaskKind};
use crate::report::section::Section;
use crate::report::subject::Subject;

pub(super) const SECTION: Section = Section {
    id: "gantt",
    title: "Schedule",
    about: "Every task as a bar: baseline, work done, what remains, float, links, deadlines and the status date.",
    compose,
};

fn compose(subject: &Subject<'_>) -> Vec<Block> {
    let (tasks, rows): (Vec<usize>, Vec<GanttRow>) = subject
        .outline_order()
        .into_iter()
        .filter_map(|index| {
            let row = row(subject, index, &subject.project.tasks[index], subject.found.tasks.get(index)?)?;
            Some((index, row))
        })
        .unzip();
    let links = links(subject, &tasks);
    let days: Vec<NaiveDate> = rows
        .iter()
        .flat_map(|row| [row.baseline, row.actual, row.remaining])
        .flatten()
        .flat_map(|(from, to)| [from, to])
        .chain(rows.iter().filter_map(|row| row.deadline))
        .collect();
    let (Some(first), Some(last)) = (days.iter().min(), days.iter().max()) else { return Vec::new() };
    let status = subject.found.status_date.day();
    let late = rows.iter().filter(|row| row.late && !row.summary).count();
    let leaves = rows.iter().filter(|row| !row.summary).count();
    vec![Block::Chart(Chart {
        id: "gantt",
        title: subject.word(if subject.finished().is_some() {
            word!("Baseline and work done")
        } else {
            word!("Baseline, work done and what remains")
        }),
        alt: subject.say(if late == 0 {
            phrase!(
                "Schedule of {n} {n|task|tasks} from {first} to {last}; none are finished or expected later than \
                 the baseline.",
                n = leaves,
                first = *first,
                last = *last
            )
        } else {
            phrase!(
                "Schedule of {n} {n|task|tasks} from {first} to {last}; {late} {late|is|are} finished or expected \
                 later than the baseline.",
                n = leaves,
                first = *first,
                last = *last,
                late
            )
        }),
        plot: Plot::Gantt(Gantt { from: (*first).min(status), to: (*last).max(status), status, links, rows }),
    })]
}

/// A task with any dates.
fn row(subject: &Subject<'_>, index: usize, task: &Task, value: &TaskValue) -> Option<GanttRow> {
    let status = subject.found.status_date.day();
    let span = |from: Option<NaiveDate>, to: Option<NaiveDate>| {
        let (from, to) = (from.or(to)?, to.or(from)?);
        Some((from.min(to), to))
    };
    let milestone = task.kind == TaskKind::Milestone;
    let baseline_finish = task.baseline_finish.map(last_day);
    let baseline = if milestone {
        let day = baseline_finish.or(task.baseline_start.map(|start| start.date()));
        day.map(|day| (day, day))
    } else {
        span(task.baseline_start.map(|start| start.date()), baseline_finish)
    };
    let started = value.actual_start.map(|start| start.date());
    let finished = value.actual_finish.map(last_day);
    let expected_finish = value.expected_finish.map(last_day);
    let (actual, remaining) = match (started.or(finished), finished) {
        (Some(from), Some(to)) => (Some((if milestone { to } else { from.min(to) }, to)), None),
        (Some(from), None) => {
            let done = Some((from, status.max(from)));
            let next = status.checked_add_days(Days::new(1)).unwrap_or(status);
            (done, expected_finish.filter(|to| *to > status).map(|to| (next, to)))
        }
        (None, _) if milestone => (None, expected_finish.map(|day| (day, day))),
        (None, _) => (None, span(value.expected_start.map(|start| start.date()), expected_finish)),
    };
    if baseline.is_none() && actual.is_none() && remaining.is_none() {
        return None;
    }
    let ends = finished.or(expected_finish);
    let network = network(subject);
    let scheduled = network
        .and_then(|network| network.scheduled(index))
        .filter(|task| matches!(task.state, State::Open | State::Begun));
    let slips_to = scheduled.map(|task| last_day(task.late.1));
    Some(GanttRow {
        code: subject.task_code(index),
        label: task.name.to_string(),
        level: u8::try_from(task.level).unwrap_or(u8::MAX),
        summary: subject.is_summary(index),
        milestone,
        baseline,
        actual,
        remaining,
        done: value.percent_complete.clamp(0.0, 1.0),
        late: ends.zip(baseline.map(|(_, to)| to)).is_some_and(|(ends, baseline)| ends > baseline),
        critical: network.map(|_| scheduled.is_some_and(|task| task.critical)),
        float_to: ends.zip(slips_to).filter(|(ends, to)| to > ends).map(|(_, to)| to),
        deadline: task.deadline.map(last_day),
    })
}

/// The links that set the dates of open tasks, between the rows of these tasks.
fn links(subject: &Subject<'_>, tasks: &[usize]) -> Vec<GanttLink> {
    let Some(network) = network(subject) else { return Vec::new() };
    let mut row_of = vec![None; subject.project.tasks.len()];
    for (row, task) in tasks.iter().enumerate() {
        row_of[*task] = Some(row);
    }
    let link = |(row, task): (usize, &usize)| {
        let found = network.scheduled(*task).filter(|found| found.state == State::Open)?;
        let Driver::Link { link, from } = found.driver else { return None };
        let relation = subject.project.links[link].relation;
        Some(GanttLink {
            rows: (row_of[from]?, row),
            finishes: (
                matches!(relation, RelationType::Fs | RelationType::Ff),
                matches!(relation, RelationType::Ff | RelationType::Sf),
            ),
            critical: found.on_longest_path && network.scheduled(from)?.on_longest_path,
        })
    };
    tasks.iter().enumerate().filter_map(link).collect()
}

/// The network, where tasks are linked.
fn network<'a>(subject: &Subject<'a>) -> Option<&'a Network> {
    subject.found.network.as_ref().ok().filter(|network| network.linked)
}
