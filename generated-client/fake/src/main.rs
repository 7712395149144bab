//! Serves the fakes until it is stopped.

fn main() {}
