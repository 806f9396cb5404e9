//! A document with one of everything, made by hand: no analysis stands behind it.

use chrono::{Days, NaiveDate};
use earnest::document::{
    Bars, Block, BullsEye, Chart, Column, Cone, Document, Form, FormColumn, FormExample, FormTable, Format,
    Front, Gantt, GanttRow, HealthMark, ItemList, KeyFigure, Kind, Lines, ListItem, Live, Machine, Measure,
    Plot, Role, Row, Section, Series, Table, Theme, Value,
};
use earnest::quantity::{Health, Money, Reason, Work};

pub(crate) fn day(year: i32, month: u32, day: u32) -> NaiveDate {
    NaiveDate::from_ymd_opt(year, month, day).unwrap()
}

pub(crate) fn money(units: f64) -> Value {
    Value::Money(Money::from_units(units))
}

pub(crate) fn text(words: &str) -> Value {
    Value::Text(words.to_owned())
}

fn ratio(over: f64, under: f64) -> Value {
    if under == 0.0 { Value::Undefined(Reason::NoActualCost) } else { Value::Index(over / under) }
}

/// PV, EV, AC, BAC of the leaves of the WBS; the third has no cost yet.
pub(crate) const LEAVES: [(&str, &str, [f64; 4]); 6] = [
    ("1.1", "Requirements and the interviews that lead to them", [24_000.0, 24_000.0, 21_350.5, 24_000.0]),
    ("1.2", "Architecture", [18_000.0, 16_200.0, 19_012.25, 18_000.0]),
    ("1.3", "Prototype", [0.0, 0.0, 0.0, 12_000.0]),
    ("2.1", "Import of the ledger", [52_500.0, 41_000.0, 55_120.75, 60_000.0]),
    ("2.2", "Matching engine", [70_000.0, 58_800.0, 66_010.0, 105_000.0]),
    ("2.3", "Reports", [12_600.0, 9_450.0, 8_800.1, 63_000.0]),
];

pub(crate) fn sums() -> [f64; 4] {
    let mut sums = [0.0; 4];
    for (.., figures) in LEAVES {
        for (sum, figure) in sums.iter_mut().zip(figures) {
            *sum += figure;
        }
    }
    sums
}

pub(crate) fn wbs() -> Table {
    let line = |code: &str, name: &str, f: [f64; 4], level: u8, summary: bool| Row {
        cells: vec![
            text(code),
            text(name),
            money(f[3]),
            money(f[0]),
            money(f[1]),
            money(f[2]),
            money(f[1] - f[0]),
            if f[0] == 0.0 { Value::Undefined(Reason::NothingPlanned) } else { Value::Index(f[1] / f[0]) },
            ratio(f[1], f[2]),
            Value::Percent(f[1] / f[3]),
            Value::Health(if f[1] < f[0] * 0.8 {
                Health::Red
            } else if f[1] < f[0] {
                Health::Amber
            } else {
                Health::Green
            }),
        ],
        level,
        summary,
        workbook_only: false,
    };
    let part = |prefix: &str| {
        let mut sum = [0.0; 4];
        for (.., figures) in LEAVES.iter().filter(|(code, ..)| code.starts_with(prefix)) {
            for (total, figure) in sum.iter_mut().zip(figures) {
                *total += figure;
            }
        }
        sum
    };
    let mut rows = Vec::new();
    for (prefix, name) in [("1", "Foundation"), ("2", "Reconciliation")] {
        rows.push(line(prefix, name, part(prefix), 0, true));
        for (code, name, figures) in LEAVES.iter().filter(|(code, ..)| code.starts_with(prefix)) {
            rows.push(line(code, name, *figures, 1, false));
        }
    }
    let mut totals = line("", "Total", sums(), 0, false);
    totals.cells[0] = Value::Empty;
    totals.cells[10] = Value::Empty;
    Table {
        id: "wbs",
        caption: String::new(),
        columns: vec![
            Column::new("code", "WBS", Kind::Text),
            Column::new("name", "Name", Kind::Text).weight(3),
            Column::new("bac", "BAC", Kind::Money).symbol("BAC").sums(),
            Column::new("pv", "PV", Kind::Money).symbol("PV").sums(),
            Column::new("ev", "EV", Kind::Money).symbol("EV").sums(),
            Column::new("ac", "AC [EUR]", Kind::Money).symbol("AC").sums(),
            Column::new("sv", "SV", Kind::Money).formula("EV - PV"),
            Column::new("spi", "SPI", Kind::Index).formula("EV / PV").thresholds(0.95, 0.90),
            Column::new("cpi", "CPI", Kind::Index).formula("EV / AC").thresholds(0.95, 0.90),
            Column::new("done", "Complete", Kind::Percent).formula("EV / BAC"),
            Column::new("health", "Health", Kind::Health),
        ],
        rows,
        totals: Some(totals),
        print_rows: None,
    }
}

