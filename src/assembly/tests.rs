//! The room as a whole, on tables made by hand.

use chrono::NaiveDate;
use polars::prelude::{Column, DataType, NamedFrom, Series, df};

use super::fixture::{assembled, facts, table};
use crate::calendar::{end_of_day, start_of_day};
use crate::model::facts::{BudgetLines, Postings};
use crate::model::{Accrual, EarningRule, RelationType, TaskKind, TaskStatus};
use crate::quantity::{Money, Work};

fn day(y: i32, m: u32, d: u32) -> NaiveDate {
    NaiveDate::from_ymd_opt(y, m, d).unwrap()
}

const PLAN: &str =
    "id | name | wbs | baseline_start | baseline_finish | baseline_cost | duration | predecessors";

fn plan(group: &str) -> crate::intake::Typed {
    table(
        group,
        "tasks",
        PLAN,
        &[
            "S | Build | 1 | | | | |",
            "A | Login | 1.1 | 2026-01-05 | 2026-01-09 | 1000 | 5d |",
            "B | Report | 1.2 | 2026-01-12 | 2026-01-16 | 3000 | 5d | AFS+2d",
            "M | Go live | 2 | 2026-01-16 | 2026-01-16 | | 0d | B",
        ],
    )
}

#[test]
fn a_number_in_a_text_does_not_make_a_nickname() {
    let plan = || {
        let rows = ["7 | Login | 1.1 | 2026-01-05 | 2026-01-09 | 1000 | 5d |"];
        table("atlas", "tasks", PLAN, &rows)
    };
    let said = |written: &str| {
        let rows = df!["project" => ["ERP"], "task" => [written], "hours" => [27_000_i64]].unwrap();
        let hours = facts("atlas", "timesheets", &rows);
        let (_, problems) = assembled(vec![plan(), hours]);
        problems.iter().any(|problem| problem.contains("is taken for the project"))
    };
    assert!(said("7") && said("Feature #7: Login"));
    assert!(!said("Round 7 of talks"));
}

#[test]
fn a_folder_is_a_project() {
    let charter = table(
        "atlas",
        "charter",
        "key | value",
        &[
            "name | Project Atlas",
            "currency | EUR",
            "tolerance_days | 10",
            "calendar | Short",
            "vision | one ledger",
        ],
    );
    let calendars = table(
        "atlas",
        "calendars",
        "calendar | weekday | date | hours",
        &[
            "Default | saturday | | 8-12",
            "Short | friday | | 8-12",
            "Short | monday | | 8-12 13-15",
            "Short | tuesday | | 8-12 13-15",
            "Short | wednesday | | 8-12 13-15",
            "Short | thursday | | 8-12 13-15",
            "Short | | 2026-01-06 |",
        ],
    );
    let (portfolio, said) = assembled(vec![plan("atlas"), charter, calendars]);
    assert_eq!(said, ["N311 'vision' is kept as text and sets nothing"]);
    let [project] = portfolio.projects.as_slice() else { panic!("one project") };
    assert_eq!((project.id.as_str(), project.name.as_str()), ("atlas", "Project Atlas"));
    assert_eq!(project.currency.as_deref(), Some("EUR"));
    assert_eq!(project.charter.entries.len(), 5);
    // The charter's calendar stands first: six hours a day, so five days are thirty hours.
    assert_eq!(project.calendars.iter().map(|c| c.name.as_str()).collect::<Vec<_>>(), ["Short", "Default"]);
    assert_eq!(project.tasks[1].duration, Some(Work::from_hours(30.0)));
    assert_eq!(project.calendars[0].work_on(day(2026, 1, 6)), Work::ZERO);
    assert_eq!(project.calendars[0].work_on(day(2026, 1, 9)), Work::from_hours(4.0));
    assert_eq!(
        project.calendars[1].work_on(day(2026, 1, 10)),
        Work::from_hours(4.0),
        "unlisted weekdays stay usual"
    );
    assert_eq!(project.calendars[1].work_on(day(2026, 1, 9)), Work::from_hours(8.0));
    // Hierarchy by WBS code, kinds by children and duration.
    let kinds: Vec<_> = project.tasks.iter().map(|t| (t.kind, t.parent, t.level)).collect();
    assert_eq!(
        kinds,
        [
            (TaskKind::Summary, None, 0),
            (TaskKind::Task, Some(0), 1),
            (TaskKind::Task, Some(0), 1),
            (TaskKind::Milestone, None, 0)
        ]
    );
    // A milestone that gives its day twice has one moment: the end of that day.
    assert_eq!(project.tasks[3].baseline_start, Some(end_of_day(day(2026, 1, 16))));
    let links: Vec<_> =
        project.links.iter().map(|l| (l.predecessor, l.successor, l.relation, l.lag)).collect();
    assert_eq!(
        links,
        [(1, 2, RelationType::Fs, Work::from_hours(12.0)), (2, 3, RelationType::Fs, Work::ZERO)]
    );
}

