//! A ledger by hand, and the grouping against a plain loop over generated facts.

use std::collections::BTreeMap;

use polars::prelude::*;
use proptest::prelude::*;

use super::*;
use crate::calendar::{PeriodKind, StatusDate};
use crate::model::facts::{Aim, BookedSheet, Bookings, BudgetLines, Coded, Codes, Facts, Postings};
use crate::model::{Project, Resource, TableRead, Task};

/// A booking: project, task, task as written, person, role, day, seconds, cost, rate, activity.
#[derive(Clone, Debug, Default)]
struct Booked {
    project: u32,
    task: Option<u32>,
    written: Option<&'static str>,
    person: Option<&'static str>,
    role: Option<&'static str>,
    day: NaiveDate,
    seconds: i64,
    cost: Option<i64>,
    rate: Option<i64>,
    activity: Option<&'static str>,
}

/// A posting: project, task, account, moment, amount, category, kind.
#[derive(Clone, Debug)]
struct Posted {
    project: u32,
    task: Option<u32>,
    account: Option<&'static str>,
    at: &'static str,
    amount: i64,
    category: Option<&'static str>,
    kind: &'static str,
}

fn day(text: &str) -> NaiveDate {
    text.parse().unwrap()
}

/// A column in which every cell is a value of its own, but the texts are.
fn column<T, U>(
    rows: &[Booked],
    value: impl Fn(&Booked) -> Option<T>,
    of: impl Fn(T) -> U,
) -> Coded<Option<U>> {
    let codes = (0..).take(rows.len()).collect::<Codes>();
    Coded { codes: codes.into(), values: rows.iter().map(|row| value(row).map(&of)).collect() }
}

/// A column of texts, each once.
fn words(rows: &[Booked], text: impl Fn(&Booked) -> Option<&'static str>) -> Coded<Option<Arc<str>>> {
    let mut known = Vec::new();
    let codes = rows.iter().map(|row| {
        let at = known.iter().position(|other| *other == text(row)).unwrap_or(known.len());
        if at == known.len() {
            known.push(text(row));
        }
        u32::try_from(at).unwrap()
    });
    let codes = codes.collect::<Codes>();
    Coded { codes: codes.into(), values: known.into_iter().map(|text| text.map(Arc::from)).collect() }
}

/// The bookings of a sheet, every row with an aim of its own.
fn booked_sheet(source: u32, rows: &[Booked]) -> BookedSheet {
    let aims = rows.iter().map(|row| Aim {
        project: Some(row.project),
        task: row.task,
        last: Some(row.day.to_epoch_days()),
    });
    let codes = (0..).take(rows.len()).collect::<Codes>();
    let written = (0..).zip(rows).filter_map(|(code, row)| Some((code, Arc::from(row.written?))));
    BookedSheet {
        source,
        rows: (2..).take(rows.len()).collect(),
        aim: Coded { codes: codes.into(), values: aims.collect() },
        written: written.collect(),
        day: column(rows, |row| Some(row.day.to_epoch_days()), |day| day),
        work: column(rows, |row| Some(row.seconds), Work),
        person: Some(words(rows, |row| row.person)),
        role: Some(words(rows, |row| row.role)),
        activity: Some(words(rows, |row| row.activity)),
        cost: Some(column(rows, |row| row.cost, Money)),
        rate: Some(column(rows, |row| row.rate, Money)),
    }
}

fn bookings(rows: &[Booked]) -> Bookings {
    Bookings { sheets: vec![booked_sheet(0, rows)] }
}

