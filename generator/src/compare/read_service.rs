//! The items of a service: its client, its groups and its questions.

use super::attribute::Attribute as A;
use super::fact::Fact;
use super::item::{Item, Kind, WireDirection, route};
use super::{read_operations, read_schemas};
use crate::model::{Api, OperationGroup, Placement, SchemeRole, SecurityScheme, Server};
use crate::names;

/// All items of a service.
pub(super) fn items(api: &Api) -> Vec<Item> {
    let service = of_service(api);
    let mut items = Vec::new();
    items.extend(api.schemes.iter().map(|scheme| of_scheme(api, scheme, &service)));
    items.extend(of_questions(api, &service));
    for group in &api.groups {
        let item = of_group(api, group, &service);
        let operations = group.operations.iter();
        items.extend(operations.flat_map(|operation| read_operations::items(api, operation, &item)));
        items.push(item);
    }
    items.extend(read_schemas::items(api).into_iter().map(|item| match item.parent {
        Some(_) => item,
        None => item.within(&service),
    }));
    items.push(service);
    items
}

fn of_service(api: &Api) -> Item {
    let path = format!("generated_client::{}", names::module(&api.service));
    let texts = [&api.title, &api.description, &api.server.description];
    let texts = texts.map(String::as_str).join("\n");
    let base = api.schemes.iter().filter(|scheme| scheme.role == SchemeRole::Base);
    let base: Vec<String> = base.map(|scheme| scheme.name.clone()).collect();
    Item::new(&api.service, Kind::Service, &api.service, WireDirection::Nowhere)
        .called(format!("{path}::Client::builder"))
        .declared("Client")
        .declared("builder")
        .declared("Carries")
        .declared(&format!("Conventions for {}", names::pascal(&api.service)))
        .declared("Anonymous")
        .declared("Error")
        .text(A::Server, api.server.fixed_url().unwrap_or_default())
        .text(A::Default, url_template(&api.server))
        .text(A::Description, texts)
        .text(A::Documentation, api.docs.clone().unwrap_or_default())
        .text(A::Shape, if api.server.fixed_url().is_some() { "known" } else { "an argument" })
        .flag(A::HandWritten, api.is_hand_written)
        .fact(A::Role, Fact::Set(base.clone()))
        .fact(A::Arguments, Fact::Order(base))
}

/// A base URL that callers have to complete, with its variables.
fn url_template(server: &Server) -> String {
    let template = if server.fixed_url().is_some() { "" } else { &server.url };
    let variables = server.variables.iter().map(|it| {
        let values =
            if it.values.is_empty() { String::new() } else { format!(" of {}", it.values.join(", ")) };
        format!("; {}: {}{values}. {}", it.name, it.default, it.description)
    });
    std::iter::once(template.to_owned()).chain(variables).collect()
}

fn of_scheme(api: &Api, scheme: &SecurityScheme, service: &Item) -> Item {
    let (role, call) = match scheme.role {
        SchemeRole::Base => ("every client", "builder".to_owned()),
        SchemeRole::Part => ("the clients that are built with it", names::snake(&scheme.name)),
        SchemeRole::Carried => ("the clients that were given it", names::carrying(&scheme.name)),
        SchemeRole::Setting => {
            ("the clients that were given it, beside others", names::carrying(&scheme.name))
        }
    };
    let mut item = Item::new(&api.service, Kind::Scheme, &scheme.name, WireDirection::InRequests)
        .within(service)
        .called(format!("generated_client::{}::Client::{call}", names::module(&api.service)))
        .found_by(format!("{role}, {}, {}", placement(scheme), scheme.description))
        .declared(&format!("Carries for {}", names::pascal(&scheme.name)))
        .declared("Client")
        .declared("builder")
        .declared("Carries")
        .text(A::Role, role)
        .text(A::Placement, placement(scheme))
        .text(A::Shape, if scheme.placement == Placement::Basic { "two values" } else { "one value" })
        .fact(A::Parts, Fact::Set(scheme.parts.clone()))
        .fact(A::Order, Fact::Order(scheme.parts.clone()))
        .text(A::NotSensitive, scheme.not_sensitive.clone().unwrap_or_default())
        .text(A::Description, &scheme.description);
    for section in ["base", "parts", "carried", "settings"] {
        for name in [names::pascal(&scheme.name), names::snake(&scheme.name)] {
            item = item.declared_in(section, &name);
        }
    }
    item
}

fn placement(scheme: &SecurityScheme) -> String {
    match &scheme.placement {
        Placement::Bearer => "bearer token".to_owned(),
        Placement::Basic => "user name and password".to_owned(),
        Placement::Header(name) => format!("header {name}"),
        Placement::Query(name) => format!("query parameter {name}"),
        Placement::Cookie(name) => format!("cookie {name}"),
        Placement::All(schemes) => schemes.iter().map(placement).collect::<Vec<_>>().join(" and "),
        Placement::Unsent => "not sent".to_owned(),
    }
}

fn of_questions(api: &Api, service: &Item) -> Vec<Item> {
    let path = |name: &str| format!("generated_client::{}::Error::{name}", names::module(&api.service));
    let asked = api.questions.asked.iter().map(|(name, text)| {
        let method = names::question(name);
        Item::new(&api.service, Kind::Question, name, WireDirection::InResponses)
            .within(service)
            .called(path(&method))
            .declared("Error")
            .text(A::Description, text)
    });
    let meanings = api.questions.meanings.iter().map(|(code, question)| {
        Item::new(&api.service, Kind::Meaning, code, WireDirection::InResponses)
            .within(service)
            .called(path(&names::question(question)))
            .declared_in("codes", code)
            .text(A::Question, question)
    });
    asked.chain(meanings).collect()
}

fn of_group(api: &Api, group: &OperationGroup, service: &Item) -> Item {
    let (of, module) = (names::module(&api.service), names::module(&group.stem));
    let operations: Vec<String> = group.operations.iter().map(route).collect();
    Item::new(&api.service, Kind::Group, &group.stem, WireDirection::Nowhere)
        .within(service)
        .called(format!("generated_client::{of}::{module}"))
        .called(format!("generated_client::{of}::Client::{module}"))
        .declared_in("groups", &module)
        .declared(&format!("{module}/{}", names::group_type(&group.stem)))
        .found_by(operations.join(", "))
        .text(A::Description, &group.description)
}
