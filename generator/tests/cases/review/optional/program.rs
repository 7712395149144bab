fn see(it: sample::Carton) { let _: String = it.id; }