#[test]
fn lags_in_percent_and_elapsed_time_are_what_ms_project_means() {
    let tasks = table(
        "atlas",
        "tasks",
        "id|baseline_start|baseline_finish|duration|predecessors",
        &[
            "A|2026-01-05|2026-01-09||",
            // Half of five days, by the baseline.
            "B|2026-01-12|2026-01-16|2|AFS+50%",
            // A quarter of two days, by the duration; a week of the clock.
            "C|2026-01-19|2026-01-23||BFF-25%;ASS+1ew",
            // Two elapsed days are shorter than two working days; three are longer.
            "D|2026-01-19|2026-01-23||AFS+2d;AFS+2ed;BFS+2d;BFS+3ed",
        ],
    );
    let (portfolio, said) = assembled(vec![tasks]);
    assert_eq!(said.len(), 2, "{said:?}");
    let links: Vec<_> = portfolio.projects[0]
        .links
        .iter()
        .map(|l| (l.predecessor, l.successor, l.relation, l.lag.hours(), l.elapsed))
        .collect();
    assert_eq!(
        links,
        [
            (0, 1, RelationType::Fs, 20.0, false),
            (1, 2, RelationType::Ff, -4.0, false),
            (0, 2, RelationType::Ss, 168.0, true),
            (0, 3, RelationType::Fs, 16.0, false),
            (1, 3, RelationType::Fs, 72.0, true),
        ]
    );
}

#[test]
fn the_usual_calendar_needs_no_rows() {
    let charter = || table("atlas", "charter", "key|value", &["calendar|default"]);
    let names = |portfolio: &crate::model::Portfolio| -> Vec<String> {
        portfolio.projects[0].calendars.iter().map(|calendar| calendar.name.clone()).collect()
    };
    let (alone, said) = assembled(vec![plan("atlas"), charter()]);
    assert_eq!((names(&alone), said), (vec!["Default".to_owned()], vec![]));
    let rows = ["S\u{fc}d|monday|8-14", "S\u{dc}D|tuesday|8-14"];
    let calendars = table("atlas", "calendars", "calendar|weekday|hours", &rows);
    let (beside, said) = assembled(vec![plan("atlas"), charter(), calendars]);
    assert_eq!((names(&beside), said), (vec!["Default".to_owned(), "S\u{fc}d".to_owned()], vec![]));
}

#[test]
fn a_lag_means_the_same_in_the_links_table() {
    let spans = ["A|2026-01-05|2026-01-09|", "B|2026-01-12|2026-01-16|5"];
    let tasks = || table("atlas", "tasks", "id|baseline_start|baseline_finish|duration", &spans);
    for lag in ["2d", "-6h", "2ed", "-1ew", "50%", "-25%"] {
        let links = table("atlas", "links", "predecessor|successor|type|lag", &[&format!("A|B|SS|{lag}")]);
        let sign = if lag.starts_with('-') { "" } else { "+" };
        let cell = format!("B|2026-01-12|2026-01-16|5|ASS{sign}{lag}");
        let written = table(
            "atlas",
            "tasks",
            "id|baseline_start|baseline_finish|duration|predecessors",
            &["A|2026-01-05|2026-01-09||", &cell],
        );
        let said = |(portfolio, said): (crate::model::Portfolio, Vec<String>)| {
            let [link] = &portfolio.projects[0].links[..] else { panic!("one link") };
            (link.lag, link.elapsed, said)
        };
        assert_eq!(said(assembled(vec![tasks(), links])), said(assembled(vec![written])), "{lag}");
    }
}

