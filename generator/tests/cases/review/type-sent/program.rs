sample::boxes::Parts::default().metal("iron");
