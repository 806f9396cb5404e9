//! A line of glyphs, measured in thousandths of its size.

/// Units in an em of a [`Line`].
pub(in crate::render::pdf) const EM: f32 = 1000.0;

/// A line of glyphs, in thousandths of its size.
#[derive(Debug, Default)]
pub(in crate::render::pdf) struct Line {
    /// Pieces in one font, from left to right.
    pub(in crate::render::pdf) runs: Vec<Run>,
    /// Its advance without the space it may end in.
    pub(in crate::render::pdf) width: f32,
}

/// A piece of a line in one font.
#[derive(Debug)]
pub(in crate::render::pdf) struct Run {
    /// Index into [`Shaper::font`](super::shape::Shaper::font).
    pub(in crate::render::pdf) font: usize,
    /// What it says, in the order it is read.
    pub(in crate::render::pdf) text: Box<str>,
    /// Whether the glyphs map to the text one by one, left to right.
    pub(in crate::render::pdf) plain: bool,
    /// The glyphs, from left to right.
    pub(in crate::render::pdf) glyphs: Vec<Glyph>,
}

/// A placed glyph.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(in crate::render::pdf) struct Glyph {
    /// In its font.
    pub(in crate::render::pdf) id: u16,
    /// What it stands for: bytes of the run's text; none when an earlier glyph says it.
    pub(in crate::render::pdf) said: (u16, u16),
    /// From the start of the line.
    pub(in crate::render::pdf) x: f32,
    /// Above the baseline.
    pub(in crate::render::pdf) y: f32,
}

impl Line {
    /// The characters that no font has: an empty box stands for each.
    pub(in crate::render::pdf) fn without_glyph(&self) -> impl Iterator<Item = char> {
        let missing = |run: &'_ Run| -> Vec<char> {
            let boxes = run.glyphs.iter().filter(|glyph| glyph.id == 0);
            boxes.flat_map(|glyph| run.said(glyph).chars()).collect()
        };
        self.runs.iter().flat_map(missing).filter(|c| !c.is_whitespace() && !c.is_control())
    }

    /// Its width at a size.
    pub(in crate::render::pdf) fn at(&self, size: f32) -> f32 {
        self.width * size / EM
    }

    /// What it says.
    #[cfg(test)]
    pub(in crate::render::pdf) fn text(&self) -> String {
        self.runs.iter().map(|run| &*run.text).collect()
    }

    /// Glyphs, what they say and where they stand: the same but for what adding in another order changes,
    /// a twentieth of a thousandth of the size. Lines may be cut into runs in other places.
    #[cfg(test)]
    pub(in crate::render::pdf) fn assert_same(&self, other: &Self) {
        let (text, near) = (self.text(), |a: f32, b: f32| (a - b).abs() < 0.05);
        assert_eq!(text, other.text());
        assert!(near(self.width, other.width), "{text:?}: {} and {}", self.width, other.width);
        let glyphs = |line: &Self| -> Vec<(usize, String, Glyph)> {
            let of_run = |run: &Run| {
                assert!(run.plain, "{text:?}");
                let said = |glyph: &Glyph| (run.font, run.said(glyph).to_owned(), *glyph);
                run.glyphs.iter().map(said).collect::<Vec<_>>()
            };
            line.runs.iter().flat_map(of_run).collect()
        };
        let (ours, theirs) = (glyphs(self), glyphs(other));
        assert_eq!(ours.len(), theirs.len(), "{text:?}");
        for (ours, theirs) in ours.iter().zip(&theirs) {
            assert_eq!((ours.0, &ours.1, ours.2.id), (theirs.0, &theirs.1, theirs.2.id), "{text:?}");
            assert!(
                near(ours.2.x, theirs.2.x) && near(ours.2.y, theirs.2.y),
                "{text:?}: {ours:?}, {theirs:?}"
            );
        }
    }
}

impl Run {
    /// What a glyph of the run stands for.
    pub(in crate::render::pdf) fn said(&self, glyph: &Glyph) -> &str {
        self.text.get(usize::from(glyph.said.0)..usize::from(glyph.said.1)).unwrap_or_default()
    }
}
