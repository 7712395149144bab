//! Plain Rust, laid out by prettyplease. The only file of this stage that names `syn` and prettyplease.

use proc_macro2::TokenStream;

/// The text of each item.
pub(super) fn items(items: impl IntoIterator<Item = TokenStream>) -> Vec<String> {
    items.into_iter().map(item).collect()
}

/// What isn't an item is printed as it is, so that the compiler says what is wrong with it.
fn item(tokens: TokenStream) -> String {
    match syn::parse2::<syn::File>(tokens.clone()) {
        Ok(file) => prettyplease::unparse(&file),
        Err(_) => tokens.to_string(),
    }
}

/// The tokens of a name. A name that isn't one gives other tokens, but no panic.
pub(super) fn name(name: &str) -> TokenStream {
    name.parse().unwrap_or_default()
}

/// A statement as it is laid out in a function, if it is longer than a line may be.
pub(super) fn statement(statement: &str, width: usize) -> String {
    if statement.len() <= width {
        return statement.to_owned();
    }
    let Ok(file) = syn::parse_str::<syn::File>(&format!("async fn example() {{ {statement} }}")) else {
        return statement.to_owned();
    };
    let printed = prettyplease::unparse(&file);
    let lines: Vec<&str> = printed.lines().map(|line| line.strip_prefix("    ").unwrap_or(line)).collect();
    lines.get(1..lines.len().saturating_sub(1)).unwrap_or_default().join("\n")
}
