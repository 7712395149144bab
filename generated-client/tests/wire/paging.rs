//! Every operation that gives a list in pages is asked for the next page as its spec says.

use futures_util::TryStreamExt;
use generated_client::descope_management::{Client, operations};
use generated_client::runtime::{OperationInfo, PageUnit, ParameterLocation};
use serde_json::{Value, json};
use wiremock::ResponseTemplate;

use crate::harness::{Server, without_proxy};

fn client(server: &Server) -> Client {
    let builder = Client::builder("P2aAc4T2V93bddihGEx2Ryhc8e5Z", "K2abc").base_url(server.uri());
    builder.http_client_builder(without_proxy()).build().unwrap()
}

fn ok(body: Value) -> ResponseTemplate {
    ResponseTemplate::new(200).set_body_json(body)
}

/// The value that a request has for an argument.
fn argument(info: &OperationInfo, sent: &wiremock::Request, name: &str) -> Option<String> {
    let in_query = info
        .spec
        .parameters
        .iter()
        .any(|parameter| parameter.name == name && parameter.location == ParameterLocation::Query);
    if in_query {
        return sent.url.query_pairs().find(|(given, _)| given == name).map(|(_, value)| value.into_owned());
    }
    sent.body_json::<Value>().unwrap().get(name).map(Value::to_string)
}

#[tokio::test]
async fn each_operation_is_asked_for_its_second_page() {
    let paged = operations().into_iter().filter_map(|info| Some((info, info.spec.paging?)));
    let paged: Vec<_> = paged.collect();
    assert_eq!(paged.len(), 10);
    for (info, paging) in paged {
        let page = |items: Value| {
            let mut page = json!({paging.items: items});
            page[paging.total.unwrap_or("unheard")] = json!(3);
            ok(page)
        };
        let server = Server::answering_first((1, page(json!([{}, {}]))), page(json!([{}]))).await;
        let mut given = serde_json::Map::new();
        let scim = client(&server).with_access_key("K2scim");
        given.insert(paging.size.unwrap().to_owned(), json!(2));
        for parameter in info.spec.parameters.iter().filter(|parameter| parameter.required) {
            given.insert(parameter.argument.to_owned(), json!("needed"));
        }
        let mut pages = scim.operation_pages(info.spec.id, given).unwrap();
        let mut count = 0;
        while let Some(page) = pages.next_page().await.unwrap() {
            count += page[paging.items].as_array().unwrap().len();
        }
        assert_eq!(count, 3, "{}", info.spec.id);
        let asked: Vec<_> = server
            .requests()
            .await
            .iter()
            .map(|sent| (argument(info, sent, paging.position), argument(info, sent, paging.size.unwrap())))
            .collect();
        let second = if paging.counts == PageUnit::Pages { "1" } else { "3" };
        let size = Some("2".to_owned());
        assert_eq!(asked, [(None, size.clone()), (Some(second.to_owned()), size)], "{}", info.spec.id);
    }
}

#[tokio::test]
async fn users_are_a_stream() {
    let user = |id: &str| json!({"userId": id, "loginIds": [id]});
    let server = Server::answering_first(
        (1, ok(json!({"users": [user("U1"), user("U2")], "total": 3}))),
        ok(json!({"users": [user("U3")], "total": 3})),
    )
    .await;
    let users = client(&server).user().search().tenant_ids(["T1"]).limit(2).items().into_stream();
    let ids: Vec<_> = users.map_ok(|user| user.user_id).try_collect().await.unwrap();
    assert_eq!(ids.len(), 3);
    let bodies: Vec<Value> = server.requests().await.iter().map(|sent| sent.body_json().unwrap()).collect();
    let expected =
        [json!({"tenantIds": ["T1"], "limit": 2}), json!({"tenantIds": ["T1"], "limit": 2, "page": 1})];
    assert_eq!(bodies, expected);
}
