#[path = "workbook/fixture.rs"]
mod fixture;
#[test]
fn out() {
    let f = std::collections::BTreeSet::from([earnest::render::FileFormat::Xlsx]);
    for file in earnest::render::render(&[fixture::document()], &f).unwrap() {
        std::fs::write(format!("/tmp/xl/{}", file.name), file.bytes).unwrap();
    }
}
