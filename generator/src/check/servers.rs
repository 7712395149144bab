//! The service is at one server.

use crate::fault::Fault;
use crate::openapi::kind::ObjectKind;
use crate::openapi::survey::Survey;

pub(super) fn check(survey: &Survey<'_>, faults: &mut Vec<Fault>) {
    for site in survey.of_kind(ObjectKind::Server) {
        let servers = survey.around(site).and_then(|holder| holder.node.get("servers"));
        if servers
            .is_some_and(|servers| !servers.items().first().is_some_and(|it| std::ptr::eq(it, site.node)))
        {
            let help = "name the one that most callers use; the others set the base URL";
            faults.push(site.node.fault("several-servers", "a service has one server", help));
        }
        let Some(url) = site.node.get("url") else { continue };
        let text = url.text().unwrap_or_default();
        let is_http = text.starts_with("https://") || text.starts_with("http://");
        if !is_http || text.contains(['?', '#', '@', ' ', '"', '\\']) {
            let what = "this can't be the URL that the paths of all operations are under";
            let help =
                "write an absolute URL without user name, query and fragment: https://api.example.com/v1";
            faults.push(url.fault("server-url", what, help));
        }
    }
}
