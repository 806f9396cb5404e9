//! What must hold on any page.

use super::fixture;
use super::*;

#[test]
fn writes_the_fixture_to_look_at() {
    if let Some(folder) = std::env::var_os("EARNEST_LOOK") {
        let bytes = render(&fixture::document()).unwrap();
        std::fs::write(std::path::Path::new(&folder).join("fixture.pdf"), bytes).unwrap();
    }
}
