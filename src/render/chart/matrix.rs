//! Risks by probability and impact: two fields of five by five, as they stand and after the responses.

use crate::document::{Matrix, MatrixItem, Rgb, gravity};

use super::{Anchor, Frame, Label, Scene, Stroke, tint};

/// Height of a row of the matrix.
const ROW: f32 = 27.0;
/// Size of the names in a field.
pub(super) const SMALL: f32 = 6.2;
/// The words of the levels.
pub(super) const LEVELS: [&str; 5] = ["very low", "low", "medium", "high", "very high"];

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
        scene.label(Label::new((gutter - 4.0, y), *word, frame.theme.muted, Anchor::End).size(SMALL));
    }
    let before = |item: &MatrixItem| (item.at, false);
    let after = |item: &MatrixItem| (item.to.unwrap_or(item.at), item.to.is_some());
    field(matrix, frame, &mut scene, (gutter, width, row), "As they stand", &before);
    if moves {
        let left = gutter + width + between;
        field(matrix, frame, &mut scene, (left, width, row), "Once the responses are in place", &after);
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
    scene.label(Label::new((left, 8.0), title, theme.ink, Anchor::Start).bold().most(width));
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
        scene.label(Label::new((x, bottom + 8.0), word, theme.muted, Anchor::Middle).size(SMALL).most(cell));
    }
    let hair = Stroke::solid(tint(theme.muted, 0.5), 0.4);
    scene.line((left, bottom + 11.0), (left + width, bottom + 11.0), hair);
    let axis = "impact, against probability upwards; an opportunity has a +";
    scene.label(
        Label::new((left + width, bottom + 19.0), axis, theme.muted, Anchor::End).size(SMALL).most(width),
    );
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
    let line = SMALL * 1.2;
    #[expect(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "a handful of lines")]
    let lines = ((height / line) as usize).max(1);
    let (mut x, mut used) = (0.0, 0);
    for (number, (text, bold)) in here.iter().enumerate() {
        let wide = (frame.measure)(text, SMALL, *bold).min(width);
        if x > 0.0 && x + wide > width {
            (x, used) = (0.0, used + 1);
        }
        let rest = here.len() - number;
        let full = used + 1 == lines && rest > 1 && x + wide + (frame.measure)(" +99", SMALL, false) > width;
        let text = if full || used >= lines { format!("+ {rest} more") } else { text.clone() };
        #[expect(clippy::cast_precision_loss, reason = "a handful of lines")]
        let y = top + line * (used.min(lines - 1) as f32 + 0.85);
        let label = Label::new((left + x, y), text, colour, Anchor::Start).size(SMALL).most(width - x);
        scene.label(label.bold_if(*bold));
        if full || used >= lines {
            return;
        }
        x += wide + 4.0;
    }
}
