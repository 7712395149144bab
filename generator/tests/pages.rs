//! The pages that are written from the tables of the generator are up to date.

mod folders;
mod generated;

use std::fs;

use folders::{Files, package};
use generated::{diff, is_update};

fn check(name: &str, page: String) {
    let path = package().join(name);
    if is_update() {
        fs::write(&path, &page).unwrap();
    }
    let there = fs::read_to_string(&path).unwrap_or_default();
    let file = |text| Files::from([(name.to_owned(), text)]);
    let diff = diff(&file(there), &file(page));
    assert!(
        diff.is_empty(),
        "{name} isn't up to date:\n\n{diff}\n\
         `UPDATE_CASES=1 cargo test -p generator --test pages` writes it\n"
    );
}

#[test]
fn the_page_about_openapi_is_up_to_date() {
    check("OPENAPI.md", generator::pages::openapi());
}
