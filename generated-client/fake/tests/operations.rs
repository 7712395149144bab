//! The page of operations is up to date.

use generated_client_fake::operations_page;
use std::path::Path;

#[test]
fn the_page_lists_the_operations_that_have_behaviour() {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("OPERATIONS.md");
    let page = operations_page();
    if std::env::var_os("UPDATE_SNAPSHOTS").is_some() {
        std::fs::write(&path, &page).unwrap();
    }
    assert_eq!(std::fs::read_to_string(&path).unwrap(), page, "set UPDATE_SNAPSHOTS=1 to write it anew");
}
