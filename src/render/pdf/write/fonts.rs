//! The fonts of a file: of each only the glyphs its pages show.

use std::collections::BTreeMap;

use printpdf::{FontId, ParsedFont, PdfDocument, PdfFont};
use sha2::{Digest, Sha256};
use subsetter::GlyphRemapper;

use super::super::page::{Mark, Pages};
use super::super::typeset::Typesetter;

/// The fonts of a file, in the order its pages first use them.
pub(super) struct Subsets {
    fonts: Vec<Subset>,
    by_font: BTreeMap<usize, usize>,
}

/// A font reduced to the glyphs in use.
pub(super) struct Subset {
    /// Its name in the file: `T0`, `T1`, ...
    pub(super) id: FontId,
    font: Option<PdfFont>,
    glyphs: BTreeMap<u16, Used>,
}

/// A glyph in use.
#[derive(Clone, Debug)]
pub(super) struct Used {
    /// Its code in the file.
    pub(super) code: u16,
    /// What it stands for.
    pub(super) text: String,
    /// How far it moves the pen, in whole thousandths of the size, as the file says.
    pub(super) advance: i64,
}

impl Subsets {
    /// Collects what the pages use and reduces each font to it.
    pub(super) fn of(setter: &Typesetter, pages: &Pages) -> Self {
        let mut by_font = BTreeMap::new();
        let mut glyphs: Vec<(usize, BTreeMap<u16, String>)> = Vec::new();
        for placed in pages.list.iter().flat_map(|page| &page.marks) {
            let Mark::Text { line, .. } = &placed.mark else { continue };
            for run in &line.runs {
                let at = *by_font.entry(run.font).or_insert_with(|| {
                    glyphs.push((run.font, BTreeMap::new()));
                    glyphs.len() - 1
                });
                for glyph in &run.glyphs {
                    let text = glyphs[at].1.entry(glyph.id).or_default();
                    if text.is_empty() && run.plain {
                        text.clone_from(&glyph.text);
                    }
                }
            }
        }
        let fonts =
            glyphs.into_iter().enumerate().map(|(at, (font, glyphs))| subset(setter, at, font, glyphs));
        Self { fonts: fonts.collect(), by_font }
    }

    /// The subset of a font, if it can be embedded.
    pub(super) fn get(&self, font: usize) -> Option<&Subset> {
        self.fonts.get(*self.by_font.get(&font)?).filter(|subset| subset.font.is_some())
    }

    /// Adds the fonts to a file.
    pub(super) fn register(&self, pdf: &mut PdfDocument) {
        for subset in &self.fonts {
            if let Some(font) = &subset.font {
                pdf.resources.fonts.map.insert(subset.id.clone(), font.clone());
            }
        }
    }
}

impl Subset {
    /// A glyph of the original font.
    pub(super) fn glyph(&self, id: u16) -> Option<&Used> {
        self.glyphs.get(&id)
    }
}

fn subset(setter: &Typesetter, at: usize, font: usize, texts: BTreeMap<u16, String>) -> Subset {
    let id = FontId(format!("T{at}"));
    let mut remapper = GlyphRemapper::new();
    let mut glyphs: BTreeMap<u16, Used> = BTreeMap::new();
    for (glyph, text) in texts {
        let code = remapper.remap(glyph);
        glyphs.insert(glyph, Used { code, text, advance: 0 });
    }
    let made = setter.font(font).and_then(|data| {
        let bytes = data.data.data();
        let subset = subsetter::subset(bytes, data.index, &remapper).ok()?;
        let mut parsed = ParsedFont::from_bytes(&subset, 0, &mut Vec::new())?;
        parsed.font_name = Some(format!("{}+{}", tag(&subset), name(bytes, data.index)));
        Some(parsed)
    });
    if let Some(parsed) = &made {
        let em = f32::from(parsed.units_per_em.max(1));
        for used in glyphs.values_mut() {
            let width = f32::from(parsed.get_glyph_width(used.code).unwrap_or(0));
            // The very sum printpdf does for the widths it writes.
            #[expect(clippy::cast_possible_truncation, reason = "widths are small")]
            let advance = (width * 1000.0 / em) as i64;
            used.advance = advance;
        }
    }
    Subset { id, font: made.map(PdfFont::new), glyphs }
}

/// Six letters that tell this subset from others of its font (ISO 32000-1, 9.6.4).
fn tag(subset: &[u8]) -> String {
    Sha256::digest(subset).iter().take(6).map(|byte| char::from(b'A' + byte % 26)).collect()
}

/// The PostScript name of a font (OpenType `name` table, entry 6), or `Font`.
fn name(bytes: &[u8], index: u32) -> String {
    postscript_name(bytes, index).filter(|name| !name.is_empty()).unwrap_or_else(|| "Font".to_owned())
}

fn postscript_name(bytes: &[u8], index: u32) -> Option<String> {
    let short = |at: usize| Some(usize::from(u16::from_be_bytes(bytes.get(at..at + 2)?.try_into().ok()?)));
    let long = |at: usize| usize::try_from(u32::from_be_bytes(bytes.get(at..at + 4)?.try_into().ok()?)).ok();
    let start = if bytes.get(..4)? == b"ttcf" { long(12 + 4 * usize::try_from(index).ok()?)? } else { 0 };
    let tables = short(start + 4)?;
    let entry =
        (0..tables).map(|i| start + 12 + 16 * i).find(|at| bytes.get(*at..*at + 4) == Some(b"name"))?;
    let table = long(entry + 8)?;
    let (count, strings) = (short(table + 2)?, table + short(table + 4)?);
    let record = (0..count).map(|i| table + 6 + 12 * i).find(|at| short(at + 6) == Some(6))?;
    let (length, offset) = (short(record + 8)?, short(record + 10)?);
    let text = bytes.get(strings + offset..strings + offset + length)?;
    // ASCII in every encoding the table knows, with or without a zero byte before each letter.
    Some(text.iter().filter(|b| b.is_ascii_alphanumeric() || **b == b'-').map(|b| char::from(*b)).collect())
}
