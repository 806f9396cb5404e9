//! The JSON of an earlier report, read for what a later one compares itself with. Only the keys that are needed are
//! named: what else the contract has, or will have, passes by. A figure that no report of ours could have is left out.

use std::fmt;
use std::sync::Arc;

use chrono::{Datelike, NaiveDate, NaiveDateTime};
use serde::Deserialize;
use serde::de::{IgnoredAny, MapAccess, Visitor};

use crate::calendar::{Moment, StatusDate, end_of_day};
use crate::model::{Previous, PreviousFigures, PreviousMilestone, PreviousRisk, PreviousTask};
use crate::quantity::Health;

/// The schema of a report begins so; the number of its version follows.
const REPORT: &str = "earnest/report/";
/// All schemas of ours begin so.
const OURS: &str = "earnest/";
/// The version of the contract that is read here; it only grows within a version.
const VERSION: u32 = 1;
/// Amounts beyond are slips of whoever wrote the file, as in the tables.
const LARGEST: f64 = 9e14;
/// As for the dates of tables.
const YEARS: std::ops::RangeInclusive<i32> = 1950..=2149;

/// What the first keys of a JSON file say.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Head {
    /// The report of a project at a status date.
    Report {
        /// The project's id.
        project: String,
        /// The moment it speaks of.
        status: StatusDate,
    },
    /// A report of a later version of the contract.
    Newer(String),
    /// Something else of ours: a manifest, the report of a portfolio.
    Other,
    /// Nothing of ours.
    Foreign,
}

/// Reads the first keys; `beginning` may end anywhere behind them.
#[must_use]
pub fn head(beginning: &[u8]) -> Head {
    let mut found = First::default();
    let mut json = serde_json::Deserializer::from_slice(beginning);
    // That the text ends or goes on is no error here: what counts is what was found.
    let _ = serde::Deserializer::deserialize_map(&mut json, FirstKeys(&mut found));
    let Some(schema) = found.schema else { return Head::Foreign };
    match schema.strip_prefix(REPORT).map(str::parse::<u32>) {
        Some(Ok(version)) if version > VERSION => Head::Newer(schema),
        Some(Ok(VERSION)) => match (found.project, found.status.as_deref().and_then(moment)) {
            (Some(project), Some(status)) => Head::Report { project, status: StatusDate(status) },
            _ => Head::Foreign,
        },
        _ if schema.starts_with(OURS) => Head::Other,
        _ => Head::Foreign,
    }
}

/// Reads a report.
///
/// # Errors
/// What is wrong with the JSON, in English.
pub fn read(file: Arc<str>, status: StatusDate, bytes: &[u8]) -> Result<Previous, String> {
    let report: Report = serde_json::from_slice(bytes).map_err(|wrong| wrong.to_string())?;
    let recommended = report.forecasts.and_then(|forecasts| forecasts.recommended).unwrap_or_default();
    let metrics = report.metrics.unwrap_or_default();
    let amount = |units: Option<f64>| units.filter(|units| units.abs() <= LARGEST);
    let risks = report.risks;
    let residual = risks.as_ref().and_then(|risks| risks.residual.as_ref());
    let figures = PreviousFigures {
        bac: amount(metrics.bac),
        percent_complete: amount(metrics.pct_complete),
        cpi: amount(metrics.cpi),
        spi_t: amount(metrics.spi_t),
        eac: amount(metrics.eac),
        eac_p80: amount(recommended.cost_p80),
        finish: recommended.finish_p50.as_deref().and_then(moment),
        finish_p80: recommended.finish_p80.as_deref().and_then(moment),
        exposure: amount(residual.and_then(|residual| residual.cost)),
        contingency_left: amount(risks.as_ref().and_then(|risks| risks.contingency_left)),
        open_issues: report.issues.map(|issues| u32::try_from(issues.open.len()).unwrap_or(u32::MAX)),
        open_defects: report.quality.and_then(|quality| quality.defects?.open?.total),
    };
    let tasks = report.tasks.unwrap_or_default().into_iter().filter(|task| !task.summary);
    let milestones = report.milestones.unwrap_or_default().into_iter();
    Ok(Previous {
        file,
        status,
        currency: report.currency,
        figures,
        health: report.health.unwrap_or_default().into_iter().map(Rated::rating).collect(),
        tasks: tasks
            .map(|task| PreviousTask {
                finished: task.finished.unwrap_or(task.percent_complete.is_some_and(|share| share >= 1.0)),
                forecast_finish: task.forecast_finish.as_deref().and_then(moment),
                id: task.id,
            })
            .collect(),
        milestones: milestones
            .map(|milestone| PreviousMilestone {
                id: milestone.id,
                forecast: milestone.forecast.as_deref().and_then(moment),
                reached: milestone.reached,
            })
            .collect(),
        risks: risks.map(|risks| risks.register.into_iter().map(Risk::weighed).collect()),
    })
}

