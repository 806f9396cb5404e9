use super::*;
use crate::analysis::example::{axis, day, units};
use crate::calendar::PeriodKind;
use crate::model::{RiskStatus, Task};

fn risk(id: &str, probability: f64, cost: f64, days: f64) -> Risk {
    Risk {
        id: id.into(),
        title: format!("Risk {id}"),
        probability: Some(Magnitude::of(probability)),
        impact_cost: Some(Magnitude::of(cost)),
        impact_days: Some(Magnitude::of(days)),
        ..Risk::default()
    }
}

fn found(risks: Vec<Risk>, reserves: &Reserves) -> RiskFindings {
    let project = Project { risks, tasks: vec![Task::default(); 3], ..Project::default() };
    let axis = axis("2026-03-31", PeriodKind::Month);
    super::risks(&project, 1_000_000.0, reserves, Some(0.4), &axis, &Scales::default())
}

#[test]
fn thirty_percent_of_a_hundred_thousand() {
    // METRICS, published values: 30% x 100,000 = 30,000.
    let found = found(vec![risk("R1", 0.3, 100_000.0, 10.0)], &Reserves::default());
    assert_eq!(found.inherent, Exposure { cost: units(30_000), days: 3.0 });
    assert_eq!(found.residual, found.inherent, "without a response nothing changes");
    assert_eq!(found.risks[0].inherent.place, Some((2, 4)), "30% is low, a tenth of the budget is high");
}

#[test]
fn threats_add_opportunities_take_away_and_the_closed_weigh_nothing() {
    let gain = Risk { kind: RiskKind::Opportunity, ..risk("R2", 0.5, 20_000.0, 4.0) };
    let closed = Risk { status: RiskStatus::Closed, ..risk("R3", 0.9, 90_000.0, 30.0) };
    let treated = Risk {
        residual_probability: Some(Magnitude::of(0.1)),
        residual_impact_cost: Some(Magnitude::Points(0.0, 3_000.0, 12_000.0)),
        ..risk("R4", 0.5, 40_000.0, 8.0)
    };
    let found = found(vec![risk("R1", 0.3, 100_000.0, 10.0), gain, closed, treated], &Reserves::default());
    assert_eq!(found.inherent.cost, units(30_000 - 10_000 + 20_000));
    assert_eq!(found.residual.cost, units(30_000 - 10_000 + 500), "a tenth of the mean of 0, 3,000, 12,000");
    assert!((found.residual.days - (3.0 - 2.0 + 0.8)).abs() < 1e-12);
    assert_eq!(found.threats(), units(30_000 + 500), "the opportunity makes no threat smaller");
    assert_eq!(found.ranked, [0, 3, 1], "the largest threat first, the opportunity last");
}

#[test]
fn the_parts_add_up_to_the_whole() {
    let on = |risk: Risk, tasks: &[usize], category: Option<&str>, owner: Option<&str>| Risk {
        tasks: tasks.to_vec(),
        category: category.map(str::to_owned),
        owner: owner.map(str::to_owned),
        ..risk
    };
    let found = found(
        vec![
            on(risk("R1", 0.37, 99_999.99, 7.0), &[0, 1, 2], Some("Supplier"), Some("Ana")),
            on(risk("R2", 0.11, 12_345.67, 2.0), &[1], Some("People"), None),
            on(risk("R3", 0.93, 1.0, 1.5), &[], None, Some("Ana")),
        ],
        &Reserves::default(),
    );
    let whole = found.residual;
    for parts in [
        found.categories.iter().map(|share| share.exposure).collect::<Vec<_>>(),
        found.owners.iter().map(|share| share.exposure).collect(),
        found.tasks.iter().map(|(_, exposure)| *exposure).collect(),
    ] {
        assert_eq!(parts.iter().map(|part| part.cost).sum::<Money>(), whole.cost);
        assert!((parts.iter().map(|part| part.days).sum::<f64>() - whole.days).abs() < 1e-9);
    }
    assert_eq!(found.categories.last().map(|share| share.name.as_str()), Some(""), "the nameless last");
    assert_eq!(found.tasks.last().map(|(task, _)| *task), Some(None));
}

#[test]
fn levels_are_worth_what_the_scales_say() {
    let words = Risk {
        probability: Some(Magnitude::Level(3)),
        impact: Some(3),
        impact_cost: None,
        impact_days: None,
        ..risk("R1", 0.0, 0.0, 0.0)
    };
    let found = found(vec![words], &Reserves::default());
    // Half of 4% of the budget, half of ten days.
    assert_eq!(found.inherent, Exposure { cost: units(20_000), days: 5.0 });
    assert_eq!(found.risks[0].inherent.place, Some((3, 3)));
    assert!(Scales::default().rise());
    assert!(!Scales { days: [5.0, 2.0, 10.0, 20.0, 40.0], ..Scales::default() }.rise());
}

#[test]
fn without_a_budget_a_level_says_nothing_of_money() {
    let words = Risk { probability: Some(Magnitude::Level(3)), impact: Some(4), ..Risk::default() };
    let project = Project { risks: vec![words, risk("R2", 0.5, 8_000.0, 2.0)], ..Project::default() };
    let axis = axis("2026-03-31", PeriodKind::Month);
    let found = super::risks(&project, 0.0, &Reserves::default(), None, &axis, &Scales::default());
    assert_eq!((found.risks[0].inherent.cost, found.risks[0].inherent.place), (None, Some((3, 4))));
    assert_eq!(found.inherent, Exposure { cost: units(4_000), days: 11.0 });
    assert_eq!(found.risks[1].inherent.place, Some((3, 1)), "by its days alone");
}

#[test]
fn contingency_against_exposure() {
    let reserves = Reserves {
        contingency: Some(units(50_000)),
        contingency_drawn: units(20_000),
        ..Reserves::default()
    };
    let found = found(vec![risk("R1", 0.4, 100_000.0, 0.0)], &reserves);
    assert_eq!(found.cover.contingency_left, Some(units(30_000)));
    assert_eq!(found.cover.ratio, Ok(0.75), "30,000 left for an exposure of 40,000");
    assert_eq!((found.cover.drawn, found.cover.complete), (Ok(0.4), Some(0.4)));
    assert!(super::cover(&reserves, -units(1), None).ratio.is_err(), "nothing to cover");
}

#[test]
fn what_nobody_had_seen_at_the_status_date_weighs_nothing() {
    let raised = |id: &str, on: &str| Risk { raised: Some(day(on)), ..risk(id, 0.5, 1_000.0, 2.0) };
    let found = found(
        vec![raised("R1", "2026-03-31"), raised("R2", "2026-04-01"), risk("R3", 0.5, 100.0, 0.0)],
        &Reserves::default(),
    );
    assert_eq!(found.residual, Exposure { cost: units(550), days: 1.0 });
    assert_eq!((found.ranked.clone(), found.open()), (vec![0, 2], 2));
    assert_eq!(found.risks.iter().map(|weight| weight.open).collect::<Vec<_>>(), [true, false, true]);
}

#[test]
fn a_response_is_overdue_from_the_day_after_it_is_due() {
    let due = |id: &str, date: &str| Risk { due: Some(day(date)), ..risk(id, 0.1, 1_000.0, 1.0) };
    let found = found(
        vec![due("R1", "2026-03-31"), due("R2", "2026-02-10"), due("R3", "2026-04-01")],
        &Reserves::default(),
    );
    assert_eq!(found.overdue, [1], "the last of March is the status date, and still in time");
}
