//! People and hours: planned, booked, remaining, available; by person, role and period; and bookings
//! that match no task.

use std::collections::{BTreeMap, BTreeSet};

use crate::analysis::ledger::OPERATIONS_RULE;
use crate::analysis::{Effort, EffortLine};
use crate::document::{Block, Column, Kind, Row, Table, Value};
use crate::language::{Part, Phrase};
use crate::quantity::Work;
use crate::report::section::{Section, print};
use crate::report::subject::Subject;
use crate::report::wording::short_period;

pub(super) const SECTION: Section = Section {
    id: "people",
    title: "People and hours",
    about: "Planned, booked, remaining and available hours by person and role, utilisation, and bookings that match no task.",
    compose,
};

fn compose(subject: &Subject<'_>) -> Vec<Block> {
    let effort = &subject.found.effort;
    let tables: Vec<Table> = [
        lines(subject, &OF_PEOPLE, &effort.people),
        lines(subject, &OF_ROLES, &effort.roles),
        by_period(subject, effort),
        unmatched(subject, effort),
    ]
    .into_iter()
    .flatten()
    .collect();
    if tables.is_empty() {
        return Vec::new();
    }
    let mut blocks = vec![Block::Paragraph(told(subject, &effort.total))];
    if subject.metric("run_share").is_ok_and(|share| share > 0.0) {
        blocks.push(Block::Note(subject.word(OPERATIONS_RULE)));
    }
    blocks.extend(tables.into_iter().map(Block::Table));
    blocks
}

/// The totals in a sentence or two.
fn told(subject: &Subject<'_>, total: &EffortLine) -> String {
    let over = subject.finished().is_some();
    let hours = |work: Work| Part::number(work.hours(), 0);
    let n = hours(total.booked);
    let mut booked = if over {
        phrase!("{n} {n|hour was|hours were} booked", n)
    } else {
        phrase!("{n} {n|hour is|hours are} booked to date", n)
    };
    if let Some(planned) = total.planned.filter(|planned| *planned > Work::ZERO) {
        booked = phrase!(
            "{booked}, {share} of the {planned} planned for the whole project",
            booked,
            share = Part::share(total.booked.hours() / planned.hours()),
            planned = hours(planned)
        );
    }
    if let Some(remaining) = total.remaining.filter(|_| !over) {
        booked = phrase!(
            "{booked}; {n} {n|hour remains|hours remain} by the estimates in the data",
            booked,
            n = hours(remaining)
        );
    }
    let used = utilisation(total).map(|used| {
        phrase!(
            "The people worked {share} of their available time on the project.",
            share = Part::share(used)
        )
    });
    let heads = subject.metric("fte").ok().filter(|heads| *heads > 0.0).map(|heads| {
        phrase!(
            "Bookings of the last four weeks amount to {heads} full-time equivalents.",
            heads = Part::number(heads, 1)
        )
    });
    let sentences = [Some(phrase!("{booked}.", booked)), used, heads, run_and_change(subject)];
    subject.say_all(&sentences.into_iter().flatten().collect::<Vec<_>>())
}

/// What of the hours kept things alive instead of changing them.
fn run_and_change(subject: &Subject<'_>) -> Option<Phrase> {
    let operations = subject.found.measures.people.operations.ok().filter(|hours| *hours > 0.0)?;
    let share = subject.metric("run_share").ok()?;
    Some(phrase!(
        "Of all hours {hours} are operations: {run} run, {change} change.",
        hours = Part::number(operations, 0),
        run = Part::share(share),
        change = Part::share(1.0 - share)
    ))
}

/// Hours booked over hours available.
fn utilisation(line: &EffortLine) -> Option<f64> {
    line.available
        .filter(|available| *available > Work::ZERO)
        .map(|available| line.booked.hours() / available.hours())
}

/// What a table of persons or roles is called.
struct Names {
    id: &'static str,
    caption: &'static str,
    head: &'static str,
    /// Hours of nobody, or of no role.
    nobody: &'static str,
    /// Whether each line may have a role beside it.
    have_roles: bool,
}

