//! Social login, single sign-on, and accounts at other applications.

use crate::support::{ADA, JANE, ada, carrying, code, minutes, signed_in, started, valid};
use generated_client::descope::{Client, RedirectOutcome, SignInRedirect};
use reqwest::Url;
use reqwest::redirect::Policy;

const BACK: &str = "https://app.example.com/callback?app_state=s1";

/// Goes through a provider's page as a browser does, and gives the URL of the application that it ends at.
async fn choose(page: &str, link: &str) -> Url {
    let browser = reqwest::Client::builder().redirect(Policy::none()).build().unwrap();
    let html = browser.get(page).send().await.unwrap().text().await.unwrap();
    let (before, _) = html.split_once(link).unwrap();
    let href = before.rsplit("href=\"").next().unwrap().split('"').next().unwrap().replace("&amp;", "&");
    let mut url = page.parse::<Url>().unwrap().join(&href).unwrap();
    while url.host_str() == Some("127.0.0.1") {
        let response = browser.get(url).send().await.unwrap();
        url = response.headers()["location"].to_str().unwrap().parse().unwrap();
    }
    url
}

/// The code with which the browser comes back.
fn code_in(url: &Url) -> String {
    assert!(url.as_str().starts_with(BACK), "{url}");
    match SignInRedirect::from_url(url).outcome {
        RedirectOutcome::Code(code) => code.expose().clone(),
        other => panic!("{other:?} in {url}"),
    }
}

fn failure_in(url: &Url) -> String {
    match SignInRedirect::from_url(url).outcome {
        RedirectOutcome::Failed(failure) => failure.text,
        other => panic!("{other:?} in {url}"),
    }
}

async fn page(client: &Client) -> String {
    client.oauth().authorize("google").redirect_url(BACK).send().await.unwrap().url
}

#[tokio::test]
async fn a_person_chooses_an_account_and_the_code_works_once() {
    let (fake, client) = started().await;
    let code_text = code_in(&choose(&page(&client).await, "Ada Lovelace").await);
    let session = client.oauth().exchange(&*code_text).send().await.unwrap();
    assert_eq!(session.first_seen, Some(true));
    let user = session.user.as_ref().unwrap();
    assert_eq!((user.email.as_deref(), user.name.as_deref()), (Some(ADA), Some("Ada Lovelace")));
    assert_eq!(valid(&fake, &client, &session).await.methods(), ["oauth"]);
    assert_eq!(code(&client.oauth().exchange(&*code_text).send().await.unwrap_err()), "E011004");

    let late = code_in(&choose(&page(&client).await, "Ada Lovelace").await);
    fake.clock().advance(minutes(1));
    assert_eq!(code(&client.oauth().exchange(late).send().await.unwrap_err()), "E011004");
}

#[tokio::test]
async fn a_person_cancels_and_comes_too_late() {
    let (fake, client) = started().await;
    assert_eq!(failure_in(&choose(&page(&client).await, "Cancel").await), "access_denied");
    let page = page(&client).await;
    fake.clock().advance(minutes(3));
    assert_eq!(failure_in(&choose(&page, "Ada Lovelace").await), "E011004");
    let unknown = client.oauth().authorize("nobody").send().await.unwrap_err();
    assert_eq!(code(&unknown), "E061002");
}

#[tokio::test]
async fn sign_in_and_sign_up_are_told_apart() {
    let (_fake, client) = started().await;
    let sign_in = || async {
        let started = client.oauth().authorize_sign_in("github").redirect_url(BACK).send().await.unwrap();
        choose(&started.url, "Ada Lovelace").await
    };
    let sign_up = || async {
        let started = client.oauth().authorize_sign_up("github").redirect_url(BACK).send().await.unwrap();
        choose(&started.url, "Ada Lovelace").await
    };
    assert_eq!(failure_in(&sign_in().await), "E062108");
    code_in(&sign_up().await);
    assert_eq!(failure_in(&sign_up().await), "E062107");
    code_in(&sign_in().await);
}

