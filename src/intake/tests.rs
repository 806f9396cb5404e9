//! Whole sheets through the room: from text tables to typed tables and what is said of them.

use std::sync::Arc;

use chrono::NaiveDate;
use polars::prelude::DataFrame;

use super::*;
use crate::diagnostic::Severity;
use crate::source::{Body, Cell, RowCells};

/// A CSV file as the source room would hand it over.
pub(super) fn sheet(file: &str, text: &str) -> Sheet {
    let mut reader = csv::ReaderBuilder::new().has_headers(false).flexible(true).from_reader(text.as_bytes());
    let mut rows: Vec<RowCells> = Vec::new();
    for (at, record) in reader.records().enumerate() {
        let cell = |text: &str| if text.is_empty() { Cell::Empty } else { Cell::Text(text.into()) };
        rows.push(RowCells {
            row: u32::try_from(at + 1).unwrap(),
            cells: record.unwrap().iter().map(cell).collect(),
        });
    }
    let headers: Vec<Arc<str>> = rows.remove(0).cells.iter().map(|cell| cell.to_string().into()).collect();
    Sheet {
        file: file.into(),
        group: "atlas".into(),
        headers,
        header_row: 1,
        body: Body::Rows(rows),
        ..Sheet::default()
    }
}

/// One file read with the usual settings.
fn read(file: &str, text: &str) -> (Typed, Vec<String>) {
    read_with(file, text, &Settings::default())
}

fn read_with(file: &str, text: &str, settings: &Settings) -> (Typed, Vec<String>) {
    let sources = Sources { sheets: vec![sheet(file, text)], hashes: vec![] };
    let mut problems = Diagnostics::default();
    let mut records = check(&sources, settings, &mut problems);
    problems.sort();
    (
        records.tables.remove(0),
        problems.all().iter().map(|p| format!("{} {} {}", p.code.id, p.at[0], p.message)).collect(),
    )
}

fn entities(typed: &Typed) -> &EntityRows {
    match &typed.body {
        TypedBody::Entities(entities) => entities,
        TypedBody::Facts(_) => panic!("facts"),
    }
}

fn frame(typed: &Typed) -> DataFrame {
    match &typed.body {
        TypedBody::Facts(facts) => facts.frame(&[]).unwrap(),
        TypedBody::Entities(_) => panic!("entities"),
    }
}

fn cell<'a>(typed: &'a Typed, row: usize, column: &str) -> Option<&'a Datum> {
    entities(typed).cell(row, typed.present().place(column)?)
}

fn day(year: i32, month: u32, day: u32) -> NaiveDate {
    NaiveDate::from_ymd_opt(year, month, day).unwrap()
}

#[test]
fn every_example_row_is_read_without_a_problem() {
    for table in TABLES {
        let quoted =
            |cells: Vec<&str>| cells.iter().map(|c| format!("\"{c}\"")).collect::<Vec<_>>().join(",");
        let headers = quoted(table.columns.iter().map(|column| column.name).collect());
        let mut example = table.example.to_vec();
        // The example shows a day off; a weekday would stand in a row of its own.
        let text = format!("{headers}\n{}\n", quoted(std::mem::take(&mut example)));
        let (typed, problems) = read(&format!("{}.csv", table.name), &text);
        assert_eq!(problems, Vec::<String>::new(), "{}", table.name);
        assert_eq!((typed.read.rows, typed.read.rejected), (1, 0), "{}", table.name);
        assert_eq!(typed.read.guessed_columns, [], "{}", table.name);
        assert_eq!(typed.read.unknown_columns, Vec::<String>::new(), "{}", table.name);
    }
}

