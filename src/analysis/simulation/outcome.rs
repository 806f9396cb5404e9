//! From trials to distributions: percentiles with their error, classes for a histogram, joint confidence.

use std::collections::BinaryHeap;

pub(super) use crate::analysis::percentile::percentile;
use crate::analysis::percentile::place;

/// A distribution of finishes (in days) or costs (in currency units).
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Spread {
    /// The mean.
    pub mean: f64,
    /// The standard deviation.
    pub sd: f64,
    /// P10, P50, P80, P90, P95.
    pub percentiles: [f64; 5],
    /// The standard error of P80: how far another seed would move it.
    pub p80_error: f64,
    /// Classes of equal width between P0.1 and P99.9 (the last ones take what lies beyond): lower end, upper
    /// end, share of the trials.
    pub classes: Vec<(f64, f64, f64)>,
}

/// The percentiles that are kept.
pub const PERCENTILES: [f64; 5] = [0.10, 0.50, 0.80, 0.90, 0.95];

/// Classes of a histogram.
const CLASSES: usize = 40;

impl Spread {
    /// P10.
    #[must_use]
    pub const fn p10(&self) -> f64 {
        self.percentiles[0]
    }

    /// P50.
    #[must_use]
    pub const fn p50(&self) -> f64 {
        self.percentiles[1]
    }

    /// P80.
    #[must_use]
    pub const fn p80(&self) -> f64 {
        self.percentiles[2]
    }

    /// P90.
    #[must_use]
    pub const fn p90(&self) -> f64 {
        self.percentiles[3]
    }

    /// P95.
    #[must_use]
    pub const fn p95(&self) -> f64 {
        self.percentiles[4]
    }

    /// Of sorted values, each `beyond` a base.
    pub(super) fn of(sorted: &[f32], base: f64) -> Self {
        if sorted.is_empty() {
            return Self::default();
        }
        let count = length(sorted.len());
        let first = f64::from(sorted[0]);
        // From the first value, so that large bases do not eat the digits.
        let mean = sorted.iter().map(|value| f64::from(*value) - first).sum::<f64>() / count;
        let squares = sorted.iter().map(|value| (f64::from(*value) - first - mean).powi(2)).sum::<f64>();
        Self {
            mean: base + first + mean,
            sd: (squares / count).sqrt(),
            percentiles: PERCENTILES.map(|share| base + percentile(sorted, share)),
            p80_error: standard_error(sorted, 0.8),
            classes: classes(sorted, base),
        }
    }
}

/// The values in rising order: by the three digits of their bits, the last one first, so that the time is linear
/// in the trials.
pub(super) fn sorted(values: &[f32]) -> Vec<f32> {
    const DIGIT: u32 = 11;
    const LAST: u32 = (1 << DIGIT) - 1;
    let mut keys: Vec<u32> = values.iter().copied().map(key).collect();
    let mut moved = vec![0; keys.len()];
    for shift in [0, DIGIT, 2 * DIGIT] {
        let digit = |key: u32| (key >> shift & LAST) as usize;
        let mut places = [0; LAST as usize + 1];
        for key in &keys {
            places[digit(*key)] += 1;
        }
        let mut before = 0;
        for place in &mut places {
            before += std::mem::replace(place, before);
        }
        for key in &keys {
            let place = &mut places[digit(*key)];
            moved[*place] = *key;
            *place += 1;
        }
        std::mem::swap(&mut keys, &mut moved);
    }
    keys.into_iter().map(value).collect()
}

const SIGN: u32 = 1 << 31;

/// A whole number for a value, in the order of the values: see [`f32::total_cmp`].
pub(super) const fn key(value: f32) -> u32 {
    let bits = value.to_bits();
    bits ^ if bits & SIGN == 0 { SIGN } else { u32::MAX }
}

/// The value of a key.
const fn value(key: u32) -> f32 {
    f32::from_bits(key ^ if key & SIGN == 0 { u32::MAX } else { SIGN })
}

/// A percentile of values in any order, which it leaves in another: without sorting them.
pub(super) fn percentile_among(values: &mut [f32], share: f64) -> f64 {
    let Some(last) = values.len().checked_sub(1) else { return 0.0 };
    let (below, part) = place(last, share);
    let (_, low, above) = values.select_nth_unstable_by(below, f32::total_cmp);
    let low = f64::from(*low);
    let high = above.iter().copied().min_by(f32::total_cmp).map_or(low, f64::from);
    low + part * (high - low)
}

/// The standard error of a percentile from the order statistics around it (Woodruff 1952), which needs no
/// assumption about the distribution.
pub(super) fn standard_error(sorted: &[f32], share: f64) -> f64 {
    let count = length(sorted.len().max(1));
    let apart = (share * (1.0 - share) / count).sqrt();
    (percentile(sorted, share + apart) - percentile(sorted, share - apart)) / 2.0
}

fn classes(sorted: &[f32], base: f64) -> Vec<(f64, f64, f64)> {
    let (low, high) = (percentile(sorted, 0.001), percentile(sorted, 0.999));
    if high <= low {
        return vec![(base + low, base + low, 1.0)];
    }
    let width = (high - low) / length(CLASSES);
    let below = |end: f64| length(sorted.partition_point(|value| f64::from(*value) < end));
    let count = length(sorted.len());
    let mut before = 0.0;
    (0..CLASSES)
        .map(|class| {
            let (from, to) = (low + width * length(class), low + width * length(class + 1));
            let until = if class + 1 == CLASSES { count } else { below(to) };
            let share = (until - before) / count;
            before = until;
            (base + from, base + to, share)
        })
        .collect()
}

