//! The schedule network: passes over a million tasks, and a thousand projects of 200 tasks with calendars,
//! from their tasks and links to dates and floats.
//!
//! `cargo bench --bench network`. Where `EARNEST_PYTHON` (else `python3`) has networkx, the same kind of
//! network is scheduled with it in the same run, by `benches/networkx_pass.py`, and the ratio is printed.

#![allow(clippy::print_stdout, reason = "a benchmark tells its figures")]

use std::hint::black_box;
use std::process::Command;
use std::time::{Duration, Instant};

use chrono::NaiveDate;
use earnest::analysis::network::plan::{Activity, Edge, Plan, Times};
use earnest::analysis::network::{Settings, network};
use earnest::calendar::{WorkCalendar, start_of_day};
use earnest::model::{Link, Origin, Project, RelationType, Task};
use earnest::quantity::Work;

const RUNS: usize = 7;
const DAY: i64 = 28_800;

fn main() {
    println!("forward and backward pass, one thread, least of {RUNS} runs");
    let mut million = Duration::ZERO;
    for count in [125_000, 250_000, 500_000, 1_000_000] {
        let (activities, edges) = layered(count);
        let compile = least(|| Plan::new(&activities, &[], &edges));
        let plan = Plan::new(&activities, &[], &edges);
        let (mut early, mut late) = (Times::default(), Times::default());
        let passes = least(|| {
            plan.forward(&plan.duration, &mut early);
            plan.backward(&plan.duration, plan.finish(&early), &mut late);
            early.0.last().copied()
        });
        let relabelled = shuffled(&activities, &edges);
        let compile_any = least(|| Plan::new(&relabelled.0, &[], &relabelled.1));
        let each = (compile + passes).as_secs_f64() * 1e9 / f64::from(count);
        println!(
            "  {count:>9} tasks, {:>9} links: compile {}, passes {}; {each:.0} ns a task; compile in no order {}",
            edges.len(),
            millis(compile),
            millis(passes),
            millis(compile_any)
        );
        million = compile + passes;
    }
    println!("  1,000,000 tasks: {} against a limit of 250 ms", millis(million));
    match networkx() {
        Some(peer) => {
            let times = peer / million.as_secs_f64();
            println!("  networkx on as many: {peer:.2} s, {times:.0} times as long");
        }
        None => println!("  networkx is not there to compare with (set EARNEST_PYTHON)"),
    }

    let projects: Vec<Project> = (0..1_000).map(project).collect();
    let status = start_of_day(day());
    let whole = least(|| {
        let finish =
            |project: &Project| network(project, &[], status, &Settings::default()).map(|n| n.finish).ok();
        projects.iter().filter_map(finish).max()
    });
    println!(
        "1,000 projects x 200 tasks with calendars, tasks and links to dates, floats and drivers: {} \
         (MPXJ on the same kind, measured apart: 4.5 s, {:.0} times as long)",
        millis(whole),
        4.5 / whole.as_secs_f64()
    );
}

/// The least time of several runs.
fn least<T>(mut work: impl FnMut() -> T) -> Duration {
    let time = |_| {
        let since = Instant::now();
        black_box(work());
        since.elapsed()
    };
    (0..RUNS).map(time).min().unwrap_or_default()
}

fn millis(time: Duration) -> String {
    format!("{:.1} ms", time.as_secs_f64() * 1e3)
}

/// Numbers that repeat: a linear congruential generator.
struct Numbers(u64);

impl Numbers {
    fn below(&mut self, limit: u64) -> u64 {
        self.0 = self.0.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        (self.0 >> 33) % limit
    }
}