fn postings(rows: &[Posted]) -> Postings {
    let at = |r: &Posted| r.at.parse::<chrono::NaiveDateTime>().unwrap().and_utc().timestamp_millis();
    Postings(
        DataFrame::new_infer_height(vec![
            Column::new(Postings::PROJECT.into(), rows.iter().map(|r| r.project).collect::<Vec<_>>()),
            Column::new(Postings::TASK.into(), rows.iter().map(|r| r.task).collect::<Vec<_>>()),
            Column::new(Postings::ACCOUNT.into(), rows.iter().map(|r| r.account).collect::<Vec<_>>()),
            Column::new(Postings::AT.into(), rows.iter().map(at).collect::<Vec<_>>())
                .cast(&DataType::Datetime(TimeUnit::Milliseconds, None))
                .unwrap(),
            Column::new(Postings::AMOUNT.into(), rows.iter().map(|r| r.amount).collect::<Vec<_>>()),
            Column::new(Postings::CATEGORY.into(), rows.iter().map(|r| r.category).collect::<Vec<_>>()),
            Column::new(Postings::VENDOR.into(), vec![Some("Acme"); rows.len()]),
            Column::new(Postings::KIND.into(), rows.iter().map(|r| r.kind).collect::<Vec<_>>()),
            Column::new(Postings::SOURCE.into(), vec![1_u32; rows.len()]),
        ])
        .unwrap(),
    )
}

fn resource(person: &str, rate: f64, from: Option<&str>) -> Resource {
    Resource {
        person: person.into(),
        rate: Some(Money::from_units(rate)),
        rate_from: from.map(day),
        ..Resource::default()
    }
}

fn axis(status: &str, kind: PeriodKind) -> TimeAxis {
    TimeAxis { status: StatusDate::end_of(day(status)), status_from: None, kind }
}

fn project(tasks: usize, resources: Vec<Resource>) -> Project {
    let task = Task { control_account: Some("CA-1".into()), ..Task::default() };
    Project { tasks: vec![task; tasks], resources, ..Project::default() }
}

fn hours(hours: i64) -> i64 {
    hours * 3_600
}

fn units(units: i64) -> i64 {
    units * Money::SCALE
}

