//! The last report: found where it is named and nowhere else, one a project, the same bytes every time.

#![allow(
    clippy::unwrap_used,
    clippy::panic,
    clippy::disallowed_methods,
    reason = "a test stops where it cannot go on and writes files"
)]

use std::collections::BTreeMap;
use std::fs;
use std::path::Path;
use std::process::{Command, Output};

use serde_json::Value;

fn earnest(arguments: &[&str], folder: &Path) -> Output {
    Command::new(env!("CARGO_BIN_EXE_earnest")).args(arguments).current_dir(folder).output().unwrap()
}

fn sample(name: &str) -> String {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("sample-data").join(name).to_string_lossy().into_owned()
}

/// Reports on a day to JSON, and says with which exit code.
fn report(input: &str, day: &str, more: &[&str], folder: &Path) -> Option<i32> {
    let arguments = ["report", "-q", input, "--status-date", day, "--format", "json"];
    earnest(&[&arguments, more].concat(), folder).status.code()
}

fn json(folder: &Path, name: &str) -> Value {
    serde_json::from_slice(&fs::read(folder.join(name)).unwrap()).unwrap()
}

/// The codes and files of what was found wrong.
fn problems(folder: &Path) -> Vec<(String, String)> {
    let rows = csv::Reader::from_path(folder.join("problems.csv")).unwrap().into_records();
    rows.map(|row| row.unwrap()).map(|row| (row[1].to_owned(), row[2].to_owned())).collect()
}

fn bytes(folder: &Path) -> BTreeMap<String, Vec<u8>> {
    let files = fs::read_dir(folder).unwrap().map(|entry| entry.unwrap().path());
    let named = files
        .map(|path| (path.file_name().unwrap().to_string_lossy().into_owned(), fs::read(&path).unwrap()));
    named.filter(|(name, _)| !name.starts_with('.')).collect()
}

const FEBRUARY: &str = "reports/atlas-status-2026-02-28.json";
const MARCH: &str = "reports/atlas-status-2026-03-31.json";

#[test]
fn a_month_later_the_report_says_what_changed() {
    let folder = tempfile::tempdir().unwrap();
    let at = folder.path();
    let atlas = sample("atlas");
    assert_eq!(report(&atlas, "2026-02-28", &[], at), Some(0));
    assert_eq!(report(&atlas, "2026-03-31", &["--previous", FEBRUARY], at), Some(0));
    let (then, now) = (json(at, FEBRUARY), json(at, MARCH));
    assert!(then["previous"].is_null() && then["metrics"]["cei"].is_null());
    let since = &now["previous"];
    assert_eq!((since["file"].as_str(), since["status_date"].as_str()), (Some(FEBRUARY), Some("2026-02-28")));
    // Then and now are what both reports say.
    for (id, metric) in [("cpi", "cpi"), ("eac", "eac"), ("spi_t", "spi_t"), ("pct_complete", "pct_complete")]
    {
        let figure = since["figures"].as_array().unwrap().iter().find(|figure| figure["id"] == id).unwrap();
        assert_eq!(
            (&figure["then"], &figure["now"]),
            (&then["metrics"][metric], &now["metrics"][metric]),
            "{id}"
        );
        let change = now["metrics"][metric].as_f64().unwrap() - then["metrics"][metric].as_f64().unwrap();
        assert!((figure["change"].as_f64().unwrap() - change).abs() < 1e-6, "{id}");
    }
    for (place, rated) in since["health"].as_array().unwrap().iter().enumerate() {
        assert_eq!(rated["now"], now["health"][place]["rating"]);
    }
    // CEI, counted from the tasks of both.
    let tasks = |report: &Value| -> BTreeMap<String, Value> {
        let tasks = report["tasks"].as_array().unwrap().iter().filter(|task| task["summary"] == false);
        tasks.map(|task| (task["id"].as_str().unwrap().to_owned(), task.clone())).collect()
    };
    let (before, after) = (tasks(&then), tasks(&now));
    let due: Vec<&String> = before
        .iter()
        .filter(|(_, task)| task["finished"] == false)
        .filter(|(_, task)| task["forecast_finish"].as_str().is_some_and(|finish| finish <= "2026-03-31"))
        .map(|(id, _)| id)
        .collect();
    let met = due.iter().filter(|id| after[**id]["finished"] == true).count();
    assert!(due.len() >= 4, "{due:?}");
    let count = |count: usize| f64::from(u32::try_from(count).unwrap());
    assert_eq!(now["metrics"]["forecast_due"].as_f64(), Some(count(due.len())));
    assert_eq!(now["metrics"]["cei"].as_f64(), Some(count(met) / count(due.len())));
    let check =
        now["schedule_health"].as_array().unwrap().iter().find(|check| check["check"] == "cei").unwrap();
    assert_eq!(check["value"], now["metrics"]["cei"]);
    // The last report is one of the inputs.
    let manifest = json(at, "reports/manifest.json");
    let inputs = manifest["inputs"].as_array().unwrap();
    let input = inputs.iter().find(|input| input["name"] == FEBRUARY).unwrap();
    assert_eq!(input["sha256"].as_str().map(str::len), Some(64));
}

