//! The projects of a portfolio together: what they cost in sum and when the last of them ends.
//!
//! There are two views, as for one project: by how far the recommended forecasts of past projects were off (P20, P50
//! and P80 with normal tails of either side's width), and by the simulation of each project. In both, a project is a
//! list of equally likely ends, cost and finish together, from the luckiest to the unluckiest (trials by the sum of
//! their ranks in finish and cost). Which one is taken is drawn so that the luck of any two projects is correlated as
//! the settings say: a Gaussian copula with one common factor (Clemen and Reilly, Management Science 45, 1999).
//! Percentiles are read from the sums, never added. Every project has a stream of chance of its own, so the result is
//! the same on any number of threads.

use rayon::prelude::*;

use super::block::LANES;
use super::outcome::{self, Spread, length};
use super::quantile::{CELLS, NORMAL, NORMAL_SHARES, SHARES_A_UNIT, SHARES_REACH};
use super::random::{Chances, key};
use super::{Settings, Simulation};
use crate::analysis::forecast::finish::ACTUAL;
use crate::analysis::network::readings::Readings;
use crate::analysis::{FinishForecast, ProjectFindings};
use crate::calendar::Moment;
use crate::language::Phrase;
use crate::model::{Portfolio, Project};
use crate::quantity::Reason;

/// What came of the projects together.
#[derive(Clone, Debug, PartialEq)]
pub struct Combined {
    /// Trials of the portfolio.
    pub iterations: usize,
    /// The seed.
    pub seed: u64,
    /// How much the luck of two projects goes together, 0 to 1.
    pub correlation: f64,
    /// By the recommended forecasts and how far they were off on past projects.
    pub history: Option<View>,
    /// By the simulation of the projects.
    pub simulation: Option<View>,
}

/// One view of the projects together.
#[derive(Clone, Debug, PartialEq)]
pub struct View {
    /// The projects in it.
    pub members: Vec<Member>,
    /// The projects that are not, and why: index into the portfolio and a reason that completes "because ...".
    pub left_out: Vec<(usize, Phrase)>,
    /// The sum of their costs in currency units; `None` where currencies differ or there is no cost.
    pub cost: Option<Sum>,
    /// When the last of them ends: P10, P50, P80, P90 and P95.
    pub dates: [Moment; 5],
    /// The end in days by the clock since the first of the starts.
    pub finish: Spread,
    /// The classes of the end as moments: the upper end of each.
    pub class_ends: Vec<Moment>,
}

/// One project of several.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Member {
    /// Index into the portfolio.
    pub project: usize,
    /// The share of the trials in which no other project ends later.
    pub last: f64,
}

/// The cost of several projects.
#[derive(Clone, Debug, PartialEq)]
pub struct Sum {
    /// With the correlation of the settings.
    pub spread: Spread,
    /// P80 if the projects had nothing in common.
    pub independent_p80: f64,
    /// The projects' own P80s added up: more than P80 of the sum, because not all go wrong at once.
    pub sum_of_p80: f64,
}

/// A project as a list of equally likely ends, the luckiest first.
struct Ends {
    project: usize,
    /// Finish in days by the clock since the common start, and cost beyond the base.
    list: Vec<(f32, f32)>,
    /// The cost that every end has.
    base: f64,
    /// P80 of its cost.
    p80: f64,
    costs: bool,
}

/// Draws the projects of a portfolio together; `None` where neither view has two of them.
#[must_use]
pub fn combined(portfolio: &Portfolio, found: &[ProjectFindings], settings: &Settings) -> Option<Combined> {
    if settings.iterations == 0 || found.len() < 2 {
        return None;
    }
    let start = found.iter().filter_map(begins).min()?;
    let history = view(portfolio, found, settings, (start, by_history));
    let simulation = view(portfolio, found, settings, (start, by_simulation));
    (history.is_some() || simulation.is_some()).then_some(Combined {
        iterations: (settings.iterations as usize).div_ceil(LANES) * LANES,
        seed: settings.seed,
        correlation: settings.between_projects,
        history,
        simulation,
    })
}

