//! The simulation against closed forms, against the network it runs through, and what must hold in any.
#![expect(clippy::float_cmp, reason = "where nothing varies, every trial is the same to the last digit")]

use proptest::prelude::*;

use super::*;
use crate::analysis::example::{axis, leaf, link};
use crate::analysis::network::network;
use crate::analysis::risk;
use crate::calendar::{PeriodKind, WorkCalendar, end_of_day, start_of_day};
use crate::model::Confidence::{High, Low};
use crate::model::RelationType::{Ff, Fs, Sf, Ss};
use crate::model::{ConstraintKind, Link, Magnitude, Risk, RiskKind, Task, TaskKind};
use crate::quantity::Work;

const DAY: i64 = 8 * 3_600;

/// Monday, 2 March 2026.
fn monday() -> chrono::NaiveDate {
    chrono::NaiveDate::from_ymd_opt(2026, 3, 2).unwrap()
}

/// A task with its three points in days.
fn task(id: &str, low: i64, likely: i64, high: i64) -> Task {
    let work = |days: i64| Work(days * DAY);
    Task {
        id: id.into(),
        kind: if high == 0 { TaskKind::Milestone } else { TaskKind::Task },
        duration: Some(work(likely)),
        three_point: Some((work(low), work(likely), work(high))),
        ..Task::default()
    }
}

fn project(tasks: Vec<Task>, links: Vec<Link>) -> Project {
    let mut project = Project {
        id: "P".into(),
        tasks,
        links,
        calendars: vec![WorkCalendar::default()],
        ..Project::default()
    };
    project.charter.start = Some(start_of_day(monday()));
    project
}

/// Tasks one after the other.
fn chain(tasks: Vec<Task>) -> Project {
    let links = (1..tasks.len()).map(|i| link(i - 1, i, Fs, 0)).collect();
    project(tasks, links)
}

fn values(project: &Project) -> Vec<TaskValue> {
    let value = |task: &Task| {
        let bac = task.baseline_cost.unwrap_or(Money::ZERO);
        let done = task.percent_complete.unwrap_or(0.0);
        let (_, value) = leaf(&task.id, 0, 0, 0, 0);
        TaskValue {
            bac,
            ev: bac.share(done),
            percent_complete: done,
            actual_start: task.actual_start,
            actual_finish: task.actual_finish,
            ..value
        }
    };
    project.tasks.iter().map(value).collect()
}

/// Runs the simulation at a status date, counted in days from the project's start.
fn run_at(project: &Project, status: u64, settings: &Settings) -> (Network, Simulation) {
    let values = values(project);
    let status = start_of_day(monday() + chrono::Days::new(status));
    let network = network(project, &values, status, &crate::analysis::network::Settings::default()).unwrap();
    let axis = axis("2026-03-01", PeriodKind::Month);
    let reserves = crate::analysis::Reserves::default();
    let risk = risk::risks(project, 0.0, &reserves, None, &axis, &risk::Scales::default());
    let bac = values.iter().map(|value| value.bac).sum();
    let given = Given {
        values: &values,
        network: &network,
        risk: &risk,
        status,
        spent: Ok(Money::ZERO),
        beside: Money::ZERO,
        budget: bac,
        baseline: Some(end_of_day(monday() + chrono::Days::new(30))),
    };
    let simulation = simulate(project, &given, settings).unwrap();
    (network, simulation)
}

fn run(project: &Project, settings: &Settings) -> Simulation {
    run_at(project, 0, settings).1
}

fn with(distribution: Distribution) -> Settings {
    Settings { distribution, iterations: 32_000, ..Settings::default() }
}

