//! The requests of calls.

use super::sample::{CallbackForm, ExchangeRequest, Filter, Mode, Provider, Sample, SignUpOptions};
use super::{answering, json, query, received, received_none};
use crate::runtime::error::kind::ErrorKind;
use serde_json::{Map, Value, json as value};
use wiremock::ResponseTemplate;

fn object(value: Value) -> Map<String, Value> {
    value.as_object().unwrap().clone()
}

#[tokio::test]
async fn the_least_of_a_json_request() {
    let server = answering(json(200, "{}")).await;
    Sample::at(&server.uri()).exchange("c0de").send().await.unwrap();

    let request = received(&server).await;
    assert_eq!(request.method, "POST");
    assert_eq!(request.url.path(), "/v1/exchange");
    assert_eq!(request.url.query(), None);
    assert_eq!(request.headers["authorization"], "Bearer BASE");
    assert_eq!(request.headers["x-sdk"], "sample");
    assert_eq!(request.headers["content-type"], "application/json");
    assert!(request.headers["user-agent"].to_str().unwrap().starts_with("generated-client/"));
    assert_eq!(request.body, br#"{"code":"c0de"}"#);
}

#[tokio::test]
async fn members_of_the_body_are_set_on_the_call() {
    let server = answering(json(200, "{}")).await;
    Sample::at(&server.uri())
        .exchange("c0de")
        .custom_claims(object(value!({"n": 1})))
        .roles(["a", "b"])
        .stepup(true)
        .mode(Mode::Slow)
        .type_("t")
        .send()
        .await
        .unwrap();
    assert_eq!(
        received(&server).await.body,
        br#"{"code":"c0de","customClaims":{"n":1},"roles":["a","b"],"stepup":true,"mode":"slow","type":"t"}"#
    );
}

#[tokio::test]
async fn a_prepared_body_is_the_same_as_setters() {
    let prepared = ExchangeRequest::new("c0de").roles(vec![String::from("a")]).stepup(false);
    let server = answering(json(200, "{}")).await;
    let call = Sample::at(&server.uri()).exchange("other").stepup(true);
    call.body(prepared).send().await.unwrap();
    assert_eq!(received(&server).await.body, br#"{"code":"c0de","roles":["a"],"stepup":false}"#);
}

#[tokio::test]
async fn members_that_the_service_would_not_accept_are_never_sent() {
    let server = answering(json(200, "{}")).await;
    let sample = Sample::at(&server.uri());
    let (call, options) = (sample.sign_up("s3cret"), SignUpOptions::default);
    for (call, text) in [
        (sample.sign_up("s3c"), "member `password` has 3 characters, at least 4 are needed"),
        (sample.sign_up("s3crets3cret"), "member `password` has 12 characters, at most 8 are allowed"),
        (call.clone().aliases(["ada", "s"]), "member `aliases` has 1 character, at least 2 are needed"),
        (call.clone().provider("s3crets3"), "member `provider` has 8 characters, at most 7 are allowed"),
        (
            call.clone().options(options().locale("s3cret")),
            "member `options.locale` has 6 characters, at most 3 are allowed",
        ),
        (
            call.clone().options(options().labels([("a".to_owned(), String::new())])),
            "member `options.labels` has 0 characters, at least 1 are needed",
        ),
    ] {
        let error = call.send().await.unwrap_err();
        assert!(matches!(error.kind(), ErrorKind::InvalidRequest(_)));
        assert_eq!(error.to_string(), format!("sample sign_up: {text}"));
    }
    #[cfg(feature = "patterns")]
    assert_eq!(
        call.clone().options(options().locale("s3c")).send().await.unwrap_err().to_string(),
        "sample sign_up: member `options.locale` does not match the pattern ^[a-z]*$"
    );
    received_none(&server).await;

    call.aliases(["ada"]).provider("apple").options(options().locale("en")).send().await.unwrap();
    assert_eq!(
        received(&server).await.body,
        br#"{"password":"s3cret","aliases":["ada"],"provider":"apple","options":{"locale":"en"}}"#
    );
}

#[tokio::test]
async fn arguments_of_all_styles() {
    let server = answering(json(200, "[]")).await;
    // The order of the setters makes no difference, and the last of two counts.
    Sample::at(&server.uri())
        .carrying("TOKEN")
        .find("a/../é")
        .sort(Mode::Fast)
        .exact(false)
        .nonce("n0nce")
        .filter(Filter::default().name("x y").ages([1, 2]))
        .metadata(object(value!({"a": {"b": 1}})))
        .tags(["old"])
        .tags(["t&1", "t 2"])
        .limit(5)
        .send()
        .await
        .unwrap();

    let request = received(&server).await;
    assert_eq!(request.method, "GET");
    assert_eq!(request.url.path(), "/users/a%2F..%2F%C3%A9/keys");
    assert_eq!(
        query(&request),
        "limit=5&tags=t%261&tags=t%202&metadata=%7B%22a%22%3A%7B%22b%22%3A1%7D%7D\
         &filter%5Bages%5D%5B0%5D=1&filter%5Bages%5D%5B1%5D=2&filter%5Bname%5D=x%20y&exact=false&sort=fast"
    );
    assert_eq!(request.headers["x-nonce"], "n0nce");
    assert_eq!(request.headers["authorization"], "Bearer TOKEN");
    assert!(request.headers.get("content-type").is_none());
    assert_eq!(request.body, b"");
}

#[tokio::test]
async fn the_credential_is_the_strongest_that_the_operation_names() {
    let server = answering(json(200, "{}")).await;
    let sample = Sample::at(&server.uri());
    let carrying = sample.carrying("TOKEN");
    carrying.exchange("x").send().await.unwrap();
    carrying.delete().send().await.unwrap();
    carrying.health().send().await.unwrap();
    sample.delete().send().await.unwrap();
    sample.find("x").send().await.unwrap();

    let requests = server.received_requests().await.unwrap();
    let sent: Vec<_> = requests
        .iter()
        .map(|request| request.headers.get("authorization").map(|it| it.to_str().unwrap()))
        .collect();
    let (token, base) = (Some("Bearer TOKEN"), Some("Bearer BASE"));
    assert_eq!(sent, [token, token, None, base, None]);
}

#[tokio::test]
async fn a_faulty_credential_is_refused_where_it_would_be_sent() {
    let server = answering(json(200, "{}")).await;
    let carrying = Sample::at(&server.uri()).carrying("s3cret\n");
    let error = carrying.exchange("x").send().await.unwrap_err();
    assert_eq!(error.to_string(), "sample exchange: credential `token` has a control character in it");
    assert!(!format!("{error:?}").contains("s3cret"));
    received_none(&server).await;
    // An operation that doesn't accept the credential is called without it.
    carrying.health().send().await.unwrap();
}

#[tokio::test]
async fn form_bodies() {
    let server = answering(ResponseTemplate::new(204)).await;
    let callback = Sample::at(&server.uri()).callback();
    let form = CallbackForm::default().state("s&t a").user(object(value!({"a": 1})));
    callback.body(form).send().await.unwrap();
    let request = received(&server).await;
    assert_eq!(request.headers["content-type"], "application/x-www-form-urlencoded");
    assert_eq!(request.body, b"state=s%26t%20a&user=%7B%22a%22%3A1%7D");
}

#[tokio::test]
async fn an_optional_body_is_sent_only_if_it_is_set() {
    let server = answering(ResponseTemplate::new(200)).await;
    let poll = Sample::at(&server.uri()).poll();
    poll.clone().send().await.unwrap();
    poll.body(ExchangeRequest::new("x")).send().await.unwrap();
    let requests = server.received_requests().await.unwrap();
    assert_eq!(requests[0].body, b"");
    assert!(requests[0].headers.get("content-type").is_none());
    assert_eq!(requests[1].body, br#"{"code":"x"}"#);
    assert_eq!(requests[1].headers["content-type"], "application/json");
}

/// Some servers refuse a request without a length.
#[tokio::test]
async fn a_body_without_bytes_has_a_length() {
    let server = answering(ResponseTemplate::new(204)).await;
    let sample = Sample::at(&server.uri());
    sample.callback().body(CallbackForm::default()).send().await.unwrap();
    sample.poll().send().await.unwrap();
    sample.health().send().await.unwrap();
    let requests = server.received_requests().await.unwrap();
    let lengths = requests.iter().map(|request| request.headers.get("content-length"));
    let lengths: Vec<_> = lengths.map(|length| length.map(|length| length.to_str().unwrap())).collect();
    assert_eq!(lengths, [Some("0"), Some("0"), None]);
}

#[tokio::test]
async fn arguments_that_can_not_be_sent_are_refused() {
    let server = answering(json(200, "{}")).await;
    let sample = Sample::at(&server.uri());
    let injected = sample.find("x").nonce("s3cret\r\nhost: evil").send().await;
    let nul = sample.find("x").nonce("s3cret\0").send().await;
    let item = sample.find("x").features(["a", "s3cret,b"]).send().await;
    let begins = sample.find("x").nonce(" s3cret").send().await;
    let ends = sample.find("x").nonce("s3cret\t").send().await;
    let long = sample.sign_in("apple").display_name("s3cret".repeat(6)).send().await;
    for (error, text) in [
        (
            sample.find("..").send().await.unwrap_err(),
            "sample find: parameter `id` can't be a segment of a path",
        ),
        (
            sample.find("").send().await.unwrap_err(),
            "sample find: parameter `id` can't be a segment of a path",
        ),
        (
            sample.find(".").send().await.unwrap_err(),
            "sample find: parameter `id` can't be a segment of a path",
        ),
        (injected.unwrap_err(), "sample find: parameter `x-nonce` has a character that no header may have"),
        (nul.unwrap_err(), "sample find: parameter `x-nonce` has a character that no header may have"),
        (
            begins.unwrap_err(),
            "sample find: parameter `x-nonce` has a blank at its beginning or end, which a header can't hold",
        ),
        (
            ends.unwrap_err(),
            "sample find: parameter `x-nonce` has a blank at its beginning or end, which a header can't hold",
        ),
        (
            item.unwrap_err(),
            "sample find: parameter `x-features` has an item with a comma in it, which would make it two",
        ),
        (
            long.unwrap_err(),
            "sample sign_in: parameter `displayName` has 36 characters, at most 32 are allowed",
        ),
    ] {
        assert_eq!(error.to_string(), text);
        assert!(matches!(error.kind(), ErrorKind::InvalidRequest(_)));
        assert!(!format!("{error:?}").contains("s3cret"), "{error:?}");
        assert_eq!(error.status(), None);
    }
    received_none(&server).await;
}

/// The request is compared as it was sent, before any library decodes it.
#[tokio::test]
async fn no_argument_gets_out_of_its_place() {
    for (given, sent) in [
        ("..%2f..%2fadmin", "..%252f..%252fadmin"),
        ("%2e%2e", "%252e%252e"),
        ("%2E%2e/", "%252E%252e%2F"),
        ("../x", "..%2Fx"),
        ("a\\..\\b", "a%5C..%5Cb"),
        ("..;/", "..%3B%2F"),
        ("x?admin=1#y", "x%3Fadmin%3D1%23y"),
        ("x HTTP/1.1\r\nHost: evil\r\n\r\n", "x%20HTTP%2F1.1%0D%0AHost%3A%20evil%0D%0A%0D%0A"),
        ("a\0&b=c+d", "a%00%26b%3Dc%2Bd"),
        ("．．", "%EF%BC%8E%EF%BC%8E"),
    ] {
        let server = answering(json(200, "[]")).await;
        let sample = Sample::at(&format!("{}/v1", server.uri()));
        sample.find(given).tags([given]).send().await.unwrap();
        let request = received(&server).await;
        assert_eq!(request.url.path(), format!("/v1/users/{sent}/keys"));
        assert_eq!(query(&request), format!("tags={sent}"));
        assert_eq!(request.url.query_pairs().collect::<Vec<_>>(), [("tags".into(), given.into())]);
    }
}

#[tokio::test]
async fn a_path_in_the_base_url_is_kept() {
    let server = answering(json(200, "{}")).await;
    let sample = Sample::at(&format!("{}/prefix/v1/", server.uri()));
    sample.find("x").send().await.unwrap();
    assert_eq!(received(&server).await.url.path(), "/prefix/v1/users/x/keys");
}

#[tokio::test]
async fn a_browser_gets_a_url_and_nothing_is_sent() {
    let server = answering(ResponseTemplate::new(302)).await;
    let sample = Sample::at(&server.uri());
    let call =
        sample.sign_in(Provider::AzureAd).allowed_roles(["me", "a,b"]).display_name("Zoë").connect("jwt");
    assert_eq!(
        call.url().unwrap().as_str(),
        format!("{}/signin/azuread?allowedRoles=me,a%2Cb&displayName=Zo%C3%AB&connect=jwt", server.uri())
    );
    assert_eq!(
        sample.sign_in("..").url().unwrap_err().to_string(),
        "sample sign_in: parameter `provider` can't be a segment of a path"
    );
    received_none(&server).await;
}

#[tokio::test]
#[cfg(feature = "patterns")]
async fn patterns_are_checked() {
    let sample = Sample::at("http://localhost");
    let error = sample.sign_in("apple").display_name("a/b").url().unwrap_err();
    assert_eq!(
        error.to_string(),
        r"sample sign_in: parameter `displayName` does not match the pattern ^[\p{L}\p{N}\p{S} ,.'-]+$"
    );
}

#[test]
fn calls_can_be_sent_from_any_task() {
    fn is_send<T: Send>(_: &T) {}
    let sample = Sample::at("http://localhost");
    is_send(&sample.exchange("x"));
    is_send(&sample.exchange("x").send());
    is_send(&sample.find("x").send());
}
