let lid = sample::boxes::Lid::Top;
let again = lid;
let _ = lid;
