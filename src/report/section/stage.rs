//! The stage that ended last: what it was to deliver and delivered, its cost and time against the baseline, and the
//! plan of the next one.

use crate::analysis::closure::handover::is_accepted;
use crate::analysis::closure::stage::Stage;
use crate::calendar::{Moment, last_day};
use crate::document::{Block, Column, Kind, Row, Table, Value};
use crate::language::{Part, Phrase};
use crate::model::TaskKind;
use crate::quantity::{Money, Reason, ratio};
use crate::report::section::{Section, print};
use crate::report::subject::{Subject, cell, finish_cell, spent, start_cell, text};
use crate::report::wording::working_days;

pub(super) const SECTION: Section = Section {
    id: "stage",
    title: "Stage",
    about: "The phase that ended last: what it delivered, its cost and time against the baseline, acceptance, and the plan of the next phase.",
    compose,
};

/// What makes a stage, and which one is reported on.
const DEFINITION: &str = word!(
    "A stage is a phase of the plan; it has ended when its tasks and milestones are finished, whatever level of effort goes \
     on. Reported on is the one that ended last before the status date; the next is the unfinished one whose baseline begins \
     first."
);

fn compose(subject: &Subject<'_>) -> Vec<Block> {
    let stages = &subject.found.closure.stages;
    if stages.all.is_empty() {
        return Vec::new();
    }
    let ended = stages.ended.and_then(|ended| stages.all.get(ended));
    let next = stages.next.and_then(|next| stages.all.get(next));
    let said = ended.map_or_else(|| vec![none_ended(subject)], |stage| told(subject, stage));
    let mut blocks = vec![Block::Paragraph(subject.say_all(&said))];
    blocks.push(Block::Table(table(subject)));
    blocks.push(Block::Note(subject.word(DEFINITION)));
    if let Some(stage) = ended {
        blocks.extend(deliverables(subject, stage).map(Block::Table));
        let name = subject.say(phrase!("What {stage} delivered, task by task", stage = &stage.name));
        blocks.push(Block::Table(tasks(subject, "stage_tasks", name, &stage.tasks)));
    }
    if let Some(stage) = next {
        blocks.push(Block::Heading(subject.say(phrase!("Next stage: {stage}", stage = &stage.name))));
        blocks.push(Block::Paragraph(subject.say_all(&plan(subject, stage))));
        blocks.push(Block::Table(tasks(subject, "next_stage", String::new(), &stage.tasks)));
    }
    blocks
}

fn none_ended(subject: &Subject<'_>) -> Phrase {
    phrase!("No stage had ended at {day}.", day = subject.found.status_date.day())
}

/// When it ended, what it cost, what is accepted.
fn told(subject: &Subject<'_>, stage: &Stage) -> Vec<Phrase> {
    let mut sentences = Vec::new();
    if let Some(day) = stage.finish.map(last_day) {
        let planned = stage.baseline.1.map(last_day);
        let name = &stage.name;
        sentences.push(match planned.and_then(|planned| subject.working_days(planned, day)) {
            Some(late) if late > 0.0 => phrase!(
                "The stage {name} ended on {day}, {days} later than planned.",
                name,
                day,
                days = working_days(late)
            ),
            Some(late) if late < 0.0 => phrase!(
                "The stage {name} ended on {day}, {days} earlier than planned.",
                name,
                day,
                days = working_days(late)
            ),
            Some(_) => phrase!("The stage {name} ended on {day}, as planned.", name, day),
            None => phrase!("The stage {name} ended on {day}.", name, day),
        });
    }
    let cost = subject.found.measures.part_of_cost(stage.ac);
    let share = |cost: Money| ratio(cost.units(), stage.bac.units(), Reason::NoBaseline);
    if let Ok((cost, share)) = cost.and_then(|cost| Ok((cost, share(cost)?))) {
        let spent = subject.money(cost);
        let budget = subject.money(stage.bac);
        let share = Part::share(share);
        sentences.push(match ratio(stage.booked.hours(), stage.planned.hours(), Reason::NoBaseline) {
            Ok(hours) => phrase!(
                "It cost {spent} of {budget} ({share}), and took {hours} of its hours.",
                spent,
                budget,
                share,
                hours = Part::share(hours)
            ),
            Err(_) => phrase!("It cost {spent} of {budget} ({share}).", spent, budget, share),
        });
        if stage.effort_goes_on {
            sentences.push(phrase!("Level of effort goes on and will add to it."));
        }
    }
    let day = subject.found.status_date.day();
    let is_accepted = |index: &&usize| is_accepted(&subject.project.deliverables[**index], day);
    let all = stage.deliverables.len();
    sentences.extend(match stage.deliverables.iter().filter(is_accepted).count() {
        _ if all == 0 => None,
        1 if all == 1 => Some(phrase!("Its deliverable is accepted.")),
        n if n == all => Some(phrase!("All of its {all} deliverables are accepted.", all)),
        n => Some(phrase!("Of its {all} {all|deliverable|deliverables} {n} {n|is|are} accepted.", all, n)),
    });
    sentences
}

