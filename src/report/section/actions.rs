//! Actions and decisions: what is open, by whom and by when.

use chrono::NaiveDate;

use crate::analysis::commitment::is_overdue;
use crate::document::{Block, Column, Kind, Row, Table, Value};
use crate::language::Phrase;
use crate::report::section::{self, Section};
use crate::report::subject::{Subject, text};
use crate::report::wording::working_days;

pub(super) const SECTION: Section = Section {
    id: "actions",
    title: "Actions and decisions",
    about: "Decisions needed and open actions with owner and due date, the overdue first; what waits for whom.",
    compose,
};

fn compose(subject: &Subject<'_>) -> Vec<Block> {
    let project = subject.project;
    if project.actions.is_empty() && project.decisions.is_empty() {
        return Vec::new();
    }
    let found = &subject.found.commitments;
    let mut blocks = vec![Block::Paragraph(told(subject))];
    if !found.decisions.is_empty() || !found.changes.is_empty() {
        blocks.push(Block::Table(needed(subject)));
    }
    if !found.actions.is_empty() {
        blocks.push(Block::Table(open(subject)));
    }
    if found.owners.len() > 1 {
        blocks.push(Block::Table(owners(subject)));
    }
    blocks
}

fn told(subject: &Subject<'_>) -> String {
    let (project, found) = (subject.project, &subject.found.commitments);
    let day = subject.found.status_date.day();
    let overdue = |due: &dyn Fn(usize) -> Option<NaiveDate>, open: &[usize]| {
        open.iter().filter(|index| is_overdue(due(**index), day)).count()
    };
    let decisions = overdue(&|index| project.decisions[index].due, &found.decisions);
    let actions = overdue(&|index| project.actions[index].due, &found.actions);
    let decisions = decisions_open(found.decisions.len(), project.decisions.len(), decisions);
    let actions = actions_open(found.actions.len(), project.actions.len(), actions);
    let open = match (project.decisions.is_empty(), project.actions.is_empty()) {
        (false, false) => phrase!("{decisions}; {actions}.", decisions, actions),
        (_, true) => phrase!("{decisions}.", decisions),
        (true, false) => phrase!("{actions}.", actions),
    };
    let waiting = match found.changes.len() {
        0 => None,
        n => Some(phrase!("{n} {n|change waits|changes wait} for a decision as well.", n)),
    };
    subject.say_all(&[Some(open), waiting].into_iter().flatten().collect::<Vec<_>>())
}

fn decisions_open(n: usize, all: usize, overdue: usize) -> Phrase {
    match overdue {
        0 => phrase!("{n} of {all} {all|decision|decisions} {n|is|are} open", n, all),
        _ => phrase!(
            "{n} of {all} {all|decision|decisions} {n|is|are} open, {overdue} overdue",
            n,
            all,
            overdue
        ),
    }
}

fn actions_open(n: usize, all: usize, overdue: usize) -> Phrase {
    match overdue {
        0 => phrase!("{n} of {all} {all|action|actions} {n|is|are} open", n, all),
        _ => phrase!("{n} of {all} {all|action|actions} {n|is|are} open, {overdue} overdue", n, all, overdue),
    }
}

/// Decisions by due date, then the changes that wait.
fn needed(subject: &Subject<'_>) -> Table {
    let (project, found) = (subject.project, &subject.found.commitments);
    let decisions = found.decisions.iter().map(|index| {
        let decision = &project.decisions[*index];
        Row::new(vec![
            Value::Text(decision.id.clone()),
            Value::Text(decision.title.clone()),
            text(decision.owner.as_deref()),
            decision.due.map_or(Value::Empty, Value::Date),
            late(subject, decision.due),
            Value::Text(subject.task_codes(&decision.tasks)),
        ])
    });
    let changes = found.changes.iter().map(|index| {
        let change = &project.changes[*index];
        let effect = section::changes::brief(subject, *index);
        let title = change.title.as_str();
        let asked = if effect.is_empty() {
            phrase!("Change: {title}", title)
        } else {
            phrase!("Change: {title} ({effect})", title, effect)
        };
        Row::new(vec![
            Value::Text(change.id.clone()),
            Value::Text(subject.say(asked)),
            Value::Empty,
            Value::Empty,
            Value::Empty,
            Value::Text(subject.task_codes(&change.tasks)),
        ])
    });
    table(
        subject,
        "decisions",
        word!("Decisions needed"),
        word!("What is to be decided"),
        decisions.chain(changes).collect(),
    )
}

