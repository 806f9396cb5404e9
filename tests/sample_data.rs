//! The committed portfolio is what the generator makes: neither drifts from the other.

use std::collections::BTreeSet;
use std::path::Path;

#[test]
fn the_portfolio_is_generated() {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("sample-data/portfolio");
    let files = earnest::sample::generate(6, 40, 7);
    for (path, text) in &files {
        let committed = std::fs::read_to_string(folder.join(path)).unwrap_or_default();
        assert!(
            committed == *text,
            "{path} differs: run `earnest sample --projects 6 --tasks 40 --seed 7 --out sample-data/portfolio`"
        );
    }
    let projects: BTreeSet<&str> = files.iter().filter_map(|(path, _)| path.split('/').next()).collect();
    let folders: BTreeSet<String> = std::fs::read_dir(&folder)
        .unwrap()
        .map(|entry| entry.unwrap())
        .filter(|entry| entry.path().is_dir())
        .map(|entry| entry.file_name().to_string_lossy().into_owned())
        .collect();
    assert_eq!(
        folders.iter().map(String::as_str).collect::<BTreeSet<_>>(),
        projects,
        "nothing else is in it"
    );
}
