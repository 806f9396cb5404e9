//! The issue log: by severity and age, what it holds up, what is overdue.

use crate::analysis::issue::{Blocked, OpenIssue};
use crate::document::{Block, Column, Kind, Row, Table, Value};
use crate::language::{Part, Phrase};
use crate::model::Severity;
use crate::report::section::Section;
use crate::report::subject::{Subject, text};
use crate::report::wording::{capital, working_days};

pub(super) const SECTION: Section = Section {
    id: "issues",
    title: "Issues",
    about: "Open issues by severity and age, what is overdue, the tasks they hold up and the milestones that wait for those.",
    compose,
};

fn compose(subject: &Subject<'_>) -> Vec<Block> {
    let found = &subject.found.issues;
    if subject.project.issues.is_empty() {
        return Vec::new();
    }
    let mut blocks = vec![Block::Paragraph(told(subject))];
    if found.open.is_empty() {
        return blocks;
    }
    blocks.push(Block::Table(by_severity(subject)));
    blocks.push(Block::Table(log(subject)));
    if !found.blocked.is_empty() {
        blocks.push(Block::Table(blocked(subject)));
        if subject.found.network.as_ref().is_ok_and(|network| !network.linked) {
            blocks.push(Block::Note(
                subject.word(word!("No task is linked to another: what waits for what is not known.")),
            ));
        }
    }
    blocks
}

/// How many, how old, and the gravest that holds up the finish.
fn told(subject: &Subject<'_>) -> String {
    let found = &subject.found.issues;
    let mut sentences = Vec::new();
    let count = |holds: fn(&&OpenIssue) -> bool| found.open.iter().filter(holds).count();
    if found.open.is_empty() {
        sentences.push(phrase!("No issue is open."));
    } else {
        let severities = found.severities.iter().map(|class| so_many(class.open, class.severity).into());
        let overdue = match count(|open| open.overdue.is_some()) {
            0 => phrase!("none is overdue"),
            n => phrase!("{n} {n|is|are} overdue", n),
        };
        let state = match count(|open| open.critical == Some(true)) {
            0 => overdue,
            n => phrase!("{overdue}; {n} {n|holds|hold} up the critical path", overdue, n),
        };
        sentences.push(phrase!(
            "{n} {n|issue is|issues are} open ({severities}): {state}.",
            n = found.open.len(),
            severities = severities.collect::<Vec<Part>>(),
            state
        ));
    }
    match (found.settled, found.median_days_to_settle) {
        (0, _) => {}
        (n, Some(days)) => sentences.push(phrase!(
            "{n} {n|is|are} settled, half of them within {days} {days|day|days}.",
            n,
            days = Part::short(days, 1)
        )),
        (n, None) => sentences.push(phrase!("{n} {n|is|are} settled.", n)),
    }
    subject.say_all(&sentences)
}

/// So many issues of a severity: the word agrees with its number.
fn so_many(n: u32, severity: Option<Severity>) -> Phrase {
    match severity {
        Some(Severity::Critical) => phrase!("issue::{n} critical", n),
        Some(Severity::High) => phrase!("issue::{n} high", n),
        Some(Severity::Medium) => phrase!("issue::{n} medium", n),
        Some(Severity::Low) => phrase!("issue::{n} low", n),
        None => phrase!("{n} without a severity", n),
    }
}

/// The word of a severity, where there is one.
fn severity(severity: Option<Severity>) -> &'static str {
    severity.map_or(word!("without a severity"), Severity::word)
}

fn by_severity(subject: &Subject<'_>) -> Table {
    let found = &subject.found.issues;
    let count = |count: u32| if count == 0 { Value::Empty } else { Value::Count(count.into()) };
    let undated = found.severities.iter().any(|class| class.undated > 0);
    let rows = found.severities.iter().map(|class| {
        let mut cells = vec![
            Value::Text(capital(&subject.word(severity(class.severity)))),
            Value::Count(class.open.into()),
        ];
        cells.extend(class.ages.map(count));
        cells.extend(undated.then(|| count(class.undated)));
        cells.extend([count(class.overdue), count(class.critical)]);
        Row::new(cells)
    });
    let mut columns = vec![
        Column::new("severity", "Severity", Kind::Text).weight(3),
        Column::new("open", "Open", Kind::Count).sums(),
        Column::new("age_0", "To 14 days old", Kind::Count).sums(),
        Column::new("age_15", "15 to 30", Kind::Count).sums(),
        Column::new("age_31", "31 to 60", Kind::Count).sums(),
        Column::new("age_61", "Older", Kind::Count).sums(),
    ];
    columns.extend(undated.then(|| Column::new("undated", "Age unknown", Kind::Count).sums()));
    columns.extend([
        Column::new("overdue", "Overdue", Kind::Count).sums(),
        Column::new("critical", "On the critical path", Kind::Count).sums(),
    ]);
    Table {
        id: "issue_severities",
        caption: subject.word(word!("Open issues by severity and age")),
        columns,
        rows: rows.collect(),
        totals: None,
        print_rows: None,
    }
}

