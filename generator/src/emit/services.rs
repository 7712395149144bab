//! What `lib.rs` of the client says of the services: their modules, and the table of all of them.

use crate::names;

/// A service, as far as `lib.rs` names it.
#[derive(Debug)]
pub(crate) struct ServiceModule {
    /// The folder's name: `descope`.
    pub(crate) service: String,
    /// Whether it has a module of hand-written code.
    pub(crate) is_hand_written: bool,
}

/// The lints about names and numbers, which are those of the API: a member can be called `add`, a group what its service is
/// called, and a value can be 3.14.
const NAMES_OF_APIS: &str =
    "clippy::approx_constant, clippy::module_inception, clippy::should_implement_trait";

/// The part of `lib.rs` that names the services.
pub(crate) fn declarations(services: &[ServiceModule]) -> String {
    let mut text = String::new();
    for ServiceModule { service, .. } in services {
        let feature = names::service_feature(service);
        text.push_str(&format!(
            "#[cfg(feature = {feature:?})]\n#[cfg_attr(docsrs, doc(auto_cfg(hide(feature = {feature:?}))))]\n#[rustfmt::skip]\n\
             #[allow(deprecated, unused_imports)]\n#[allow({NAMES_OF_APIS})]\n#[allow(clippy::too_many_arguments)]\npub mod {};\n",
            names::module(service),
        ));
    }
    text.push_str(&hand_written(services));
    text.push_str(
        "\n/// The services whose features are switched on.\n#[cfg(all(feature = \"_client\", feature = \"operations\"))]\n#[inline]\n#[must_use]\n\
         pub fn services() -> &'static [&'static runtime::ServiceInfo] {\n    &[\n",
    );
    for ServiceModule { service, .. } in services {
        let (feature, module) = (names::service_feature(service), names::module(service));
        text.push_str(&format!("        #[cfg(feature = {feature:?})]\n        {module}::SERVICE,\n"));
    }
    text.push_str("    ]\n}\n");
    text.push_str(&known_words(services));
    text
}

/// The words of all services, for the part of the runtime that prints what a server sent.
fn known_words(services: &[ServiceModule]) -> String {
    let mut text = String::from(
        "\n/// The words of each service whose features are switched on; texts of servers are printed with known words alone.\n\
         #[cfg(feature = \"_client\")]\npub(crate) const KNOWN_WORDS: &[&[&str]] = &[\n",
    );
    for ServiceModule { service, .. } in services {
        let (feature, module) = (names::service_feature(service), names::module(service));
        text.push_str(&format!("    #[cfg(feature = {feature:?})]\n    {module}::KNOWN_WORDS,\n"));
    }
    text.push_str("];\n");
    text
}

fn hand_written(services: &[ServiceModule]) -> String {
    let modules =
        services.iter().filter(|service| service.is_hand_written).map(|ServiceModule { service, .. }| {
            let (feature, module) = (names::service_feature(service), names::module(service));
            format!("    #[cfg(feature = {feature:?})]\n    pub(crate) mod {module};\n")
        });
    let modules: String = modules.collect();
    if modules.is_empty() {
        return modules;
    }
    format!("\n/// What no spec can say of the services.\nmod services {{\n{modules}}}\n")
}
