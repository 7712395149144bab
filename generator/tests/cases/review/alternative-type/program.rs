fn see(it: sample::letters::Chest) -> Option<Vec<String>> {
    match it {
        sample::letters::Chest::Array(shelves) => Some(shelves),
        _ => None,
    }
}
