//! What an hour costs: the rates of the resources, each from its day on.

use std::collections::BTreeMap;
use std::sync::Arc;

use chrono::NaiveDate;

use super::code::folded;
use crate::model::Project;
use crate::quantity::Money;

/// The people of a project as its resources name them.
#[derive(Debug, Default)]
pub(super) struct Rates {
    people: BTreeMap<String, Rated>,
}

/// A person's rates.
#[derive(Clone, Debug)]
pub(super) struct Rated {
    /// The name as the resources write it.
    pub(super) name: Arc<str>,
    /// The role as the resources write it.
    pub(super) role: Option<Arc<str>>,
    /// First day and rate, sorted by day.
    steps: Vec<(NaiveDate, Money)>,
}

impl Rates {
    /// The rates of a project. Of two rates from the same day the later row holds.
    pub(super) fn of(project: &Project) -> Self {
        let mut people: BTreeMap<String, Rated> = BTreeMap::new();
        for resource in &project.resources {
            let person = people.entry(folded(&resource.person)).or_insert_with(|| Rated {
                name: resource.person.trim().into(),
                role: None,
                steps: Vec::new(),
            });
            if let Some(role) = &resource.role {
                person.role.get_or_insert_with(|| role.as_str().into());
            }
            if let Some(rate) = resource.rate {
                person.steps.push((resource.rate_from.unwrap_or(NaiveDate::MIN), rate));
            }
        }
        for person in people.values_mut() {
            person.steps.sort_by_key(|step| step.0);
        }
        Self { people }
    }

    /// The person of that name, without regard to case and surrounding blanks.
    pub(super) fn person(&self, name: &str) -> Option<&Rated> {
        self.people.get(&folded(name))
    }
}

impl Rated {
    /// The rate in force on a day; `None` before the first.
    pub(super) fn on(&self, day: NaiveDate) -> Option<Money> {
        let after = self.steps.partition_point(|step| step.0 <= day);
        after.checked_sub(1).map(|last| self.steps[last].1)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::Resource;

    fn resource(person: &str, rate: f64, from: Option<&str>) -> Resource {
        Resource {
            person: person.into(),
            rate: Some(Money::from_units(rate)),
            rate_from: from.map(|day| day.parse().unwrap()),
            ..Resource::default()
        }
    }

    #[test]
    fn the_rate_in_force_is_the_last_that_has_begun() {
        let project = Project {
            resources: vec![
                resource("Eva", 90.0, Some("2026-02-01")),
                resource(" eva ", 80.0, None),
                resource("Jo", 50.0, Some("2026-03-01")),
            ],
            ..Project::default()
        };
        let rates = Rates::of(&project);
        let on = |name: &str, day: &str| rates.person(name)?.on(day.parse().unwrap());
        assert_eq!(on("EVA", "2026-01-31"), Some(Money::from_units(80.0)));
        assert_eq!(on("Eva", "2026-02-01"), Some(Money::from_units(90.0)));
        assert_eq!(on("jo", "2026-02-28"), None);
        assert_eq!(on("jo", "2026-03-01"), Some(Money::from_units(50.0)));
        assert_eq!(on("nobody", "2026-03-01"), None);
        assert_eq!(&*rates.person("eva").unwrap().name, "Eva");
    }
}
