//! What the generated code of the cases really sends and reads, against a server on loopback.

#![allow(clippy::unwrap_used, reason = "a test fails by panicking")]

mod base_form;
mod credential_kinds;
mod error_questions;
mod facts;
mod floats;
mod form_bodies;
mod forms;
mod media_types;
mod multipart;
mod null_values;
mod one_of;
mod pages;
mod parameter_styles;
mod path_parameters;
mod read_only;
mod relayed;
mod response_headers;
mod rough;
mod same_names;
mod server;
mod servers;
mod statuses;
mod times;
mod uploads;
mod value_enums;
