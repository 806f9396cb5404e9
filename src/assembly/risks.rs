//! Rows of `risks` to the register: linked to their tasks, gains and losses told apart.

use std::collections::{BTreeMap, HashMap};

use super::plan::Plan;
use super::roster::{Home, Homeless, Roster};
use super::row::{Row, Table};
use crate::diagnostic::{Code, Diagnostic, Diagnostics, Location, code};
use crate::model::{Magnitude, Project, Risk, RiskKind, RiskStatus};
use crate::wording::counted;

/// Reads the register of every project.
pub(super) fn read(
    tables: &[Table],
    roster: &Roster,
    projects: &mut [Project],
    plans: &[Plan],
    homeless: &mut Homeless,
    problems: &mut Diagnostics,
) {
    let mut registers: Vec<Register> = projects.iter().map(|_| Register::default()).collect();
    for row in tables.iter().filter(|t| t.typed.spec.name == "risks").flat_map(Table::rows) {
        let written = row.list("tasks");
        let home = match roster.home(&row) {
            // Ids may be enough: the project that knows all of them.
            Home::Shared(among) if !written.is_empty() => among.iter().copied().find(|project| {
                plans
                    .get(*project as usize)
                    .is_some_and(|plan| written.iter().all(|task| plan.find(task).is_some()))
            }),
            _ => None,
        };
        let Some(index) = home.or_else(|| homeless.resolve(roster, &row)) else { continue };
        let index = index as usize;
        let (Some(project), Some(plan), Some(register)) =
            (projects.get_mut(index), plans.get(index), registers.get_mut(index))
        else {
            continue;
        };
        register.take(&row, project, plan, problems);
    }
    for (project, register) in projects.iter().zip(registers) {
        register.report(&project.id, problems);
    }
}

/// A project's register while it is read.
#[derive(Default)]
struct Register {
    first: HashMap<String, Location>,
    weightless: BTreeMap<String, (Location, Vec<String>, u32)>,
}

impl Register {
    fn take(&mut self, row: &Row, project: &mut Project, plan: &Plan, problems: &mut Diagnostics) {
        let Some(id) = row.text("id") else { return };
        let title = row.string("title").unwrap_or_else(|| id.to_owned());
        let entry = Entry { row, id, title: &title, project: &project.id };
        if let Some(first) = self.first.get(id) {
            let message = format!("risk '{id}' is there twice");
            let help = "the later row is left out; give it an id of its own";
            problems.push(entry.problem(&code::DUPLICATE_RISK, "id", message, help).also(first.clone()));
            return;
        }
        self.first.insert(id.to_owned(), row.cell("id"));
        let tasks = entry.tasks(plan, problems);
        let (cost, days) =
            (entry.impact("impact_cost", COST, problems), entry.impact("impact_days", DAYS, problems));
        let kind = entry.kind([cost, days].into_iter().flatten().any(Magnitude::is_negative), problems);
        let risk = Risk {
            id: id.to_owned(),
            kind,
            category: row.string("category"),
            probability: row.magnitude("probability"),
            impact: match row.magnitude("impact") {
                Some(Magnitude::Level(level)) => Some(level),
                _ => None,
            },
            impact_cost: sized(cost),
            impact_days: sized(days),
            tasks,
            response: row.word("response"),
            action: row.string("action"),
            owner: row.string("owner"),
            status: match row.text("status") {
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
            title,
        };
        self.weigh(row, &risk);
        project.risks.push(risk);
    }

    /// Remembers an open risk that has no probability or no impact.
    fn weigh(&mut self, row: &Row, risk: &Risk) {
        let weighs = risk.impact_cost.is_some() || risk.impact_days.is_some() || risk.impact.is_some();
        if risk.status != RiskStatus::Open || (risk.probability.is_some() && weighs) {
            return;
        }
        let place = row.cell(if risk.probability.is_none() { "probability" } else { "impact_cost" });
        let sheet = Location { row: None, column: None, header: None, ..place.clone() }.to_string();
        let entry = self.weightless.entry(sheet).or_insert_with(|| (place, Vec::new(), 0));
        entry.2 += 1;
        if entry.1.len() < 5 {
            entry.1.push(risk.id.clone());
        }
    }

    fn report(self, project: &str, problems: &mut Diagnostics) {
        for (place, ids, count) in self.weightless.into_values() {
            let rest = count as usize - ids.len();
            let more = if rest > 0 { format!(" and {rest} more") } else { String::new() };
            let message = format!(
                "{} without probability or impact: {}{more}",
                counted(count, "open risk"),
                ids.join(", ")
            );
            problems.push(
                Diagnostic::new(&code::WEIGHTLESS_RISK, place, message)
                    .project(project)
                    .help("listed without exposure; give probability and impact_cost, impact_days or impact"),
            );
        }
    }
}

const COST: [&str; 3] = ["impact_cost_min", "impact_cost_likely", "impact_cost_max"];
const DAYS: [&str; 3] = ["impact_days_min", "impact_days_likely", "impact_days_max"];

/// A row of the register while it is read.
struct Entry<'a> {
    row: &'a Row<'a>,
    id: &'a str,
    title: &'a str,
    project: &'a str,
}

impl Entry<'_> {
    fn problem(&self, code: &'static Code, column: &str, message: String, help: &str) -> Diagnostic {
        let context =
            if self.title == self.id { self.id.to_owned() } else { format!("{}  {}", self.id, self.title) };
        Diagnostic::new(code, self.row.cell(column), message)
            .context(context)
            .project(self.project)
            .help(help.to_owned())
    }

    /// The tasks it hits.
    fn tasks(&self, plan: &Plan, problems: &mut Diagnostics) -> Vec<usize> {
        let (mut tasks, mut unknown) = (Vec::new(), Vec::new());
        for written in self.row.list("tasks") {
            match plan.recognise(written) {
                Some((task, _)) if tasks.contains(&(task as usize)) => {}
                Some((task, _)) => tasks.push(task as usize),
                None => unknown.push(written),
            }
        }
        if !unknown.is_empty() {
            let message = format!("the risk hits tasks that are not in the plan: {}", unknown.join(", "));
            let help = "it counts for the project and for the tasks that are known; correct the ids";
            problems.push(self.problem(&code::RISK_UNKNOWN_TASK, "tasks", message, help));
        }
        tasks
    }

    fn impact(&self, column: &str, three: [&str; 3], problems: &mut Diagnostics) -> Option<Magnitude> {
        let (impact, falls) = impact(self.row, column, three);
        if falls {
            let message = "the least, likely and largest impact do not rise".to_owned();
            let help = "they are used in rising order; correct them";
            problems.push(self.problem(&code::RISK_RANGE, three[0], message, help));
        }
        impact
    }

    fn kind(&self, gain: bool, problems: &mut Diagnostics) -> RiskKind {
        match self.row.text("kind") {
            Some("threat") if gain => {
                let message = "a threat with a negative impact".to_owned();
                let help = "it is taken as an opportunity; correct one of the two";
                problems.push(self.problem(&code::THREAT_THAT_GAINS, "kind", message, help));
                RiskKind::Opportunity
            }
            Some("opportunity") => RiskKind::Opportunity,
            None if gain => RiskKind::Opportunity,
            _ => RiskKind::Threat,
        }
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