#[test]
fn a_chain_has_the_sum_of_means_and_variances() {
    let points = [(2_u8, 4_u8, 9_u8), (5, 6, 8), (1, 1, 4), (10, 15, 30), (3, 8, 9)];
    let tasks = points
        .iter()
        .enumerate()
        .map(|(i, (a, b, c))| task(&i.to_string(), i64::from(*a), i64::from(*b), i64::from(*c)))
        .collect();
    let project = chain(tasks);
    let sum = |of: &dyn Fn(f64, f64, f64) -> f64| -> f64 {
        points.iter().map(|(a, b, c)| of(f64::from(*a), f64::from(*b), f64::from(*c))).sum()
    };
    let pert = |a: f64, b: f64, c: f64| (a + 4.0 * b + c) / 6.0;
    let cases: [(Distribution, f64, f64); 5] = [
        (
            Distribution::Pert,
            sum(&pert),
            // Variance of the beta distribution with lambda 4: (mean - a)(c - mean) / 7.
            sum(&|a, b, c| (pert(a, b, c) - a) * (c - pert(a, b, c)) / 7.0),
        ),
        (
            Distribution::Triangular,
            sum(&|a, b, c| (a + b + c) / 3.0),
            sum(&|a, b, c| (a * a + b * b + c * c - a * b - a * c - b * c) / 18.0),
        ),
        (Distribution::Uniform, sum(&|a, _, c| f64::midpoint(a, c)), sum(&|a, _, c| (c - a).powi(2) / 12.0)),
        (Distribution::Normal, sum(&pert), sum(&|a, _, c| ((c - a) / 6.0).powi(2))),
        (Distribution::Lognormal, sum(&pert), sum(&|a, _, c| ((c - a) / 6.0).powi(2))),
    ];
    for (distribution, mean, variance) in cases {
        let found = run(&project, &with(distribution));
        let error = (variance / 32_000.0).sqrt();
        assert!(
            (found.finish.mean - mean).abs() < 4.0 * error + 1e-3,
            "{distribution:?}: {} not {mean}",
            found.finish.mean
        );
        assert!(
            (found.finish.sd / variance.sqrt() - 1.0).abs() < 0.02,
            "{distribution:?}: {}",
            found.finish.sd
        );
        assert!(found.tasks.iter().all(|task| (task.criticality - 1.0).abs() < 1e-12));
        // In a chain the squares of the cruciality are shares of the variance.
        let shares: f64 = found.tasks.iter().map(|task| task.cruciality.powi(2)).sum();
        assert!((shares - 1.0).abs() < 0.03, "{distribution:?}: {shares}");
    }
}

#[test]
fn what_does_not_vary_has_no_sensitivity() {
    let found = run(&chain(vec![task("A", 5, 5, 5), task("B", 2, 4, 9)]), &Settings::default());
    assert_eq!((found.tasks[0].ssi, found.tasks[0].cruciality, found.tasks[0].sd), (0.0, 0.0, 0.0));
    assert!((found.tasks[1].ssi - 1.0).abs() < 1e-3, "all of the variance is its own");
    let still = run(&chain(vec![task("A", 5, 5, 5), task("B", 4, 4, 4)]), &Settings::default());
    assert!(still.finish.sd < 1e-9 && still.tasks.iter().all(|task| task.ssi == 0.0));
    assert_eq!(still.finish.percentiles, [9.0; 5]);
}

#[test]
fn percentiles_rise_and_joint_confidence_is_the_lower() {
    let mut project = chain(vec![task("A", 3, 5, 12), task("B", 2, 4, 9)]);
    project.tasks[0].baseline_cost = Some(Money::from_units(5_000.0));
    project.tasks[1].baseline_cost = Some(Money::from_units(2_000.0));
    let found = run(&project, &Settings::default());
    assert!(found.finish.percentiles.is_sorted() && found.dates.is_sorted());
    let (cost, joint) = (found.cost.unwrap(), found.joint.unwrap());
    assert!(cost.percentiles.is_sorted());
    assert!(joint.both_p80 <= 0.8 + 1e-9 && joint.both_p80 > 0.6, "{}", joint.both_p80);
    assert!(joint.frontier.windows(2).all(|pair| pair[1].1 <= pair[0].1), "later is cheaper");
    // A costs 1,000 a day and B 500: the mean beyond the plan is theirs.
    let beyond = 1_000.0 * ((3.0 + 20.0 + 12.0) / 6.0 - 5.0) + 500.0 * ((2.0 + 16.0 + 9.0) / 6.0 - 4.0);
    assert!((cost.mean - 7_000.0 - beyond).abs() < 60.0, "{}", cost.mean);
}