#[test]
fn every_cell_of_a_task_arrives() {
    let tasks = table(
        "p",
        "tasks",
        "id | name | kind | phase | control_account | owner | status | baseline_work | fixed_cost | \
         fixed_cost_accrual | percent_complete | earning_rule | actual_start | deadline | constraint | resources | \
         optimistic | most_likely | pessimistic | remaining_work",
        &[
            "1 | Support | level_of_effort | Run | CA-1 | Eva | in progress | 80h | 400 | start | 45% | loe | 2026-01-05 | 2026-03-31 | snet | Eva; Jo | 8d | 10d | 15d | 40h",
            "2 | Review | task | | | | done | | | end | 100% | apportioned:1 | | | | | 8d | | 15d |",
        ],
    );
    let (portfolio, said) = assembled(vec![tasks]);
    assert_eq!(
        said,
        [
            "N303 1 task at 100% without an actual finish: 2",
            "N304 1 task with progress and no actual start: 2",
            "W307 1 task without a baseline: 2",
            "W308 1 task with a constraint that needs a date and has none: 1",
        ]
    );
    let task = &portfolio.projects[0].tasks[0];
    assert_eq!(task.kind, TaskKind::LevelOfEffort);
    assert_eq!((task.phase.as_deref(), task.control_account.as_deref()), (Some("Run"), Some("CA-1")));
    assert_eq!((task.owner.as_deref(), task.status), (Some("Eva"), Some(TaskStatus::InProgress)));
    assert_eq!(
        (task.baseline_work, task.remaining_work),
        (Some(Work::from_hours(80.0)), Some(Work::from_hours(40.0)))
    );
    assert_eq!((task.fixed_cost, task.fixed_cost_accrual), (Money::from_units(400.0), Accrual::Start));
    assert_eq!((task.percent_complete, &task.earning_rule), (Some(0.45), &Some(EarningRule::LevelOfEffort)));
    assert_eq!(task.deadline, Some(end_of_day(day(2026, 3, 31))));
    assert_eq!(task.resources, ["Eva", "Jo"]);
    let hours = |h| Work::from_hours(h);
    assert_eq!(task.three_point, Some((hours(64.0), hours(80.0), hours(120.0))));
    let review = &portfolio.projects[0].tasks[1];
    assert_eq!(review.earning_rule, Some(EarningRule::Apportioned { base: Some(0) }));
    assert_eq!(review.three_point, None, "no most likely duration");
}

#[test]
fn projects_by_column_and_by_folder() {
    let many = table("all", "tasks", "project | id | name", &["P2 | 1 | A", "P1 | 1 | B", "P1 | 2 | C"]);
    let (portfolio, _) = assembled(vec![many, plan("atlas")]);
    let found: Vec<_> = portfolio.projects.iter().map(|p| (p.id.as_str(), p.tasks.len())).collect();
    assert_eq!(found, [("P1", 2), ("P2", 1), ("atlas", 4)]);
}

#[test]
fn rows_without_a_home_are_counted() {
    let many = table("all", "tasks", "project | id | name", &["P1 | 1 | A", "P2 | 1 | B", " | 3 | C"]);
    let progress = table(
        "all",
        "progress",
        "project | task | date",
        &["P9 | 1 | 2026-01-31", "P9 | 1 | 2026-02-28", "P1 | 7 | 2026-01-31"],
    );
    let (portfolio, said) = assembled(vec![many, progress]);
    assert!(
        said.contains(&"E302 2 rows of progress for 'P9', a project without tasks".to_owned()),
        "{said:?}"
    );
    assert!(
        said.contains(&"E303 1 row of tasks without a project, and there are 2 to choose from".to_owned()),
        "{said:?}"
    );
    assert!(
        said.contains(&"E318 1 statement of progress on tasks that are not in the plan: 7".to_owned()),
        "{said:?}"
    );
    assert_eq!(portfolio.projects.iter().map(|p| p.tasks.len()).sum::<usize>(), 2);
}

