fn see(carton: sample::Carton) {
    let extra = carton.extra;
}
