sample::Parts::default().metal("iron");
