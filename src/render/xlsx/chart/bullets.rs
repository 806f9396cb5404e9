//! Objectives as bars in per cent of the way from the baseline to the target.

use crate::document::{Bars, Bullets, Format, Kind, Role};

/// What is reached and what the trend leads to; an objective without a measurement stands at nothing.
pub(super) fn of_the_way(bullets: &Bullets, format: &Format) -> Bars {
    let now = bullets.rows.iter().map(|row| row.now.as_ref().map_or(0.0, |now| now.0));
    let projected =
        bullets.rows.iter().map(|row| row.projected.as_ref().map_or(0.0, |projected| projected.0));
    Bars {
        kind: Kind::Percent,
        unit: format.word(word!("of the way from baseline to target")),
        categories: bullets.rows.iter().map(|row| format!("{} ({})", row.label, row.standing)).collect(),
        series: vec![
            (format.word(word!("Latest value")), Role::Earned, now.collect()),
            (format.word(word!("Projected at the due date")), Role::Planned, projected.collect()),
        ],
        stacked: false,
    }
}
