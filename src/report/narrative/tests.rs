//! The sentences over results written by hand: the example, and what one figure changes in them.

use super::*;
use crate::analysis::exception::{Area, Tolerance};
use crate::analysis::{Measures, ProjectFindings};
use crate::calendar::end_of_day;
use crate::diagnostic::Diagnostics;
use crate::model::{Acceptance, Change, Charter, Decision, Deliverable, Issue, Portfolio, Project, Severity};
use crate::quantity::Reason;
use crate::report::Settings;
use crate::report::example::{self, day, measures, thousand};

/// The narrative of the example after a change.
fn told(change: impl FnOnce(&mut Project, &mut ProjectFindings)) -> Vec<String> {
    let (mut project, mut found) = (example::project(), example::found());
    change(&mut project, &mut found);
    let (portfolio, problems, settings) = (Portfolio::default(), Diagnostics::default(), Settings::default());
    let narrative = compose(&Subject::new(&portfolio, &project, &found, &problems, &settings));
    // No sentence without its full stop, none with two.
    for sentence in &narrative {
        assert!(
            sentence.ends_with('.') && !sentence.contains("..") && !sentence.contains("  "),
            "{sentence}"
        );
    }
    narrative.into_iter().map(|sentence| sentence.replace('\u{a0}', " ")).collect()
}

/// The same, of a project with these figures (thousands) and nothing else known.
fn told_of(figures: [i64; 4], change: impl FnOnce(&mut Project, &mut ProjectFindings)) -> Vec<String> {
    told(|project, found| {
        found.measures = measures(figures);
        found.variances.clear();
        found.health.clear();
        found.finish_forecasts.clear();
        change(project, found);
    })
}

#[test]
fn a_late_and_dear_project_is_told_in_five_sentences() {
    assert_eq!(
        told(|_, _| {}),
        [
            "At 31 Mar 2026 work worth EUR 55,000 is done, 48% of the budget, where the plan asked for EUR 67,000 (58%): the project is 12 working days behind the plan.",
            "It cost EUR 66,000, EUR 11,000 more than this work was budgeted at (CPI 0.83).",
            "The largest single cause is 1.2 Implementation: work worth EUR 10,000 is behind its plan, 83% of all that is behind (begun 5 working days late).",
            "The project is expected to cost EUR 138,000, EUR 23,000 (20%) over the budget, and to finish on 16 Jul 2026, 12 working days after the baseline.",
            "The sponsor is asked to decide how to go on, because cost is red (CPI 0.83 is below 0.90) and schedule is red (SPI(t) 0.81 is below 0.90).",
        ]
    );
}

#[test]
fn the_authors_own_words_come_first() {
    let told = told(|project, _| project.charter.narrative = Some(" The pilot went live.\n".to_owned()));
    assert_eq!(told[0], "The pilot went live.");
    assert_eq!(told.len(), 6);
    let empty = self::told(|project, _| project.charter.narrative = Some("  ".to_owned()));
    assert_eq!(empty.len(), 5);
}

#[test]
fn a_breach_of_tolerance_asks_for_the_decision_it_needs() {
    let last = |cost: i64, days: f64| {
        told(|project, found| {
            project.charter = Charter {
                tolerance_cost: Some(thousand(cost)),
                tolerance_days: Some(days),
                ..Charter::default()
            };
            let of =
                |area, allowed, forecast| Tolerance { area, allowed: Some(allowed), forecast: Ok(forecast) };
            found.exception.tolerances =
                vec![of(Area::Cost, thousand(cost).units(), 23_000.0), of(Area::Time, days, 12.0)];
        })
        .pop()
        .unwrap()
    };
    assert_eq!(
        last(20, 11.0),
        "By this forecast the cost tolerance of EUR 20,000 is exceeded by EUR 3,000 and the finish tolerance of 11 working days is exceeded by 1 working day: the sponsor is asked to decide on budget, scope and finish; the exception report weighs the options."
    );
    assert_eq!(
        last(30, 10.0),
        "By this forecast the finish tolerance of 10 working days is exceeded by 2 working days: the sponsor is asked to decide on a later finish or more hands; the exception report weighs the options."
    );
    // Within both tolerances nothing is wanted, red or not.
    assert!(last(23, 12.0).starts_with("The project is expected to cost"));
}

