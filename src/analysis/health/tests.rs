use super::*;
use crate::analysis::FinishForecast;
use crate::analysis::example::{axis, day, leaf, project, units, value};
use crate::calendar::{PeriodKind, end_of_day, start_of_day};
use crate::model::{Project, Task};

/// BAC 1,000 over 100 working days from 2 February 2026, with these figures and forecasts.
fn running(spi_t: f64, ev: i64, ac: i64, eac: f64, finish: &str) -> (Project, ProjectValue) {
    let (project, values) = project(vec![leaf("A", 1_000, 500, ev, ac)]);
    let mut value = value(&values);
    value.planned_start = Some(start_of_day(day("2026-02-02")));
    value.planned_finish = Some(end_of_day(day("2026-06-19")));
    value.measures.eac = Ok(eac);
    value.measures.planned_duration = Ok(100.0);
    value.measures.actual_time = Ok(40.0);
    value.measures.earned_schedule = Ok(40.0 * spi_t);
    value.finish_forecasts =
        vec![FinishForecast { method: "plan", name: "", formula: "", finish: Ok(end_of_day(day(finish))) }];
    (project, value)
}

fn rated((project, value): &(Project, ProjectValue)) -> Vec<(Option<Health>, String)> {
    let axis = axis("2026-03-27", PeriodKind::Month);
    let (risk, changes) = (RiskFindings::default(), ChangeFindings::default());
    let found = health(project, value, &risk, &changes, None, &axis, &Thresholds::default());
    found.into_iter().map(|f| (f.rating, f.rule.to_string())).collect()
}

#[test]
fn nothing_is_below_what_it_reads_as() {
    let thresholds = Thresholds::default();
    let says = |index| by_index("CPI", index, &thresholds).says.to_string();
    assert_eq!(says(0.949), "CPI 0.949 is below 0.95");
    assert_eq!(says(0.94), "CPI 0.94 is below 0.95");
    assert_eq!(says(0.95), "CPI 0.95");
    let read = |rate| told_apart(rate, 0.8, 0, share).to_string();
    assert_eq!((read(0.797), read(0.75), read(0.001)), ("79.7%".into(), "75%".into(), "under 1%".into()));
    let five = by_slip(Phrase::said("it"), 3.0, None, Some(2.5), &thresholds).says.to_string();
    assert_eq!(five, "it is 3 working days late, beyond the tolerance of 2.5");
}

#[test]
fn the_rule_that_fired_is_named_with_its_value() {
    // CPI 435 / 500 = 0.87; EAC 1,120 is 12% over; five working days late of 100 are amber.
    let found = rated(&running(0.97, 435, 500, 1_120.0, "2026-06-26"));
    assert_eq!(found[2], (Some(Health::Red), "CPI 0.87 is below 0.90; EAC is 12% over BAC".to_owned()));
    let late = "forecast finish 2026-06-26 is 5 working days late (5% of the planned duration)";
    assert_eq!(found[1], (Some(Health::Amber), late.to_owned()));
    assert_eq!(found[0].0, Some(Health::Red));
    assert!(found[0].1.starts_with("cost: CPI 0.87"), "{}", found[0].1);
}

#[test]
fn thresholds_are_passed_below_not_at() {
    assert_eq!(rated(&running(0.95, 475, 500, 1_000.0, "2026-06-19"))[0].0, Some(Health::Green));
    assert_eq!(rated(&running(0.949, 500, 500, 1_000.0, "2026-06-19"))[1].0, Some(Health::Amber));
    assert_eq!(rated(&running(0.90, 500, 500, 1_000.0, "2026-06-19"))[1].0, Some(Health::Amber));
    assert_eq!(rated(&running(0.899, 500, 500, 1_000.0, "2026-06-19"))[1].0, Some(Health::Red));
    assert_eq!(rated(&running(1.0, 500, 500, 1_100.0, "2026-06-19"))[2].0, Some(Health::Amber));
    assert_eq!(rated(&running(1.0, 500, 500, 1_101.0, "2026-06-19"))[2].0, Some(Health::Red));
}

