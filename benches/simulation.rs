//! The simulation on one thread: 200 tasks x 100,000 trials by PERT and triangular, 1,000 tasks x 10,000 trials,
//! and its growth with tasks, links and trials.
//!
//! `cargo bench --bench simulation`. With a folder (`-- FOLDER`) the first project in it is simulated as if
//! nothing had begun and nothing cost anything: for comparison with another program on the same files.

#![allow(
    clippy::expect_used,
    clippy::print_stdout,
    clippy::cast_possible_truncation,
    clippy::cast_precision_loss,
    reason = "a benchmark prints, and stops where it cannot go on"
)]

use std::path::PathBuf;
use std::time::{Duration, Instant};

use chrono::NaiveDate;
use earnest::analysis::network::{self, Network};
use earnest::analysis::risk::RiskFindings;
use earnest::analysis::simulation::{Distribution, Given, Settings, Simulation, simulate};
use earnest::analysis::{self, TaskValue};
use earnest::calendar::{Moment, WorkCalendar};
use earnest::diagnostic::Diagnostics;
use earnest::model::{Link, Magnitude, Origin, Portfolio, Project, RelationType, Risk, Task};
use earnest::quantity::{Money, Work};
use earnest::{assembly, intake, source};

const RUNS: usize = 5;

fn main() {
    let folder = std::env::args().skip(1).find(|argument| !argument.starts_with("--")).map(PathBuf::from);
    let project = folder.map_or_else(|| generated(200, 2), |folder| first_of(&folder));
    let pool = rayon::ThreadPoolBuilder::new().num_threads(1).build().expect("a pool of one thread");
    pool.install(|| compare(&project));
}

fn compare(project: &Project) {
    println!(
        "{:<44} {:>8} {:>8} {:>8} {:>8}",
        "one thread, least of the runs", "seconds", "mean", "P50", "P80"
    );
    for (name, distribution) in [("PERT", Distribution::Pert), ("triangular", Distribution::Triangular)] {
        told(&format!("{} tasks x 100,000, {name}", project.tasks.len()), project, 100_000, distribution);
    }
    let pert = Distribution::Pert;
    told("1,000 tasks x 10,000, PERT", &generated(1_000, 2), 10_000, pert);
    let base = told("400 tasks x 20,000, PERT", &generated(400, 2), 20_000, pert);
    let tasks = told("... twice the tasks", &generated(800, 2), 20_000, pert);
    let links = told("... twice the links", &generated(400, 4), 20_000, pert);
    let trials = told("... twice the trials", &generated(400, 2), 40_000, pert);
    println!(
        "growth when doubled: tasks {:.2}, links {:.2}, trials {:.2}",
        tasks / base,
        links / base,
        trials / base
    );
}

/// Simulates and prints; the seconds.
fn told(name: &str, project: &Project, iterations: u32, distribution: Distribution) -> f64 {
    let prepared = Prepared::new(project.clone());
    let settings = Settings { iterations, distribution, seed: 7, ..Settings::default() };
    let mut least = Duration::MAX;
    let mut found = None;
    for _ in 0..RUNS {
        let since = Instant::now();
        found = Some(prepared.simulate(&settings));
        least = least.min(since.elapsed());
    }
    let finish = found.expect("at least one run").finish;
    let seconds = least.as_secs_f64();
    println!("{name:<44} {seconds:>8.4} {:>8.2} {:>8.2} {:>8.2}", finish.mean, finish.p50(), finish.p80());
    seconds
}

/// A project with what the simulation rests on.
struct Prepared {
    project: Project,
    values: Vec<TaskValue>,
    network: Network,
    risk: RiskFindings,
    status: Moment,
}

impl Prepared {
    fn new(mut project: Project) -> Self {
        for task in &mut project.tasks {
            (task.percent_complete, task.actual_start, task.actual_finish) = (None, None, None);
            task.baseline_cost = None;
        }
        let day = NaiveDate::from_ymd_opt(2025, 1, 1).expect("a day");
        let status = day.into();
        let settings = analysis::Settings {
            status_date: Some(earnest::calendar::StatusDate(status)),
            simulation: Settings { iterations: 0, ..Settings::default() },
            ..analysis::Settings::default()
        };
        let portfolio = Portfolio { projects: vec![project], ..Portfolio::default() };
        let found = analysis::analyze(&portfolio, &settings).projects.remove(0);
        let project = portfolio.projects.into_iter().next().expect("the project");
        let network = network::network(&project, &found.tasks, status, &network::Settings::default());
        let network = network.expect("a network");
        Self { project, values: found.tasks, network, risk: found.risk, status }
    }

    fn simulate(&self, settings: &Settings) -> Simulation {
        let given = Given {
            values: &self.values,
            network: &self.network,
            risk: &self.risk,
            status: self.status,
            spent: Ok(Money::ZERO),
            beside: Money::ZERO,
            budget: Money::ZERO,
            baseline: None,
        };
        simulate(&self.project, &given, settings).expect("something to simulate")
    }
}

/// Tasks of 1 to 20 days, each with this many of the twenty tasks before it as predecessors, and twelve risks.
fn generated(tasks: usize, links: usize) -> Project {
    let mut state = 7_u64;
    let mut next = |below: u64| {
        state = state.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        (state >> 33) % below
    };
    let days = |tenths: u64| Work(2_880 * i64::try_from(tenths).unwrap_or(0));
    let mut project =
        Project { id: "bench".into(), calendars: vec![WorkCalendar::default()], ..Project::default() };
    for index in 0..tasks {
        let likely = 10 * (1 + next(20));
        let (low, high) = (likely * (60 + next(35)) / 100, likely * (110 + next(140)) / 100);
        project.tasks.push(Task {
            id: format!("T{index}").into(),
            duration: Some(days(likely)),
            three_point: Some((days(low), days(likely), days(high))),
            ..Task::default()
        });
        let mut before: Vec<usize> =
            (0..links).filter_map(|_| index.checked_sub(1 + next(20) as usize)).collect();
        before.sort_unstable();
        before.dedup();
        project.links.extend(before.into_iter().map(|predecessor| Link {
            predecessor,
            successor: index,
            relation: RelationType::Fs,
            lag: Work::ZERO,
            elapsed: false,
            share: 0.0,
            origin: Origin::default(),
        }));
    }
    for index in 0..12 {
        let likely = 2.0 + next(28) as f64;
        project.risks.push(Risk {
            id: format!("R{index}"),
            probability: Some(Magnitude::of(0.05 + next(50) as f64 / 100.0)),
            impact_days: Some(Magnitude::Points(likely / 2.0, likely, likely * 2.0)),
            tasks: vec![next(tasks as u64) as usize],
            ..Risk::default()
        });
    }
    project
}

/// The first project of a folder of tables.
fn first_of(folder: &std::path::Path) -> Project {
    let mut problems = Diagnostics::default();
    let sources = source::read(&[folder.to_owned()], &mut problems).expect("a folder of tables");
    let records = intake::check(&sources, &intake::Settings::default(), &mut problems);
    assembly::assemble(records, &mut problems).projects.into_iter().next().expect("a project")
}
