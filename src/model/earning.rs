//! The words of the column `earning_rule` and of the settings: one definition for both.

use super::EarningRule;

impl EarningRule {
    /// Reads a rule: `0_100`, `50/50`, `percent_complete`, `level of effort`, `apportioned:WP-7`, ...
    /// Case, spaces, `-` and `_` do not matter. An apportioned rule comes without its base task: see
    /// [`EarningRule::base_in`]. `None` when the text is no rule.
    #[must_use]
    pub fn parse(text: &str) -> Option<Self> {
        let head = text.split(':').next().unwrap_or_default();
        let word: String = head.chars().filter(|c| c.is_alphanumeric()).collect::<String>().to_lowercase();
        Some(match word.as_str() {
            "percentcomplete" | "percent" | "pct" | "pctcomplete" | "complete" => Self::PercentComplete,
            "physicalpercent" | "physicalpercentcomplete" | "physical" => Self::PhysicalPercent,
            "milestones" | "milestone" | "weightedmilestones" | "weightedmilestone" => Self::Milestones,
            "units" | "unitscomplete" | "unitscompleted" | "unitsdone" | "equivalentunits" => Self::Units,
            "levelofeffort" | "loe" => Self::LevelOfEffort,
            "apportioned" | "apportionedeffort" => Self::Apportioned { base: None },
            "bystatus" | "status" => Self::ByStatus,
            "planningpackage" | "planning" => Self::PlanningPackage,
            _ => Self::fixed(head)?,
        })
    }

    /// The id of the base task in `apportioned:ID`.
    #[must_use]
    pub fn base_in(text: &str) -> Option<&str> {
        text.split_once(':').map(|(_, base)| base.trim()).filter(|base| !base.is_empty())
    }

    /// `xx_yy`, `xx/yy`, `xx-yy`: two whole percentages that sum to 100.
    fn fixed(text: &str) -> Option<Self> {
        let (start, finish) = text.trim().split_once(['_', '/', '-', ' '])?;
        let (start, finish): (u32, u32) = (start.trim().parse().ok()?, finish.trim().parse().ok()?);
        (start.checked_add(finish)? == 100)
            .then(|| Self::Fixed { at_start: f64::from(start) / 100.0, at_finish: f64::from(finish) / 100.0 })
    }

    /// What the rule is called in the report.
    #[must_use]
    pub const fn name(&self) -> &'static str {
        match self {
            Self::Fixed { at_start, .. } if *at_start <= 0.0 => word!("0/100"),
            Self::Fixed { at_finish, .. } if *at_finish <= 0.0 => word!("100/0"),
            Self::Fixed { at_start, .. } if *at_start > 0.499_999 && *at_start < 0.500_001 => word!("50/50"),
            Self::Fixed { .. } => word!("fixed shares"),
            Self::PercentComplete => word!("percent complete"),
            Self::PhysicalPercent => word!("physical percent"),
            Self::Milestones => word!("weighted milestones"),
            Self::Units => word!("units"),
            Self::LevelOfEffort => word!("level of effort"),
            Self::Apportioned { .. } => word!("apportioned"),
            Self::ByStatus => word!("by status"),
            Self::PlanningPackage => word!("planning package"),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn rules_are_read_however_they_are_written() {
        assert_eq!(EarningRule::parse("0_100"), Some(EarningRule::Fixed { at_start: 0.0, at_finish: 1.0 }));
        assert_eq!(
            EarningRule::parse(" 25/75"),
            Some(EarningRule::Fixed { at_start: 0.25, at_finish: 0.75 })
        );
        assert_eq!(EarningRule::parse("Level of Effort"), Some(EarningRule::LevelOfEffort));
        assert_eq!(EarningRule::parse("apportioned: WP-7"), Some(EarningRule::Apportioned { base: None }));
        assert_eq!(EarningRule::base_in("apportioned: WP-7"), Some("WP-7"));
        assert_eq!(EarningRule::parse("40_70"), None);
        assert_eq!(EarningRule::parse("soon"), None);
    }
}
