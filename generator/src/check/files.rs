//! Each file has a name and contents that fit its role in the service.

use super::type_names::is_reserved_type;
use super::words::{is_lower_case, suggest};
use crate::fault::Fault;
use crate::names;
use crate::openapi::file::{FileRole, SpecFile};
use crate::openapi::kind::ObjectKind;
use crate::openapi::survey::Survey;
use crate::source::Node;

/// Names of groups that would collide with the module of the service, a method of its client, a type of the language, a
/// crate that the service's code names, or a device of Windows.
const RESERVED_STEMS: &str = "\
    alloc aux base-url bool builder call call-operation call-operation-raw call-operation-typed char clone con \
    core examples f32 f64 i128 i16 i32 i64 i8 isize mod new nul of operation-pages prepare-operation prn \
    read-response serde serde-json sessions std str u128 u16 u32 u64 u8 usize";

/// The beginning of the names of the client's methods that give it a credential.
const CARRYING: &str = "with-";

/// Names of services that would collide with other modules, features or dependencies of the client.
const RESERVED_SERVICES: &str = "\
    alloc anstream anstyle arc-swap aux aws-lc-rs axum axum-core base64 bin both-directions bytes callback \
    chrono clap cli con cookie cookies core default descope-project futures-core getrandom guide http \
    http-body httpdate hyper hyper-util jiff lib main multipart native-tls nul operations patterns percent-encoding \
    pkce prn redirects regress reqwest rpassword runtime rustls serde serde-json services sessions sha2 std \
    stream strsim subtle test-util testing time tokio tower tower-layer tower-service tracing zeroize";

pub(super) fn check(survey: &Survey<'_>, faults: &mut Vec<Fault>) {
    if survey.file("openapi.yaml").is_none() {
        faults.push(missing_service_file(survey));
    }
    faults.extend(check_service_name(survey));
    for file in survey.files {
        let Some(root) = &file.root else { continue };
        match file.role {
            FileRole::Group => check_group(file, root, faults),
            FileRole::Common | FileRole::Service => check_no_paths(root, faults),
        }
        check_parts(file, root, faults);
    }
    check_tags(survey, faults);
}

/// The fault of a service without `openapi.yaml`.
fn missing_service_file(survey: &Survey<'_>) -> Fault {
    let what = format!("the service `{}` has no openapi.yaml", survey.service);
    let help = "add one with `info`, `servers`, `tags`, `components.securitySchemes` and `paths: {}`";
    // A place in one of the other files shows which folder is meant.
    match survey.files.iter().find_map(|file| file.root.as_ref()) {
        Some(root) => root.fault("missing-file", what, help),
        None => Fault::without_location("missing-file", what, help),
    }
}

/// The folder of a service becomes a module, a type and a feature.
fn check_service_name(survey: &Survey<'_>) -> Option<Fault> {
    let what = wrong_service_name(survey.service)?;
    let file =
        survey.file("openapi.yaml").into_iter().chain(survey.files).find_map(|file| file.root.as_ref())?;
    let help = "give the folder another name, of lower-case words and digits that are joined by `-`";
    Some(file.fault("service-name", what, help))
}

/// Why a service can't have this name.
pub(crate) fn wrong_service_name(name: &str) -> Option<String> {
    if !is_lower_case(name, '-') || names::module(name) != names::snake(name) {
        return Some(format!("`{name}` can't be the name of a service"));
    }
    let is_taken =
        RESERVED_SERVICES.split_whitespace().any(|reserved| reserved == name) || is_reserved_type(name);
    is_taken.then(|| format!("the client needs the name `{name}` for something else"))
}

/// Whether a group can have this name.
pub(crate) fn is_name_of_group(stem: &str) -> bool {
    is_word(stem) && !is_taken(stem)
}

fn is_word(stem: &str) -> bool {
    is_lower_case(stem, '-') && names::module(stem) == names::snake(stem)
}

fn is_taken(stem: &str) -> bool {
    RESERVED_STEMS.split_whitespace().any(|reserved| reserved == stem) || stem.starts_with(CARRYING)
}

fn check_group(file: &SpecFile, root: &Node, faults: &mut Vec<Fault>) {
    let stem = file.stem();
    if !is_word(stem) {
        let what = format!("`{stem}` can't be the name of a group");
        let help =
            "give the file another name, in kebab case, that is no keyword of Rust: enchanted-link.yaml";
        faults.push(root.fault("group-name", what, help));
    } else if is_taken(stem) {
        let what = format!("the client needs the name `{stem}` for something else");
        faults.push(root.fault("group-name", what, "give the file another name, and its operations"));
    }
    if let Some((key, paths)) = root.entry("paths")
        && paths.is_mapping()
        && paths.entries().is_empty()
    {
        faults.push(key.fault(
            "empty-group",
            "the group has no operations",
            "add a path, or delete the file",
        ));
    }
}

fn check_no_paths(root: &Node, faults: &mut Vec<Fault>) {
    for (path, _) in root.get("paths").map(Node::entries).unwrap_or_default() {
        faults.push(path.fault(
            "misplaced-part",
            "only the file of a group can have operations",
            "move the path to the file of its group",
        ));
    }
}