#[test]
fn a_risk_happens_once_and_adds_its_delay() {
    let mut project = chain(vec![task("A", 5, 5, 5), task("B", 4, 4, 4)]);
    let risk = |id: &str, chance: f64, days: f64, tasks: &[usize]| Risk {
        id: id.into(),
        probability: Some(Magnitude::of(chance)),
        impact_days: Some(Magnitude::of(days)),
        impact_cost: Some(Magnitude::of(1_000.0)),
        tasks: tasks.to_vec(),
        ..Risk::default()
    };
    project.risks = vec![risk("R1", 0.3, 10.0, &[0])];
    let found = run(&project, &with(Distribution::Pert));
    // 30% x 10 days; P80 lies in the 30%, and without the risk there is none of it.
    assert!((found.finish.mean - 12.0).abs() < 0.1, "{}", found.finish.mean);
    assert_eq!((found.finish.p50(), found.finish.p80()), (9.0, 19.0));
    let effect = found.risks[0];
    assert!((effect.happened - 0.3).abs() < 0.01);
    assert_eq!((effect.finish_p80, effect.cost_p80), (Some(10.0), Some(1_000.0)));
    // On the project as a whole it delays the finish; what is certain adds to it in every trial, and an
    // opportunity takes away, though no task takes less than nothing.
    project.risks =
        vec![risk("R2", 1.0, 3.0, &[]), Risk { kind: RiskKind::Opportunity, ..risk("R3", 1.0, 7.0, &[1]) }];
    let found = run(&project, &Settings::default());
    assert_eq!(found.finish.percentiles, [5.0 + 0.0 + 3.0; 5]);
    assert_eq!(found.risks[0].finish_p80, None, "there is no trial without it");
}

#[test]
fn only_what_remains_varies() {
    let mut half = task("A", 4, 10, 40);
    half.percent_complete = Some(0.5);
    half.actual_start = Some(start_of_day(monday()));
    // On the second Monday, five working days on.
    let (_, found) = run_at(&chain(vec![half, task("B", 4, 4, 4)]), 7, &with(Distribution::Triangular));
    let mean = 5.0 + 0.5 * (4.0 + 10.0 + 40.0) / 3.0 + 4.0;
    assert!((found.finish.mean - mean).abs() < 0.1, "{} not {mean}", found.finish.mean);
    assert!((found.planned - 14.0).abs() < 1e-6);
}

#[test]
fn correlation_widens_a_chain() {
    let mut project = chain(vec![task("A", 0, 10, 20), task("B", 0, 10, 20)]);
    for task in &mut project.tasks {
        task.phase = Some("Build".into());
    }
    let apart = run(&project, &with(Distribution::Normal));
    let together = run(&project, &Settings { correlation: 0.6, ..with(Distribution::Normal) });
    // Normal with a copula of 0.6: the variance of the sum grows by that.
    let grown = (together.finish.sd / apart.finish.sd).powi(2);
    assert!((grown - 1.6).abs() < 0.05, "{grown}");
    assert!((together.finish.mean - apart.finish.mean).abs() < 0.15);
}

#[test]
fn tasks_without_three_points_vary_by_their_confidence() {
    let plain = |confidence| Task { three_point: None, confidence, ..task("A", 10, 10, 10) };
    let sd = |confidence| {
        run(&chain(vec![plain(confidence), task("B", 1, 1, 1)]), &with(Distribution::Triangular)).tasks[0].sd
    };
    // Triangular over 8.5, 10, 12 and 7, 10, 15: the closed form.
    let exact = |a: f64, b: f64, c: f64| ((a * a + b * b + c * c - a * b - a * c - b * c) / 18.0).sqrt();
    assert!((sd(Some(High)) / exact(8.5, 10.0, 12.0) - 1.0).abs() < 0.02);
    assert!((sd(Some(Low)) / exact(7.0, 10.0, 15.0) - 1.0).abs() < 0.02);
    assert!((sd(None) / exact(8.0, 10.0, 13.0) - 1.0).abs() < 0.02);
}

