//! Calls of operations by their ids, with arguments in JSON. None of it depends on the type of a service.

use serde_json::{Map, Value};

use super::table::OperationInfo;
use crate::runtime::engine::build::{Inputs, prepare as prepared};
use crate::runtime::engine::core::Core;
use crate::runtime::engine::exchange::{Decode, Exchange, decode_stored, invalid};
use crate::runtime::engine::scheme::{Placement, SchemeRole, SecurityScheme};
use crate::runtime::engine::service::ServiceSpec;
use crate::runtime::engine::timing::Timing;
use crate::runtime::error::Failure;
use crate::runtime::error::invalid_request::InvalidRequest;
use crate::runtime::request::arguments::{Arguments, IS_NULL, invalid as invalid_argument};
use crate::runtime::request::body;
use crate::runtime::request::media_choice::MediaChoice;
use crate::runtime::request::media_type::is_in;
use crate::runtime::request::parameter::Parameter;
use crate::runtime::request::prepared::PreparedRequest;
use crate::runtime::request::spec::Spec;
use crate::runtime::response::decoded::Decoded;
use crate::runtime::response::raw::RawResponse;
use crate::runtime::value::binary::Binary;
use crate::runtime::value::decode::DecodeError;
use crate::runtime::value::limits::Limits;
use crate::runtime::value::mismatch::{Mismatch, Problem, Step};
use crate::runtime::value::secret::Secret;
use crate::runtime::value::shape::{ObjectShape, Shape};

/// The name of the argument that is a whole body.
pub(super) const BODY: &str = "body";

/// The name of the argument that asks for the response in another media type. No parameter has this name, because OpenAPI
/// ignores a parameter that is called `Accept`.
const ACCEPT: &str = "header.Accept";

/// The operations that can be called.
pub(crate) type Operations = fn() -> Vec<&'static OperationInfo>;

/// Calls an operation, and decodes its response without its type.
pub(crate) async fn call(
    core: &Core,
    operations: Operations,
    id: &str,
    arguments: Map<String, Value>,
) -> Result<Value, Box<Failure>> {
    let call = IdCall::new(core, operations, id, arguments)?;
    let read = call.info.read;
    call.decoded(read).await
}

/// Calls an operation, and gives the response as it came.
pub(crate) async fn call_raw(
    core: &Core,
    operations: Operations,
    id: &str,
    arguments: Map<String, Value>,
) -> Result<RawResponse, Box<Failure>> {
    IdCall::new(core, operations, id, arguments)?.response().await
}

/// Calls an operation, and decodes its response as its type.
pub(crate) async fn call_typed(
    core: &Core,
    operations: Operations,
    id: &str,
    arguments: Map<String, Value>,
) -> Result<Decoded, Box<Failure>> {
    let call = IdCall::new(core, operations, id, arguments)?;
    let read = call.info.read_typed;
    call.decoded(read).await
}

/// The request that a call would send.
pub(crate) fn prepare(
    core: &Core,
    operations: Operations,
    id: &str,
    arguments: Map<String, Value>,
) -> Result<PreparedRequest, Box<Failure>> {
    let IdCall { core, info, inputs } = IdCall::new(core, operations, id, arguments)?;
    let prepared = inputs.and_then(|inputs| prepared(&core, info.spec, inputs));
    prepared.map_err(|error| invalid(&core, info.spec, error))
}

/// Decodes a response that was stored or made up.
pub(crate) fn read_response(
    service: &'static ServiceSpec,
    operations: Operations,
    id: &str,
    response: RawResponse,
) -> Result<Decoded, Box<Failure>> {
    let info = find(service, operations, id)?;
    decode_stored(service, info.spec, response, info.read_typed)
}

/// The security scheme with this name, if a client can carry its value, and the value in the form that the engine uses.
pub(crate) fn value_of(
    service: &'static ServiceSpec,
    scheme: &str,
    value: &str,
) -> Result<(&'static SecurityScheme, Vec<Secret>), Box<Failure>> {
    let carried = service.scheme(scheme).filter(|scheme| scheme.role == SchemeRole::Carried);
    let why = || format!("`{}` is none that a client carries", scheme.escape_debug());
    let found = carried.ok_or_else(|| InvalidRequest::new("the credential", why()));
    let found = found.and_then(|scheme| Ok((scheme, values(service, scheme, value)?)));
    found.map_err(|error| Failure::invalid(service.name, error))
}