#[test]
#[expect(clippy::too_many_lines, reason = "one story told in one place: rows in, ledger out")]
fn a_project_by_hand() {
    let project = project(2, vec![resource("Eva", 80.0, None), resource("Eva", 90.0, Some("2026-03-10"))]);
    let eva = Booked { person: Some(" EVA "), task: Some(0), ..Booked::default() };
    let booked = [
        // 8 h at 80 = 640; from the 10th on 90: 4 h = 360; an own rate of 100 goes before; an own cost before that.
        Booked { day: day("2026-03-09"), seconds: hours(8), ..eva.clone() },
        Booked { day: day("2026-03-10"), seconds: hours(4), person: Some("eva"), ..eva.clone() },
        Booked { day: day("2026-04-01"), seconds: hours(1), rate: Some(units(100)), ..eva.clone() },
        Booked {
            day: day("2026-03-11"),
            seconds: hours(2),
            rate: Some(units(100)),
            cost: Some(units(7)),
            task: Some(1),
            ..eva.clone()
        },
        // Nobody knows Jo's rate; the task does not exist.
        Booked {
            day: day("2026-03-12"),
            seconds: hours(3),
            person: Some("Jo"),
            task: None,
            written: Some("WP-99 "),
            ..eva.clone()
        },
        // After the status date.
        Booked { day: day("2026-04-02"), seconds: hours(8), ..eva },
    ];
    let actual = Posted {
        project: 0,
        task: Some(0),
        account: None,
        at: "2026-03-31T00:00:00",
        amount: units(500),
        category: Some("Licences"),
        kind: "actual",
    };
    let posted = [
        actual.clone(),
        Posted { kind: "accrual", amount: units(60), at: "2026-04-01T00:00:00", ..actual.clone() },
        Posted { kind: "accrual", amount: units(-60), at: "2026-04-01T12:00:00", ..actual.clone() },
        Posted { kind: "commitment", amount: units(900), category: Some("licences"), ..actual.clone() },
        Posted { task: None, account: Some("ca-1"), amount: units(11), category: None, ..actual.clone() },
        Posted { task: None, account: Some("Nowhere"), amount: units(13), ..actual.clone() },
        Posted { at: "2026-04-02T00:00:00", ..actual },
    ];
    let budget = BudgetLines(
        DataFrame::new_infer_height(vec![
            Column::new(BudgetLines::PROJECT.into(), [0_u32, 0, 0]),
            Column::new(BudgetLines::TASK.into(), [Some(1_u32), None, None]),
            Column::new(BudgetLines::ACCOUNT.into(), [None, Some("ca-1"), None]),
            Column::new(BudgetLines::START.into(), [Some(0_i32), None, None]).cast(&DataType::Date).unwrap(),
            Column::new(BudgetLines::FINISH.into(), [Some(30_i32), None, None])
                .cast(&DataType::Date)
                .unwrap(),
            Column::new(BudgetLines::AMOUNT.into(), [units(5_000), units(800), units(300)]),
            Column::new(BudgetLines::CATEGORY.into(), [Some("labor"), Some("LICENCES"), None]),
            Column::new(BudgetLines::KIND.into(), ["baseline", "baseline", "contingency"]),
            Column::new(BudgetLines::SOURCE.into(), [1_u32, 1, 1]),
            Column::new(BudgetLines::ROW.into(), [2_u32, 3, 4]),
        ])
        .unwrap(),
    );
    let portfolio = Portfolio {
        projects: vec![project],
        facts: Facts { bookings: bookings(&booked), postings: postings(&posted), budget },
        tables: ["timesheets.csv", "costs.csv"]
            .map(|file| TableRead { file: file.into(), ..TableRead::default() })
            .into(),
    };
    let ledgers = ledgers(&portfolio, &[axis("2026-04-01", PeriodKind::Month)]);
    let ledger = &ledgers[0];
    assert_eq!(bookings_by_table(&portfolio, 0), ["6 bookings in timesheets.csv"]);
    assert_eq!(postings_by_table(&portfolio, 0), ["7 postings in costs.csv"]);

    let line = |task, account: Option<&str>, period: &str, labour, other, worked, first: &str, last: &str| {
        LedgerLine {
            task,
            account: account.map(Into::into),
            period: day(period),
            labour: Money(units(labour)),
            other: Money(units(other)),
            hours: Work(hours(worked)),
            first_day: day(first),
            last_day: day(last),
        }
    };
    assert_eq!(
        ledger.lines,
        [
            line(Some(0), None, "2026-03-01", 1_000, 500, 12, "2026-03-09", "2026-03-31"),
            line(Some(0), None, "2026-04-01", 100, 0, 1, "2026-04-01", "2026-04-01"),
            line(Some(1), None, "2026-03-01", 7, 0, 2, "2026-03-11", "2026-03-11"),
            line(None, None, "2026-03-01", 0, 0, 3, "2026-03-12", "2026-03-12"),
            line(None, Some("CA-1"), "2026-03-01", 0, 11, 0, "2026-03-31", "2026-03-31"),
            line(None, Some("Nowhere"), "2026-03-01", 0, 13, 0, "2026-03-31", "2026-03-31"),
        ]
    );
    let people: Vec<_> = ledger
        .people
        .iter()
        .map(|p| (&*p.person, p.period.to_string(), p.hours.0 / 3_600, p.cost.0 / Money::SCALE))
        .collect();
    assert_eq!(
        people,
        [
            ("Eva", "2026-03-01".to_owned(), 14, 1_007),
            ("Eva", "2026-04-01".to_owned(), 1, 100),
            ("Jo", "2026-03-01".to_owned(), 3, 0)
        ]
    );
    let categories: Vec<_> = ledger
        .categories
        .iter()
        .map(|c| (c.name.as_str(), c.budget.map(Money::units), c.actual.units(), c.committed.units()))
        .collect();
    assert_eq!(
        categories,
        [
            ("LICENCES", Some(800.0), 513.0, 900.0),
            ("Labour", Some(5_000.0), 1_107.0, 0.0),
            ("Other", None, 11.0, 0.0)
        ]
    );
    assert_eq!(ledger.committed, Money(units(900)));
    let posted: Vec<_> =
        ledger.posted.iter().map(|p| (p.task, p.category.as_deref(), p.amount.units())).collect();
    assert_eq!(
        posted,
        [(Some(0), Some("Licences"), 500.0), (None, None, 11.0), (None, Some("Licences"), 13.0)]
    );
    assert_eq!(ledger.unmatched.len(), 1);
    assert_eq!((ledger.unmatched[0].written.as_str(), ledger.unmatched[0].rows), ("WP-99", 1));
    assert_eq!(ledger.unmatched[0].first, ("timesheets.csv".into(), 6));
    assert_eq!(ledger.unmatched_postings, (Money(units(13)), 1));
    // 8 h of Eva at 90 and 500 of licences.
    assert_eq!(ledger.after_status, (2, Money(units(720 + 500))));
    assert_eq!(ledger.without_rate, (1, Work(hours(3))));
    assert_eq!((ledger.bookings, ledger.postings), (5, 6));
    // Four weeks to 1 April begin on 5 March: everything that counts.
    assert_eq!(ledger.recent, (Money(units(1_107 + 500 + 11 + 13)), Work(hours(18))));
    assert_eq!(ledger.budget.len(), 3);
    assert_eq!(ledger.budget[1].account.as_deref(), Some("CA-1"));
    assert_eq!(ledger.budget[2].kind, BudgetKind::Contingency);
    assert_eq!(ledger.budget[0].finish, Some(day("1970-01-31")));
}

