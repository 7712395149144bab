let lid = sample::boxes::Lid::Unknown("x".to_owned());
