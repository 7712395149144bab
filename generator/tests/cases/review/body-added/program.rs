let client = sample::Client::builder("key").build()?.with_token("token");
let call = client.boxes().open("b1", "left").tags(["a", "b"]).depth(3);
let carton: sample::Carton = call.send().await?;
let owner: Option<String> = carton.owner;
let size: Option<i32> = carton.size;
let name: String = match carton.color {
    sample::Color::Red => carton.id,
    sample::Color::Blue => "blue".to_owned(),
    _ => "another".to_owned(),
};
let post: sample::letters::Post = client.letters().list().after("x").send().await?;
let total: Option<i32> = post.total;
let texts: Vec<Option<String>> = post.letters.into_iter().map(|letter| letter.text).collect();
match post.chest {
    Some(sample::letters::Chest::Room(room)) => println!("{} {:?}", room.room, room.floor),
    Some(sample::letters::Chest::Street(street)) => println!("{}", street.street),
    _ => {}
}
let burnt: Result<(), sample::Error> = client.letters().burn().send().await;
if let Err(error) = burnt {
    println!("{} {}", error.is_shut(), error.is_lost());
}
let clerk = client.with_badge("badge");
