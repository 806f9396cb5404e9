//! The fonts of a file: of each only the glyphs its pages show.

mod codes;

use std::cell::RefCell;

use lopdf::Object;
use parley::FontData;
use printpdf::{Codepoint, FontId, Op, ParsedFont, PdfDocument, PdfFont, PdfFontHandle, Pt, TextItem};
use sha2::{Digest, Sha256};
use subsetter::GlyphRemapper;

pub(super) use self::codes::Codes;

use super::super::page::{Mark, Pages};
use super::super::typeset::{Run, Typesetter};

/// The fonts of a file, in the order its pages first use them.
pub(super) struct Subsets {
    fonts: Vec<Subset>,
    /// By the font's index in the typesetter: its index in `fonts`.
    by_font: Vec<Option<usize>>,
}

/// A font reduced to the glyphs in use.
pub(super) struct Subset {
    /// Its name in the file: `T0`, `T1`, ...
    name: String,
    font: Option<PdfFont>,
    /// How glyphs are called in strings.
    codes: Codes,
    /// By the glyph's id in the whole font.
    pens: Vec<Option<Pen>>,
    /// In the order of their codes.
    used: Vec<Used>,
}

/// A glyph in use.
#[derive(Clone, Debug)]
pub(super) struct Used {
    /// Its number in the subset: 1, 2, ... in the order of the codes; 0 is the box for a character that no font has.
    pub(super) glyph: u16,
    /// What calls it in strings.
    pub(super) code: u16,
    /// What it stands for.
    pub(super) text: Box<str>,
    /// How far it moves the pen, in thousandths of the size, as the file says.
    pub(super) advance: f32,
}

/// What a glyph in use needs to be shown; asked for every glyph of every page.
#[derive(Clone, Copy, Debug)]
pub(super) struct Pen {
    /// As in [`Used`].
    pub(super) code: u16,
    /// As in [`Used`].
    pub(super) advance: f32,
    /// What it stands for, if that is one character.
    pub(super) letter: Option<char>,
    /// Its place among those in use.
    place: usize,
}

/// What each glyph of a font stands for, by its id; none when the pages do not show it.
type Texts<'a> = Vec<Option<&'a str>>;

