//! The few forms of XML that programs write: tags with attributes in double quotation marks, and text.
//! What is none of them is `None`.

/// What is left of a stretch of XML.
#[derive(Clone, Copy)]
pub(super) struct Markup<'a>(&'a [u8]);

/// What stands next in a tag.
pub(super) enum InTag<'a> {
    /// A name and its value as written.
    Attribute(&'a [u8], &'a [u8]),
    /// `>`
    Open,
    /// `/>`
    Closed,
}

impl<'a> Markup<'a> {
    /// All of a stretch.
    pub(super) fn new(bytes: &'a [u8]) -> Self {
        Self(bytes)
    }

    /// What stands behind the head of a part: behind the first tag of this name, which is left open or closed.
    /// `None` where the head says that the part is not in UTF-8, or holds a comment or a declaration of types.
    pub(super) fn behind_head(bytes: &'a [u8], tag: &[u8]) -> Option<Self> {
        let at = find(bytes, tag)?;
        let head = &bytes[..at];
        let is_utf8 = find(head, b"encoding=").is_none_or(|at| {
            head[at + b"encoding=".len()..].get(1..6).is_some_and(|name| name.eq_ignore_ascii_case(b"utf-8"))
        });
        (is_utf8 && find(head, b"<!").is_none()).then_some(Self(&bytes[at + tag.len()..]))
    }

    pub(super) fn is_empty(&self) -> bool {
        self.0.is_empty()
    }

    /// Passes over a word if it stands next.
    #[inline]
    pub(super) fn take(&mut self, word: &[u8]) -> bool {
        match self.0.strip_prefix(word) {
            Some(rest) => {
                self.0 = rest;
                true
            }
            None => false,
        }
    }

    /// Passes over a word that must stand next.
    #[inline]
    pub(super) fn must(&mut self, word: &[u8]) -> Option<()> {
        self.take(word).then_some(())
    }

    /// Passes over white space.
    #[inline]
    pub(super) fn space(&mut self) {
        while let [b' ' | b'\t' | b'\r' | b'\n', rest @ ..] = self.0 {
            self.0 = rest;
        }
    }

    /// What stands before the next byte of this kind, which is left.
    #[inline]
    pub(super) fn before(&mut self, byte: u8) -> Option<&'a [u8]> {
        let at = self.0.iter().position(|b| *b == byte)?;
        let (before, rest) = self.0.split_at(at);
        self.0 = rest;
        Some(before)
    }

    /// Passes over an element without content.
    pub(super) fn closed_element(&mut self) -> Option<()> {
        self.must(b"<")?;
        while let [b'a'..=b'z' | b'A'..=b'Z' | b'0'..=b'9', rest @ ..] = self.0 {
            self.0 = rest;
        }
        self.rest_of_tag().filter(|closed| *closed).map(|_| ())
    }

    /// What stands next in a tag, behind its name.
    #[inline]
    pub(super) fn in_tag(&mut self) -> Option<InTag<'a>> {
        let had = self.0.len();
        self.space();
        if self.take(b">") {
            return Some(InTag::Open);
        }
        if self.take(b"/>") {
            return Some(InTag::Closed);
        }
        let name = self.before(b'=')?;
        let is_name = name.iter().all(|byte| byte.is_ascii_alphanumeric() || b":_-.".contains(byte));
        // An attribute stands apart from what is before it.
        if had == self.0.len() + name.len() || name.is_empty() || !is_name {
            return None;
        }
        self.must(b"=\"")?;
        let value = self.before(b'"')?;
        self.must(b"\"")?;
        Some(InTag::Attribute(name, value))
    }

    /// Passes over the rest of a tag; whether it was closed in itself.
    #[inline]
    pub(super) fn rest_of_tag(&mut self) -> Option<bool> {
        loop {
            match self.in_tag()? {
                InTag::Attribute(..) => {}
                InTag::Open => return Some(false),
                InTag::Closed => return Some(true),
            }
        }
    }
}

/// Where a word stands first.
fn find(bytes: &[u8], word: &[u8]) -> Option<usize> {
    bytes.windows(word.len()).position(|found| found == word)
}
