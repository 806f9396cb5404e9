//! A rich document, written by hand, to test and to look at.

use chrono::{Days, Months, NaiveDate};

use crate::document::{
    Bars, Block, BullsEye, Chart, Column, Cone, Document, Format, Front, Gantt, GanttLink, GanttRow,
    HealthMark, ItemList, KeyFigure, Kind, Lines, ListItem, Machine, Plot, Role, Row, Section, Series, Table,
    Theme, Value,
};
use crate::quantity::{Health, Money, Reason};

pub(super) fn day(year: i32, month: u32, day: u32) -> NaiveDate {
    NaiveDate::from_ymd_opt(year, month, day).unwrap()
}

fn money(units: f64) -> Value {
    Value::Money(Money::from_units(units))
}

/// A project in trouble, with every block a report may have.
pub(super) fn document() -> Document {
    Document {
        stem: "atlas-status-2026-03-31".to_owned(),
        title: "Atlas: customer portal and billing renewal".to_owned(),
        subtitle: "Status report".to_owned(),
        status_date: day(2026, 3, 31),
        author: Some("Mara Lindqvist".to_owned()),
        language: "en",
        marking: Some("Confidential".to_owned()),
        theme: Theme::default(),
        format: Format { currency: "EUR".to_owned(), ..Format::default() },
        front: front(),
        sections: vec![earned_value(), indices(), schedule(40), people(), risks(), quality()],
        measures: Vec::new(),
        machine: Machine::default(),
    }
}

fn front() -> Front {
    let fact = |label: &str, value: &str| (label.to_owned(), value.to_owned());
    let mark = |dimension: &str, health, rule: &str| HealthMark {
        dimension: dimension.to_owned(),
        health,
        rule: rule.to_owned(),
    };
    Front {
        head: vec![
            fact("Sponsor", "Jean-Luc Moreau, Customer Division"),
            fact("Project manager", "Mara Lindqvist"),
            fact("Period", "1\u{2013}31 March 2026"),
            fact("Baseline", "No. 2 of 12 Jan 2026"),
        ],
        health: vec![
            mark("Overall", Some(Health::Red), "The worst of the dimensions below"),
            mark("Cost", Some(Health::Red), "CPI 0.87 is below 0.90"),
            mark("Schedule", Some(Health::Amber), "SPI(t) 0.93 is below 0.95"),
            mark("Scope", Some(Health::Green), "2 changes approved, 1.4% of BAC"),
            mark("Risk", Some(Health::Amber), "Exposure 84,000 is 91% of the contingency left"),
            mark("Quality", None, "No acceptance data"),
        ],
        narrative: vec![
            "Atlas has earned EUR 412,600 of the EUR 446,900 planned by 31 March at a cost of EUR 473,100. At the present efficiency it would cost EUR 1,126,000, 15% more than its budget, and finish on 12 October 2026, six weeks after the baseline.".to_owned(),
            "The interfaces to the billing engine (WBS 1.3) cause 71% of the overrun: the vendor's test system came five weeks late and the team worked against simulators. Wanted from the sponsor by 10 April: a decision whether release 2 may start with the old tariff module.".to_owned(),
        ],
        figures: figures(),
        chart: Some(s_curve()),
        milestones: Some(milestones()),
        lists: vec![
            list("Done this period", &[("Tariff calculation accepted by Finance", "18 Mar"), ("Load test of the portal, 1,200 users", "24 Mar"), ("Contract with the print provider signed", "27 Mar")], "Nothing was finished."),
            list("Planned but not done", &[("Billing interface: end-to-end test in the vendor's environment", "due 20 Mar"), ("Migration rehearsal 1", "due 27 Mar"), ("Training concept for the service desk", "due 31 Mar"), ("Data protection impact assessment, second review", "due 31 Mar"), ("Archive concept", "due 31 Mar")], "Everything planned was done."),
            list("Next period", &[("Migration rehearsal 1", "10 Apr"), ("Release 1 acceptance by the key users", "17 Apr"), ("Decision on the tariff module", "10 Apr")], "Nothing is planned."),
        ],
    }
}

