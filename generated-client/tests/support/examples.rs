//! The examples of the specs, by operation.

use std::collections::BTreeMap;
use std::fs;
use std::path::Path;
use std::sync::LazyLock;

use generated_client::runtime::OperationInfo;
use generated_client::services;
use serde_json::Value;

/// What the spec gives as examples of one operation.
#[derive(Debug, Default)]
pub(crate) struct Examples {
    /// By the name of the parameter.
    pub(crate) parameters: BTreeMap<String, Value>,
    pub(crate) requests: Vec<Value>,
    pub(crate) responses: Vec<Example>,
    pub(crate) failures: Vec<Example>,
}

/// A response of the service.
#[derive(Clone, Debug, PartialEq)]
pub(crate) struct Example {
    pub(crate) status: u16,
    pub(crate) content: Content,
}

#[derive(Clone, Debug, PartialEq)]
pub(crate) enum Content {
    Nothing,
    Json(Value),
    Text(String),
    /// Where a redirect leads.
    Location(String),
}

impl Content {
    pub(crate) fn media_type(&self) -> &'static str {
        match self {
            Self::Text(_) => "text/plain",
            _ => "application/json",
        }
    }

    /// The bytes of the body.
    pub(crate) fn body(&self) -> String {
        match self {
            Self::Json(value) => value.to_string(),
            Self::Text(text) => text.clone(),
            Self::Nothing | Self::Location(_) => String::new(),
        }
    }
}

/// The examples of an operation of the table.
pub(crate) fn of(info: &OperationInfo) -> &'static Examples {
    static ALL: LazyLock<BTreeMap<(String, String), Examples>> = LazyLock::new(read);
    let key = (info.service.to_owned(), info.spec.id.to_owned());
    ALL.get(&key).unwrap_or_else(|| panic!("{key:?} isn't in the spec"))
}

fn read() -> BTreeMap<(String, String), Examples> {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("../spec");
    let mut inputs = BTreeMap::new();
    for service in services() {
        let service = service.spec.name;
        for file in fs::read_dir(root.join(service)).unwrap() {
            let path = file.unwrap().path();
            let name = path.file_name().unwrap().to_str().unwrap();
            if name.ends_with(".yaml") {
                inputs.insert(format!("spec/{service}/{name}"), fs::read_to_string(&path).unwrap());
            }
        }
    }
    let documents = generator::documents(&inputs).unwrap_or_else(|faults| panic!("{faults}"));
    documents.iter().flat_map(|(service, document)| of_service(service, document)).collect()
}

fn of_service<'a>(
    service: &'a str,
    document: &'a Value,
) -> impl Iterator<Item = ((String, String), Examples)> + 'a {
    let operations = members(&document["paths"]).flat_map(|(_, path)| members(path));
    operations.filter_map(move |(_, operation)| {
        let id = operation["operationId"].as_str()?;
        Some(((service.to_owned(), id.to_owned()), of_operation(operation)))
    })
}

fn of_operation(operation: &Value) -> Examples {
    let mut examples = Examples::default();
    for parameter in operation["parameters"].as_array().into_iter().flatten() {
        let within = members(&parameter["content"]).flat_map(|(_, media)| values(media));
        if let Some(example) = values(parameter).into_iter().chain(within).next() {
            examples.parameters.insert(parameter["name"].as_str().unwrap().to_owned(), example);
        }
    }
    examples.requests =
        members(&operation["requestBody"]["content"]).flat_map(|(_, media)| values(media)).collect();
    for (status, response) in members(&operation["responses"]) {
        // Any status that isn't declared will do for `default`.
        let status = status.parse().unwrap_or(500);
        let of_kind = if status < 400 { &mut examples.responses } else { &mut examples.failures };
        of_kind.extend(contents(response).into_iter().map(|content| Example { status, content }));
    }
    examples
}

fn contents(response: &Value) -> Vec<Content> {
    let locations = values(&response["headers"]["Location"]);
    if let Some(location) = locations.first() {
        return vec![Content::Location(location.as_str().unwrap().to_owned())];
    }
    if !response["content"].is_object() {
        return vec![Content::Nothing];
    }
    let of_media = |(media_type, media): (&String, &Value)| {
        let is_json = media_type.ends_with("json");
        let content = move |value: Value| match value {
            Value::String(text) if !is_json => Content::Text(text),
            value => Content::Json(value),
        };
        values(media).into_iter().map(content).collect::<Vec<_>>()
    };
    members(&response["content"]).flat_map(of_media).collect()
}

/// What stands under `example` or `examples`.
fn values(media: &Value) -> Vec<Value> {
    let several = members(&media["examples"]).filter_map(|(_, example)| example.get("value"));
    media.get("example").into_iter().chain(several).cloned().collect()
}

fn members(value: &Value) -> impl Iterator<Item = (&String, &Value)> {
    value.as_object().into_iter().flatten()
}
