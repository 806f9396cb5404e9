//! What the sponsor has to decide, where a tolerance is forecast to break or a rating is red.

use crate::quantity::Health;
use crate::report::section::exception::{breaches, recommended, wanted};
use crate::report::subject::Subject;
use crate::report::wording::listed;

/// The decision that is asked for.
pub(super) fn decision(subject: &Subject<'_>) -> Option<String> {
    if let Some(wanted) = wanted(subject) {
        let how = recommended(subject).map_or_else(
            || "the exception report (--template exception) weighs the options".to_owned(),
            |recommended| format!("recommended: {recommended}"),
        );
        return Some(format!(
            "By this forecast {}: the sponsor is asked to decide on {wanted}; {how}.",
            breaches(subject)
        ));
    }
    let charter = &subject.project.charter;
    // With tolerances that hold, the sponsor has said what is theirs to decide.
    if charter.tolerance_cost.is_some() || charter.tolerance_days.is_some() {
        return None;
    }
    let red: Vec<String> = subject
        .found
        .health
        .iter()
        .filter(|finding| finding.rating == Some(Health::Red) && finding.dimension != "Overall")
        .map(|finding| {
            format!("{} is red ({})", finding.dimension.to_lowercase(), subject.dates_as_shown(&finding.rule))
        })
        .collect();
    (!red.is_empty())
        .then(|| format!("The sponsor is asked to decide how to go on, because {}.", listed(&red)))
}