#[test]
fn duplicates_parents_and_circles() {
    let tasks = table(
        "p",
        "tasks",
        "id | name | parent | predecessors | baseline_cost",
        &[
            "1 | One | | 3 | 1",
            "2 | Two | 9 | 1; 1 | 1",
            "3 | Three | | 2SS; 3; 77FS+1d | 1",
            "3 | Again | | | 1",
            "4 | Four | 5 | | 1",
            "5 | Five | 4 | 4 | 1",
        ],
    );
    let (portfolio, said) = assembled(vec![tasks]);
    assert_eq!(
        said,
        [
            "E301 task '3' is there twice",
            "E305 there is no task '9' to be a parent",
            "E306 the parents go round in a circle: 4 -> 5 -> 4",
            "E307 there is no task '77' to be a predecessor",
            "E309 task '3' depends on itself",
            "E310 '4' and '5' are a summary and a part of it",
            "E311 the links go round in a circle: 1 -> 2 -> 3 -> 1",
            "N301 the link from '1' to '2' is there twice",
        ]
    );
    let project = &portfolio.projects[0];
    assert_eq!(project.tasks.len(), 5);
    let links: Vec<_> = project.links.iter().map(|l| (l.predecessor, l.successor)).collect();
    assert_eq!(links, [(0, 1), (1, 2)], "the closing link 3 -> 1 is left out");
    assert_eq!((project.tasks[3].parent, project.tasks[4].parent), (None, Some(3)));
}

#[test]
fn costs_of_summaries_and_tasks_are_compared() {
    let tasks = table(
        "p",
        "tasks",
        "id | name | wbs | baseline_start | baseline_finish | baseline_cost",
        &[
            "P | Project | 1 | | | 1000",
            "S | Design | 1.1 | | | 305",
            "A | Draw | 1.1.1 | 2026-01-05 | 2026-01-09 | 300",
            "T | Build | 1.2 | 2026-01-05 | 2026-01-30 | 500",
            "B | Code | 1.2.1 | 2026-01-05 | 2026-01-30 |",
        ],
    );
    let (_, said) = assembled(vec![tasks]);
    // 305 against 300 is beyond 1%; 1000 against 300 + 500 as well.
    assert_eq!(
        said,
        [
            "N302 summary 'P' says 1,000.00, its tasks add up to 800.00",
            "N302 summary 'S' says 305.00, its tasks add up to 300.00",
            "W302 summary 'T' carries 500.00 and its tasks nothing",
        ]
    );
}

fn since_1970(day: NaiveDate) -> i64 {
    day.signed_duration_since(NaiveDate::default()).num_days()
}

fn number(column: &Column) -> Vec<Option<i64>> {
    column.cast(&DataType::Int64).unwrap().i64().unwrap().iter().collect()
}

fn text(column: &Column) -> Vec<Option<String>> {
    let column = column.cast(&DataType::String).unwrap();
    column.str().unwrap().iter().map(|text| text.map(str::to_owned)).collect()
}

fn dates(name: &str, days: &[NaiveDate]) -> Column {
    let days: Vec<i32> = days.iter().map(|d| i32::try_from(since_1970(*d)).unwrap()).collect();
    Column::from(Series::new(name.into(), days)).cast(&DataType::Date).unwrap()
}

#[test]
fn bookings_find_their_tasks() {
    let mut frame = df!(
        "task" => [Some("A"), Some("1.2"), Some("Report"), Some("STC-1 nothing"), None, Some("lunch"), Some("A")],
        "person" => ["Eva", "Eva", "Jo", "Jo", "Eva", "Zoe", "Zoe"],
        "hours" => [3_600_i64, 7_200, 3_600, 3_600, 1_800, 5_400, 3_600],
    )
    .unwrap();
    frame.with_column(dates("date", &[day(2026, 1, 6); 7])).unwrap();
    let people = table(
        "atlas",
        "resources",
        "person | role | rate | rate_from",
        &[
            "Eva | Developer | 80 |",
            "Eva | Architect | 90 | 2026-02-01",
            "Jo | Tester | 70 |",
            "Jo | Tester | 75 |",
        ],
    );
    let (portfolio, said) = assembled(vec![plan("atlas"), people, facts("atlas", "timesheets", &frame)]);
    assert_eq!(
        said,
        [
            "E321 'Jo' has two rates from the beginning",
            "N305 2 rows of people who are not in `resources`: Zoe",
            "N306 1 row joined their task by its name or by a key in the text: Report",
            "W301 2 rows with 2.5 h name tasks that are not in the plan: STC-1 nothing, lunch",
        ]
    );
    let [sheet] = &portfolio.facts.bookings.sheets[..] else { panic!("one sheet") };
    let tasks: Vec<_> = sheet.aim.iter().map(|aim| aim.task).collect();
    assert_eq!(tasks, [Some(1), Some(2), Some(2), None, None, None, Some(1)]);
    let roles: Vec<_> = sheet.role.as_ref().unwrap().iter().map(|role| role.as_deref()).collect();
    assert_eq!(roles[2..6], [Some("Tester"), Some("Tester"), Some("Architect"), None]);
    assert_eq!(sheet.work.iter().flatten().map(|work| work.0).sum::<i64>(), 28_800);
    assert_eq!(sheet.rows.at(0), 2);
    assert_eq!(sheet.source, 2, "the third table");
    assert!(sheet.cost.is_none());
    let written: Vec<_> = sheet.written.values().map(|text| &**text).collect();
    assert_eq!(written, ["STC-1 nothing", "lunch"]);
    assert_eq!(sheet.aim.at(0).last, Some(day(2026, 1, 6).to_epoch_days()));
}