#[test]
fn the_shares_of_a_reserve_add_up() {
    let mut project = project(
        vec![task("A", 3, 5, 12), task("B", 2, 4, 9), task("C", 4, 6, 7), task("D", 1, 2, 3)],
        vec![link(0, 1, Fs, 0), link(0, 2, Fs, 0), link(1, 3, Fs, 0), link(2, 3, Fs, 0)],
    );
    for task in &mut project.tasks {
        task.baseline_cost = Some(Money::from_units(3_000.0));
        task.fixed_cost = Money::from_units(500.0);
    }
    project.risks = vec![Risk {
        id: "R".into(),
        probability: Some(Magnitude::of(0.4)),
        impact_days: Some(Magnitude::Points(1.0, 3.0, 8.0)),
        impact_cost: Some(Magnitude::Points(500.0, 800.0, 2_000.0)),
        tasks: vec![1],
        ..Risk::default()
    }];
    let found = run(&project, &Settings::default());
    let reserve = &found.reserve;
    let cost = found.cost.as_ref().unwrap();
    assert!((reserve.days - (found.finish.p80() - found.planned)).abs() < 1e-5);
    assert!((reserve.cost.unwrap() - (cost.p80() - found.base_cost)).abs() < 1e-3);
    let days: f64 = reserve.portions.iter().map(|portion| portion.days).sum();
    let money: f64 = reserve.portions.iter().map(|portion| portion.cost).sum();
    assert!((days - reserve.days).abs() < 1e-9 && (money - reserve.cost.unwrap()).abs() < 1e-6);
    assert_eq!(reserve.portions.len(), 5);
}

#[test]
fn the_number_of_threads_does_not_matter() {
    let project = chain(vec![task("A", 3, 5, 12), task("B", 2, 4, 9)]);
    let on = |threads| {
        let pool = rayon::ThreadPoolBuilder::new().num_threads(threads).build().unwrap();
        pool.install(|| run(&project, &Settings::default()))
    };
    let one = on(1);
    assert_eq!(one, on(2));
    assert_eq!(one, on(8));
    assert_ne!(one, run(&project, &Settings { seed: 2, ..Settings::default() }));
}

#[test]
fn a_lag_in_percent_follows_what_its_predecessor_takes() {
    // Half of four days as planned; half of what is drawn in a trial, so that the finish is one and a half times A.
    let lagged = |share| {
        let mut project = chain(vec![task("A", 2, 4, 12), task("B", 3, 3, 3)]);
        (project.links[0].lag, project.links[0].share) = (Work(2 * DAY), share);
        project
    };
    let settings =
        Settings { iterations: 200_000, distribution: Distribution::Triangular, ..Settings::default() };
    let fixed = run(&lagged(0.0), &settings).finish;
    let found = run(&lagged(0.5), &settings);
    // Triangular of 2, 4 and 12: mean 6, variance 84 / 18.
    let deviation = (84.0_f64 / 18.0).sqrt();
    assert!((fixed.mean - 11.0).abs() < 0.03 && (fixed.sd - deviation).abs() < 0.03);
    let finish = &found.finish;
    assert!((finish.mean - 12.0).abs() < 0.04, "{}", finish.mean);
    assert!((finish.sd - 1.5 * deviation).abs() < 0.04, "{}", finish.sd);
    assert!(found.tasks.iter().all(|task| task.criticality == 1.0));
}

#[test]
fn it_stops_when_p80_is_known_well_enough() {
    let project = chain(vec![task("A", 3, 5, 12), task("B", 2, 4, 9)]);
    let found =
        run(&project, &Settings { iterations: 1_000_000, standard_error: Some(0.05), ..Settings::default() });
    assert!(found.finish.p80_error <= 0.05 && found.iterations < 100_000, "{}", found.iterations);
    let rough = run(&project, &Settings { iterations: 100, ..Settings::default() });
    assert_eq!(rough.iterations, 128, "whole blocks");
}