pub(super) fn list(title: &str, items: &[(&str, &str)], empty: &str) -> ItemList {
    let items = items
        .iter()
        .map(|(text, detail)| ListItem { text: (*text).to_owned(), detail: (*detail).to_owned() });
    ItemList { title: title.to_owned(), items: items.collect(), empty: empty.to_owned() }
}

fn figures() -> Vec<KeyFigure> {
    let figure = |label: &str, value, detail: &str, health| KeyFigure {
        label: label.to_owned(),
        value,
        detail: detail.to_owned(),
        health,
    };
    vec![
        figure("Budget at completion (BAC)", money(980_000.0), "EUR", None),
        figure("Earned value (EV)", money(412_600.0), "42% of BAC", None),
        figure("Actual cost (AC)", money(473_100.0), "48% of BAC", None),
        figure(
            "Estimate at completion (EAC)",
            Value::Estimate(1_126_436.8),
            "15% over BAC; range 1.05\u{2013}1.21 million",
            Some(Health::Red),
        ),
        figure("CPI", Value::Index(0.872), "last month 0.91", Some(Health::Red)),
        figure("SPI(t)", Value::Index(0.931), "last month 0.95", Some(Health::Amber)),
        figure(
            "Forecast finish",
            Value::Date(day(2026, 10, 12)),
            "baseline 31 Aug 2026",
            Some(Health::Amber),
        ),
        figure("To-complete index (TCPI)", Value::Undefined(Reason::CannotBeMet), "", None),
    ]
}

fn months(from: NaiveDate, count: u32) -> Vec<NaiveDate> {
    (0..count).map(|m| from + Months::new(m) - Days::new(1)).collect()
}

#[expect(clippy::cast_precision_loss, reason = "a fixture")]
pub(super) fn s_curve() -> Chart {
    let ends = months(day(2025, 10, 1), 12);
    let s = |i: usize, n: usize, total: f64| {
        let t = i as f64 / (n - 1) as f64;
        total * t * t * (3.0 - 2.0 * t)
    };
    let pv: Vec<_> = ends.iter().enumerate().map(|(i, d)| (*d, s(i, 12, 980_000.0))).collect();
    let ev: Vec<_> = ends.iter().take(7).enumerate().map(|(i, d)| (*d, s(i, 12, 980_000.0) * 0.86)).collect();
    let ac: Vec<_> = ends
        .iter()
        .take(7)
        .enumerate()
        .map(|(i, d)| (*d, s(i, 12, 980_000.0) * 0.99 + 9_000.0 * i as f64))
        .collect();
    let last = *ac.last().unwrap();
    Chart {
        id: "s_curve",
        title: "Planned, earned and actual value".to_owned(),
        alt: "Line chart of planned value, earned value and actual cost by month. Actual cost runs above earned value since December 2025.".to_owned(),
        plot: Plot::Lines(Lines {
            kind: Kind::Money,
            unit: "EUR".to_owned(),
            series: vec![
                Series { name: "Planned (PV)".to_owned(), role: Role::Planned, points: pv },
                Series { name: "Actual (AC)".to_owned(), role: Role::Actual, points: ac },
                Series { name: "Earned (EV)".to_owned(), role: Role::Earned, points: ev },
            ],
            marks: vec![(day(2026, 3, 31), "Status 31 Mar 2026".to_owned()), (day(2026, 8, 31), "Baseline finish".to_owned())],
            levels: vec![(980_000.0, "BAC".to_owned())],
            cone: Some(Cone { from: last, low: (day(2026, 10, 12), 1_050_000.0), high: (day(2026, 10, 12), 1_210_000.0), label: "EAC 1.05\u{2013}1.21 million".to_owned() }),
            from_zero: true,
        }),
    }
}

