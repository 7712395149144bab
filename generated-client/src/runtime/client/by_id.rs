//! Calls of operations by their ids, with arguments in JSON.

use std::future::Future;

use serde_json::{Map, Value};

use super::service::{self, ErrorOf, Service};
use super::table::OperationInfo;
use crate::runtime::engine::build::{Inputs, prepare};
use crate::runtime::engine::core::Core;
use crate::runtime::engine::exchange::{Decode, Exchange, ServiceInfo, decode_stored, invalid};
use crate::runtime::engine::timing::Timing;
use crate::runtime::error::Error;
use crate::runtime::error::Failure;
use crate::runtime::error::invalid_request::InvalidRequest;
use crate::runtime::request::arguments::Arguments;
use crate::runtime::request::body;
use crate::runtime::request::prepared::Prepared;
use crate::runtime::response::decoded::Decoded;
use crate::runtime::response::raw::RawResponse;
use crate::runtime::value::limits::Limits;
use crate::runtime::value::mismatch::{Mismatch, Problem};
use crate::runtime::value::shape::{ObjectShape, Shape};

/// The name of the argument that is a whole body.
const BODY: &str = "body";

/// A client that calls any operation of its service by the operation's id. Every client is one.
///
/// The arguments are given by their names in the API. Those that are no parameters of the operation are members of its
/// body. A whole body has the name `body`, for bodies that are no objects, and for those with a member that has the name
/// of a parameter.
///
/// ```
/// # async fn example<C: generated_client::runtime::CallById>(client: C) {
/// use generated_client::runtime::CallById;
///
/// let arguments = serde_json::json!({"provider": "google"});
/// if let Some(arguments) = arguments.as_object() {
///     let response = client.call_operation("oauth_authorize", arguments.clone()).await;
/// }
/// # }
/// ```
pub trait CallById {
    /// The service that is called.
    type Service: Service;

    /// The state of the client, for the calls.
    #[doc(hidden)]
    fn core(&self) -> &Core;

    /// The operations that can be called.
    fn operations() -> Vec<&'static OperationInfo>;

    /// Calls the operation with this id, such as `oauth_exchange`.
    ///
    /// A redirect gives `{"status": .., "location": ..}`. The response is plain JSON, so printing it prints the secrets in
    /// it.
    ///
    /// # Errors
    ///
    /// Those of [`Call::send`](crate::runtime::Call::send). The request is invalid if there is no such operation, if the
    /// operation has no such argument, and if the client lacks the credential.
    fn call_operation(
        &self,
        id: &str,
        arguments: Map<String, Value>,
    ) -> impl Future<Output = Result<Value, ErrorOf<Self::Service>>> + Send {
        let call = IdCall::new(self, id, arguments);
        async move {
            let call = call?;
            let read = call.info.read;
            call.decoded(read).await.map_err(Error::from)
        }
    }

    /// Calls an operation like [`call_operation`](Self::call_operation), and gives the response as it came.
    /// [`OperationInfo::read`] reads it as the same JSON.
    ///
    /// # Errors
    ///
    /// Those of [`call_operation`](Self::call_operation), save that a response which can't be decoded is no error.
    fn call_operation_raw(
        &self,
        id: &str,
        arguments: Map<String, Value>,
    ) -> impl Future<Output = Result<RawResponse, ErrorOf<Self::Service>>> + Send {
        let call = IdCall::new(self, id, arguments);
        async move { call?.response().await.map_err(Error::from) }
    }

    /// Calls an operation like [`call_operation`](Self::call_operation), and decodes the response as its type.
    ///
    /// # Errors
    ///
    /// Those of [`call_operation`](Self::call_operation).
    fn call_operation_typed(
        &self,
        id: &str,
        arguments: Map<String, Value>,
    ) -> impl Future<Output = Result<Decoded, ErrorOf<Self::Service>>> + Send {
        let call = IdCall::new(self, id, arguments);
        async move {
            let call = call?;
            let read = call.info.read_typed;
            call.decoded(read).await.map_err(Error::from)
        }
    }

    /// The request that [`call_operation`](Self::call_operation) would send. Nothing is sent.
    ///
    /// # Errors
    ///
    /// [`Kind::InvalidRequest`](crate::runtime::Kind::InvalidRequest) if the request is invalid.
    fn prepare_operation(
        &self,
        id: &str,
        arguments: Map<String, Value>,
    ) -> Result<Prepared, ErrorOf<Self::Service>> {
        let IdCall { core, info, inputs, .. } = IdCall::new(self, id, arguments)?;
        let prepared = inputs.and_then(|inputs| prepare(&core, info.spec, inputs));
        prepared.map_err(|error| Error::from(invalid(service::info::<Self::Service>(), info.spec, error)))
    }

    /// Decodes a response that was stored or made up, as [`call_operation_typed`](Self::call_operation_typed) does.
    ///
    /// # Errors
    ///
    /// Those of [`Call::send`](crate::runtime::Call::send) for such a response; the request is invalid if there is no such
    /// operation.
    fn read_response(id: &str, response: RawResponse) -> Result<Decoded, ErrorOf<Self::Service>> {
        let info = find::<Self>(id)?;
        let service = service::info::<Self::Service>();
        decode_stored(service, info.spec, response, info.read_typed).map_err(Error::from)
    }
}

