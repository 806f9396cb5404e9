//! A spinner with the stage, on a terminal only, and only when the work takes long enough to wonder.

use std::time::Duration;

use indicatif::{ProgressBar, ProgressDrawTarget, ProgressStyle};

use crate::pipeline::Stage;

/// The spinner; does nothing when it is off.
pub(super) struct Bar(ProgressBar);

impl Bar {
    pub(super) fn new(on: bool) -> Self {
        if !on {
            return Self(ProgressBar::hidden());
        }
        let bar = ProgressBar::with_draw_target(Some(6), ProgressDrawTarget::stderr_with_hz(10));
        if let Ok(style) = ProgressStyle::with_template("{spinner} {bar:14} {msg} {elapsed}") {
            bar.set_style(style);
        }
        bar.enable_steady_tick(Duration::from_millis(120));
        Self(bar)
    }

    pub(super) fn show(&self, stage: Stage) {
        self.0.set_position(stage as u64);
        self.0.set_message(stage.name());
    }

    pub(super) fn finish(&self) {
        self.0.finish_and_clear();
    }
}
