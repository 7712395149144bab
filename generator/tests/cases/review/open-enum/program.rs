let lid = sample::boxes::Lid::Top;
let pair = (lid, lid);
