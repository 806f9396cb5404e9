//! The `[theme]` table of a template over the look that all start from.

use serde::Deserialize;

use crate::document::{PageSize, Rgb, Theme};

/// The look that every template starts from.
const BASE: &str = include_str!("../../../templates/theme.toml");

/// The keys as written; absent ones keep what is below.
#[derive(Debug, Default, Deserialize)]
#[serde(deny_unknown_fields, default)]
pub(super) struct RawTheme {
    accent: Option<String>,
    ink: Option<String>,
    muted: Option<String>,
    wash: Option<String>,
    green: Option<String>,
    amber: Option<String>,
    red: Option<String>,
    page: Option<PageSize>,
}

/// `templates/theme.toml`.
pub(super) fn base() -> Theme {
    let mut theme = Theme::default();
    if let Ok(raw) = toml::from_str::<RawTheme>(BASE) {
        // A test reads the embedded file; should it ever be wrong, the vocabulary's own default stands.
        let _ = raw.lay_over(&mut theme);
    }
    theme
}

impl RawTheme {
    /// Overrides what is given; on a value that is no colour: the value, and what is wrong with it.
    pub(super) fn lay_over(self, theme: &mut Theme) -> Result<(), (String, String)> {
        let colours = [
            (self.accent, &mut theme.accent),
            (self.ink, &mut theme.ink),
            (self.muted, &mut theme.muted),
            (self.wash, &mut theme.wash),
            (self.green, &mut theme.green),
            (self.amber, &mut theme.amber),
            (self.red, &mut theme.red),
        ];
        for (written, colour) in colours {
            if let Some(written) = written {
                let message = format!("'{written}' is no colour; write it as \"#1F4E79\"");
                *colour = colour_of(&written).ok_or((written, message))?;
            }
        }
        theme.page = self.page.unwrap_or(theme.page);
        Ok(())
    }
}

/// `#RRGGBB`.
fn colour_of(text: &str) -> Option<Rgb> {
    let digits = text.strip_prefix('#').filter(|digits| digits.len() == 6)?;
    let digits = digits.bytes().all(|b| b.is_ascii_hexdigit()).then_some(digits)?;
    let byte = |at: usize| u8::from_str_radix(digits.get(at..at + 2)?, 16).ok();
    Some(Rgb(byte(0)?, byte(2)?, byte(4)?))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_embedded_theme_is_whole_and_agrees_with_the_vocabulary() {
        let raw: RawTheme = toml::from_str(BASE).unwrap();
        let mut theme = Theme::default();
        raw.lay_over(&mut theme).unwrap();
        assert_eq!(theme, Theme::default());
    }

    #[test]
    fn a_colour_is_a_hash_and_six_digits() {
        assert_eq!(colour_of("#1f4E79"), Some(Rgb(0x1F, 0x4E, 0x79)));
        for wrong in ["1F4E79", "#1F4E7", "#GG0000", "#+10000", "#ää00"] {
            assert_eq!(colour_of(wrong), None, "{wrong}");
        }
    }
}
