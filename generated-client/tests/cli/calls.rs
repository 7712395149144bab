//! Calls of every kind of operation, by what arrives at the server.

use serde_json::{Value, json};
use wiremock::ResponseTemplate;

use crate::program::{Run, answering, header, only_request};

fn body(request: &wiremock::Request) -> Value {
    serde_json::from_slice(&request.body).unwrap()
}

#[tokio::test]
async fn a_body_is_sent_as_json() {
    let session = json!({"sessionJwt": "a.b.c", "firstSeen": true});
    let response = ResponseTemplate::new(200).set_body_json(&session).insert_header("x-request-id", "r1");
    let server = answering(response).await;
    let run = Run::new(&["call", "descope", "oauth_exchange", "code=-"]).at(&server).input("c0de\n");
    let ended = run.end();
    assert!(ended.err.starts_with("200 OK in ") && ended.err.ends_with(" ms, request r1\n"), "{ended:?}");
    assert_eq!(ended.json(), session);

    let request = only_request(&server).await;
    assert_eq!((request.method.as_str(), request.url.path()), ("POST", "/v1/auth/oauth/exchange"));
    assert_eq!(header(&request, "authorization"), Some("Bearer P2abc"));
    assert_eq!(body(&request), json!({"code": "c0de"}));
}

/// The settings of a client come from variables, too.
#[tokio::test]
async fn the_settings_of_the_client_are_variables() {
    let session = ResponseTemplate::new(200).set_body_json(json!({}));
    let server = answering(session.append_header("set-cookie", "app_session=a.b.c; Path=/")).await;
    let run = Run::new(&["call", "descope", "oauth_exchange", "code=-"]).at(&server).input("c0de\n");
    let run =
        run.env("DESCOPE_TRUSTED_DEVICE_TOKEN", "d3vice").env("DESCOPE_SESSION_COOKIE_NAME", "app_session");
    let ended = run.end();
    assert!(!ended.err.contains("d3vice"), "{ended:?}");
    assert_eq!(ended.json(), json!({"sessionJwt": "a.b.c"}));
    let request = only_request(&server).await;
    assert_eq!(header(&request, "x-descope-trusted-device-token"), Some("d3vice"));
    assert!(request.headers.iter().all(|(_, value)| value != "app_session"));

    // A token from the environment goes to the server of the environment alone.
    let run = Run::new(&["call", "descope", "keys_get_v2", "projectId=P2abc", "--base-url", &server.uri()]);
    let run = run.env("DESCOPE_PROJECT_ID", "P2abc").env("DESCOPE_TRUSTED_DEVICE_TOKEN", "d3vice");
    let ended = run.end();
    assert_ne!(ended.code, Some(0));
    assert!(ended.err.contains("DESCOPE_TRUSTED_DEVICE_TOKEN is set in the environment"), "{ended:?}");
    assert_eq!(server.received_requests().await.unwrap().len(), 1);
}

