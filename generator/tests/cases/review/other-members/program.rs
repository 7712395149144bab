fn see(carton: sample::Carton) -> Option<i32> {
    carton.extra.get("lid").copied()
}
