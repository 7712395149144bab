//! The styles of parameters: the rows of OpenAPI's table, as a server sees them. Members are in the order of their names.

use generator_cases::parameter_styles::parameter_styles::{Between, Created, Mix, ParameterStylesApi};
use generator_cases::parameter_styles::{BaseKey, Client};
use wiremock::ResponseTemplate;

use crate::server::Server;

async fn server() -> (Server, ParameterStylesApi<BaseKey>) {
    let server = Server::responding(ResponseTemplate::new(204)).await;
    let client = Client::builder("key").base_url(server.url()).build().unwrap();
    let group = client.parameter_styles();
    (server, group)
}

fn list() -> [&'static str; 3] {
    ["blue", "black", "brown"]
}

fn mix() -> Mix {
    Mix::default().r(100).g(200).b(150)
}

/// The target of the last request, without its method.
async fn target(server: &Server) -> String {
    server.last().await.0.trim_start_matches("GET ").to_owned()
}

#[tokio::test]
async fn in_a_path() {
    let (server, styles) = server().await;
    styles.simple("blue", list(), mix()).send().await.unwrap();
    assert_eq!(target(&server).await, "/simple/blue/blue,black,brown/B,150,G,200,R,100");
    styles.simple_exploded("blue", list(), mix()).send().await.unwrap();
    assert_eq!(target(&server).await, "/simple-exploded/blue/blue,black,brown/B=150,G=200,R=100");
    styles.label("blue", list(), mix()).send().await.unwrap();
    assert_eq!(target(&server).await, "/label/.blue/.blue,black,brown/.B,150,G,200,R,100");
    styles.label_exploded("blue", list(), mix()).send().await.unwrap();
    assert_eq!(target(&server).await, "/label-exploded/.blue/.blue.black.brown/.B=150.G=200.R=100");
    styles.matrix("blue", list(), mix()).send().await.unwrap();
    assert_eq!(target(&server).await, "/matrix/;text=blue/;list=blue,black,brown/;object=B,150,G,200,R,100");
    styles.matrix_exploded("", list(), mix()).send().await.unwrap();
    assert_eq!(
        target(&server).await,
        "/matrix-exploded/;text/;list=blue;list=black;list=brown/;B=150;G=200;R=100"
    );
    let error = styles.label("", list(), mix()).send().await.unwrap_err();
    assert!(error.to_string().contains("parameter `text` can't be a segment of a path"), "{error}");
}

#[tokio::test]
async fn in_a_query() {
    let (server, styles) = server().await;
    styles.form().text("").list(list()).object(mix()).send().await.unwrap();
    assert_eq!(target(&server).await, "/form?text=&list=blue&list=black&list=brown&B=150&G=200&R=100");
    styles.form_joined().text("blue").list(list()).object(mix()).send().await.unwrap();
    assert_eq!(
        target(&server).await,
        "/form-joined?text=blue&list=blue,black,brown&object=B,150,G,200,R,100"
    );
    styles.spaces().list(list()).object(mix()).send().await.unwrap();
    assert_eq!(target(&server).await, "/spaces?list=blue%20black%20brown&object=B%20150%20G%20200%20R%20100");
    styles.spaces_exploded().list(list()).object(mix()).send().await.unwrap();
    assert_eq!(target(&server).await, "/spaces-exploded?list=blue&list=black&list=brown&B=150&G=200&R=100");
    styles.pipes().list(list()).object(mix()).send().await.unwrap();
    assert_eq!(target(&server).await, "/pipes?list=blue%7Cblack%7Cbrown&object=B%7C150%7CG%7C200%7CR%7C100");
    styles.deep_object().list(["a"]).object(mix()).send().await.unwrap();
    assert_eq!(
        target(&server).await,
        "/deep-object?list%5B0%5D=a&object%5BB%5D=150&object%5BG%5D=200&object%5BR%5D=100"
    );
}