fn milestones() -> Table {
    let names = [
        ("Requirements signed off", day(2025, 11, 14), day(2025, 11, 18), 0.0, Health::Green),
        ("Architecture approved", day(2025, 12, 19), day(2025, 12, 19), 0.0, Health::Green),
        ("Release 1 in acceptance", day(2026, 4, 3), day(2026, 4, 24), 15.0, Health::Amber),
        ("Billing interface live", day(2026, 5, 29), day(2026, 7, 10), 30.0, Health::Red),
        ("Release 2 in production", day(2026, 8, 14), day(2026, 9, 25), 30.0, Health::Red),
        ("Project closed", day(2026, 8, 31), day(2026, 10, 12), 30.0, Health::Amber),
    ];
    let rows = names.into_iter().map(|(name, baseline, forecast, slip, health)| {
        Row::new(vec![
            Value::Text(name.to_owned()),
            Value::Date(baseline),
            Value::Date(baseline + Days::new(9)),
            Value::Date(forecast),
            Value::Days(slip),
            Value::Health(health),
        ])
    });
    Table {
        id: "milestones",
        caption: "Milestones".to_owned(),
        columns: vec![
            Column::new("milestone", "Milestone", Kind::Text),
            Column::new("baseline", "Baseline", Kind::Date),
            Column::new("last", "Last forecast", Kind::Date),
            Column::new("forecast", "Forecast", Kind::Date),
            Column::new("slip", "Slip, working days", Kind::Days),
            Column::new("health", "Health", Kind::Health),
        ],
        rows: rows.collect(),
        totals: None,
        print_rows: None,
    }
}

fn earned_value() -> Section {
    let columns = vec![
        Column::new("wbs", "WBS", Kind::Text),
        Column::new("name", "Work package", Kind::Text).weight(3),
        Column::new("bac", "BAC", Kind::Money),
        Column::new("pv", "PV", Kind::Money),
        Column::new("ev", "EV", Kind::Money),
        Column::new("ac", "AC", Kind::Money),
        Column::new("sv", "SV", Kind::Money),
        Column::new("cv", "CV", Kind::Money),
        Column::new("spi", "SPI", Kind::Index).thresholds(0.95, 0.9),
        Column::new("cpi", "CPI", Kind::Index).thresholds(0.95, 0.9),
        Column::new("eac", "EAC", Kind::Money),
        Column::new("vac", "VAC", Kind::Money),
        Column::new("key", "Key", Kind::Text).workbook_only(),
    ];
    let mut rows = Vec::new();
    for group in 1..=4_u32 {
        for item in 0..=8_u32 {
            let scale = if item == 0 { 8.0 } else { 1.0 };
            let bac = scale * (12_000.0 + 3_100.0 * f64::from(group) + 740.0 * f64::from(item % 5));
            let pv = bac * 0.46;
            let begun = !(group == 4 && item > 5);
            let ev = if begun { bac * (0.40 + 0.01 * f64::from(item % 3)) } else { 0.0 };
            let ac = if begun { ev * (1.02 + 0.05 * f64::from(group % 3)) } else { 0.0 };
            let or = |value: f64, reason| if begun { Value::Index(value) } else { Value::Undefined(reason) };
            let name = match item {
                0 => ["Management", "Portal", "Billing interfaces", "Migration and roll-out"][group as usize - 1].to_owned(),
                3 => "Adapter for the billing engine's tariff service, including the simulator and its test data".to_owned(),
                _ => format!("{} {item}", ["Steering and reporting", "Customer self-service, part", "Interface", "Data migration, wave"][group as usize - 1]),
            };
            rows.push(Row {
                cells: vec![
                    Value::Text(if item == 0 { format!("1.{group}") } else { format!("1.{group}.{item}") }),
                    Value::Text(name),
                    money(bac),
                    money(pv),
                    money(ev),
                    money(ac),
                    money(ev - pv),
                    money(ev - ac),
                    or(ev / pv, Reason::NothingEarned),
                    or(ev / ac, Reason::NoActualCost),
                    if begun {
                        Value::Estimate(bac * ac / ev)
                    } else {
                        Value::Undefined(Reason::IndexUndefined)
                    },
                    if begun { money(bac - bac * ac / ev) } else { Value::Undefined(Reason::IndexUndefined) },
                    Value::Text(String::new()),
                ],
                level: u8::from(item > 0),
                summary: item == 0,
                workbook_only: false,
            });
        }
    }
    let totals = Row::new(vec![
        Value::Text(String::new()),
        Value::Text("Total".to_owned()),
        money(980_000.0),
        money(446_900.0),
        money(412_600.0),
        money(473_100.0),
        money(-34_300.0),
        money(-60_500.0),
        Value::Index(0.92),
        Value::Index(0.87),
        Value::Estimate(1_126_437.0),
        money(-146_437.0),
        Value::Empty,
    ]);
    Section {
        id: "earned_value",
        title: "Earned value by work package".to_owned(),
        blocks: vec![
            Block::Paragraph("Earned value is measured by the rule of each task: milestones weighted, 50/50 for tasks under four weeks, and units completed for migration. All figures are cumulative up to the status date and tie out to the totals of the task sheet.".to_owned()),
            Block::Table(Table { id: "wbs", caption: "Work packages, EUR".to_owned(), columns, rows, totals: Some(totals), print_rows: None }),
            Block::Note("Overhead of the programme office is not distributed to work packages.".to_owned()),
        ],
    }
}