/// Splits a value: that of HTTP Basic into the user name and the password, and that of several schemes at its blanks. Any
/// other value stays whole.
pub(crate) fn values(
    service: &ServiceSpec,
    scheme: &SecurityScheme,
    value: &str,
) -> Result<Vec<Secret>, InvalidRequest> {
    match (scheme.placement, value.split_once(':')) {
        (Placement::All(parts), _) => {
            let is_base = |part: &&SecurityScheme| {
                service.scheme(part.name).is_some_and(|part| part.role == SchemeRole::Base)
            };
            let parts: Vec<_> = parts.iter().filter(|part| !is_base(part)).collect();
            let given: Vec<&str> = value.split_whitespace().collect();
            if given.len() != parts.len() {
                let names: Vec<&str> = parts.iter().map(|part| part.name).collect();
                let why = format!("needs the values of `{}` with blanks between", names.join("` and `"));
                return Err(InvalidRequest::credential(scheme.name, &why));
            }
            let values = parts.iter().zip(given).map(|(part, value)| values(service, part, value));
            values.collect::<Result<Vec<_>, _>>().map(|values| values.concat())
        }
        (Placement::Basic, Some((user, password))) => Ok(vec![user.into(), password.into()]),
        (Placement::Basic, None) => {
            let why = "needs a colon between its user name and its password";
            Err(InvalidRequest::credential(scheme.name, why))
        }
        _ => Ok(vec![value.into()]),
    }
}

pub(super) fn find(
    service: &ServiceSpec,
    operations: Operations,
    id: &str,
) -> Result<&'static OperationInfo, Box<Failure>> {
    operations().into_iter().find(|info| info.spec.id == id).ok_or_else(|| {
        let why = format!("`{}` doesn't exist, or its group is switched off", id.escape_debug());
        Failure::invalid(service.name, InvalidRequest::new("the operation", why))
    })
}

/// A call by id.
pub(super) struct IdCall {
    core: Core,
    info: &'static OperationInfo,
    inputs: Result<Inputs, InvalidRequest>,
}

impl IdCall {
    fn new(
        core: &Core,
        operations: Operations,
        id: &str,
        arguments: Map<String, Value>,
    ) -> Result<Self, Box<Failure>> {
        Ok(Self::of(core, find(core.service(), operations, id)?, arguments))
    }

    /// A call of this operation.
    pub(super) fn of(core: &Core, info: &'static OperationInfo, arguments: Map<String, Value>) -> Self {
        let inputs = check_credential(core, info).and_then(|()| inputs(info, arguments));
        Self { core: core.clone(), info, inputs }
    }

    /// Sends the request, and decodes the response, which is given as it came, too.
    pub(super) async fn read<T>(
        self,
        decode: impl FnOnce(&RawResponse) -> Result<T, DecodeError>,
    ) -> Result<(T, RawResponse), Box<Failure>> {
        let mut exchange = Exchange::begin(self.core, self.info.spec, Timing::default());
        let response = exchange.response(self.inputs).await?;
        exchange.decoded_with_raw(response, decode)
    }

    async fn decoded<T>(self, decode: Decode<T>) -> Result<T, Box<Failure>> {
        let mut exchange = Exchange::begin(self.core, self.info.spec, Timing::default());
        let response = exchange.response(self.inputs).await?;
        exchange.decoded(response, decode)
    }

    async fn response(self) -> Result<RawResponse, Box<Failure>> {
        let mut exchange = Exchange::begin(self.core, self.info.spec, Timing::default());
        exchange.response(self.inputs).await
    }
}

/// Checks that the client carries what the operation needs, since no type guarantees it here.
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

fn inputs(info: &OperationInfo, mut given: Map<String, Value>) -> Result<Inputs, InvalidRequest> {
    let spec = info.spec;
    let mut arguments = Arguments::default();
    let mut rest = Map::new();
    let accept = accept(given.remove(ACCEPT))?;
    for (name, value) in given {
        let mut parameters = spec.parameters.iter().zip(info.arguments);
        match parameters.find(|(parameter, _)| parameter.is_called(&name)) {
            Some((parameter, argument)) => {
                refuse_second(parameter, &arguments)?;
                refuse_null(parameter, &(argument.shape)(), &value)?;
                arguments.set(parameter.argument, value);
            }
            None => {
                rest.insert(name, value);
            }
        }
    }
    let media = MediaChoice { accept, body: other_body(spec, &rest) };
    Inputs::new(spec, arguments, &media, || {
        let shape = (info.request)();
        let body = Secret::new(body_of(&shape, rest)?);
        body.expose().iter().try_for_each(|body| check_body(&shape, body))?;
        body::encode(spec.body, &spec.body_limits, &body)
    })
}

