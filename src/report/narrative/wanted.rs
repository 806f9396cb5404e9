//! What the sponsor has to decide, where a tolerance is forecast to break or a rating is red.

use crate::language::{Part, Phrase};
use crate::quantity::Health;
use crate::report::section::exception::{breaches, recommended, wanted};
use crate::report::subject::Subject;

/// The decision that is asked for.
pub(super) fn decision(subject: &Subject<'_>) -> Option<Phrase> {
    if let Some(wanted) = wanted(subject) {
        let how = recommended(subject).map_or_else(
            || phrase!("the exception report weighs the options"),
            |option| phrase!("recommended: {option}", option),
        );
        return Some(phrase!(
            "By this forecast {breaches}: the sponsor is asked to decide on {wanted}; {how}.",
            breaches = breaches(subject),
            wanted,
            how
        ));
    }
    let charter = &subject.project.charter;
    // With tolerances that hold, the sponsor has said what is theirs to decide.
    if charter.tolerance_cost.is_some() || charter.tolerance_days.is_some() {
        return None;
    }
    let red: Vec<Part> = subject
        .found
        .health
        .iter()
        .filter(|finding| finding.rating == Some(Health::Red) && finding.dimension != "Overall")
        .map(|finding| {
            phrase!(
                "{dimension} is red ({rule})",
                dimension = subject.format.within(finding.dimension),
                rule = &finding.rule
            )
            .into()
        })
        .collect();
    (!red.is_empty()).then(|| phrase!("The sponsor is asked to decide how to go on, because {red}.", red))
}
