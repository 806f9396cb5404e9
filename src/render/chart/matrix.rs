//! Risks by probability and impact: two fields of five by five, as they stand and after the responses.

use crate::document::{Matrix, MatrixItem, Rgb, gravity};

use super::{Anchor, Frame, Label, Scene, Stroke, tint};

/// Height of a row of the matrix.
const ROW: f32 = 27.0;
/// Size of the names in a field.
pub(super) const SMALL: f32 = 6.2;
/// The words of the levels.
pub(super) const LEVELS: [&str; 5] =
    [word!("very low"), word!("low"), word!("medium"), word!("high"), word!("very high")];

/// Where a risk stands in a field, and whether it has moved there.
type Place<'a> = dyn Fn(&MatrixItem) -> ((u8, u8), bool) + 'a;

/// The height a matrix takes.
pub(super) const fn height() -> f32 {
    5.0 * ROW + 36.0
}

/// Draws both fields, or one where no risk moves.
pub(super) fn scene(matrix: &Matrix, frame: &mut Frame<'_>) -> Scene {
    let mut scene = Scene::default();
    let moves = matrix.items.iter().any(|item| item.to.is_some());
    let gutter = 40.0;
    let between = 14.0;
    let all = frame.width - gutter;
    let width = if moves { (all - between) / 2.0 } else { all.min(300.0) };
    let row = ((frame.height - 36.0) / 5.0).min(ROW);
    for (level, word) in (0_u8..).zip(LEVELS.iter().rev()) {
        let y = 14.0 + row * (f32::from(level) + 0.5) + SMALL * 0.36;
        scene.label(
            Label::new((gutter - 4.0, y), frame.format.word(word), frame.theme.muted, Anchor::End)
                .size(SMALL),
        );
    }
    let before = |item: &MatrixItem| (item.at, false);
    let after = |item: &MatrixItem| (item.to.unwrap_or(item.at), item.to.is_some());
    field(matrix, frame, &mut scene, (gutter, width, row), word!("As they stand"), &before);
    if moves {
        let left = gutter + width + between;
        field(
            matrix,
            frame,
            &mut scene,
            (left, width, row),
            word!("Once the responses are in place"),
            &after,
        );
    }
    scene
}

fn field(
    matrix: &Matrix,
    frame: &mut Frame<'_>,
    scene: &mut Scene,
    (left, width, row): (f32, f32, f32),
    title: &str,
    place: &Place<'_>,
) {
    let theme = frame.theme;
    let (cell, top) = (width / 5.0, 14.0);
    scene.label(
        Label::new((left, 8.0), frame.format.word(title), theme.ink, Anchor::Start).bold().most(width),
    );
    for probability in 1..=5_u8 {
        for impact in 1..=5_u8 {
            let (x, y) = (left + cell * f32::from(impact - 1), top + row * f32::from(5 - probability));
            let colour = [theme.green, theme.amber, theme.red][usize::from(gravity((probability, impact)))];
            scene.rectangle(x + 0.5, y + 0.5, cell - 1.0, row - 1.0, tint(colour, 0.2));
            let here = matrix.items.iter().filter_map(|item| {
                let (at, moved) = place(item);
                let text = || if item.gain { format!("+{}", item.label) } else { item.label.clone() };
                (at == (probability, impact)).then(|| (text(), moved))
            });
            names(
                frame,
                scene,
                (x + 3.0, y + 1.5),
                (cell - 6.0, row - 3.0),
                theme.ink,
                &here.collect::<Vec<_>>(),
            );
        }
    }
    let bottom = top + 5.0 * row;
    for (level, word) in (0_u8..).zip(LEVELS) {
        let x = left + cell * (f32::from(level) + 0.5);
        let word = frame.format.word(word);
        scene.label(Label::new((x, bottom + 8.0), word, theme.muted, Anchor::Middle).size(SMALL).most(cell));
    }
    let hair = Stroke::solid(tint(theme.muted, 0.5), 0.4);
    scene.line((left, bottom + 11.0), (left + width, bottom + 11.0), hair);
    let axis = frame.format.word(word!("impact, against probability upwards; an opportunity has a +"));
    scene.label(
        Label::new((left + width, bottom + 19.0), axis, theme.muted, Anchor::End).size(SMALL).most(width),
    );
}