#[test]
fn the_end_is_rated_by_itself_too() {
    // CPI 0.87 is red; EAC 0.5% over and a finish as planned are green for themselves.
    let (project, value) = running(0.97, 435, 500, 1_005.0, "2026-06-19");
    let found = cost(&project, &value, Stage::Running, &Thresholds::default());
    assert_eq!((found.rating, found.at_end), (Some(Health::Red), Some(Health::Green)));
    // SPI(t) 0.97 is green; 15 of 100 working days late is red.
    let (project, value) = running(0.97, 435, 500, 1_005.0, "2026-07-10");
    let found = schedule(&project, &value, Stage::Running, &Thresholds::default());
    assert_eq!((found.rating, found.at_end), (Some(Health::Red), Some(Health::Red)));
    assert_eq!(Thresholds::default().rate_index(0.97), Health::Green);
}

#[test]
fn a_tolerance_takes_the_place_of_the_forecast_rule() {
    let mut case = running(1.0, 500, 500, 1_060.0, "2026-06-26");
    case.0.charter.tolerance_cost = Some(units(50));
    case.0.charter.tolerance_days = Some(10.0);
    let found = rated(&case);
    assert_eq!(found[2], (Some(Health::Red), "EAC is 60 over BAC, beyond the tolerance of 50".to_owned()));
    // Exactly half of the ten days is used: not more than half.
    assert_eq!(found[1].0, Some(Health::Green));
    case.0.charter.tolerance_days = Some(9.0);
    assert_eq!(rated(&case)[1].0, Some(Health::Amber));
}

#[test]
fn three_other_dimensions_that_are_not_green_raise_the_whole() {
    let of = |dimension, rating| HealthFinding {
        dimension,
        rating: Some(rating),
        rule: Phrase::said("why"),
        missing: None,
        at_end: None,
    };
    let (green, amber) = (of("Schedule", Health::Green), of("Cost", Health::Amber));
    let others = [of("Risk", Health::Amber), of("Quality", Health::Red), of("People", Health::Amber)];
    assert_eq!(overall(&green, &amber, &others[..2]).rating, Some(Health::Amber));
    let raised = overall(&green, &amber, &others);
    assert_eq!(raised.rating, Some(Health::Red));
    assert_eq!(raised.rule, "cost: why; raised, because 3 other dimensions are not green");
    assert_eq!(overall(&green, &of("Cost", Health::Green), &others).rating, Some(Health::Amber));
}

#[test]
fn risk_is_rated_where_there_is_a_register_and_does_not_set_the_whole() {
    let case = running(1.0, 500, 500, 1_000.0, "2026-06-19");
    assert_eq!(rated(&case).len(), 3);
    let register = RiskFindings { ranked: vec![0, 1], overdue: vec![0], ..RiskFindings::default() };
    let axis = axis("2026-03-27", PeriodKind::Month);
    let changes = ChangeFindings::default();
    let found = health(&case.0, &case.1, &register, &changes, None, &axis, &Thresholds::default());
    assert_eq!((found[3].dimension, found[3].rating), ("Risk", Some(Health::Red)));
    assert_eq!(found[3].rule, "1 response to 2 open risks is overdue, more than 25%");
    assert_eq!(found[0].rating, Some(Health::Green));
}

#[test]
fn a_finished_project_is_rated_on_its_outcome() {
    let mut case = running(0.5, 1_000, 1_020, 2_000.0, "2026-12-31");
    case.1.finish_forecasts[0].method = crate::analysis::forecast::finish::ACTUAL;
    case.1.finish_forecasts[0].finish = Ok(end_of_day(day("2026-06-18")));
    let found = rated(&case);
    assert_eq!(found[1], (Some(Health::Green), "the finish of 2026-06-18 is 1 working day early".to_owned()));
    assert_eq!(found[2], (Some(Health::Amber), "AC is 2% over BAC".to_owned()));
}

#[test]
fn what_cannot_be_rated_says_why() {
    let mut case = running(0.0, 0, 0, 1_000.0, "2026-06-19");
    case.1.planned_start = Some(start_of_day(day("2026-05-04")));
    let found = rated(&case);
    assert_eq!(found[2], (None, "not assessable: the project has not begun".to_owned()));
    assert_eq!(found[1].0, Some(Health::Green));
    assert!(found[1].1.ends_with("rated on forecasts only"));

    let (project, values) = project(vec![(Task::default(), leaf("A", 0, 0, 0, 0).1)]);
    let found = rated(&(project, value(&values)));
    assert_eq!(found[0].0, None);
}
