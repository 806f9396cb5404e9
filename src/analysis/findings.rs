//! What the findings of one project are put together from, in the order in which the subjects need each other.

use super::business_case::{BusinessCase, CaseMeasures};
use super::effort::Effort;
use super::forecast::agreement::Agreement;
use super::measures::{
    EstimateMeasures, ExecutionMeasures, PaceMeasures, QualityMeasures, RiskMeasures, SimulationMeasures,
};
use super::network::Network;
use super::value::ProjectValue;
use super::{
    Given, ProjectFindings, Settings, bridge, business_case, category, change, closure, commitment,
    crosscheck, effort, exception, feasibility, health, issue, load, milestone, network, objective, quality,
    risk, schedule_health, simulation, since, stakeholder, trust, value, variance,
};
use crate::quantity::{Reason, ratio};

/// Tasks named on the way from BAC to EAC; the others are one cause together.
const NAMED_CAUSES: usize = 8;

/// The results of one project: its value first, then what is said of people, milestones, health and trust.
#[expect(
    clippy::too_many_lines,
    reason = "a line or two a subject, in the order in which they need each other"
)]
pub(super) fn findings(given: Given<'_>, settings: &Settings) -> ProjectFindings {
    let Given { project, tables, ledger, budget, axis } = given;
    let mut value = value::project_value(project, ledger, budget, axis, settings);
    let network = network::network(project, &value.tasks, axis.status.0, &settings.network);
    if let Ok(network) = &network {
        network.raise_expected(project, &mut value.tasks);
    }
    let lists = milestone::lists(project, &value.tasks, axis);
    let reserves = category::reserves(ledger);
    let bac = value.measures.bac.units();
    let complete = ratio(value.measures.ev.units(), bac, Reason::NoBaseline).ok();
    let risk = risk::risks(project, bac, &reserves, complete, axis, &settings.risk_scales);
    let simulation = network.as_ref().map_err(Clone::clone).and_then(|network| {
        let given = simulation::Given::of(&value, network, &risk, axis.status.0);
        simulation::simulate(project, &given, &settings.simulation)
    });
    let milestones = milestone::milestones(project, &value.tasks, axis);
    let changes = change::changes(project, &value, axis);
    let commitments = commitment::commitments(project, &changes, axis);
    let agreement = Agreement::of(
        &value.recommended,
        simulation.as_ref().ok(),
        value.measures.ac,
        (project.calendars.first(), axis.status.0),
    );
    let contradictions = crosscheck::contradictions(&crosscheck::Given {
        project,
        values: &value.tasks,
        network: network.as_ref().ok(),
        ledger,
        status: axis.status.0,
    });
    let quality = quality::quality(project, &value.tasks, ledger, axis, &settings.quality);
    let rated = health::quality(project, &quality, &settings.quality);
    let (effort, load) = hours(given, &mut value, network.as_ref().ok(), settings);
    let trust = trust::trust(project, tables, ledger, (&value).into(), axis);
    let execution = since::execution(project, &value, axis);
    let (schedule_health, schedule) = schedule_health::assess(
        project,
        &value.tasks,
        &network,
        &execution,
        axis.status.0,
        value.planned_finish,
    );
    let closure = closure::closure(project, &value, &risk, &changes, axis.status.0);
    let measures = &mut value.measures;
    measures.people.hours_joined = trust.hours_joined.ok_or(Reason::NoData);
    measures.people.cost_joined = trust.cost_joined.ok_or(Reason::NoData);
    measures.schedule = schedule;
    measures.execution = ExecutionMeasures::of(&execution);
    measures.risk = RiskMeasures::of(&risk, &reserves);
    measures.simulation = SimulationMeasures::of(&simulation);
    measures.pace = PaceMeasures::of(&value.throughput);
    measures.quality = QualityMeasures::of(&quality);
    measures.estimates = EstimateMeasures::of(&closure.estimates);
    let rated = [rated, health::people(&load)].into_iter().flatten();
    let health = health::health(project, &value, &risk, &changes, rated, axis, &settings.thresholds);
    let business_case =
        business_case::business_case(project, &value, axis.status.0, simulation.as_ref().ok());
    value.measures.case = business_case.as_ref().map_or(CaseMeasures::NONE, BusinessCase::measures);
    let issues = issue::issues(project, &value.tasks, network.as_ref().ok(), &milestones, axis);
    let since = since::since(&since::Given {
        project,
        value: &value,
        milestones: &milestones,
        health: &health,
        risk: &risk,
        issues: &issues,
        quality: &quality,
        axis,
    });
    let feasibility = feasibility::assess(&feasibility::Given {
        project,
        value: &value,
        effort: &effort,
        reserves: &reserves,
        network: &network,
        simulation: &simulation,
        case: business_case.as_ref(),
    });
    let exception = exception::exception(&exception::Given {
        project,
        value: &value,
        network: &network,
        simulation: &simulation,
        risk: &risk,
        effort: &effort,
        case: business_case.as_ref(),
        axis,
        settings,
    });
    ProjectFindings {
        status_date: axis.status,
        status_date_from: axis.status_from.clone(),
        period: axis.period(),
        period_kind: axis.kind,
        bridge: bridge::bridge(project, &value, &changes, risk.residual.cost, NAMED_CAUSES),
        issues,
        stakeholders: stakeholder::stakeholders(project, &commitments.actions, &commitments.decisions),
        commitments,
        milestones,
        done: lists.done,
        not_done: lists.not_done,
        next: lists.next,
        effort,
        load,
        categories: ledger.categories.clone(),
        reserves,
        schedule_health,
        network,
        closure,
        risk,
        quality,
        contradictions,
        simulation,
        business_case,
        objectives: objective::objectives(project, axis.status.day()),
        feasibility,
        variances: variance::variances(project, ledger, &value.tasks, axis, &settings.thresholds),
        exception,
        execution,
        since,
        health,
        changes,
        trust,
        planned_start: value.planned_start,
        planned_finish: value.planned_finish,
        measures: value.measures,
        last_period: value.last_period,
        last_three: value.last_three,
        tasks: value.tasks,
        beside_tasks: value.beside_tasks,
        phases: value.phases,
        control_accounts: value.control_accounts,
        series: value.series,
        series_derived: value.series_derived,
        notes: value.notes,
        cost_forecasts: value.cost_forecasts,
        finish_forecasts: value.finish_forecasts,
        throughput: value.throughput,
        recommended: value.recommended,
        agreement,
    }
}

/// What people did and have to do; what is known of their hours is added to the value.
fn hours(
    given: Given<'_>,
    value: &mut ProjectValue,
    network: Option<&Network>,
    settings: &Settings,
) -> (Effort, load::LoadFindings) {
    let Given { project, ledger, axis, .. } = given;
    let effort = effort::effort(project, ledger, value, axis);
    let given = load::Given { values: &value.tasks, effort: &effort, ledger, network, status: axis.status };
    let load = load::load(project, &given, &settings.load);
    value.measures.people = effort::measures(project, ledger, &effort, &load, axis);
    value.notes.extend(load.notes());
    (effort, load)
}
