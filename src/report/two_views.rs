//! The two P80s of a report in words: by the history of the recommended method, and by the simulation. Page 1 keeps
//! to the first; wherever the second stands, it is said how they join.

use crate::analysis::forecast::agreement::Apart;
use crate::calendar::last_day;
use crate::language::{Part, Phrase};
use crate::report::subject::Subject;
use crate::report::wording::working_days;

/// Which of them page 1 uses, and why.
pub(super) const WHICH: &str = word!(
    "Page 1 uses the P80 of past projects, because it was held against how projects really ended, with everything that \
     nobody had foreseen; the simulation knows only what the estimates and the register say, and is used for what drives \
     the finish and what reserve the named risks need."
);

/// What is apart, and by how much: `in the cost by 25,769 (10% of what is left to spend)`.
fn distances(subject: &Subject<'_>, wanted: impl Fn(&Apart) -> bool) -> Option<Part> {
    let agreement = subject.found.agreement;
    let finish = agreement.finish.filter(&wanted).map(|apart| {
        phrase!(
            "in the finish by {days} ({share} of the time left)",
            days = working_days(apart.by.abs()),
            share = Part::share(apart.share.abs())
        )
    });
    let cost = agreement.cost.filter(&wanted).map(|apart| {
        phrase!(
            "in the cost by {amount} ({share} of what is left to spend)",
            amount = subject.format.amount(apart.by.abs()),
            share = Part::share(apart.share.abs())
        )
    });
    let parts: Vec<Part> = finish.into_iter().chain(cost).map(Part::from).collect();
    (!parts.is_empty()).then(|| parts.into())
}

/// How far the two are apart, for the section that shows both.
pub(super) fn apart(subject: &Subject<'_>) -> Option<String> {
    if subject.all_earned() {
        return None;
    }
    let threshold = Part::share(subject.thresholds.p80_apart);
    let differences = distances(subject, |_| true)?;
    let words: Vec<Phrase> = larger(subject).into_iter().chain(smaller(subject)).collect();
    let told = if words.is_empty() {
        phrase!(
            "The two P80s differ {differences}; neither is more than {threshold}, so the two views agree.",
            differences,
            threshold
        )
    } else {
        phrase!(
            "The two P80s differ {differences}; more than {threshold} needs a word.",
            differences,
            threshold
        )
    };
    Some(subject.say_all(&[&[told][..], &words].concat()))
}

/// That the simulation sees more uncertainty than page 1 says: a sentence for page 1.
pub(super) fn larger(subject: &Subject<'_>) -> Option<Phrase> {
    let threshold = subject.thresholds.p80_apart;
    let more = |apart: &Apart| apart.by > 0.0 && apart.beyond(threshold);
    let (found, agreement) = (subject.found, subject.found.agreement);
    let simulation = found.simulation.as_ref().ok().filter(|_| !subject.all_earned())?;
    let finish = agreement.finish.filter(more);
    let finish = finish.map(|_| phrase!("a finish by {day}", day = last_day(simulation.dates[2])));
    let cost = agreement.cost.filter(more).and(simulation.cost.as_ref());
    let cost = cost.map(|cost| phrase!("a cost of {amount}", amount = subject.format.amount(cost.p80())));
    let parts: Vec<Part> = finish.into_iter().chain(cost).map(Part::from).collect();
    (!parts.is_empty()).then(|| {
        phrase!(
            "The simulation of this project's estimates and risks has {parts} for P80: less certain than projects usually \
             are at this stage.",
            parts
        )
    })
}

/// That the simulation sees less uncertainty than past projects had: a finding about the data.
pub(super) fn smaller(subject: &Subject<'_>) -> Option<Phrase> {
    let threshold = subject.thresholds.p80_apart;
    if subject.all_earned() {
        return None;
    }
    let differences = distances(subject, |apart| apart.by < 0.0 && apart.beyond(threshold))?;
    Some(phrase!(
        "The simulated P80 lies below that of past projects {differences}: the estimates or the risk register may leave out \
         what usually delays projects and makes them dearer.",
        differences
    ))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::analysis::ProjectFindings;
    use crate::analysis::forecast::agreement::Agreement;
    use crate::analysis::simulation::{Distribution, Reserve, Simulation, Spread};
    use crate::calendar::end_of_day;
    use crate::diagnostic::Diagnostics;
    use crate::model::Portfolio;
    use crate::report::Settings;
    use crate::report::example::{self, day};

    /// A simulation with this P80 of finish and cost.
    fn simulated(finish: (u32, u32), cost: f64) -> Simulation {
        let spread = |p80| Spread { percentiles: [p80; 5], ..Spread::default() };
        Simulation {
            iterations: 64,
            seed: 1,
            distribution: Distribution::Pert,
            finish: spread(150.0),
            dates: [end_of_day(day(finish.0, finish.1)); 5],
            class_ends: Vec::new(),
            planned: 150.0,
            baseline: None,
            on_time: None,
            cost: Some(spread(cost)),
            base_cost: cost,
            joint: None,
            tasks: Vec::new(),
            risks: Vec::new(),
            reserve: Reserve::default(),
            outcomes: Vec::new(),
            notes: Vec::new(),
        }
    }

    fn told(finish: (u32, u32), cost: f64) -> [Option<String>; 3] {
        let (project, mut found): (_, ProjectFindings) = (example::project(), example::found());
        found.simulation = Ok(simulated(finish, cost));
        found.agreement = Agreement::of(
            &found.recommended,
            found.simulation.as_ref().ok(),
            found.measures.ac,
            (project.calendars.first(), found.status_date.0),
        );
        let (portfolio, problems) = (Portfolio::default(), Diagnostics::default());
        let settings = Settings::default();
        let subject =
            crate::report::subject::Subject::new(&portfolio, &project, &found, &problems, &settings);
        let say = |phrase: Option<Phrase>| phrase.map(|phrase| subject.say(phrase));
        [say(larger(&subject)), say(smaller(&subject)), apart(&subject)]
            .map(|words| words.map(|words| words.replace('\u{a0}', " ")))
    }

    #[test]
    fn near_views_agree_and_nobody_is_bothered() {
        // P80 of page 1: 30 July, 87 working days after 31 March; 143,000, of which 66,000 are spent.
        let [more, less, apart] = told((8, 3), 138_000.0);
        assert_eq!((more, less), (None, None));
        assert_eq!(
            apart.unwrap(),
            "The two P80s differ in the finish by 2 working days (2% of the time left) and in the cost by EUR 5,000 \
             (6% of what is left to spend); neither is more than 10%, so the two views agree."
        );
    }

    #[test]
    fn a_project_less_certain_than_usual_is_said_on_page_1() {
        let [more, less, _] = told((8, 31), 151_000.0);
        assert_eq!(less, None);
        assert_eq!(
            more.unwrap(),
            "The simulation of this project's estimates and risks has a finish by 31 Aug 2026 and a cost of EUR 151,000 \
             for P80: less certain than projects usually are at this stage."
        );
    }

    #[test]
    fn a_simulation_surer_than_history_is_a_finding_about_the_data() {
        let [more, less, apart] = told((7, 30), 130_000.0);
        assert_eq!(more, None);
        let less = less.unwrap();
        assert!(
            less.starts_with(
                "The simulated P80 lies below that of past projects in the cost by EUR 13,000 (17% of what is left to spend): "
            ),
            "{less}"
        );
        assert!(apart.unwrap().contains(&less));
    }
}