#[tokio::test]
async fn a_choice_is_written_as_what_it_holds() {
    let (server, styles) = server().await;
    styles.choice().created(Created::Integer(7)).send().await.unwrap();
    assert_eq!(target(&server).await, "/choice?created=7");
    styles.choice().created(Created::Between(Between::new(7))).send().await.unwrap();
    assert_eq!(target(&server).await, "/choice?created%5Bgte%5D=7");
}

#[tokio::test]
async fn a_member_that_breaks_its_limits_is_refused_in_every_style() {
    let (_server, styles) = server().await;
    let refused = |error: generator_cases::runtime::Error<_>| error.to_string();
    let red = mix().r(256);
    for error in [
        refused(styles.simple("blue", list(), red.clone()).send().await.unwrap_err()),
        refused(styles.form().object(red.clone()).send().await.unwrap_err()),
        refused(styles.deep_object().object(red).send().await.unwrap_err()),
    ] {
        assert!(error.ends_with("member `R` of parameter `object` is more than 255"), "{error}");
    }
    let error = styles.choice().created(Created::Between(Between::new(-1))).send().await.unwrap_err();
    let error = refused(error);
    assert!(error.ends_with("member `gte` of parameter `created` is less than 0"), "{error}");
    styles.simple("blue", list(), mix().r(255)).send().await.unwrap();
}

#[tokio::test]
async fn reserved_characters_and_empty_values() {
    let (server, styles) = server().await;
    styles.reserved().text("a/b?c=d&e#f").send().await.unwrap();
    assert_eq!(target(&server).await, "/reserved?text=a/b?c=d%26e%23f");
    styles.empty().archived(true).send().await.unwrap();
    assert_eq!(target(&server).await, "/empty?archived=true");
    styles.empty().archived(None).send().await.unwrap();
    assert_eq!(target(&server).await, "/empty?archived=");
    styles.empty().send().await.unwrap();
    assert_eq!(target(&server).await, "/empty");
}

#[tokio::test]
async fn in_headers() {
    let (server, styles) = server().await;
    styles.headers().x_list(list()).x_object(mix()).x_pairs(mix()).send().await.unwrap();
    assert_eq!(server.header("x-list").await.as_deref(), Some("blue,black,brown"));
    assert_eq!(server.header("x-object").await.as_deref(), Some("B,150,G,200,R,100"));
    assert_eq!(server.header("x-pairs").await.as_deref(), Some("B=150,G=200,R=100"));
    let nothing = styles.headers().x_list([""; 0]).x_object(Mix::default()).x_pairs(Mix::default());
    nothing.send().await.unwrap();
    for name in ["x-list", "x-object", "x-pairs"] {
        assert_eq!(server.header(name).await, None, "{name}");
    }
    styles.headers().x_list([""]).send().await.unwrap();
    assert_eq!(server.header("x-list").await.as_deref(), Some(""));
}

#[tokio::test]
async fn in_cookies() {
    let (server, styles) = server().await;
    styles.cookies().text("a b;c").list(list()).object(mix()).send().await.unwrap();
    assert_eq!(
        server.header("cookie").await.as_deref(),
        Some("text=a%20b%3Bc; list=blue,black,brown; B=150; G=200; R=100")
    );
    styles.cookies().list([""; 0]).text("").object(Mix::default()).send().await.unwrap();
    assert_eq!(server.header("cookie").await.as_deref(), Some("text="));
    styles.cookies().list([""; 0]).object(Mix::default()).send().await.unwrap();
    assert_eq!(server.header("cookie").await, None);
}

#[tokio::test]
async fn as_json_everywhere() {
    let (server, styles) = server().await;
    styles.json(mix()).x_mix(mix()).mix_cookie(mix()).send().await.unwrap();
    // The order of the members of a map is that of serde_json, which its features decide.
    let text = serde_json::to_value(mix()).unwrap().to_string();
    let encoded = text.replace('{', "%7B").replace('}', "%7D").replace('"', "%22");
    let encoded = encoded.replace(':', "%3A").replace(',', "%2C");
    assert_eq!(target(&server).await, format!("/json/{encoded}"));
    assert_eq!(server.header("x-mix").await, Some(text));
    assert_eq!(server.header("cookie").await, Some(format!("mix_cookie={encoded}")));
}
