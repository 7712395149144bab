//! The table of operations, and calls by id.

use std::collections::BTreeSet;

use generated_client::runtime::{ErrorKind, Shape};
use generated_client::{descope, nhost};
use serde_json::{Map, Value, json};
use wiremock::matchers::any;
use wiremock::{Mock, MockServer, ResponseTemplate};

async fn answering(response: ResponseTemplate) -> MockServer {
    let server = MockServer::start().await;
    Mock::given(any()).respond_with(response).mount(&server).await;
    server
}

fn descope_at(server: &MockServer) -> descope::Client {
    let builder = descope::Client::builder("P2aAc4T2V93bddihGEx2Ryhc8e5Z").base_url(server.uri());
    builder.http_client_builder(reqwest::Client::builder().no_proxy()).build().unwrap()
}

fn arguments(of: Value) -> Map<String, Value> {
    of.as_object().cloned().unwrap()
}

#[test]
fn every_operation_is_listed_once_with_all_its_parameters() {
    let all = [descope::operations(), nhost::operations()].concat();
    let ids: BTreeSet<(&str, &str)> = all.iter().map(|info| (info.service, info.spec.id)).collect();
    assert_eq!(ids.len(), all.len());
    for info in all {
        let id = info.spec.id;
        assert_eq!(info.arguments.len(), info.spec.parameters.len(), "{id}");
        assert!(id.starts_with(&info.group.replace('-', "_")), "{id} is in the group {}", info.group);
        assert_eq!(info.spec.body.is_none(), (info.request)() == Shape::Nothing, "{id}");
        for (parameter, argument) in info.spec.parameters.iter().zip(info.arguments) {
            assert_eq!(parameter.sensitive, (argument.shape)().has_secrets(), "{id}: {}", parameter.name);
        }
    }
}

#[test]
fn shapes_tell_what_is_secret_and_what_is_required() {
    let all = descope::operations();
    let exchange = all.iter().find(|info| info.spec.id == "oauth_exchange").unwrap();
    let Shape::Object(request) = (exchange.request)() else { panic!("the body is an object") };
    let members: Vec<(&str, bool, Shape)> =
        request.members.iter().map(|member| (member.name, member.is_required, (member.shape)())).collect();
    assert_eq!(members, [("code", true, Shape::Secret(Box::new(Shape::Text)))]);
    let response = (exchange.response)();
    assert_eq!(response.type_name(), Some("JwtResponse"));
    assert!(response.has_secrets());
}

#[test]
fn parameters_and_members_have_their_texts() {
    for info in descope::operations().into_iter().chain(nhost::operations()) {
        let id = info.spec.id;
        for (parameter, argument) in info.spec.parameters.iter().zip(info.arguments) {
            // The text of a required one stands with the method.
            let text = info.documentation.argument(argument.name);
            assert_eq!(
                parameter.required,
                text.is_some_and(|text| !text.is_empty()),
                "{id}: {}",
                parameter.name
            );
            assert_eq!(parameter.required, argument.documentation.is_empty(), "{id}: {}", parameter.name);
        }
        if let Shape::Object(request) = (info.request)() {
            for member in request.members {
                let text = if member.documentation.is_empty() {
                    (member.shape)().documentation()
                } else {
                    member.documentation
                };
                assert!(!text.is_empty(), "{id}: {member:?}");
            }
        }
    }
    let all = descope::operations();
    let authorize = all.iter().find(|info| info.spec.id == "oauth_authorize").unwrap();
    let prompt = authorize.arguments.iter().find(|argument| argument.name == "prompt").unwrap();
    assert!(prompt.documentation.starts_with(" What the provider asks the user to do"), "{prompt:?}");
}

#[test]
fn every_operation_has_all_parts_of_its_documentation() {
    for info in descope::operations().into_iter().chain(nhost::operations()) {
        let (said, id) = (info.documentation, info.spec.id);
        assert!(said.summary().ends_with('.') && !said.description().is_empty(), "{id}: {said:?}");
        assert!(said.link.is_some_and(|link| link.starts_with("https://")), "{id}: {said:?}");
        assert!(!said.retry().is_empty() && !said.errors().is_empty(), "{id}: {said:?}");
        assert!(said.errors().is_sorted_by_key(|(status, _)| *status), "{id}: {said:?}");
        assert!(said.errors().iter().all(|(_, text)| text.ends_with('.')), "{id}: {said:?}");
    }
    let all = nhost::operations();
    let revoke = all.iter().find(|info| info.spec.id == "oauth2_revoke").unwrap().documentation;
    assert_eq!(revoke.summary(), "Revoke a refresh token of a client.");
    assert_eq!(revoke.since, Some("0.46.0"));
    let not_found = revoke.errors().into_iter().find(|(status, _)| *status == "404").unwrap().1;
    assert!(
        not_found.starts_with("There is no such path or method, and the body is plain text."),
        "{not_found}"
    );
    assert_eq!(revoke.errors().last().map(|(status, _)| *status), Some("any other"));
}