const OF_PEOPLE: Names = Names {
    id: "people",
    caption: word!("By person, in hours"),
    head: word!("Person"),
    nobody: word!("No person named"),
    have_roles: true,
};
const OF_ROLES: Names = Names {
    id: "roles",
    caption: word!("By role, in hours"),
    head: word!("Role"),
    nobody: word!("No role named"),
    have_roles: false,
};

/// A table of persons or roles; columns the data has nothing for are left out.
fn lines(subject: &Subject<'_>, names: &Names, lines: &[EffortLine]) -> Option<Table> {
    if lines.is_empty() {
        return None;
    }
    let has = |get: fn(&EffortLine) -> bool| lines.iter().any(get);
    let (role, planned) =
        (names.have_roles && has(|line| line.role.is_some()), has(|line| line.planned.is_some()));
    // Nothing remains of what is over.
    let remaining = subject.finished().is_none() && has(|line| line.remaining.is_some());
    let available = has(|line| line.available.is_some());
    let hours = |work: Option<Work>| work.map_or(Value::Empty, Value::Hours);
    let cells = |name: String, line: &EffortLine| {
        let mut cells = vec![Value::Text(name)];
        if role {
            cells.push(line.role.clone().map_or(Value::Empty, Value::Text));
        }
        if planned {
            cells.push(hours(line.planned));
        }
        cells.push(Value::Hours(line.booked));
        if remaining {
            cells.push(hours(line.remaining));
        }
        if available {
            cells.push(hours(line.available));
            cells.push(utilisation(line).map_or(Value::Empty, Value::Percent));
        }
        cells.push(Value::Money(line.cost));
        cells
    };
    let mut columns = vec![Column::new("name", names.head, Kind::Text).weight(4)];
    if role {
        columns.push(Column::new("role", "Role", Kind::Text).weight(3));
    }
    if planned {
        columns.push(Column::new("planned", "Planned", Kind::Hours).sums());
    }
    columns.push(Column::new("booked", "Booked", Kind::Hours).symbol("BOOKED").sums());
    if remaining {
        columns.push(Column::new("remaining", "Remaining", Kind::Hours).sums());
    }
    if available {
        columns.push(Column::new("available", "Available", Kind::Hours).symbol("AVAILABLE").sums());
        columns.push(Column::new("utilisation", "Utilisation", Kind::Percent).formula("BOOKED / AVAILABLE"));
    }
    columns.push(Column::new("cost", "Cost", Kind::Money).sums());
    let sum = |get: fn(&EffortLine) -> Option<Work>| {
        has_any(lines, get).then(|| lines.iter().filter_map(get).sum::<Work>())
    };
    let total = EffortLine {
        name: String::new(),
        role: None,
        planned: sum(|line| line.planned),
        booked: lines.iter().map(|line| line.booked).sum(),
        remaining: sum(|line| line.remaining),
        available: sum(|line| line.available),
        cost: lines.iter().map(|line| line.cost).sum(),
    };
    let mut rows: Vec<Row> =
        lines.iter().map(|line| Row::new(cells(named(subject, &line.name, names.nobody), line))).collect();
    print::heaviest(&mut rows, subject.limits.rows, |row| Some(lines[row].booked.hours()));
    Some(Table {
        id: names.id,
        caption: subject.word(names.caption),
        columns,
        rows,
        totals: Some(Row::new(cells(subject.word(word!("Total")), &total))),
        print_rows: None,
    })
}

fn has_any(lines: &[EffortLine], get: fn(&EffortLine) -> Option<Work>) -> bool {
    lines.iter().any(|line| get(line).is_some())
}

fn named(subject: &Subject<'_>, name: &str, nobody: &str) -> String {
    if name.is_empty() { subject.word(nobody) } else { name.to_owned() }
}

/// Columns of the periods; a report shows the latest so many.
const PERIODS: [&str; 12] = ["p1", "p2", "p3", "p4", "p5", "p6", "p7", "p8", "p9", "p10", "p11", "p12"];

