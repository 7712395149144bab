fn see(it: sample::Error) { it.is_lost(); }
