//! A small case a check, and beside it the one that is in order.

use crate::assembly::fixture::{assembled, facts, table};
use crate::intake::Typed;

const TASKS: &str =
    "id|name|kind|baseline_start|baseline_finish|baseline_cost|actual_start|actual_finish|predecessors";

/// A plan of A (finished on 6 March), B (open) and the milestone M after both.
fn plan() -> Typed {
    table(
        "atlas",
        "tasks",
        TASKS,
        &[
            "A|Design|task|2026-03-02|2026-03-06|1000|2026-03-02|2026-03-06|",
            "B|Build|task|2026-03-09|2026-03-20|4000|||A",
            "M|Built|milestone|2026-03-20|2026-03-20||||A;B",
        ],
    )
}

/// What these tables contradict each other in, beside the plan.
fn said(tables: Vec<Typed>) -> Vec<String> {
    with_plan(plan(), tables)
}

fn with_plan(plan: Typed, mut tables: Vec<Typed>) -> Vec<String> {
    tables.push(plan);
    let ours =
        |said: &String| said.starts_with("W34") || said.starts_with("W350") || said.starts_with("W304");
    assembled(tables).1.into_iter().filter(ours).collect()
}

#[test]
fn an_approved_change_shows_in_its_tasks() {
    let changes = |rows: &[&str]| {
        said(vec![table("atlas", "changes", "id|title|status|impact_cost|impact_days|tasks", rows)])
    };
    assert_eq!(
        changes(&[
            "C1|Payment|approved|18000||B",
            "C2|Chat|implemented||5|",
            "C3|Signature|approved|500|2|M",
        ]),
        [
            "W341 change 'C1 Payment' is approved and adds 18,000, which the baseline does not show: its tasks have a baseline cost of 4,000 together: B",
            "W341 change 'C2 Chat' is implemented and adds 5 working days, which the baseline does not show: it names no task of the plan",
            "W341 change 'C3 Signature' is approved and adds 500 and 2 working days, which the baseline does not show: its tasks have no baseline cost: M",
        ]
    );
    let in_order = [
        "C1|Held|approved|4000|3|B",
        "C2|Saves|approved|-500||",
        "C3|Asked|raised|18000||",
        "C4|Unsized|approved|||",
    ];
    assert_eq!(changes(&in_order), Vec::<String>::new());
}

#[test]
fn what_is_closed_has_no_open_actions() {
    let found = said(vec![
        table(
            "atlas",
            "risks",
            "id|title|status|probability|impact_days",
            &["R1|Strike|closed|10%|5", "R2|Late|open|10%|5"],
        ),
        table("atlas", "issues", "id|title|status", &["I1|Server down|closed", "I2|Slow|open"]),
        table(
            "atlas",
            "actions",
            "id|status|risks|issues",
            &["A1|open|R1|", "A2|in progress|R1;R2|", "A3|closed|R1|I1", "A4|open||I1;I2"],
        ),
    ]);
    assert_eq!(
        found,
        [
            "W342 issue 'I1 Server down' is closed and an action for it is open: A4",
            "W342 risk 'R1 Strike' is closed and actions for it are open: A1, A2",
        ]
    );
}

#[test]
fn what_is_accepted_is_free_of_severe_defects_tested_done_and_on_target() {
    let found = said(vec![
        table(
            "atlas",
            "deliverables",
            "id|name|target|measured|status|tasks",
            &["P1|Portal|<= 2 s|1.8 s|accepted|A", "P2|Interface|>= 98%|86%|accepted|A;B", "P3|Manual||||B"],
        ),
        table(
            "atlas",
            "defects",
            "id|severity|opened|closed|deliverable",
            &[
                "D1|high|2026-03-09||P1",
                "D2|low|2026-03-09||P1",
                "D3|critical|2026-03-09|2026-03-10|P1",
                "D4|critical|2026-03-09||P3",
            ],
        ),
        table(
            "atlas",
            "tests",
            "date|suite|executed|passed|failed",
            &["2026-03-06|portal|10|10|0", "2026-03-06|p2|10|9|1", "2026-03-13|p2|10|7|3"],
        ),
    ]);
    assert_eq!(
        found,
        [
            "W343 deliverable 'P1 Portal' is accepted with 1 critical or high defect open: D1",
            "W347 deliverable 'P2 Interface' is accepted and 3 tests of its suite failed on 2026-03-13",
            "W348 deliverable 'P2 Interface' is accepted and a task that makes it is not finished: B",
            "W349 deliverable 'P2 Interface' is accepted and misses its target: 86% against >= 98%",
        ]
    );
}

#[test]
fn a_late_plan_is_no_contradiction_and_a_task_is_named_once() {
    let plan = || {
        table(
            "atlas",
            "tasks",
            "id|name|kind|baseline_start|baseline_finish|baseline_cost|finish",
            &[
                "A|Design|task|2026-03-02|2026-03-06|1000|",
                "B|Build|task|2026-03-09|2026-03-20|4000|2026-04-30",
            ],
        )
    };
    let due =
        |rows: &[&str]| with_plan(plan(), vec![table("atlas", "deliverables", "id|name|due|tasks", rows)]);
    assert!(due(&["P1|Portal|2026-03-20|A;B"]).is_empty(), "late by the plan, in time by what was agreed");
    assert_eq!(
        due(&["P1|Portal|2026-03-12|B", "P2|Interface|2026-03-13|A;B", "P3|Manual|2026-03-06|A"]),
        [
            "W350 2 deliverables are due before 'B', which makes them, is agreed to finish on 2026-03-20: 'P1 Portal' on 2026-03-12, 'P2 Interface' on 2026-03-13"
        ]
    );
}

