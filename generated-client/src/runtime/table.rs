//! The table of operations, and the way to call any of them by its id.

#[cfg(feature = "both-directions")]
use serde::de::DeserializeOwned;
use serde_json::{Map, Value};

#[cfg(feature = "both-directions")]
use super::Inspect;
use super::arguments::Arguments;
use super::engine::{self, Outgoing, Responded};
use super::error::{Error, Failure, Fault};
use super::shape::{Shape, Shaped};
use super::timing::Timing;
use super::{
    Core, DecodeFault, Form, InvalidRequest, Limits, Operation, Prepared, RawResponse, Service, Spec, Typed,
    body,
};

/// The name under which a whole body is given.
const BODY: &str = "body";

/// An operation, for programs that go through all of them.
#[derive(Clone, Copy, Debug)]
#[non_exhaustive]
pub struct OperationInfo {
    /// The service: `descope`.
    pub service: &'static str,
    /// The group, as its feature spells it: `enchanted-link`.
    pub group: &'static str,
    /// Id, method, path, parameters, credentials and retry class.
    pub spec: &'static Spec,
    /// What the client makes of each parameter, in the order of [`Spec::parameters`].
    pub arguments: &'static [ArgumentInfo],
    /// What the body of the request looks like; [`Shape::Nothing`] where there is none.
    pub request: fn() -> Shape,
    /// Whether a call may do without a body that the operation takes.
    pub request_is_optional: bool,
    /// What a successful response looks like.
    pub response: fn() -> Shape,
    documentation: &'static [&'static str],
    read: fn(&RawResponse) -> Result<Value, DecodeFault>,
    read_typed: fn(&RawResponse) -> Result<Typed, DecodeFault>,
    #[cfg(feature = "both-directions")]
    read_request: fn(&Value) -> Result<Typed, DecodeFault>,
}

/// What the client makes of a parameter.
#[derive(Clone, Copy, Debug)]
#[non_exhaustive]
pub struct ArgumentInfo {
    /// The name of the argument or setter in Rust.
    pub name: &'static str,
    /// What its value looks like.
    pub shape: fn() -> Shape,
    /// What the spec says of it, in Markdown. One that is required has nothing here: the
    /// [documentation of the method](OperationInfo::documentation) lists it by this name.
    pub documentation: &'static str,
}

/// What the table knows of an operation beside its description.
pub trait Listed: Operation {
    /// See [`OperationInfo::arguments`].
    const ARGUMENTS: &'static [ArgumentInfo] = &[];
}

/// What the table asks of the type of a body.
#[cfg(not(feature = "both-directions"))]
pub trait ListedBody: Shaped {}

#[cfg(not(feature = "both-directions"))]
impl<T: Shaped> ListedBody for T {}

/// What the table asks of the type of a body.
#[cfg(feature = "both-directions")]
pub trait ListedBody: Shaped + Inspect + DeserializeOwned {}

#[cfg(feature = "both-directions")]
impl<T: Shaped + Inspect + DeserializeOwned> ListedBody for T {}

impl OperationInfo {
    /// The entry of an operation.
    pub(crate) const fn of<O: Listed<Body: ListedBody>>(
        group: &'static str,
        documentation: &'static [&'static str],
    ) -> Self {
        Self {
            service: <O::Service as Service>::NAME,
            group,
            documentation,
            spec: O::SPEC,
            arguments: O::ARGUMENTS,
            request: <O::Body as Shaped>::shape,
            request_is_optional: <O::Body as Shaped>::IS_OPTIONAL,
            response: <O::Form as Form<O::Response>>::shape,
            read: <O::Form as Form<O::Response>>::read_value,
            read_typed: <O::Form as Form<O::Response>>::read_typed,
            #[cfg(feature = "both-directions")]
            read_request: Typed::read::<O::Body>,
        }
    }

    /// The documentation of the method that calls it, in Markdown: a line of summary, then what it does, its arguments,
    /// its errors and an example in Rust.
    #[must_use]
    pub fn documentation(&self) -> String {
        // A line of a doc comment begins with the blank after its slashes.
        let parts = self.documentation.iter().map(|part| part.strip_prefix(' ').unwrap_or(part));
        parts.collect::<Vec<_>>().join("\n")
    }

    /// Reads the body of a request as the operation's type; null where it takes none.
    ///
    /// # Errors
    ///
    /// If the body is not of this type, or lacks what is required.
    #[cfg(feature = "both-directions")]
    pub fn read_request(&self, body: &Value) -> Result<Typed, DecodeFault> {
        (self.read_request)(body)
    }
}

