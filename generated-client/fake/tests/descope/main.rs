//! Sign-ins at the fake of Descope, by the typed client.

mod links;
mod messages;
mod sessions;
mod support;
