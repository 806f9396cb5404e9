//! What must hold on any page.

use lopdf::Object;

use super::page::Mark;
use super::*;
use super::{fixture, style};
use crate::document::{
    Block, Chart, Column, ItemList, Kind, Lines, PageSize, Plot, Row, Section, Table, Value,
};
use crate::quantity::Money;
use crate::render::chart::Outline;

fn render(document: &Document) -> Result<Vec<u8>, String> {
    super::render(document).map(|(bytes, _)| bytes)
}

#[test]
fn characters_that_no_font_has_are_known() {
    let mut document = fixture::document();
    assert!(pages(&document).without_glyph().is_empty());
    // Never assigned to a character.
    document.title = "Gr\u{f6}\u{df}e \u{10fffd}".to_owned();
    assert_eq!(pages(&document).without_glyph().into_iter().collect::<Vec<_>>(), ['\u{10fffd}']);
}

fn pages(document: &Document) -> Pages {
    layout(&mut Typesetter::new(), document, None)
}

fn section(blocks: Vec<Block>) -> Section {
    Section { id: "test", title: "Test section".to_owned(), blocks }
}

fn with(blocks: Vec<Block>) -> Document {
    Document { sections: vec![section(blocks)], ..fixture::document() }
}

/// 300 characters of what names are made of when nobody looks.
fn long() -> String {
    "Überaus lange Bezeichnung \u{202e}\u{0} mit\tAufgaben ohneEndeUndOhneLeerzeichenZumUmbrechen "
        .chars()
        .cycle()
        .take(300)
        .collect()
}

fn task_table(rows: usize) -> Table {
    let columns = vec![
        Column::new("id", "Task id", Kind::Text),
        Column::new("name", "Name of the task", Kind::Text).weight(4),
        Column::new("cost", "Cost", Kind::Money),
    ];
    let row = |n: usize| {
        // The last words fall on another line than the first.
        let name = format!(
            "begin-{n} of a task whose name is so long that it takes more than one line in its column, whatever the width of the page, end-{n}"
        );
        Row::new(vec![Value::Text(format!("T{n}")), Value::Text(name), Value::Money(Money::from_units(1e15))])
    };
    let totals = Some(Row::new(vec![
        Value::Text("Total".to_owned()),
        Value::Empty,
        Value::Money(Money::from_units(9e14)),
    ]));
    Table {
        id: "tasks",
        caption: "All tasks".to_owned(),
        columns,
        rows: (0..rows).map(row).collect(),
        totals,
        print_rows: None,
    }
}

/// Everything painted lies on the page, and text above its foot but for the foot itself.
fn assert_on_the_page(document: &Document, pages: &Pages) {
    let (width, height) = style::page(document.theme.page);
    for (number, page) in pages.list.iter().enumerate() {
        for placed in &page.marks {
            match &placed.mark {
                Mark::Text { x, y, size, line, .. } => {
                    let text = line.text();
                    assert!(
                        *x >= 20.0 && x + line.at(*size) <= width - 20.0,
                        "page {number}: {text:?} at {x}"
                    );
                    assert!(*y > 10.0 && *y < height - 20.0, "page {number}: {text:?} at {y}");
                    if placed.element.is_some() {
                        assert!(
                            *y < height - style::BOTTOM + 2.0,
                            "page {number}: {text:?} runs into the foot at {y}"
                        );
                    }
                }
                Mark::Shape { x, y, shape } => {
                    let ends = match &shape.outline {
                        Outline::Path { points, .. } => points.clone(),
                        Outline::Rectangle { x, y, width, height } => vec![(*x, *y), (x + width, y + height)],
                        Outline::Circle { x, y, radius } => {
                            vec![(x - radius, y - radius), (x + radius, y + radius)]
                        }
                    };
                    for (dx, dy) in ends {
                        assert!((-1.0..=width + 1.0).contains(&(x + dx)), "page {number}: {shape:?}");
                        assert!((-1.0..=height + 1.0).contains(&(y + dy)), "page {number}: {shape:?}");
                    }
                }
                Mark::Logo { .. } => {}
            }
        }
    }
}

#[test]
fn a_report_is_small_and_can_be_looked_at() {
    let bytes = render(&fixture::document()).unwrap();
    assert!(bytes.len() < 150_000, "{} bytes", bytes.len());
    if let Some(folder) = std::env::var_os("EARNEST_LOOK") {
        let write = |name: &str, bytes: &[u8]| {
            let mut file = std::fs::File::create(std::path::Path::new(&folder).join(name)).unwrap();
            std::io::Write::write_all(&mut file, bytes).unwrap();
        };
        write("fixture.pdf", &bytes);
        write("extreme.pdf", &render(&extreme()).unwrap());
    }
}