/// Names set line by line: where each begins, from the left.
fn set(frame: &mut Frame<'_>, width: f32, here: &[(String, bool)]) -> Vec<Vec<(usize, f32, f32)>> {
    let mut lines: Vec<Vec<(usize, f32, f32)>> = Vec::new();
    for (number, (text, bold)) in here.iter().enumerate() {
        let wide = (frame.measure)(text, SMALL, *bold).min(width);
        match lines.last_mut().and_then(|line| Some((line.last()?.2 + 4.0, line))) {
            Some((x, line)) if x + wide <= width => line.push((number, x, x + wide)),
            _ => lines.push(vec![(number, 0.0, wide)]),
        }
    }
    lines
}

/// As many names as fit into a cell, line by line, and how many more there are; some are bold.
pub(super) fn names(
    frame: &mut Frame<'_>,
    scene: &mut Scene,
    (left, top): (f32, f32),
    (width, height): (f32, f32),
    colour: Rgb,
    here: &[(String, bool)],
) {
    let leading = SMALL * 1.2;
    #[expect(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "a handful of lines")]
    let most = ((height / leading) as usize).max(1);
    let mut lines = set(frame, width, here);
    let mut more = None;
    if lines.len() > most {
        lines.truncate(most);
        // The last line gives up names until the count of those left out has room.
        let last = lines.last_mut().map_or(&mut [][..], Vec::as_mut_slice);
        let room = |frame: &mut Frame<'_>, kept: usize| {
            let first = last
                .get(kept)
                .or(last.last())
                .map_or(0, |(number, ..)| *number + usize::from(kept >= last.len()));
            let text = frame.format.say(phrase!("+ {n} more", n = here.len() - first));
            let x = kept.checked_sub(1).map_or(0.0, |at| last[at].2 + 4.0);
            (x + (frame.measure)(&text, SMALL, false) <= width || kept == 0).then_some((x, text, kept))
        };
        let kept = (0..=last.len()).rev().find_map(|kept| room(frame, kept));
        if let (Some((x, text, kept)), Some(last)) = (kept, lines.last_mut()) {
            last.truncate(kept);
            more = Some((x, text));
        }
    }
    let mut y = top + leading * 0.85;
    let count = lines.len();
    for (line, names) in lines.iter().enumerate() {
        for (number, x, end) in names {
            let (text, bold) = &here[*number];
            let label =
                Label::new((left + x, y), text, colour, Anchor::Start).size(SMALL).most(end - x + 0.1);
            scene.label(label.bold_if(*bold));
        }
        if let Some((x, text)) = more.take_if(|_| line + 1 == count) {
            scene.label(Label::new((left + x, y), text, colour, Anchor::Start).size(SMALL).most(width - x));
        }
        y += leading;
    }
}

#[cfg(test)]
mod tests {
    use super::super::Mark;
    use super::*;
    use crate::document::{Format, Theme};

    /// What a cell of 60 by 24 points (three lines) says: places and words; a letter is 3.1 points wide.
    fn cell(here: &[&str]) -> Vec<(f32, f32, String)> {
        let (theme, format) = (Theme::default(), Format::default());
        let mut measure =
            |text: &str, size: f32, _: bool| size * 0.5 * text.chars().map(|_| 1.0).sum::<f32>();
        let mut frame =
            Frame { width: 60.0, height: 24.0, theme: &theme, format: &format, measure: &mut measure };
        let mut scene = Scene::default();
        let here: Vec<(String, bool)> = here.iter().map(|name| ((*name).to_owned(), false)).collect();
        names(&mut frame, &mut scene, (0.0, 0.0), (60.0, 24.0), theme.ink, &here);
        let labels = scene.marks.into_iter().filter_map(|mark| match mark {
            Mark::Label(label) => Some((label.x, label.y, label.text)),
            Mark::Shape(_) => None,
        });
        labels.collect()
    }

    #[test]
    fn names_never_stand_on_each_other() {
        let long = "Ministry of long names and more";
        for here in [&[long, long, "Short", long][..], &["A", "B", long, long, "C", "D"], &[long; 9]] {
            let said = cell(here);
            for (at, (x, y, _)) in said.iter().enumerate() {
                assert!(said[..at].iter().all(|(left, top, _)| (left, top) != (x, y)), "{said:?}");
            }
        }
        assert_eq!(
            cell(&[long, long, "Short", long]).last().map(|(.., text)| text.as_str()),
            Some("+ 1 more")
        );
        assert_eq!(cell(&[long; 9]).last().map(|(.., text)| text.as_str()), Some("+ 7 more"));
        assert_eq!(cell(&["R-1", "R-2", "R-3"]).len(), 3);
    }
}
