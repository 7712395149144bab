fn see(lids: std::collections::BTreeMap<String, i32>) -> sample::boxes::Parts {
    sample::boxes::Parts::default().extra(lids)
}
