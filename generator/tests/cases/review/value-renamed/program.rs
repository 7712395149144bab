fn see(it: sample::Color) -> bool { it == sample::Color::Red }
