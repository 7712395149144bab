fn see(it: sample::Carton) { let _ = (it.id, it.owner, it.color); }
