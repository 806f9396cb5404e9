//! What was read, joined, dropped and guessed, and everything that was found wrong with the data.

use crate::diagnostic::{Diagnostic, Severity};
use crate::document::{Block, Column, ItemList, Kind, ListItem, Row, Table, Value};
use crate::model::Project;
use crate::report::section::Section;
use crate::report::subject::Subject;
use crate::report::two_views;
use crate::report::wording::listed;
use crate::wording::{counted, percent};

pub(super) const SECTION: Section = Section {
    id: "data_quality",
    title: "Data quality",
    about: "How far the data can be trusted and why, what was read, guessed and left out, and every diagnostic.",
    compose,
};

fn compose(subject: &Subject<'_>) -> Vec<Block> {
    let mut blocks = vec![Block::Paragraph(trust(subject))];
    let reasons = &subject.found.trust.reasons;
    if !reasons.is_empty() {
        blocks.push(Block::List(ItemList {
            title: "What keeps it from an A".to_owned(),
            items: reasons
                .iter()
                .map(|reason| ListItem { text: subject.dates_as_shown(reason), detail: String::new() })
                .collect(),
            empty: String::new(),
        }));
    }
    blocks.extend(two_views::smaller(subject).map(|told| Block::Paragraph(subject.say(told))));
    if let Some(from) = &subject.found.status_date_from {
        blocks.push(Block::Note(format!(
            "No status date was given. {} is the latest date that the data speaks of ({from}).",
            subject.format.day(subject.found.status_date.day())
        )));
    }
    if !subject.tables.is_empty() {
        blocks.push(Block::Heading("What was read".to_owned()));
        blocks.push(Block::Table(sources(subject)));
        blocks.extend(guessed(subject).map(Block::Table));
    }
    if !subject.found.notes.is_empty() {
        let items = subject.found.notes.iter();
        blocks.push(Block::List(ItemList {
            title: "What was chosen or assumed".to_owned(),
            items: items
                .map(|note| ListItem { text: subject.dates_as_shown(note), detail: String::new() })
                .collect(),
            empty: String::new(),
        }));
    }
    let rules = &subject.found.trust.rules_used;
    if !rules.is_empty() {
        let rows = rules.iter().map(|(rule, count)| {
            Row::new(vec![Value::Text((*rule).to_owned()), Value::Count(*count as u64)])
        });
        blocks.push(Block::Heading("How the work was earned".to_owned()));
        blocks.push(Block::Table(Table {
            id: "earning_rules",
            caption: String::new(),
            columns: vec![
                Column::new("rule", "Earning rule", Kind::Text).weight(4),
                Column::new("tasks", "Tasks", Kind::Count).sums(),
            ],
            rows: rows.collect(),
            totals: Some(Row::new(vec![
                Value::Text("Total".to_owned()),
                Value::Count(rules.iter().map(|(_, count)| *count as u64).sum()),
            ])),
            print_rows: None,
        }));
    }
    blocks.extend(missing(subject).map(Block::Paragraph));
    blocks.push(Block::Heading("What was found".to_owned()));
    if subject.problems.is_empty() {
        blocks.push(Block::Paragraph("Nothing in the data was found wrong, doubtful or guessed.".to_owned()));
    } else {
        blocks.push(Block::Paragraph(summary(&subject.problems)));
        blocks.push(Block::Table(diagnostics(subject)));
    }
    blocks
}

/// What a report can show, the table it is read from, and whether a project has none of it.
type Shown = (&'static str, &'static str, fn(&Project) -> bool);

/// Everything that is left out where its table is missing.
const SHOWN: [Shown; 11] = [
    ("business case", "cash_flows", |p| p.cash_flows.is_empty()),
    ("objectives", "objectives", |p| p.objectives.is_empty()),
    ("risks", "risks", |p| p.risks.is_empty()),
    ("changes", "changes", |p| p.changes.is_empty()),
    ("issues", "issues", |p| p.issues.is_empty()),
    ("actions", "actions", |p| p.actions.is_empty()),
    ("decisions", "decisions", |p| p.decisions.is_empty()),
    ("deliverables", "deliverables", |p| p.deliverables.is_empty()),
    ("defects", "defects", |p| p.defects.is_empty()),
    ("tests", "tests", |p| p.tests.is_empty()),
    ("stakeholders", "stakeholders", |p| p.stakeholders.is_empty()),
];

/// What the report would show if its table were there.
fn missing(subject: &Subject<'_>) -> Option<String> {
    let missing = SHOWN.iter().filter(|(_, _, is_missing)| is_missing(subject.project));
    let names: Vec<String> = missing
        .map(
            |(what, table, _)| {
                if what == table { (*what).to_owned() } else { format!("{what} (table {table})") }
            },
        )
        .collect();
    let (it, has) = if names.len() == 1 { ("it has", "table is") } else { ("they have", "tables are") };
    (!names.is_empty())
        .then(|| format!("Nothing is said of {}: {it} no data, because the {has} not there.", listed(&names)))
}

