//! Inverse distributions as tables of 1,024 cells: one lookup a sample instead of a search.
//!
//! Between two entries the value is interpolated, so a table is exact at every 1/1024 and hardly less in
//! between; only the first and the last cell are long, and their outer ends are set so that the straight line
//! has the mean of the cell. The shapes of PERT form a family of one parameter (the mode's place between the
//! ends), which is tabulated once a process at 33 modes; between those, quantiles are interpolated too.

use std::collections::BTreeMap;
use std::sync::LazyLock;

/// Cells of a table.
pub(super) const CELLS: usize = 1_024;

/// The values at chances 0, 1/1024, ..., 1.
pub(super) type Table = [f32; CELLS + 1];

/// Modes of the family from the optimistic end to the middle; the other half is its mirror image.
const MODES: usize = 32;

/// Steps of the integration.
const STEPS: usize = 512;

/// The tables of a project: one a shape.
#[derive(Clone, Debug, Default)]
pub(super) struct Tables {
    /// The tables.
    pub(super) list: Vec<Table>,
    known: BTreeMap<(Shape, u64), u32>,
}

/// What a table is of.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
enum Shape {
    Pert,
    Normal,
    Lognormal,
}

impl Tables {
    /// PERT between 0 and 1 with its mode there: a beta distribution with the parameters 1 + 4 mode and
    /// 5 - 4 mode.
    pub(super) fn pert(&mut self, mode: f64) -> u32 {
        self.table(Shape::Pert, mode, || pert(mode))
    }

    /// Mean 0, standard deviation 1.
    pub(super) fn normal(&mut self) -> u32 {
        self.table(Shape::Normal, 0.0, || *NORMAL)
    }

    /// The exponential of a normal distribution with this standard deviation, median 1.
    pub(super) fn lognormal(&mut self, sigma: f64) -> u32 {
        self.table(Shape::Lognormal, sigma, || lognormal(sigma))
    }

    fn table(&mut self, shape: Shape, parameter: f64, build: impl FnOnce() -> Table) -> u32 {
        *self.known.entry((shape, parameter.to_bits())).or_insert_with(|| {
            self.list.push(build());
            u32::try_from(self.list.len() - 1).unwrap_or(u32::MAX)
        })
    }
}

/// The family at its modes.
static FAMILY: LazyLock<Vec<Vec<f64>>> = LazyLock::new(|| {
    // Over the angle whose squared sine is the value, densities are smooth up to both ends.
    let logs: Vec<(f64, f64)> = (0..=2 * STEPS)
        .map(|i| (angle(i) / 2.0).sin_cos())
        .map(|(sine, cosine)| (sine.max(1e-300).ln(), cosine.max(1e-300).ln()))
        .collect();
    (0..=MODES).map(|mode| inverse(share(mode, 2 * MODES), &logs)).collect()
});

/// The standard normal distribution.
pub(super) static NORMAL: LazyLock<Table> = LazyLock::new(|| {
    let mut table: Vec<f64> = (0..=CELLS).map(|cell| normal_quantile(share(cell, CELLS))).collect();
    // The mean of the normal distribution below its first 1/1024.
    #[expect(clippy::cast_precision_loss, reason = "exact")]
    let mean = -density(table[1]) * CELLS as f64;
    table[0] = 2.0 * mean - table[1];
    table[CELLS] = -table[0];
    rounded(&table)
});

/// The distribution function of the standard normal distribution, at steps of 1/256 from -6 to 6.
pub(super) static NORMAL_SHARES: LazyLock<Vec<f32>> = LazyLock::new(|| {
    let step = 1.0 / SHARES_A_UNIT;
    let mut sum = 0.0;
    let mut shares = vec![0.0];
    let mut at = -SHARES_REACH;
    while at < SHARES_REACH {
        // Simpson's rule.
        sum += step / 6.0 * (density(at) + 4.0 * density(at + step / 2.0) + density(at + step));
        shares.push(sum);
        at += step;
    }
    rounded_all(&shares)
});

