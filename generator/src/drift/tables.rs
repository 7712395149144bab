//! Prints the tables of `differences.yaml` in Markdown, for the page of the service.

use std::collections::BTreeMap;
use std::fmt::Write;

use super::rows::{self, COLUMNS, Row};
use crate::fault::Fault;
use crate::input::InputFile;
use crate::output::Table;

/// All tables of a service.
pub(crate) fn tables(
    inputs: &BTreeMap<String, impl InputFile>,
    service: &str,
    faults: &mut Vec<Fault>,
) -> Vec<Table> {
    let differences = rows::read(inputs, service, faults);
    let file = format!("spec/{service}/README.md");
    let table = |(name, rows): (String, Vec<Row>)| Table { file: file.clone(), name, text: text(&rows) };
    differences.tables.into_iter().map(table).collect()
}

/// The table, with the columns in which some row has a text.
fn text(rows: &[Row]) -> String {
    let is_used = |column: &str| rows.iter().any(|row| row.cells.contains_key(column));
    let columns: Vec<&(&str, &str)> = COLUMNS.iter().filter(|(key, _)| is_used(key)).collect();
    let mut text = String::from("\n|");
    columns.iter().for_each(|(_, heading)| _ = write!(text, " {heading} |"));
    text.push_str("\n|");
    columns.iter().for_each(|_| text.push_str(" --- |"));
    for row in rows {
        text.push_str("\n|");
        for (key, _) in &columns {
            match row.cells.get(key).filter(|cell| !cell.is_empty()) {
                Some(cell) => {
                    _ = write!(text, " {} |", cell.split_whitespace().collect::<Vec<_>>().join(" "))
                }
                None => text.push_str(" |"),
            }
        }
    }
    text + "\n\n"
}
