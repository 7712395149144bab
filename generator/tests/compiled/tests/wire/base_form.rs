//! A choice whose last form has what all others have, for values of a kind that nobody knows yet.

use generator_cases::base_form::Client;
use generator_cases::base_form::base_form::{Cat, Dog, Pet, PetBase};

use crate::server::Server;

async fn traded(json: &str, pet: Pet) -> (Pet, String) {
    let server = Server::giving(json).await;
    let client = Client::builder().base_url(server.url()).build().unwrap();
    let got = client.base_form().trade(pet).send().await.unwrap();
    (got.pet, server.body().await)
}

#[tokio::test]
async fn a_text_leads_to_its_form() {
    let (got, sent) =
        traded(r#"{"pet":{"kind":"cat","lives":9}}"#, Pet::Dog(Dog::new("dog").barks(true))).await;
    assert_eq!(sent, r#"{"pet":{"kind":"dog","barks":true}}"#);
    let Pet::Cat(Cat { lives, .. }) = got else { panic!("{got:?}") };
    assert_eq!(lives, Some(9));
}

#[tokio::test]
async fn another_text_leads_to_the_form_that_all_have_in_common() {
    let json = r#"{"pet":{"kind":"fish","name":"Wanda","barks":true}}"#;
    let (got, sent) = traded(json, Pet::PetBase(PetBase::new("bird").name("Tweety"))).await;
    assert_eq!(sent, r#"{"pet":{"kind":"bird","name":"Tweety"}}"#);
    let Pet::PetBase(PetBase { kind, name, .. }) = got else { panic!("{got:?}") };
    assert_eq!((kind.as_str(), name.as_deref()), ("fish", Some("Wanda")));
}
