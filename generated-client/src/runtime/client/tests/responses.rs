//! How responses are read.

use super::sample::{CallbackResponse, Mode, Provider, Sample};
use super::{answering, json, received};
use crate::runtime::error::kind::ErrorKind;
use serde_json::json as value;
use wiremock::ResponseTemplate;

fn redirect(status: u16, location: &str) -> ResponseTemplate {
    ResponseTemplate::new(status).insert_header("location", location)
}

#[tokio::test]
async fn json_is_decoded_with_tolerance() {
    let body = r#"{"sessionJwt": "eyJ", "expiration": "1.7e9", "provider": "new", "roles": null,
        "unheard": {"of": [1]}}"#;
    let server = answering(json(200, body)).await;
    let session = Sample::at(&server.uri()).exchange("x").send().await.unwrap();
    assert_eq!(session.session_jwt.expose(), "eyJ");
    assert_eq!(session.expiration, Some(1_700_000_000));
    assert_eq!(session.provider, Some(Provider::Unknown("new".to_owned())));
    assert_eq!(session.roles, [""; 0]);
}

#[tokio::test]
async fn another_status_of_success_is_read_as_well() {
    let server = answering(json(201, r#"{"sessionJwt": "eyJ"}"#)).await;
    let session = Sample::at(&server.uri()).exchange("x").send().await.unwrap();
    assert_eq!(session.session_jwt.expose(), "eyJ");

    let server = answering(json(200, r#""OK""#)).await;
    Sample::at(&server.uri()).delete().send().await.unwrap();
}

/// Where no member is required, what stands for nothing is as good as nothing.
#[tokio::test]
async fn a_response_may_say_nothing_in_several_ways() {
    for body in ["", " ", "null", "\u{feff}null\n", "\"\""] {
        let server = answering(json(200, body)).await;
        let (_, raw) = Sample::at(&server.uri()).delete().send_with_raw().await.unwrap();
        assert_eq!(raw.json_or::<serde_json::Value>(Some("{}"), &[]), Ok(value!({})), "{body:?}");
        assert_eq!(raw.json_or::<serde_json::Value>(None, &[]).is_ok(), !body.trim().is_empty(), "{body:?}");
    }
    // An empty body has no encoding, whatever its header says.
    let server = answering(ResponseTemplate::new(200).insert_header("content-encoding", "gzip")).await;
    Sample::at(&server.uri()).delete().send().await.unwrap();
    assert_eq!(Sample::at(&server.uri()).health().send().await.unwrap(), "");
}

#[tokio::test]
async fn a_text_may_be_a_json_string() {
    for (media_type, body, text) in [
        ("application/json", "\"OK\"\n", "OK"),
        ("Application/JSON", "\"OK\"", "OK"),
        ("Text/Plain; charset=utf-8", "\"OK\"", "OK"),
        ("text/html", "\"OK\"", "\"OK\""),
        ("application/json", "OK", "OK"),
        ("application/json", r#"{"status":"ok"}"#, r#"{"status":"ok"}"#),
    ] {
        let server = answering(ResponseTemplate::new(200).set_body_raw(body, media_type)).await;
        assert_eq!(Sample::at(&server.uri()).health().send().await.unwrap(), text, "{media_type}");
    }
}

#[tokio::test]
async fn a_redirect_is_a_value_and_is_not_followed() {
    let elsewhere = answering(json(200, r#""followed""#)).await;
    let location = format!("{}/cb?code=s3cret&error=a&error=b#frag", elsewhere.uri());
    let server = answering(redirect(302, &location)).await;
    let redirect = Sample::at(&server.uri()).sign_in("apple").send().await.unwrap();

    assert_eq!(redirect.as_str(), location);
    assert_eq!(redirect.status(), 302);
    assert_eq!(redirect.url().query_pairs().count(), 3);
    assert!(!format!("{redirect:?}").contains("s3cret"), "{redirect:?}");
    received(&server).await;
    super::received_none(&elsewhere).await;
}

#[tokio::test]
async fn a_relative_location_starts_from_the_request() {
    for (location, expected) in [
        ("../cb?x=1", "{server}/cb?x=1"),
        ("/é?x=ü", "{server}/%C3%A9?x=%C3%BC"),
        ("myapp://callback?x=1", "myapp://callback?x=1"),
    ] {
        let server = answering(redirect(302, location)).await;
        let builder = Sample::builder(&server.uri()).app_scheme("MyApp").app_scheme("other");
        let leads_to = Sample::built(builder).unwrap().sign_in("apple").send().await.unwrap();
        assert_eq!(leads_to.into_url().as_str(), expected.replace("{server}", &server.uri()));
    }
}

#[tokio::test]
async fn a_redirect_without_a_url_is_a_fault() {
    const NOWHERE: &str = "the Location leads neither to a page (http, https) nor to a known app";
    for (response, problem) in [
        (ResponseTemplate::new(302), "the redirect has no Location"),
        (redirect(302, ""), "the redirect has no Location"),
        (redirect(302, "#"), "the Location is a fragment without a URL"),
        (redirect(302, "#s3cret"), "the Location is a fragment without a URL"),
        (redirect(302, "http://[s3cret"), "the Location is not a URL"),
        (redirect(302, "javascript:alert('s3cret')"), NOWHERE),
        (redirect(302, "JavaScript:alert('s3cret')"), NOWHERE),
        (redirect(302, "java\tscript:alert('s3cret')"), NOWHERE),
        (redirect(302, "data:text/html,s3cret"), NOWHERE),
        (redirect(302, "intent://s3cret"), NOWHERE),
        (redirect(302, "myapps://s3cret"), NOWHERE),
        (redirect(302, "file:///etc/s3cret"), NOWHERE),
        (json(200, "{}"), "the status is not a redirect's"),
    ] {
        let server = answering(response).await;
        let sample = Sample::built(Sample::builder(&server.uri()).app_scheme("myapp")).unwrap();
        let error = sample.sign_in("apple").send().await.unwrap_err();
        let ErrorKind::InvalidResponse(decode) = error.kind() else {
            panic!("{error:?}");
        };
        assert_eq!(decode.problem(), problem);
        let mended = (problem == NOWHERE).then_some("if it is your app, name its scheme by `app_scheme`");
        assert_eq!(decode.remedy().map(ToString::to_string).as_deref(), mended);
        assert!(!format!("{error} {error:?}").contains("s3cret"), "{error:?}");
    }
}

#[tokio::test]
async fn a_response_can_be_had_as_it_came() {
    let body = r#"{"sessionJwt": "s3cret", "unheard": 1}"#;
    let server = answering(json(201, body).insert_header("x-request-id", "r1")).await;
    let (session, raw) = Sample::at(&server.uri()).exchange("x").send_with_raw().await.unwrap();
    assert_eq!(session.session_jwt.expose(), "s3cret");
    assert_eq!(raw.status(), 201);
    assert_eq!(raw.headers()["content-type"], "application/json");
    assert_eq!((raw.media_type(), raw.request_id()), (Some("application/json"), Some("r1")));
    assert_eq!(raw.body(), body.as_bytes());
    assert_eq!(
        format!("{raw:?}"),
        r#"RawResponse { status: 201, media_type: "application/json", bytes: 38, .. }"#
    );
    assert_eq!(raw.into_body(), body.as_bytes());
}

#[tokio::test]
async fn a_response_that_can_not_be_decoded_can_still_be_had_as_it_came() {
    let server = answering(json(200, r#"{"roles": 5}"#)).await;
    let call = Sample::at(&server.uri()).exchange("x");
    let raw = call.clone().send_raw().await.unwrap();
    assert_eq!(raw.body(), br#"{"roles": 5}"#);
    let fault = raw.json::<super::sample::Session>().unwrap_err();
    assert_eq!(
        fault.to_string(),
        r#"can't be read at `roles`: invalid type: integer, expected a list; near {"roles":0}"#
    );
    let error = call.send_with_raw().await.map(|_| ()).unwrap_err();
    assert!(matches!(error.kind(), ErrorKind::InvalidResponse(_)), "{error:?}");
}

#[tokio::test]
async fn an_error_is_an_error_for_those_who_want_the_response_as_it_came() {
    let send = async |response| {
        let server = answering(response).await;
        Sample::at(&server.uri()).exchange("x").send_raw().await.map(|_| ()).unwrap_err()
    };
    assert_eq!(
        send(json(401, r#"{"code": "wrong-code"}"#)).await.to_string(),
        "sample exchange: 401 Unauthorized, wrong-code"
    );
    assert_eq!(send(redirect(302, "/x")).await.status().unwrap(), 302);
}

#[tokio::test]
async fn members_that_come_as_headers_are_decoded_with_the_body() {
    let response = |body| json(200, body).insert_header("x-session-jwt", "s3cret");
    let server = answering(response(r#"{"roles": ["a"]}"#)).await;
    let (session, raw) = Sample::at(&server.uri()).exchange("x").send_with_raw().await.unwrap();
    assert_eq!((&**session.session_jwt.expose(), &*session.roles), ("s3cret", &["a".to_owned()][..]));
    assert_eq!(raw.body(), br#"{"roles": ["a"]}"#);
    assert!(!format!("{raw:?}").contains("s3cret"), "{raw:?}");

    // The fault is in the supplemented body; the response in the error is as it came.
    let server = answering(response(r#"{"roles": 5}"#)).await;
    let error = Sample::at(&server.uri()).exchange("x").send().await.unwrap_err();
    let ErrorKind::InvalidResponse(decode) = error.kind() else {
        panic!("{error:?}");
    };
    assert_eq!((decode.path(), decode.response().body()), ("roles", &br#"{"roles": 5}"#[..]));
    assert!(!format!("{error} {error:?}").contains("s3cret"), "{error:?}");
}

#[tokio::test]
async fn a_redirect_that_was_not_expected_is_an_error_and_is_not_followed() {
    let elsewhere = answering(json(200, "{}")).await;
    for status in [301, 302, 303, 307, 308] {
        let server = answering(redirect(status, &format!("{}/s3cret", elsewhere.uri()))).await;
        let error = Sample::at(&server.uri()).exchange("x").send().await.unwrap_err();
        assert_eq!(error.status().unwrap(), status);
        assert!(matches!(error.kind(), ErrorKind::Api(_)), "{error:?}");
        assert!(!format!("{error} {error:?}").contains("s3cret"), "{error:?}");
        received(&server).await;
    }
    super::received_none(&elsewhere).await;
}

#[tokio::test]
async fn the_status_chooses_between_kinds_of_responses() {
    let send = async |response| {
        let server = answering(response).await;
        Sample::at(&server.uri()).callback().send().await
    };
    let session = send(json(200, r#"{"roles": ["a"]}"#)).await.unwrap();
    assert!(matches!(session, CallbackResponse::Session(session) if session.roles == ["a"]));
    assert_eq!(send(ResponseTemplate::new(204)).await.unwrap(), CallbackResponse::Nothing);
    let redirected = send(redirect(302, "https://app.example/")).await.unwrap();
    assert!(matches!(redirected, CallbackResponse::Redirect(to) if to.as_str() == "https://app.example/"));
    let error = send(json(206, "{}")).await.unwrap_err();
    assert_eq!(
        error.to_string(),
        "sample callback: the response (206 Partial Content, application/json, 2 bytes) \
         can't be read at `.`: the status is not expected; near {}"
    );
}

#[test]
fn open_enums() {
    for (text, variant) in [
        ("apple", Provider::Apple),
        ("azuread", Provider::AzureAd),
        ("Apple", Provider::Unknown("Apple".to_owned())),
        ("", Provider::default()),
    ] {
        assert_eq!(Provider::from(text), variant);
        assert_eq!(Provider::from(text.to_owned()), variant);
        assert_eq!(variant.to_string(), text);
        assert_eq!(value!(variant), value!(text));
        assert_eq!(serde_json::from_value::<Provider>(value!(text)).unwrap(), variant);
    }
    assert_eq!(Provider::KNOWN, ["apple", "azuread"]);
    let number: Provider = serde_json::from_str("7").unwrap();
    assert_eq!(number.as_str(), "7");
}

#[test]
fn closed_enums() {
    assert_eq!("fast".parse(), Ok(Mode::Fast));
    assert_eq!(value!(Mode::Slow), value!("slow"));
    let error = "s3cret".parse::<Mode>().unwrap_err();
    assert_eq!(error.to_string(), "not a Mode: fast, slow");
    assert_eq!(Mode::KNOWN, ["fast", "slow"]);
}
