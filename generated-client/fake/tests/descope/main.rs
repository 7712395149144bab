//! Sign-ins at the fake of Descope, by the typed client.

mod devices;
mod factors;
mod flows;
mod helpers;
mod identities;
mod links;
mod management;
mod messages;
mod providers;
mod rights;
mod sessions;
mod support;
mod tenants;
mod terms;
mod unchanged;
