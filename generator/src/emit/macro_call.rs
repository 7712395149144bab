//! Calls of the runtime's macros, which declare types and operations.

/// The text of a call: `lines` are what stands between the braces, indented as if they stood in the first column.
pub(super) fn macro_call(name: &str, lines: &[String]) -> String {
    let mut text = format!("{name}! {{\n");
    for line in lines {
        text.push_str(format!("    {line}").trim_end());
        text.push('\n');
    }
    text.push_str("}\n");
    text
}

/// The same, compiled where one of the features is on; with none, always.
pub(super) fn gated(features: &[String], call: String) -> String {
    let features: Vec<String> = features.iter().map(|feature| format!("feature = {feature:?}")).collect();
    match features.as_slice() {
        [] => call,
        [one] => format!("#[cfg({one})]\n{call}"),
        several => format!("#[cfg(any({}))]\n{call}", several.join(", ")),
    }
}
