fn see(it: sample::boxes::Key) {}