/// Reports the parts of a document that only another file can have.
fn check_parts(file: &SpecFile, root: &Node, faults: &mut Vec<Fault>) {
    let mut refuse = |part: Option<&(Node, Node)>, home: &str| {
        if let Some((key, _)) = part {
            let name = key.text().unwrap_or_default();
            faults.push(key.fault(
                "misplaced-part",
                format!("`{name}` is ignored in {}", file.name),
                format!("move it to {home}"),
            ));
        }
    };
    if file.role == FileRole::Service {
        let components = root.get("components").map(Node::entries).unwrap_or_default();
        for part in components.iter().filter(|(section, _)| section.text() != Some("securitySchemes")) {
            refuse(Some(part), "common.yaml");
        }
    } else {
        refuse(root.entry("security"), "openapi.yaml, or to the operations");
        for key in ["servers", "tags", "externalDocs"] {
            refuse(root.entry(key), "openapi.yaml");
        }
        let schemes = root.get("components").and_then(|components| components.get("securitySchemes"));
        for (name, scheme) in schemes.map(Node::entries).unwrap_or_default() {
            if scheme.get("$ref").is_none() {
                let text = name.text().unwrap_or_default();
                faults.push(name.fault(
                    "misplaced-part",
                    format!("the security scheme `{text}` is ignored in {}", file.name),
                    format!("define it in openapi.yaml and write `$ref: 'openapi.yaml#/components/securitySchemes/{text}'` here"),
                ));
            }
        }
    }
}

/// The tags in `openapi.yaml` list the groups.
fn check_tags(survey: &Survey<'_>, faults: &mut Vec<Fault>) {
    let Some(root) = survey.file("openapi.yaml").and_then(|file| file.root.as_ref()) else { return };
    let tags: Vec<&Node> = root
        .get("tags")
        .map(Node::items)
        .unwrap_or_default()
        .iter()
        .filter_map(|tag| tag.get("name").filter(|name| name.text().is_some()))
        .collect();
    let groups: Vec<&SpecFile> = survey.files.iter().filter(|file| file.role == FileRole::Group).collect();
    for (index, tag) in tags.iter().enumerate() {
        let name = tag.text().unwrap_or_default();
        if tags.iter().take(index).any(|earlier| earlier.text() == tag.text()) {
            faults.push(tag.fault(
                "duplicate-tag",
                format!("the tag `{name}` is listed twice"),
                "delete one",
            ));
        } else if !groups.iter().any(|group| group.stem() == name) {
            let otherwise = format!("add {name}.yaml, or delete the tag");
            let help = suggest(name, groups.iter().map(|group| group.stem()), &otherwise);
            faults.push(tag.fault("unknown-group", format!("there is no group `{name}`"), help));
        }
    }
    let is_listed = |group: &SpecFile| tags.iter().any(|tag| tag.text() == Some(group.stem()));
    if root.get("tags").is_none() && survey.is_misspelt("openapi.yaml", ObjectKind::Document) {
        return;
    }
    // A file that can't be read might be meant for something else.
    for group in groups.iter().filter(|group| group.root.is_some() && !is_listed(group)) {
        let what = format!("openapi.yaml doesn't list the group `{}`", group.stem());
        let help = format!("add `- name: {}` and a description to its `tags`", group.stem());
        let at = root.get("tags").unwrap_or(root);
        faults.push(at.fault("missing-tag", what, help));
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::names::functions;

    /// The names in a section of the client's manifest, without what is generated there.
    fn names_in(section: &str) -> Vec<&'static str> {
        let manifest = include_str!("../../../generated-client/Cargo.toml");
        let (before, rest) = manifest.split_once("# @generated features").unwrap();
        let (_, after) = rest.split_once("# @generated end").unwrap();
        let mut is_inside = false;
        let mut found = Vec::new();
        for line in before.lines().chain(after.lines()) {
            if line.starts_with('[') {
                is_inside = line == format!("[{section}]");
            } else if let Some((name, _)) = line.split_once(" = ").filter(|_| is_inside) {
                found.extend(Some(name).filter(|name| !name.starts_with(['#', '_', ' '])));
            }
        }
        found
    }

    #[test]
    fn no_service_has_the_name_of_a_feature_or_dependency_of_the_client() {
        for section in ["features", "dependencies"] {
            let names = names_in(section);
            assert!(names.len() > 8, "{section}: {names:?}");
            for name in names {
                // A service has hyphens, which become underscores in its module.
                let name = name.replace('_', "-");
                let is_reserved = RESERVED_SERVICES.split_whitespace().any(|reserved| reserved == name);
                assert!(is_reserved, "reserve `{name}`, of [{section}]");
            }
        }
    }

    #[test]
    fn no_group_has_the_name_of_a_method_of_the_client() {
        let client = include_str!("../../../generated-client/src/runtime/declare/client.rs");
        let (client, _) = client.split_once("#[cfg(test)]").unwrap();
        let by_id = include_str!("../../../generated-client/src/runtime/declare/by_id.rs");
        let (by_id, _) = by_id.split_once("#[cfg(test)]").unwrap_or((by_id, ""));
        let methods = functions(client).chain(functions(by_id)).filter(|name| !name.starts_with('$'));
        let methods: Vec<String> = methods.map(|name| name.replace('_', "-")).collect();
        assert!(["base-url", "call-operation"].iter().all(|known| methods.iter().any(|name| name == known)));
        let unreserved: Vec<&String> =
            methods.iter().filter(|name| *name != "fmt" && is_name_of_group(name)).collect();
        assert_eq!(unreserved, [""; 0]);
    }
}
