fn see(it: sample::Carton) { let _: Option<String> = it.owner; }
