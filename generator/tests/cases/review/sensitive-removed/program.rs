fn see(it: sample::Carton) { let _: Option<sample::Secret> = it.owner; }