/// How the ends of a project that is not finished are known.
type Known = fn(&Project, &ProjectFindings, Moment) -> Result<Ends, Phrase>;

fn view(
    portfolio: &Portfolio,
    found: &[ProjectFindings],
    settings: &Settings,
    (start, known): (Moment, Known),
) -> Option<View> {
    let of = |(project, found): (&Project, &ProjectFindings)| {
        if found.recommended.finish == ACTUAL { finished(found, start) } else { known(project, found, start) }
    };
    let all: Vec<Result<Ends, Phrase>> = portfolio.projects.par_iter().zip(found).map(of).collect();
    let mut ends = Vec::new();
    let mut left_out = Vec::new();
    for (index, of) in all.into_iter().enumerate() {
        match of {
            Ok(of) => ends.push(Ends { project: index, ..of }),
            Err(why) => left_out.push((index, why)),
        }
    }
    let names: Vec<&str> = ends.iter().map(|ends| portfolio.projects[ends.project].id.as_str()).collect();
    let drawn = (ends.len() >= 2).then(|| draw(&ends, &names, settings))?;
    let finish = Spread::of(&outcome::sorted(&drawn.finish), 0.0);
    let moment = |days: f64| start + chrono::Duration::seconds(seconds(days));
    let currency = |index: usize| portfolio.projects[index].currency.as_deref().unwrap_or_default();
    let one_currency = ends.windows(2).all(|pair| currency(pair[0].project) == currency(pair[1].project));
    let cost = (one_currency && ends.iter().any(|ends| ends.costs)).then(|| {
        let base = ends.iter().map(|ends| ends.base).sum();
        Sum {
            spread: Spread::of(&outcome::sorted(&drawn.cost), base),
            independent_p80: base + outcome::percentile(&outcome::sorted(&drawn.independent), 0.8),
            sum_of_p80: ends.iter().map(|ends| ends.p80).sum(),
        }
    });
    let trials = length(drawn.finish.len());
    let members = ends.iter().zip(drawn.last);
    Some(View {
        members: members
            .map(|(ends, last)| Member { project: ends.project, last: length(last) / trials })
            .collect(),
        left_out,
        cost,
        dates: finish.percentiles.map(moment),
        class_ends: finish.classes.iter().map(|(_, to, _)| moment(*to)).collect(),
        finish,
    })
}

/// The start that a project's days are counted from.
fn begins(found: &ProjectFindings) -> Option<Moment> {
    found.network.as_ref().ok().map(|network| network.start).or(found.planned_start)
}

/// Days by the clock from one moment to another.
fn days_between(start: Moment, moment: Moment) -> f32 {
    #[expect(clippy::cast_precision_loss, reason = "centuries of seconds are far below 2^52")]
    let seconds = moment.signed_duration_since(start).num_seconds() as f64;
    #[expect(clippy::cast_possible_truncation, reason = "days of a project to some seconds")]
    let days = (seconds / 86_400.0) as f32;
    days
}

/// The one end that a finished project had.
fn finished(found: &ProjectFindings, start: Moment) -> Result<Ends, Phrase> {
    let spent = found.measures.ac.unwrap_or_default().units();
    let actual = FinishForecast::actual(&found.finish_forecasts);
    let end = days_between(start, actual.ok_or(word!("its finish is not known"))?);
    Ok(Ends { project: 0, list: vec![(end, 0.0)], base: spent, p80: spent, costs: spent > 0.0 })
}

