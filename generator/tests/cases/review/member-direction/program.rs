fn see(it: sample::Carton) { it.owner("ann"); }
