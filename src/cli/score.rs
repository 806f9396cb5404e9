//! What `earnest forecast score` prints.

use std::fmt::Write;

use crate::analysis::score::{Errors, RECOMMENDED, Ranges, Score, Scored};

/// Fewer projects than this calibrate a range only roughly.
const ENOUGH: usize = 10;

/// The score as text: errors of every method, how P80 held, and what it would have to be.
pub(super) fn text(score: &Score, each: bool) -> String {
    let mut text = String::new();
    let cases: usize = score.projects.iter().map(|project| project.cases.len()).sum();
    let _ = writeln!(text, "{} finished projects, {cases} status dates", score.projects.len());
    for (name, why) in &score.left_out {
        let _ = writeln!(text, "  left out: {name}: {why}");
    }
    if score.projects.is_empty() {
        return text.trim_end().to_owned();
    }
    errors(&mut text, "Cost: mean error, in % of the real cost", &score.cost());
    errors(&mut text, "Finish: mean error, in % of the real duration", &score.finish());
    if each {
        projects(&mut text, &score.projects);
    }
    let (cost, finish) = (score.cost_ranges(), score.finish_ranges());
    let _ = writeln!(text, "\nP80 of the recommended forecast");
    kept(&mut text, "cost", &cost);
    kept(&mut text, "finish", &finish);
    let _ = writeln!(text, "\nCalibrated on these projects, for earnest.toml:\n[forecast]");
    for (what, ranges) in [("cost", &cost), ("finish", &finish)] {
        let percentiles = [
            ("p20", ranges.calibrated_p20(), ranges.kept_left_out_p20()),
            ("p80", ranges.calibrated(), ranges.kept_left_out()),
        ];
        for (name, share, kept) in percentiles {
            let Some(share) = share else { continue };
            let held = kept.map_or_else(String::new, |kept| {
                format!("  # kept in {:.0}% of the cases of projects left out in turn", 100.0 * kept)
            });
            let _ = writeln!(text, "{name}_{what} = {:.3}{held}", up(share));
        }
    }
    if score.projects.len() < ENOUGH {
        let _ = writeln!(text, "Fewer than {ENOUGH} projects: a rough figure.");
    }
    text.trim_end().to_owned()
}

fn errors(text: &mut String, title: &str, errors: &[Errors]) {
    let _ = writeln!(
        text,
        "\n{title}\n{:<24}{:>7}{:>8}{:>8}{:>8}{:>8}",
        "", "all", "early", "middle", "late", "cases"
    );
    for error in errors {
        let stages = error.stages.map(|stage| stage.map_or_else(|| "\u{2013}".to_owned(), percent));
        let [early, middle, late] = stages;
        let all = percent(error.all);
        let _ =
            writeln!(text, "{:<24}{all:>7}{early:>8}{middle:>8}{late:>8}{:>8}", error.method, error.cases);
    }
}

/// The recommended forecast project by project.
fn projects(text: &mut String, projects: &[Scored]) {
    let _ = writeln!(text, "\nRecommended, by project{:>24}{:>8}{:>8}", "cost", "finish", "cases");
    for project in projects {
        let alone = Score { projects: vec![project.clone()], left_out: Vec::new() };
        let of = |errors: Vec<Errors>| {
            let own = errors.into_iter().find(|error| error.method == RECOMMENDED);
            own.map_or_else(|| "\u{2013}".to_owned(), |error| percent(error.all))
        };
        let (cost, finish) = (of(alone.cost()), of(alone.finish()));
        let name: String = project.name.chars().take(38).collect();
        let _ = writeln!(text, "{name:<39}{cost:>8}{finish:>8}{:>8}", project.cases.len());
    }
}

fn kept(text: &mut String, what: &str, ranges: &Ranges) {
    let share = ranges.kept().map_or_else(
        || "had no range".to_owned(),
        |share| format!("was kept in {:.0}% of the cases, mean over the projects", 100.0 * share),
    );
    let _ = writeln!(text, "  {what} {share}");
}

/// Rounded up to what is printed, so that what was kept stays kept.
fn up(share: f64) -> f64 {
    // No minus before a zero.
    (share * 1_000.0 - 1e-6).ceil() / 1_000.0 + 0.0
}

fn percent(share: f64) -> String {
    format!("{:.1}", 100.0 * share)
}
