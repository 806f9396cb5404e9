//! Registers as they come out: linked, defaulted by what is there, in order.

use chrono::NaiveDate;

use crate::assembly::fixture::{assembled, table};
use crate::intake::Typed;
use crate::model::{Acceptance, Better, CashFlowKind, ChangeState, Project, Severity, State};
use crate::quantity::Money;

fn day(month: u32, day: u32) -> NaiveDate {
    NaiveDate::from_ymd_opt(2026, month, day).unwrap()
}

/// The project of these tables and of a plan of two tasks; the problems.
fn project(mut tables: Vec<Typed>) -> (Project, Vec<String>) {
    tables.push(table("atlas", "tasks", "id|name", &["A|Design", "B|Build"]));
    let (mut portfolio, said) = assembled(tables);
    let said = said.into_iter().filter(|said| !said.starts_with("W307")).collect();
    (portfolio.projects.remove(0), said)
}

#[test]
fn actions_find_their_risks_and_issues() {
    let (project, said) = project(vec![
        table(
            "atlas",
            "actions",
            "id|owner|due|closed|risks|issues|tasks",
            &["A1|Maria|2026-03-20||r1|No environment|B;A;B", "A2|Ana|2026-03-13|2026-03-12|||"],
        ),
        table(
            "atlas",
            "risks",
            "id|title|probability|impact_days",
            &["R0|Strike|10%|5", "R1|Supplier late|30%|5"],
        ),
        table("atlas", "issues", "id|title|severity|opened", &["I1|No environment|critical|2026-03-02"]),
    ]);
    assert_eq!(said, Vec::<String>::new());
    let [first, second] = &project.actions[..] else { panic!("two actions") };
    assert_eq!((&first.risks[..], &first.issues[..], &first.tasks[..]), (&[1][..], &[0][..], &[1, 0][..]));
    assert_eq!(first.title, "A1", "the id where nothing else is written");
    assert_eq!(first.due, Some(day(3, 20)), "a plain date is a day, not the midnight after it");
    assert_eq!((first.state, second.state), (State::Open, State::Closed), "the date closed says so");
    assert!(second.open_on(day(3, 11)) && !second.open_on(day(3, 12)));
    assert_eq!(project.issues[0].severity, Some(Severity::Critical));
}

#[test]
fn changes_may_save_and_count_in_working_days() {
    let (project, said) = project(vec![table(
        "atlas",
        "changes",
        "id|title|status|impact_cost|impact_days|tasks",
        &["C1|Payment|approved|18000|8|B", "C2|Drop the app||-6000|-12h|"],
    )]);
    assert_eq!(said, Vec::<String>::new());
    let [payment, drop] = &project.changes[..] else { panic!("two changes") };
    assert_eq!((payment.state, payment.impact_days), (ChangeState::Approved, Some(8.0)));
    assert_eq!((drop.state, drop.impact_days), (ChangeState::Raised, Some(-1.5)), "12 hours of eight a day");
    assert_eq!(drop.impact_cost, Some(Money::from_units(-6_000.0)));
    assert!(drop.tasks.is_empty());
}

#[test]
fn defects_find_their_deliverables_and_stand_in_order() {
    let (project, said) = project(vec![
        table(
            "atlas",
            "defects",
            "id|severity|opened|closed|deliverable|status",
            &["D2|low|2026-03-09||portal|on hold", "D1|high|2026-03-02|2026-03-06|P2|"],
        ),
        table(
            "atlas",
            "deliverables",
            "id|name|accepted|submitted|status",
            &["P1|Portal||2026-03-05|", "P2|Interface|2026-03-10||", "P3|Manual|||rejected"],
        ),
    ]);
    assert_eq!(said, Vec::<String>::new());
    let ids: Vec<&str> = project.defects.iter().map(|defect| &*defect.id).collect();
    assert_eq!(ids, ["D1", "D2"], "by the day they were found");
    assert_eq!((project.defects[0].deliverable, project.defects[1].deliverable), (Some(1), Some(0)));
    assert_eq!((project.defects[0].state, project.defects[1].state), (State::Closed, State::OnHold));
    let states: Vec<Acceptance> = project.deliverables.iter().map(|made| made.acceptance).collect();
    assert_eq!(states, [Acceptance::Submitted, Acceptance::Accepted, Acceptance::Rejected]);
}

#[test]
fn objectives_know_which_way_is_better() {
    let (project, said) = project(vec![
        table(
            "atlas",
            "objectives",
            "id|name|baseline|target|better",
            &["G1|Visitors|120|1000|", "G2|Calls|310|155|", "G3|Errors|5|5|lower", "G4|Standing||7|"],
        ),
        table(
            "atlas",
            "measurements",
            "objective|date|value",
            &["G2|2026-03-13|290", "visitors|2026-03-20|330", "G1|2026-03-13|310"],
        ),
    ]);
    assert_eq!(
        said,
        ["W354 objective 'G3 Errors': target and baseline are both 5: there is nothing to achieve"]
    );
    let better: Vec<Option<Better>> = project.objectives.iter().map(|goal| goal.better).collect();
    assert_eq!(better, [Some(Better::Higher), Some(Better::Lower), Some(Better::Lower), None]);
    let measured: Vec<(usize, f64)> = project.measurements.iter().map(|m| (m.objective, m.value)).collect();
    assert_eq!(measured, [(0, 310.0), (0, 330.0), (1, 290.0)], "by objective and day");
}

#[test]
fn cash_flows_have_the_sign_of_the_purse() {
    let net = |rows: &[&str]| {
        let (project, said) = project(vec![table("atlas", "cash_flows", "date|amount|kind", rows)]);
        let flows = project.cash_flows.iter().map(|flow| (flow.kind, flow.net.units())).collect::<Vec<_>>();
        (flows, said.iter().map(|said| said[..4].to_owned()).collect::<Vec<_>>())
    };
    let (out, back) = (CashFlowKind::Cost, CashFlowKind::Benefit);
    let said = net(&["2027-12-31|60|benefit", "2026-12-31|100|cost", "2027-06-30|-10|cost"]);
    assert_eq!(said, (vec![(out, -100.0), (out, 10.0), (back, 60.0)], vec![]), "some of the cost comes back");
    let said = net(&["2026-12-31|-100|cost", "2027-12-31|60|benefit"]);
    assert_eq!(said, (vec![(out, -100.0), (back, 60.0)], vec!["N309".to_owned()]));
    let said = net(&["2026-12-31|-100|", "2027-12-31|60|"]);
    assert_eq!(said, (vec![(out, -100.0), (back, 60.0)], vec![]), "the sign alone says what it is");
}

#[test]
fn stakeholders_without_a_project_are_those_of_each() {
    let (portfolio, _) = assembled(vec![
        table("all", "tasks", "id|name|project", &["A|Design|P1", "B|Build|P2"]),
        table("all", "stakeholders", "name|influence|interest|audience", &["Henrik|5|4|executive"]),
        table("all", "issues", "id|tasks", &["I1|B", "I2|"]),
    ]);
    for project in &portfolio.projects {
        let [henrik] = &project.stakeholders[..] else { panic!("one stakeholder") };
        assert_eq!((henrik.influence, henrik.interest), (Some(5), Some(4)));
    }
    let issues: Vec<usize> = portfolio.projects.iter().map(|project| project.issues.len()).collect();
    assert_eq!(issues, [0, 1], "an issue is at home where its tasks are");
}
