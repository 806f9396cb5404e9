//! `earnest.toml`: the raw shape as written, then validated settings of every room.
//!
//! Flags of the command line win over the file, the file wins over the defaults. An unknown key is an
//! error with its line: a misspelt threshold must not pass in silence.

use std::collections::{BTreeMap, BTreeSet};
use std::path::{Path, PathBuf};

use chrono::NaiveDate;
use serde::Deserialize;

use crate::analysis::forecast::range::{Ranges, Share};
use crate::analysis::risk::Scales;
use crate::analysis::{self, Thresholds};
use crate::calendar::{PeriodKind, StatusDate};
use crate::error::Error;
use crate::intake::{self, SourceOverride};
use crate::language::Language;
use crate::model::{Charter, EarningRule};
use crate::quantity::Money;
use crate::render::FileFormat;
use crate::report::{self, template::Template};

/// The name the settings file has beside the inputs.
pub const FILE_NAME: &str = "earnest.toml";

/// The commented settings file that `earnest init` writes; every value in it is the default.
pub const COMMENTED: &str = include_str!("../templates/earnest.toml");

/// The file as written.
#[derive(Debug, Default, Deserialize)]
#[serde(deny_unknown_fields, default)]
struct Raw {
    status_date: Option<DateText>,
    currency: Option<String>,
    period: Option<PeriodKind>,
    discount_rate: Option<f64>,
    thresholds: Thresholds,
    tolerances: RawTolerances,
    earning_rules: BTreeMap<String, String>,
    forecast: RawForecast,
    network: analysis::network::Settings,
    risk: Scales,
    simulation: analysis::simulation::Settings,
    quality: analysis::quality::Settings,
    load: analysis::load::Settings,
    report: RawReport,
    source: Vec<SourceOverride>,
}

#[derive(Debug, Default, Deserialize)]
#[serde(deny_unknown_fields, default)]
struct RawTolerances {
    cost: Option<f64>,
    days: Option<f64>,
    scope: Option<u32>,
    quality: Option<u32>,
    risk: Option<f64>,
    benefit: Option<f64>,
}

#[derive(Debug, Default, Deserialize)]
#[serde(deny_unknown_fields, default)]
struct RawForecast {
    cost: Option<String>,
    finish: Option<String>,
    p20_cost: Option<f64>,
    p80_cost: Option<f64>,
    p20_finish: Option<f64>,
    p80_finish: Option<f64>,
}

impl RawForecast {
    /// The ranges of own history; P20 means nothing without its P80.
    fn ranges(&self) -> Ranges {
        let share = |p80: Option<f64>, p20| p80.map(|p80| Share { p20, p80 });
        Ranges { cost: share(self.p80_cost, self.p20_cost), finish: share(self.p80_finish, self.p20_finish) }
    }
}

#[derive(Debug, Default, Deserialize)]
#[serde(deny_unknown_fields, default)]
struct RawReport {
    template: Option<String>,
    formats: Option<BTreeSet<FileFormat>>,
    logo: Option<PathBuf>,
    marking: Option<String>,
    language: Option<String>,
    out: Option<PathBuf>,
    previous: Option<PathBuf>,
}

/// A date written as TOML date or as text.
#[derive(Debug, Deserialize)]
#[serde(untagged)]
enum DateText {
    Date(toml::value::Datetime),
    Text(String),
}

/// What the command line says; `None` leaves it to the file.
#[derive(Clone, Debug, Default)]
pub struct Flags {
    /// Folders, CSV files and workbooks.
    pub inputs: Vec<PathBuf>,
    /// The settings file.
    pub config: Option<PathBuf>,
    /// The status date.
    pub status_date: Option<StatusDate>,
    /// Weeks or months.
    pub period: Option<PeriodKind>,
    /// A built-in template's name or a file.
    pub template: Option<String>,
    /// The code of the report's language.
    pub language: Option<String>,
    /// The formats to write; empty leaves it to the file.
    pub formats: BTreeSet<FileFormat>,
    /// The output folder.
    pub out: Option<PathBuf>,
    /// The last report, or a folder that has it.
    pub previous: Option<PathBuf>,
}

