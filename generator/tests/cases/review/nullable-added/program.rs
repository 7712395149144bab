fn see(it: sample::boxes::Parts) { let _: Option<String> = it.metal; }
