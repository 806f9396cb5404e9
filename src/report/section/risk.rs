//! The risk register: exposure before and after the responses, the matrix, the top exposures, the reserves
//! against them, overdue responses.

mod tables;

pub(in crate::report) use tables::brief;

use crate::analysis::metric::EXPOSURE;
use crate::analysis::risk::Exposure;
use crate::document::{Block, Chart, Matrix, MatrixItem, Plot};
use crate::language::{Part, Phrase};
use crate::model::{RiskKind, RiskStatus};
use crate::report::section::{Section, since};
use crate::report::subject::Subject;
use crate::report::wording::{defined, is_nothing, signed_working_days};

pub(super) const SECTION: Section = Section {
    id: "risk",
    title: "Risks",
    about: "Exposure in money and days before and after the responses, the matrix of probability and impact, the top exposures, contingency against exposure, overdue responses.",
    compose,
};

fn compose(subject: &Subject<'_>) -> Vec<Block> {
    if subject.project.risks.is_empty() {
        return Vec::new();
    }
    let mut blocks = vec![Block::Paragraph(subject.say_all(&told(subject)))];
    if let Some(covered) = covered(subject) {
        blocks.push(Block::Paragraph(subject.say_all(&covered)));
    }
    blocks.extend(matrix(subject).map(Block::Chart));
    // Of a project that is over nothing moves any more.
    if subject.finished().is_none() {
        blocks.push(Block::Note(subject.say_all(&movement(subject))));
    }
    blocks.push(Block::Table(tables::register(subject)));
    let mut defined = defined(&[&EXPOSURE]);
    defined.push(phrase!(
        "Residual is what remains once the responses are in place; where the register gives no residual figures, the risk \
         counts as it stands."
    ));
    blocks.push(Block::Note(subject.say_all(&defined)));
    blocks.extend(tables::overdue(subject).map(Block::Table));
    blocks.extend(tables::parts(subject).into_iter().map(Block::Table));
    blocks
}

/// How many, how much, before and after.
fn told(subject: &Subject<'_>) -> Vec<Phrase> {
    let (project, found) = (subject.project, &subject.found.risk);
    let known = || project.risks.iter().filter(|risk| risk.known_on(subject.found.status_date.day()));
    let open = |kind| found.ranked.iter().filter(|index| project.risks[**index].kind == kind).count();
    let (threats, opportunities) = (open(RiskKind::Threat), open(RiskKind::Opportunity));
    let all = known().count();
    if subject.finished().is_some() && threats + opportunities == 0 {
        let occurred = known().filter(|risk| risk.status == RiskStatus::Occurred).count();
        return vec![phrase!(
            "No risk of the register is open any more: of {all} {all|risk|risks} {occurred} occurred.",
            all,
            occurred
        )];
    }
    let threats_open = phrase!("{n} {n|threat|threats}", n = threats);
    let held = match opportunities {
        0 => threats_open,
        n => phrase!("{threats} and {n} {n|opportunity|opportunities}", threats = threats_open, n),
    };
    let register = match all - threats - opportunities {
        0 => phrase!("The register holds {held} that are open.", held),
        n => phrase!("The register holds {held} that are open; {n} {n|is|are} closed or occurred.", held, n),
    };
    let inherent = worth(subject, found.inherent);
    let exposure = if found.risks.iter().any(|weight| weight.treated) {
        phrase!(
            "As they stand the exposure is {inherent}; once the responses are in place, {residual} remain.",
            inherent,
            residual = worth(subject, found.residual)
        )
    } else {
        phrase!("As they stand the exposure is {inherent}.", inherent)
    };
    vec![register, exposure]
}

/// `EUR 12,300 and 4.5 working days`.
fn worth(subject: &Subject<'_>, exposure: Exposure) -> Part {
    let cost = Part::Text(subject.money(exposure.cost));
    if is_nothing(exposure.days) {
        return cost;
    }
    vec![cost, signed_working_days(exposure.days).into()].into()
}

/// The reserves against the exposure, and how fast they go.
fn covered(subject: &Subject<'_>) -> Option<Vec<Phrase>> {
    let (cover, reserves) = (&subject.found.risk.cover, &subject.found.reserves);
    let amount = |money| subject.money(money);
    let (left, budget) =
        (amount(cover.contingency_left?), reserves.contingency.map(amount).unwrap_or_default());
    let mut sentences = vec![match cover.ratio {
        Ok(ratio) if ratio >= 3.0 => phrase!(
            "Of {budget} contingency {left} is left, {times} times the residual exposure: it covers the open risks on average.",
            budget,
            left,
            times = Part::number(ratio, 0)
        ),
        Ok(ratio) if ratio >= 1.0 => phrase!(
            "Of {budget} contingency {left} is left, {share} of the residual exposure: it covers the open risks on average.",
            budget,
            left,
            share = Part::share(ratio)
        ),
        Ok(ratio) => phrase!(
            "Of {budget} contingency {left} is left, {share} of the residual exposure: it does not cover the open risks even \
             on average.",
            budget,
            left,
            share = Part::share(ratio)
        ),
        Err(_) => phrase!(
            "Of {budget} contingency {left} is left; no open exposure is left to cover.",
            budget,
            left
        ),
    }];
    if let (Ok(drawn), Some(complete)) = (cover.drawn, cover.complete) {
        sentences.push(phrase!(
            "{drawn} of the contingency is drawn at {complete} of the work complete.",
            drawn = Part::share(drawn),
            complete = Part::share(complete)
        ));
    }
    if let Some(left) = cover.reserve_left {
        sentences.push(phrase!(
            "{left} of management reserve is left for what nobody has thought of.",
            left = amount(left)
        ));
    }
    Some(sentences)
}

/// How the risks moved since the last report; without one, which are new in the period and that the rest is not known.
fn movement(subject: &Subject<'_>) -> [Phrase; 2] {
    if let Some(moved) = since::risks(subject) {
        return [moved, phrase!("Arrows lead to where a risk stands once its response is in place.")];
    }
    let period = subject.found.period;
    let new: Vec<Part> = subject
        .project
        .risks
        .iter()
        .filter(|risk| risk.raised.is_some_and(|day| day >= period.first && day <= period.last()))
        .map(|risk| Part::from(&risk.id))
        .collect();
    let raised = if new.is_empty() {
        phrase!("No risk was raised in this period.")
    } else {
        phrase!("Raised in this period: {new}.", new)
    };
    let unknown = phrase!(
        "How the others moved since the last report is not assessable, because the register holds no earlier values; arrows \
         lead to where a risk stands once its response is in place."
    );
    [raised, unknown]
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
        title: subject.word(word!("Probability and impact")),
        alt: subject.say(phrase!(
            "Matrix of {n} open {n|risk|risks} by probability and impact; {severe} in the red corner as they stand; {moved} move \
             once their response is in place.",
            n = items.len(),
            severe,
            moved
        )),
        plot: Plot::Matrix(Matrix { items }),
    })
}
