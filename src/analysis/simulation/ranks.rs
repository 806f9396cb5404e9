//! Cruciality by rank: Spearman's correlation of a task's duration and the finish, for the tasks that matter most.
//!
//! Ranks need the durations themselves, and a task has as many as there are trials: kept for all tasks, they would
//! outgrow the memory of everything else. So the first trials are drawn once more, which gives the same numbers, and the
//! rows of a few tasks are kept. Of that many trials a coefficient near 0 is known to 0.03, one near 1 far better.

use super::block::{self, LANES, Rows};
use super::outcome::{key, length};
use super::random::Chances;
use super::run::Trials;
use super::trial::Trial;
use super::{Settings, TaskRisk, metric};

/// How many tasks are ranked: those of the chart.
const MOST_TASKS: usize = 12;

/// Trials that are ranked, at most, in blocks.
const BLOCKS: usize = 16;

/// Adds the rank correlation to the tasks with the highest sensitivity.
pub(super) fn add(risks: &mut [TaskRisk], trial: &Trial, trials: &Trials, project: u64, settings: &Settings) {
    let mut ranked: Vec<usize> = (0..risks.len()).filter(|index| risks[*index].cruciality > 0.0).collect();
    ranked.sort_by(|a, b| risks[*b].ssi.total_cmp(&risks[*a].ssi).then(a.cmp(b)));
    ranked.truncate(MOST_TASKS);
    let node = |task: usize| trial.nodes.iter().position(|node| node.task == Some(task));
    let chosen: Vec<(usize, usize)> =
        ranked.into_iter().filter_map(|index| Some((index, node(risks[index].task)?))).collect();
    let blocks = BLOCKS.min(trials.finish.len() / LANES);
    if chosen.is_empty() || blocks == 0 {
        return;
    }
    let mut rows = Rows::new(trial);
    let mut durations: Vec<Vec<f32>> = vec![Vec::with_capacity(blocks * LANES); chosen.len()];
    for block in 0..blocks {
        block::draw(trial, &mut Chances::of(settings.seed, project, block as u64), &mut rows);
        for ((_, node), durations) in chosen.iter().zip(&mut durations) {
            durations.extend_from_slice(rows.duration(*node));
        }
    }
    let finish = ranks(&trials.finish[..blocks * LANES]);
    for ((index, _), durations) in chosen.into_iter().zip(durations) {
        risks[index].rank_cruciality = Some(of_ranks(&ranks(&durations), &finish).abs());
    }
}

/// The rank of each value from 1 on; equal values share the mean of theirs.
fn ranks(values: &[f32]) -> Vec<f64> {
    // The order of the values and their places in one number each: sorted without looking anything up.
    let mut order: Vec<u64> =
        values.iter().zip(0_u64..).map(|(value, place)| u64::from(key(*value)) << 32 | place).collect();
    order.sort_unstable();
    let mut ranks = vec![0.0; values.len()];
    let mut before = 0;
    for equal in order.chunk_by(|a, b| a >> 32 == b >> 32) {
        let rank = length(before) + f64::midpoint(1.0, length(equal.len()));
        for entry in equal {
            #[expect(clippy::cast_possible_truncation, reason = "the lower half is the place")]
            let place = *entry as u32 as usize;
            ranks[place] = rank;
        }
        before += equal.len();
    }
    ranks
}

/// Pearson's correlation of ranks, with its sign.
fn of_ranks(a: &[f64], b: &[f64]) -> f64 {
    let count = length(a.len().min(b.len()));
    // The mean of the ranks, shared or not.
    let mean = f64::midpoint(1.0, count);
    let (mut ab, mut aa, mut bb) = (0.0, 0.0, 0.0);
    for (a, b) in a.iter().zip(b) {
        let (a, b) = (a - mean, b - mean);
        ab += a * b;
        aa += a * a;
        bb += b * b;
    }
    metric::correlation(ab / count, (aa / count).sqrt(), (bb / count).sqrt())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn spearman(a: &[f32], b: &[f32]) -> f64 {
        of_ranks(&ranks(a), &ranks(b))
    }

    #[test]
    fn the_published_example_of_ten_people() {
        // Intelligence and hours before the television, a much-used textbook example: rho = -29/165.
        let quotient = [106.0, 100.0, 86.0, 101.0, 99.0, 103.0, 97.0, 113.0, 112.0, 110.0];
        let hours = [7.0, 27.0, 2.0, 50.0, 28.0, 29.0, 20.0, 12.0, 6.0, 17.0];
        assert!((spearman(&quotient, &hours) + 29.0 / 165.0).abs() < 1e-12);
    }

    #[test]
    fn equal_values_share_the_mean_of_their_ranks() {
        assert_eq!(ranks(&[3.0, -1.0, 3.0, 0.0, 3.0]), [4.0, 1.0, 4.0, 2.0, 4.0]);
        // scipy.stats.spearmanr([1, 2, 2, 3], [1, 3, 2, 4]) = 0.9486832980505138.
        assert!(
            (spearman(&[1.0, 2.0, 2.0, 3.0], &[1.0, 3.0, 2.0, 4.0]) - 0.948_683_298_050_513_8).abs() < 1e-12
        );
        assert!(
            spearman(&[2.0; 4], &[1.0, 2.0, 3.0, 4.0]).abs() < 1e-12,
            "what does not vary goes with nothing"
        );
    }

    #[test]
    fn only_the_order_counts() {
        let x: Vec<f32> = (1..200_u8).map(f32::from).collect();
        let steep: Vec<f32> = x.iter().map(|x| x.powi(3)).collect();
        assert!((spearman(&x, &steep) - 1.0).abs() < 1e-12);
    }
}