/// The recommended forecast with the spread of past projects on either side.
fn by_history(project: &Project, found: &ProjectFindings, start: Moment) -> Result<Ends, Phrase> {
    const POINTS: u32 = 1_024;
    let recommended = &found.recommended;
    let unknown = word!("the range of its forecast was never measured");
    let eac = found.measures.eac.map_err(Reason::text)?;
    let p80 = recommended.eac_p80.ok_or(unknown)?;
    let chosen = FinishForecast::of(&found.finish_forecasts, recommended.finish);
    let finish = chosen.ok_or(unknown)?.finish.map_err(Reason::text)?;
    // In working time, so that no project ends on a day without work.
    let readings = Readings::new(&project.calendars, start);
    let middle = readings.at(0, finish);
    #[expect(clippy::cast_precision_loss, reason = "seconds of working time are far below 2^52")]
    let beyond = |moment: Moment| (readings.at(0, moment) - middle) as f64;
    let late = beyond(recommended.finish_p80.ok_or(unknown)?);
    let early = recommended.finish_p20.map_or(-late, beyond);
    let dear = p80 - eac;
    let cheap = recommended.eac_p20.map_or(-dear, |p20| p20 - eac);
    let at = |point: u32| {
        let chance = (point << 22) + (1 << 21);
        #[expect(clippy::cast_possible_truncation, reason = "saturating; currency units to seven digits")]
        let (by, money) = (between(chance, early, late).round() as i64, between(chance, cheap, dear) as f32);
        (days_between(start, readings.finish(0, middle + by)), money)
    };
    Ok(Ends { project: 0, list: (0..POINTS).map(at).collect(), base: eac, p80, costs: true })
}

/// The value at a chance (a whole number of 2^-32) of what is 0 at P50, with normal tails through P20 and P80.
fn between(chance: u32, p20: f64, p80: f64) -> f64 {
    /// P80 of a standard normal value.
    const Z80: f64 = 0.841_621;
    let z = f64::from(normal(chance)) / Z80;
    if z > 0.0 { z * p80 } else { -z * p20 }
}

/// The trials of its simulation.
fn by_simulation(project: &Project, found: &ProjectFindings, start: Moment) -> Result<Ends, Phrase> {
    let simulation = found.simulation.as_ref().map_err(Clone::clone)?;
    let network = found.network.as_ref().map_err(Clone::clone)?;
    let readings = Readings::new(&project.calendars, network.start);
    let day = readings.calendar(0).hours_per_day() * 3_600.0;
    let list = by_luck(simulation)
        .into_iter()
        .map(|(finish, cost)| {
            #[expect(clippy::cast_possible_truncation, reason = "saturating")]
            let reading = (f64::from(finish) * day).round() as i64;
            (days_between(start, readings.finish(0, reading)), cost)
        })
        .collect();
    let p80 = simulation.cost.as_ref().map_or(0.0, Spread::p80);
    Ok(Ends { project: 0, list, base: simulation.base_cost, p80, costs: simulation.cost.is_some() })
}

/// The outcomes from the luckiest to the unluckiest.
fn by_luck(simulation: &Simulation) -> Vec<(f32, f32)> {
    let outcomes = &simulation.outcomes;
    let mut ranks = vec![0_u32; outcomes.len()];
    for of in [|outcome: &(f32, f32)| outcome.0, |outcome: &(f32, f32)| outcome.1] {
        let order = in_order(outcomes.iter().map(|outcome| outcome::key(of(outcome))));
        for (rank, place) in (0..).zip(order) {
            ranks[place] += rank;
        }
    }
    in_order(ranks.into_iter()).map(|place| outcomes[place]).collect()
}

/// The places of keys in the order of the keys; equal ones in the order of their places.
fn in_order(keys: impl Iterator<Item = u32>) -> impl Iterator<Item = usize> {
    let mut order: Vec<u64> = (0_u64..).zip(keys).map(|(place, key)| u64::from(key) << 32 | place).collect();
    order.sort_unstable();
    #[expect(clippy::cast_possible_truncation, reason = "places are the lower half")]
    order.into_iter().map(|sorted| sorted as u32 as usize)
}

/// What was drawn, a value a trial; how often each project was the last.
struct Drawn {
    finish: Vec<f32>,
    cost: Vec<f32>,
    independent: Vec<f32>,
    last: Vec<usize>,
}

