//! The risk register: exposure before and after the responses, the matrix, the top exposures, the reserves
//! against them, overdue responses.

mod tables;

pub(in crate::report) use tables::brief;

use crate::analysis::risk::Exposure;
use crate::document::{Block, Chart, Matrix, MatrixItem, Plot};
use crate::model::{RiskKind, RiskStatus};
use crate::quantity::Money;
use crate::report::section::Section;
use crate::report::subject::Subject;
use crate::report::wording::{is_nothing, listed, signed_working_days};
use crate::wording::{counted, percent, so_many_are};

pub(super) const SECTION: Section = Section {
    id: "risk",
    title: "Risks",
    about: "Exposure in money and days before and after the responses, the matrix of probability and impact, the top exposures, contingency against exposure, overdue responses.",
    compose,
};

/// How exposure is reckoned.
const DEFINITION: &str = "Exposure is probability times impact (a three-point impact counts with the mean of its \
    triangle); threats count positive, opportunities negative; closed risks and risks that have occurred have none. \
    Residual is what remains once the responses are in place; where the register gives no residual figures, the risk \
    counts as it stands.";

fn compose(subject: &Subject<'_>) -> Vec<Block> {
    if subject.project.risks.is_empty() {
        return Vec::new();
    }
    let mut blocks = vec![Block::Paragraph(told(subject))];
    if let Some(covered) = covered(subject) {
        blocks.push(Block::Paragraph(covered));
    }
    blocks.extend(matrix(subject).map(Block::Chart));
    // Of a project that is over nothing moves any more.
    if subject.finished().is_none() {
        blocks.push(Block::Note(movement(subject)));
    }
    blocks.push(Block::Table(tables::register(subject)));
    blocks.push(Block::Note(DEFINITION.to_owned()));
    blocks.extend(tables::overdue(subject).map(Block::Table));
    blocks.extend(tables::parts(subject).into_iter().map(Block::Table));
    blocks
}

/// How many, how much, before and after.
fn told(subject: &Subject<'_>) -> String {
    let (project, found) = (subject.project, &subject.found.risk);
    let open = |kind| {
        project.risks.iter().filter(|risk| risk.status == RiskStatus::Open && risk.kind == kind).count()
    };
    let (threats, opportunities) = (open(RiskKind::Threat), open(RiskKind::Opportunity));
    if subject.finished().is_some() && threats + opportunities == 0 {
        let occurred = project.risks.iter().filter(|risk| risk.status == RiskStatus::Occurred).count();
        return format!(
            "No risk of the register is open any more: of {} {occurred} occurred.",
            counted(project.risks.len(), "risk")
        );
    }
    let passed = project.risks.len() - threats - opportunities;
    let opportunities = match opportunities {
        0 => String::new(),
        1 => " and 1 opportunity".to_owned(),
        some => format!(" and {some} opportunities"),
    };
    let passed = match passed {
        0 => String::new(),
        some => format!("; {} closed or occurred", so_many_are(some)),
    };
    let threats = counted(threats, "threat");
    let treated = found.risks.iter().any(|weight| weight.treated);
    let residual = if treated {
        format!("; once the responses are in place, {} remain", worth(subject, found.residual))
    } else {
        String::new()
    };
    format!(
        "The register holds {threats}{opportunities} that are open{passed}. As they stand the exposure is {}{residual}.",
        worth(subject, found.inherent)
    )
}

/// `EUR 12,300 and 4.5 working days`.
fn worth(subject: &Subject<'_>, exposure: Exposure) -> String {
    let cost = subject.format.amount(exposure.cost.units());
    if is_nothing(exposure.days) {
        return cost;
    }
    format!("{cost} and {}", signed_working_days(exposure.days))
}

/// The reserves against the exposure, and how fast they go.
fn covered(subject: &Subject<'_>) -> Option<String> {
    let (cover, reserves) = (&subject.found.risk.cover, &subject.found.reserves);
    let left = cover.contingency_left?;
    let amount = |money: Money| subject.format.amount(money.units());
    let against = match cover.ratio {
        Ok(ratio) if ratio >= 3.0 => {
            let times = subject.format.number(ratio, 0);
            format!(", {times} times the residual exposure: it covers the open risks on average")
        }
        Ok(ratio) if ratio >= 1.0 => {
            format!(", {} of the residual exposure: it covers the open risks on average", percent(ratio))
        }
        Ok(ratio) => format!(
            ", {} of the residual exposure: it does not cover the open risks even on average",
            percent(ratio)
        ),
        Err(_) => "; no open exposure is left to cover".to_owned(),
    };
    let drawn = match (cover.drawn, cover.complete) {
        (Ok(drawn), Some(complete)) => {
            format!(
                " {} of the contingency is drawn at {} of the work complete.",
                percent(drawn),
                percent(complete)
            )
        }
        _ => String::new(),
    };
    let reserve = cover.reserve_left.map(|left| {
        format!(" {} of management reserve is left for what nobody has thought of.", amount(left))
    });
    let budget = reserves.contingency.map(amount).unwrap_or_default();
    Some(format!(
        "Of {budget} contingency {} is left{against}.{drawn}{}",
        amount(left),
        reserve.unwrap_or_default()
    ))
}

/// What is known of the register as it was: which risks are new in the period, and that the rest is not known.
fn movement(subject: &Subject<'_>) -> String {
    let period = subject.found.period;
    let new: Vec<String> = subject
        .project
        .risks
        .iter()
        .filter(|risk| risk.raised.is_some_and(|day| day >= period.first && day <= period.last()))
        .map(|risk| risk.id.clone())
        .collect();
    let new = if new.is_empty() {
        "No risk was raised in this period.".to_owned()
    } else {
        format!("Raised in this period: {}.", listed(&new))
    };
    format!(
        "{new} How the others moved since the last report is not assessable, because the register holds no earlier values; \
         arrows lead to where a risk stands once its response is in place."
    )
}

/// Probability against impact; the place once the response is in place in the second.
fn matrix(subject: &Subject<'_>) -> Option<Chart> {
    let (project, found) = (subject.project, &subject.found.risk);
    let items: Vec<MatrixItem> = found
        .ranked
        .iter()
        .filter_map(|index| {
            let (risk, weight) = (&project.risks[*index], &found.risks[*index]);
            let (probability, impact) = weight.inherent.place?;
            Some(MatrixItem {
                label: risk.id.clone(),
                at: (probability, impact),
                to: weight.residual.place.filter(|to| *to != (probability, impact)),
                gain: risk.kind == RiskKind::Opportunity,
            })
        })
        .collect();
    if items.is_empty() {
        return None;
    }
    let severe = items.iter().filter(|item| item.at.0 * item.at.1 >= 15 && !item.gain).count();
    let moved = items.iter().filter(|item| item.to.is_some()).count();
    Some(Chart {
        id: "risk_matrix",
        title: "Probability and impact".to_owned(),
        alt: format!(
            "Matrix of {} by probability and impact; {severe} in the red corner as they stand; {moved} move once their response is in place.",
            counted(items.len(), "open risk")
        ),
        plot: Plot::Matrix(Matrix { items }),
    })
}