/// How far [`NORMAL_SHARES`] reaches from 0.
pub(super) const SHARES_REACH: f64 = 6.0;

/// Entries of [`NORMAL_SHARES`] a unit.
pub(super) const SHARES_A_UNIT: f64 = 256.0;

fn pert(mode: f64) -> Table {
    let mirrored = mode > 0.5;
    #[expect(clippy::cast_precision_loss, reason = "exact")]
    let at = (if mirrored { 1.0 - mode } else { mode }).clamp(0.0, 0.5) * (2 * MODES) as f64;
    #[expect(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "0 to 32")]
    let below = (at as usize).min(MODES - 1);
    let part = at - share(below, 1);
    let (low, high) = (&FAMILY[below], &FAMILY[below + 1]);
    let mut table = [0.0; CELLS + 1];
    if mirrored {
        for (value, (low, high)) in table.iter_mut().rev().zip(low.iter().zip(high)) {
            *value = single(1.0 - (low + part * (high - low)));
        }
    } else {
        for (value, (low, high)) in table.iter_mut().zip(low.iter().zip(high)) {
            *value = single(low + part * (high - low));
        }
    }
    table
}

/// The quantiles of PERT with a mode, from its density over the angle.
fn inverse(mode: f64, logs: &[(f64, f64)]) -> Vec<f64> {
    let (a, b) = (8.0 * mode + 1.0, 9.0 - 8.0 * mode);
    let density: Vec<f64> = logs.iter().map(|(sine, cosine)| (a * sine + b * cosine).exp()).collect();
    let h = angle(1);
    let mut cumulative = vec![0.0; STEPS + 1];
    for i in 0..STEPS {
        let simpson = density[2 * i] + 4.0 * density[2 * i + 1] + density[2 * i + 2];
        cumulative[i + 1] = cumulative[i] + h / 6.0 * simpson;
    }
    let mut table = vec![0.0; CELLS + 1];
    let mut step = 0;
    for (j, value) in table.iter_mut().enumerate().take(CELLS).skip(1) {
        let wanted = cumulative[STEPS] * share(j, CELLS);
        while cumulative[step + 1] < wanted {
            step += 1;
        }
        let ends = (cumulative[step], cumulative[step + 1]);
        let slopes = (density[2 * step] * h, density[2 * step + 2] * h);
        *value = (angle(step) + h * within(ends, slopes, wanted)).sin().powi(2);
    }
    let first = mean_below(a, b, table[1]);
    table[0] = 2.0 * first - table[1];
    let last = 1.0 - mean_below(b, a, 1.0 - table[CELLS - 1]);
    table[CELLS] = 2.0 * last - table[CELLS - 1];
    table
}

/// Where, between 0 and 1, the cubic through both ends with both slopes has a value: Newton from the chord.
fn within((f0, f1): (f64, f64), (d0, d1): (f64, f64), wanted: f64) -> f64 {
    let mut t = (wanted - f0) / (f1 - f0);
    for _ in 0..4 {
        let u = 1.0 - t;
        let value =
            f0 * u * u * (1.0 + 2.0 * t) + d0 * t * u * u + f1 * t * t * (3.0 - 2.0 * t) - d1 * t * t * u;
        let slope = 6.0 * t * u * (f1 - f0) + d0 * u * (1.0 - 3.0 * t) + d1 * t * (3.0 * t - 2.0);
        t = (t - (value - wanted) / slope).clamp(0.0, 1.0);
    }
    t
}

/// The mean of the values below a small one, for a density of the sine to `a` and the cosine to `b`.
fn mean_below(a: f64, b: f64, to: f64) -> f64 {
    const PARTS: usize = 64;
    let end = to.sqrt().asin();
    let (mut weight, mut moment) = (0.0, 0.0);
    for i in 0..=PARTS {
        let (sine, cosine) = (end * share(i, PARTS)).sin_cos();
        let simpson = if i == 0 || i == PARTS { 1.0 } else { f64::from(2 + 2 * u8::from(i % 2 == 1)) };
        let density = simpson * sine.powf(a) * cosine.powf(b);
        weight += density;
        moment += density * sine * sine;
    }
    moment / weight
}

