//! The whole report of the example.

use std::collections::BTreeSet;

use super::*;
use crate::document::{Kind, Live, Value};
use crate::quantity::Money;

fn report(settings: &Settings) -> Document {
    let (portfolio, findings, problems) = example::all();
    let mut documents = compose(&portfolio, &findings, &problems, settings);
    assert_eq!(documents.len(), 1);
    documents.remove(0)
}

fn money(value: &Value) -> Money {
    match value {
        Value::Money(amount) => *amount,
        Value::Estimate(amount) => Money::from_units(*amount),
        Value::Empty => Money::ZERO,
        other => panic!("no amount: {other:?}"),
    }
}

#[test]
fn every_summed_column_is_the_sum_of_its_rows() {
    let document = report(&Settings::default());
    let mut summed = 0;
    let amount = |value: &Value| match value {
        Value::Hours(work) => Money(work.0),
        other => money(other),
    };
    for table in document.sections.iter().flat_map(|section| tables(&section.blocks)) {
        let Some(totals) = &table.totals else { continue };
        for (index, column) in table.columns.iter().enumerate() {
            if !column.sums || !matches!(column.kind, Kind::Money | Kind::Hours) {
                continue;
            }
            let rows = table.rows.iter().filter(|row| !row.summary);
            let sum: Money = rows.map(|row| amount(&row.cells[index])).sum();
            assert_eq!(sum, amount(&totals.cells[index]), "{}.{}", table.id, column.id);
            summed += 1;
        }
    }
    // wbs, tasks and phases have nine such columns each; costs and people have more.
    assert!(summed > 9 * 3 + 4 + 4, "{summed} columns");
}

#[test]
fn the_measures_are_the_totals_of_the_tables() {
    let document = report(&Settings::default());
    let totals = |table: &str, column: &str| {
        let mut all = document.sections.iter().flat_map(|section| tables(&section.blocks));
        let table = all.find(|found| found.id == table).unwrap();
        let index = table.columns.iter().position(|found| found.id == column).unwrap();
        money(&table.totals.as_ref().unwrap().cells[index])
    };
    for (column, thousands) in [("bac", 115), ("pv", 67), ("ev", 55), ("ac", 66), ("eac", 138), ("vac", -23)]
    {
        for table in ["wbs", "tasks", "phases"] {
            assert_eq!(totals(table, column), example::thousand(thousands), "{table}.{column}");
        }
    }
    for measure in &document.measures {
        if let Live::Total { table, column } = measure.live {
            assert_eq!(totals(table, column), money(&measure.value), "{}", measure.id);
        }
    }
}

#[test]
fn rows_are_as_long_as_their_heads_and_ids_are_unique() {
    let document = report(&Settings::default());
    let mut ids = BTreeSet::new();
    for table in document
        .sections
        .iter()
        .flat_map(|section| tables(&section.blocks))
        .chain(document.front.milestones.iter())
    {
        assert!(ids.insert(table.id), "{} twice", table.id);
        let columns: BTreeSet<&str> = table.columns.iter().map(|column| column.id).collect();
        assert_eq!(columns.len(), table.columns.len(), "{}", table.id);
        for row in table.rows.iter().chain(table.totals.iter()) {
            assert_eq!(row.cells.len(), table.columns.len(), "{}", table.id);
        }
    }
}

#[test]
fn the_json_keeps_the_contract() {
    let document = report(&Settings::default());
    let json: serde_json::Value = serde_json::from_str(document.machine.text()).unwrap();
    assert_eq!(json["schema"], "earnest/report/1");
    assert_eq!((&json["project"]["id"], &json["status_date"]), (&"harbour".into(), &"2026-03-31".into()));
    assert_eq!(json["metrics"]["es_date"], "2026-03-13");
    assert_eq!(json["forecasts"]["cost"][1]["eac"], 138_000.0);
    assert!(json["forecasts"]["cost"][2]["eac"].is_null());
    assert_eq!(json["forecasts"]["finish"][0]["date"], "2026-07-16");
    assert_eq!(json["series"][2]["ev"], 55_000.0);
    assert_eq!(json["series"][3]["period_end"], "2026-04-30");
    assert!(json["series"][3]["ev"].is_null());
    assert_eq!(json["tasks"][2]["ac"], 36_000.0);
    // The other project's diagnostic is not in it.
    assert_eq!(json["diagnostics"].as_array().unwrap().len(), 1);
    assert_eq!(json["diagnostics"][0]["row"], 17);
    assert_eq!(json["trust"]["grade"], "B");
}