#[test]
fn the_headers_of_the_peers_need_no_mapping() {
    let (tasks, problems) = read(
        "tasks.csv",
        "project_id,task_id,wbs,name,owner,baseline_start,baseline_finish,duration_days,opt_days,pess_days,percent_complete,budget_cost,predecessors\n\
         P00001,P00001-T0011,1.11,\"Test report, monthly\",anna.smith0000,2025-01-13,2025-01-20,6,4.2,9.1,45,5280.00,P00001-T0003;P00001-T0007\n",
    );
    assert_eq!(problems, Vec::<String>::new());
    assert_eq!(tasks.read.unknown_columns, Vec::<String>::new());
    assert_eq!(cell(&tasks, 0, "duration"), Some(&Datum::Days(6.0)));
    assert_eq!(cell(&tasks, 0, "pessimistic"), Some(&Datum::Days(9.1)));
    assert_eq!(cell(&tasks, 0, "percent_complete"), Some(&Datum::Share(0.45)));
    assert_eq!(cell(&tasks, 0, "baseline_cost"), Some(&Datum::Money(Money::from_units(5280.0))));
    assert_eq!(
        cell(&tasks, 0, "baseline_finish"),
        Some(&Datum::Moment(crate::calendar::end_of_day(day(2025, 1, 20))))
    );

    let (hours, problems) = read(
        "timesheets.csv",
        "project_id,task_id,person,date,hours,rate\nP1,P1-T1,anna,2025-02-03,7.25,72.5\n",
    );
    assert_eq!(problems, Vec::<String>::new());
    let frame = frame(&hours);
    assert_eq!(frame.column("hours").unwrap().i64().unwrap().get(0), Some(26_100));
    assert_eq!(frame.column("rate").unwrap().i64().unwrap().get(0), Some(725_000));
    assert_eq!(frame.column("person").unwrap().str().unwrap().get(0), Some("anna"));
    assert_eq!(frame.column("row").unwrap().u32().unwrap().get(0), Some(2));

    let (budget, problems) = read(
        "budget.csv",
        "project_id,month,category,planned_cost,actual_cost\nP1,2025-02-01,cloud,1500.10,0.0\n",
    );
    assert_eq!(problems, Vec::<String>::new());
    let frame = self::frame(&budget);
    let dates = |name: &str| {
        frame.column(name).unwrap().as_materialized_series().to_physical_repr().i32().unwrap().get(0)
    };
    assert_eq!(dates("period_first"), Some(day(2025, 2, 1).to_epoch_days()));
    assert_eq!(dates("period_last"), Some(day(2025, 2, 28).to_epoch_days()));
    assert_eq!(frame.column("actual").unwrap().i64().unwrap().get(0), Some(0));
}

#[test]
fn an_export_is_read_with_the_choices_said() {
    let (hours, problems) = read(
        "harvest_time_report.csv",
        "Date,Client,Project,Project Code,Task,Notes,Hours,Billable?,First Name,Last Name,Cost Rate,Currency\n\
         26.01.2015,Contoso,Atlas,ATL,Design,first draft,\"7,5\",Yes,Maria,Silva,\"80,00\",EUR\n\
         Total,,,,,,\"7,5\",,,,,\n",
    );
    let frame = frame(&hours);
    assert_eq!(frame.height(), 1);
    assert_eq!(frame.column("hours").unwrap().i64().unwrap().get(0), Some(27_000));
    assert_eq!(frame.column("person").unwrap().str().unwrap().get(0), Some("Maria Silva"));
    assert_eq!(
        problems,
        [
            "N201 harvest_time_report.csv:1:3 (Project) 'Project' is used for project, not 'Project Code'",
            "N202 harvest_time_report.csv:3 row 3 is a total",
        ]
    );
    assert_eq!(hours.read.unknown_columns, ["Client", "Currency"]);
}

#[test]
fn what_a_cell_leaves_open_is_decided_by_its_column() {
    let (tasks, problems) = read(
        "tasks.csv",
        "id,name,start,finish,percent complete,budget\nA,a,03/04/2026,21/04/2026,0.5,\"1,234\"\nB,b,05/04/2026,22/04/2026,1,\"2,500.50\"\n",
    );
    let date = |row, column| cell(&tasks, row, column).cloned();
    assert_eq!(date(0, "start"), Some(Datum::Moment(crate::calendar::start_of_day(day(2026, 4, 3)))));
    assert_eq!(date(0, "percent_complete"), Some(Datum::Share(0.5)));
    assert_eq!(date(0, "baseline_cost"), Some(Datum::Money(Money::from_units(1234.0))));
    // The day 21 of the other column settles the order for the file, so only the share is said.
    assert_eq!(
        problems,
        ["N103 tasks.csv:1:5 (percent complete) all values lie between 0 and 1: 0.45 is read as 45%"]
    );
}