/// Hours by person over the latest periods with bookings.
fn by_period(subject: &Subject<'_>, effort: &Effort) -> Option<Table> {
    let booked: BTreeSet<usize> = effort.by_period.iter().map(|(_, at, _)| *at).collect();
    let latest = booked.len().saturating_sub(PERIODS.len());
    let shown: Vec<usize> = booked.into_iter().skip(latest).collect();
    if shown.len() < 2 {
        return None;
    }
    let mut hours: BTreeMap<(usize, usize), Work> = BTreeMap::new();
    for (person, at, work) in &effort.by_period {
        *hours.entry((*person, *at)).or_default() += *work;
    }
    let mut weights = Vec::new();
    let mut row = |(index, person): (usize, &EffortLine)| {
        let mut cells = vec![Value::Text(named(subject, &person.name, OF_PEOPLE.nobody))];
        let of = |at: &usize| hours.get(&(index, *at)).copied();
        cells.extend(shown.iter().map(|at| of(at).map_or(Value::Empty, Value::Hours)));
        let all: Work = shown.iter().filter_map(of).sum();
        cells.push(Value::Hours(all));
        weights.extend((!all.is_zero()).then(|| all.hours()));
        (!all.is_zero()).then(|| Row::new(cells))
    };
    let mut rows: Vec<Row> = effort.people.iter().enumerate().filter_map(&mut row).collect();
    print::heaviest(&mut rows, subject.limits.rows, |row| Some(weights[row]));
    let total =
        |at: &usize| hours.iter().filter(|((_, of), _)| of == at).map(|(_, work)| *work).sum::<Work>();
    let mut totals = vec![subject.cell(word!("Total"))];
    totals.extend(shown.iter().map(|at| Value::Hours(total(at))));
    totals.push(Value::Hours(shown.iter().map(total).sum()));
    let mut columns = vec![Column::new("person", "Person", Kind::Text).weight(3)];
    columns.extend(shown.iter().zip(PERIODS).map(|(at, id)| {
        let head = subject.found.series.get(*at).map(|value| short_period(value.period, &subject.format));
        Column::new(id, head.unwrap_or_default(), Kind::Hours).sums()
    }));
    columns.push(Column::new("all", "Together", Kind::Hours).sums());
    Some(Table {
        id: "hours_by_period",
        caption: subject.say(if latest > 0 {
            phrase!("Hours booked by person in the latest {n} periods", n = shown.len())
        } else {
            phrase!("Hours booked by person and period")
        }),
        columns,
        rows,
        totals: Some(Row::new(totals)),
        print_rows: None,
    })
}

/// Bookings that match no task.
fn unmatched(subject: &Subject<'_>, effort: &Effort) -> Option<Table> {
    let rows: Vec<Row> = effort
        .unmatched
        .iter()
        .map(|booking| {
            Row::new(vec![
                Value::Text(named(subject, &booking.written, word!("No task named"))),
                Value::Hours(booking.hours),
                Value::Money(booking.cost),
                Value::Count(u64::from(booking.rows)),
                Value::Text(format!("{}:{}", booking.first.0, booking.first.1)),
            ])
        })
        .collect();
    (!rows.is_empty()).then(|| Table {
        id: "unmatched",
        caption: subject.say(phrase!(
            "Booked on {n} {n|task|tasks} that the project does not have; their cost counts as actual cost of the \
             project",
            n = rows.len()
        )),
        columns: vec![
            Column::new("task", "Task as booked", Kind::Text).weight(4),
            Column::new("hours", "Booked", Kind::Hours).sums(),
            Column::new("cost", "Cost", Kind::Money).sums(),
            Column::new("rows", "Rows", Kind::Count).sums(),
            Column::new("first", "First in", Kind::Text).weight(2),
        ],
        totals: Some(Row::new(vec![
            subject.cell(word!("Total")),
            Value::Hours(effort.unmatched.iter().map(|booking| booking.hours).sum()),
            Value::Money(effort.unmatched.iter().map(|booking| booking.cost).sum()),
            Value::Count(effort.unmatched.iter().map(|booking| u64::from(booking.rows)).sum()),
            Value::Empty,
        ])),
        print_rows: Some(subject.limits.rows),
        rows,
    })
}