/// A day is its end, as everywhere in the contract.
fn moment(text: &str) -> Option<Moment> {
    let day = text.parse::<NaiveDate>().ok().map(end_of_day);
    let moment = day.or_else(|| NaiveDateTime::parse_from_str(text, "%Y-%m-%dT%H:%M:%S").ok())?;
    YEARS.contains(&moment.year()).then_some(moment)
}

/// The keys that say whose report it is.
#[derive(Default)]
struct First {
    schema: Option<String>,
    project: Option<String>,
    status: Option<String>,
}

/// Reads keys until all of these are found: of a report the first three.
struct FirstKeys<'a>(&'a mut First);

impl<'de> Visitor<'de> for FirstKeys<'_> {
    type Value = ();

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("a report")
    }

    fn visit_map<A: MapAccess<'de>>(self, mut map: A) -> Result<(), A::Error> {
        while let Some(key) = map.next_key::<String>()? {
            match &*key {
                "schema" => self.0.schema = Some(map.next_value()?),
                "project" => self.0.project = Some(map.next_value::<Named>()?.id),
                "status_date" => self.0.status = Some(map.next_value()?),
                _ => map.next_value::<IgnoredAny>().map(drop)?,
            }
            if self.0.schema.is_some() && self.0.project.is_some() && self.0.status.is_some() {
                break;
            }
        }
        Ok(())
    }
}

#[derive(Deserialize)]
struct Named {
    id: String,
}

#[derive(Deserialize)]
struct Report {
    currency: Option<String>,
    metrics: Option<Metrics>,
    forecasts: Option<Forecasts>,
    tasks: Option<Vec<Task>>,
    health: Option<Vec<Rated>>,
    milestones: Option<Vec<Milestone>>,
    risks: Option<Risks>,
    quality: Option<Quality>,
    issues: Option<Issues>,
}

#[derive(Default, Deserialize)]
struct Metrics {
    bac: Option<f64>,
    pct_complete: Option<f64>,
    cpi: Option<f64>,
    spi_t: Option<f64>,
    eac: Option<f64>,
}

#[derive(Deserialize)]
struct Forecasts {
    recommended: Option<Recommended>,
}

#[derive(Default, Deserialize)]
struct Recommended {
    cost_p80: Option<f64>,
    finish_p50: Option<String>,
    finish_p80: Option<String>,
}

#[derive(Deserialize)]
struct Task {
    id: String,
    #[serde(default)]
    summary: bool,
    percent_complete: Option<f64>,
    finished: Option<bool>,
    forecast_finish: Option<String>,
}

#[derive(Deserialize)]
struct Rated {
    dimension: String,
    rating: Option<String>,
}

impl Rated {
    fn rating(self) -> (String, Option<Health>) {
        let known = [Health::Green, Health::Amber, Health::Red];
        let rating = known.into_iter().find(|health| self.rating.as_deref() == Some(health.word()));
        (self.dimension, rating)
    }
}

#[derive(Deserialize)]
struct Milestone {
    id: String,
    forecast: Option<String>,
    #[serde(default)]
    reached: bool,
}

#[derive(Deserialize)]
struct Risks {
    residual: Option<Worth>,
    contingency_left: Option<f64>,
    #[serde(default)]
    register: Vec<Risk>,
}

#[derive(Deserialize)]
struct Worth {
    cost: Option<f64>,
}

#[derive(Deserialize)]
struct Risk {
    id: String,
    #[serde(default)]
    title: String,
    status: Option<String>,
    residual: Option<Side>,
}

#[derive(Default, Deserialize)]
struct Side {
    probability_level: Option<u8>,
    impact_level: Option<u8>,
    exposure_cost: Option<f64>,
    exposure_days: Option<f64>,
}