impl Subsets {
    /// Collects what the pages use and reduces each font to it.
    pub(super) fn of(setter: &Typesetter, pages: &Pages) -> Self {
        let mut by_font: Vec<Option<usize>> = Vec::new();
        let mut texts: Vec<(usize, Texts<'_>)> = Vec::new();
        for placed in pages.list.iter().flat_map(|page| &page.marks) {
            let Mark::Text { line, .. } = &placed.mark else { continue };
            for run in &line.runs {
                if by_font.len() <= run.font {
                    by_font.resize(run.font + 1, None);
                }
                let at = *by_font[run.font].get_or_insert_with(|| {
                    texts.push((run.font, Vec::new()));
                    texts.len() - 1
                });
                let texts = &mut texts[at].1;
                for glyph in &run.glyphs {
                    let id = usize::from(glyph.id);
                    if texts.len() <= id {
                        texts.resize(id + 1, None);
                    }
                    let text = texts[id].get_or_insert("");
                    if text.is_empty() && run.plain {
                        *text = run.said(glyph);
                    }
                }
            }
        }
        let fonts = texts.iter().enumerate().map(|(at, (font, texts))| Subset::of(setter, at, *font, texts));
        Self { fonts: fonts.collect(), by_font }
    }

    /// The subset of a font, if it can be embedded.
    pub(super) fn get(&self, font: usize) -> Option<&Subset> {
        let at = (*self.by_font.get(font)?)?;
        self.fonts.get(at).filter(|subset| subset.font.is_some())
    }

    /// Adds the fonts to a file. printpdf embeds what operations show: these show every glyph once.
    pub(super) fn register(&self, pdf: &mut PdfDocument) -> Vec<Op> {
        let mut ops = Vec::new();
        for subset in &self.fonts {
            let Some(font) = subset.font.clone() else { continue };
            let id = FontId(subset.name.clone());
            pdf.resources.fonts.map.insert(id.clone(), font);
            let glyphs = subset.used.iter();
            let glyphs = glyphs.map(|used| Codepoint::with_cid(used.glyph, 0.0, used.text.to_string()));
            let items = vec![TextItem::GlyphIds(glyphs.collect())];
            ops.push(Op::SetFont { font: PdfFontHandle::External(id), size: Pt(1.0) });
            ops.push(Op::ShowText { items });
        }
        ops
    }

    /// Completes the fonts of a file. Widths are written in full: printpdf cuts them to whole thousandths,
    /// over a line that adds up, and each digit in ten would have to be put back in its place. Codes of one
    /// byte come with what they mean.
    pub(super) fn complete(&self, file: &mut lopdf::Document) {
        let mut streams = Vec::new();
        let mut next = file.max_id;
        for object in file.objects.values_mut() {
            let Ok(font) = object.as_dict_mut() else { continue };
            let Ok(base) = font.get(b"BaseFont").and_then(Object::as_name) else { continue };
            let Some(subset) = self.fonts.iter().find(|subset| subset.is_called(base)) else { continue };
            let Ok(descendants) = font.get_mut(b"DescendantFonts").and_then(Object::as_array_mut) else {
                continue;
            };
            for descendant in descendants.iter_mut().filter_map(|font| font.as_dict_mut().ok()) {
                descendant.set("W", subset.widths());
            }
            if subset.codes == Codes::Bytes {
                next += 1;
                font.set("Encoding", (next, 0));
                streams.push(((next, 0), codes::encoding(&subset.used)));
                if let Ok(id) = font.get(b"ToUnicode").and_then(Object::as_reference) {
                    streams.push((id, codes::to_unicode(&subset.used)));
                }
            }
        }
        file.max_id = next;
        for (id, stream) in streams {
            file.set_object(id, stream);
        }
    }
}

impl Subset {
    fn of(setter: &Typesetter, at: usize, font: usize, texts: &Texts<'_>) -> Self {
        let shown = texts.iter().enumerate().filter_map(|(glyph, text)| Some((glyph, (*text)?)));
        let shown: Vec<(usize, &str)> = shown.collect();
        let said: Vec<&str> = shown.iter().map(|(_, text)| *text).collect();
        let (codes, assigned) = Codes::assign(&said);
        let mut order: Vec<usize> = (0..shown.len()).collect();
        order.sort_unstable_by_key(|at| assigned[*at]);
        let mut remapper = GlyphRemapper::new();
        let mut used = Vec::with_capacity(shown.len());
        let mut ids = Vec::with_capacity(shown.len());
        for at in order {
            let (glyph, text) = shown[at];
            // Glyph 0 keeps its number, whatever its place.
            let number = remapper.remap(u16::try_from(glyph).unwrap_or(0));
            let code = if codes == Codes::Pairs { number } else { assigned[at] };
            ids.push(glyph);
            used.push(Used { glyph: number, code, text: Box::from(text), advance: 0.0 });
        }
        let font = setter.font(font).and_then(|font| made(font, &remapper));
        if let Some(parsed) = font.as_ref().map(|font| &font.parsed_font) {
            let em = f32::from(parsed.units_per_em.max(1));
            for used in &mut used {
                let width = f32::from(parsed.get_glyph_width(used.glyph).unwrap_or(0));
                used.advance = (width * 100_000.0 / em).round() / 100.0;
            }
        }
        let mut pens = vec![None; texts.len()];
        for (place, (id, Used { code, advance, text, .. })) in ids.into_iter().zip(&used).enumerate() {
            let mut letters = text.chars();
            let letter = letters.next().filter(|_| letters.next().is_none());
            pens[id] = Some(Pen { code: *code, advance: *advance, letter, place });
        }
        Self { name: format!("T{at}"), font, codes, pens, used }
    }

    /// The widths of its glyphs, from the first on; that of glyph 0 apart.
    fn widths(&self) -> Object {
        let (missing, drawn): (Vec<&Used>, Vec<&Used>) = self.used.iter().partition(|used| used.glyph == 0);
        let run = |first: i64, glyphs: Vec<&Used>| {
            let widths = glyphs.iter().map(|used| Object::Real(used.advance)).collect();
            [Object::Integer(first), Object::Array(widths)]
        };
        let runs = [(0, missing), (1, drawn)].into_iter().filter(|(_, glyphs)| !glyphs.is_empty());
        Object::Array(runs.flat_map(|(first, glyphs)| run(first, glyphs)).collect())
    }

