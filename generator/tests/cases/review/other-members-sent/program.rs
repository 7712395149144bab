fn see(lids: std::collections::BTreeMap<String, i32>) -> sample::boxes::Parts {
    sample::boxes::Parts::new().extra(lids)
}