#[test]
fn a_project_that_has_not_begun_tells_its_plan() {
    assert_eq!(
        told_of([115, 0, 0, 0], |_, _| {}),
        ["Work has not begun: the baseline holds EUR 115,000 for 4 tasks from 5 Jan 2026 to 30 Jun 2026."]
    );
    let one = told_of([115, 0, 0, 0], |project, found| {
        project.tasks.truncate(2);
        (found.planned_start, found.planned_finish) = (None, None);
    });
    assert_eq!(one, ["Work has not begun: the baseline holds EUR 115,000 for 1 task."]);
}

#[test]
fn without_a_budget_only_what_is_known_is_said() {
    assert_eq!(
        told_of([0, 0, 0, 66], |_, _| {}),
        [
            "No task has a baseline cost, so neither progress nor cost can be measured against a budget; EUR 66,000 is spent to date; 1 of 5 tasks is finished."
        ]
    );
    let bare = told_of([0, 0, 0, 0], |project, _| project.tasks.clear());
    assert_eq!(
        bare,
        ["No task has a baseline cost, so neither progress nor cost can be measured against a budget."]
    );
}

#[test]
fn a_finished_project_tells_its_outcome() {
    let finished = |ac: i64, on| {
        told_of([115, 115, 115, ac], |_, found| found.tasks[5].actual_finish = Some(end_of_day(on)))
    };
    assert_eq!(
        finished(138, day(7, 1)),
        [
            "All work is done; it cost EUR 138,000, EUR 23,000 (20%) over the budget of EUR 115,000.",
            "It finished on 1 Jul 2026, 1 working day after the baseline finish of 30 Jun 2026.",
        ]
    );
    assert_eq!(
        finished(92, day(6, 26)),
        [
            "All work is done; it cost EUR 92,000, EUR 23,000 (20%) under the budget of EUR 115,000.",
            "It finished on 26 Jun 2026, 2 working days before the baseline finish of 30 Jun 2026.",
        ]
    );
    assert_eq!(
        finished(115, day(6, 30)),
        [
            "All work is done; it cost EUR 115,000, as budgeted.",
            "It finished on 30 Jun 2026, as in the baseline."
        ]
    );
    assert_eq!(
        finished(0, day(6, 30))[0],
        "All work is done and the budget of EUR 115,000 is earned; no cost is booked."
    );
}

#[test]
fn earned_without_cost_and_cost_without_earned_are_said_plainly() {
    assert_eq!(
        told_of([100, 40, 50, 0], |_, _| {}),
        [
            "At 31 Mar 2026 work worth EUR 50,000 is done, 50% of the budget, where the plan asked for EUR 40,000 (40%).",
            "No cost is booked yet, so what this work cost cannot be judged.",
        ]
    );
    assert_eq!(
        told_of([100, 40, 0, 5], |_, _| {}),
        [
            "At 31 Mar 2026 nothing is earned yet, where the plan asked for EUR 40,000 (40%).",
            "EUR 5,000 is spent with nothing earned for it.",
        ]
    );
    assert_eq!(
        told_of([100, 0, 20, 20], |_, _| {}),
        [
            "At 31 Mar 2026 work worth EUR 20,000 is done, 20% of the budget, where the plan asked for nothing yet.",
            "It cost EUR 20,000, as this work was budgeted (CPI 1.00).",
        ]
    );
}

#[test]
fn once_the_plan_has_run_out_its_end_is_named() {
    let told = told_of([115, 115, 100, 90], |_, found| {
        found.measures = Measures {
            earned_schedule: Ok(120.0),
            actual_time: Ok(121.0),
            eac: Ok(103_500.0),
            ..found.measures.clone()
        };
    });
    assert_eq!(
        told,
        [
            "At 31 Mar 2026 work worth EUR 100,000 is done, 87% of the budget, where the plan had all of it done by 30 Jun 2026: the project is 1 working day behind the plan.",
            "It cost EUR 90,000, EUR 10,000 less than this work was budgeted at (CPI 1.11).",
            "The project is expected to cost EUR 103,500, EUR 11,500 (10%) under the budget.",
        ]
    );
}

#[test]
fn a_ready_series_counts_in_its_own_periods() {
    let told = told_of([100, 50, 45, 45], |_, found| {
        found.measures = Measures {
            ready_series: true,
            earned_periods: Ok(5.2),
            actual_periods: Ok(6.0),
            ..found.measures.clone()
        };
    });
    assert!(told[0].ends_with("(50%): the project is 0.8 months behind the plan."), "{}", told[0]);
}