fn measure(
    id: &'static str,
    symbol: &'static str,
    name: &'static str,
    value: Value,
    live: Live,
    meaning: &'static str,
) -> Measure {
    Measure {
        id,
        symbol,
        printed: symbol.to_owned(),
        name: name.to_owned(),
        value,
        live,
        meaning: meaning.to_owned(),
    }
}

fn measures() -> Vec<Measure> {
    let [pv, ev, ac, bac] = sums();
    let total = |column| Live::Total { table: "wbs", column };
    let cpi = ev / ac;
    let eac = ac + (bac - ev) / (cpi * 0.9);
    vec![
        measure(
            "bac",
            "BAC",
            "Budget at completion",
            money(bac),
            total("bac"),
            "What the whole work may cost.",
        ),
        measure("pv", "PV", "Planned value", money(pv), total("pv"), "What should have been done by now."),
        measure(
            "ev",
            "EV",
            "Earned value",
            money(ev),
            total("ev"),
            "What has been done, at its planned cost.",
        ),
        measure("ac", "AC", "Actual cost", money(ac), total("ac"), "What it cost."),
        measure(
            "sv",
            "SV",
            "Schedule variance",
            money(ev - pv),
            Live::Formula("EV - PV"),
            "Work ahead of the plan.",
        ),
        measure(
            "cpi",
            "CPI",
            "Cost performance index",
            Value::Index(cpi),
            Live::Formula("EV / AC"),
            "Value earned per unit of cost.",
        ),
        measure(
            "spi",
            "SPI",
            "Schedule performance index",
            Value::Index(ev / pv),
            Live::Formula("EV / PV"),
            "Share of the planned work that is done.",
        ),
        measure(
            "spi_t",
            "SPI(t)",
            "Schedule performance index (time)",
            Value::Index(0.9),
            Live::Stored,
            "Earned time over elapsed time.",
        ),
        measure(
            "eac",
            "EAC",
            "Estimate at completion",
            Value::Estimate(eac),
            Live::Formula("AC + (BAC - EV) / (CPI * SPI(t))"),
            "What it will cost if nothing changes.",
        ),
        measure(
            "vac",
            "VAC",
            "Variance at completion",
            Value::Estimate(bac - eac),
            Live::Formula("BAC - EAC"),
            "Negative: an overrun is expected.",
        ),
        measure(
            "tcpi_bac",
            "TCPI(BAC)",
            "To-complete index",
            Value::Undefined(Reason::CannotBeMet),
            Live::Formula("(BAC - EV) / (BAC - AC)"),
            "What the rest must perform at.",
        ),
        measure(
            "sv_pct",
            "SV%",
            "Schedule variance, share",
            Value::Percent((ev - pv) / pv),
            Live::Formula("SV / PV"),
            "As a share of the plan.",
        ),
        measure("at", "AT", "Actual time", Value::Days(131.0), Live::Stored, "Working days since the start."),
        measure(
            "worst",
            "P50",
            "Worst index",
            Value::Index(cpi.min(0.9)),
            Live::Formula("MIN(CPI, SPI(t))"),
            "The worse of the two.",
        ),
    ]
}

fn curve(start: NaiveDate, months: usize, values: impl Fn(f64) -> f64) -> Vec<(NaiveDate, f64)> {
    #[expect(clippy::cast_precision_loss, reason = "a handful of months")]
    (0..=months).map(|m| (start + Days::new(m as u64 * 30), values(m as f64 / 9.0))).collect()
}

