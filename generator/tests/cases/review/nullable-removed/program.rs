sample::boxes::Parts::default().metal(None::<String>);