#[test]
fn a_cost_overrun_is_the_cause_where_it_is_the_larger() {
    let told = told(|_, found| {
        found.variances.remove(0);
    });
    assert_eq!(
        told[2],
        "The largest single cause is 1.1 Design: it cost EUR 4,000 more than its work was budgeted at, 40% of all overruns (240 hours booked against 200 planned)."
    );
    // Nothing unfavourable, nothing to explain.
    let favourable = self::told(|_, found| {
        found.variances.truncate(1);
        (found.variances[0].cv, found.variances[0].sv) = (thousand(6), thousand(1));
    });
    assert!(favourable.iter().all(|sentence| !sentence.contains("cause is")));
}

#[test]
fn an_outlook_says_what_there_is() {
    let told = told(|_, found| found.measures.eac = Err(Reason::IndexUndefined));
    assert_eq!(
        told[3],
        "The project is expected to finish on 16 Jul 2026, 12 working days after the baseline."
    );
    let none = self::told(|_, found| {
        found.measures.eac = Err(Reason::IndexUndefined);
        found.finish_forecasts[0].finish = Err(Reason::NothingEarned);
    });
    assert!(none.iter().all(|sentence| !sentence.contains("expected")));
}

#[test]
fn poor_data_is_said_before_what_is_wanted() {
    let care = |grade: char, more: usize| {
        let told = told(|_, found| {
            found.trust.grade = grade;
            found.trust.reasons.extend((0..more).map(|_| Phrase::said("another")));
        });
        assert!(told[4].starts_with("The sponsor is asked to decide"), "{told:?}");
        told[3].clone()
    };
    assert_eq!(
        care('C', 0),
        "Read these figures with care and have the data completed: trust is graded C (2% of the booked hours match no task)."
    );
    assert!(care('D', 1).ends_with("graded D (2% of the booked hours match no task, and one more reason)."));
    assert!(care('D', 2).ends_with(", and 2 more reasons)."));
    assert!(!care('B', 2).contains("care"));
}

/// A decision due on a day.
fn decision(title: &str, due: chrono::NaiveDate) -> Decision {
    Decision {
        title: title.to_owned(),
        owner: Some("Ada Lindqvist".to_owned()),
        due: Some(due),
        ..Decision::default()
    }
}

/// What the analysis makes of the project's registers.
fn read_registers(project: &Project, found: &mut ProjectFindings) {
    let portfolio = Portfolio { projects: vec![project.clone()], ..Portfolio::default() };
    let settings = crate::analysis::Settings {
        status_date: Some(found.status_date),
        ..crate::analysis::Settings::default()
    };
    let read = crate::analysis::analyze(&portfolio, &settings).projects.remove(0);
    (found.issues, found.changes) = (read.issues, read.changes);
    (found.commitments, found.quality) = (read.commitments, read.quality);
}

/// What the registers say of a project about which nothing else is known.
fn registers(change: impl FnOnce(&mut Project)) -> Vec<String> {
    let mut told = told_of([0, 0, 0, 0], |project, found| {
        change(project);
        read_registers(project, found);
    });
    told.remove(0);
    told
}

#[test]
fn a_critical_issue_is_told_with_what_it_holds_up() {
    let issue = |severity, due, tasks: &[usize]| Issue {
        title: "The interface is down.".to_owned(),
        severity: Some(severity),
        opened: Some(day(3, 2)),
        due,
        owner: Some("Ben Okoro".to_owned()),
        tasks: tasks.to_vec(),
        ..Issue::default()
    };
    let one = registers(|project| project.issues = vec![issue(Severity::Critical, Some(day(3, 20)), &[5])]);
    assert_eq!(
        one,
        ["A critical issue, due on 20 Mar 2026, holds up 2.1 Migration: The interface is down (Ben Okoro)."]
    );
    let two = registers(|project| {
        project.issues = vec![issue(Severity::Critical, None, &[]), issue(Severity::Critical, None, &[])];
    });
    assert_eq!(
        two,
        [
            "2 critical issues are open; one, open since 2 Mar 2026, is not settled: The interface is down (Ben Okoro)."
        ]
    );
    assert!(registers(|project| project.issues = vec![issue(Severity::High, None, &[])]).is_empty());
}

