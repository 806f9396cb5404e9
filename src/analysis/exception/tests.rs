//! A project of three tasks in a row that is late: what its slip is made of, worked by hand, and its options.

use super::*;
use crate::analysis::example::{axis, day, leaf, project, units, value};
use crate::analysis::network::network;
use crate::analysis::{EffortLine, FinishForecast};
use crate::calendar::{PeriodKind, end_of_day, start_of_day};
use crate::language::Phrase;
use crate::model::{Change, ChangeState, ConstraintKind, Decision, Link, Origin};
use crate::quantity::{Money, Reason, Work};

/// Everything an exception is read from.
struct Scene {
    project: Project,
    value: ProjectValue,
    network: Result<Network, Phrase>,
    simulation: Result<Simulation, Phrase>,
    risk: RiskFindings,
    effort: Effort,
    axis: TimeAxis,
    settings: Settings,
}

impl Scene {
    fn given(&self) -> Given<'_> {
        Given {
            project: &self.project,
            value: &self.value,
            network: &self.network,
            simulation: &self.simulation,
            risk: &self.risk,
            effort: &self.effort,
            case: None,
            axis: &self.axis,
            settings: &self.settings,
        }
    }
}

/// A, B and C follow each other, a week each from Monday, 2 March 2026. At the end of 13 March A has taken until the
/// 10th, two days too long; B began on the 12th, one day later than it could, and has three days to go; C will take
/// six days instead of five. By the links it ends on 26 March; the recommended forecast says 30 March.
fn late() -> Scene {
    let (mut a, mut b, mut c) = (
        leaf("A", 4_000, 4_000, 4_000, 4_600),
        leaf("B", 4_000, 4_000, 1_600, 1_800),
        leaf("C", 4_000, 0, 0, 0),
    );
    let at = |text| Some(start_of_day(day(text)));
    let until = |text| Some(end_of_day(day(text)));
    for (row, from, to) in [
        (&mut a, "2026-03-02", "2026-03-06"),
        (&mut b, "2026-03-09", "2026-03-13"),
        (&mut c, "2026-03-16", "2026-03-20"),
    ] {
        (row.0.baseline_start, row.0.baseline_finish) = (at(from), until(to));
        row.0.resources = vec!["Ada".to_owned()];
    }
    (a.1.actual_start, a.1.actual_finish) = (at("2026-03-02"), until("2026-03-10"));
    b.1.actual_start = at("2026-03-12");
    b.0.duration = Some(Work::from_hours(40.0));
    b.0.remaining_duration = Some(Work::from_hours(24.0));
    c.0.duration = Some(Work::from_hours(48.0));
    let (mut project, values) = project(vec![a, b, c]);
    let link = |predecessor, successor| Link {
        predecessor,
        successor,
        relation: crate::model::RelationType::Fs,
        lag: Work::ZERO,
        elapsed: false,
        share: 0.0,
        origin: Origin::default(),
    };
    project.links = vec![link(0, 1), link(1, 2)];
    project.charter.start = at("2026-03-02");
    project.charter.tolerance_days = Some(2.0);
    project.charter.tolerance_cost = Some(units(500));
    let mut value = value(&values);
    value.planned_finish = until("2026-03-20");
    value.measures.eac = Ok(13_600.0);
    value.finish_forecasts = vec![FinishForecast {
        method: "plan",
        name: "",
        formula: "",
        finish: until("2026-03-30").ok_or(Reason::NoData),
    }];
    let axis = axis("2026-03-13", PeriodKind::Month);
    let settings = Settings { weigh_options: true, ..Settings::default() };
    let network = network(&project, &value.tasks, axis.status.0, &settings.network);
    let effort = Effort {
        total: EffortLine { booked: Work::from_hours(64.0), cost: units(6_400), ..EffortLine::default() },
        ..Effort::default()
    };
    let (risk, simulation) = (RiskFindings::default(), Err("not yet".into()));
    let mut scene = Scene { project, value, network, simulation, risk, effort, axis, settings };
    scene.simulation = simulated(&scene);
    scene
}

fn simulated(scene: &Scene) -> Result<Simulation, Phrase> {
    let network = scene.network.as_ref().map_err(Clone::clone)?;
    simulation::simulate(&scene.project, &scene.given().simulated(network), &scene.settings.simulation)
}

fn near(one: f64, other: f64) -> bool {
    (one - other).abs() < 1e-6
}

#[test]
fn the_slip_is_told_task_by_task_and_ties_out() {
    let scene = late();
    let found = exception(&scene.given());
    let slip = found.slip.unwrap();
    let parts: Vec<_> = slip.parts.iter().map(|part| (part.task, part.waited, part.longer)).collect();
    let expected = [(0, 0.0, 2.0), (1, 1.0, 0.0), (2, 0.0, 1.0)];
    assert_eq!(parts.len(), expected.len(), "{parts:?}");
    for (part, expected) in parts.iter().zip(expected) {
        assert!(
            part.0 == expected.0 && near(part.1, expected.1) && near(part.2, expected.2),
            "{parts:?} instead of {expected:?}"
        );
    }
    // 27 and 30 March come from the forecast alone.
    assert!(near(slip.rest, 2.0) && near(slip.days, 6.0), "{slip:?}");
    assert!(near(slip.parts.iter().map(Part::days).sum::<f64>() + slip.rest, slip.days));
    assert_eq!(slip.ranked()[0].task, 0);
}