pub(crate) fn s_curve() -> Chart {
    let start = day(2025, 10, 1);
    let s = |x: f64| 282_000.0 * x * x * (3.0 - 2.0 * x);
    Chart {
        id: "s_curve",
        title: "Planned value, earned value and actual cost".to_owned(),
        alt: "Earned value runs below the plan since January; cost runs above earned value.".to_owned(),
        plot: Plot::Lines(Lines {
            kind: Kind::Money,
            unit: "EUR".to_owned(),
            series: vec![
                Series { name: "PV".to_owned(), role: Role::Planned, points: curve(start, 9, s) },
                Series {
                    name: "EV".to_owned(),
                    role: Role::Earned,
                    points: curve(start, 6, |x| s(x) * 0.84),
                },
                Series {
                    name: "AC".to_owned(),
                    role: Role::Actual,
                    points: curve(start, 6, |x| s(x) * 0.97),
                },
            ],
            marks: vec![(day(2026, 3, 31), "Status".to_owned())],
            levels: vec![(282_000.0, "BAC".to_owned())],
            cone: Some(Cone {
                from: (day(2026, 3, 30), s(6.0 / 9.0) * 0.97),
                low: (day(2026, 7, 15), 310_000.0),
                high: (day(2026, 8, 20), 356_000.0),
                label: "EAC 310,000 to 356,000".to_owned(),
            }),
            from_zero: true,
        }),
    }
}

fn front() -> Front {
    let mark = |dimension: &str, health, rule: &str| HealthMark {
        dimension: dimension.to_owned(),
        health,
        rule: rule.to_owned(),
    };
    let [_, ev, ac, bac] = sums();
    let eac = ac + (bac - ev) / (ev / ac * 0.9);
    let tile = |label: &str, value, detail: &str, health| KeyFigure {
        label: label.to_owned(),
        value,
        detail: detail.to_owned(),
        health,
    };
    let item = |text: &str, detail: &str| ListItem { text: text.to_owned(), detail: detail.to_owned() };
    let list = |title: &str, items: Vec<ListItem>| ItemList {
        title: title.to_owned(),
        items,
        empty: "Nothing.".to_owned(),
    };
    Front {
        head: [("Sponsor", "Ana Ferreira"), ("Manager", "Jonas Weber"), ("Period", "March 2026"), ("Baseline", "2, of 12 Jan 2026")]
            .map(|(label, value)| (label.to_owned(), value.to_owned()))
            .to_vec(),
        health: vec![
            mark("Overall", Some(Health::Red), "The worst of schedule and cost"),
            mark("Cost", Some(Health::Red), "CPI 0.88 is below 0.90"),
            mark("Schedule", Some(Health::Amber), "SPI(t) 0.90 is below 0.95; the finish is forecast 21 working days after the baseline, and the tolerance of ten days is used up"),
            mark("Scope", Some(Health::Green), "No change is waiting for a decision"),
            mark("Quality", None, "No tests or defects in the data"),
        ],
        narrative: vec![
            "The import took three weeks longer than planned because the bank changed its format in January; the team has caught up a week since.".to_owned(),
            "At the present rates the project costs EUR 356,000, 26% over its budget, and ends on 20 August 2026.".to_owned(),
        ],
        figures: vec![
            tile("BAC", money(bac), "baseline 2", None),
            tile("EV", money(ev), "53% of the work", None),
            tile("AC", money(ac), "60% of the budget", None),
            tile("EAC", Value::Estimate(eac), "by CPI and SPI(t); 26% over BAC", Some(Health::Red)),
            tile("Schedule efficiency (SPI(t))", Value::Index(0.9), "last month 0.92", Some(Health::Amber)),
            tile("Cost efficiency (CPI)", Value::Index(ev / ac), "last three months 0.91", Some(Health::Red)),
            tile("Forecast finish", Value::Date(day(2026, 8, 20)), "baseline 28 Jun 2026", Some(Health::Amber)),
            tile("Trust", text("B"), "4% of the hours match no task", None),
        ],
        chart: Some(s_curve()),
        milestones: Some(Table {
            id: "milestones",
            caption: "Milestones".to_owned(),
            columns: vec![
                Column::new("name", "Milestone", Kind::Text).weight(2),
                Column::new("baseline", "Baseline", Kind::Date),
                Column::new("forecast", "Forecast", Kind::Date),
                Column::new("slip", "Movement (days)", Kind::Days),
                Column::new("health", "Health", Kind::Health),
            ],
            rows: vec![
                Row::new(vec![text("Requirements approved"), Value::Date(day(2025, 11, 14)), Value::Date(day(2025, 11, 14)), Value::Days(0.0), Value::Health(Health::Green)]),
                Row::new(vec![text("Import live"), Value::Date(day(2026, 2, 27)), Value::Date(day(2026, 4, 17)), Value::Days(35.0), Value::Health(Health::Red)]),
                Row::new(vec![text("Go-live"), Value::Date(day(2026, 6, 28)), Value::Date(day(2026, 8, 20)), Value::Days(38.0), Value::Health(Health::Amber)]),
            ],
            totals: None,
            print_rows: None,
        }),
        lists: vec![
            list("Done this period", vec![item("Import of the ledger, first half", "14 Mar"), item("Interviews with the treasury", "20 Mar")]),
            list("Planned but not done", vec![item("Matching rules agreed with the auditors, who asked for a second round", "due 27 Mar")]),
            list("Next period", vec![]),
        ],
    }
}

