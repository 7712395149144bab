let by_hand: bool = sample::BY_HAND;
