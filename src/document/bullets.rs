//! Objectives on a common scale.

/// Goals side by side: 0 is the baseline of each, 1 its target.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Bullets {
    /// The goals.
    pub rows: Vec<Bullet>,
}

/// A goal: where it is and where it leads, as shares of the way and in words of its unit.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Bullet {
    /// What is to change.
    pub label: String,
    /// `31 -> 55% by 29 May 2026`.
    pub aim: String,
    /// The latest value.
    pub now: Option<(f64, String)>,
    /// The value at the due date, its range, and in words.
    pub projected: Option<(f64, (f64, f64), String)>,
    /// `on track`.
    pub standing: String,
}
