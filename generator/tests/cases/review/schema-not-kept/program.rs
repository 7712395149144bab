fn see(it: &sample::Carton) { fn is<T: serde::Serialize>(_: &T) {} is(it); }