#[test]
fn the_keys_of_the_json_stand_in_the_order_of_the_contract() {
    let document = report(&Settings::default());
    let text = document.machine.text();
    let places = |indent: usize, keys: &[&str]| -> Vec<usize> {
        let place = |key: &&str| {
            text.find(&format!("\n{:indent$}\"{key}\": ", "")).unwrap_or_else(|| panic!("{key}"))
        };
        keys.iter().map(place).collect()
    };
    let top = [
        "schema",
        "project",
        "status_date",
        "currency",
        "metrics",
        "reasons",
        "forecasts",
        "series",
        "network",
        "tasks",
        "diagnostics",
        "trust",
    ];
    assert!(places(2, &top).is_sorted(), "{text}");
    let metrics = [
        "bac",
        "pv",
        "ev",
        "ac",
        "sv",
        "cv",
        "spi",
        "cpi",
        "es_date",
        "es_periods",
        "sv_t",
        "spi_t",
        "eac",
        "etc",
        "vac",
        "tcpi_bac",
        "tcpi_eac",
        "p_factor",
    ];
    assert!(places(4, &metrics).is_sorted(), "{text}");
}

#[test]
fn the_executive_summary_is_page_one_alone() {
    let template = Template::built_in("executive").unwrap();
    let document =
        report(&Settings { template, marking: Some("Internal".to_owned()), ..Settings::default() });
    assert!(document.sections.is_empty());
    assert_eq!(document.stem, "harbour-executive-2026-03-31");
    assert_eq!(document.marking.as_deref(), Some("Internal"));
    assert_eq!(document.front.figures.len(), 8);
    // Without tables there is nothing to sum.
    assert!(document.measures.iter().all(|measure| !matches!(measure.live, Live::Total { .. })));
}

#[test]
fn several_projects_get_a_portfolio() {
    let (mut portfolio, mut findings, problems) = example::all();
    portfolio.projects.push(crate::model::Project { id: "Harbour".to_owned(), ..example::project() });
    findings.projects.push(example::found());
    let documents = compose(&portfolio, &findings, &problems, &Settings::default());
    let stems: Vec<&str> = documents.iter().map(|document| document.stem.as_str()).collect();
    assert_eq!(
        stems,
        ["harbour-status-2026-03-31", "Harbour-status-2026-03-31", "portfolio-status-2026-03-31"]
    );
    let last = &documents[2];
    let json: serde_json::Value = serde_json::from_str(last.machine.text()).unwrap();
    assert_eq!(json["schema"], "earnest/portfolio/1");
    assert_eq!(json["projects"].as_array().unwrap().len(), 2);
    let table = tables(&last.sections[0].blocks).next().unwrap();
    assert_eq!(money(&table.totals.as_ref().unwrap().cells[2]), example::thousand(230));
}

#[test]
fn a_report_of_nothing_is_composed_too() {
    let (mut portfolio, mut findings, _) = example::all();
    portfolio.projects[0] =
        crate::model::Project { id: "empty".to_owned(), ..crate::model::Project::default() };
    let found = &mut findings.projects[0];
    found.tasks.clear();
    found.series.clear();
    found.milestones.clear();
    found.measures = example::measures([0, 0, 0, 0]);
    let documents = compose(&portfolio, &findings, &Diagnostics::default(), &Settings::default());
    assert!(documents[0].front.chart.is_none());
    assert!(!documents[0].front.narrative.is_empty());
}

#[test]
fn an_id_becomes_a_file_name() {
    assert_eq!(file_safe("Projekt 7/Süd"), "Projekt-7-Süd");
    assert_eq!(file_safe("../etc"), "etc");
    assert_eq!(file_safe("///"), "project");
}

/// The whole text of the report; `EARNEST_BLESS=1` writes it anew.
#[test]
fn the_report_reads_as_agreed() {
    let text = report(&Settings::default()).outline();
    let path = concat!(env!("CARGO_MANIFEST_DIR"), "/tests/golden/harbour-status.txt");
    if std::env::var_os("EARNEST_BLESS").is_some() {
        std::fs::create_dir_all(concat!(env!("CARGO_MANIFEST_DIR"), "/tests/golden")).unwrap();
        #[expect(clippy::disallowed_methods, reason = "the blessed text of a test is no delivery")]
        std::fs::write(path, &text).unwrap();
    }
    let agreed = std::fs::read_to_string(path).unwrap_or_default();
    assert!(agreed == text, "{path} differs; look at it with EARNEST_BLESS=1 and git diff\n{text}");
}
