//! The generated code of every case in `tests/cases/ok`, compiled with the runtime of the client.
//!
//! Each case is a module of its own. [`sample`] has them all, as the one service that they are parts of; that is
//! where the examples in their documentation look.

#![allow(deprecated, reason = "what is deprecated in an API still has to work")]
#![allow(clippy::module_inception, reason = "a case is called what its group is called")]
#![allow(clippy::too_many_arguments, reason = "an operation takes all that the API requires")]

pub mod ext {
    //! What is written by hand for a service.

    pub mod sample;
}

#[allow(dead_code, unused_imports, unused_macros, reason = "the cases need less than a client does")]
#[path = "../../../../generated-client/src/runtime/mod.rs"]
pub mod runtime;

pub use runtime::{JsonText, Secret};

#[path = "../../cases/ok/all-of/out/mod.rs"]
#[rustfmt::skip]
pub mod all_of;
#[path = "../../cases/ok/choice/out/mod.rs"]
#[rustfmt::skip]
pub mod choice;
#[path = "../../cases/ok/closed-enum/out/mod.rs"]
#[rustfmt::skip]
pub mod closed_enum;
#[path = "../../cases/ok/comma-joined-list/out/mod.rs"]
#[rustfmt::skip]
pub mod comma_joined_list;
#[path = "../../cases/ok/credentials/out/mod.rs"]
#[rustfmt::skip]
pub mod credentials;
#[path = "../../cases/ok/deep-object/out/mod.rs"]
#[rustfmt::skip]
pub mod deep_object;
#[path = "../../cases/ok/deprecated/out/mod.rs"]
#[rustfmt::skip]
pub mod deprecated;
#[path = "../../cases/ok/descriptions/out/mod.rs"]
#[rustfmt::skip]
pub mod descriptions;
#[path = "../../cases/ok/empty-response/out/mod.rs"]
#[rustfmt::skip]
pub mod empty_response;
#[path = "../../cases/ok/empty-object/out/mod.rs"]
#[rustfmt::skip]
pub mod empty_object;
#[path = "../../cases/ok/examples/out/mod.rs"]
#[rustfmt::skip]
pub mod examples;
#[path = "../../cases/ok/exploded-list/out/mod.rs"]
#[rustfmt::skip]
pub mod exploded_list;
#[path = "../../cases/ok/failures-of-different-kinds/out/mod.rs"]
#[rustfmt::skip]
pub mod failures_of_different_kinds;
#[path = "../../cases/ok/form-body/out/mod.rs"]
#[rustfmt::skip]
pub mod form_body;
#[path = "../../cases/ok/formats/out/mod.rs"]
#[rustfmt::skip]
pub mod formats;
#[path = "../../cases/ok/free-json/out/mod.rs"]
#[rustfmt::skip]
pub mod free_json;
#[path = "../../cases/ok/header-parameter/out/mod.rs"]
#[rustfmt::skip]
pub mod header_parameter;
#[path = "../../cases/ok/inline-bodies/out/mod.rs"]
#[rustfmt::skip]
pub mod inline_bodies;
#[path = "../../cases/ok/json-in-string/out/mod.rs"]
#[rustfmt::skip]
pub mod json_in_string;
#[path = "../../cases/ok/json-query-parameter/out/mod.rs"]
#[rustfmt::skip]
pub mod json_query_parameter;
#[path = "../../cases/ok/json-suffix/out/mod.rs"]
#[rustfmt::skip]
pub mod json_suffix;
#[path = "../../cases/ok/limits/out/mod.rs"]
#[rustfmt::skip]
pub mod limits;
#[path = "../../cases/ok/list-body/out/mod.rs"]
#[rustfmt::skip]
pub mod list_body;
#[path = "../../cases/ok/methods/out/mod.rs"]
#[rustfmt::skip]
pub mod methods;
#[path = "../../cases/ok/names/out/mod.rs"]
#[rustfmt::skip]
pub mod names;
#[path = "../../cases/ok/open-enum/out/mod.rs"]
#[rustfmt::skip]
pub mod open_enum;
#[path = "../../cases/ok/optional-body/out/mod.rs"]
#[rustfmt::skip]
pub mod optional_body;
#[path = "../../cases/ok/path-parameters/out/mod.rs"]
#[rustfmt::skip]
pub mod path_parameters;
#[path = "../../cases/ok/recursive-type/out/mod.rs"]
#[rustfmt::skip]
pub mod recursive_type;
#[path = "../../cases/ok/redirect-response/out/mod.rs"]
#[rustfmt::skip]
pub mod redirect_response;
#[path = "../../cases/ok/request-and-response-type/out/mod.rs"]
#[rustfmt::skip]
pub mod request_and_response_type;
#[path = "../../cases/ok/sensitive-members/out/mod.rs"]
#[rustfmt::skip]
pub mod sensitive_members;
#[path = "../../cases/ok/several-responses/out/mod.rs"]
#[rustfmt::skip]
pub mod several_responses;
#[path = "../../cases/ok/shared-failures/out/mod.rs"]
#[rustfmt::skip]
pub mod shared_failures;
#[path = "../../cases/ok/shared-parts/out/mod.rs"]
#[rustfmt::skip]
pub mod shared_parts;
#[path = "../../cases/ok/shared-types/out/mod.rs"]
#[rustfmt::skip]
pub mod shared_types;
#[path = "../../cases/ok/text-response/out/mod.rs"]
#[rustfmt::skip]
pub mod text_response;
#[path = "../../cases/ok/tolerant-responses/out/mod.rs"]
#[rustfmt::skip]
pub mod tolerant_responses;

/// All cases as one service.
#[allow(ambiguous_glob_reexports, reason = "several cases have shared types; each of these has another name")]
pub mod sample {
    pub use crate::all_of::*;
    pub use crate::choice::*;
    pub use crate::closed_enum::*;
    pub use crate::comma_joined_list::*;
    pub use crate::credentials::*;
    pub use crate::deep_object::*;
    pub use crate::deprecated::*;
    pub use crate::descriptions::*;
    pub use crate::empty_object::*;
    pub use crate::empty_response::*;
    pub use crate::examples::*;
    pub use crate::exploded_list::*;
    pub use crate::failures_of_different_kinds::*;
    pub use crate::form_body::*;
    pub use crate::formats::*;
    pub use crate::free_json::*;
    pub use crate::header_parameter::*;
    pub use crate::inline_bodies::*;
    pub use crate::json_in_string::*;
    pub use crate::json_query_parameter::*;
    pub use crate::json_suffix::*;
    pub use crate::limits::*;
    pub use crate::list_body::*;
    pub use crate::methods::*;
    pub use crate::names::*;
    pub use crate::open_enum::*;
    pub use crate::optional_body::*;
    pub use crate::path_parameters::*;
    pub use crate::recursive_type::*;
    pub use crate::redirect_response::*;
    pub use crate::request_and_response_type::*;
    pub use crate::sensitive_members::*;
    pub use crate::several_responses::*;
    pub use crate::shared_failures::*;
    pub use crate::shared_parts::*;
    pub use crate::shared_types::*;
    pub use crate::text_response::*;
    pub use crate::tolerant_responses::*;
}