#[test]
fn deliverables_changes_and_decisions_are_told_with_their_figures() {
    let told = registers(|project| {
        project.deliverables = vec![
            Deliverable {
                name: "Adapter".to_owned(),
                criterion: Some("tests passed".to_owned()),
                target: Some("98".to_owned()),
                measured: Some("86".to_owned()),
                acceptance: Acceptance::Rejected,
                submitted: Some(day(3, 20)),
                ..Deliverable::default()
            },
            Deliverable::default(),
        ];
        let change = |cost, days| Change {
            impact_cost: Some(thousand(cost)),
            impact_days: Some(days),
            raised: Some(day(3, 1)),
            ..Change::default()
        };
        project.changes = vec![change(5, 8.0), change(-2, 2.0)];
        project.decisions = vec![decision("Which provider", day(3, 27)), decision("New date.", day(4, 14))];
    });
    assert_eq!(
        told,
        [
            "Of 2 deliverables 1 is rejected: Adapter (tests passed: 86 where 98 is asked).",
            "2 changes wait for a decision and would add EUR 3,000.00 and 10 working days.",
            "To be decided by Ada Lindqvist until 14 Apr 2026: New date.",
            "A decision is overdue: Which provider (Ada Lindqvist, due 27 Mar 2026).",
        ]
    );
}

#[test]
fn what_matters_less_gives_way_to_what_matters_more() {
    let told = told(|project, found| {
        project.decisions = vec![decision("Which provider", day(3, 27)), decision("New date", day(4, 14))];
        read_registers(project, found);
    });
    // The cost to date gives way to the overdue decision; what is only due has no room.
    assert_eq!(told.len(), 5);
    assert!(told[3].starts_with("A decision is overdue") && told[4].starts_with("The sponsor is asked"));
    assert!(told.iter().all(|sentence| !sentence.contains("It cost") && !sentence.contains("New date")));
}

#[test]
fn every_topic_matters_differently() {
    let topics = [
        Topic::Position,
        Topic::Cost,
        Topic::Cause,
        Topic::Issue,
        Topic::Deliverable,
        Topic::Outlook,
        Topic::Uncertainty,
        Topic::Goal,
        Topic::Change,
        Topic::Care,
        Topic::Due,
        Topic::Overdue,
        Topic::Wanted,
    ];
    let weights: std::collections::BTreeSet<u8> = topics.iter().map(|topic| topic.weight()).collect();
    assert_eq!(weights.len(), topics.len());
    assert!(topics.is_sorted());
}

#[test]
fn a_finished_project_is_told_in_the_past_tense() {
    use crate::analysis::closure::handover::{Kind, OpenPoint};
    use crate::analysis::closure::outcome::{Dimension, Figure, Promise, Verdict};
    let told = told_of([100, 100, 100, 130], |_, found| {
        found.tasks[1].actual_finish = Some(end_of_day(day(7, 7)));
        found.closure.finished = Some(end_of_day(day(7, 7)));
        let promise = |dimension, came, baseline, over: f64, tolerance, verdict| Promise {
            dimension,
            first: None,
            baseline,
            came,
            over: Some(over),
            tolerance,
            verdict,
        };
        found.closure.outcome = vec![
            promise(Dimension::Cost, None, None, 30_000.0, Some(20_000.0), Verdict::Broken),
            promise(Dimension::Finish, None, None, 5.0, Some(5.0), Verdict::Kept),
            promise(
                Dimension::Scope,
                Some(Figure::Count(3)),
                Some(Figure::Count(4)),
                1.0,
                None,
                Verdict::NoTolerance,
            ),
        ];
        let point = |kind| OpenPoint {
            kind,
            id: String::new(),
            title: String::new(),
            severity: None,
            owner: None,
            since: None,
            due: None,
            note: None,
        };
        found.closure.open = vec![point(Kind::Defect), point(Kind::Issue), point(Kind::Issue)];
    });
    assert_eq!(
        told,
        [
            "All work is done; it cost EUR 130,000, EUR 30,000 (30%) over the budget of EUR 100,000.",
            "It finished on 7 Jul 2026, 5 working days after the baseline finish of 30 Jun 2026.",
            "The cost tolerance of EUR 20,000 was exceeded by EUR 10,000.",
            "3 of 4 deliverables were accepted; 1 defect and 2 issues are handed over open.",
        ]
    );
}