#[test]
fn a_request_can_be_looked_at_without_being_sent() {
    let client = descope::Client::builder("P2abc").build().unwrap().with_refresh_token("s3cret");
    let given = arguments(json!({"provider": "google", "loginHint": "s3cret", "locale": "en"}));
    let prepared = client.prepare_operation("oauth_authorize", given).unwrap();
    assert_eq!(
        prepared.url.as_str(),
        "https://api.descope.com/v1/auth/oauth/authorize?provider=google&loginHint=s3cret"
    );
    assert_eq!(prepared.headers["authorization"], "Bearer P2abc:s3cret");
    assert_eq!(prepared.headers["content-type"], "application/json");
    assert_eq!(prepared.body.as_deref(), Some(&br#"{"locale":"en"}"#[..]));
    assert_eq!(
        format!("{prepared:?}"),
        "PreparedRequest { operation: \"oauth_authorize\", method: Post, path: \"/v1/auth/oauth/authorize\", headers: 6, \
         bytes: Some(15), .. }"
    );
    let error = client.prepare_operation("oauth_authorize", arguments(json!({}))).unwrap_err();
    assert_eq!(error.to_string(), "descope oauth_authorize: parameter `provider` is missing");
}

#[tokio::test]
async fn an_operation_is_called_by_its_id() {
    let server =
        answering(ResponseTemplate::new(200).set_body_json(json!({"url": "https://p.example/"}))).await;
    let given = json!({"provider": "google", "prompt": ["login", "consent"], "test": true, "locale": "en"});
    let response = descope_at(&server).call_operation("oauth_authorize", arguments(given)).await.unwrap();
    assert_eq!(response, json!({"url": "https://p.example/"}));

    let sent = &server.received_requests().await.unwrap()[0];
    assert_eq!(sent.url.path(), "/v1/auth/oauth/authorize");
    assert_eq!(sent.url.query(), Some("provider=google&prompt=login&prompt=consent&test=true"));
    assert_eq!(sent.body, br#"{"locale":"en"}"#);
}

#[tokio::test]
async fn a_body_may_be_given_as_a_whole() {
    let server = answering(ResponseTemplate::new(200).set_body_json(json!({}))).await;
    let given = arguments(json!({"body": {"code": "x"}}));
    descope_at(&server).call_operation("oauth_exchange", given).await.unwrap();
    assert_eq!(server.received_requests().await.unwrap()[0].body, br#"{"code":"x"}"#);
}

#[tokio::test]
async fn a_redirect_is_a_response() {
    let moved = ResponseTemplate::new(302).insert_header("Location", "https://github.com/login");
    let server = answering(moved).await;
    let client = nhost::Client::builder(server.uri())
        .http_client_builder(reqwest::Client::builder().no_proxy())
        .build()
        .unwrap();
    let given = arguments(json!({"provider": "github", "metadata": {"a": 1}}));
    let response = client.call_operation("signin_provider", given).await.unwrap();
    assert_eq!(response, json!({"status": 302, "location": "https://github.com/login"}));
}

#[tokio::test]
async fn a_response_can_be_had_as_it_came() {
    let body = r#"{"url":  "https://p.example/", "new": 1}"#;
    let response = ResponseTemplate::new(200).set_body_raw(body, "application/json");
    let server = answering(response.insert_header("x-request-id", "r1")).await;
    let given = arguments(json!({"provider": "google"}));
    let raw = descope_at(&server).call_operation_raw("oauth_authorize", given).await.unwrap();
    assert_eq!((raw.status().as_u16(), raw.body(), raw.request_id()), (200, body.as_bytes(), Some("r1")));

    let info = descope::operations().into_iter().find(|info| info.spec.id == "oauth_authorize").unwrap();
    assert_eq!(info.read(&raw).unwrap(), json!({"url": "https://p.example/", "new": 1}));

    let moved = ResponseTemplate::new(302).insert_header("Location", "https://github.com/login");
    let server = answering(moved).await;
    let client = nhost::Client::builder(server.uri())
        .http_client_builder(reqwest::Client::builder().no_proxy())
        .build()
        .unwrap();
    let given = arguments(json!({"provider": "github"}));
    let raw = client.call_operation_raw("signin_provider", given).await.unwrap();
    assert_eq!((raw.status().as_u16(), raw.body()), (302, &b""[..]));
    assert_eq!(raw.redirect().unwrap().as_str(), "https://github.com/login");
}

#[tokio::test]
async fn raw_responses_are_read_as_errors_or_as_results() {
    let body = json!({"errorCode": "E011002", "errorDescription": "Missing arguments"});
    let server = answering(ResponseTemplate::new(400).set_body_json(body)).await;
    let given = arguments(json!({"code": "x"}));
    let error = descope_at(&server).call_operation_raw("oauth_exchange", given).await.unwrap_err();
    assert_eq!(error.to_string(), "descope oauth_exchange: 400 Bad Request, E011002: Missing arguments");
    let error = descope_at(&server).call_operation_raw("x\ny", arguments(json!({}))).await.unwrap_err();
    assert_eq!(
        error.to_string(),
        r"descope: the operation `x\ny` doesn't exist, or its group is switched off"
    );
}

#[tokio::test]
async fn an_optional_credential_is_none_that_the_client_has_to_carry() {
    let server = answering(ResponseTemplate::new(200).set_body_json("OK")).await;
    let client = nhost::Client::builder(server.uri())
        .http_client_builder(reqwest::Client::builder().no_proxy())
        .build()
        .unwrap();
    let given = arguments(json!({"refreshToken": "6b1e7c52-90c4-4b3f-8a35-2f0d3cf1a7e9"}));
    client.call_operation("token_sign_out", given).await.unwrap();
    assert!(server.received_requests().await.unwrap()[0].headers.get("authorization").is_none());

    let all = nhost::operations();
    let optional = all.iter().filter(|info| info.spec.credential_is_optional);
    let ids: Vec<&str> = optional.map(|info| info.spec.id).collect();
    assert_eq!(ids, ["token_verify", "token_sign_out", "user_change_password"]);
}

#[tokio::test]
async fn a_body_is_held_against_its_limits_as_that_of_a_typed_call_is() {
    let server = answering(ResponseTemplate::new(200).set_body_json(json!({}))).await;
    let client = nhost::Client::builder(server.uri())
        .http_client_builder(reqwest::Client::builder().no_proxy())
        .build()
        .unwrap();
    let typed = |password: &str, locale: &str| {
        let options = nhost::SignUpOptions::default().locale(locale);
        client.signup().email_password("ada@example.com", password).options(options)
    };
    for (password, locale, why) in [
        ("pw", "en", "member `password` has 2 characters, at least 3 are needed"),
        ("secret", "english", "member `options.locale` has 7 characters, at most 3 are allowed"),
    ] {
        let given = json!({"email": "ada@example.com", "password": password, "options": {"locale": locale}});
        let error = client.call_operation("signup_email_password", arguments(given)).await.unwrap_err();
        assert_eq!(error.to_string(), format!("nhost signup_email_password: {why}"));
        let typed = typed(password, locale).send().await.unwrap_err();
        assert_eq!(error.to_string(), typed.to_string());
    }
    assert!(server.received_requests().await.unwrap().is_empty());
    let given = json!({"email": "ada@example.com", "password": "secret", "options": {"locale": "en"}});
    client.call_operation("signup_email_password", arguments(given)).await.unwrap();
    typed("secret", "en").send().await.unwrap();
    let sent = server.received_requests().await.unwrap();
    assert_eq!(sent[0].body, sent[1].body);
}

#[tokio::test]
async fn what_makes_no_call_is_refused_and_nothing_is_sent() {
    let server = answering(ResponseTemplate::new(200)).await;
    let client = descope_at(&server);
    for (id, given, text) in [
        (
            "oauth_exchnge",
            json!({}),
            "descope: the operation `oauth_exchnge` doesn't exist, or its group is switched off",
        ),
        (
            "oauth_exchange",
            json!({"cod": "x"}),
            "descope oauth_exchange: argument `cod` isn't one of the operation",
        ),
        (
            "oauth_authorize_update",
            json!({"provider": "google"}),
            "descope oauth_authorize_update: the client carries no `refresh_token`, which the operation needs",
        ),
        ("oauth_authorize", json!({}), "descope oauth_authorize: parameter `provider` is missing"),
        (
            "oauth_authorize",
            json!({"provider": "google", "query.provider": "google"}),
            "descope oauth_authorize: parameter `provider` is given twice: as `provider` and as `query.provider`",
        ),
    ] {
        let error = client.call_operation(id, arguments(given)).await.unwrap_err();
        assert!(matches!(error.kind(), ErrorKind::InvalidRequest(_)), "{error:?}");
        assert_eq!(error.to_string(), text);
    }
    assert!(server.received_requests().await.unwrap().is_empty());
}