fn open(subject: &Subject<'_>) -> Table {
    let (project, found) = (subject.project, &subject.found.commitments);
    let rows = found.actions.iter().map(|index| {
        let action = &project.actions[*index];
        Row::new(vec![
            Value::Text(action.id.clone()),
            Value::Text(action.title.clone()),
            text(action.owner.as_deref()),
            action.due.map_or(Value::Empty, Value::Date),
            late(subject, action.due),
            Value::Text(subject.task_codes(&action.tasks)),
            subject.cell(action.state.word()),
        ])
    });
    let mut table =
        table(subject, "actions", word!("Open actions"), word!("What is to be done"), rows.collect());
    table.columns.push(Column::new("state", "State", Kind::Text));
    table
}

fn table(subject: &Subject<'_>, id: &'static str, caption: &str, what: &str, rows: Vec<Row>) -> Table {
    Table {
        id,
        caption: subject.word(caption),
        columns: vec![
            Column::new("id", "Id", Kind::Text),
            Column::new("title", what, Kind::Text).weight(5),
            Column::new("owner", "Owner", Kind::Text).weight(2),
            Column::new("due", "Due", Kind::Date),
            Column::new("late", "Working days late", Kind::Days),
            Column::new("tasks", "Tasks", Kind::Text).weight(2),
        ],
        print_rows: Some(subject.limits.rows),
        rows,
        totals: None,
    }
}

/// Working days since it was due; empty for what is in time.
fn late(subject: &Subject<'_>, due: Option<NaiveDate>) -> Value {
    let day = subject.found.status_date.day();
    let late = due.filter(|_| is_overdue(due, day)).and_then(|due| subject.working_days(due, day));
    late.map_or(Value::Empty, Value::Days)
}

fn owners(subject: &Subject<'_>) -> Table {
    let found = &subject.found.commitments;
    let rows: Vec<Row> = found
        .owners
        .iter()
        .map(|owner| {
            Row::new(vec![
                if owner.name.is_empty() {
                    subject.cell(word!("Nobody named"))
                } else {
                    Value::Text(owner.name.clone())
                },
                Value::Count(owner.decisions.into()),
                Value::Count(owner.actions.into()),
                Value::Count(owner.overdue.into()),
                owner.next.map_or(Value::Empty, Value::Date),
            ])
        })
        .collect();
    Table {
        id: "action_owners",
        caption: subject.word(word!("By owner")),
        columns: vec![
            Column::new("owner", "Owner", Kind::Text).weight(4),
            Column::new("decisions", "Decisions", Kind::Count).sums(),
            Column::new("actions", "Actions", Kind::Count).sums(),
            Column::new("overdue", "Overdue", Kind::Count).sums(),
            Column::new("next", "First due", Kind::Date),
        ],
        print_rows: Some(subject.limits.rows),
        rows,
        totals: None,
    }
}

/// `Henrik Lund, due 14 Apr 2026`, `Henrik Lund, 2 working days late`: a line of page 1.
pub(in crate::report) fn brief(subject: &Subject<'_>, owner: Option<&str>, due: Option<NaiveDate>) -> String {
    let day = subject.found.status_date.day();
    let when = due.map(|due| {
        let late = subject.working_days(due, day).filter(|late| is_overdue(Some(due), day) && *late >= 0.5);
        subject.say(match late {
            Some(late) => phrase!("{days} late", days = working_days(late)),
            None => phrase!("due {due}", due),
        })
    });
    owner.map(str::to_owned).into_iter().chain(when).collect::<Vec<_>>().join(", ")
}