/// What a run is told, complete and checked.
#[derive(Clone, Debug)]
pub struct Settings {
    /// The settings file they were read from; `earnest.toml` where there is none.
    pub file: PathBuf,
    /// Folders, CSV files and workbooks.
    pub inputs: Vec<PathBuf>,
    /// Currency of projects whose charter names none.
    pub currency: Option<String>,
    /// Tolerances and discount rate of projects whose charter names none; nothing else in it counts.
    pub charter: Charter,
    /// For intake.
    pub intake: intake::Settings,
    /// For analysis.
    pub analysis: analysis::Settings,
    /// For report.
    pub report: report::Settings,
    /// The formats to write.
    pub formats: BTreeSet<FileFormat>,
    /// The output folder.
    pub out: PathBuf,
    /// The last report, or a folder that has it: what the report is compared with.
    pub previous: Option<PathBuf>,
}

impl Settings {
    /// Reads the settings file (`--config`, else the one `earnest.toml` beside the inputs) and lays the
    /// flags over it.
    ///
    /// # Errors
    /// When the file cannot be read, says something it cannot mean, or several inputs bring one each.
    pub fn load(flags: &Flags) -> Result<Self, Error> {
        let (raw, path) = match find(flags)? {
            Some(path) => (parse(&path)?, path),
            None => (Raw::default(), PathBuf::from(FILE_NAME)),
        };
        let wrong = |message: String| Error::Settings { path: path.clone(), message };
        let status_date = match (&flags.status_date, &raw.status_date) {
            (Some(date), _) => Some(*date),
            (None, Some(text)) => Some(status_date_of(text).map_err(wrong)?),
            (None, None) => None,
        };
        check_thresholds(&raw.thresholds).map_err(wrong)?;
        check_rules(&raw.earning_rules).map_err(wrong)?;
        check_methods(&raw.forecast).map_err(wrong)?;
        let ranges = raw.forecast.ranges();
        check_scales(&raw.risk).map_err(wrong)?;
        raw.simulation.check().map_err(wrong)?;
        raw.quality.check().map_err(wrong)?;
        raw.load.check().map_err(wrong)?;
        let charter = agreed(&raw.tolerances, raw.discount_rate).map_err(wrong)?;
        let beside = path.parent().map(Path::to_owned).unwrap_or_default();
        let template = match (&flags.template, &raw.report.template) {
            (Some(name), _) => Template::find(name, Path::new(""))?,
            (None, Some(name)) => Template::find(name, &beside)?,
            (None, None) => Template::find("status", &beside)?,
        };
        let language = match flags.language.as_ref().or(raw.report.language.as_ref()) {
            Some(code) => language_of(code).map_err(wrong)?,
            None => Language::english(),
        };
        let formats = match (flags.formats.is_empty(), raw.report.formats) {
            (false, _) => flags.formats.clone(),
            (true, Some(formats)) if !formats.is_empty() => formats,
            _ => BTreeSet::from([FileFormat::Pdf, FileFormat::Xlsx, FileFormat::Json]),
        };
        let logo = match raw.report.logo {
            Some(logo) => {
                let logo = beside.join(logo);
                Some(std::fs::read(&logo).map_err(Error::io("read", logo))?)
            }
            None => None,
        };
        Ok(Self {
            file: path.clone(),
            inputs: flags.inputs.clone(),
            currency: raw.currency,
            charter,
            intake: intake::Settings { sources: raw.source },
            analysis: analysis::Settings {
                status_date,
                period: flags.period.or(raw.period).unwrap_or_default(),
                thresholds: raw.thresholds,
                earning_rules: raw.earning_rules,
                preferred_cost: raw.forecast.cost,
                preferred_finish: raw.forecast.finish,
                network: raw.network,
                ranges,
                risk_scales: raw.risk,
                simulation: raw.simulation,
                quality: raw.quality,
                load: raw.load,
                weigh_options: template.shows("exception"),
                forecast_record: template.shows("forecast_record"),
            },
            report: report::Settings {
                template,
                marking: raw.report.marking,
                logo,
                thresholds: raw.thresholds,
                language,
            },
            formats,
            out: flags
                .out
                .clone()
                .or(raw.report.out.map(|out| beside.join(out)))
                .unwrap_or_else(|| "reports".into()),
            previous: flags.previous.clone().or(raw.report.previous.map(|path| beside.join(path))),
        })
    }

