fn see(it: sample::Carton) { let _: Option<i32> = it.size; }