#[test]
fn the_fixture_lies_on_its_pages() {
    for page in [PageSize::A4, PageSize::Letter] {
        let mut document = fixture::document();
        document.theme.page = page;
        assert_on_the_page(&document, &pages(&document));
    }
}

fn extreme() -> Document {
    let mut document = fixture::document();
    document.title = long();
    document.marking = Some(long());
    let front = &mut document.front;
    front.head = (0..9).map(|_| (long(), long())).collect();
    for mark in &mut front.health {
        mark.rule = long();
        mark.dimension = long();
    }
    front.narrative = (0..12).map(|_| format!("{} {}", long(), long())).collect();
    for figure in &mut front.figures {
        figure.label = long();
        figure.detail = long();
        figure.value = Value::Money(Money::from_units(-9e14));
    }
    let mut figures = front.figures.clone();
    front.figures.append(&mut figures);
    if let Some(milestones) = &mut front.milestones {
        let mut row = milestones.rows[0].clone();
        row.cells[0] = Value::Text(long());
        milestones.rows = vec![row; 200];
    }
    for list in &mut front.lists {
        list.title = long();
        for item in &mut list.items {
            item.text = long();
            item.detail = long();
        }
        list.items = list.items.iter().cycle().take(60).cloned().collect();
    }
    document.sections.truncate(1);
    document.sections[0].title = long();
    document.sections.push(fixture::schedule(300));
    document
}

#[test]
fn the_front_is_one_page_whatever_the_data() {
    let mut empty = fixture::document();
    empty.front = crate::document::Front::default();
    empty.marking = None;
    let mut letter = extreme();
    letter.theme.page = PageSize::Letter;
    let mut six = extreme();
    six.front.lists.extend(fixture::document().front.lists);
    for document in [extreme(), letter, empty, six, fixture::document()] {
        let pages = pages(&document);
        assert_on_the_page(&document, &pages);
        assert_eq!(pages.bookmarks[0].1, 0, "the title is on page 1");
        assert_eq!(pages.bookmarks[1].1, 1, "the first section begins on page 2");
    }
    let texts = pages(&extreme()).list[0].texts().join("\n");
    assert_eq!(texts.matches("more").count(), 3, "three lists say what is left out:\n{texts}");
    assert_eq!(texts.matches("earlier").count(), 1, "so do the milestones:\n{texts}");
}

#[test]
fn a_narrative_of_ten_lines_is_never_cut() {
    let mut document = extreme();
    document.theme.page = PageSize::Letter;
    let sentence = "The plan asked for more than was done and it costs more than it should. ";
    document.front.narrative =
        vec![sentence.repeat(6), sentence.repeat(5), "The sponsor is asked to decide.".to_owned()];
    let pages = pages(&document);
    assert_on_the_page(&document, &pages);
    let texts = pages.list[0].texts();
    assert!(texts.iter().any(|text| text.ends_with("asked to decide.")), "{texts:?}");
}

#[test]
fn milestones_that_do_not_fit_are_the_earliest() {
    let mut document = extreme();
    if let Some(milestones) = &mut document.front.milestones {
        for (number, row) in milestones.rows.iter_mut().enumerate() {
            row.cells[0] = Value::Text(format!("Milestone-{number}"));
        }
    }
    let texts = pages(&document).list[0].texts();
    assert!(texts.contains(&"Milestone-199".to_owned()) && !texts.contains(&"Milestone-0".to_owned()));
}

#[test]
fn heads_repeat_and_rows_stay_whole() {
    let document = with(vec![Block::Table(task_table(300))]);
    let pages = pages(&document);
    assert_on_the_page(&document, &pages);
    let mut seen = 0;
    for page in &pages.list[1..] {
        let texts = page.texts().join(" ");
        assert!(texts.contains("Task id"), "every page has the heads");
        let numbers = |word: &str| -> Vec<String> {
            texts.split_whitespace().filter_map(|w| w.strip_prefix(word)).map(str::to_owned).collect()
        };
        let begun = numbers("begin-");
        assert_eq!(begun, numbers("end-"), "a row ends on the page it begins on");
        seen += begun.len();
    }
    assert_eq!(seen, 300);
    let last = pages.list.last().unwrap().texts().join(" ");
    assert!(last.contains("Total") && last.contains("begin-299"), "totals stay with the last row");
}