/// The grade and what joined.
fn trust(subject: &Subject<'_>) -> String {
    let trust = &subject.found.trust;
    let meaning = match trust.grade {
        'A' => "the figures rest on complete and consistent data",
        'B' => "the figures can be used; single gaps are named below",
        'C' => "use the figures with care: the gaps below can change what they say",
        _ => "do not decide on these figures before the gaps below are closed",
    };
    let joined: Vec<String> = [("hours", trust.hours_joined), ("posted cost", trust.cost_joined)]
        .into_iter()
        .filter_map(|(what, share)| Some(format!("{} of the {what}", percent(share?))))
        .collect();
    let matched = if joined.is_empty() {
        String::new()
    } else {
        format!(" {} could be matched to the project's tasks or accounts.", listed(&joined))
    };
    format!("Trust {}: {meaning}.{matched}", trust.grade)
}

/// The tables that were read.
fn sources(subject: &Subject<'_>) -> Table {
    let rows = subject.tables.iter().map(|table| {
        Row::new(vec![
            Value::Text(match &table.sheet {
                Some(sheet) => format!("{}#{sheet}", table.file),
                None => table.file.to_string(),
            }),
            Value::Text(table.table.to_owned()),
            Value::Count(u64::from(table.rows)),
            Value::Count(u64::from(table.rejected)),
            Value::Text(table.unknown_columns.join(", ")),
        ])
    });
    Table {
        id: "sources",
        caption: String::new(),
        columns: vec![
            Column::new("file", "File", Kind::Text).weight(3),
            Column::new("table", "Read as", Kind::Text).weight(2),
            Column::new("rows", "Rows", Kind::Count),
            Column::new("rejected", "Rejected", Kind::Count),
            Column::new("unknown", "Columns not understood and left out", Kind::Text).weight(4),
        ],
        rows: rows.collect(),
        totals: None,
        print_rows: None,
    }
}

/// Headers that were matched by another name.
fn guessed(subject: &Subject<'_>) -> Option<Table> {
    let rows: Vec<Row> = subject
        .tables
        .iter()
        .flat_map(|table| {
            table.guessed_columns.iter().map(|(written, taken)| {
                Row::new(vec![
                    Value::Text(table.file.to_string()),
                    Value::Text(written.clone()),
                    Value::Text(format!("{}.{taken}", table.table)),
                ])
            })
        })
        .collect();
    (!rows.is_empty()).then(|| Table {
        id: "guessed_columns",
        caption: "Columns that were recognised by another name".to_owned(),
        columns: vec![
            Column::new("file", "File", Kind::Text).weight(3),
            Column::new("written", "Head in the file", Kind::Text).weight(3),
            Column::new("taken", "Taken for", Kind::Text).weight(3),
        ],
        print_rows: Some(subject.limits.diagnostics),
        rows,
        totals: None,
    })
}

/// `3 errors, 5 warnings and 1 note.`
fn summary(problems: &[&Diagnostic]) -> String {
    let counts: Vec<String> = [Severity::Error, Severity::Warning, Severity::Note]
        .into_iter()
        .filter_map(|severity| {
            let count = problems.iter().filter(|problem| problem.severity() == severity).count();
            (count > 0).then(|| counted(count, severity.word()))
        })
        .collect();
    format!(
        "{}. An error left out the smallest thing it concerns; a warning was used in doubt; a note says what \
         was guessed or chosen.",
        listed(&counts)
    )
}

/// Every diagnostic: the gravest first, so that a short list shows what matters.
fn diagnostics(subject: &Subject<'_>) -> Table {
    let mut problems = subject.problems.clone();
    problems.sort_by_key(|problem| problem.severity());
    let rows: Vec<Row> = problems
        .into_iter()
        .map(|problem| {
            Row::new(vec![
                Value::Text(problem.code.id.to_owned()),
                Value::Text(problem.severity().word().to_owned()),
                problem.at.first().map_or(Value::Empty, |place| Value::Text(place.to_string())),
                Value::Text(subject.say(&problem.message)),
                problem.help.as_ref().map_or(Value::Empty, |help| Value::Text(subject.say(help))),
            ])
        })
        .collect();
    Table {
        id: "diagnostics",
        caption: String::new(),
        columns: vec![
            Column::new("code", "Code", Kind::Text),
            Column::new("severity", "Kind", Kind::Text).workbook_only(),
            Column::new("place", "Where", Kind::Text).weight(3),
            Column::new("message", "What", Kind::Text).weight(5),
            Column::new("help", "What to do", Kind::Text).weight(4),
        ],
        print_rows: Some(subject.limits.diagnostics),
        rows,
        totals: None,
    }
}