fn draw(ends: &[Ends], names: &[&str], settings: &Settings) -> Drawn {
    let blocks = (settings.iterations as usize).div_ceil(LANES);
    let trials = blocks * LANES;
    let correlation = settings.between_projects;
    #[expect(clippy::cast_possible_truncation, reason = "weights between 0 and 1")]
    let (common_weight, own_weight) = (correlation.sqrt() as f32, (1.0 - correlation).sqrt() as f32);
    let chances = |name: &str, each: &mut dyn FnMut(usize, u32)| {
        let mut draws = [0; LANES];
        for block in 0..blocks {
            Chances::of(settings.seed, key(name), block as u64).draw(&mut draws);
            for (lane, draw) in draws.iter().enumerate() {
                each(block * LANES + lane, *draw);
            }
        }
    };
    let mut common = vec![0.0; trials];
    // No project can have this id, and none has the stream of its own trials.
    chances("\u{1}portfolio", &mut |trial, draw| common[trial] = common_weight * normal(draw));
    let mut drawn = Drawn {
        finish: vec![f32::NEG_INFINITY; trials],
        cost: vec![0.0; trials],
        independent: vec![0.0; trials],
        last: vec![0; ends.len()],
    };
    let mut latest = vec![0_u32; trials];
    for (member, (ends, name)) in ends.iter().zip(names).enumerate() {
        let list = &ends.list;
        chances(&format!("\u{1}portfolio/{name}"), &mut |trial, draw| {
            let luck = share(common[trial] + own_weight * normal(draw));
            let (finish, cost) = list[place(luck, list.len())];
            drawn.cost[trial] += cost;
            #[expect(clippy::cast_precision_loss, reason = "a chance")]
            let alone = draw as f32 / 4_294_967_296.0;
            drawn.independent[trial] += list[place(alone, list.len())].1;
            if finish > drawn.finish[trial] {
                drawn.finish[trial] = finish;
                latest[trial] = u32::try_from(member).unwrap_or(u32::MAX);
            }
        });
    }
    for member in latest {
        if let Some(count) = drawn.last.get_mut(member as usize) {
            *count += 1;
        }
    }
    drawn
}

/// The place of a share in a list that is not empty.
#[expect(
    clippy::cast_possible_truncation,
    clippy::cast_sign_loss,
    clippy::cast_precision_loss,
    reason = "a share of a short list; saturating"
)]
fn place(share: f32, length: usize) -> usize {
    ((share * length as f32) as usize).min(length - 1)
}

/// A standard normal value for a chance.
fn normal(draw: u32) -> f32 {
    let cell = (draw >> 22) as usize;
    #[expect(clippy::cast_precision_loss, reason = "22 bits")]
    let part = (draw & 0x3F_FFFF) as f32 / 4_194_304.0;
    debug_assert!(cell < CELLS);
    let (low, high) = (NORMAL[cell], NORMAL[cell + 1]);
    low + part * (high - low)
}

/// The chance that a standard normal value is lower.
#[expect(
    clippy::cast_possible_truncation,
    clippy::cast_sign_loss,
    clippy::cast_precision_loss,
    reason = "within the table; saturating"
)]
fn share(value: f32) -> f32 {
    let at = ((value + SHARES_REACH as f32) * SHARES_A_UNIT as f32).max(0.0);
    let below = (at as usize).min(NORMAL_SHARES.len() - 2);
    let (low, high) = (NORMAL_SHARES[below], NORMAL_SHARES[below + 1]);
    (low + (at - below as f32).min(1.0) * (high - low)).clamp(0.0, 1.0)
}

/// Days by the clock in seconds.
#[expect(clippy::cast_possible_truncation, reason = "saturating")]
fn seconds(days: f64) -> i64 {
    (days * 86_400.0).round() as i64
}

#[cfg(test)]
mod tests {
    use super::*;