#[test]
fn a_wrong_cell_costs_the_cell_and_a_wrong_fact_costs_the_row() {
    let (tasks, problems) =
        read("tasks.csv", "id,name,baseline_start,baseline_cost\nA,a,31.02.2026,ABC\n,b,2026-01-05,5\n");
    assert_eq!((tasks.read.rows, tasks.read.rejected, tasks.read.in_part), (2, 1, 1));
    assert_eq!(cell(&tasks, 0, "baseline_start"), None);
    assert_eq!(
        problems,
        [
            "E103 tasks.csv:2:3 (baseline_start) '31.02.2026': there is no such day; left empty",
            "E101 tasks.csv:2:4 (baseline_cost) 'ABC' is not an amount; left empty",
            "E201 tasks.csv:3:1 (id) id is empty; the row is left out",
        ]
    );
    let (costs, problems) = read("costs.csv", "date,amount,task\n2026-01-05,ABC,A\n2026-01-06,5,A\n");
    assert_eq!((costs.read.rows, costs.read.rejected), (2, 1));
    assert_eq!(frame(&costs).height(), 1);
    assert_eq!(problems, ["E101 costs.csv:2:2 (amount) 'ABC' is not an amount; the row is left out"]);
}

#[test]
fn the_settings_have_the_last_word() {
    let settings = Settings {
        sources: vec![SourceOverride {
            file: "ledger.csv".to_owned(),
            table: Some("costs".to_owned()),
            columns: BTreeMap::from([
                ("amount".to_owned(), "Val 2".to_owned()),
                ("date".to_owned(), "When".to_owned()),
            ]),
            ..SourceOverride::default()
        }],
    };
    let (costs, problems) = read_with("in/ledger.csv", "When,Val 1,Val 2\n2026-01-05,1,2\n", &settings);
    assert_eq!(problems, Vec::<String>::new());
    assert_eq!(frame(&costs).column("amount").unwrap().i64().unwrap().get(0), Some(20_000));
    assert_eq!(costs.read.unknown_columns, ["Val 1"]);
}

#[test]
fn a_database_row_and_a_label_row_are_one_header() {
    let (tasks, problems) = read(
        "p6.csv",
        "task_code,task_name,target_drtn_hr_cnt,complete_pct,act_start_date\n\
         Activity ID,Activity Name,Original Duration(d),Activity % Complete(%),Actual Start\n\
         A1000,Kick-off,5,100,05-Jan-26 A\n",
    );
    assert_eq!(entities(&tasks).len(), 1);
    assert_eq!(cell(&tasks, 0, "duration"), Some(&Datum::Days(5.0)), "the label says days");
    assert_eq!(
        cell(&tasks, 0, "actual_start"),
        Some(&Datum::Moment(crate::calendar::start_of_day(day(2026, 1, 5))))
    );
    assert!(problems.iter().any(|p| p.starts_with("N204 p6.csv:2")), "{problems:?}");
}

#[test]
fn a_word_of_a_workflow_is_known_by_its_category() {
    let (tasks, problems) = read(
        "jira.csv",
        "Issue key,Summary,Status,Status Category\nA-1,a,Released to QA,In Progress\nA-2,b,Done,Done\nA-3,c,Parking lot,\n",
    );
    assert_eq!(cell(&tasks, 0, "status"), Some(&Datum::Choice("in progress")));
    assert_eq!(cell(&tasks, 1, "status"), Some(&Datum::Choice("done")));
    assert_eq!(cell(&tasks, 2, "status"), None);
    assert_eq!(
        problems[1..],
        [
            "N201 jira.csv:1:3 (Status) 'Status' is used for status, and 'Status Category' where that has no known word",
            "W101 jira.csv:4:3 (Status) 'Parking lot' (1 row) is not a known status; left empty",
        ]
    );
}

