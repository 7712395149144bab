let parts = sample::Parts::default().metal("iron");