#[test]
fn no_facts_are_an_empty_ledger() {
    let portfolio = Portfolio { projects: vec![project(1, Vec::new())], ..Portfolio::default() };
    assert_eq!(ledgers(&portfolio, &[axis("2026-04-01", PeriodKind::Week)]), [Ledger::default()]);
}

/// The same sums by a plain loop in 128 bits, from the definitions alone.
fn by_hand(rows: &[Booked], axes: &[TimeAxis]) -> BTreeMap<(u32, Option<u32>, NaiveDate), (i128, i128)> {
    let mut sums = BTreeMap::new();
    for row in rows {
        let axis = &axes[row.project as usize];
        if row.day > axis.status.day() {
            continue;
        }
        let known = match row.person.map(|p| p.trim().to_lowercase()).as_deref() {
            Some("eva") if row.day >= day("2026-02-10") => Some(905_000),
            Some("eva") => Some(801_234),
            Some("jo") if row.day >= day("2026-01-20") => Some(333_333),
            _ => None,
        };
        let exact = |rate: i64| {
            let product = i128::from(row.seconds) * i128::from(rate);
            let (floor, rest) = (product.div_euclid(3_600), product.rem_euclid(3_600));
            floor + i128::from(rest > 1_800 || (rest == 1_800 && floor % 2 != 0))
        };
        let cost = row.cost.map(i128::from).or(row.rate.or(known).map(exact)).unwrap_or(0);
        let entry = sums.entry((row.project, row.task, axis.kind.period_of(row.day).first)).or_insert((0, 0));
        entry.0 += i128::from(row.seconds);
        entry.1 += cost;
    }
    sums
}

/// Hours and cost of every task with its first and last day, over all periods.
fn sums_of_tasks(ledger: &Ledger) -> BTreeMap<Option<usize>, (Work, Money, NaiveDate, NaiveDate)> {
    let mut sums = BTreeMap::new();
    for line in &ledger.lines {
        let (hours, labour, first, last) =
            sums.entry(line.task).or_insert((Work::ZERO, Money::ZERO, line.first_day, line.last_day));
        *hours += line.hours;
        *labour += line.labour;
        *first = line.first_day.min(*first);
        *last = line.last_day.max(*last);
    }
    sums
}