#[test]
fn a_booking_after_the_finish_is_told() {
    let tasks = table(
        "p",
        "tasks",
        "id | name | baseline_cost | actual_start | actual_finish",
        &["A | Login | 100 | 2026-01-05 | 2026-01-09", "B | Report | 100 | 2026-01-05 | 2026-01-12"],
    );
    let mut frame = df!("task" => ["A", "A", "B"], "hours" => [3_600_i64; 3]).unwrap();
    frame.with_column(dates("date", &[day(2026, 1, 9), day(2026, 1, 12), day(2026, 1, 12)])).unwrap();
    let (_, said) = assembled(vec![tasks, facts("p", "timesheets", &frame)]);
    assert_eq!(said, ["W304 1 task with hours booked after the actual finish: A"]);
}

#[test]
fn the_task_alone_tells_the_project_where_its_id_is_unique() {
    let many = table(
        "all",
        "tasks",
        "project | id | name | baseline_cost",
        &["P1 | P1-1 | A | 1", "P2 | P2-1 | B | 1"],
    );
    let mut frame = df!("task" => ["P2-1", "P1-1", "X"], "hours" => [3_600_i64; 3]).unwrap();
    frame.with_column(dates("date", &[day(2026, 1, 6); 3])).unwrap();
    let (portfolio, said) = assembled(vec![many, facts("all", "timesheets", &frame)]);
    assert_eq!(said, ["E303 1 row of timesheets without a project, and there are 2 to choose from"]);
    let projects = portfolio.facts.bookings.sheets[0].aim.iter().map(|aim| aim.project);
    assert_eq!(projects.collect::<Vec<_>>(), [Some(1), Some(0), None]);
}

#[test]
fn postings_go_to_tasks_and_accounts() {
    let mut frame = df!(
        "amount" => [10_000_i64, 20_000, 30_000, 40_000, 50_000, 60_000],
        "task" => [Some("A"), None, None, None, Some("ghost"), Some("A")],
        "wbs" => [None, Some("1.2"), Some("1"), None, None, None],
        "control_account" => [None, None, None, Some("CA-9"), None, None],
        "currency" => [Some("EUR"), Some("eur"), None, Some("EUR"), Some("EUR"), Some("USD")],
        "kind" => [None, Some("accrual"), Some("commitment"), None, None, None],
    )
    .unwrap();
    frame.with_column(dates("date", &[day(2026, 1, 6); 6])).unwrap();
    let (portfolio, said) = assembled(vec![plan("atlas"), facts("atlas", "costs", &frame)]);
    assert_eq!(
        said,
        [
            "E320 1 row in another currency than the project's: USD",
            "W301 1 row with 5.00 name tasks that are not in the plan: ghost",
        ]
    );
    assert_eq!(portfolio.projects[0].currency.as_deref(), Some("EUR"), "what most rows name");
    let postings = &portfolio.facts.postings.0;
    assert_eq!(number(postings.column(Postings::TASK).unwrap()), [Some(1), Some(2), None, None, None]);
    assert_eq!(
        text(postings.column(Postings::ACCOUNT).unwrap()),
        [None, None, Some("1".to_owned()), Some("CA-9".to_owned()), None]
    );
    let kinds = ["actual", "accrual", "commitment", "actual", "actual"].map(|kind| Some(kind.to_owned()));
    assert_eq!(text(postings.column(Postings::KIND).unwrap()), kinds);
    let at = start_of_day(day(2026, 1, 6)).and_utc().timestamp_millis();
    assert_eq!(number(postings.column(Postings::AT).unwrap())[0], Some(at));
}