#[test]
fn a_cut_table_says_how_many_rows_the_workbook_has() {
    let table = Table { print_rows: Some(5), ..task_table(1_205) };
    let texts = pages(&with(vec![Block::Table(table)])).list[1].texts();
    assert!(texts.contains(&"+ 1,200 more in the workbook, sheet Test section".to_owned()), "{texts:?}");
    assert!(!texts.contains(&"T5".to_owned()));
}

#[test]
fn every_row_of_a_long_schedule_is_drawn_once() {
    let document = Document { sections: vec![fixture::schedule(300)], ..fixture::document() };
    let pages = pages(&document);
    assert_on_the_page(&document, &pages);
    let texts: Vec<String> = pages.list[1..].iter().flat_map(page::Page::texts).collect();
    for n in 0..300_u32 {
        let code = if n % 8 == 0 { format!("1.{}", n / 8 + 1) } else { format!("1.{}.{}", n / 8 + 1, n % 8) };
        assert_eq!(texts.iter().filter(|text| **text == code).count(), 1, "{code}");
    }
    let heads = texts.iter().filter(|text| text.starts_with("Tasks against the baseline")).count();
    assert_eq!(heads, pages.list.len() - 1, "each page names the chart");
}

#[test]
fn no_heading_stands_alone_at_the_foot() {
    let mut blocks = Vec::new();
    for n in 0..60 {
        blocks.push(Block::Heading(format!("Heading {n}")));
        blocks.push(Block::Paragraph(format!("body-{n} {}", "word ".repeat(n * 3))));
    }
    for page in &pages(&with(blocks)).list[1..] {
        let texts = page.texts();
        let headings: Vec<_> = texts.iter().filter_map(|text| text.strip_prefix("Heading ")).collect();
        for number in headings {
            let body = format!("body-{number} ");
            assert!(
                texts.iter().any(|text| format!("{text} ").starts_with(&body)),
                "heading {number} is alone"
            );
        }
    }
}

#[test]
fn empty_and_strange_blocks_do_no_harm() {
    let lines = Lines {
        kind: Kind::Money,
        unit: String::new(),
        series: vec![],
        marks: vec![],
        levels: vec![],
        cone: None,
        from_zero: true,
    };
    let odd = Lines {
        series: vec![crate::document::Series {
            name: long(),
            role: crate::document::Role::Other,
            points: vec![(fixture::day(2026, 1, 1), f64::NAN), (fixture::day(2026, 1, 1), 1e15)],
        }],
        marks: vec![(fixture::day(1900, 1, 1), long()), (fixture::day(2200, 1, 1), long())],
        ..lines.clone()
    };
    let chart = |plot| Block::Chart(Chart { id: "c", title: long(), alt: String::new(), plot });
    let document = with(vec![
        Block::Figures(vec![]),
        Block::List(ItemList { title: String::new(), items: vec![], empty: String::new() }),
        Block::Paragraph(String::new()),
        Block::Table(Table {
            id: "t",
            caption: String::new(),
            columns: vec![],
            rows: vec![],
            totals: None,
            print_rows: Some(3),
        }),
        Block::Table(Table {
            id: "t",
            caption: long(),
            columns: (0..40).map(|_| Column::new("x", long(), Kind::Money)).collect(),
            rows: vec![Row::new(vec![Value::Money(Money(i64::MAX)); 7]); 3],
            totals: None,
            print_rows: None,
        }),
        chart(Plot::Lines(lines)),
        chart(Plot::Lines(odd)),
        chart(Plot::Bars(crate::document::Bars {
            kind: Kind::Count,
            unit: String::new(),
            categories: vec![long(); 90],
            series: vec![(long(), crate::document::Role::Other, vec![-1e15, f64::INFINITY])],
            stacked: true,
        })),
        chart(Plot::Gantt(crate::document::Gantt {
            from: fixture::day(2026, 2, 1),
            to: fixture::day(2026, 1, 1),
            status: fixture::day(2030, 1, 1),
            rows: vec![],
            links: vec![crate::document::GanttLink { rows: (3, 9), ..Default::default() }],
        })),
        chart(Plot::Waterfall(crate::document::Waterfall {
            kind: Kind::Money,
            unit: long(),
            steps: vec![
                crate::document::WaterfallStep {
                    label: long(),
                    amount: -1e15,
                    part: crate::document::Part::Level,
                },
                crate::document::WaterfallStep {
                    label: String::new(),
                    amount: f64::INFINITY,
                    part: crate::document::Part::Possible,
                },
            ],
        })),
        chart(Plot::Waterfall(crate::document::Waterfall {
            kind: Kind::Days,
            unit: String::new(),
            steps: Vec::new(),
        })),
        chart(Plot::Quadrants(crate::document::Quadrants {
            items: vec![(long(), (0, 9)); 70],
            ..Default::default()
        })),
        chart(Plot::BullsEye(crate::document::BullsEye {
            trail: vec![(long(), 1e9, -1e9)],
            thresholds: (0.9, 0.95),
        })),
    ]);
    let pages = pages(&document);
    assert!(pages.list.len() > 1);
    render(&document).unwrap();
}

