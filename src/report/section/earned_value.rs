//! Earned value by work breakdown structure, phase and control account, and what explains the variances.

mod outline;

use crate::analysis::Group;
use crate::document::{Block, Column, Kind, Row, Table, Value};
use crate::language::Part;
use crate::model::TaskKind;
use crate::quantity::Money;
use crate::report::section::Section;
use crate::report::subject::{Subject, spent};
use crate::report::value_table::{self, Figures};

use self::outline::Line;

pub(super) const SECTION: Section = Section {
    id: "earned_value",
    title: "Earned value",
    about: "Planned value, earned value and cost by work breakdown structure, phase and control account, and what explains the variances.",
    compose,
};

fn compose(subject: &Subject<'_>) -> Vec<Block> {
    let total = Figures::from(&subject.found.measures);
    if total.is_empty() {
        return Vec::new();
    }
    let mut blocks = Vec::new();
    if subject.found.measures.ready_series {
        blocks.push(Block::Note(subject.word(word!(
            "The project's figures come from a ready performance series; the lines below are computed from \
             the tasks and need not add up to them."
        ))));
    }
    blocks.push(Block::Table(by_wbs(subject)));
    if let Some(note) = level_of_effort_note(subject) {
        blocks.push(Block::Note(note));
    }
    for grouping in [
        Grouping {
            id: "phases",
            caption: word!("By phase"),
            head: word!("Phase"),
            none: word!("No phase"),
            groups: &subject.found.phases,
        },
        Grouping {
            id: "control_accounts",
            caption: word!("By control account"),
            head: word!("Control account"),
            none: word!("No control account"),
            groups: &subject.found.control_accounts,
        },
    ] {
        if !grouping.groups.is_empty() {
            blocks.push(Block::Table(by_group(subject, &grouping)));
        }
    }
    if let Some(table) = variances(subject) {
        blocks.push(Block::Heading(subject.word(word!("What explains the variances"))));
        blocks.push(Block::Table(table));
    }
    blocks
}

/// What is needed beside lines that add up to `sum`, so that all add up to the project: what stands on no
/// task, and what stands on summaries themselves.
pub(super) fn beside(subject: &Subject<'_>, sum: Figures) -> Vec<(String, Figures)> {
    let found = subject.found;
    let on_no_task = found.beside_tasks.as_ref().map(Figures::from).unwrap_or_default();
    let all = if found.measures.ready_series {
        // A ready series is not the sum of the tasks: the tasks add up to their tops.
        let tops = subject.project.tasks.iter().zip(&found.tasks).filter(|(task, _)| task.parent.is_none());
        tops.fold(on_no_task, |sum, (_, value)| sum + Figures::from(value))
    } else {
        Figures::from(&found.measures)
    };
    [(word!("Not on any task"), on_no_task), (word!("On summaries themselves"), all - sum - on_no_task)]
        .into_iter()
        .filter(|(_, figures)| !figures.is_empty())
        .map(|(name, figures)| (subject.word(name), figures))
        .collect()
}

/// The upper levels of the work breakdown structure, down to as deep as the template shows.
fn by_wbs(subject: &Subject<'_>) -> Table {
    let (tasks, values) = (&subject.project.tasks, &subject.found.tasks);
    let measures = &subject.found.measures;
    let roots = tasks.iter().filter(|task| task.parent.is_none()).count();
    let levels = u32::from(subject.limits.wbs_levels.max(1)) + u32::from(roots == 1 && tasks.len() > 1);
    let shown = |index: usize| tasks[index].level < levels;
    let mut heads = vec![false; tasks.len()];
    for (_, task) in tasks.iter().enumerate().filter(|(index, _)| shown(*index)) {
        if let Some(parent) = task.parent.filter(|parent| *parent < tasks.len()) {
            heads[parent] = true;
        }
    }
    let mut lines = Vec::new();
    let mut sum = Figures::default();
    for index in subject.outline_order().into_iter().filter(|index| shown(*index)) {
        let Some(value) = values.get(index) else { continue };
        let figures = Figures::from(value);
        // A summary whose children are too deep to be shown stands for them.
        let summary = heads[index];
        if figures.is_empty() && tasks[index].kind == TaskKind::Milestone {
            continue;
        }
        if !summary {
            sum = sum + figures;
        }
        let code = subject.task_code(index);
        let mut cells = vec![Value::Text(subject.task_label(index)), Value::Text(code.clone())];
        cells.extend(figures.cells(measures));
        let level = u8::try_from(tasks[index].level).unwrap_or(u8::MAX);
        lines.push(Line { code, figures, row: Row { level, summary, ..Row::new(cells) } });
    }
    let mut rows =
        outline::printed(lines, (subject.limits.wbs_rows, u8::from(roots == 1)), measures, &subject.format);
    for (name, figures) in beside(subject, sum) {
        let mut cells = vec![Value::Text(name), Value::Empty];
        cells.extend(figures.cells(measures));
        rows.push(Row::new(cells));
        sum = sum + figures;
    }
    let mut total = vec![subject.cell(word!("Total")), Value::Empty];
    total.extend(sum.cells(measures));
    let mut columns = vec![
        Column::new("name", "Work", Kind::Text).weight(4),
        Column::new("wbs", "WBS", Kind::Text).workbook_only(),
    ];
    columns.extend(value_table::columns());
    Table {
        id: "wbs",
        caption: subject.word(word!("By work breakdown structure")),
        columns,
        rows,
        totals: Some(Row::new(total)),
        print_rows: None,
    }
}

