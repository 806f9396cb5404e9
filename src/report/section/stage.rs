//! The stage that ended last: what it was to deliver and delivered, its cost and time against the baseline, and the
//! plan of the next one.

use crate::analysis::closure::handover::is_accepted;
use crate::analysis::closure::stage::Stage;
use crate::calendar::{Moment, last_day};
use crate::document::{Block, Column, Kind, Row, Table, Value};
use crate::model::TaskKind;
use crate::quantity::{Reason, ratio};
use crate::report::section::{Section, print};
use crate::report::subject::{Subject, cell, finish_cell, start_cell, text};
use crate::report::wording::working_days;
use crate::wording::{counted, percent, so_many_are};

pub(super) const SECTION: Section = Section {
    id: "stage",
    title: "Stage",
    about: "The phase that ended last: what it delivered, its cost and time against the baseline, acceptance, and the plan of the next phase.",
    compose,
};

/// What makes a stage, and which one is reported on.
const DEFINITION: &str = "A stage is a phase of the plan; it has ended when its tasks and milestones are finished, whatever \
    level of effort goes on. Reported on is the one that ended last before the status date; the next is the unfinished one \
    whose baseline begins first.";

fn compose(subject: &Subject<'_>) -> Vec<Block> {
    let stages = &subject.found.closure.stages;
    if stages.all.is_empty() {
        return Vec::new();
    }
    let ended = stages.ended.and_then(|ended| stages.all.get(ended));
    let next = stages.next.and_then(|next| stages.all.get(next));
    let mut blocks =
        vec![Block::Paragraph(ended.map_or_else(|| none_ended(subject), |stage| told(subject, stage)))];
    blocks.push(Block::Table(table(subject)));
    blocks.push(Block::Note(DEFINITION.to_owned()));
    if let Some(stage) = ended {
        blocks.extend(deliverables(subject, stage).map(Block::Table));
        let name = format!("What {} delivered, task by task", stage.name);
        blocks.push(Block::Table(tasks(subject, "stage_tasks", name, &stage.tasks)));
    }
    if let Some(stage) = next {
        blocks.push(Block::Heading(format!("Next stage: {}", stage.name)));
        blocks.push(Block::Paragraph(plan(subject, stage)));
        blocks.push(Block::Table(tasks(subject, "next_stage", String::new(), &stage.tasks)));
    }
    blocks
}

fn none_ended(subject: &Subject<'_>) -> String {
    let day = subject.format.day(subject.found.status_date.day());
    format!("No stage had ended at {day}.")
}

/// When it ended, what it cost, what is accepted.
fn told(subject: &Subject<'_>, stage: &Stage) -> String {
    let end = stage.finish.map(last_day);
    let late =
        stage.baseline.1.map(last_day).zip(end).and_then(|(planned, end)| subject.working_days(planned, end));
    let against = match late {
        Some(late) if late > 0.0 => format!(", {} later than planned", working_days(late)),
        Some(late) if late < 0.0 => format!(", {} earlier than planned", working_days(late)),
        Some(_) => ", as planned".to_owned(),
        None => String::new(),
    };
    let ended = end.map_or_else(String::new, |end| {
        format!("The stage {} ended on {}{against}.", stage.name, subject.format.day(end))
    });
    let cost = ratio(stage.ac.units(), stage.bac.units(), Reason::NoBaseline).ok().map(|share| {
        let hours = ratio(stage.booked.hours(), stage.planned.hours(), Reason::NoBaseline).ok();
        let hours =
            hours.map(|share| format!(", and took {} of its hours", percent(share))).unwrap_or_default();
        let spent = subject.format.amount(stage.ac.units());
        let budget = subject.format.amount(stage.bac.units());
        format!(" It cost {spent} of {budget} ({}){hours}.", percent(share))
    });
    let day = subject.found.status_date.day();
    let all = stage.deliverables.len();
    let accepted = stage
        .deliverables
        .iter()
        .filter(|index| is_accepted(&subject.project.deliverables[**index], day))
        .count();
    let accepted = (all > 0).then(|| match accepted {
        accepted if accepted == all && all == 1 => " Its deliverable is accepted.".to_owned(),
        accepted if accepted == all => format!(" All of its {all} deliverables are accepted."),
        accepted => format!(" Of its {} {} accepted.", counted(all, "deliverable"), so_many_are(accepted)),
    });
    [Some(ended), cost, accepted].into_iter().flatten().collect::<String>().trim().to_owned()
}

/// What the next stage is about to take.
fn plan(subject: &Subject<'_>, stage: &Stage) -> String {
    let day = |moment: Option<Moment>| moment.map(|moment| subject.format.day(last_day(moment)));
    let done = ratio(stage.ev.units(), stage.bac.units(), Reason::NoBaseline).ok();
    let done = match done {
        Some(done) if done > 0.0 => format!("; {} of it is earned", percent(done)),
        _ => String::new(),
    };
    let finish = match (day(stage.finish), day(stage.baseline.1)) {
        (Some(expected), Some(planned)) if expected != planned => {
            format!(" It is expected to end on {expected}, where the baseline says {planned}.")
        }
        (Some(expected), _) => format!(" It is expected to end on {expected}."),
        _ => String::new(),
    };
    format!(
        "{} holds {}, milestones among them, with a budget of {}{done}.{finish}",
        stage.name,
        counted(stage.tasks.len(), "task"),
        subject.format.amount(stage.bac.units())
    )
}