fn lognormal(sigma: f64) -> Table {
    let mut table: Vec<f64> =
        (0..=CELLS).map(|cell| (sigma * normal_quantile(share(cell, CELLS))).exp()).collect();
    // The mean of the whole, and the share of it that lies below the first and above the last entry.
    let mean = (sigma * sigma / 2.0).exp();
    #[expect(clippy::cast_precision_loss, reason = "exact")]
    let cells = CELLS as f64;
    let (low, high) = (normal_quantile(1.0 / cells), normal_quantile(1.0 - 1.0 / cells));
    let first = mean * normal_share(low - sigma) * cells;
    let last = mean * (1.0 - normal_share(high - sigma)) * cells;
    table[0] = (2.0 * first - table[1]).max(0.0);
    table[CELLS] = 2.0 * last - table[CELLS - 1];
    rounded(&table)
}

/// The angle of so many half steps... of [`STEPS`] to a right angle.
fn angle(steps: usize) -> f64 {
    std::f64::consts::FRAC_PI_2 * share(steps, STEPS)
}

#[expect(clippy::cast_precision_loss, reason = "small whole numbers")]
fn share(part: usize, whole: usize) -> f64 {
    part as f64 / whole as f64
}

fn density(z: f64) -> f64 {
    (-z * z / 2.0).exp() / (2.0 * std::f64::consts::PI).sqrt()
}

/// The share of a standard normal distribution below a value, from its table.
fn normal_share(z: f64) -> f64 {
    let at = ((z + SHARES_REACH) * SHARES_A_UNIT).max(0.0);
    #[expect(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "not negative")]
    let cell = (at as usize).min(NORMAL_SHARES.len() - 2);
    let (low, high) = (f64::from(NORMAL_SHARES[cell]), f64::from(NORMAL_SHARES[cell + 1]));
    low + (at - share(cell, 1)).min(1.0) * (high - low)
}

/// The inverse of the standard normal distribution function, to nine digits: Acklam's rational approximation
/// (2003); infinite at the ends.
fn normal_quantile(chance: f64) -> f64 {
    const A: [f64; 6] = [
        -3.969_683_028_665_376e1,
        2.209_460_984_245_205e2,
        -2.759_285_104_469_687e2,
        1.383_577_518_672_69e2,
        -3.066_479_806_614_716e1,
        2.506_628_277_459_239,
    ];
    const B: [f64; 6] = [
        -5.447_609_879_822_406e1,
        1.615_858_368_580_409e2,
        -1.556_989_798_598_866e2,
        6.680_131_188_771_972e1,
        -1.328_068_155_288_572e1,
        1.0,
    ];
    const C: [f64; 6] = [
        -7.784_894_002_430_293e-3,
        -3.223_964_580_411_365e-1,
        -2.400_758_277_161_838,
        -2.549_732_539_343_734,
        4.374_664_141_464_968,
        2.938_163_982_698_783,
    ];
    const D: [f64; 5] = [
        7.784_695_709_041_462e-3,
        3.224_671_290_700_398e-1,
        2.445_134_137_142_996,
        3.754_408_661_907_416,
        1.0,
    ];
    let polynomial = |coefficients: &[f64], x: f64| coefficients.iter().fold(0.0, |sum, c| sum * x + c);
    if chance > 0.5 {
        return -normal_quantile(1.0 - chance);
    }
    if chance <= 0.0 {
        return f64::NEG_INFINITY;
    }
    if chance < 0.024_25 {
        let q = (-2.0 * chance.ln()).sqrt();
        return polynomial(&C, q) / polynomial(&D, q);
    }
    let q = chance - 0.5;
    polynomial(&A, q * q) * q / polynomial(&B, q * q)
}