    /// The same without the simulation, for what shows none of it: no problem, no grade of trust and no figure
    /// that is explained comes from trials.
    #[must_use]
    pub fn without_trials(mut self) -> Self {
        self.analysis.simulation.iterations = 0;
        self
    }
}

/// The settings file of a run, if there is one.
fn find(flags: &Flags) -> Result<Option<PathBuf>, Error> {
    if let Some(path) = &flags.config {
        return Ok(Some(path.clone()));
    }
    let beside = flags.inputs.iter().map(|input| {
        let folder = if input.is_dir() {
            input.clone()
        } else {
            input.parent().map(Path::to_owned).unwrap_or_default()
        };
        folder.join(FILE_NAME)
    });
    let found: BTreeSet<PathBuf> = beside.filter(|path| path.is_file()).collect();
    let mut found = found.into_iter();
    match (found.next(), found.next()) {
        (Some(first), Some(second)) => Err(Error::Settings {
            path: second,
            message: format!(
                "the inputs bring several settings files ({} is another); name the one that holds with --config",
                first.display()
            ),
        }),
        (first, _) => Ok(first),
    }
}

fn parse(path: &Path) -> Result<Raw, Error> {
    let text = std::fs::read_to_string(path).map_err(Error::io("read", path))?;
    toml::from_str(&text).map_err(|wrong| Error::Settings {
        path: path.to_owned(),
        message: wrong.to_string().trim_end().to_owned(),
    })
}

/// Reads a status date: `2026-03-31` (its end) or `2026-03-31T17:00`.
///
/// # Errors
/// A sentence that says what was expected.
pub fn status_date(text: &str) -> Result<StatusDate, String> {
    let text = text.trim();
    if let Ok(day) = text.parse::<NaiveDate>() {
        return Ok(StatusDate::end_of(day));
    }
    ["%Y-%m-%dT%H:%M:%S", "%Y-%m-%dT%H:%M", "%Y-%m-%d %H:%M:%S", "%Y-%m-%d %H:%M"]
        .iter()
        .find_map(|pattern| chrono::NaiveDateTime::parse_from_str(text, pattern).ok())
        .map(StatusDate)
        .ok_or_else(|| format!("'{text}' is not a date; write it as 2026-03-31 or 2026-03-31T17:00"))
}

fn status_date_of(text: &DateText) -> Result<StatusDate, String> {
    match text {
        DateText::Date(date) => status_date(&date.to_string()),
        DateText::Text(text) => status_date(text),
    }
    .map_err(|wrong| format!("status_date: {wrong}"))
}

fn language_of(code: &str) -> Result<&'static Language, String> {
    Language::named(code).ok_or_else(|| {
        format!("language: there is no catalogue for '{code}'; there are {}", Language::codes().join(", "))
    })
}

fn check_thresholds(thresholds: &Thresholds) -> Result<(), String> {
    let Thresholds { index_amber, index_red, over_red, explain, p80_apart, change_amber, change_red, .. } =
        *thresholds;
    let (amber, red) = (thresholds.risk_cover_amber, thresholds.risk_cover_red);
    if !(red >= 0.0 && red <= amber && (0.0..=1.0).contains(&thresholds.risk_overdue_red)) {
        return Err(format!(
            "thresholds: risk_cover_red {red} must not be above risk_cover_amber {amber}; risk_overdue_red is a share"
        ));
    }
    if !(0.0..=2.0).contains(&index_red) || !(0.0..=2.0).contains(&index_amber) || index_red > index_amber {
        return Err(format!(
            "thresholds: index_red {index_red} and index_amber {index_amber} must lie between 0 and 2, red not above amber"
        ));
    }
    if !(over_red > 0.0 && explain > 0.0 && p80_apart > 0.0) {
        return Err(format!(
            "thresholds: over_red {over_red}, explain {explain} and p80_apart {p80_apart} are shares above 0, such as 0.10"
        ));
    }
    if !(change_amber > 0.0 && change_amber <= change_red && change_red.is_finite()) {
        return Err(format!(
            "thresholds: change_amber {change_amber} and change_red {change_red} are shares above 0, amber not above red"
        ));
    }
    Ok(())
}

