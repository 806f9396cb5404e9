//! The outside view: how projects of the same kind ended, whatever this one says of itself.
//!
//! Flyvbjerg and Budzier (Why your IT project may be riskier than you think, Harvard Business Review, September
//! 2011) followed 1,471 IT projects: cost overran by 27% on average, and one in six was a black swan, 200% over
//! budget and almost 70% late on average. So the mean says little (without the black swans the rest ended
//! below budget), and the tail has no stable mean: what to take from it is how much of the class lies where.

use crate::quantity::{Measured, Reason};

/// A class of finished projects and what is known of how they ended.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct ReferenceClass {
    /// Which projects.
    pub name: &'static str,
    /// Mean share by which they cost more than budgeted.
    pub mean_cost: f64,
    /// The share of them that ended in the tail.
    pub tail: f64,
    /// By how much those cost more, on average.
    pub tail_cost: f64,
    /// By how much those took longer, on average.
    pub tail_duration: f64,
}

/// The built-in class.
pub const IT: ReferenceClass = ReferenceClass {
    name: word!("1,471 IT projects (Flyvbjerg and Budzier 2011)"),
    mean_cost: 0.27,
    tail: 1.0 / 6.0,
    tail_cost: 2.0,
    tail_duration: 0.7,
};

impl ReferenceClass {
    /// The cost if the project ends as the class did on average.
    ///
    /// # Errors
    /// [`Reason::NoBaseline`]; [`Reason::CannotBeMet`] where more is spent already.
    pub fn mean(&self, bac: f64, ac: f64) -> Measured {
        let eac = bac * (1.0 + self.mean_cost);
        if bac <= 0.0 {
            Err(Reason::NoBaseline)
        } else if eac < ac {
            Err(Reason::CannotBeMet)
        } else {
            Ok(eac)
        }
    }

    /// Mean cost of those outside the tail, over budget: what the two published means leave for them.
    #[must_use]
    pub fn mean_cost_of_the_rest(&self) -> f64 {
        (self.mean_cost - self.tail * self.tail_cost) / (1.0 - self.tail)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn without_the_black_swans_the_class_ended_below_budget() {
        // (0.27 - 2/6) / (5/6) = -0.076.
        assert!((IT.mean_cost_of_the_rest() + 0.076).abs() < 1e-9);
        assert!((IT.mean(100.0, 50.0).unwrap() - 127.0).abs() < 1e-9);
        assert_eq!(IT.mean(100.0, 128.0), Err(Reason::CannotBeMet));
    }
}