/// A sample needs no more than seven digits.
#[expect(clippy::cast_possible_truncation, reason = "meant")]
const fn single(value: f64) -> f32 {
    value as f32
}

fn rounded_all(values: &[f64]) -> Vec<f32> {
    values.iter().copied().map(single).collect()
}

fn rounded(values: &[f64]) -> Table {
    let mut table = [0.0; CELLS + 1];
    for (cell, value) in table.iter_mut().zip(rounded_all(values)) {
        *cell = value;
    }
    table
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Mean and variance of the straight lines through a table.
    fn moments(table: &Table) -> (f64, f64) {
        let (mut mean, mut square) = (0.0, 0.0);
        for pair in table.windows(2) {
            let (a, b) = (f64::from(pair[0]), f64::from(pair[1]));
            mean += f64::midpoint(a, b);
            square += (a * a + a * b + b * b) / 3.0;
        }
        let cells = share(CELLS, 1);
        (mean / cells, square / cells - (mean / cells).powi(2))
    }

    #[test]
    fn pert_has_its_mean_and_variance() {
        for mode in [0.0, 0.001, 0.03, 0.1, 0.25, 1.0 / 3.0, 0.5, 0.61, 0.75, 0.99, 1.0] {
            let (a, b) = (1.0 + 4.0 * mode, 5.0 - 4.0 * mode);
            let (mean, variance) = moments(&pert(mode));
            assert!((mean - a / 6.0).abs() < 1e-5, "{mode}: mean {mean}");
            let exact = a * b / (36.0 * 7.0);
            assert!((variance / exact - 1.0).abs() < 5e-4, "{mode}: variance {variance}, not {exact}");
        }
    }

    #[test]
    fn pert_has_the_quantiles_of_the_regularised_incomplete_beta() {
        // scipy.stats.beta(1 + 4m, 5 - 4m).ppf of SciPy 1.17.
        for (mode, chance, exact) in [
            (0.0, 256, 0.055_912_488_705_098),
            (0.0, 820, 0.275_787_457_254_651),
            (0.123_4, 102, 0.059_046_177_842_187),
            (0.25, 512, 0.313_810_170_455_698),
            (0.3, 820, 0.529_532_776_070_108),
            (0.5, 512, 0.5),
            (0.5, 922, 0.753_741_086_299_856),
            (0.9, 205, 0.633_870_012_351_631),
        ] {
            let found = f64::from(pert(mode)[chance]);
            assert!((found - exact).abs() < 1e-4, "{mode} at {chance}/1024: {found}, not {exact}");
        }
    }

    #[test]
    fn normal_and_lognormal_have_their_moments() {
        let (mean, variance) = moments(&NORMAL);
        assert!(mean.abs() < 1e-6 && (variance - 1.0).abs() < 2e-3, "{mean} {variance}");
        for sigma in [0.1_f64, 0.3, 0.6] {
            let (mean, variance) = moments(&lognormal(sigma));
            let exact = (sigma * sigma / 2.0).exp();
            let spread = ((sigma * sigma).exp() - 1.0) * exact * exact;
            assert!((mean / exact - 1.0).abs() < 1e-4, "{sigma}: {mean}");
            assert!((variance / spread - 1.0).abs() < 0.02, "{sigma}: {variance}, not {spread}");
        }
        assert!((normal_quantile(0.975) - 1.959_963_985).abs() < 1e-8, "published: 1.959964");
        assert!((normal_share(1.0) - 0.841_344_746).abs() < 1e-6, "published: 0.841345");
    }

    #[test]
    fn a_shape_has_one_table() {
        let mut tables = Tables::default();
        assert_eq!((tables.pert(0.3), tables.pert(0.4), tables.pert(0.3), tables.normal()), (0, 1, 0, 2));
    }
}
