//! What operations respond with in the spec.

use generated_client::testing::MockTransport;
use generated_client::{descope, nhost};

#[test]
fn a_response_has_its_type() {
    let session = descope::examples::oauth_exchange();
    assert!(session.session_jwt.expose().starts_with("eyJ"));
    let url = descope::examples::oauth_authorize().url;
    assert!(url.starts_with("https://accounts.google.com/"));
    let session = nhost::examples::token_refresh();
    assert!(!session.access_token.expose().is_empty());
    let redirect = nhost::examples::signin_provider();
    assert!(redirect.url().as_str().starts_with("http"));
    nhost::examples::token_sign_out();
}

/// A call gives the same, also where the response is a redirect or empty.
#[tokio::test]
async fn a_transport_gives_the_same_response() {
    use nhost::signin::SigninProvider;
    use nhost::token::{TokenRefresh, TokenSignOut};

    let mock =
        MockTransport::new().example::<TokenRefresh>().example::<TokenSignOut>().example::<SigninProvider>();
    let client = nhost::Client::builder("https://auth.example.com/v1").transport(mock).build().unwrap();
    let token = "6b1e7c52-90c4-4b3f-8a35-2f0d3cf1a7e9";
    let session = client.token().refresh(token).send().await.unwrap();
    assert_eq!(session, nhost::examples::token_refresh());
    client.token().sign_out().refresh_token(token).send().await.unwrap();
    let redirect = client.signin().provider(nhost::Provider::Github).send().await.unwrap();
    assert_eq!(redirect, nhost::examples::signin_provider());
}