/// What holds where a charter says nothing.
fn agreed(tolerances: &RawTolerances, discount_rate: Option<f64>) -> Result<Charter, String> {
    let RawTolerances { cost, days, scope, quality, risk, benefit } = *tolerances;
    for (key, value, most) in [
        ("tolerances.cost", cost, 9e14),
        ("tolerances.days", days, 1e6),
        ("tolerances.risk", risk, 9e14),
        ("tolerances.benefit", benefit, 1.0),
    ] {
        if let Some(value) = value.filter(|value| !(0.0..=most).contains(value)) {
            return Err(format!("{key}: {value} does not lie between 0 and {most}"));
        }
    }
    if let Some(rate) = discount_rate.filter(|rate| !(0.0..=1.0).contains(rate)) {
        return Err(format!(
            "discount_rate: {rate} would be {}% a year; write 0.07 for 7%",
            (rate * 1e4).round() / 1e2
        ));
    }
    Ok(Charter {
        tolerance_cost: cost.map(Money::from_units),
        tolerance_days: days,
        tolerance_scope: scope,
        tolerance_quality: quality,
        tolerance_risk: risk.map(Money::from_units),
        tolerance_benefit: benefit,
        discount_rate,
        ..Charter::default()
    })
}

fn check_scales(scales: &Scales) -> Result<(), String> {
    if scales.rise() {
        return Ok(());
    }
    Err("risk: each scale has five values that rise from above 0; probabilities are at most 1".to_owned())
}

fn check_rules(rules: &BTreeMap<String, String>) -> Result<(), String> {
    match rules.iter().find(|(_, rule)| EarningRule::parse(rule).is_none()) {
        Some((what, rule)) => Err(format!(
            "earning_rules.{what}: '{rule}' is not an earning rule; write 0_100, 50_50, 25_75, percent_complete, \
             physical_percent, milestones, units, level_of_effort or planning_package"
        )),
        None => Ok(()),
    }
}

fn check_methods(forecast: &RawForecast) -> Result<(), String> {
    let check = |key: &str, said: Option<&String>, known: Vec<&str>| match said {
        Some(method) if !known.contains(&method.as_str()) => {
            Err(format!("forecast.{key}: '{method}' is not a method; there are {}", known.join(", ")))
        }
        _ => Ok(()),
    };
    for (key, share) in [("p80_cost", forecast.p80_cost), ("p80_finish", forecast.p80_finish)] {
        if share.is_some_and(|share| !(0.0..=10.0).contains(&share)) {
            return Err(format!("forecast.{key}: a share of what is left, such as 0.25"));
        }
    }
    let p20 = [
        ("cost", forecast.p20_cost, forecast.p80_cost),
        ("finish", forecast.p20_finish, forecast.p80_finish),
    ];
    for (what, p20, p80) in p20 {
        if p20.is_some_and(|share| !(-1.0..=0.0).contains(&share)) {
            return Err(format!(
                "forecast.p20_{what}: a share of what is left and not above 0, such as -0.10"
            ));
        }
        if p20.is_some() && p80.is_none() {
            return Err(format!(
                "forecast.p20_{what}: give p80_{what} too; both come from the same projects"
            ));
        }
    }
    check("cost", forecast.cost.as_ref(), analysis::forecast::cost_methods())?;
    check("finish", forecast.finish.as_ref(), analysis::forecast::finish_methods())
}

