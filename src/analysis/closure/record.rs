//! The forecasts on the way: what a finished project would have said of its end at each of its status dates, knowing
//! only what was known then.

use crate::analysis::score::{Scored, look_back as looked_back};
use crate::analysis::{ProjectFindings, Settings};
use crate::model::Portfolio;

/// The least status dates a record is made of: a table of one says what it says.
const LEAST: usize = 1;

/// Adds its record to every project that is finished. Facts are grouped anew for each status date, over all projects:
/// call it where the frames may be read, never inside rayon.
pub fn look_back(portfolio: &Portfolio, settings: &Settings, found: &mut [ProjectFindings]) {
    let finished = |index: &usize| found.get(*index).is_some_and(|found| found.closure.finished.is_some());
    let (finished, open): (Vec<usize>, Vec<usize>) = (0..portfolio.projects.len()).partition(finished);
    if finished.is_empty() {
        return;
    }
    let mut of_finished = portfolio.clone();
    of_finished.set_aside(&open);
    let score = looked_back(&of_finished, settings, LEAST);
    let mut records: std::collections::BTreeMap<usize, Scored> =
        score.projects.into_iter().map(|scored| (scored.index, scored)).collect();
    for (nth, index) in finished.into_iter().enumerate() {
        found[index].closure.record = records.remove(&nth);
    }
}