#[tokio::test]
async fn an_account_is_linked_to_the_signed_in_user() {
    let (fake, client) = started().await;
    let session = signed_in(&fake, &client, JANE).await;
    let user = carrying(&client, &session);
    let update = || user.oauth().authorize_update("github").redirect_url(BACK);
    let started = update().send().await.unwrap();
    assert_eq!(failure_in(&choose(&started.url, "Ada Lovelace").await), "E011004", "it shares no address");
    let started = update().allow_all_merge(true).send().await.unwrap();
    let code = code_in(&choose(&started.url, "Ada Lovelace").await);
    let linked = client.oauth().exchange(code).send().await.unwrap().user.unwrap();
    assert_eq!(linked.user_id, session.user.unwrap().user_id);
    assert_eq!(linked.email.as_deref(), Some(JANE), "the address stays");
    assert!(linked.login_ids.iter().any(|login_id| login_id.starts_with("github-")), "{linked:?}");
    let again = client.oauth().authorize("github").redirect_url(BACK).send().await.unwrap();
    let code = code_in(&choose(&again.url, "Ada Lovelace").await);
    assert_eq!(client.oauth().exchange(code).send().await.unwrap().user.unwrap().user_id, linked.user_id);
}

#[tokio::test]
async fn one_person_is_one_user_if_the_address_is_confirmed() {
    let (fake, client) = started().await;
    let by_code = signed_in(&fake, &client, ADA).await;
    let code = code_in(&choose(&page(&client).await, "Ada Lovelace").await);
    let by_google = client.oauth().exchange(code).send().await.unwrap();
    assert_eq!(by_google.user.unwrap().user_id, by_code.user.unwrap().user_id);
}

#[tokio::test]
async fn a_tenant_has_its_own_identity_provider() {
    let (fake, client) = started().await;
    let unknown = client.sso().authorize("acme").redirect_url(BACK).send().await.unwrap_err();
    assert_eq!(code(&unknown), "E011004");
    let tenants = fake.management().unwrap();
    let domains = ["example.com"];
    tenants.tenant().create("Acme").id("acme").self_provisioning_domains(domains).send().await.unwrap();
    for tenant in ["acme", "somebody@example.com"] {
        let started = client.sso().authorize(tenant).redirect_url(BACK).send().await.unwrap();
        let code = code_in(&choose(&started.url, "Ada Lovelace").await);
        let session = client.sso().exchange(code).send().await.unwrap();
        assert_eq!(session.tenant_sso_id.as_deref(), Some("acme"));
        let claims = valid(&fake, &client, &session).await;
        assert_eq!(
            (claims.methods(), claims.tenants().collect::<Vec<_>>()),
            (&["fed".to_owned()][..], vec!["acme"])
        );
    }
    let started = client.saml().authorize("acme").redirect_url(BACK).send().await.unwrap();
    let code = code_in(&choose(&started.url, "Grace Hopper").await);
    client.saml().exchange(code).send().await.unwrap();
}

#[tokio::test]
async fn an_id_token_signs_in() {
    let (fake, client) = started().await;
    let id = client.one_tap().client_id("google").send().await.unwrap().client_id;
    assert!(id.starts_with("google-client-of-"), "{id}");
    let session = client.one_tap().exchange("google", ada(&fake, "n1"), "n1").send().await.unwrap();
    valid(&fake, &client, &session).await;
    let other_nonce = client.one_tap().exchange("google", ada(&fake, "n1"), "n2").send().await.unwrap_err();
    assert_eq!(code(&other_nonce), "E011004");
    let verified = client.one_tap().verify("google", ada(&fake, "n1"), "n1").send().await.unwrap();
    client.oauth().exchange(verified.code.expose()).send().await.unwrap();

    let start = client.oauth().native_start("google").send().await.unwrap();
    let token = ada(&fake, start.nonce.expose());
    let finish = client.oauth().native_finish("google", start.state_id.expose()).id_token(token);
    finish.send().await.unwrap();
    let start = client.oauth().native_start("google").send().await.unwrap();
    let code_text = fake.providers().choose("google", ADA).unwrap();
    let finish = client.oauth().native_finish("google", start.state_id.expose()).code(code_text);
    finish.send().await.unwrap();
    let again = client.oauth().native_finish("google", start.state_id.expose()).send().await.unwrap_err();
    assert_eq!(code(&again), "E011004");
}

#[tokio::test]
async fn a_user_connects_an_account_at_another_application() {
    let (fake, client) = started().await;
    let session = signed_in(&fake, &client, JANE).await;
    let user = carrying(&client, &session);
    let options = generated_client::descope::outbound::OutboundConnectOptions::default().redirect_url(BACK);
    let started = user.outbound().connect("calendar").options(options).send().await.unwrap();
    assert_eq!(choose(&started.url, "Ada Lovelace").await.as_str(), BACK);
    let unknown = user.outbound().connect("nothing").send().await.unwrap_err();
    assert_eq!(code(&unknown), "E011004");
}