#[test]
fn a_budget_by_period_with_what_was_spent() {
    let mut frame = df!(
        "amount" => [10_000_i64, 20_000],
        "actual" => [Some(9_000_i64), None],
        "category" => ["Licences", "Licences"],
    )
    .unwrap();
    frame.with_column(dates("period_first", &[day(2026, 1, 1), day(2026, 2, 1)])).unwrap();
    frame.with_column(dates("period_last", &[day(2026, 1, 31), day(2026, 2, 28)])).unwrap();
    let (portfolio, said) = assembled(vec![plan("atlas"), facts("atlas", "budget", &frame)]);
    assert_eq!(said, Vec::<String>::new());
    let budget = &portfolio.facts.budget.0;
    let days = |name: &str| number(&budget.column(name).unwrap().cast(&DataType::Int32).unwrap());
    assert_eq!(
        days(BudgetLines::START),
        [Some(since_1970(day(2026, 1, 1))), Some(since_1970(day(2026, 2, 1)))]
    );
    assert_eq!(
        days(BudgetLines::FINISH),
        [Some(since_1970(day(2026, 1, 31))), Some(since_1970(day(2026, 2, 28)))]
    );
    assert_eq!(text(budget.column(BudgetLines::KIND).unwrap())[0].as_deref(), Some("baseline"));
    let postings = &portfolio.facts.postings.0;
    assert_eq!(number(postings.column(Postings::AMOUNT).unwrap()), [Some(9_000)]);
    assert_eq!(
        number(postings.column(Postings::AT).unwrap()),
        [Some(start_of_day(day(2026, 1, 31)).and_utc().timestamp_millis())]
    );
}

#[test]
fn statements_are_joined_and_sorted() {
    let progress = table(
        "atlas",
        "progress",
        "task | date | percent_complete | remaining_duration",
        &[
            "B | 2026-01-31 | 50% | 2d",
            "A | 2026-01-31 | 100% |",
            "1.1 | 2026-01-15 | 60% |",
            "S | 2026-01-15 | 30% |",
        ],
    );
    let (portfolio, said) = assembled(vec![plan("atlas"), progress]);
    assert_eq!(
        said,
        [
            "N303 1 task at 100% without an actual finish: A",
            "N304 2 tasks with progress and no actual start: A, B",
            "W306 1 statement of progress on summaries",
        ]
    );
    let statements = &portfolio.projects[0].statements;
    let found: Vec<_> = statements.iter().map(|s| (s.task, s.percent_complete)).collect();
    assert_eq!(found, [(1, Some(0.6)), (1, Some(1.0)), (2, Some(0.5))]);
    assert_eq!(statements[0].at, end_of_day(day(2026, 1, 15)));
    assert_eq!(statements[2].remaining_duration, Some(Work::from_hours(16.0)));
}

#[test]
fn a_ready_series_makes_a_project() {
    let series = table(
        "late",
        "performance",
        "period_end | pv | ev | ac",
        &["2026-02-28 | 20 | | ", "2026-01-31 | 10 | 8 | 9", "2026-01-31 | 11 | 8 | 9"],
    );
    let (portfolio, said) = assembled(vec![series]);
    assert_eq!(said, ["E322 the period that ends 2026-01-31 is there twice"]);
    let points: Vec<_> =
        portfolio.projects[0].performance.iter().map(|p| (p.pv.units(), p.ev.map(Money::units))).collect();
    assert_eq!(points, [(10.0, Some(8.0)), (20.0, None)]);
}

#[test]
fn nothing_read_is_an_empty_portfolio() {
    let (portfolio, said) = assembled(Vec::new());
    assert_eq!(said, Vec::<String>::new());
    assert_eq!(portfolio.projects.len(), 0);
    assert_eq!(portfolio.facts.bookings.sheets.len(), 0);
    assert_eq!(portfolio.facts.postings.0.width(), 10, "the columns are there all the same");
}