/// Calls an operation with arguments by their names on the wire; those that are no parameters are members of the body.
pub(crate) async fn call<S: Service>(
    core: &Core,
    operations: &[&'static OperationInfo],
    id: &str,
    arguments: Map<String, Value>,
) -> Result<Value, Error<S::Code>> {
    let info = find::<S>(operations, id)?;
    let answered = info.send::<S>(core, arguments).await?;
    info.read(&answered.raw).map_err(|fault| Error::of::<S>(info.spec, answered.undecodable(fault)))
}

/// Like [`call`], and reads the response as its type.
pub(crate) async fn call_typed<S: Service>(
    core: &Core,
    operations: &[&'static OperationInfo],
    id: &str,
    arguments: Map<String, Value>,
) -> Result<Typed, Error<S::Code>> {
    let info = find::<S>(operations, id)?;
    let answered = info.send::<S>(core, arguments).await?;
    (info.read_typed)(&answered.raw).map_err(|fault| Error::of::<S>(info.spec, answered.undecodable(fault)))
}

/// Like [`call`], for the response as it came.
pub(crate) async fn call_raw<S: Service>(
    core: &Core,
    operations: &[&'static OperationInfo],
    id: &str,
    arguments: Map<String, Value>,
) -> Result<RawResponse, Error<S::Code>> {
    find::<S>(operations, id)?.send::<S>(core, arguments).await.map(|answered| answered.raw)
}

/// What [`call`] would send.
pub(crate) fn prepare<S: Service>(
    core: &Core,
    operations: &[&'static OperationInfo],
    id: &str,
    arguments: Map<String, Value>,
) -> Result<Prepared, Error<S::Code>> {
    let info = find::<S>(operations, id)?;
    let prepared = info.outgoing(core, arguments).and_then(|outgoing| engine::prepare(core, outgoing));
    prepared.map_err(|refusal| Error::of::<S>(info.spec, refusal.into()))
}

/// What [`call_typed`] makes of a response.
pub(crate) fn read_response<S: Service>(
    operations: &[&'static OperationInfo],
    id: &str,
    response: RawResponse,
) -> Result<Typed, Error<S::Code>> {
    let info = find::<S>(operations, id)?;
    let failed = |fault: Fault| Error::of::<S>(info.spec, Failure { fault, attempts: 1 });
    let response = engine::classify(info.spec, response).map_err(failed)?.supplemented::<S>();
    (info.read_typed)(&response).map_err(|fault| failed(Fault::decode(response, fault)))
}

fn find<S: Service>(
    operations: &[&'static OperationInfo],
    id: &str,
) -> Result<&'static OperationInfo, Error<S::Code>> {
    operations.iter().copied().find(|info| info.spec.id == id).ok_or_else(|| {
        let why = format!("`{}` doesn't exist, or its group is switched off", id.escape_debug());
        Error::refused(S::NAME, InvalidRequest::new("the operation", why))
    })
}

impl OperationInfo {
    /// Reads a response of this operation without its type. A redirect is read as `{"status": .., "location": ..}`.
    ///
    /// # Errors
    ///
    /// If the response is not in the form that the operation's responses have.
    pub fn read(&self, raw: &RawResponse) -> Result<Value, DecodeFault> {
        (self.read)(raw)
    }

    async fn send<S: Service>(
        &self,
        core: &Core,
        arguments: Map<String, Value>,
    ) -> Result<Responded, Error<S::Code>> {
        let failed = |failure: Failure| Error::of::<S>(self.spec, failure);
        let outgoing = self.outgoing(core, arguments).map_err(|refusal| failed(refusal.into()))?;
        let answered = engine::send(core, outgoing).await.map_err(failed)?;
        Ok(answered.supplemented::<S>())
    }

    fn outgoing(&self, core: &Core, given: Map<String, Value>) -> Result<Outgoing, InvalidRequest> {
        let spec = self.spec;
        let needs_credential = !spec.credentials.is_empty() && !spec.credential_is_optional;
        if needs_credential && core.authorization(spec)?.is_none() {
            let needed = spec.credentials.join("` or `");
            return Err(InvalidRequest::new(
                "the client",
                format!("carries no `{needed}`, which the operation needs"),
            ));
        }
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
        let body = self.body(rest)?;
        (self.request)().check(&body, &Limits::NONE)?;
        let body = body::encode(spec.body, &body);
        Ok(Outgoing { service: self.service, spec, arguments, body, timing: Timing::default() })
    }

    /// The body of what is left when the parameters have been taken out. It goes by a name of its own where it is no
    /// object, and may do so where it is one, since a member can have the name of a parameter.
    fn body(&self, mut rest: Map<String, Value>) -> Result<Value, InvalidRequest> {
        let is_whole = rest.len() == 1 && rest.contains_key(BODY);
        if let Shape::Object(object) = (self.request)()
            && is_whole
            && !object.is_extensible
            && !object.members.iter().any(|member| member.name == BODY)
        {
            return Ok(rest.remove(BODY).unwrap_or_default());
        }
        let known: Vec<&str> = match (self.request)() {
            Shape::Object(object) if !object.is_extensible => {
                object.members.iter().map(|member| member.name).collect()
            }
            Shape::Object(_) | Shape::Map(_) => return Ok(Value::Object(rest)),
            Shape::Nothing => Vec::new(),
            _ => vec![BODY],
        };
        if let Some(unknown) = rest.keys().find(|name| !known.contains(&name.as_str())) {
            return Err(InvalidRequest::new(
                format!("argument `{}`", unknown.escape_debug()),
                "isn't one of the operation",
            ));
        }
        Ok(match (self.request)() {
            // Where something is required, nothing at all stands for an optional body that is left out.
            Shape::Object(object)
                if rest.is_empty() && object.members.iter().any(|member| member.is_required) =>
            {
                Value::Null
            }
            Shape::Object(_) => Value::Object(rest),
            _ => rest.remove(BODY).unwrap_or_default(),
        })
    }
}
