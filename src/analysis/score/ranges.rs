//! What P20 and P80 have to add to the rest, so that one and four of five cases keep them.

/// One case: how the rest came out against its forecast.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Range {
    /// Real rest over forecast rest, less 1: 0.25 is a quarter more than forecast.
    pub more: f64,
    /// Whether the real value was at most P80; `None` where there was none.
    pub kept: Option<bool>,
}

impl Range {
    /// From what was forecast to be left and what was; `None` where nothing was left by forecast.
    pub(super) fn new(forecast: f64, real: f64, kept: Option<bool>) -> Option<Self> {
        (forecast > 0.0).then(|| Self { more: real / forecast - 1.0, kept })
    }
}

/// The cases of all projects, each project as heavy as the other.
#[derive(Clone, Debug, Default)]
pub struct Ranges(Vec<Vec<Range>>);

/// The share of cases that P20 is to hold in.
const P20: f64 = 0.2;
/// The share of cases that P80 is to hold in.
const P80: f64 = 0.8;

impl Ranges {
    pub(super) fn new(projects: impl Iterator<Item = Vec<Range>>) -> Self {
        Self(projects.filter(|cases| !cases.is_empty()).collect())
    }

    /// In which share of the cases P80 was kept, mean over the projects; `None` where there was none.
    #[must_use]
    pub fn kept(&self) -> Option<f64> {
        let shares = self.0.iter().filter_map(|cases| {
            super::average(cases.iter().filter_map(|case| case.kept).map(|kept| if kept { 1.0 } else { 0.0 }))
        });
        super::average(shares)
    }

    /// What P80 has to add to the rest on these projects: never less than nothing.
    #[must_use]
    pub fn calibrated(&self) -> Option<f64> {
        quantile(&self.0.iter().collect::<Vec<_>>(), P80).map(|share| share.max(0.0))
    }

    /// What P20 has to add to the rest on these projects: never more than nothing.
    #[must_use]
    pub fn calibrated_p20(&self) -> Option<f64> {
        quantile(&self.0.iter().collect::<Vec<_>>(), P20).map(|share| share.min(0.0))
    }

    /// In which share of the cases a P80 calibrated on the other projects would have been kept, mean over the
    /// projects left out in turn; `None` with fewer than two.
    #[must_use]
    pub fn kept_left_out(&self) -> Option<f64> {
        self.left_out(P80, |share| share.max(0.0))
    }

    /// The same of P20.
    #[must_use]
    pub fn kept_left_out_p20(&self) -> Option<f64> {
        self.left_out(P20, |share| share.min(0.0))
    }

    fn left_out(&self, percentile: f64, bound: fn(f64) -> f64) -> Option<f64> {
        let shares = (0..self.0.len()).filter_map(|out| {
            let others: Vec<_> =
                self.0.iter().enumerate().filter(|(i, _)| *i != out).map(|(_, c)| c).collect();
            let limit = bound(quantile(&others, percentile)?);
            super::average(self.0[out].iter().map(|case| if case.more <= limit { 1.0 } else { 0.0 }))
        });
        super::average(shares)
    }
}

/// The least value that a share of the weight does not exceed, every project of equal weight.
fn quantile(projects: &[&Vec<Range>], share: f64) -> Option<f64> {
    let mut cases: Vec<(f64, f64)> = Vec::new();
    for project in projects {
        let weight = 1.0 / project.iter().map(|_| 1.0).sum::<f64>();
        cases.extend(project.iter().map(|case| (case.more, weight)));
    }
    cases.sort_by(|a, b| a.0.total_cmp(&b.0));
    let whole: f64 = projects.iter().map(|_| 1.0).sum();
    let mut sum = 0.0;
    for (more, weight) in &cases {
        sum += weight;
        // Weights such as thirds do not add up to the last digit.
        if sum >= share * whole - 1e-9 {
            return Some(*more);
        }
    }
    cases.last().map(|(more, _)| *more)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn cases(more: &[f64]) -> Vec<Range> {
        more.iter().map(|more| Range { more: *more, kept: Some(*more <= 0.25) }).collect()
    }

    #[test]
    fn every_project_weighs_the_same() {
        // Ten cases of one project are half of the weight, the one case of the other is the other half.
        let ranges = Ranges::new([cases(&[0.1; 10]), cases(&[0.5])].into_iter());
        assert_eq!(ranges.calibrated(), Some(0.5));
        assert_eq!(ranges.kept(), Some(0.5));
        // Five projects: the fourth of them is P80.
        let five = [0.3, 0.1, 0.5, 0.2, 0.4].map(|more| cases(&[more; 3]));
        assert_eq!(Ranges::new(five.into_iter()).calibrated(), Some(0.4));
        // The first of five is P20; where most ran over, P20 is the forecast itself.
        let five = [-0.3, 0.1, -0.5, 0.2, 0.4].map(|more| cases(&[more; 3]));
        assert_eq!(Ranges::new(five.into_iter()).calibrated_p20(), Some(-0.5));
        assert_eq!(Ranges::new([cases(&[0.1]), cases(&[0.2])].into_iter()).calibrated_p20(), Some(0.0));
    }

    #[test]
    fn left_out_in_turn_the_range_comes_from_the_others() {
        // Without 0.1 or 0.2 the limit is 0.9; without 0.9 it is 0.2: two of three are kept.
        let ranges = Ranges::new([0.1, 0.2, 0.9].map(|more| cases(&[more])).into_iter());
        assert_eq!(ranges.kept_left_out(), Some(2.0 / 3.0));
        assert_eq!(Ranges::default().kept_left_out(), None);
    }

    #[test]
    fn projects_that_end_early_give_no_negative_range() {
        assert_eq!(Ranges::new([cases(&[-0.4]), cases(&[-0.2])].into_iter()).calibrated(), Some(0.0));
    }
}