#[test]
fn a_deliverable_is_not_due_before_its_tasks_are_agreed_to_finish() {
    let found = said(vec![table(
        "atlas",
        "deliverables",
        "id|name|due|status|tasks",
        &["P1|Portal|2026-03-13||A;B", "P2|Interface|2026-03-20||B", "P3|Manual|2026-03-13|submitted|B"],
    )]);
    let says = "W350 deliverable 'P1 Portal' is due 2026-03-13 and 'B', which makes it, is agreed to finish on 2026-03-20";
    assert_eq!(found, [says.replace("is due 2026", "is due on 2026")]);
}

#[test]
fn a_milestone_waits_for_its_predecessors() {
    let milestone = |rows: &[&str]| with_plan(table("atlas", "tasks", TASKS, rows), Vec::new());
    let early = [
        "S|Design|summary||||||",
        "A|Sketch|task|2026-03-02|2026-03-06|1000|2026-03-02|2026-03-10|",
        "B|Build|task|2026-03-09|2026-03-20|4000|||",
        "M|Built|milestone|2026-03-20|2026-03-20|||2026-03-09|A;B",
        "N|Begun|milestone|2026-03-20|2026-03-20|||2026-03-09|BSS;AFS-3d",
    ];
    let says = "W344 milestone 'M Built' is reached on 2026-03-09 before what it waits for: A ended on 2026-03-10, B is open";
    assert_eq!(milestone(&early), [says], "not where it waits for a start or has a lead");
    let in_order = [
        "A|Sketch|task|2026-03-02|2026-03-06|1000|2026-03-02|2026-03-09|",
        "M|Built|milestone|2026-03-20|2026-03-20|||2026-03-09|A",
    ];
    assert_eq!(milestone(&in_order), Vec::<String>::new(), "the same day will do");
}

#[test]
fn an_open_issue_stands_in_the_way_of_something() {
    let found = said(vec![table(
        "atlas",
        "issues",
        "id|title|status|tasks",
        &["I1|No server|open|A", "I2|No slot|open|A;B", "I3|Solved|closed|A", "I4|Everywhere|open|"],
    )]);
    let says = "W346 issue 'I1 No server' is open and everything it stands in the way of is finished: A";
    assert_eq!(found, [says]);
}

#[test]
fn a_task_may_be_finished_by_its_statements() {
    let found = said(vec![
        table(
            "atlas",
            "progress",
            "task|date|percent_complete|actual_finish",
            &["B|2026-03-20|100|2026-03-18"],
        ),
        table("atlas", "issues", "id|title|status|tasks", &["I1|No slot|open|B"]),
        booked(&["A", "B"], &["2026-03-06", "2026-03-19"], &["Eva", "Eva"]),
    ]);
    assert_eq!(
        found,
        [
            "W304 1 task with hours booked after the actual finish: B",
            "W346 issue 'I1 No slot' is open and everything it stands in the way of is finished: B",
        ]
    );
}

#[test]
fn nobody_books_on_leave() {
    let found = said(vec![
        table(
            "atlas",
            "resources",
            "person|calendar|available_from|available_to",
            &["Ben|||2026-03-11", "Eva|Eva||", "Max|||"],
        ),
        table(
            "atlas",
            "calendars",
            "calendar|weekday|date|hours|name",
            &["Eva||2026-03-12|0|Leave", "Default||2026-03-13|0|Holiday"],
        ),
        booked(
            &["B"; 6],
            // Ben after his last day, Eva on her leave and not on another's holiday, Max on the holiday and on a Saturday.
            &["2026-03-12", "2026-03-12", "2026-03-13", "2026-03-13", "2026-03-14", "2026-03-11"],
            &["Ben", "Eva", "Eva", "Max", "Max", "Ben"],
        ),
    ]);
    assert_eq!(
        found,
        ["W345 3 rows booked on days on which the person is on leave or not available: Ben, Eva, Max"]
    );
}

/// Eight hours a row on a task, a day, by a person.
fn booked(tasks: &[&str], days: &[&str], people: &[&str]) -> Typed {
    use polars::prelude::{Column, DataFrame, DataType};
    let day = |text: &&str| text.parse::<chrono::NaiveDate>().unwrap().to_epoch_days();
    let frame = DataFrame::new(
        tasks.len(),
        vec![
            Column::new("task".into(), tasks),
            Column::new("date".into(), days.iter().map(day).collect::<Vec<i32>>())
                .cast(&DataType::Date)
                .unwrap(),
            Column::new("person".into(), people),
            Column::new("hours".into(), vec![28_800_i64; tasks.len()]),
        ],
    );
    facts("atlas", "timesheets", &frame.unwrap())
}