/// The media type that is asked for.
fn accept(given: Option<Value>) -> Result<Option<String>, InvalidRequest> {
    match given {
        None => Ok(None),
        Some(Value::String(media_type)) => Ok(Some(media_type)),
        Some(_) => Err(InvalidRequest::new(format!("argument `{ACCEPT}`"), "is not a text")),
    }
}

/// A body in another media type that the operation takes: an object with the bytes and that media type.
fn other_body(spec: &Spec, rest: &Map<String, Value>) -> Option<Binary> {
    let body = rest.get(BODY).filter(|body| body.is_object() && rest.len() == 1)?;
    let binary = Binary::from_json(body)?;
    let is_other = |media_type: &str| spec.other_bodies.iter().any(|range| is_in(media_type, range));
    binary.media_type().is_some_and(is_other).then_some(binary)
}

/// Refuses an argument for a parameter that has one already, under its other name.
fn refuse_second(parameter: &Parameter, arguments: &Arguments) -> Result<(), InvalidRequest> {
    let Parameter { name, argument, location, .. } = parameter;
    match arguments.get(argument) {
        Some(_) => {
            let why = format!("is given twice: as `{argument}` and as `{}.{name}`", location.as_str());
            Err(invalid_argument(parameter, why))
        }
        None => Ok(()),
    }
}

/// Refuses an argument that is or contains null where the service accepts none.
fn refuse_null(parameter: &Parameter, shape: &Shape, value: &Value) -> Result<(), InvalidRequest> {
    let found = shape.check(value, &Limits::NONE);
    match found.iter().find(|mismatch| mismatch.problem == Problem::Null) {
        Some(mismatch) => Err(invalid_argument(parameter, null_at(mismatch))),
        None => Ok(()),
    }
}

/// What is wrong with the parameter or the member: it is null, or has null in a list or a map.
fn null_at(mismatch: &Mismatch) -> &'static str {
    match mismatch.path.last() {
        None | Some(Step::Member(_)) => IS_NULL,
        Some(Step::Key(_) | Step::Item(_)) => "can't contain null",
    }
}

/// Checks what the types of bodies guarantee where an operation is called by its method: that the limits are kept, and that
/// no member is null or set that can't be. Everything else is left to the service.
fn check_body(shape: &Shape, body: &Value) -> Result<(), InvalidRequest> {
    for mismatch in shape.check(body, &Limits::NONE) {
        let why = match &mismatch.problem {
            Problem::OutsideLimits(violation) => violation.why(),
            Problem::Null => null_at(&mismatch),
            Problem::ReadOnly => "is set by the service alone",
            _ => continue,
        };
        return Err(InvalidRequest::in_body(&mismatch.members(), why));
    }
    Ok(())
}

/// The body that is made of the arguments which are no parameters; none if it is left out.
fn body_of(shape: &Shape, mut rest: Map<String, Value>) -> Result<Option<Value>, InvalidRequest> {
    match shape {
        Shape::Nullable(_) if rest.len() == 1 && rest.get(BODY).is_some_and(Value::is_null) => {
            Ok(Some(Value::Null))
        }
        Shape::Nullable(inner) => body_of(inner, rest),
        Shape::Object(object) if !object.is_extensible => object_of(object, rest),
        Shape::Object(_) | Shape::Map(_) => Ok(Some(Value::Object(rest))),
        Shape::Nothing => refuse_unknown(&rest, &[]).map(|()| None),
        _ => {
            refuse_unknown(&rest, &[BODY])?;
            Ok(rest.remove(BODY))
        }
    }
}

fn object_of(object: &ObjectShape, mut members: Map<String, Value>) -> Result<Option<Value>, InvalidRequest> {
    let names: Vec<&str> = object.members.iter().map(|member| member.name).collect();
    if members.len() == 1 && !names.contains(&BODY) && members.contains_key(BODY) {
        return Ok(members.remove(BODY));
    }
    refuse_unknown(&members, &names)?;
    // If members are required and none is given, the body is taken for an optional one that is left out.
    let is_left_out = members.is_empty() && object.members.iter().any(|member| member.is_required);
    Ok((!is_left_out).then_some(Value::Object(members)))
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