prop_compose! {
    fn booked()(
        project in 0_u32..2,
        task in proptest::option::of(0_u32..3),
        person in proptest::option::of(proptest::sample::select(vec!["Eva", " eva", "JO", "jo ", "Kim"])),
        role in proptest::option::of(proptest::sample::select(vec!["Developer", "tester"])),
        offset in 0_u64..120,
        seconds in -90_000_i64..90_000,
        cost in proptest::option::weighted(0.2, -9_000_000_i64..9_000_000),
        rate in proptest::option::weighted(0.3, 0_i64..2_000_000),
    ) -> Booked {
        let day = day("2026-01-01") + chrono::Days::new(offset);
        Booked { project, task, written: None, person, role, day, seconds, cost, rate, activity: None }
    }
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(48))]
    #[test]
    fn groups_are_the_sums_of_their_rows_in_any_order(
        rows in proptest::collection::vec(booked(), 1..200),
        shuffle in any::<prop::sample::Index>(),
    ) {
        let people = vec![
            Resource { rate: Some(Money(801_234)), ..resource("Eva", 0.0, None) },
            Resource { rate: Some(Money(905_000)), ..resource("eva", 0.0, Some("2026-02-10")) },
            Resource { rate: Some(Money(333_333)), ..resource("Jo", 0.0, Some("2026-01-20")) },
        ];
        let axes = [axis("2026-03-15", PeriodKind::Month), axis("2026-03-20", PeriodKind::Week)];
        let portfolio = |rows: &[Booked]| Portfolio {
            projects: vec![project(3, people.clone()), project(3, people.clone())],
            facts: Facts { bookings: bookings(rows), ..Facts::default() },
            tables: Vec::new(),
        };
        let ledgers = ledgers(&portfolio(&rows), &axes);
        let mut found = BTreeMap::new();
        for (project, ledger) in (0_u32..).zip(&ledgers) {
            for line in &ledger.lines {
                let task = line.task.map(|task| u32::try_from(task).unwrap());
                let sum = (i128::from(line.hours.0), i128::from(line.labour.0));
                prop_assert!(found.insert((project, task, line.period), sum).is_none());
            }
            let by_person: Work = ledger.people.iter().map(|p| p.hours).sum();
            let by_task: Work = ledger.lines.iter().map(|l| l.hours).sum();
            prop_assert_eq!(by_person, by_task);
        }
        prop_assert_eq!(found, by_hand(&rows, &axes));

        for (fine, to_date) in ledgers.iter().zip(ledgers_to_date(&portfolio(&rows), &axes)) {
            let by_task = sums_of_tasks(fine);
            prop_assert_eq!(to_date.lines.len(), by_task.len(), "a line a task");
            prop_assert_eq!(sums_of_tasks(&to_date), by_task);
            let (lines, people, weeks) = (fine.lines.clone(), fine.people.clone(), fine.weeks.clone());
            let but_for_time = Ledger { lines, people, weeks, ..to_date };
            prop_assert_eq!(fine, &but_for_time);
        }

        let mut turned = rows.clone();
        turned.rotate_left(shuffle.index(rows.len()));
        turned.reverse();
        // In two sheets, too, whose numbers for people and roles are their own.
        let (one, other) = turned.split_at(shuffle.index(rows.len()));
        let mut parted = portfolio(&[]);
        parted.facts.bookings.sheets = vec![booked_sheet(0, one), booked_sheet(1, other)];
        for (ledger, again) in ledgers.iter().zip(super::ledgers(&parted, &axes)) {
            prop_assert_eq!(&ledger.lines, &again.lines);
            prop_assert_eq!(&ledger.people, &again.people);
            prop_assert_eq!(&ledger.categories, &again.categories);
            prop_assert_eq!(ledger.without_rate, again.without_rate);
            prop_assert_eq!(ledger.after_status, again.after_status);
        }
    }
}

#[test]
fn hours_booked_as_rework_are_kept_apart_as_well() {
    let booked = |task, on: &str, activity| Booked {
        task,
        person: Some("Eva"),
        day: day(on),
        seconds: 3_600,
        rate: Some(80 * Money::SCALE),
        activity,
        ..Booked::default()
    };
    let rows = [
        booked(Some(0), "2026-03-02", Some("Development")),
        booked(Some(0), "2026-03-03", Some("Rework")),
        booked(Some(0), "2026-03-04", Some("bug fixing")),
        booked(None, "2026-03-04", Some("rework")),
        booked(Some(0), "2026-04-02", Some("Rework")),
        booked(Some(0), "2026-03-05", None),
    ];
    let project = Project { tasks: vec![Task::default()], ..Project::default() };
    let facts = Facts { bookings: bookings(&rows), ..Facts::default() };
    let portfolio = Portfolio { projects: vec![project], facts, ..Portfolio::default() };
    let status = StatusDate::end_of(day("2026-03-31"));
    let axis = TimeAxis { status, status_from: None, kind: PeriodKind::Month };
    let ledgers = ledgers(&portfolio, &[axis]);
    let (hour, cost) = (Work(3_600), Money(80 * Money::SCALE));
    assert_eq!(ledgers[0].rework, [(Some(0), hour + hour, cost + cost), (None, hour, cost)]);
}
