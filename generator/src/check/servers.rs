//! The service is at one server, and so is each operation.

use crate::fault::Fault;
use crate::openapi::kind::ObjectKind;
use crate::openapi::server_url::{MOST_PARTS, filled, has_too_many_parts};
use crate::openapi::survey::Survey;
use crate::source::Node;

pub(super) fn check(survey: &Survey<'_>, faults: &mut Vec<Fault>) {
    for site in survey.of_kind(ObjectKind::Server) {
        let Some(holder) = survey.around(site) else { continue };
        let is_of_service = holder.kind == ObjectKind::Document;
        let first = holder.node.get("servers").and_then(|servers| servers.items().first());
        if !first.is_some_and(|first| std::ptr::eq(first, site.node)) {
            let what = if is_of_service { "a service has one server" } else { "an operation has one server" };
            let help = "name the one that most callers use; the others set the base URL";
            faults.push(site.node.fault("several-servers", what, help));
        }
        let Some(url) = site.node.get("url") else { continue };
        match is_of_service {
            _ if has_too_many_parts(url.text().unwrap_or_default()) => {
                let what = format!("the URL has more than {MOST_PARTS} parts in braces");
                let help = "write what most callers use in place of the braces; the others set the base URL";
                faults.push(url.fault("server-url", what, help));
            }
            true => check_base(url, faults),
            false => check_of_operation(site.node, url, faults),
        }
    }
}

fn check_base(url: &Node, faults: &mut Vec<Fault>) {
    if !is_base(url.text().unwrap_or_default()) {
        let what = "this can't be the URL that the paths of all operations are under";
        let help = "write an absolute URL without user name, query and fragment: https://api.example.com/v1";
        faults.push(url.fault("server-url", what, help));
    }
}

/// Whether the paths of all operations can be under the URL of a server.
pub(crate) fn is_server_of_service(server: &Node) -> bool {
    server.text_of("url").is_some_and(|url| is_base(url) && !has_too_many_parts(url))
}

/// Whether a path can follow the URL.
fn is_base(url: &str) -> bool {
    let is_http = url.starts_with("https://") || url.starts_with("http://");
    is_http && !url.contains(['?', '#', '@', ' ', '"', '\\'])
}

/// Whether requests can be sent to a server of an operation, with the defaults of the variables in its URL.
pub(crate) fn is_server_of_operation(server: &Node) -> bool {
    let variables = server.get("variables").map(Node::entries).unwrap_or_default();
    let has_defaults = variables.iter().all(|(_, variable)| variable.text_of("default").is_some());
    if server.text_of("url").is_none_or(has_too_many_parts) {
        return false;
    }
    let mut faults = Vec::new();
    server.get("url").into_iter().for_each(|url| check_of_operation(server, url, &mut faults));
    has_defaults && faults.is_empty()
}

/// Requests go to the URL of the operation's server with the defaults of its variables, so each part in braces has a
/// default.
fn check_of_operation(server: &Node, url: &Node, faults: &mut Vec<Fault>) {
    let text = url.text().unwrap_or_default();
    let usual = with_defaults(server, text);
    let is_path = usual.starts_with('/') && !usual.starts_with("//");
    if is_path && is_base(&format!("https://a.example{usual}")) || is_base(&usual) {
        if let Some((_, name)) = usual.split_once('{') {
            let name = name.split('}').next().unwrap_or_default();
            let help =
                format!("add it to `variables`, with a `default`: `variables: {{{name}: {{default: …}}}}`");
            faults.push(url.fault("server-url", format!("the variable `{name}` isn't described"), help));
        }
        return;
    }
    let what = "this can't be the URL that the path of an operation is under";
    let help = "write an absolute URL without user name, query and fragment, or a path at the server of the service: `/v2`";
    faults.push(url.fault("server-url", what, help));
}

fn with_defaults(server: &Node, url: &str) -> String {
    let variables = server.get("variables");
    filled(url, |name| Some(variables?.get(name)?.text_of("default").unwrap_or_default()))
}
