fn see(it: sample::letters::Chest) { if let sample::letters::Chest::Lane(_) = it {} }