#[tokio::test]
async fn a_repeated_name_is_a_list_and_values_have_the_types_of_the_table() {
    let server =
        answering(ResponseTemplate::new(200).set_body_json(json!({"url": "https://p.example/"}))).await;
    let words = ["call", "descope", "oauth_authorize", "provider=google", "prompt=login", "prompt=consent"];
    let more = ["test=true", "locale=en", r#"templateOptions={"a":"b"}"#];
    let words: Vec<&str> = words.into_iter().chain(more).collect();
    let response = Run::new(&words).at(&server).end().success();
    assert_eq!(response, "{\n  \"url\": \"https://p.example/\"\n}\n");

    let request = only_request(&server).await;
    assert_eq!(request.url.query(), Some("provider=google&prompt=login&prompt=consent&test=true"));
    assert_eq!(body(&request), json!({"locale": "en", "templateOptions": {"a": "b"}}));
}

#[tokio::test]
async fn an_empty_list_is_sent_and_a_parameter_goes_by_its_place() {
    let url = ResponseTemplate::new(200).set_body_json(json!({"url": "https://p.example/"}));
    let server = answering(url).await;
    let words = ["call", "descope", "oauth_authorize", "query.provider=google", "templateOptions={}"];
    Run::new(&words).at(&server).end().success();
    let request = only_request(&server).await;
    assert_eq!(request.url.query(), Some("provider=google"));
    assert_eq!(body(&request), json!({"templateOptions": {}}));

    let server = answering(ResponseTemplate::new(200).set_body_json(json!({"session": null}))).await;
    let options = r#"options={"allowedRoles":[]}"#;
    let words = ["call", "nhost", "signup_email_password", "email=a@example.com", "password=-", options];
    Run::new(&words).at(&server).input("s3cret-word\n").end().success();
    let expected =
        json!({"email": "a@example.com", "password": "s3cret-word", "options": {"allowedRoles": []}});
    assert_eq!(body(&only_request(&server).await), expected);
}

#[tokio::test]
async fn a_path_parameter_goes_into_the_path() {
    let server = answering(ResponseTemplate::new(200).set_body_json(json!({"keys": []}))).await;
    Run::new(&["call", "descope", "keys_get_v2", "projectId=P2/x"]).at(&server).end().success();
    assert_eq!(only_request(&server).await.url.path(), "/v2/keys/P2%2Fx");
}

#[tokio::test]
async fn a_redirect_is_printed_and_not_followed() {
    let moved = ResponseTemplate::new(302).insert_header("Location", "https://github.com/login?state=x");
    let server = answering(moved).await;
    let run = Run::new(&["call", "nhost", "signin_provider", "provider=github", "--include"]).at(&server);
    let out = run.end().success();
    assert!(
        out.starts_with("302 Found\n") && out.contains("\nlocation: https://github.com/login?state=x\n"),
        "{out}"
    );
    let (_, response) = out.split_once("\n\n").unwrap();
    let response: Value = serde_json::from_str(response).unwrap();
    assert_eq!(response, json!({"status": 302, "location": "https://github.com/login?state=x"}));
    assert_eq!(only_request(&server).await.url.path(), "/signin/provider/github");
}

#[tokio::test]
async fn the_url_alone_is_had_without_a_call() {
    let server = answering(ResponseTemplate::new(500)).await;
    let words =
        ["call", "nhost", "signin_provider", "provider=github", "allowedRoles=me", "allowedRoles=user"];
    let words: Vec<&str> = words.into_iter().chain(["--url-only"]).collect();
    let url = Run::new(&words).at(&server).end().success();
    assert_eq!(url, format!("{}/signin/provider/github?allowedRoles=me,user\n", server.uri()));
    assert!(server.received_requests().await.unwrap().is_empty());
}

#[tokio::test]
async fn a_form_is_sent_as_one() {
    let server = answering(ResponseTemplate::new(200).set_body_json(json!({"active": false}))).await;
    let words = ["call", "nhost", "oauth2_introspect", "token=-", "client_id=a b"];
    let response = Run::new(&words).at(&server).input("t0ken\n").end().json();
    assert_eq!(response, json!({"active": false}));
    let request = only_request(&server).await;
    assert_eq!(header(&request, "content-type"), Some("application/x-www-form-urlencoded"));
    let sent = String::from_utf8(request.body).unwrap();
    assert!(["client_id=a+b&token=t0ken", "client_id=a%20b&token=t0ken"].contains(&&*sent), "{sent}");
}

#[tokio::test]
async fn a_response_without_a_body_prints_nothing() {
    let server = answering(ResponseTemplate::new(200)).await;
    let words = ["call", "nhost", "oauth2_revoke", "token=-", "client_id=a"];
    let ended = Run::new(&words).at(&server).input("t0ken").end();
    assert!(ended.err.starts_with("200 OK in "), "{ended:?}");
    assert_eq!(ended.success(), "");
}

#[tokio::test]
async fn a_request_may_have_no_body() {
    let server = answering(ResponseTemplate::new(200).set_body_json("OK")).await;
    assert_eq!(Run::new(&["call", "nhost", "system_health"]).at(&server).end().success(), "\"OK\"\n");
    let request = only_request(&server).await;
    assert_eq!((request.method.as_str(), request.url.path()), ("GET", "/healthz"));
    assert_eq!((request.body.len(), header(&request, "authorization")), (0, None));
}

#[tokio::test]
async fn the_body_as_it_came_is_left_alone() {
    let came = r#"{"url":  "https://p.example/"}"#;
    let server = answering(ResponseTemplate::new(200).set_body_raw(came, "application/json")).await;
    let run = Run::new(&["call", "descope", "oauth_authorize", "provider=google", "--raw"]).at(&server);
    assert_eq!(run.end().success(), came);
}

#[tokio::test]
async fn no_media_type_is_asked_for_that_the_operation_does_not_have() {
    let server = answering(ResponseTemplate::new(200)).await;
    let words = ["call", "descope", "oauth_authorize", "provider=google", "--accept", "text/html"];
    let ended = Run::new(&words).at(&server).end();
    let why = "the media type of the response can't be chosen, since the operation has one alone";
    assert!(ended.err.contains(why), "{ended:?}");
    assert!(server.received_requests().await.unwrap().is_empty());
}

#[tokio::test]
async fn a_body_may_be_given_as_json_from_everywhere() {
    let directory = tempfile::tempdir().unwrap();
    let file = directory.path().join("body.json");
    std::fs::write(&file, r#"{"code": "x"}"#).unwrap();
    let file = format!("@{}", file.display());
    for (given, input) in [(r#"{"code": "x"}"#, ""), ("-", "{\"code\":\n\"x\"}"), (&*file, "")] {
        let server = answering(ResponseTemplate::new(200).set_body_json(json!({}))).await;
        let run = Run::new(&["call", "descope", "oauth_exchange", "--body", given]).at(&server).input(input);
        run.end().success();
        assert_eq!(body(&only_request(&server).await), json!({"code": "x"}));
    }
}

#[tokio::test]
async fn an_empty_body_is_sent_where_it_is_given() {
    let server = answering(ResponseTemplate::new(200).set_body_json(json!({"session": null}))).await;
    Run::new(&["call", "nhost", "signin_anonymous", "--body", "{}"]).at(&server).end().success();
    assert_eq!(body(&only_request(&server).await), json!({}));
}

/// What a pipe gives can be read only once.
#[cfg(unix)]
#[tokio::test]
async fn a_file_is_read_once() {
    for (words, input) in
        [(&["code=@/dev/stdin"][..], "c0de\n"), (&["--body", "@/dev/stdin"], r#"{"code": "c0de"}"#)]
    {
        let server = answering(ResponseTemplate::new(200).set_body_json(json!({}))).await;
        let words = [&["call", "descope", "oauth_exchange"], words].concat();
        Run::new(&words).at(&server).input(input).end().success();
        assert_eq!(body(&only_request(&server).await), json!({"code": "c0de"}));
    }
}

#[tokio::test]
async fn a_call_is_repeated_as_often_as_it_is_told_to() {
    for (retries, sent) in [("0", 1), ("1", 2)] {
        let server = answering(ResponseTemplate::new(503).insert_header("Retry-After", "0")).await;
        let words = ["call", "nhost", "system_health", "--retries", retries];
        let ended = Run::new(&words).at(&server).end();
        assert_eq!(ended.code, Some(1), "{ended:?}");
        assert_eq!(server.received_requests().await.unwrap().len(), sent);
    }
}

#[tokio::test]
async fn a_redirect_to_an_app_needs_its_scheme() {
    let found = ResponseTemplate::new(302).insert_header("location", "myapp://signed-in?code=s3cret");
    let server = answering(found).await;
    let words = ["call", "nhost", "signin_provider_callback", "provider=github", "state=x"];
    let refused = Run::new(&words).at(&server).end();
    assert_eq!(refused.code, Some(3), "{refused:?}");
    let why = "the Location leads neither to a page (http, https) nor to a known app: if it is your app, name its scheme by \
               `--app-scheme`";
    assert!(refused.err.contains(why) && !refused.err.contains("s3cret"), "{refused:?}");

    let words: Vec<&str> =
        words.into_iter().chain(["--app-scheme", "other", "--app-scheme", "MyApp"]).collect();
    let redirect = Run::new(&words).at(&server).end().json();
    assert_eq!(redirect, json!({"status": 302, "location": "myapp://signed-in?code=s3cret"}));
    for (scheme, why) in [
        ("javascript", "the app scheme `javascript` is not an app's: a URL with it can run a script"),
        ("myapp://", "the app scheme `myapp://` is not the scheme of a URL: write it without `:`"),
    ] {
        let words = ["call", "nhost", "system_health", "--app-scheme", scheme];
        let refused = Run::new(&words).at(&server).end();
        assert_eq!(refused.code, Some(2), "{refused:?}");
        assert!(refused.err.contains(why), "{refused:?}");
    }
}

#[tokio::test]
async fn further_headers_are_sent_and_never_repeated() {
    let server = answering(ResponseTemplate::new(200)).await;
    let health = ["call", "nhost", "system_health"];
    let run = |options: &[&str]| {
        let words: Vec<&str> = health.iter().chain(options).copied().collect();
        Run::new(&words).at(&server).input("s3cret\n").end()
    };
    run(&["--header", "x-tenant=a=b", "--header", "x-gateway=-"]).success();
    let sent = only_request(&server).await;
    assert_eq!((header(&sent, "x-tenant"), header(&sent, "x-gateway")), (Some("a=b"), Some("s3cret")));

    let shown = run(&["--header", "x-gateway=-", "--dry-run"]).success();
    assert!(shown.contains("\nx-gateway: [secret]\n") && !shown.contains("s3cret"), "{shown}");
    for (options, why) in [
        (["--header", "s3cret"], "`--header` takes a name and a value: write `--header NAME=VALUE`"),
        (["--header", "authorization=s3cret"], "header `authorization` is set by the client"),
        (["--header", "x y=s3cret"], "header `x y` is not a valid header name"),
        (
            ["--header", "accept=s3cret"],
            "header `accept` is set by the client itself: ask a call for another media type by `--accept`\n",
        ),
        (["--header", "content-type=s3cret"], "header `content-type` is set by the client itself\n"),
        (
            ["--header", "accept-encoding=s3cret"],
            "header `accept-encoding` is set by the HTTP client, which unpacks responses\n",
        ),
        (["--header", "te=s3cret"], "header `te` is set by the HTTP client, which makes the connections\n"),
        (
            ["--header", "proxy-authorization=s3cret"],
            "header `proxy-authorization` would go to the service instead of a proxy\n",
        ),
        (
            ["--header=x-tenant=a", "--header=X-Tenant=s3cret"],
            "error: the header `X-Tenant` is given twice: keep one `--header`, with all values of the header in it\n",
        ),
    ] {
        let refused = run(&options);
        assert_eq!(refused.code, Some(2), "{refused:?}");
        assert!(refused.err.contains(why) && !refused.err.contains("s3cret"), "{refused:?}");
    }
}

#[tokio::test]
async fn the_length_of_a_body_has_a_limit() {
    let server = answering(ResponseTemplate::new(200).set_body_string("[1, 2, 3]")).await;
    let words = ["call", "nhost", "system_health", "--max-body", "8", "--connect-timeout", "5"];
    let ended = Run::new(&words).at(&server).end();
    assert_eq!(ended.code, Some(3), "{ended:?}");
    assert!(ended.err.contains("8 bytes"), "{ended:?}");
}
