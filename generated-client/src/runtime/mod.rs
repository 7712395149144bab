//! The hand-written half of this crate: one engine that sends every request.
//!
//! A generated operation only describes itself ([`Operation::SPEC`]) and collects its arguments
//! in a [`Call`]. Building the request, sending it and telling responses from failures is done here
//! once for all operations; only the decoding of a response is compiled for each.

mod arguments;
mod body;
mod builder;
mod call;
mod clock;
mod core;
mod credential;
pub(crate) mod declare;
mod decode;
mod encode;
mod engine;
mod error;
mod form;
mod http;
mod json_text;
pub(crate) mod limits;
pub(crate) mod members;
mod operation;
#[cfg(feature = "operations")]
mod prepared;
mod redact;
mod response;
mod retry;
mod scalars;
mod secret;
#[cfg(feature = "operations")]
mod shape;
#[cfg(feature = "operations")]
mod table;
mod timing;
#[cfg_attr(not(feature = "tracing"), path = "untraced.rs")]
mod trace;
#[cfg(feature = "operations")]
mod typed;
mod url;

#[cfg(test)]
mod tests;

pub use builder::Builder;
pub use call::Call;
pub use declare::enums::UnknownValue;
pub use decode::DecodeFault;
pub use error::{ApiError, DecodeError, Error, InvalidRequest, Kind, Phase, TransportError};
pub use form::{ByStatus, Empty, Form, FromStatus, Json, Location, Text};
pub use json_text::JsonText;
pub use limits::{Limits, Validate, Violation};
pub use operation::{
    BrowserOperation, Code, ErrorBody, MediaType, Method, Operation, Parameter, Place, Retry, Service, Spec,
    Style,
};
#[cfg(feature = "operations")]
pub use prepared::Prepared;
pub use response::{RawResponse, Redirect};
pub use retry::RetryPolicy;
pub use secret::Secret;
#[cfg(feature = "operations")]
pub use shape::{EnumShape, MemberShape, ObjectShape, Shape, Shaped};
#[cfg(feature = "operations")]
pub use table::{ArgumentInfo, Listed, ListedBody, OperationInfo};
#[cfg(feature = "operations")]
pub use typed::{Inspect, Typed};

pub(crate) use self::core::Core;
pub(crate) use credential::Credential;
#[allow(unused_imports, reason = "not every service prints texts by itself")]
pub(crate) use redact::text as redacted;
#[cfg(feature = "operations")]
pub(crate) use table::{
    call as call_listed, call_raw as call_listed_raw, call_typed, prepare as prepare_listed, read_response,
};

/// What every generated module uses.
pub(crate) mod codegen {
    #![allow(unused_imports, reason = "what of it generated code uses depends on the features")]

    #[cfg(feature = "operations")]
    pub(crate) use super::OperationInfo;
    pub(crate) use super::declare::choices::{request_and_response_choice, request_choice, response_choice};
    pub(crate) use super::declare::documentation::{errors, example, failures, sent};
    pub(crate) use super::declare::enums::{closed_enum, open_enum};
    pub(crate) use super::declare::group::group;
    pub(crate) use super::declare::operation::operation;
    pub(crate) use super::declare::responses::responses;
    pub(crate) use super::declare::types::{
        body, body_and_response, request, request_and_response, response,
    };
    pub(crate) use super::{
        BrowserOperation, Call, DecodeFault, FromStatus, JsonText, MediaType, Parameter, RawResponse,
        Redirect, Retry, Secret, Spec,
    };
    pub(crate) use serde_json::{Map, Value};
    pub(crate) use std::collections::BTreeMap;
}