    /// A project whose ends are the quantiles of a normal cost, finishing on the day of its place.
    fn ends(mean: f32, sd: f32) -> Ends {
        let list = (0..2_048_u16)
            .map(|i| {
                let chance = (u32::from(i) << 21) + (1 << 20);
                (f32::from(i) / 2_048.0, mean + sd * normal(chance))
            })
            .collect();
        Ends { project: 0, list, base: 0.0, p80: 0.0, costs: true }
    }

    fn drawn(ends: &[Ends], between_projects: f64) -> Drawn {
        let names: Vec<String> = (0..ends.len()).map(|i| format!("P{i}")).collect();
        let names: Vec<&str> = names.iter().map(String::as_str).collect();
        draw(ends, &names, &Settings { iterations: 100_000, between_projects, ..Settings::default() })
    }

    #[test]
    fn the_sum_of_correlated_normals_has_the_variance_of_theory() {
        // sd 3 and 4: the variance of the sum is 9 + 16 + 2 rho 12, and its P80 lies 0.8416 of its sd beyond 30.
        for (rho, variance) in [(0.0_f64, 25.0_f64), (0.3, 32.2), (0.8, 44.2)] {
            let drawn = drawn(&[ends(10.0, 3.0), ends(20.0, 4.0)], rho);
            let spread = Spread::of(&outcome::sorted(&drawn.cost), 0.0);
            assert!((spread.mean - 30.0).abs() < 0.05, "{rho}: mean {}", spread.mean);
            assert!((spread.sd / variance.sqrt() - 1.0).abs() < 0.01, "{rho}: sd {}", spread.sd);
            let p80 = 30.0 + 0.841_621 * variance.sqrt();
            assert!((spread.p80() - p80).abs() < 0.06, "{rho}: {} against {p80}", spread.p80());
            // Beside it the same without anything in common, always.
            let independent = Spread::of(&outcome::sorted(&drawn.independent), 0.0);
            assert!((independent.sd / 5.0 - 1.0).abs() < 0.01, "{}", independent.sd);
        }
    }

    #[test]
    fn the_last_of_two_equal_projects_is_either() {
        // The later of two independent uniform ends: P50 is sqrt(0.5), each is the last in half of the trials.
        let drawn = drawn(&[ends(1.0, 0.1), ends(1.0, 0.1)], 0.0);
        let p50 = outcome::percentile(&outcome::sorted(&drawn.finish), 0.5);
        assert!((p50 - 0.5_f64.sqrt()).abs() < 0.005, "{p50}");
        assert!((length(drawn.last[0]) / length(drawn.finish.len()) - 0.5).abs() < 0.006, "{:?}", drawn.last);
    }

    #[test]
    fn a_project_alone_comes_out_as_it_is() {
        let drawn = drawn(&[ends(10.0, 3.0)], 0.3);
        let spread = Spread::of(&outcome::sorted(&drawn.cost), 0.0);
        assert!((spread.p80() - 10.0 - 3.0 * 0.841_621).abs() < 0.05, "{}", spread.p80());
    }

    #[test]
    fn a_forecast_is_spread_through_its_percentiles() {
        // 2^32 / 5 = 858,993,459: P20; four of that: P80.
        for (chance, expected) in [(858_993_459, -12.0), (1 << 31, 0.0), (3_435_973_837, 25.0)] {
            assert!((between(chance, -12.0, 25.0) - expected).abs() < 0.02, "{chance}");
        }
    }

    #[test]
    fn the_tables_are_each_others_inverse() {
        for draw in [1_u32 << 24, 1 << 30, 1 << 31, 3 << 30] {
            let chance = f64::from(draw) / 4_294_967_296.0;
            assert!((f64::from(share(normal(draw))) - chance).abs() < 1e-4, "{chance}");
        }
        assert!(share(-99.0).abs() < 1e-9 && (share(99.0) - 1.0).abs() < 1e-6);
    }
}