#[test]
fn the_bytes_depend_on_the_document_alone() {
    let document = fixture::document();
    let first = render(&document).unwrap();
    render(&extreme()).unwrap();
    assert!(first == render(&document).unwrap(), "again, after another document");
    let elsewhere = std::thread::scope(|scope| scope.spawn(|| render(&document).unwrap()).join().unwrap());
    assert!(first == elsewhere, "on another thread");
}

#[test]
fn the_file_is_tagged_titled_and_dated() {
    let bytes = render(&fixture::document()).unwrap();
    let file = lopdf::Document::load_mem(&bytes).unwrap();
    assert_eq!(file.get_pages().len(), pages(&fixture::document()).list.len());
    let catalog = file.catalog().unwrap();
    assert_eq!(catalog.get(b"Lang").unwrap().as_str().unwrap(), b"en");
    assert!(catalog.get(b"StructTreeRoot").is_ok() && catalog.get(b"Outlines").is_ok());
    let info = file.get_dictionary(file.trailer.get(b"Info").unwrap().as_reference().unwrap()).unwrap();
    assert_eq!(info.get(b"CreationDate").unwrap().as_str().unwrap(), b"D:20260331000000Z");
    let alternatives = file.objects.values().filter_map(|object| match object {
        Object::Dictionary(entry) if entry.get(b"S").and_then(Object::as_name).ok() == Some(b"Figure") => {
            Some(entry.has(b"Alt"))
        }
        _ => None,
    });
    let alternatives: Vec<bool> = alternatives.collect();
    assert!(alternatives.len() >= 6 && alternatives.iter().all(|has| *has), "{alternatives:?}");
}

/// Every marked sequence of a page is a leaf of the tree once, where the parent tree says it is.
#[test]
fn marks_and_structure_agree() {
    let document = with(vec![Block::Table(task_table(120)), Block::Paragraph("word ".repeat(3_000))]);
    let file = lopdf::Document::load_mem(&render(&document).unwrap()).unwrap();
    let root =
        file.get_dictionary(file.catalog().unwrap().get(b"StructTreeRoot").unwrap().as_reference().unwrap());
    let parents = root.unwrap().get(b"ParentTree").unwrap().as_reference().unwrap();
    let numbers = file.get_dictionary(parents).unwrap().get(b"Nums").unwrap().as_array().unwrap();
    let pages: Vec<lopdf::ObjectId> = file.get_pages().into_values().collect();
    assert_eq!(numbers.len(), 2 * pages.len());
    for (index, page) in pages.iter().enumerate() {
        assert_eq!(numbers[2 * index], Object::Integer(i64::try_from(index).unwrap()));
        let owners = numbers[2 * index + 1].as_array().unwrap();
        let content = file.get_page_content(*page);
        let operations = lopdf::content::Content::decode(&content).unwrap().operations;
        let marked = operations.iter().filter_map(|operation| operation.operands.get(1)?.as_dict().ok());
        let marked: Vec<i64> = marked.filter_map(|entry| entry.get(b"MCID").ok()?.as_i64().ok()).collect();
        let count = |what: &str| operations.iter().filter(|operation| operation.operator == what).count();
        assert_eq!(count("BDC") + count("BMC"), count("EMC"), "page {index}");
        assert_eq!(count("BT"), count("ET"), "page {index}");
        assert_eq!(marked, (0..i64::try_from(owners.len()).unwrap()).collect::<Vec<_>>(), "page {index}");
        for (sequence, owner) in marked.iter().zip(owners) {
            let element = file.get_dictionary(owner.as_reference().unwrap()).unwrap();
            let home = element.get(b"Pg").unwrap().as_reference().unwrap();
            let leaf = |kid: &Object| match kid {
                Object::Integer(number) => home == *page && number == sequence,
                Object::Dictionary(entry) => {
                    entry.get(b"Pg").unwrap().as_reference().unwrap() == *page
                        && entry.get(b"MCID").unwrap().as_i64().unwrap() == *sequence
                }
                _ => false,
            };
            let kids = element.get(b"K").unwrap().as_array().unwrap();
            assert_eq!(kids.iter().filter(|kid| leaf(kid)).count(), 1, "page {index}, sequence {sequence}");
        }
    }
}

