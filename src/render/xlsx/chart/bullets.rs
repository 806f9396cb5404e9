//! Objectives as bars in per cent of the way from the baseline to the target.

use crate::document::{Bars, Bullets, Kind, Role};

/// What is reached and what the trend leads to; an objective without a measurement stands at nothing.
pub(super) fn of_the_way(bullets: &Bullets) -> Bars {
    let now = bullets.rows.iter().map(|row| row.now.as_ref().map_or(0.0, |now| now.0));
    let projected =
        bullets.rows.iter().map(|row| row.projected.as_ref().map_or(0.0, |projected| projected.0));
    Bars {
        kind: Kind::Percent,
        unit: "of the way from baseline to target".to_owned(),
        categories: bullets.rows.iter().map(|row| format!("{} ({})", row.label, row.standing)).collect(),
        series: vec![
            ("Latest value".to_owned(), Role::Earned, now.collect()),
            ("Projected at the due date".to_owned(), Role::Planned, projected.collect()),
        ],
        stacked: false,
    }
}
