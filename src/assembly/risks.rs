//! Rows of `risks` to the register: linked to their tasks, gains and losses told apart.

use std::collections::BTreeMap;

use super::registers::{Entry, Registers};
use super::row::Row;
use crate::diagnostic::{Diagnostic, Diagnostics, Location, code};
use crate::language::Part;
use crate::model::{Magnitude, Project, Risk, RiskKind, RiskStatus};

/// Reads the register of every project.
pub(super) fn read(registers: &mut Registers, projects: &mut [Project]) {
    let mut weightless = Weightless::default();
    let twice = |id: &str| phrase!("risk '{id}' is there twice", id);
    for entry in registers.distinct("risks", "title", &code::DUPLICATE_RISK, twice) {
        let says = |ids: String| phrase!("the risk hits tasks that are not in the plan: {ids}", ids);
        let tasks = registers.known_tasks(&entry, &code::RISK_UNKNOWN_TASK, says);
        let cost = stated(registers, &entry, "impact_cost", COST);
        let days = stated(registers, &entry, "impact_days", DAYS);
        let gains = [cost, days].into_iter().flatten().any(Magnitude::is_negative);
        let kind = kind(registers, &entry, gains);
        let Entry { project: index, id, title, row } = entry;
        let Some(project) = projects.get_mut(index) else { continue };
        let risk = Risk {
            id,
            title,
            kind,
            category: row.string("category"),
            probability: row.magnitude("probability"),
            impact: row.level("impact"),
            impact_cost: sized(cost),
            impact_days: sized(days),
            tasks,
            response: row.word("response"),
            action: row.string("action"),
            owner: row.string("owner"),
            status: match row.word("status") {
                Some("closed") => RiskStatus::Closed,
                Some("occurred") => RiskStatus::Occurred,
                _ => RiskStatus::Open,
            },
            raised: row.day("raised"),
            proximity: row.string("proximity"),
            due: row.day("due"),
            residual_probability: row.magnitude("residual_probability"),
            residual_impact_cost: sized(row.magnitude("residual_impact_cost")),
            residual_impact_days: sized(row.magnitude("residual_impact_days")),
            origin: row.origin(),
        };
        weightless.weigh(index, &row, &risk);
        project.risks.push(risk);
    }
    weightless.report(projects, registers.problems);
}

/// Open risks that have no probability or no impact: one problem a project and sheet, with how many there are and
/// the first ids.
#[derive(Default)]
struct Weightless {
    found: BTreeMap<(usize, String), (Location, Vec<String>, u32)>,
}

impl Weightless {
    fn weigh(&mut self, project: usize, row: &Row, risk: &Risk) {
        let weighs = risk.impact_cost.is_some() || risk.impact_days.is_some() || risk.impact.is_some();
        if risk.status != RiskStatus::Open || (risk.probability.is_some() && weighs) {
            return;
        }
        let column = if risk.probability.is_none() { "probability" } else { "impact_cost" };
        let key = (project, row.table.place().to_string());
        let entry = self.found.entry(key).or_insert_with(|| (row.cell(column), Vec::new(), 0));
        entry.2 += 1;
        if entry.1.len() < 5 {
            entry.1.push(risk.id.clone());
        }
    }

    fn report(self, projects: &[Project], problems: &mut Diagnostics) {
        for ((project, _), (place, ids, count)) in self.found {
            let message = phrase!(
                "{n} open {n|risk|risks} without probability or impact: {ids}",
                n = count,
                ids = Part::few(&ids, count as usize)
            );
            problems.push(
                Diagnostic::new(&code::WEIGHTLESS_RISK, place, message).project(&*projects[project].id).help(
                    word!("listed without exposure; give probability and impact_cost, impact_days or impact"),
                ),
            );
        }
    }
}

const COST: [&str; 3] = ["impact_cost_min", "impact_cost_likely", "impact_cost_max"];
const DAYS: [&str; 3] = ["impact_days_min", "impact_days_likely", "impact_days_max"];

/// An impact as the row states it, and said where its three columns do not rise.
fn stated(registers: &mut Registers, entry: &Entry, column: &str, three: [&str; 3]) -> Option<Magnitude> {
    let (impact, falls) = impact(&entry.row, column, three);
    if falls {
        let message = word!("the least, likely and largest impact do not rise").into();
        let problem = registers
            .problem(entry, &code::RISK_RANGE, three[0], message)
            .help(word!("they are used in rising order; correct them"));
        registers.problems.push(problem);
    }
    impact
}

/// Threat or opportunity: as said, unless it `gains`.
fn kind(registers: &mut Registers, entry: &Entry, gains: bool) -> RiskKind {
    match entry.row.word("kind") {
        Some("threat") if gains => {
            let message = word!("a threat with a negative impact").into();
            let problem = registers
                .problem(entry, &code::THREAT_THAT_GAINS, "kind", message)
                .help(word!("it is taken as an opportunity; correct one of the two"));
            registers.problems.push(problem);
            RiskKind::Opportunity
        }
        Some("opportunity") => RiskKind::Opportunity,
        None if gains => RiskKind::Opportunity,
        _ => RiskKind::Threat,
    }
}

/// The size of an impact, without the sign of a gain.
fn sized(magnitude: Option<Magnitude>) -> Option<Magnitude> {
    magnitude.map(|m| if m.is_negative() { negated(m) } else { m })
}

/// The impact from its three columns where they say it, else from the one; and whether the three fell.
fn impact(row: &Row, column: &str, three: [&str; 3]) -> (Option<Magnitude>, bool) {
    let likely = |magnitude| match magnitude {
        Magnitude::Points(_, likely, _) => Some(likely),
        Magnitude::Level(_) => None,
    };
    let [low, middle, high] = three.map(|column| row.magnitude(column).and_then(likely));
    // A level stands for itself in whichever of the columns it is.
    let level = || {
        let graded = |column: &&str| row.magnitude(column).filter(|m| matches!(m, Magnitude::Level(_)));
        [three[1], three[2], three[0]].iter().find_map(graded)
    };
    let one = row.magnitude(column).or_else(level);
    let middle = middle.or_else(|| one.and_then(likely));
    let (low, middle, high) = match (low, middle, high) {
        (None, _, None) if one.is_some() => return (one, false),
        (None, None, None) => return (None, false),
        (low, Some(middle), high) => (low.unwrap_or(middle), middle, high.unwrap_or(middle)),
        (Some(low), None, Some(high)) => (low, low.midpoint(high), high),
        (Some(end), None, None) | (None, None, Some(end)) => (end, end, end),
    };
    let mut points = [low, middle, high];
    let falls = !points.is_sorted() && !points.iter().rev().is_sorted();
    points.sort_by(f64::total_cmp);
    (Some(Magnitude::Points(points[0], points[1], points[2])), falls || low > high && low >= 0.0)
}

/// The size of a gain that was written as a negative loss.
fn negated(magnitude: Magnitude) -> Magnitude {
    match magnitude {
        Magnitude::Points(low, likely, high) => Magnitude::Points(-high, -likely, -low),
        level @ Magnitude::Level(_) => level,
    }
}
