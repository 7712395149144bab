//! Which question an error answers depends on its code, on the operation and on the credential.

use generator_cases::error_questions::{Client, Error};
use wiremock::ResponseTemplate;

use crate::server::Server;

/// The questions that an error answers by yes.
fn answered(error: &Error) -> Vec<&'static str> {
    let all = [
        (error.is_unauthenticated(), "unauthenticated"),
        (error.is_wrong_word(), "wrong word"),
        (error.is_expired(), "expired"),
    ];
    all.into_iter().filter(|(is_so, _)| *is_so).map(|(_, question)| question).collect()
}

/// What the errors of both operations answer: of the one without a credential, then of the one with a guest's token.
async fn answers(status: u16, code: &str) -> [Vec<&'static str>; 2] {
    let body = format!(r#"{{"code":"{code}","message":"no"}}"#);
    let response = ResponseTemplate::new(status).set_body_raw(body, "application/json");
    let server = Server::responding(response).await;
    let client = Client::builder("key").base_url(server.url()).build().unwrap();
    let knock = client.error_questions().knock().send().await.unwrap_err();
    let guest = client.with_guest_token("token");
    let whisper = guest.error_questions().whisper().send().await.unwrap_err();
    [answered(&knock), answered(&whisper)]
}

#[tokio::test]
async fn a_code_means_the_same_in_all_operations_that_say_nothing_else() {
    assert_eq!(answers(403, "wrong-word").await, [["wrong word"], ["wrong word"]]);
    assert_eq!(answers(403, "not-invited").await, [["expired"], ["unauthenticated"]]);
    assert_eq!(answers(403, "refused").await, [vec![], vec!["wrong word"]]);
    assert_eq!(answers(403, "house-full").await, [[""; 0]; 2]);
}

#[tokio::test]
async fn a_status_of_401_means_that_nobody_is_signed_in_unless_the_code_says_something_else() {
    assert_eq!(answers(401, "wrong-word").await, [["wrong word"], ["wrong word"]]);
    assert_eq!(answers(401, "house-full").await, [[""; 0]; 2]);
    assert_eq!(answers(401, "brand-new").await, [vec![], vec!["unauthenticated"]]);
    assert_eq!(answers(401, "").await, [["unauthenticated"], ["unauthenticated"]]);
}

#[tokio::test]
async fn a_credential_that_can_not_be_sent_means_that_nobody_is_signed_in() {
    let client = Client::builder("key").build().unwrap().with_guest_token("");
    let error = client.error_questions().whisper().send().await.unwrap_err();
    assert_eq!(answered(&error), ["unauthenticated"]);
}