fn indices() -> Section {
    let ends = months(day(2025, 10, 1), 7);
    let series = |name: &str, role, values: [f64; 7]| Series {
        name: name.to_owned(),
        role,
        points: ends.iter().copied().zip(values).collect(),
    };
    Section {
        id: "indices",
        title: "Indices over time".to_owned(),
        blocks: vec![
            Block::Chart(Chart {
                id: "indices",
                title: "CPI and SPI(t), cumulative".to_owned(),
                alt: "CPI falls from 1.02 to 0.87, SPI(t) from 1.00 to 0.93 between September 2025 and March 2026.".to_owned(),
                plot: Plot::Lines(Lines {
                    kind: Kind::Index,
                    unit: String::new(),
                    series: vec![series("CPI", Role::Actual, [1.02, 1.01, 0.97, 0.95, 0.93, 0.91, 0.872]), series("SPI(t)", Role::Planned, [1.0, 0.99, 0.98, 0.98, 0.96, 0.95, 0.931])],
                    marks: vec![],
                    levels: vec![(0.95, "amber below 0.95".to_owned()), (0.9, "red below 0.90".to_owned())],
                    cone: None,
                    from_zero: false,
                }),
            }),
            Block::Chart(Chart {
                id: "bullseye",
                title: "Cost against schedule, month by month".to_owned(),
                alt: "The trail moves from on plan to over cost and late.".to_owned(),
                plot: Plot::BullsEye(BullsEye {
                    trail: ["Sep", "Oct", "Nov", "Dec", "Jan", "Feb", "Mar 2026"].iter().zip([(1.0, 1.02), (0.99, 1.01), (0.98, 0.97), (0.98, 0.95), (0.96, 0.93), (0.95, 0.91), (0.931, 0.872)]).map(|(name, (spi, cpi))| ((*name).to_owned(), spi, cpi)).collect(),
                    thresholds: (0.95, 0.9),
                }),
            }),
            Block::Heading("Forecasts side by side".to_owned()),
            Block::Table(Table {
                id: "forecasts",
                caption: String::new(),
                columns: vec![Column::new("method", "Method", Kind::Text), Column::new("formula", "Formula", Kind::Text), Column::new("eac", "EAC", Kind::Money), Column::new("vac", "VAC", Kind::Money)],
                rows: vec![
                    Row::new(vec![Value::Text("Present efficiency".to_owned()), Value::Text("AC + (BAC \u{2212} EV) / CPI".to_owned()), Value::Estimate(1_126_437.0), money(-146_437.0)]),
                    Row::new(vec![Value::Text("As budgeted".to_owned()), Value::Text("AC + (BAC \u{2212} EV)".to_owned()), Value::Estimate(1_040_500.0), money(-60_500.0)]),
                    Row::new(vec![Value::Text("Bottom up".to_owned()), Value::Text("AC + estimates to complete".to_owned()), Value::Undefined(Reason::NoRemainingEstimate), Value::Undefined(Reason::NoRemainingEstimate)]),
                ],
                totals: None,
                print_rows: None,
            }),
        ],
    }
}