#[test]
fn cost_and_time_break_by_what_goes_beyond() {
    let found = exception(&late().given());
    let beyond: Vec<_> = found.breaches().map(|found| (found.area, found.beyond().unwrap())).collect();
    assert_eq!(beyond.len(), 2);
    assert!(beyond[0].0 == Area::Cost && near(beyond[0].1, 1_100.0), "13,600 - 12,000 - 500");
    assert!(beyond[1].0 == Area::Time && near(beyond[1].1, 4.0));
}

#[test]
fn to_accept_is_the_forecast() {
    let scene = late();
    let options = exception(&scene.given()).options.unwrap();
    let accept = &options.choices[0];
    assert_eq!(accept.kind, Kind::Accept);
    assert_eq!(
        (accept.cost, accept.finish),
        (scene.value.measures.eac.ok(), scene.value.forecast_finish().ok())
    );
    assert!(near(accept.days, 0.0) && near(accept.cost_change, 0.0));
    for choice in &options.choices {
        let Chance { cost, finish, both } = choice.chance;
        assert!(both <= cost && both <= finish, "{choice:?}");
    }
}

#[test]
fn one_person_more_shortens_what_is_long_and_critical() {
    let options = exception(&late().given()).options.unwrap();
    let people = options.choices.iter().find(|choice| choice.kind == Kind::People).unwrap();
    // B has three days left, too few; C falls from six days to 4.5.
    assert_eq!(people.staffed.len(), 1);
    assert!(people.staffed[0].0 == 2 && near(people.staffed[0].1, 1.5), "{people:?}");
    assert!((people.days + 1.5).abs() < 0.25, "{}", people.days);
    // Half a person for six days of eight hours at 100 an hour.
    assert_eq!(options.rate, Some(100.0));
    assert!((people.cost_change - 2_400.0).abs() < 200.0, "{}", people.cost_change);
}

#[test]
fn nobody_shortens_what_is_no_work_of_people_or_pinned_to_a_date() {
    let staffs = |change: fn(&mut crate::model::Task)| {
        let mut scene = late();
        change(&mut scene.project.tasks[2]);
        let options = exception(&scene.given()).options.unwrap();
        options.choices.iter().any(|choice| choice.kind == Kind::People)
    };
    assert!(staffs(|_| ()));
    assert!(
        !staffs(|task| task.resources.clear()),
        "nobody is on it and no hours are planned: a waiting time"
    );
    assert!(!staffs(|task| task.constraint = ConstraintKind::Mfo));
}

#[test]
fn a_change_that_saves_time_moves_every_trial() {
    let mut scene = late();
    let change = |state, days| Change {
        state,
        impact_days: Some(days),
        impact_cost: Some(units(300)),
        raised: Some(day("2026-03-05")),
        ..Change::default()
    };
    scene.project.changes = vec![
        change(ChangeState::Raised, 5.0),
        change(ChangeState::Rejected, -3.0),
        change(ChangeState::Raised, -4.0),
    ];
    let options = exception(&scene.given()).options.unwrap();
    let changes: Vec<_> =
        options.choices.iter().filter_map(|choice| Some((choice.kind.change()?, choice))).collect();
    assert_eq!(changes.len(), 1, "one saves and waits");
    let (index, choice) = changes[0];
    assert!(index == 2 && near(choice.days, -4.0) && near(choice.cost_change, 300.0));
    assert_eq!(choice.finish.map(last_day), Some(day("2026-03-24")), "four days of work before 30 March");
    assert!(choice.chance.finish > options.choices[2].chance.finish);
}

#[test]
fn the_cheapest_that_restores_is_recommended_and_else_a_new_baseline() {
    let mut scene = late();
    scene.project.charter.tolerance_cost = None;
    let change =
        |cost, days| Change { impact_days: Some(days), impact_cost: Some(units(cost)), ..Change::default() };
    scene.project.changes = vec![change(900, -6.0), change(700, -5.0), change(10, -0.5)];
    let options = exception(&scene.given()).options.unwrap();
    let best = &options.choices[options.recommended];
    assert!(options.restores && best.kind == Kind::Change(1), "{best:?}");
    scene.project.changes.clear();
    let options = exception(&scene.given()).options.unwrap();
    assert_eq!((options.restores, options.choices[options.recommended].kind), (false, Kind::Move));
}

#[test]
fn a_decision_is_wanted_before_the_log_or_the_plan_makes_it_too_late() {
    let mut scene = late();
    // C, on which one more person would work, starts on 19 March.
    let until = |scene: &Scene| exception(&scene.given()).options.unwrap().until;
    assert_eq!(until(&scene), Some(Until::Task(2, day("2026-03-19"))));
    let decision = |due, tasks| Decision { due: Some(day(due)), tasks, ..Decision::default() };
    scene.project.decisions = vec![
        decision("2026-03-12", vec![2]),
        decision("2026-03-18", vec![2]),
        decision("2026-03-16", vec![0]),
    ];
    assert_eq!(until(&scene), Some(Until::Decision(1, day("2026-03-18"))), "A is done, the first is past");
}

#[test]
fn options_are_weighed_only_when_asked_for_and_something_breaks() {
    let mut scene = late();
    scene.settings.weigh_options = false;
    assert!(exception(&scene.given()).options.is_none());
    scene.settings.weigh_options = true;
    scene.project.charter.tolerance_days = Some(6.0);
    scene.project.charter.tolerance_cost = Some(Money::from_units(1_600.0));
    let within = exception(&scene.given());
    assert_eq!((within.breaches().count(), within.options, within.slip), (0, None, None));
}