/// What the next stage is about to take.
fn plan(subject: &Subject<'_>, stage: &Stage) -> Vec<Phrase> {
    let day = |moment: Option<Moment>| moment.map(last_day);
    let (name, n) = (&stage.name, stage.tasks.len());
    let budget = subject.money(stage.bac);
    let mut sentences = vec![match ratio(stage.ev.units(), stage.bac.units(), Reason::NoBaseline) {
        Ok(done) if done > 0.0 => phrase!(
            "{name} holds {n} {n|task|tasks}, milestones among them, with a budget of {budget}; {share} of it is earned.",
            name,
            n,
            budget,
            share = Part::share(done)
        ),
        _ => phrase!(
            "{name} holds {n} {n|task|tasks}, milestones among them, with a budget of {budget}.",
            name,
            n,
            budget
        ),
    }];
    sentences.extend(match (day(stage.finish), day(stage.baseline.1)) {
        (Some(expected), Some(planned)) if expected != planned => Some(phrase!(
            "It is expected to end on {expected}, where the baseline says {planned}.",
            expected,
            planned
        )),
        (Some(expected), _) => Some(phrase!("It is expected to end on {expected}.", expected)),
        _ => None,
    });
    sentences
}

/// All stages side by side.
fn table(subject: &Subject<'_>) -> Table {
    let stages = &subject.found.closure.stages;
    let rows = stages.all.iter().enumerate().map(|(index, stage)| {
        let late = stage.baseline.1.zip(stage.finish);
        let late = late.and_then(|(planned, end)| subject.working_days(last_day(planned), last_day(end)));
        let state = match (stages.ended, stages.next) {
            (Some(ended), _) if ended == index => word!("stage::ended last"),
            (_, Some(next)) if next == index => word!("stage::next"),
            _ if stage.is_finished() => word!("stage::ended"),
            _ => word!("stage::open"),
        };
        let cost = subject.found.measures.part_of_cost(stage.ac);
        Row::new(vec![
            Value::Text(stage.name.clone()),
            subject.cell(state),
            Value::Text(subject.say(phrase!("{n} of {all}", n = stage.finished, all = stage.tasks.len()))),
            finish_cell(stage.baseline.1),
            finish_cell(stage.finish),
            late.map_or(Value::Empty, Value::Days),
            Value::Money(stage.bac),
            Value::Money(stage.ev),
            spent(cost),
            cell(
                cost.and_then(|cost| ratio(stage.ev.units(), cost.units(), Reason::NoActualCost)),
                Value::Index,
            ),
        ])
    });
    Table {
        id: "stages",
        caption: subject.word(word!("Stages, level of effort in their cost")),
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
        let state =
            if accepted { word!("deliverable::accepted") } else { word!("deliverable::not accepted") };
        Row::new(vec![
            Value::Text(deliverable.id.clone()),
            Value::Text(deliverable.name.clone()),
            text(deliverable.criterion.as_deref()),
            text(deliverable.target.as_deref()),
            if accepted { text(deliverable.measured.as_deref()) } else { Value::Empty },
            subject.cell(state),
            deliverable.due.map_or(Value::Empty, Value::Date),
            deliverable.accepted.filter(|_| accepted).map_or(Value::Empty, Value::Date),
        ])
    });
    let rows: Vec<Row> = rows.collect();
    (!rows.is_empty()).then(|| Table {
        id: "stage_deliverables",
        caption: subject.say(phrase!("What {stage} handed over", stage = &stage.name)),
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
            subject.found.measures.part_of_cost(value.ac).map_or_else(Value::Undefined, amount),
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
