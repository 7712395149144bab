//! What the format is: the keys of OpenAPI's objects, the extensions, what references lead to, and the survey of the
//! files of a service. The rules that a curated document must keep are in `check`.

pub(crate) mod dialect;
mod document_keys;
pub(crate) mod extension;
pub(crate) mod file;
pub(crate) mod grammar;
pub(crate) mod join;
pub(crate) mod kind;
pub(crate) mod media_type;
pub(crate) mod nesting;
pub(crate) mod operation;
mod operation_keys;
pub(crate) mod path;
pub(crate) mod reference;
pub(crate) mod schema;
pub(crate) mod schema_keys;
pub(crate) mod server_url;
pub(crate) mod service;
pub(crate) mod site;
pub(crate) mod status;
pub(crate) mod survey;
pub(crate) mod types;
