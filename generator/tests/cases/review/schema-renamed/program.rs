sample::boxes::Parts::default();