pub(super) fn schedule(tasks: u32) -> Section {
    let mut rows = Vec::new();
    for index in 0..tasks {
        let group = index / 8;
        let start = day(2025, 10, 6) + Days::new(u64::from(group) * 38 + u64::from(index % 8) * 9);
        let finish = start + Days::new(24 + u64::from(index % 5) * 6);
        let late = index % 7 == 3;
        let slip = Days::new(if late { 18 } else { 3 });
        let status = day(2026, 3, 31);
        let summary = index % 8 == 0;
        let finish = if summary { start + Days::new(95) } else { finish };
        rows.push(GanttRow {
            code: if summary { format!("1.{}", group + 1) } else { format!("1.{}.{}", group + 1, index % 8) },
            label: if summary {
                ["Management", "Portal", "Billing interfaces", "Migration", "Roll-out"][group as usize % 5]
                    .to_owned()
            } else {
                format!(
                    "Task {index} of the schedule{}",
                    if index % 6 == 2 { " with a name that is much longer than its column" } else { "" }
                )
            },
            level: u8::from(!summary),
            summary,
            milestone: index % 8 == 7,
            baseline: Some((start, finish)),
            actual: (start < status).then(|| (start, (finish + slip).min(status))),
            remaining: (finish + slip > status)
                .then(|| ((start + slip).max(status + Days::new(1)), finish + slip)),
            done: 0.5,
            late,
            critical: Some(index % 9 == 4),
            float_to: (index % 5 == 1).then(|| finish + Days::new(30)),
            deadline: (index % 8 == 6).then(|| finish + Days::new(4)),
        });
    }
    let links = (1..rows.len())
        .filter(|row| row % 3 > 0)
        .map(|row| GanttLink { rows: (row - 1, row), finishes: (true, false), critical: row % 9 == 4 })
        .collect();
    let to = rows
        .iter()
        .filter_map(|row| row.remaining.or(row.actual))
        .map(|(_, to)| to)
        .max()
        .unwrap_or(day(2026, 10, 12))
        + Days::new(10);
    Section {
        id: "schedule",
        title: "Schedule".to_owned(),
        blocks: vec![
            Block::Paragraph("Bars show the work done and what remains against the baseline; the critical path follows from the network of relations.".to_owned()),
            Block::Chart(Chart {
                id: "gantt",
                title: "Tasks against the baseline".to_owned(),
                alt: "Gantt chart of the tasks; six run late.".to_owned(),
                plot: Plot::Gantt(Gantt { from: day(2025, 10, 1), to, status: day(2026, 3, 31), rows, links }),
            }),
        ],
    }
}

fn people() -> Section {
    let names =
        ["Analysis", "Development", "Integration with the billing engine", "Test", "Project management"];
    Section {
        id: "people",
        title: "People and cost".to_owned(),
        blocks: vec![
            Block::Figures(figures().into_iter().take(4).collect()),
            Block::Chart(Chart {
                id: "hours",
                title: "Hours planned and booked by trade".to_owned(),
                alt: "Integration took 2,140 hours instead of 1,400.".to_owned(),
                plot: Plot::Bars(Bars {
                    kind: Kind::Hours,
                    unit: "hours".to_owned(),
                    categories: names.iter().map(|name| (*name).to_owned()).collect(),
                    series: vec![
                        ("Planned".to_owned(), Role::Planned, vec![820.0, 3_100.0, 1_400.0, 900.0, 640.0]),
                        ("Booked".to_owned(), Role::Actual, vec![790.0, 3_340.0, 2_140.0, 610.0, 655.0]),
                    ],
                    stacked: false,
                }),
            }),
            Block::Chart(Chart {
                id: "cost",
                title: "Cost by category, earned against still to earn".to_owned(),
                alt: "Stacked bars.".to_owned(),
                plot: Plot::Bars(Bars {
                    kind: Kind::Money,
                    unit: "EUR".to_owned(),
                    categories: names.iter().map(|name| (*name).to_owned()).collect(),
                    series: vec![
                        (
                            "Earned".to_owned(),
                            Role::Earned,
                            vec![61_000.0, 212_000.0, 71_000.0, 32_000.0, 36_600.0],
                        ),
                        (
                            "To earn".to_owned(),
                            Role::Other,
                            vec![9_000.0, 188_000.0, 149_000.0, 121_000.0, 40_400.0],
                        ),
                    ],
                    stacked: true,
                }),
            }),
        ],
    }
}