#[cfg(test)]
mod tests {
    use super::*;
    use chrono::NaiveDate;

    #[test]
    fn a_plain_status_date_means_the_end_of_its_day() {
        let midnight = NaiveDate::from_ymd_opt(2026, 4, 1).and_then(|day| day.and_hms_opt(0, 0, 0));
        assert_eq!(status_date("2026-03-31").map(|s| Some(s.0)), Ok(midnight));
        let five = NaiveDate::from_ymd_opt(2026, 3, 31).and_then(|day| day.and_hms_opt(17, 0, 0));
        assert_eq!(status_date("2026-03-31T17:00").map(|s| Some(s.0)), Ok(five));
        assert!(status_date("31.03.2026").is_err());
    }

    #[test]
    fn the_commented_file_is_valid_and_says_the_defaults() {
        let raw: Raw = toml::from_str(COMMENTED).expect("the file we hand out parses");
        assert_eq!(raw.thresholds, Thresholds::default());
        assert_eq!(raw.risk, Scales::default());
        assert_eq!(raw.simulation, analysis::simulation::Settings::default());
        let uncommented: String = COMMENTED
            .lines()
            .map(|line| line.strip_prefix("#= ").unwrap_or(line))
            .collect::<Vec<_>>()
            .join("\n");
        let raw: Raw = toml::from_str(&uncommented).expect("and so it does with its examples switched on");
        assert_eq!(raw.source.len(), 1);
    }

    #[test]
    fn a_misspelt_key_is_named_with_its_line() {
        let wrong =
            toml::from_str::<Raw>("[thresholds]\nindex_ambr = 0.9\n").expect_err("unknown key").to_string();
        assert!(wrong.contains("line 2") && wrong.contains("index_ambr"), "{wrong}");
    }

    #[test]
    fn tolerances_hold_where_the_charter_names_none() {
        let raw: Raw =
            toml::from_str("discount_rate = 0.08\n[tolerances]\ndays = 10\nquality = 3\n").expect("valid");
        let defaults = agreed(&raw.tolerances, raw.discount_rate).expect("within bounds");
        let mut charter = Charter { tolerance_days: Some(15.0), ..Charter::default() };
        charter.fall_back_on(&defaults);
        assert_eq!((charter.tolerance_days, charter.tolerance_quality), (Some(15.0), Some(3)));
        assert_eq!((charter.discount_rate, charter.tolerance_cost), (Some(0.08), None));
        let beyond = RawTolerances { benefit: Some(1.5), ..RawTolerances::default() };
        assert!(agreed(&beyond, None).is_err());
        let wrong = agreed(&RawTolerances::default(), Some(7.0)).expect_err("not a rate");
        assert_eq!(wrong, "discount_rate: 7 would be 700% a year; write 0.07 for 7%");
    }

    #[test]
    fn a_p20_stands_beside_its_p80_and_below_the_forecast() {
        let forecast = |text: &str| toml::from_str::<Raw>(&format!("[forecast]\n{text}")).unwrap().forecast;
        let own = forecast("p20_cost = -0.1\np80_cost = 0.2\np80_finish = 0.3");
        assert!(check_methods(&own).is_ok());
        assert_eq!(own.ranges().cost, Some(Share { p20: Some(-0.1), p80: 0.2 }));
        assert_eq!(own.ranges().finish, Some(Share { p20: None, p80: 0.3 }));
        assert!(check_methods(&forecast("p20_cost = -0.1")).is_err());
        assert!(check_methods(&forecast("p20_cost = 0.1\np80_cost = 0.2")).is_err());
    }

    #[test]
    fn thresholds_that_contradict_each_other_are_refused() {
        let upside_down = Thresholds { index_amber: 0.8, index_red: 0.9, ..Thresholds::default() };
        assert!(check_thresholds(&upside_down).is_err());
        let upside_down = Thresholds { change_amber: 0.2, ..Thresholds::default() };
        assert!(check_thresholds(&upside_down).is_err());
        assert!(check_thresholds(&Thresholds::default()).is_ok());
    }
}
