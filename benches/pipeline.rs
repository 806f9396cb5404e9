//! Every stage of the flow at sizes S, M and L, and the whole of it, against the physical limit (reading the
//! same bytes) and against itself (time a task must not grow with the number of tasks).
//!
//! `cargo bench --bench pipeline`. The least of several runs is shown: noise only adds.

#![allow(
    clippy::expect_used,
    clippy::print_stdout,
    clippy::disallowed_methods,
    clippy::cast_possible_truncation,
    clippy::cast_precision_loss,
    clippy::type_complexity,
    clippy::many_single_char_names,
    reason = "a benchmark prints, and stops where it cannot go on"
)]

use std::time::{Duration, Instant};

use earnest::config::{Flags, Settings};
use earnest::pipeline::{self, Stage};

/// Name, projects, tasks in each, runs.
const SIZES: [(&str, usize, usize, usize); 3] = [("S", 1, 60, 9), ("M", 20, 200, 5), ("L", 100, 400, 3)];

const STAGES: [Stage; 6] =
    [Stage::Read, Stage::Check, Stage::Assemble, Stage::Analyze, Stage::Render, Stage::Deliver];

fn main() {
    println!("{:<10} {:>12} {:>12} {:>12}   microseconds a task, least of the runs", "stage", "S", "M", "L");
    let columns: Vec<(f64, Vec<f64>, f64)> = SIZES.map(measure).into();
    let line = |name: &str, pick: &dyn Fn(&(f64, Vec<f64>, f64)) -> f64| {
        let cells: Vec<String> = columns.iter().map(|column| format!("{:>12.2}", pick(column))).collect();
        println!("{name:<10} {}", cells.join(" "));
    };
    line("limit", &|column| column.0);
    for (i, stage) in STAGES.iter().enumerate() {
        line(stage.name(), &|column| column.1[i]);
    }
    line("whole", &|column| column.2);
    let growth = columns[2].2 / columns[1].2;
    println!(
        "\nwhole / limit at L: {:.1}; growth of the time a task from M to L: {growth:.2}",
        columns[2].2 / columns[2].0
    );
}

/// Microseconds a task: reading the bytes, each stage, the whole.
fn measure((name, projects, tasks, runs): (&str, usize, usize, usize)) -> (f64, Vec<f64>, f64) {
    let folder = tempfile::tempdir().expect("a temporary folder");
    let input = folder.path().join(name);
    let files = earnest::sample::generate(projects, tasks, 7).into_iter();
    let files: Vec<_> = files.map(|(name, text)| (name, text.into_bytes())).collect();
    let paths = earnest::delivery::write_new(&input, &files).expect("files");
    let settings = Settings::load(&Flags {
        inputs: vec![input.clone()],
        out: Some(folder.path().join("out")),
        ..Flags::default()
    })
    .expect("settings");
    #[expect(clippy::cast_precision_loss, reason = "counts of tasks")]
    let each = |time: Duration| time.as_secs_f64() * 1e6 / (projects * tasks) as f64;
    let mut least = vec![Duration::MAX; STAGES.len()];
    let (mut whole, mut limit) = (Duration::MAX, Duration::MAX);
    for _ in 0..runs {
        let since = Instant::now();
        for path in &paths {
            std::hint::black_box(std::fs::read(path).expect("the bytes"));
        }
        limit = limit.min(since.elapsed());
        let since = Instant::now();
        let outcome = pipeline::run(&settings, false, &mut |_| ()).expect("a run");
        whole = whole.min(since.elapsed());
        for (least, (_, time)) in least.iter_mut().zip(&outcome.times) {
            *least = (*least).min(*time);
        }
    }
    (each(limit), least.into_iter().map(each).collect(), each(whole))
}