impl Risk {
    fn weighed(self) -> PreviousRisk {
        let side = self.residual.unwrap_or_default();
        let levels = side.probability_level.zip(side.impact_level);
        PreviousRisk {
            id: self.id,
            title: self.title,
            open: self.status.as_deref() == Some("open"),
            cost: side.exposure_cost.filter(|units| units.abs() <= LARGEST),
            days: side.exposure_days.filter(|days| days.abs() <= LARGEST),
            gravity: levels.map(|(probability, impact)| probability.saturating_mul(impact)),
        }
    }
}

#[derive(Deserialize)]
struct Quality {
    defects: Option<Defects>,
}

#[derive(Deserialize)]
struct Defects {
    open: Option<Count>,
}

#[derive(Deserialize)]
struct Count {
    total: Option<u32>,
}

#[derive(Deserialize)]
struct Issues {
    #[serde(default)]
    open: Vec<IgnoredAny>,
}

#[cfg(test)]
mod tests {
    use super::*;

    fn status() -> StatusDate {
        StatusDate::end_of("2026-02-28".parse().unwrap())
    }

    #[test]
    fn whose_report_it_is_stands_in_its_first_keys() {
        let cut = br#"{"schema": "earnest/report/1", "project": {"id": "atlas", "name": "At
        las"}, "#;
        assert_eq!(head(cut), Head::Foreign, "a line feed within a text is no JSON");
        let cut = br#"{"schema": "earnest/report/1", "project": {"id": "atlas", "name": "Atlas"},
            "status_date": "2026-02-28", "status_date_from": nul"#;
        assert_eq!(head(cut), Head::Report { project: "atlas".into(), status: status() });
        let other = br#"{"more": [1], "status_date": "2026-02-28T17:00:00", "project": {"id": "a"}, "schema": "earnest/report/1"}"#;
        let five = "2026-02-28".parse::<NaiveDate>().unwrap().and_hms_opt(17, 0, 0).unwrap();
        assert_eq!(head(other), Head::Report { project: "a".into(), status: StatusDate(five) });
        assert_eq!(
            head(br#"{"schema": "earnest/report/2", "anything": 1}"#),
            Head::Newer("earnest/report/2".into())
        );
        assert_eq!(head(br#"{"schema": "earnest/manifest/1"}"#), Head::Other);
        for foreign in
            [&b""[..], b"[1, 2]", b"{\"schema\": 3}", b"{\"schema\": \"acme/report/1\"}", b"\xff\xfe"]
        {
            assert_eq!(head(foreign), Head::Foreign);
        }
    }

    #[test]
    fn what_is_missing_is_not_known_and_what_is_new_passes_by() {
        let bare =
            read("a.json".into(), status(), b"{\"of_2030\": {\"deep\": [1, {}]}, \"tasks\": null}").unwrap();
        assert_eq!(bare.figures, PreviousFigures::default());
        assert_eq!((bare.tasks.len(), bare.health.len(), bare.risks), (0, 0, None));
    }

    #[test]
    fn figures_that_no_report_has_are_left_out() {
        let wild = br#"{"metrics": {"bac": 1e300, "cpi": 0.9}, "health": [{"dimension": "Cost", "rating": "blue"}],
            "forecasts": {"recommended": {"finish_p50": "9999-12-31", "finish_p80": "soon"}},
            "tasks": [{"id": "1", "percent_complete": 1.0, "forecast_finish": "2026-03-20"}, {"id": "2", "finished": false, "percent_complete": 1.0},
                {"id": "S", "summary": true}],
            "risks": {"register": [{"id": "R", "status": "open", "residual": {"probability_level": 255, "impact_level": 9}}]}}"#;
        let read = read("a.json".into(), status(), wild).unwrap();
        assert_eq!((read.figures.bac, read.figures.cpi), (None, Some(0.9)));
        assert_eq!((read.figures.finish, read.figures.finish_p80), (None, None));
        assert_eq!(read.health, [("Cost".to_owned(), None)]);
        assert_eq!(read.tasks.iter().map(|task| task.finished).collect::<Vec<_>>(), [true, false]);
        assert_eq!(read.risks.unwrap()[0].gravity, Some(255));
    }

    #[test]
    fn what_is_cut_short_or_of_another_kind_is_refused() {
        for broken in [
            &b"{\"tasks\": ["[..],
            b"{\"metrics\": {\"bac\": \"much\"}}",
            b"{\"tasks\": [{\"name\": \"no id\"}]}",
        ] {
            assert!(read("a.json".into(), status(), broken).is_err());
        }
        let deep = "[".repeat(100_000);
        assert!(read("a.json".into(), status(), deep.as_bytes()).is_err());
    }
}