/// A milestone with a lead of the whole task before it: nothing that is left ends later than what is finished.
#[test]
fn a_project_ends_no_sooner_than_what_is_finished() {
    let mut done = task("A", 1, 1, 1);
    done.percent_complete = Some(1.0);
    done.actual_start = Some(start_of_day(monday()));
    done.actual_finish = Some(end_of_day(monday()));
    let project = project(vec![done, task("M", 0, 0, 0)], vec![link(0, 1, Fs, -1)]);
    let (network, found) = run_at(&project, 0, &Settings { iterations: 64, ..Settings::default() });
    assert_eq!(network.duration, 1.0);
    assert_eq!(found.finish.mean, 1.0);
}

/// A network of tasks that do not vary, with every relation, leads and lags, constraints and progress.
fn networks() -> impl Strategy<Value = (Project, u64)> {
    let tasks = prop::collection::vec((0_i64..12, 0_usize..3, 0_u8..10, 0_u64..40), 2..14);
    let links = prop::collection::vec((0_usize..14, 0_usize..14, 0_usize..4, -3_i64..6), 1..30);
    (tasks, links, 0_u64..20, any::<bool>()).prop_map(|(tasks, links, status, mixed)| {
        let made = tasks.iter().enumerate().map(|(i, (days, calendar, kind, date))| {
            // Whether a moment between two calendars is an end or a beginning only milestones leave open.
            let days = &(*days).max(i64::from(mixed));
            let mut task = task(&i.to_string(), *days, *days, *days);
            task.calendar = if mixed { *calendar } else { 0 };
            task.constraint = match kind {
                0 => ConstraintKind::Snet,
                1 => ConstraintKind::Fnet,
                _ => ConstraintKind::Asap,
            };
            task.constraint_date = Some(start_of_day(monday() + chrono::Days::new(*date)));
            if *kind == 9 && *days > 0 {
                task.percent_complete = Some(0.5);
                task.actual_start = Some(start_of_day(monday()));
            }
            if *kind == 8 && *days > 0 {
                task.percent_complete = Some(1.0);
                task.actual_start = Some(start_of_day(monday()));
                task.actual_finish = Some(end_of_day(monday()));
            }
            task
        });
        let made: Vec<Task> = made.collect();
        let relations = [Fs, Ss, Ff, Sf];
        let links = links
            .into_iter()
            .filter(|(from, to, ..)| from < to && *to < made.len())
            // Where nothing varies, a lag in percent is the lag of the plan.
            .map(|(from, to, relation, lag)| Link {
                share: [0.0, 0.5, -0.25][relation % 3],
                ..link(from, to, relations[relation], lag)
            });
        let links: Vec<Link> = links.collect();
        let mut project = project(made, links);
        if project.links.is_empty() {
            project.links = vec![link(0, 1, Fs, 0)];
        }
        let six: [Vec<(u32, u32)>; 7] =
            std::array::from_fn(|day| if day < 6 { vec![(8 * 3_600, 16 * 3_600)] } else { Vec::new() });
        let holidays = (0..3).map(|n| (monday() + chrono::Days::new(n * 7 + 2), Vec::new())).collect();
        project.calendars.push(WorkCalendar::new("six", six.clone(), std::collections::BTreeMap::new()));
        project.calendars.push(WorkCalendar::new("feasts", six, holidays));
        (project, status)
    })
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 300, ..ProptestConfig::default() })]

    /// Where nothing varies, every trial is the network itself: its finish, and its critical tasks.
    #[test]
    fn without_variance_a_trial_is_the_network((project, status) in networks()) {
        let values = values(&project);
        let all_done = values.iter().all(|value| value.percent_complete >= 1.0);
        prop_assume!(!all_done);
        let (network, found) = run_at(&project, status, &Settings { iterations: 64, ..Settings::default() });
        prop_assert!(
            (found.finish.mean - network.duration).abs() < 2e-3,
            "{} is not {}", found.finish.mean, network.duration
        );
        let mixed = project.tasks.iter().any(|task| task.calendar != 0);
        for risk in found.tasks.iter().filter(|_| !mixed) {
            let scheduled = network.tasks[risk.task].as_ref().unwrap();
            prop_assert!(
                (risk.criticality - f64::from(u8::from(scheduled.critical))).abs() < 1e-9,
                "task {}: {} and {:?}", risk.task, risk.criticality, scheduled
            );
        }
    }
}