/// What people write into names that a workbook could act on.
pub(crate) const ODD: [&str; 9] = [
    "=1+1",
    "+x",
    "-x",
    "@SUM(A1)",
    "http://example.com",
    "mailto:a@example.com",
    "\u{202B}תוכנית פרויקט\u{202C} مشروع",
    "👩‍💻 ship it 🚀",
    "tab\tbell\u{7}line\nfeed _x0041_ <&>\"'",
];

fn odd() -> Section {
    let mut rows: Vec<Row> = ODD.iter().map(|words| Row::new(vec![text(words), Value::Count(1)])).collect();
    rows.push(Row::new(vec![text(&"long ".repeat(8_000)), Value::Count(1)]));
    rows.push(Row::new(vec![text(&"n".repeat(300)), Value::Number(f64::NAN, 1)]));
    Section {
        id: "odd",
        title: "Odd names: [all] of them / *?\\ and a title that is far too long for a sheet".to_owned(),
        blocks: vec![
            Block::Note("=HYPERLINK(\"http://example.com\")".to_owned()),
            Block::Table(Table {
                id: "odd",
                caption: "=cmd".to_owned(),
                columns: vec![Column::new("name", "Name", Kind::Text), Column::new("n", "name", Kind::Count)],
                rows,
                totals: None,
                print_rows: Some(3),
            }),
            Block::Table(Table {
                id: "ev",
                caption: "A table without rows".to_owned(),
                columns: vec![
                    Column::new("name", "It's #1 [of 2] @ all", Kind::Text),
                    Column::new("n", "", Kind::Hours),
                ],
                rows: vec![],
                totals: Some(Row::new(vec![text("Total"), Value::Hours(Work::ZERO)])),
                print_rows: None,
            }),
        ],
    }
}

fn charts() -> Section {
    let start = day(2025, 10, 1);
    let lines = Lines {
        kind: Kind::Index,
        unit: String::new(),
        series: vec![
            Series {
                name: "CPI".to_owned(),
                role: Role::Actual,
                points: curve(start, 6, |x| 1.02 - 0.2 * x),
            },
            Series {
                name: "SPI(t)".to_owned(),
                role: Role::Planned,
                points: curve(start, 6, |x| 1.0 - 0.15 * x),
            },
        ],
        marks: vec![],
        levels: vec![(1.0, String::new()), (0.9, "red below".to_owned())],
        cone: None,
        from_zero: false,
    };
    let bars = Bars {
        kind: Kind::Money,
        unit: "EUR".to_owned(),
        categories: ["Staff", "Licences", "Travel", "External services"].map(str::to_owned).to_vec(),
        series: vec![
            ("Budget".to_owned(), Role::Planned, vec![180_000.0, 40_000.0, 12_000.0, 50_000.0]),
            ("Actual".to_owned(), Role::Actual, vec![121_000.0, 38_500.0, 3_200.0, 7_600.0]),
        ],
        stacked: false,
    };
    let trail = [("Dec", 1.0, 1.01), ("Jan", 0.97, 0.96), ("Feb", 0.92, 0.91), ("Mar", 0.9, 0.88)];
    let chart = |id, title: &str, plot| {
        Block::Chart(Chart { id, title: title.to_owned(), alt: format!("{title}, drawn."), plot })
    };
    Section {
        id: "indices",
        title: "Indices".to_owned(),
        blocks: vec![
            Block::Paragraph("Both indices fall since December. ".repeat(6)),
            Block::Figures(vec![KeyFigure {
                label: "CPI, last three months".to_owned(),
                value: Value::Index(0.91),
                detail: "better than all months together".to_owned(),
                health: Some(Health::Amber),
            }]),
            chart("indices", "Indices over time", Plot::Lines(lines)),
            chart("categories", "Cost by category", Plot::Bars(bars)),
            chart(
                "bulls_eye",
                "Cost against schedule",
                Plot::BullsEye(BullsEye {
                    trail: trail.map(|(name, spi, cpi)| (name.to_owned(), spi, cpi)).to_vec(),
                    thresholds: (0.95, 0.9),
                }),
            ),
            chart("gantt", "Schedule", Plot::Gantt(gantt())),
        ],
    }
}