fn find<C: CallById + ?Sized>(id: &str) -> Result<&'static OperationInfo, ErrorOf<C::Service>> {
    C::operations().into_iter().find(|info| info.spec.id == id).ok_or_else(|| {
        let why = format!("`{}` doesn't exist, or its group is switched off", id.escape_debug());
        Error::invalid(C::Service::NAME, InvalidRequest::new("the operation", why))
    })
}

/// A call by id, which does not depend on the type of the client.
struct IdCall {
    core: Core,
    service: ServiceInfo,
    info: &'static OperationInfo,
    inputs: Result<Inputs, InvalidRequest>,
}

impl IdCall {
    fn new<C: CallById + ?Sized>(
        client: &C,
        id: &str,
        arguments: Map<String, Value>,
    ) -> Result<Self, ErrorOf<C::Service>> {
        let info = find::<C>(id)?;
        let core = client.core().clone();
        let inputs = check_credential(&core, info).and_then(|()| inputs(info, arguments));
        Ok(Self { core, service: service::info::<C::Service>(), info, inputs })
    }

    async fn decoded<T>(self, decode: Decode<T>) -> Result<T, Box<Failure>> {
        let exchange = Exchange::begin(self.core, self.service, self.info.spec, Timing::default());
        exchange.decoded(self.inputs, decode).await.map(|(decoded, _)| decoded)
    }

    async fn response(self) -> Result<RawResponse, Box<Failure>> {
        let mut exchange = Exchange::begin(self.core, self.service, self.info.spec, Timing::default());
        exchange.response(self.inputs).await
    }
}

/// The type of a client doesn't say here whether it carries what the operation needs.
fn check_credential(core: &Core, info: &OperationInfo) -> Result<(), InvalidRequest> {
    let spec = info.spec;
    match core.credential(spec) {
        Some(credential) => credential.check(),
        None if spec.credentials.is_empty() || spec.credential_is_optional => Ok(()),
        None => {
            let needed = spec.credentials.join("` or `");
            let why = format!("carries no `{needed}`, which the operation needs");
            Err(InvalidRequest::new("the client", why))
        }
    }
}

fn inputs(info: &OperationInfo, given: Map<String, Value>) -> Result<Inputs, InvalidRequest> {
    let spec = info.spec;
    let mut arguments = Arguments::default();
    let mut rest = Map::new();
    for (name, value) in given {
        match spec.parameters.iter().find(|parameter| parameter.name == name) {
            Some(parameter) => arguments.set(parameter.name, value),
            None => {
                rest.insert(name, value);
            }
        }
    }
    let shape = (info.request)();
    let body = body_of(&shape, rest)?;
    check_limits(&shape, &body)?;
    Ok(Inputs { arguments, body: body::encode(spec.body, &body)? })
}

/// Checks the limits of texts, as is done for bodies of declared types. Everything else is left to the service.
fn check_limits(shape: &Shape, body: &Value) -> Result<(), InvalidRequest> {
    for mismatch in shape.check(body, &Limits::NONE) {
        let members = mismatch.members();
        if let Mismatch { problem: Problem::OutsideLimits(violation), .. } = mismatch {
            return Err(InvalidRequest::in_body(&members, violation.why()));
        }
    }
    Ok(())
}

/// The body that the arguments make which are no parameters.
fn body_of(shape: &Shape, mut rest: Map<String, Value>) -> Result<Value, InvalidRequest> {
    match shape {
        Shape::Object(object) if !object.is_extensible => object_of(object, rest),
        Shape::Object(_) | Shape::Map(_) => Ok(Value::Object(rest)),
        Shape::Nothing => refuse_unknown(&rest, &[]).map(|()| Value::Null),
        _ => {
            refuse_unknown(&rest, &[BODY])?;
            Ok(rest.remove(BODY).unwrap_or_default())
        }
    }
}

fn object_of(object: &ObjectShape, mut members: Map<String, Value>) -> Result<Value, InvalidRequest> {
    let names: Vec<&str> = object.members.iter().map(|member| member.name).collect();
    if members.len() == 1 && !names.contains(&BODY) && members.contains_key(BODY) {
        return Ok(members.remove(BODY).unwrap_or_default());
    }
    refuse_unknown(&members, &names)?;
    // If members are required and none is given, the body is one that is optional and left out.
    let is_left_out = members.is_empty() && object.members.iter().any(|member| member.is_required);
    Ok(if is_left_out { Value::Null } else { Value::Object(members) })
}

fn refuse_unknown(given: &Map<String, Value>, known: &[&str]) -> Result<(), InvalidRequest> {
    match given.keys().find(|name| !known.contains(&name.as_str())) {
        Some(unknown) => {
            let what = format!("argument `{}`", unknown.escape_debug());
            Err(InvalidRequest::new(what, "isn't one of the operation"))
        }
        None => Ok(()),
    }
}
