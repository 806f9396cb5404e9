//! The catalogue of sections: one file each, one line in [`SECTIONS`].

pub(in crate::report) mod actions;
pub(in crate::report) mod bridge;
pub(in crate::report) mod business_case;
pub(in crate::report) mod changes;
mod charter;
mod costs;
mod data_quality;
mod earned_value;
mod estimates;
pub(in crate::report) mod exception;
mod feasibility;
mod forecast_record;
mod forecasts;
mod gantt;
pub(super) mod glossary;
pub(in crate::report) mod handover;
pub(in crate::report) mod issues;
pub(in crate::report) mod lessons;
mod load;
mod network;
mod objectives;
mod outcome;
mod people;
mod periods;
mod print;
mod quality;
pub(in crate::report) mod risk;
mod schedule_health;
mod simulation;
pub(in crate::report) mod since;
mod stage;
mod stakeholders;
mod tasks;

use crate::document::Block;
use crate::report::subject::Subject;

/// A section a template may name.
#[derive(Debug)]
pub struct Section {
    /// Stable id: `earned_value`.
    pub id: &'static str,
    /// Its title, unless a template gives another.
    pub title: &'static str,
    /// What is in it, in a sentence.
    pub about: &'static str,
    /// Its blocks; none when there is no data for it.
    pub compose: fn(&Subject<'_>) -> Vec<Block>,
}

/// Every section.
pub const SECTIONS: &[&Section] = &[
    &exception::SECTION,
    &since::SECTION,
    &outcome::SECTION,
    &stage::SECTION,
    &earned_value::SECTION,
    &periods::SECTION,
    &forecasts::SECTION,
    &forecast_record::SECTION,
    &estimates::SECTION,
    &gantt::SECTION,
    &network::SECTION,
    &schedule_health::SECTION,
    &risk::SECTION,
    &simulation::SECTION,
    &bridge::SECTION,
    &people::SECTION,
    &load::SECTION,
    &costs::SECTION,
    &changes::SECTION,
    &quality::SECTION,
    &issues::SECTION,
    &actions::SECTION,
    &stakeholders::SECTION,
    &objectives::SECTION,
    &business_case::SECTION,
    &charter::SECTION,
    &feasibility::SECTION,
    &lessons::SECTION,
    &handover::SECTION,
    &tasks::SECTION,
    &data_quality::SECTION,
    &glossary::SECTION,
];

#[cfg(test)]
mod tests {
    use std::collections::BTreeSet;

    use super::*;
    use crate::report::template::Template;

    #[test]
    fn every_section_is_known_by_its_own_name() {
        let ids: BTreeSet<&str> = SECTIONS.iter().map(|section| section.id).collect();
        let titles: BTreeSet<&str> = SECTIONS.iter().map(|section| section.title).collect();
        assert_eq!((ids.len(), titles.len()), (SECTIONS.len(), SECTIONS.len()));
        for section in SECTIONS {
            assert!(section.id.bytes().all(|b| b.is_ascii_lowercase() || b == b'_'), "{}", section.id);
            assert!(section.about.ends_with('.'), "{}", section.id);
        }
    }

    #[test]
    fn every_section_has_a_place_in_a_built_in_template() {
        let templates = Template::list().into_iter().filter_map(|(name, _)| Template::built_in(name));
        let used: BTreeSet<&str> =
            templates.flat_map(|template| template.sections).map(|chapter| chapter.id).collect();
        assert_eq!(used, SECTIONS.iter().map(|section| section.id).collect());
    }
}