    fn is_called(&self, name: &[u8]) -> bool {
        let called = self.font.as_ref().and_then(|font| font.parsed_font.font_name.as_deref());
        called.is_some_and(|called| called.as_bytes() == name)
    }

    /// Its name in the file.
    pub(super) fn name(&self) -> &str {
        &self.name
    }

    /// How glyphs are called in strings.
    pub(super) fn codes(&self) -> Codes {
        self.codes
    }

    /// A glyph of the original font.
    pub(super) fn pen(&self, id: u16) -> Option<Pen> {
        *self.pens.get(usize::from(id))?
    }

    /// Whether the glyphs of a run stand for its text one by one.
    pub(super) fn spells(&self, run: &Run) -> bool {
        let pens = || run.glyphs.iter().map(|glyph| self.pen(glyph.id));
        let text = |pen: Pen| Some(&*self.used.get(pen.place)?.text);
        // Nearly always a glyph is a letter.
        let by_letter = || pens().map(|pen| pen?.letter).eq(run.text.chars().map(Some));
        let by_text =
            || pens().zip(&run.glyphs).all(|(pen, glyph)| pen.and_then(text) == Some(run.said(glyph)));
        run.plain && (by_letter() || by_text())
    }
}

/// Subsets that a thread remembers.
const REMEMBERED: usize = 16;

/// What a subset is made of: the font's data, its index there, and the glyphs in the order of their new numbers.
type Made = ((u64, u32, Vec<u16>), PdfFont);

thread_local! {
    /// The reports of a batch use the same letters: nine in ten of their subsets are one of a few.
    static MADE: RefCell<Vec<Made>> = const { RefCell::new(Vec::new()) };
}

/// A font reduced to glyphs, if it can be.
fn made(font: &FontData, glyphs: &GlyphRemapper) -> Option<PdfFont> {
    let key = (font.data.id(), font.index, glyphs.remapped_gids().collect());
    MADE.with_borrow_mut(|made| {
        if let Some((_, font)) = made.iter().find(|(known, _)| *known == key) {
            return Some(font.clone());
        }
        let bytes = font.data.data();
        let subset = subsetter::subset(bytes, font.index, glyphs).ok()?;
        let mut parsed = ParsedFont::from_bytes(&subset, 0, &mut Vec::new())?;
        parsed.font_name = Some(format!("{}+{}", tag(&subset), name(bytes, font.index)));
        if made.len() >= REMEMBERED {
            made.remove(0);
        }
        let font = PdfFont::new(parsed);
        made.push((key, font.clone()));
        Some(font)
    })
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

#[cfg(test)]
mod tests {
    use std::collections::BTreeMap;

    use super::*;
    use crate::render::pdf::{fixture, layout};

    /// How wide each text of a document's fonts is, by text and font.
    type Advances = BTreeMap<(Box<str>, usize), String>;

    fn advances(title: &str) -> Advances {
        let mut document = fixture::document();
        title.clone_into(&mut document.title);
        document.front.lists[0].items[0].text = title.to_owned();
        let mut setter = Typesetter::new();
        let pages = layout(&mut setter, &document, None);
        let subsets = Subsets::of(&setter, &pages);
        let fonts = subsets.by_font.iter().enumerate().filter_map(|(font, at)| Some((font, (*at)?)));
        let used = fonts.flat_map(|(font, at)| subsets.fonts[at].used.iter().map(move |used| (font, used)));
        used.map(|(font, used)| ((used.text.clone(), font), format!("{:.2}", used.advance))).collect()
    }

    #[test]
    fn a_character_that_no_font_has_leaves_the_others_as_they_are() {
        // Of private use: a box in every font. Letters beyond ASCII have the codes after its own.
        let (with, without) =
            (advances("Wi \u{10fffd} \u{c6}\u{ef}\u{d8}"), advances("Wi \u{c6}\u{ef}\u{d8}"));
        let letter = |of: &Advances, letter: &str| -> Vec<String> {
            of.iter().filter(|((text, _), _)| **text == *letter).map(|(_, advance)| advance.clone()).collect()
        };
        for text in ["W", "i", "\u{c6}", "\u{ef}", "\u{d8}"] {
            assert!(!letter(&without, text).is_empty());
            assert_eq!(letter(&with, text), letter(&without, text), "{text}");
        }
        assert!(with.len() > without.len());
    }
}