fn log(subject: &Subject<'_>) -> Table {
    let (project, found) = (subject.project, &subject.found.issues);
    let rows: Vec<Row> = found
        .open
        .iter()
        .map(|open| {
            let issue = &project.issues[open.issue];
            Row::new(vec![
                Value::Text(issue.id.clone()),
                Value::Text(issue.title.clone()),
                issue.severity.map_or(Value::Empty, |severity| subject.cell(severity.word())),
                text(issue.owner.as_deref()),
                open.age.and_then(|age| u64::try_from(age).ok()).map_or(Value::Empty, Value::Count),
                issue.due.map_or(Value::Empty, Value::Date),
                open.overdue.map_or(Value::Empty, Value::Days),
                subject.cell(path(open)),
                Value::Text(subject.task_codes(&issue.tasks)),
                text(issue.action.as_deref()),
                text(issue.category.as_deref()),
                subject.cell(issue.state.word()),
                issue.opened.map_or(Value::Empty, Value::Date),
            ])
        })
        .collect();
    Table {
        id: "issues",
        caption: subject
            .word(word!("Open issues: the gravest first, then those on the critical path, then the oldest")),
        columns: vec![
            Column::new("id", "Issue", Kind::Text),
            Column::new("title", "What is in the way", Kind::Text).weight(4),
            Column::new("severity", "Severity", Kind::Text),
            Column::new("owner", "Owner", Kind::Text).weight(2),
            Column::new("age", "Age, days", Kind::Count),
            Column::new("due", "Due", Kind::Date),
            Column::new("overdue", "Working days late", Kind::Days),
            Column::new("path", "Critical path", Kind::Text),
            Column::new("tasks", "Tasks", Kind::Text).weight(2),
            Column::new("action", "Action", Kind::Text).weight(3).workbook_only(),
            Column::new("category", "Category", Kind::Text).workbook_only(),
            Column::new("state", "State", Kind::Text).workbook_only(),
            Column::new("opened", "Raised", Kind::Date).workbook_only(),
        ],
        print_rows: Some(subject.limits.rows),
        rows,
        totals: None,
    }
}

/// `on it`, `no`, nothing where there is no network or nothing to hold up.
fn path(open: &OpenIssue) -> &'static str {
    match open.critical {
        Some(true) => word!("on it"),
        Some(false) if !open.tasks.is_empty() => word!("no"),
        _ => "",
    }
}

fn blocked(subject: &Subject<'_>) -> Table {
    let found = &subject.found.issues;
    let rows: Vec<Row> = found.blocked.iter().map(|blocked| of_task(subject, blocked)).collect();
    Table {
        id: "blocked_tasks",
        caption: subject.word(word!("Tasks with open issues and what waits for them, the least float first")),
        columns: vec![
            Column::new("task", "Task", Kind::Text).weight(4),
            Column::new("issues", "Issues", Kind::Text).weight(2),
            Column::new("float", "Total float, days", Kind::Days),
            Column::new("path", "Critical path", Kind::Text),
            Column::new("tasks_after", "Tasks that wait", Kind::Count),
            Column::new("milestone", "Next milestone that waits", Kind::Text).weight(3),
            Column::new("forecast", "Expected", Kind::Date),
            Column::new("milestones", "All milestones that wait", Kind::Text).weight(4).workbook_only(),
        ],
        print_rows: Some(subject.limits.rows),
        rows,
        totals: None,
    }
}

fn of_task(subject: &Subject<'_>, blocked: &Blocked) -> Row {
    let (project, found) = (subject.project, subject.found);
    let ids: Vec<&str> = blocked.issues.iter().map(|issue| project.issues[*issue].id.as_str()).collect();
    let names: Vec<&str> = blocked.milestones.iter().map(|task| project.tasks[*task].name.as_str()).collect();
    let forecast = blocked
        .milestones
        .first()
        .and_then(|next| found.milestones.iter().find(|milestone| milestone.task == *next)?.forecast);
    let path = match blocked.critical {
        Some(true) => word!("critical"),
        Some(false) if blocked.near_critical => word!("near-critical"),
        Some(false) => word!("no"),
        None => "",
    };
    Row::new(vec![
        Value::Text(subject.task_label(blocked.task)),
        Value::Text(ids.join(", ")),
        blocked.float.map_or(Value::Empty, Value::Days),
        subject.cell(path),
        Value::Count(blocked.tasks_after.into()),
        names.first().map_or(Value::Empty, |&name| {
            Value::Text(match names.len() {
                1 => name.to_owned(),
                all => subject.say(phrase!("{name}, and {n} more", name, n = all - 1)),
            })
        }),
        crate::report::subject::finish_cell(forecast),
        Value::Text(subject.format.clauses(&names)),
    ])
}

/// `critical, Marcus Feld, 7 working days late`: an issue in a line of page 1.
pub(in crate::report) fn brief(subject: &Subject<'_>, open: &OpenIssue) -> String {
    let issue = &subject.project.issues[open.issue];
    let severity = issue.severity.map(|severity| subject.word(severity.word()));
    let when = match (open.overdue, issue.due) {
        (Some(late), _) if late >= 0.5 => {
            Some(subject.say(phrase!("{days} late", days = working_days(late))))
        }
        (_, Some(due)) => Some(subject.say(phrase!("due {due}", due))),
        _ => None,
    };
    severity.into_iter().chain(issue.owner.clone()).chain(when).collect::<Vec<_>>().join(", ")
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::language::{Format, Language};

    #[test]
    fn a_severity_agrees_with_its_number() {
        for (code, said) in [
            ("en", ["1 high", "3 high", "2 critical"]),
            ("de", ["1 hoch", "3 hoch", "2 kritisch"]),
            ("fr", ["1 \u{e9}lev\u{e9}", "3 \u{e9}lev\u{e9}s", "2 critiques"]),
            ("es", ["1 alta", "3 altas", "2 cr\u{ed}ticas"]),
        ] {
            let format = Format::of(Language::named(code).unwrap());
            let counts = [(1, Severity::High), (3, Severity::High), (2, Severity::Critical)];
            assert_eq!(counts.map(|(n, severity)| format.say(so_many(n, Some(severity)))), said, "{code}");
        }
    }
}
