//! How the duration of a task varies, and which tasks vary together.

use std::collections::BTreeMap;

use crate::analysis::network::activities::State;
use crate::analysis::simulation::Together;
use crate::analysis::simulation::bridge::seconds;
use crate::analysis::simulation::spread::{Points, Varies, rounded};
use crate::model::Confidence;

use super::{Sources, Trial};

impl Trial {
    /// The remaining duration of a task. Of a task under way only what remains varies: a share of the three
    /// points, as its remaining duration is a share of the most likely one.
    pub(super) fn duration(
        &mut self,
        of: &Sources<'_>,
        task: Option<usize>,
        state: State,
        planned: i64,
    ) -> Varies {
        let planned = seconds(planned) / self.day;
        let Some(task) = task.map(|task| &of.project.tasks[task]).filter(|_| planned > 0.0) else {
            return Varies::Fixed(rounded(planned));
        };
        let points = if let Some((low, likely, high)) = task.three_point {
            self.assumed.three_point += 1;
            let days = |work: crate::quantity::Work| seconds(work.0.max(0)) / self.day;
            let points = Points { low: days(low), likely: days(likely), high: days(high) };
            match state {
                State::Begun if points.likely > 0.0 => points.times(planned / points.likely),
                State::Begun => Points { low: planned, likely: planned, high: planned },
                _ => points,
            }
        } else {
            let (class, spread) = of.settings.class(task.confidence);
            self.assumed.by_class[class] += 1;
            Points::around(planned, spread)
        };
        of.settings.distribution.over(points, &mut self.tables)
    }

    /// Puts the tasks that vary into groups.
    pub(super) fn correlate(&mut self, of: &Sources<'_>) {
        let shared = of.settings.correlation;
        if shared <= 0.0 {
            return;
        }
        let mut groups: BTreeMap<&str, u32> = BTreeMap::new();
        for node in self.nodes.iter_mut().filter(|node| node.varies) {
            let Some(task) = node.task.map(|task| &of.project.tasks[task]) else { continue };
            let name = match of.settings.correlated_by {
                Together::Phase => task.phase.as_deref(),
                Together::ControlAccount => task.control_account.as_deref(),
                Together::Owner => task.owner.as_deref(),
                Together::Project => Some(""),
            };
            let Some(name) = name else { continue };
            let next = u32::try_from(groups.len()).unwrap_or(u32::MAX);
            node.group = Some(*groups.entry(name).or_insert(next));
        }
        self.groups = groups.len();
        (self.follows, self.own) = (rounded(shared.sqrt()), rounded((1.0 - shared).sqrt()));
    }
}

impl crate::analysis::simulation::Settings {
    /// The class of an estimate, counted from high, and its spread.
    pub(super) fn class(&self, confidence: Option<Confidence>) -> (usize, [f64; 2]) {
        match confidence.unwrap_or_default() {
            Confidence::High => (0, self.spread.high),
            Confidence::Medium => (1, self.spread.medium),
            Confidence::Low => (2, self.spread.low),
        }
    }
}
