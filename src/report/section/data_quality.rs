//! What was read, joined, dropped and guessed, and everything that was found wrong with the data.

use crate::diagnostic::Severity;
use crate::document::{Block, Column, ItemList, Kind, ListItem, Row, Table, Value};
use crate::language::Part;
use crate::model::Project;
use crate::quantity::Reason;
use crate::report::section::Section;
use crate::report::subject::Subject;
use crate::report::two_views;

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
            title: subject.word(word!("What keeps it from an A")),
            items: reasons
                .iter()
                .map(|reason| ListItem { text: subject.say(reason), detail: String::new() })
                .collect(),
            empty: String::new(),
        }));
    }
    blocks.extend(two_views::smaller(subject).map(|told| Block::Paragraph(subject.say(told))));
    if let Some(from) = &subject.found.status_date_from {
        blocks.push(Block::Note(subject.say(phrase!(
            "No status date was given. {day} is the latest date that the data speaks of ({from}).",
            day = subject.found.status_date.day(),
            from
        ))));
    }
    if !subject.tables.is_empty() {
        blocks.push(Block::Heading(subject.word(word!("What was read"))));
        blocks.push(Block::Table(sources(subject)));
        blocks.extend(guessed(subject).map(Block::Table));
    }
    if !subject.found.notes.is_empty() {
        let items = subject.found.notes.iter();
        blocks.push(Block::List(ItemList {
            title: subject.word(word!("What was chosen or assumed")),
            items: items.map(|note| ListItem { text: subject.say(note), detail: String::new() }).collect(),
            empty: String::new(),
        }));
    }
    let rules = &subject.found.trust.rules_used;
    if !rules.is_empty() {
        let rows =
            rules.iter().map(|(rule, count)| Row::new(vec![subject.cell(rule), Value::Count(*count as u64)]));
        blocks.push(Block::Heading(subject.word(word!("How the work was earned"))));
        blocks.push(Block::Table(Table {
            id: "earning_rules",
            caption: String::new(),
            columns: vec![
                Column::new("rule", "Earning rule", Kind::Text).weight(4),
                Column::new("tasks", "Tasks", Kind::Count).sums(),
            ],
            rows: rows.collect(),
            totals: Some(Row::new(vec![
                subject.cell(word!("Total")),
                Value::Count(rules.iter().map(|(_, count)| *count as u64).sum()),
            ])),
            print_rows: None,
        }));
    }
    blocks.extend(missing(subject).map(Block::Paragraph));
    if subject.found.execution == Err(Reason::NoPrevious) && subject.finished().is_none() {
        blocks.push(Block::Paragraph(subject.word(word!(
            "Nothing is compared with the last report, because none from before the status date was given: --previous \
             names it, or the folder it lies in."
        ))));
    }
    blocks.push(Block::Heading(subject.word(word!("What was found"))));
    if subject.problems.is_empty() {
        blocks.push(Block::Paragraph(
            subject.word(word!("Nothing in the data was found wrong, doubtful or guessed.")),
        ));
    } else {
        blocks.push(Block::Paragraph(summary(subject)));
        blocks.push(Block::Table(diagnostics(subject)));
    }
    blocks
}

/// What a report can show, the table it is read from, and whether a project has none of it.
type Shown = (&'static str, &'static str, fn(&Project) -> bool);

/// Everything that is left out where its table is missing.
const SHOWN: [Shown; 11] = [
    (word!("business case"), "cash_flows", |p| p.cash_flows.is_empty()),
    (word!("objectives"), "objectives", |p| p.objectives.is_empty()),
    (word!("risks"), "risks", |p| p.risks.is_empty()),
    (word!("changes"), "changes", |p| p.changes.is_empty()),
    (word!("issues"), "issues", |p| p.issues.is_empty()),
    (word!("actions"), "actions", |p| p.actions.is_empty()),
    (word!("decisions"), "decisions", |p| p.decisions.is_empty()),
    (word!("deliverables"), "deliverables", |p| p.deliverables.is_empty()),
    (word!("defects"), "defects", |p| p.defects.is_empty()),
    (word!("tests"), "tests", |p| p.tests.is_empty()),
    (word!("stakeholders"), "stakeholders", |p| p.stakeholders.is_empty()),
];

/// What the report would show if its table were there.
fn missing(subject: &Subject<'_>) -> Option<String> {
    let missing = SHOWN.iter().filter(|(_, _, is_missing)| is_missing(subject.project));
    let names: Vec<Part> = missing
        .map(|(what, table, _)| {
            if subject.word(what) == *table {
                Part::from(*table)
            } else {
                phrase!("{what} (table {table})", what = Part::Word(what), table = *table).into()
            }
        })
        .collect();
    match names.len() {
        0 => None,
        1 => Some(phrase!(
            "Nothing is said of {names}: it has no data, because the table is not there.",
            names
        )),
        _ => Some(phrase!(
            "Nothing is said of {names}: they have no data, because the tables are not there.",
            names
        )),
    }
    .map(|told| subject.say(told))
}

/// The grade and what joined.
fn trust(subject: &Subject<'_>) -> String {
    let trust = &subject.found.trust;
    let meaning = match trust.grade {
        'A' => phrase!("the figures rest on complete and consistent data"),
        'B' => phrase!("the figures can be used; single gaps are named below"),
        'C' => phrase!("use the figures with care: the gaps below can change what they say"),
        _ => phrase!("do not decide on these figures before the gaps below are closed"),
    };
    let mut sentences = vec![phrase!("Trust {grade}: {meaning}.", grade = trust.grade, meaning)];
    let hours = trust.hours_joined.map(|share| phrase!("{share} of the hours", share = Part::share(share)));
    let cost =
        trust.cost_joined.map(|share| phrase!("{share} of the posted cost", share = Part::share(share)));
    let joined: Vec<Part> = hours.into_iter().chain(cost).map(Part::from).collect();
    if !joined.is_empty() {
        sentences.push(phrase!("{joined} could be matched to the project's tasks or accounts.", joined));
    }
    subject.say_all(&sentences)
}

/// The tables that were read.
fn sources(subject: &Subject<'_>) -> Table {
    let rows = subject.tables.iter().map(|table| {
        Row::new(vec![
            Value::Text(table.name()),
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
        caption: subject.word(word!("Columns that were recognised by another name")),
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
fn summary(subject: &Subject<'_>) -> String {
    let counts = [Severity::Error, Severity::Warning, Severity::Note].into_iter().filter_map(|severity| {
        let n = subject.problems.iter().filter(|problem| problem.severity() == severity).count();
        let told = match severity {
            Severity::Error => phrase!("{n} {n|error|errors}", n),
            Severity::Warning => phrase!("{n} {n|warning|warnings}", n),
            Severity::Note => phrase!("{n} {n|note|notes}", n),
        };
        (n > 0).then(|| Part::from(told))
    });
    subject.say_all(&[
        phrase!("{counts}.", counts = counts.collect::<Vec<_>>()),
        phrase!(
            "An error left out the smallest thing it concerns; a warning was used in doubt; a note says what was guessed \
             or chosen."
        ),
    ])
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
                subject.cell(problem.severity().word()),
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