#[test]
fn a_frame_has_the_columns_that_are_asked_for() {
    let text =
        "project,period,amount,category\nP,2026-03,20,Licences\nP,2026-03,30,\nP,2026-04,20,Licences\n";
    let (budget, _) = read("budget.csv", text);
    let TypedBody::Facts(facts) = &budget.body else { panic!("entities") };
    let frame = facts.frame(&["project"]).unwrap();
    let names: Vec<&str> = frame.columns().iter().map(|column| column.name().as_str()).collect();
    assert_eq!(names, ["amount", "category", "period_first", "period_last", "row"]);
    let category = frame.column("category").unwrap().str().unwrap();
    assert_eq!(category.iter().collect::<Vec<_>>(), [Some("Licences"), None, Some("Licences")]);
    let last = frame.column("period_last").unwrap().date().unwrap().physical().iter();
    let days = [(3, 31), (3, 31), (4, 30)].map(|(month, last)| day(2026, month, last).to_epoch_days());
    assert_eq!(last.collect::<Vec<_>>(), days.map(Some));
}

#[test]
fn a_large_file_that_goes_away_is_said() {
    let large = crate::source::LargeCsv {
        path: "gone/timesheets.csv".into(),
        separator: b',',
        terminator: b'\n',
        returns: false,
        quoted: false,
        copy: None,
    };
    let sheet = Sheet { body: Body::Large(large), ..sheet("timesheets.csv", "date,hours\n") };
    let mut problems = Diagnostics::default();
    let records =
        check(&Sources { sheets: vec![sheet], hashes: vec![] }, &Settings::default(), &mut problems);
    assert_eq!(problems.all().iter().map(|p| p.code.id).collect::<Vec<_>>(), ["E215"]);
    assert_eq!(frame(&records.tables[0]).height(), 0);
}

#[test]
fn of_very_many_problems_of_a_kind_the_rest_is_counted() {
    let text = format!("date,amount\n{}", "2026-03-02,?!\n".repeat(10_002));
    let (costs, problems) = read("costs.csv", &text);
    assert_eq!(costs.read.rejected, 10_002);
    assert_eq!(problems.len(), 10_001);
    assert_eq!(
        problems[0],
        "E101 costs.csv:1:2 (amount) 2 more of this in the column; only 10,000 are listed"
    );
}

#[test]
fn nothing_that_can_be_written_into_a_cell_panics() {
    use proptest::prelude::*;
    let mut runner = proptest::test_runner::TestRunner::new_with_rng(
        ProptestConfig { cases: 64, ..ProptestConfig::default() },
        proptest::test_runner::TestRng::deterministic_rng(proptest::test_runner::RngAlgorithm::ChaCha),
    );
    let cells = proptest::collection::vec(
        "\\PC{0,12}|[0-9.,:/ -]{0,14}|[-+]?[0-9]{1,40}([.,][0-9]{0,30})?(e-?[0-9]{1,3})?[%a-z]{0,3}",
        1..6,
    );
    runner
        .run(&cells, |texts| {
            for table in TABLES {
                let headers = table.columns.iter().map(|column| Arc::from(column.name)).collect();
                let row = |at: usize, text: &String| RowCells {
                    row: u32::try_from(at + 2).unwrap(),
                    cells: vec![Cell::Text(text.as_str().into()); table.columns.len()],
                };
                let rows = texts.iter().enumerate().map(|(at, text)| row(at, text)).collect();
                let sheet = Sheet {
                    file: table.name.into(),
                    headers,
                    header_row: 1,
                    body: Body::Rows(rows),
                    ..Sheet::default()
                };
                let mut problems = Diagnostics::default();
                let records = check(
                    &Sources { sheets: vec![sheet], hashes: vec![] },
                    &Settings::default(),
                    &mut problems,
                );
                // Every row is used, rejected with a reason, or a total.
                for table in &records.tables {
                    prop_assert!(table.read.rejected == 0 || problems.count(Severity::Error) > 0);
                }
            }
            Ok(())
        })
        .unwrap();
}

