let door = String::new();
let key = sample::boxes::Key::new(sample::Secret::from("k"), door);