fn gantt() -> Gantt {
    let (from, to, status) = (day(2025, 10, 1), day(2026, 8, 31), day(2026, 3, 31));
    let rows = LEAVES
        .iter()
        .zip(0u64..)
        .map(|((code, name, _), n)| {
            let start = from + Days::new(n * 40);
            let finish = start + Days::new(70);
            GanttRow {
                code: (*code).to_owned(),
                label: (*name).to_owned(),
                level: 1,
                baseline: Some((start, finish - Days::new(10))),
                actual: (start < status).then(|| (start, status.min(finish))),
                remaining: (finish > status).then(|| (start.max(status + Days::new(1)), finish)),
                done: 0.5,
                late: n % 2 == 1,
                ..GanttRow::default()
            }
        })
        .chain([GanttRow {
            code: "3".to_owned(),
            label: "Go-live".to_owned(),
            milestone: true,
            remaining: Some((day(2026, 8, 20), day(2026, 8, 20))),
            ..GanttRow::default()
        }])
        .collect();
    Gantt { from, to, status, rows, links: Vec::new() }
}

/// The document.
pub(crate) fn document() -> Document {
    Document {
        stem: "atlas-status-2026-03-31".to_owned(),
        title: "Atlas: reconciliation of payments".to_owned(),
        subtitle: "Status report".to_owned(),
        status_date: day(2026, 3, 31),
        author: Some("Jonas Weber".to_owned()),
        language: "en",
        marking: Some("Confidential & internal".to_owned()),
        theme: Theme::default(),
        format: Format { currency: "EUR".to_owned(), ..Format::default() },
        front: front(),
        sections: vec![
            Section {
                id: "earned_value",
                title: "Earned value".to_owned(),
                blocks: vec![
                    Block::Note("Amounts are cumulative to the status date.".to_owned()),
                    Block::Table(wbs()),
                ],
            },
            charts(),
            odd(),
            Section { id: "empty", title: "Earned value".to_owned(), blocks: vec![] },
        ],
        measures: measures(),
        machine: Machine::of(
            &serde_json::json!({ "schema": "earnest/report/1", "metrics": { "cpi": null, "bac": 282_000.0 } }),
        ),
    }
}

/// Two tables to fill in.
pub(crate) fn form() -> Form {
    let column = |name: &str, about: &str, required, example| FormColumn {
        name: name.to_owned(),
        about: about.to_owned(),
        required,
        example,
        ..FormColumn::default()
    };
    let words = |words: &str| FormExample::Text(words.to_owned());
    let mut kind = column("kind", "What it is.", false, words("task"));
    kind.choices = ["task", "milestone", "summary", "level_of_effort"].map(str::to_owned).to_vec();
    let mut start =
        column("baseline_start", "When the plan begins it.", false, FormExample::Date(day(2026, 1, 12)));
    start.date = true;
    "A day.".clone_into(&mut start.holds);
    let tasks = vec![
        column("id", "What other tables call it.", true, words("T1")),
        column("name", "What is to be done.", true, words("Interviews")),
        kind,
        start,
        column("baseline_cost", "What it may cost.", false, FormExample::Number(12_000.0)),
    ];
    Form {
        title: "Project data".to_owned(),
        about: vec!["Fill in what you have; only tasks are needed.".to_owned()],
        tables: vec![
            FormTable { name: "tasks".to_owned(), about: "A piece of work.".to_owned(), columns: tasks },
            FormTable {
                name: "costs".to_owned(),
                about: "An amount that was spent.".to_owned(),
                columns: vec![column("amount", "How much.", true, FormExample::Blank)],
            },
        ],
    }
}
