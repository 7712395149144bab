//! Generates plain progenitor's side from the spec: one operation, in builder style, as progenitor's users get it.

use std::collections::BTreeMap;
use std::error::Error;
use std::ffi::OsStr;
use std::path::{Path, PathBuf};
use std::{env, fs};

use openapiv3::OpenAPI;
use progenitor_impl::{GenerationSettings, Generator, InterfaceStyle, TagStyle};
use serde_json::{Map, Value};

const SPEC: &str = "spec/descope";
const PATH: &str = "/v1/auth/oauth/exchange";

fn main() -> Result<(), Box<dyn Error>> {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("../..");
    println!("cargo::rerun-if-changed={}", root.join(SPEC).display());
    let documents = generator::documents(&texts(&root)?).map_err(|faults| faults.to_string())?;
    let (_, mut document) = documents.into_iter().next().ok_or("there is no spec")?;
    keep_one_operation(&mut document).ok_or("the spec has no such operation")?;
    let document: OpenAPI = serde_json::from_value(document)?;

    let mut settings = GenerationSettings::new();
    settings.with_interface(InterfaceStyle::Builder).with_tag(TagStyle::Merged);
    let code = Generator::new(&settings).generate_tokens(&document)?;
    fs::write(PathBuf::from(env::var("OUT_DIR")?).join("plain.rs"), code.to_string())?;
    Ok(())
}

/// The files of the spec by their paths from the root.
fn texts(root: &Path) -> Result<BTreeMap<String, String>, Box<dyn Error>> {
    let mut texts = BTreeMap::new();
    for entry in fs::read_dir(root.join(SPEC))? {
        let path = entry?.path();
        if let (Some(name), Some("yaml")) =
            (path.file_name().and_then(OsStr::to_str), path.extension().and_then(OsStr::to_str))
        {
            texts.insert(format!("{SPEC}/{name}"), fs::read_to_string(&path)?);
        }
    }
    Ok(texts)
}

/// Leaves out the other operations with their schemas, and the failures, which progenitor takes in one form alone.
fn keep_one_operation(document: &mut Value) -> Option<()> {
    document.get_mut("paths")?.as_object_mut()?.retain(|path, _| path == PATH);
    let responses = document.get_mut("paths")?.get_mut(PATH)?.pointer_mut("/post/responses")?;
    responses.as_object_mut()?.retain(|status, _| status == "200");
    let mut kept = Map::new();
    let mut wanted = references(document.get("paths")?);
    while let Some(name) = wanted.pop() {
        if !kept.contains_key(&name) {
            let schema = document.pointer(&format!("/components/schemas/{name}"))?.clone();
            wanted.extend(references(&schema));
            kept.insert(name, schema);
        }
    }
    document.get_mut("components")?.as_object_mut()?.insert("schemas".to_owned(), Value::Object(kept));
    Some(())
}

/// The names of the schemas that are referred to.
fn references(value: &Value) -> Vec<String> {
    match value {
        Value::Object(members) => members
            .iter()
            .flat_map(|(name, member)| match member.as_str().filter(|_| name == "$ref") {
                Some(target) => target.rsplit('/').next().map(str::to_owned).into_iter().collect(),
                None => references(member),
            })
            .collect(),
        Value::Array(items) => items.iter().flat_map(references).collect(),
        _ => Vec::new(),
    }
}
