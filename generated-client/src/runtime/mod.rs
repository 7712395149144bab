//! The hand-written half of this crate: one engine that sends every request.
//!
//! A generated operation only describes itself ([`Operation::SPEC`]) and collects its arguments
//! in a [`Call`]. Building the request, sending it and telling responses from failures is done here
//! once for all operations; only the decoding of a response is compiled for each.

mod client;
pub(crate) mod declare;
mod engine;
mod error;
mod request;
mod response;
mod value;

pub use client::builder::Builder;
pub use client::call::Call;
pub use client::chunks::Chunks;
#[cfg(feature = "operations")]
pub use client::documentation::Documentation;
#[cfg(feature = "stream")]
pub use client::item_stream::ItemStream;
#[cfg(feature = "operations")]
pub use client::links::without_links;
#[cfg(feature = "operations")]
pub use client::operation::ArgumentInfo;
pub use client::operation::{BrowserOperation, Operation};
#[cfg(feature = "operations")]
pub use client::operation_pages::OperationPages;
pub use client::pages::{Items, PagedOperation, Pages};
pub use client::service::{Service, ServiceClient};
#[cfg(feature = "operations")]
pub use client::services::{AnyClient, ServiceInfo};
#[cfg(feature = "operations")]
pub use client::table::OperationInfo;
#[cfg(feature = "operations")]
#[doc(hidden)]
pub use client::table::RequestBody;
#[cfg(feature = "test-util")]
#[doc(no_inline)]
pub use client::testing;
#[doc(hidden)]
pub use client::walk::{PageCounts, Walk};
pub use declare::enums::UnknownValue;
pub use engine::budget::RetryBudget;
pub use engine::retry::RetryPolicy;
pub use engine::scheme::{Placement, SchemeRole, SecurityScheme};
pub use engine::service::ServiceSpec;
pub use error::api::ApiError;
pub use error::body::ErrorBody;
pub use error::invalid_request::InvalidRequest;
pub use error::invalid_response::InvalidResponse;
pub use error::kind::ErrorKind;
pub use error::transport::{Phase, TransportError};
pub use error::{Code, Error};
pub use request::argument_group::ArgumentGroup;
#[cfg(feature = "multipart")]
pub use request::media_type::FormPart;
pub use request::media_type::MediaType;
pub use request::paging::{PageUnit, Paging};
pub use request::parameter::{Parameter, ParameterLocation, Style};
#[cfg(feature = "operations")]
pub use request::prepared::PreparedRequest;
pub use request::spec::{Method, Retry, Spec};
#[cfg(feature = "operations")]
pub use response::decoded::Decoded;
#[cfg(feature = "operations")]
#[doc(hidden)]
pub use response::decoded::Printable;
#[doc(hidden)]
pub use response::format::{ByStatus, Empty, FromStatus, Json, Location, Raw, ResponseFormat, Text};
pub use response::headers::ResponseHeaders;
pub use response::raw::RawResponse;
pub use response::redirect::Redirect;
pub use value::binary::Binary;
pub use value::decode::DecodeError;
pub use value::free_form::Outline;
pub use value::json_text::JsonText;
pub use value::limits::{Bound, Limits};
#[cfg(feature = "operations")]
pub use value::mismatch::{Mismatch, Problem, Step};
pub use value::nullable::Nullable;
pub use value::remedy::Remedy;
pub use value::secret::Secret;
pub use value::secret_value::SecretValue;
#[cfg(feature = "operations")]
#[doc(hidden)]
pub use value::shape::Shaped;
#[cfg(feature = "operations")]
pub use value::shape::{EnumKind, EnumShape, MemberShape, ObjectShape, Shape};
pub use value::timestamp::{Timestamp, TimestampError};
pub use value::validate::Validate;
pub use value::violation::Violation;

// The code of the services imports these from here.
#[cfg(feature = "operations")]
pub(crate) use client::by_id;
#[cfg(feature = "operations")]
pub(crate) use client::table::{OperationGroup, listed};
pub(crate) use engine::core::Core;
pub(crate) use engine::service::Conventions;
pub(crate) use engine::values::Values;
#[allow(unused_imports, reason = "only code that is written by hand makes failures")]
pub(crate) use error::Failure;
pub(crate) use error::meaning::{Meanings, UNAUTHENTICATED, of_code as meaning_of};
#[allow(unused_imports, reason = "only redirects are read by it")]
pub(crate) use response::redirect::{is_own_path, last_in_query};
#[allow(unused_imports, reason = "only sessions use it outside the runtime")]
pub(crate) use value::decode;
#[allow(unused_imports, reason = "only code that is generated sets limits of bodies")]
pub(crate) use value::limits::Limits as BodyLimits;
pub(crate) use value::redact::text as redacted;
pub(crate) use value::{counted, members, safe_debug, validate};

/// What every generated module imports.
pub(crate) mod codegen {
    #![allow(unused_imports, reason = "what generated code uses depends on the specs")]

    #[cfg(feature = "multipart")]
    pub(crate) use super::FormPart;
    pub(crate) use super::declare::choices::{
        readable_request_choice, request_and_response_choice, request_choice, response_choice,
        writable_response_choice,
    };
    pub(crate) use super::declare::client::client;
    pub(crate) use super::declare::documentation::{see, shared_texts};
    pub(crate) use super::declare::enums::{closed_enum, open_enum};
    #[cfg(feature = "test-util")]
    pub(crate) use super::declare::examples::examples;
    pub(crate) use super::declare::file::types;
    pub(crate) use super::declare::group::group;
    pub(crate) use super::declare::groups::groups;
    pub(crate) use super::declare::operation::operations;
    pub(crate) use super::declare::questions::questions;
    pub(crate) use super::declare::responses::responses;
    pub(crate) use super::declare::scalar_enums::{
        closed_boolean_enum, closed_integer_enum, closed_number_enum, open_boolean_enum, open_integer_enum,
        open_number_enum,
    };
    pub(crate) use super::declare::secrets::secret_value;
    pub(crate) use super::declare::types::{
        body, body_and_response, headers, readable_body, readable_request, relayed_response, request,
        request_and_response, response, writable_response,
    };
    pub(crate) use super::{
        Binary, BodyLimits, BrowserOperation, Call, DecodeError, FromStatus, JsonText, MediaType, Nullable,
        Parameter, RawResponse, Redirect, Retry, Secret, SecurityScheme, Spec, Timestamp,
    };
    #[cfg(feature = "operations")]
    pub(crate) use super::{OperationGroup, OperationInfo};
    pub(crate) use serde_json::{Map, Value};
    pub(crate) use std::collections::BTreeMap;
}
