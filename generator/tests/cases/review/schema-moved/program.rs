fn see(it: sample::Parts) {}
