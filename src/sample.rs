//! Sample projects: believable IT projects of any size, made from a seed.
//!
//! Serves `earnest sample`, benchmarks and property tests. The same seed makes the same bytes on every
//! machine; nothing is read from the clock. Figures hang together: hours are booked on the days of
//! their task by its owner, cost is posted when a task begins, the budget is the sum of its tasks.
//! Each project has a temper (how much it underestimated), one phase in which things went wrong, and
//! rows like real ones: meetings booked on no task, hours booked after a task was closed.

mod course;
mod plan;
mod project;
mod random;
mod table;
mod words;
mod workdays;

use chrono::NaiveDate;

use random::Random;

/// The day all sample data speaks of: 31 May 2026.
#[must_use]
pub fn status_date() -> NaiveDate {
    NaiveDate::from_ymd_opt(2026, 5, 31).unwrap_or_default()
}

/// Makes so many projects of about so many tasks each: `(path, text)` of CSV tables, a folder a project,
/// in order of their paths' projects. The text grows with the number of tasks.
#[must_use]
pub fn generate(projects: usize, tasks: usize, seed: u64) -> Vec<(String, String)> {
    (0..projects).flat_map(|index| one(index, tasks, seed)).collect()
}

/// The tables of one project: what it is depends on its index and the seed, not on how many others there are.
fn one(index: usize, tasks: usize, seed: u64) -> Vec<(String, String)> {
    let mut random = Random::of(seed, index as u64);
    let (name, key) = words::PROJECTS[index % words::PROJECTS.len()];
    let round = index / words::PROJECTS.len() + 1;
    let (name, key) = if round > 1 {
        (format!("{name} {round}"), format!("{key}{round}"))
    } else {
        (name.to_owned(), key.to_owned())
    };
    let folder = name.to_lowercase().replace(' ', "-");
    let plan = plan::Plan::new(&key, tasks, &mut random);
    let courses = course::play(&plan, &mut random);
    let tables =
        project::Project::new(&name, plan, courses, elapsed_share(index), &mut random).tables(&mut random);
    tables.into_iter().map(|(table, text)| (format!("{folder}/{table}.csv"), text)).collect()
}

/// How much of its planned time has passed: spread evenly over projects, from a quarter to a little over.
fn elapsed_share(index: usize) -> f64 {
    let golden = 0.618_033_988_749_895;
    #[expect(clippy::cast_precision_loss, reason = "the number of a project is small")]
    let spread = (0.3 + index as f64 * golden).fract();
    0.25 + 0.8 * spread
}

#[cfg(test)]
mod tests {
    use std::collections::{BTreeMap, BTreeSet};

    use super::*;

    /// The fields of a table by header.
    fn rows(files: &[(String, String)], path: &str) -> Vec<BTreeMap<String, String>> {
        let text = &files.iter().find(|(name, _)| name == path).unwrap().1;
        let mut lines = text.lines();
        let header: Vec<String> = lines.next().unwrap().split(',').map(str::to_owned).collect();
        lines.map(|line| header.iter().cloned().zip(line.split(',').map(str::to_owned)).collect()).collect()
    }

    fn sum<'a>(rows: impl Iterator<Item = &'a BTreeMap<String, String>>, column: &str) -> f64 {
        rows.filter_map(|row| row[column].parse::<f64>().ok()).sum()
    }

    #[test]
    fn the_same_seed_makes_the_same_bytes() {
        assert_eq!(generate(2, 40, 7), generate(2, 40, 7));
        assert_ne!(generate(1, 40, 7), generate(1, 40, 8));
        assert_eq!(
            generate(3, 40, 7)[..8],
            generate(1, 40, 7)[..],
            "a project does not depend on the others"
        );
    }

    #[test]
    fn figures_hang_together() {
        for seed in 1..=12 {
            let files = generate(1, 60, seed);
            let of = |table: &str| rows(&files, &format!("payments-platform/{table}.csv"));
            let (tasks, budget, sheets) = (of("tasks"), of("budget"), of("timesheets"));
            assert!((50..=80).contains(&tasks.len()), "{} rows", tasks.len());
            let planned = sum(budget.iter().filter(|row| row["kind"] == "baseline"), "amount");
            assert!(
                (planned - sum(tasks.iter(), "baseline_cost")).abs() < 0.005,
                "the budget is the sum of its tasks"
            );
            let ids: BTreeSet<&str> = tasks.iter().map(|row| row["id"].as_str()).collect();
            assert_eq!(ids.len(), tasks.len());
            let people: BTreeSet<String> = of("resources").iter().map(|row| row["person"].clone()).collect();
            let status = status_date().to_string();
            for row in &sheets {
                assert!(people.contains(&row["person"]));
                assert!(row["date"] <= status);
                assert!(
                    ids.contains(row["task"].as_str()) || row["task"] == "Team meeting",
                    "{}",
                    row["task"]
                );
            }
            for task in &tasks {
                for before in task["predecessors"].split(';').filter(|text| !text.is_empty()) {
                    let id = before.trim_end_matches("SS+3d").trim_end_matches("FS+2d");
                    assert!(ids.contains(id), "{before}");
                }
                assert!(task["baseline_start"] <= task["baseline_finish"], "{task:?}");
                assert!(task["actual_finish"] <= status && task["actual_start"] <= status);
                assert_eq!(task["percent_complete"] == "100%", !task["actual_finish"].is_empty(), "{task:?}");
                let booked = sum(sheets.iter().filter(|row| row["task"] == task["id"]), "hours");
                let said = task["actual_work"].trim_end_matches('h').parse::<f64>().unwrap_or(0.0);
                assert!((booked - said).abs() < 0.005, "{booked} hours booked, {said} said: {task:?}");
            }
        }
    }

    #[test]
    fn the_text_grows_with_the_tasks() {
        let size = |tasks| generate(1, tasks, 7).iter().map(|(_, text)| text.len()).sum::<usize>();
        let (small, large) = (size(200), size(2_000));
        assert!((5..=20).contains(&(large / small)), "{small} and {large} bytes");
    }
}
