//! Calls of the runtime's macros, which declare types and operations.

/// The text of a call. What stands between the braces isn't indented: git names a hunk of a diff by the last line
/// before it that begins in the first column, and that has to be the one that names the type or operation.
pub(super) fn macro_call(name: &str, lines: &[String]) -> String {
    let mut text = format!("{name}! {{\n");
    for line in lines {
        text.push_str(line);
        text.push('\n');
    }
    text.push_str("}\n");
    text
}