/// The longest line a forecast makes under its figure.
#[test]
fn what_stands_under_a_key_figure_is_whole() {
    let details = [
        "18 working days late (tolerance 15); range 24 Jun 2026 to 8 Jul 2026",
        "175 working days late (tolerance 15.5); range 24 September 2026 to 30 September 2027",
        "13% over budget; range 1,790,314,000 to 1,852,888,000",
        "Budget can no longer be met; 3 more under data quality, 12 tasks without a baseline cost",
    ];
    for page in [PageSize::A4, PageSize::Letter] {
        let mut document = fixture::document();
        document.theme.page = page;
        for (figure, detail) in document.front.figures.iter_mut().zip(details) {
            figure.detail = detail.to_owned();
            figure.health = Some(crate::quantity::Health::Amber);
        }
        let pages = pages(&document);
        assert_on_the_page(&document, &pages);
        let words = |text: &str| text.split_whitespace().map(str::to_owned).collect::<Vec<_>>().join(" ");
        let page = words(&pages.list[0].texts().join(" "));
        for detail in details {
            assert!(page.contains(&format!("Amber: {detail}")), "{detail}: {page}");
        }
    }
}

#[test]
fn names_of_any_script_stand_on_page_1() {
    for name in [
        "\u{391}\u{3bd}\u{3b1}\u{3b2}\u{3ac}\u{3b8}\u{3bc}\u{3b9}\u{3c3}\u{3b7} \u{3c0}\u{3c5}\u{3bb}\u{3ce}\u{3bd}",
        "\u{41e}\u{431}\u{43d}\u{43e}\u{432}\u{43b}\u{435}\u{43d}\u{438}\u{435} \u{43f}\u{43e}\u{440}\u{442}\u{430}\u{43b}\u{430}",
        "\u{5ba2}\u{6237}\u{95e8}\u{6237}\u{5347}\u{7ea7}\u{9879}\u{76ee}",
        "\u{5e9}\u{5d3}\u{5e8}\u{5d5}\u{5d2} \u{5d4}\u{5e4}\u{5d5}\u{5e8}\u{5d8}\u{5dc} 2026",
        "\u{62a}\u{631}\u{642}\u{64a}\u{629} \u{628}\u{648}\u{627}\u{628}\u{629} \u{627}\u{644}\u{639}\u{645}\u{644}\u{627}\u{621}",
    ] {
        let mut document = fixture::document();
        name.clone_into(&mut document.title);
        document.front.head[0].1 = name.repeat(9);
        document.front.lists[0].items[0].text = name.repeat(9);
        let pages = pages(&document);
        assert_on_the_page(&document, &pages);
        let texts = pages.list[0].texts();
        assert!(
            texts.iter().any(|text| name.split(' ').all(|word| text.contains(word))),
            "{name}: {texts:?}"
        );
        render(&document).unwrap();
    }
}

#[test]
fn a_logo_that_is_no_image_is_refused() {
    let mut document = fixture::document();
    document.theme.logo = Some(b"not an image".to_vec());
    let message = render(&document).unwrap_err();
    assert!(message.contains("logo"), "{message}");
}

/// Whatever stands over it, a table begins with two rows, ends with two, and its notes stand under them.
#[test]
fn no_row_and_no_note_of_a_table_stands_alone() {
    let mut setter = Typesetter::new();
    for rows in [1, 2, 3, 4, 7] {
        for before in 24..44 {
            let mut table = task_table(rows);
            table.rows[0].cells[2] = Value::Undefined(crate::quantity::Reason::NoData);
            let mut blocks = vec![Block::Note("word".to_owned()); before];
            blocks.push(Block::Heading("Heading".to_owned()));
            blocks.push(Block::Table(table));
            let pages = layout(&mut setter, &with(blocks), None);
            for page in &pages.list[1..] {
                let texts = page.texts();
                let begun = texts.iter().filter(|text| text.starts_with("begin-")).count();
                let has = |what: &str| texts.iter().any(|text| text.starts_with(what));
                let parts = has("Heading") || has("All tasks") || has("Total") || has("\u{2013}\u{a0}not");
                assert!(!parts || begun >= rows.min(2), "{rows} rows, {before} before: {texts:?}");
                assert_eq!(has("Total"), has("\u{2013}\u{a0}not"), "{rows} rows, {before} before: {texts:?}");
            }
        }
    }
}
