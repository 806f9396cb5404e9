//! A line with a figure on each side, and without what it needs.

use super::*;
use crate::analysis::EffortLine;
use crate::analysis::example::{day, leaf, project, units, value};
use crate::calendar::{end_of_day, start_of_day};
use crate::language::Phrase;
use crate::model::Resource;
use crate::quantity::Work;

fn lines(
    project: &Project,
    value: &ProjectValue,
    effort: &Effort,
    reserves: &Reserves,
) -> impl Fn(&str) -> Result<Outcome, Phrase> + use<> {
    let (network, simulation) = (Err("no links".into()), Err("no links".into()));
    let given =
        Given { project, value, effort, reserves, network: &network, simulation: &simulation, case: None };
    let lines = assess(&given);
    move |id| lines.iter().find(|line| line.id == id).unwrap().outcome.clone()
}

#[test]
fn people_cannot_be_planned_beyond_their_hours() {
    let (mut project, values) = project(vec![leaf("A", 1_000, 0, 0, 0)]);
    let mut value = value(&values);
    // Two weeks of five days of eight hours.
    value.planned_start = Some(start_of_day(day("2026-03-02")));
    value.planned_finish = Some(end_of_day(day("2026-03-13")));
    let person = |name: &str, hours| EffortLine {
        name: name.into(),
        planned: Some(Work::from_hours(hours)),
        ..EffortLine::default()
    };
    let resource = |name: &str| Resource { person: name.into(), ..Resource::default() };
    let effort = Effort { people: vec![person("Ada", 100.0), person("Bo", 40.0)], ..Effort::default() };
    let unknown = lines(&project, &value, &effort, &Reserves::default());
    assert_eq!(unknown("capacity"), Err("there is no table of resources".into()));

    project.resources = vec![resource("ada"), resource("Bo")];
    let found = lines(&project, &value, &effort, &Reserves::default());
    let all = found("capacity").unwrap();
    assert_eq!((all.figure, all.threshold, all.holds), (Figure::Hours(140.0), Figure::Hours(160.0), true));
    let busiest = found("busiest").unwrap();
    assert_eq!((busiest.figure, busiest.holds), (Figure::Share(1.25), false));
    assert!(busiest.note.to_string().starts_with("Ada"));

    project.resources.pop();
    let stranger = lines(&project, &value, &effort, &Reserves::default())("capacity").unwrap();
    assert!(
        !stranger.holds && stranger.note.to_string().contains("40 h more are planned for 1 name"),
        "{}",
        stranger.note
    );
}

#[test]
fn money_is_asked_of_the_budget_with_its_reserves() {
    let (project, values) = project(vec![leaf("A", 1_000, 0, 0, 0)]);
    let value = value(&values);
    let reserves = Reserves {
        contingency: Some(units(100)),
        management_reserve: Some(units(50)),
        funding: Some(units(1_100)),
        ..Reserves::default()
    };
    let found = lines(&project, &value, &Effort::default(), &reserves);
    let funding = found("funding").unwrap();
    assert_eq!(
        (funding.figure, funding.threshold, funding.holds),
        (Figure::Amount(1_150.0), Figure::Amount(1_100.0), false)
    );
    // 15% of reserves against a mean overrun of 27%.
    let class = found("cost_class").unwrap();
    assert!(!class.holds && class.threshold == Figure::Share(0.27));
    assert_eq!(found("time_network"), Err("no links".into()));
    assert_eq!(found("case_class"), Err("no cash flows are given".into()));
}