/// A way to group the tasks, with its words.
struct Grouping<'a> {
    /// Of the table.
    id: &'static str,
    /// Of the table.
    caption: &'static str,
    /// Over the names.
    head: &'static str,
    /// What belongs to none of the groups.
    none: &'static str,
    /// The groups.
    groups: &'a [Group],
}

/// One line a phase or control account; what the project has beyond them is the last.
fn by_group(subject: &Subject<'_>, grouping: &Grouping<'_>) -> Table {
    let groups = grouping.groups;
    let measures = &subject.found.measures;
    let mut lines: Vec<(String, Figures)> = groups
        .iter()
        .filter(|group| !group.name.is_empty())
        .map(|group| (group.name.clone(), Figures::from(group)))
        .collect();
    let unnamed = groups.iter().filter(|group| group.name.is_empty()).map(Figures::from);
    let named = lines.iter().fold(Figures::default(), |sum, (_, figures)| sum + *figures);
    let rest = if subject.found.measures.ready_series {
        unnamed.fold(Figures::default(), |sum, figures| sum + figures)
    } else {
        Figures::from(&subject.found.measures) - named
    };
    if !rest.is_empty() {
        lines.push((subject.word(grouping.none), rest));
    }
    let row = |name: String, figures: Figures| {
        let mut cells = vec![Value::Text(name)];
        cells.extend(figures.cells(measures));
        Row::new(cells)
    };
    let mut columns = vec![Column::new("name", grouping.head, Kind::Text).weight(4)];
    columns.extend(value_table::columns());
    Table {
        id: grouping.id,
        caption: subject.word(grouping.caption),
        columns,
        rows: lines.into_iter().map(|(name, figures)| row(name, figures)).collect(),
        totals: Some(row(subject.word(word!("Total")), named + rest)),
        print_rows: None,
    }
}

/// Says that the project's SPI is not the SPI of the totals, where level of effort makes the difference.
fn level_of_effort_note(subject: &Subject<'_>) -> Option<String> {
    let measures = &subject.found.measures;
    let level_of_effort = measures.pv - measures.pv_discrete;
    (level_of_effort > Money::ZERO && !measures.ready_series).then(|| {
        subject.say(phrase!(
            "SPI of a line is EV / PV of all its work. The project's own schedule indices leave out level of \
             effort (PV {amount}), which passes with time and would hide a slip.",
            amount = subject.money(level_of_effort)
        ))
    })
}

/// The largest variances with their cause.
fn variances(subject: &Subject<'_>) -> Option<Table> {
    let rows: Vec<Row> = subject
        .found
        .variances
        .iter()
        .take(subject.limits.variances)
        .map(|variance| {
            Row::new(vec![
                Value::Text(subject.task_label(variance.task)),
                spent(subject.found.measures.part_of_cost(variance.cv)),
                Value::Money(variance.sv),
                Value::Percent(variance.share),
                Value::Text(subject.say(variance.cause())),
            ])
        })
        .collect();
    (!rows.is_empty()).then(|| Table {
        id: "variances",
        caption: subject.say(phrase!(
            "Variances from {share} of a task's budget on, the largest first",
            share = Part::share(subject.thresholds.explain)
        )),
        columns: vec![
            Column::new("task", "Work", Kind::Text).weight(3),
            Column::new("cv", "CV", Kind::Money),
            Column::new("sv", "SV", Kind::Money),
            Column::new("share", "Share of all shortfalls", Kind::Percent),
            Column::new("cause", "Cause", Kind::Text).weight(5),
        ],
        rows,
        totals: None,
        print_rows: None,
    })
}