fn risks() -> Section {
    let text = |text: &str| Value::Text(text.to_owned());
    Section {
        id: "risks",
        title: "Risks, issues and decisions".to_owned(),
        blocks: vec![
            Block::Table(Table {
                id: "risks",
                caption: "Top risks by exposure".to_owned(),
                columns: vec![
                    Column::new("id", "Id", Kind::Text),
                    Column::new("risk", "Risk", Kind::Text).weight(4),
                    Column::new("response", "Response", Kind::Text).weight(3),
                    Column::new("owner", "Owner", Kind::Text),
                    Column::new("p", "Probability", Kind::Percent),
                    Column::new("impact", "Impact, EUR", Kind::Money),
                    Column::new("exposure", "Exposure, EUR", Kind::Money),
                    Column::new("health", "Rating", Kind::Health),
                ],
                rows: vec![
                    Row::new(vec![
                        text("R-07"),
                        text(
                            "The vendor's release 5.2 changes the tariff interface after our acceptance test, so that the adapter has to be tested again",
                        ),
                        text(
                            "Freeze clause in the contract; contract tests run nightly against the vendor's preview",
                        ),
                        text("T. Okafor"),
                        Value::Percent(0.4),
                        money(120_000.0),
                        money(48_000.0),
                        Value::Health(Health::Red),
                    ]),
                    Row::new(vec![
                        text("R-02"),
                        text("Key people of the billing team leave before the migration"),
                        text("Pairing; second contact per module named"),
                        text("M. Lindqvist"),
                        Value::Percent(0.2),
                        money(90_000.0),
                        money(18_000.0),
                        Value::Health(Health::Amber),
                    ]),
                    Row::new(vec![
                        text("R-11"),
                        text(
                            "Γιώργος Παπαδόπουλος and Дарья Ёлкина share the only licence for the \u{201c}old\u{201d} tariff module; \u{4e2d}\u{6587}\u{6d4b}\u{8bd5} and \u{5e9}\u{5dc}\u{5d5}\u{5dd} \u{5e2}\u{5d5}\u{5dc}\u{5dd} too",
                        ),
                        text("Second licence ordered"),
                        text("\u{645}\u{62d}\u{645}\u{62f} \u{639}\u{644}\u{64a}"),
                        Value::Percent(0.1),
                        money(30_000.0),
                        money(3_000.0),
                        Value::Health(Health::Green),
                    ]),
                ],
                totals: Some(Row::new(vec![
                    Value::Empty,
                    text("Total of 14 risks"),
                    Value::Empty,
                    Value::Empty,
                    Value::Empty,
                    money(611_000.0),
                    money(84_000.0),
                    Value::Empty,
                ])),
                print_rows: Some(3),
            }),
            Block::List(list(
                "Decisions needed",
                &[
                    (
                        "May release 2 start with the old tariff module? It would save four weeks and cost EUR 22,000 to replace later.",
                        "J.-L. Moreau, 10 Apr",
                    ),
                    (
                        "Extend the test environment of the vendor until October.",
                        "Steering committee, 17 Apr",
                    ),
                ],
                "None.",
            )),
            Block::List(list("Issues", &[], "No open issues.")),
        ],
    }
}

fn quality() -> Section {
    let rows = (1..=70_u32).map(|n| {
        Row::new(vec![
            Value::Text(format!("W3{:02}", n % 40)),
            Value::Text("tasks.csv".to_owned()),
            Value::Count(u64::from(n) * 13),
            Value::Text(format!("'{n}.13.2026' is not a date; the cell was left empty")),
        ])
    });
    Section {
        id: "data_quality",
        title: "Data quality".to_owned(),
        blocks: vec![
            Block::Paragraph("4 files were read, 1,212 rows accepted, 3 rejected.".to_owned()),
            Block::Table(Table {
                id: "problems",
                caption: "Problems found in the data".to_owned(),
                columns: vec![
                    Column::new("code", "Code", Kind::Text),
                    Column::new("file", "File", Kind::Text),
                    Column::new("row", "Row", Kind::Count),
                    Column::new("message", "Message", Kind::Text).weight(5),
                ],
                rows: rows.collect(),
                totals: None,
                print_rows: Some(60),
            }),
            Block::Heading("Nothing to show".to_owned()),
            Block::Table(Table {
                id: "none",
                caption: "Commitments".to_owned(),
                columns: vec![
                    Column::new("a", "Supplier", Kind::Text),
                    Column::new("b", "Amount", Kind::Money),
                ],
                rows: vec![],
                totals: None,
                print_rows: None,
            }),
        ],
    }
}
