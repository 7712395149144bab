let lid = sample::boxes::Lid::Side;
