//! A straight line by least squares, and the range of what it predicts.
//!
//! Source: NIST/SEMATECH e-Handbook of Statistical Methods, 4.1.4.1 (linear least squares) and 4.5.2.1 (prediction
//! interval): `y +- t * s * sqrt(1 + 1/n + (x - mean)^2 / Sxx)` with `n - 2` degrees of freedom.

use chrono::{Datelike, NaiveDate};

use crate::quantity::Reason;

/// The share of new values that the range of a projection holds: as wide as from P10 to P90.
pub const CONFIDENCE: f64 = 0.8;

/// Fewer measurements make no trend.
const FEWEST: usize = 3;

/// A line through measurements.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Trend {
    /// What it rises by in a day.
    pub per_day: f64,
    /// The day in the middle of the measurements, counted from the first of the common era, and the value there.
    centre: (f64, f64),
    /// Sum of the squared distances of the days from that.
    spread: f64,
    /// Standard deviation of the values about the line.
    pub deviation: f64,
    /// How many measurements.
    pub count: usize,
}

/// A value to come, with its range.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Projection {
    /// Where the line leads.
    pub value: f64,
    /// The lower end of the range.
    pub low: f64,
    /// The upper end.
    pub high: f64,
}

impl Projection {
    /// Cut at what a value cannot leave.
    pub(super) fn within(self, (low, high): (f64, f64)) -> Self {
        let cut = |value: f64| value.clamp(low, high);
        Self { value: cut(self.value), low: cut(self.low), high: cut(self.high) }
    }
}

/// The line of least squares.
///
/// # Errors
/// [`Reason::TooFewMeasurements`] for fewer than three, or all of one day.
pub(super) fn trend(points: &[(NaiveDate, f64)]) -> Result<Trend, Reason> {
    if points.len() < FEWEST {
        return Err(Reason::TooFewMeasurements);
    }
    let count = length(points.len());
    let number = |day: &NaiveDate| f64::from(day.num_days_from_ce());
    let x_mean = points.iter().map(|(day, _)| number(day)).sum::<f64>() / count;
    let y_mean = points.iter().map(|(_, value)| value).sum::<f64>() / count;
    let spread: f64 = points.iter().map(|(day, _)| (number(day) - x_mean).powi(2)).sum();
    if spread <= 0.0 {
        return Err(Reason::TooFewMeasurements);
    }
    let together: f64 = points.iter().map(|(day, value)| (number(day) - x_mean) * (value - y_mean)).sum();
    let per_day = together / spread;
    let left: f64 =
        points.iter().map(|(day, value)| (value - y_mean - per_day * (number(day) - x_mean)).powi(2)).sum();
    Ok(Trend {
        per_day,
        centre: (x_mean, y_mean),
        spread,
        deviation: (left / (count - 2.0)).sqrt(),
        count: points.len(),
    })
}

impl Trend {
    /// Where the line leads on a day, with the range of [`CONFIDENCE`].
    #[must_use]
    pub fn at(&self, day: NaiveDate) -> Projection {
        let away = f64::from(day.num_days_from_ce()) - self.centre.0;
        let value = self.centre.1 + self.per_day * away;
        let error = self.deviation * (1.0 + 1.0 / length(self.count) + away * away / self.spread).sqrt();
        let half = student_t90(self.count.saturating_sub(2)) * error;
        Projection { value, low: value - half, high: value + half }
    }
}

/// The 90th percentile of Student's t with this many degrees of freedom: NIST/SEMATECH e-Handbook, 1.3.6.7.2; beyond
/// its table by the first term of the Cornish-Fisher expansion, exact to the third decimal.
fn student_t90(freedom: usize) -> f64 {
    const TABLE: [f64; 30] = [
        3.078, 1.886, 1.638, 1.533, 1.476, 1.440, 1.415, 1.397, 1.383, 1.372, 1.363, 1.356, 1.350, 1.345,
        1.341, 1.337, 1.333, 1.330, 1.328, 1.325, 1.323, 1.321, 1.319, 1.318, 1.316, 1.315, 1.314, 1.313,
        1.311, 1.310,
    ];
    const NORMAL: f64 = 1.281_551_565_544_6;
    match freedom.checked_sub(1).and_then(|row| TABLE.get(row)) {
        Some(t) => *t,
        None => NORMAL + (NORMAL.powi(3) + NORMAL) / (4.0 * length(freedom.max(1))),
    }
}

#[expect(clippy::cast_precision_loss, reason = "counts of measurements")]
fn length(count: usize) -> f64 {
    count as f64
}

#[cfg(test)]
mod tests {
    use super::*;

    fn day(number: i32) -> NaiveDate {
        NaiveDate::from_num_days_from_ce_opt(739_000 + number).unwrap()
    }

    #[test]
    fn a_line_that_fits_exactly_is_its_own_range() {
        let points: Vec<_> = (0..4).map(|x| (day(x), 3.0 + 2.0 * f64::from(x))).collect();
        let trend = trend(&points).unwrap();
        let at = trend.at(day(10));
        assert!((trend.per_day - 2.0).abs() < 1e-9 && (at.value - 23.0).abs() < 1e-9);
        assert!((at.high - at.low).abs() < 1e-6);
    }

    #[test]
    fn line_and_range_are_those_of_a_textbook() {
        // Walpole and Myers' form by hand: x 1..5, y 2, 4, 5, 4, 5: slope 0.6, intercept 2.2, s = sqrt(2.4 / 3).
        // At x = 6: 5.8 +- 1.638 * 0.894427 * sqrt(1 + 1/5 + 9/10).
        let points: Vec<_> = [2.0, 4.0, 5.0, 4.0, 5.0].iter().zip(1..).map(|(y, x)| (day(x), *y)).collect();
        let trend = trend(&points).unwrap();
        assert!((trend.per_day - 0.6).abs() < 1e-9);
        assert!((trend.deviation - 0.8_f64.sqrt()).abs() < 1e-9);
        let at = trend.at(day(6));
        let half = 1.638 * 0.8_f64.sqrt() * 2.1_f64.sqrt();
        assert!((at.value - 5.8).abs() < 1e-9 && (at.high - 5.8 - half).abs() < 1e-9);
        assert!((5.8 - at.low - half).abs() < 1e-9);
    }

    #[test]
    fn two_points_or_one_day_make_no_trend() {
        assert_eq!(trend(&[(day(1), 1.0), (day(2), 2.0)]), Err(Reason::TooFewMeasurements));
        assert_eq!(trend(&[(day(1), 1.0); 5]), Err(Reason::TooFewMeasurements));
    }

    #[test]
    fn beyond_the_table_t_goes_on_smoothly() {
        // The same handbook: 1.303 for 40, 1.296 for 60, 1.290 for 100.
        for (freedom, expected) in [(40, 1.303), (60, 1.296), (100, 1.290)] {
            assert!((student_t90(freedom) - expected).abs() < 0.000_6, "{freedom}");
        }
        assert!(student_t90(31) < student_t90(30));
    }
}
