fn see(parts: sample::Parts) {
    let metals: Vec<String> = parts.metals;
}
