//! The people dimension: whether anybody has more to do than time.

use super::{Fired, HealthFinding, Reason, Stage, finding};
use crate::analysis::load::{LoadFindings, PersonLoad};
use crate::language::Part;
use crate::quantity::Health;

/// A share that shows as the threshold is not above it.
const ROUNDING: f64 = 0.005;

/// Rates the load of the weeks ahead; `None` where nothing is planned for anybody whose time is known.
///
/// | rule | amber | red |
/// |---|---|---|
/// | highest share of their time that is planned for one person over the next four weeks | above 100% | above 125% |
/// | work planned for somebody who has no time in these weeks | any | |
///
/// The figures are those of [`crate::analysis::load::Settings`].
#[must_use]
pub fn people(load: &LoadFindings) -> Option<HealthFinding> {
    let settings = &load.settings;
    let until = load.weeks.get(load.horizon)?.last();
    let weeks = settings.weeks;
    let planned = |person: &&PersonLoad| person.known && !person.ahead.planned.is_zero();
    let mut fired = Vec::new();
    let shares =
        load.people.iter().filter(planned).filter_map(|p| Some((p.ahead.utilisation()?, p.name.as_str())));
    // Of equals the first by name.
    if let Some((share, name)) = shares.max_by(|a, b| a.0.total_cmp(&b.0).then_with(|| b.1.cmp(a.1))) {
        let rating = match share {
            share if share > settings.red + ROUNDING => Health::Red,
            share if share > settings.over + ROUNDING => Health::Amber,
            _ => Health::Green,
        };
        let load = Part::share(share);
        let says = match rating {
            Health::Green => phrase!(
                "highest load of the next {weeks} {weeks|week|weeks}, to {until}: {name}, {load}",
                weeks,
                until,
                name,
                load
            ),
            _ => phrase!(
                "{name} has work for {load} of the time of the next {weeks} {weeks|week|weeks}, to {until} (over {limit})",
                name,
                load,
                weeks,
                until,
                limit = Part::share(if rating == Health::Red { settings.red } else { settings.over })
            ),
        };
        fired.push(Fired { rating, says });
    }
    let absent = load.people.iter().filter(planned).find(|person| person.ahead.utilisation().is_none());
    if let Some(person) = absent {
        let says = phrase!(
            "{hours} of work for {name}, who is not there before {until}",
            hours = person.ahead.planned,
            name = &person.name,
            until
        );
        fired.push(Fired { rating: Health::Amber, says });
    }
    (!fired.is_empty()).then(|| finding(word!("People"), fired, Stage::Running, Reason::NoData))
}
