fn see(it: sample::letters::Room) -> Option<sample::letters::Desk> { it.desk }