/// All stages side by side.
fn table(subject: &Subject<'_>) -> Table {
    let stages = &subject.found.closure.stages;
    let rows = stages.all.iter().enumerate().map(|(index, stage)| {
        let late = stage.baseline.1.zip(stage.finish);
        let late = late.and_then(|(planned, end)| subject.working_days(last_day(planned), last_day(end)));
        let state = match (stages.ended, stages.next) {
            (Some(ended), _) if ended == index => "ended last",
            (_, Some(next)) if next == index => "next",
            _ if stage.is_finished() => "ended",
            _ => "open",
        };
        Row::new(vec![
            Value::Text(stage.name.clone()),
            Value::Text(state.to_owned()),
            Value::Text(format!("{} of {}", stage.finished, stage.tasks.len())),
            finish_cell(stage.baseline.1),
            finish_cell(stage.finish),
            late.map_or(Value::Empty, Value::Days),
            Value::Money(stage.bac),
            Value::Money(stage.ev),
            Value::Money(stage.ac),
            cell(ratio(stage.ev.units(), stage.ac.units(), Reason::NoActualCost), Value::Index),
        ])
    });
    Table {
        id: "stages",
        caption: "Stages, level of effort in their cost".to_owned(),
        columns: vec![
            Column::new("name", "Stage", Kind::Text).weight(3),
            Column::new("state", "State", Kind::Text).weight(2),
            Column::new("finished", "Finished", Kind::Text).weight(2),
            Column::new("planned", "Baseline end", Kind::Date),
            Column::new("end", "End, or expected", Kind::Date),
            Column::new("late", "Days later", Kind::Days),
            Column::new("bac", "BAC", Kind::Money),
            Column::new("ev", "EV", Kind::Money).symbol("EV"),
            Column::new("ac", "AC", Kind::Money).symbol("AC"),
            Column::new("cpi", "CPI", Kind::Index).formula("EV / AC"),
        ],
        rows: rows.collect(),
        totals: None,
        print_rows: None,
    }
}

/// What the stage hands over, by which criterion.
fn deliverables(subject: &Subject<'_>, stage: &Stage) -> Option<Table> {
    let day = subject.found.status_date.day();
    let rows = stage.deliverables.iter().map(|index| {
        let deliverable = &subject.project.deliverables[*index];
        let accepted = is_accepted(deliverable, day);
        let state = if accepted { "accepted" } else { "not accepted" };
        Row::new(vec![
            Value::Text(deliverable.id.clone()),
            Value::Text(deliverable.name.clone()),
            text(deliverable.criterion.as_deref()),
            text(deliverable.target.as_deref()),
            if accepted { text(deliverable.measured.as_deref()) } else { Value::Empty },
            Value::Text(state.to_owned()),
            deliverable.due.map_or(Value::Empty, Value::Date),
            deliverable.accepted.filter(|_| accepted).map_or(Value::Empty, Value::Date),
        ])
    });
    let rows: Vec<Row> = rows.collect();
    (!rows.is_empty()).then(|| Table {
        id: "stage_deliverables",
        caption: format!("What {} handed over", stage.name),
        columns: vec![
            Column::new("id", "Id", Kind::Text).weight(2),
            Column::new("name", "Deliverable", Kind::Text).weight(5),
            Column::new("criterion", "Accepted by", Kind::Text).weight(5),
            Column::new("target", "Target", Kind::Text).weight(2),
            Column::new("measured", "Measured", Kind::Text).weight(2),
            Column::new("state", "State", Kind::Text).weight(2),
            Column::new("due", "Due", Kind::Date),
            Column::new("accepted", "Accepted", Kind::Date),
        ],
        rows,
        totals: None,
        print_rows: None,
    })
}

/// Tasks with their dates and cost against the baseline.
fn tasks(subject: &Subject<'_>, id: &'static str, caption: String, tasks: &[usize]) -> Table {
    let rows = tasks.iter().filter_map(|index| {
        let (task, value) = (subject.project.tasks.get(*index)?, subject.found.tasks.get(*index)?);
        let end = value.actual_finish.or(value.expected_finish);
        let late = task.baseline_finish.map(last_day).zip(end.map(last_day));
        let late = late.and_then(|(planned, end)| subject.working_days(planned, end));
        let milestone = task.kind == TaskKind::Milestone;
        let amount = |amount| if milestone { Value::Empty } else { Value::Money(amount) };
        Some(Row::new(vec![
            Value::Text(subject.task_label(*index)),
            start_cell(value.actual_start.or(value.expected_start).filter(|_| !milestone)),
            finish_cell(task.baseline_finish),
            finish_cell(end),
            late.map_or(Value::Empty, Value::Days),
            Value::Percent(value.percent_complete),
            amount(value.bac),
            amount(value.ac),
        ]))
    });
    let mut rows: Vec<Row> = rows.collect();
    let moved = |row: usize| {
        let value = subject.found.tasks.get(*tasks.get(row)?)?;
        Some((value.ac - value.bac).units().abs())
    };
    print::heaviest(&mut rows, subject.limits.rows, moved);
    Table {
        id,
        caption,
        columns: vec![
            Column::new("name", "Work", Kind::Text).weight(6),
            Column::new("start", "Start", Kind::Date),
            Column::new("planned", "Baseline end", Kind::Date),
            Column::new("end", "End, or expected", Kind::Date),
            Column::new("late", "Days later", Kind::Days),
            Column::new("complete", "Complete", Kind::Percent),
            Column::new("bac", "BAC", Kind::Money),
            Column::new("ac", "AC", Kind::Money),
        ],
        rows,
        totals: None,
        print_rows: None,
    }
}