/// Tasks of 1 to 20 days, each after one to three of the 200 before it.
fn layered(count: u32) -> (Vec<Activity>, Vec<Edge>) {
    let mut numbers = Numbers(3);
    let activities = (0..count)
        .map(|_| Activity { duration: (1 + numbers.below(20).cast_signed()) * DAY, ..Activity::default() })
        .collect();
    let mut edges = Vec::new();
    for successor in 0..count {
        for _ in 0..=numbers.below(3) {
            let back = u32::try_from(1 + numbers.below(199)).unwrap_or(1);
            if let Some(predecessor) = successor.checked_sub(back) {
                let relation = RelationType::Fs;
                edges.push(Edge { predecessor, successor, relation, lag: 0, calendar: 0, link: 0 });
            }
        }
    }
    (activities, edges)
}

/// The same network with its tasks in no order.
fn shuffled(activities: &[Activity], edges: &[Edge]) -> (Vec<Activity>, Vec<Edge>) {
    let mut numbers = Numbers(5);
    let mut place: Vec<u32> = (0..).take(activities.len()).collect();
    for i in (1..place.len()).rev() {
        let other = usize::try_from(numbers.below(i as u64 + 1)).unwrap_or(0);
        place.swap(i, other);
    }
    let mut mixed = vec![Activity::default(); activities.len()];
    for (activity, &to) in activities.iter().zip(&place) {
        mixed[to as usize] = *activity;
    }
    let at = |activity: u32| place[activity as usize];
    let edges = edges
        .iter()
        .map(|edge| Edge { predecessor: at(edge.predecessor), successor: at(edge.successor), ..*edge })
        .collect();
    (mixed, edges)
}

/// Monday, 5 January 2026.
fn day() -> NaiveDate {
    NaiveDate::from_ymd_opt(2026, 1, 5).unwrap_or_default()
}

/// 200 tasks on a calendar with holidays and a second calendar, all four relations, lags and leads.
fn project(number: u64) -> Project {
    let mut numbers = Numbers(number + 1);
    let week = |days: usize, span: Vec<(u32, u32)>| {
        std::array::from_fn(|i| if i < days { span.clone() } else { Vec::new() })
    };
    let holidays = (0..12).map(|month| (day() + chrono::Days::new(month * 30 + 7), Vec::new())).collect();
    let office = WorkCalendar::new("office", week(5, vec![(28_800, 43_200), (46_800, 61_200)]), holidays);
    let shop = WorkCalendar::new("shop", week(6, vec![(21_600, 50_400)]), [].into());
    let tasks = (0..200)
        .map(|i| Task {
            id: format!("T{i}").into(),
            duration: Some(Work((1 + numbers.below(20).cast_signed()) * DAY)),
            calendar: usize::from(number.is_multiple_of(4) && i % 10 == 0),
            ..Task::default()
        })
        .collect();
    let relations =
        [RelationType::Fs, RelationType::Fs, RelationType::Ss, RelationType::Ff, RelationType::Sf];
    let mut links = Vec::new();
    for successor in 1..200_u64 {
        for _ in 0..=numbers.below(2) {
            let predecessor = successor - 1 - numbers.below(successor.min(30));
            links.push(Link {
                predecessor: usize::try_from(predecessor).unwrap_or(0),
                successor: usize::try_from(successor).unwrap_or(0),
                relation: relations[usize::try_from(numbers.below(5)).unwrap_or(0)],
                lag: Work((numbers.below(7).cast_signed() - 2) * DAY),
                elapsed: false,
                share: 0.0,
                origin: Origin::default(),
            });
        }
    }
    let mut project = Project { tasks, links, calendars: vec![office, shop], ..Project::default() };
    project.charter.start = Some(start_of_day(day()));
    project
}

/// Seconds that networkx takes for a million tasks, graph and both passes; `None` where it is not installed.
fn networkx() -> Option<f64> {
    let python = std::env::var("EARNEST_PYTHON").unwrap_or_else(|_| "python3".to_owned());
    let script = concat!(env!("CARGO_MANIFEST_DIR"), "/benches/networkx_pass.py");
    let done = Command::new(python).args([script, "1000000"]).output().ok()?;
    String::from_utf8(done.stdout).ok()?.trim().parse().ok()
}