#[test]
fn the_output_folder_may_be_where_the_last_report_is() {
    let folder = tempfile::tempdir().unwrap();
    let at = folder.path();
    let atlas = sample("atlas");
    let run = |day: &str| {
        let arguments = ["report", "-q", &atlas, "--status-date", day, "--previous", "reports"];
        assert_eq!(earnest(&arguments, at).status.code(), Some(0));
        bytes(&at.join("reports"))
    };
    // The first time the folder is not there yet: nothing to compare with, and nothing wrong.
    run("2026-02-28");
    assert!(problems(&at.join("reports")).contains(&("N401".to_owned(), "reports".to_owned())));
    let first = run("2026-03-31");
    assert!(!problems(&at.join("reports")).iter().any(|(code, _)| code == "N401"));
    let second = run("2026-03-31");
    let differing: Vec<&String> = first.keys().filter(|name| first[*name] != second[*name]).collect();
    assert_eq!((first.len(), second.len(), differing), (second.len(), first.len(), Vec::<&String>::new()));
    assert_eq!(json(at, MARCH)["previous"]["file"], FEBRUARY);
    // A look back finds nothing before it.
    run("2026-02-28");
    assert!(json(at, FEBRUARY)["previous"].is_null());
}

#[test]
fn of_several_the_latest_that_can_be_read_counts() {
    let folder = tempfile::tempdir().unwrap();
    let at = folder.path();
    let atlas = sample("atlas");
    for day in ["2026-01-31", "2026-02-28"] {
        assert_eq!(report(&atlas, day, &[], at), Some(0));
    }
    let whole = fs::read(at.join(FEBRUARY)).unwrap();
    fs::write(at.join(FEBRUARY), &whole[..whole.len() / 2]).unwrap();
    assert_eq!(report(&atlas, "2026-03-31", &["--previous", "reports"], at), Some(3));
    assert_eq!(json(at, MARCH)["previous"]["status_date"], "2026-01-31");
    assert!(problems(&at.join("reports")).contains(&("E009".to_owned(), FEBRUARY.to_owned())));
    fs::remove_file(at.join(FEBRUARY)).unwrap();
    fs::write(at.join(FEBRUARY), &whole).unwrap();
    assert_eq!(report(&atlas, "2026-03-31", &["--previous", "reports"], at), Some(0));
    assert_eq!(json(at, MARCH)["previous"]["status_date"], "2026-02-28");
}

#[test]
fn a_report_without_the_keys_of_today_is_compared_as_far_as_it_goes() {
    let folder = tempfile::tempdir().unwrap();
    let at = folder.path();
    let atlas = sample("atlas");
    let bare = r#"{"schema": "earnest/report/1", "project": {"id": "atlas", "name": "<b>=1+1"}, "status_date": "2026-02-28",
        "currency": "EUR", "metrics": {"cpi": 0.5}, "health": [{"dimension": "Overall", "rating": "green", "shade": 7}], "of_2031": {}}"#;
    fs::write(at.join("old.json"), bare).unwrap();
    assert_eq!(report(&atlas, "2026-03-31", &["--previous", "old.json"], at), Some(0));
    let now = json(at, MARCH);
    assert_eq!(now["previous"]["health"][0]["then"], "green");
    assert!(now["previous"]["forecast"].is_null() && now["previous"]["risks"].is_null());
    assert_eq!(now["reasons"]["cei"], "the last report has no forecasts of its tasks");
    // Health got worse: page 1 says so.
    let narrative = now["narrative"].as_array().unwrap();
    assert!(narrative.len() <= 5);
    assert!(
        narrative.iter().any(|said| said.as_str().unwrap().contains("went from green to red")),
        "{narrative:?}"
    );
}

#[test]
fn what_cannot_be_the_last_report_is_said() {
    let folder = tempfile::tempdir().unwrap();
    let at = folder.path();
    let atlas = sample("atlas");
    assert_eq!(report(&atlas, "2026-03-31", &["--previous", "nowhere.json"], at), Some(3));
    assert!(problems(&at.join("reports")).contains(&("E008".to_owned(), "nowhere.json".to_owned())));
    // Its own report is no earlier one.
    assert_eq!(report(&atlas, "2026-03-31", &["--previous", MARCH], at), Some(0));
    assert!(problems(&at.join("reports")).contains(&("W406".to_owned(), MARCH.to_owned())));
    assert!(json(at, MARCH)["previous"].is_null());
}

#[test]
fn every_project_of_a_portfolio_finds_its_own() {
    let folder = tempfile::tempdir().unwrap();
    let at = folder.path();
    let portfolio = sample("portfolio");
    let first = report(&portfolio, "2026-02-28", &["--out", "last"], at);
    assert!(matches!(first, Some(0 | 3)));
    assert_eq!(report(&portfolio, "2026-03-31", &["--previous", "last"], at), first);
    let mut compared = 0;
    for name in
        bytes(&at.join("reports")).into_keys().filter(|name| name.ends_with("-status-2026-03-31.json"))
    {
        let now = json(&at.join("reports"), &name);
        if now["schema"] == "earnest/report/1" {
            let id = now["project"]["id"].as_str().unwrap();
            assert_eq!(now["previous"]["file"].as_str(), Some(&*format!("last/{id}-status-2026-02-28.json")));
            compared += 1;
        }
    }
    assert_eq!(compared, 6);
}

#[test]
fn the_settings_may_name_it_beside_them() {
    let folder = tempfile::tempdir().unwrap();
    let at = folder.path();
    let atlas = sample("atlas");
    assert_eq!(report(&atlas, "2026-02-28", &["--out", "project/last"], at), Some(0));
    fs::write(at.join("project/earnest.toml"), "[report]\nprevious = \"last\"\n").unwrap();
    assert_eq!(report(&atlas, "2026-03-31", &["--config", "project/earnest.toml"], at), Some(0));
    assert_eq!(json(at, MARCH)["previous"]["file"], "project/last/atlas-status-2026-02-28.json");
}