#[test]
fn a_tracker_s_export_of_bugs_needs_no_mapping() {
    let (bugs, problems) = read(
        "Bugs.csv",
        "Summary,Issue key,Issue id,Issue Type,Status,Status Category,Project key,Priority,Resolution,Assignee,Created,Resolved,Component/s\n\
         Totals rounded twice,BUG-1,10001,Bug,Awaiting retest,In Progress,ATLAS,Blocker,,Ana,2026-03-02 09:14,,Portal\n\
         Wrong font,BUG-2,10002,Bug,Done,Done,ATLAS,Trivial,Fixed,Ana,2026-03-03 10:00,2026-03-05 11:00,Portal\n",
    );
    assert_eq!(bugs.spec.name, "defects");
    let said: Vec<&str> = problems.iter().map(|said| &said[..4]).collect();
    assert_eq!(said, ["N201"], "two columns for the status");
    assert_eq!(cell(&bugs, 0, "severity"), Some(&Datum::Choice("critical")));
    assert_eq!(
        cell(&bugs, 0, "status"),
        Some(&Datum::Choice("in progress")),
        "by the category of its status"
    );
    assert_eq!(cell(&bugs, 1, "severity"), Some(&Datum::Choice("low")));
    assert_eq!(
        cell(&bugs, 1, "closed"),
        Some(&Datum::Moment(crate::calendar::start_of_day(day(2026, 3, 5))))
    );
}

#[test]
fn percentages_of_an_objective_count_in_hundredths() {
    let (values, problems) = read(
        "measurements.csv",
        "objective,date,value\nG1,2026-03-13,7%\nG1,2026-03-20,\"31,5\"\nG1,2026-03-27,40\n",
    );
    assert_eq!(problems, Vec::<String>::new());
    let read: Vec<Option<&Datum>> = (0..3).map(|row| cell(&values, row, "value")).collect();
    assert_eq!(read, [7.0, 31.5, 40.0].map(Datum::Number).each_ref().map(Some), "none is 7.000000000000001");
}

#[test]
fn a_column_under_a_group_is_known_by_its_own_name() {
    let text = "Id,Name,Dates\u{2002}Geplanter Anfang,Dates\u{2002}Geplantes Ende,Actual\u{2002}Start\n\
                1,Design,2026-01-05,2026-01-16,2026-01-06";
    let (typed, _) = read("plan.csv", text);
    let moment = |column| match cell(&typed, 0, column) {
        Some(Datum::Moment(moment)) => Some(moment.date()),
        _ => None,
    };
    assert_eq!(moment("baseline_start"), Some(day(2026, 1, 5)));
    assert_eq!(
        moment("actual_start"),
        Some(day(2026, 1, 6)),
        "the group is part of a name that is known whole"
    );
    assert_eq!(moment("start"), None);
}

#[test]
fn of_sprints_the_last_counts_and_links_are_all_kept() {
    let text = "Issue key,Summary,Sprint,Sprint,Inward issue link (Blocks),Inward issue link (Blocks)\n\
                STC-3,Search,Sprint 1,Sprint 2,STC-1,STC-2\nSTC-4,Login,Sprint 1,,STC-1,";
    let (typed, _) = read("jira.csv", text);
    let text = |row, column| match cell(&typed, row, column) {
        Some(Datum::Text(text)) => text.to_string(),
        other => format!("{other:?}"),
    };
    assert_eq!((text(0, "phase"), text(0, "predecessors")), ("Sprint 2".into(), "STC-1; STC-2".into()));
    assert_eq!((text(1, "phase"), text(1, "predecessors")), ("Sprint 1".into(), "STC-1".into()));
}

#[test]
fn a_plan_without_ids_is_numbered_by_its_rows_or_called_by_codes_of_its_own() {
    let ids = |text| {
        let (typed, _) = read("tasks.csv", text);
        let id = |row| match cell(&typed, row, "id") {
            Some(Datum::Text(text)) => text.to_string(),
            other => format!("{other:?}"),
        };
        [id(0), id(1)]
    };
    let numbered =
        "WBS,Task Name,Start,% Complete,Predecessors\nA,Design,2026-01-05,50%,\nA,Build,2026-01-19,0%,1";
    assert_eq!(ids(numbered), ["1", "2"], "two tasks have the code");
    let coded =
        "WBS,Task Name,Start,% Complete,Predecessors\nA,Design,2026-01-05,50%,\nB,Build,2026-01-19,0%,A";
    assert_eq!(ids(coded), ["A", "B"]);
}