/// The share of trials that keep both a finish and a cost.
pub(super) fn joint(finish: &[f32], cost: &[f32], by: f64, within: f64) -> f64 {
    let keep = |(finish, cost): (&f32, &f32)| f64::from(*finish) <= by && f64::from(*cost) <= within;
    let kept = finish.iter().zip(cost).filter(|pair| keep(*pair)).count();
    length(kept) / length(finish.len().max(1))
}

/// The finishes and the least cost with each that hold together in this share of the trials.
pub(super) fn frontier(finish: &[f32], cost: &[f32], sorted_finish: &[f32], share: f64) -> Vec<(f64, f64)> {
    const POINTS: usize = 16;
    let needed = whole((share * length(finish.len())).ceil());
    // From the finish that is only just possible to nearly the latest.
    let at = |point: usize| share + (0.995 - share).max(0.0) * length(point) / length(POINTS);
    let points: Vec<f64> = (0..=POINTS).map(|point| percentile(sorted_finish, at(point))).collect();
    let mut costs: Vec<Vec<u32>> = vec![Vec::new(); points.len()];
    for (finish, cost) in finish.iter().zip(cost) {
        let first = points.partition_point(|by| *by < f64::from(*finish));
        if let Some(costs) = costs.get_mut(first) {
            costs.push(key(*cost));
        }
    }
    // The cheapest trials so far, as many as are needed, the dearest of them on top.
    let mut cheapest: BinaryHeap<u32> = BinaryHeap::with_capacity(needed);
    let least = |(by, costs): (f64, Vec<u32>)| {
        // The first ones at once, which is linear.
        let (first, rest) = costs.split_at(costs.len().min(needed - cheapest.len()));
        cheapest.extend(first);
        for cost in rest.iter().copied() {
            if let Some(mut dearest) = cheapest.peek_mut().filter(|dearest| **dearest > cost) {
                *dearest = cost;
            }
        }
        let dearest = cheapest.peek().filter(|_| cheapest.len() == needed)?;
        Some((by, f64::from(value(*dearest))))
    };
    points.into_iter().zip(costs).filter_map(least).collect()
}

/// A number of things as a number to reckon with.
#[expect(clippy::cast_precision_loss, reason = "far below 2^53")]
pub(super) fn length(count: usize) -> f64 {
    count as f64
}

#[expect(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "saturating; not negative")]
fn whole(value: f64) -> usize {
    value as usize
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn percentiles_lie_between_neighbours() {
        let values: Vec<f32> = (0..=10_u8).map(f32::from).collect();
        for (share, expected) in [(0.0, 0.0), (0.5, 5.0), (0.8, 8.0), (0.25, 2.5), (1.0, 10.0)] {
            assert!((percentile(&values, share) - expected).abs() < 1e-9, "{share}");
            let mut shuffled: Vec<f32> = (0..=10_u8).map(|i| f32::from(i * 7 % 11)).collect();
            assert!((percentile_among(&mut shuffled, share) - expected).abs() < 1e-9, "{share}");
        }
        assert!(percentile::<f32>(&[], 0.5).abs() < 1e-9);
    }

    #[test]
    fn sorting_keeps_every_value_and_the_order_of_signs() {
        let values: Vec<f32> =
            (0..5_000_u16).map(|i| f32::from(i.wrapping_mul(13) % 5_000) / 7.0 - 300.0).collect();
        let mut expected = values.clone();
        expected.sort_unstable_by(f32::total_cmp);
        assert_eq!(sorted(&values), expected);
        assert!(sorted(&[]).is_empty());
    }

    #[test]
    fn the_error_of_a_median_is_that_of_theory() {
        // A uniform distribution of 10,000: sqrt(0.25 / n) / density = 0.005.
        let values: Vec<f32> = (0..10_000_u16).map(|i| f32::from(i) / 10_000.0).collect();
        assert!((standard_error(&values, 0.5) - 0.005).abs() < 1e-5);
    }

    #[test]
    fn classes_hold_everything() {
        let values: Vec<f32> = (0..1_000_u16).map(f32::from).collect();
        let spread = Spread::of(&values, 100.0);
        assert_eq!(spread.classes.len(), CLASSES);
        assert!((spread.classes.iter().map(|class| class.2).sum::<f64>() - 1.0).abs() < 1e-12);
        assert!((spread.mean - 599.5).abs() < 1e-9);
    }

    #[test]
    fn joint_confidence_is_no_higher_than_either() {
        let finish: Vec<f32> = (0..1_000_u16).map(|i| f32::from(i * 7 % 1_000)).collect();
        let cost: Vec<f32> = (0..1_000_u16).map(|i| f32::from(i * 13 % 1_000)).collect();
        for (by, within) in [(100.0, 900.0), (500.0, 500.0), (999.0, 10.0)] {
            let both = joint(&finish, &cost, by, within);
            assert!(both <= joint(&finish, &cost, by, 1e9) && both <= joint(&finish, &cost, 1e9, within));
        }
        for (by, least) in frontier(&finish, &cost, &sorted(&finish), 0.7) {
            let joint = joint(&finish, &cost, by, least);
            // Every cost is another one: the least has just as many trials as are needed.
            assert!((joint - 0.7).abs() < 1e-9, "{by} {least}: {joint}");
        }
    }
}
