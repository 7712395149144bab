//! A service as the generator would write it, with operations for everything that the tests show.

#![allow(
    dead_code,
    missing_docs,
    unreachable_pub,
    reason = "it stands for generated code, which is public and documented"
)]

use super::clock::FakeClock;
use crate::runtime::client::builder::Builder;
#[cfg(feature = "operations")]
use crate::runtime::client::by_id;
#[cfg(feature = "operations")]
use crate::runtime::client::documentation::Documentation;
use crate::runtime::client::service::{Service, ServiceClient};
use crate::runtime::codegen::*;
use crate::runtime::engine::core::Core;
use crate::runtime::engine::credential::Credential;
use crate::runtime::engine::scheme::SchemeRole;
use crate::runtime::engine::service::{Conventions, ServiceSpec};
use crate::runtime::engine::values::Values;
use crate::runtime::error::Error;
#[cfg(feature = "operations")]
use crate::runtime::request::prepared::PreparedRequest;

open_enum! {
    pub enum ErrorCode {
        WrongCode = "wrong-code",
    }
}

/// The service, and a client of it.
#[derive(Clone, Debug)]
pub struct Sample(Core);

impl Service for Sample {
    type Code = ErrorCode;
    const SPEC: &'static ServiceSpec = &ServiceSpec::new::<Self>("sample", "Sample")
        .schemes(&[SecurityScheme::bearer("base").role(SchemeRole::Base)]);
}

impl ServiceClient for Sample {
    type Code = ErrorCode;
}

impl Conventions for Sample {
    fn headers(_: &Values) -> Vec<(&'static str, String)> {
        vec![("x-sdk", "sample".to_owned())]
    }

    /// The session JWT may be a header.
    fn supplement(response: &RawResponse, _: &Values) -> Option<Map<String, Value>> {
        let jwt = response.headers().get("x-session-jwt")?.to_str().ok()?;
        let mut members = response.object()?.into_inner();
        members.insert("sessionJwt".to_owned(), jwt.into());
        Some(members)
    }
}

#[cfg(feature = "operations")]
impl Sample {
    pub(super) async fn call_operation(
        &self,
        id: &str,
        arguments: Map<String, Value>,
    ) -> Result<Value, Error<ErrorCode>> {
        let operations = || OPERATIONS.iter().collect();
        by_id::call(&self.0, operations, id, arguments).await.map_err(Error::from)
    }

    pub(super) fn prepare_operation(
        &self,
        id: &str,
        arguments: Map<String, Value>,
    ) -> Result<PreparedRequest, Error<ErrorCode>> {
        let operations = || OPERATIONS.iter().collect();
        by_id::prepare(&self.0, operations, id, arguments).map_err(Error::from)
    }
}

impl Sample {
    pub(super) fn builder(base_url: &str) -> Builder<Self> {
        Self::own_http(base_url).http_client_builder(reqwest::Client::builder())
    }

    /// A builder that builds the HTTP client as it does for applications.
    pub(super) fn own_http(base_url: &str) -> Builder<Self> {
        let builder = Builder::new(Self::SPEC, Self).base_url(base_url).given("base", vec!["BASE".into()]);
        builder.clock(FakeClock::default())
    }

    pub(super) fn at(base_url: &str) -> Self {
        Self::built(Self::builder(base_url)).unwrap()
    }

    pub(super) fn built(builder: Builder<Self>) -> Result<Self, Error<ErrorCode>> {
        builder.build()
    }

    pub(super) fn carrying(&self, token: &str) -> Self {
        self.with_credential(Credential::bearer("token", &[&Secret::from(token)]))
    }

    pub(super) fn with_credential(&self, credential: Credential) -> Self {
        Self(self.0.carrying(credential))
    }

    pub(super) fn with_http(self, http: reqwest::Client) -> Self {
        Self(self.0.with_http(http))
    }

    fn call<O, B>(&self, body: B) -> Call<O, B> {
        Call::new(&self.0, body)
    }

    pub(super) fn exchange(&self, code: impl Into<Secret>) -> Call<op::Exchange, ExchangeRequest> {
        self.call(ExchangeRequest::new(code))
    }

    pub(super) fn find(&self, id: impl Into<String>) -> Call<op::Find> {
        self.call(()).argument::<String>("id", id)
    }

    pub(super) fn sign_in(&self, provider: impl Into<Provider>) -> Call<op::SignIn> {
        self.call(()).argument::<Provider>("provider", provider)
    }

    pub(super) fn callback(&self) -> Call<op::Callback, CallbackForm> {
        self.call(CallbackForm::default())
    }

    pub(super) fn delete(&self) -> Call<op::Delete> {
        self.call(())
    }

    pub(super) fn health(&self) -> Call<op::Health> {
        self.call(())
    }

    pub(super) fn sign_up(&self, password: impl Into<Secret>) -> Call<op::SignUp, SignUpRequest> {
        self.call(SignUpRequest::new(password))
    }

    pub(super) fn poll(&self) -> Call<op::Poll, Option<ExchangeRequest>> {
        self.call(None)
    }
}

operations! {
    pub enum Exchange(ExchangeRequest): Sample -> Json<Session> {
        Spec::post("exchange", "/v1/exchange")
            .credentials(&["base", "token"])
            .retry(Retry::Never)
            .body(MediaType::Json);
    }

    pub enum Find: Sample -> Json<Value> {
        Spec::get("find", "/users/{id}/keys")
            .credentials(&["token"])
            .retry(Retry::Safe);
        (id: String) = Parameter::path("id");
        limit: i64 = Parameter::query("limit");
        tags: Vec<String> = Parameter::query("tags");
        metadata: Map<String, Value> = Parameter::query("metadata").json();
        filter: Filter = Parameter::query("filter").deep_object();
        nonce: Secret = Parameter::header("x-nonce").sensitive();
        features: Vec<String> = Parameter::header("x-features");
        exact: bool = Parameter::query("exact");
        /// An argument may be documented.
        sort: Mode = Parameter::query("sort");
    }

    pub enum SignIn: Sample -> Location<Redirect> {
        Spec::get("sign_in", "/signin/{provider}")
            .optional_credentials(&["token"])
            .responses(&[302]);
        (provider: Provider) = Parameter::path("provider");
        allowed_roles: Vec<String> = Parameter::query("allowedRoles").comma();
        display_name: String = Parameter::query("displayName").length(0, 32).pattern(r"^[\p{L}\p{N}\p{S} ,.'-]+$");
        connect: Secret = Parameter::query("connect").sensitive();
    }

    pub enum Callback(CallbackForm): Sample -> ByStatus<CallbackResponse> {
        Spec::post("callback", "/callback")
            .body(MediaType::Form)
            .responses(&[200, 204, 302]);
    }

    pub enum Delete: Sample -> Empty<()> {
        Spec::delete("delete", "/users/me")
            .credentials(&["token", "base"])
            .retry(Retry::Idempotent)
            .responses(&[204]);
    }

    pub enum Health: Sample -> Text<String> {
        Spec::get("health", "/healthz")
            .retry(Retry::Safe);
    }

    pub enum SignUp(SignUpRequest): Sample -> Empty<()> {
        Spec::post("sign_up", "/signup")
            .body(MediaType::Json);
    }

    pub enum Poll(Option<ExchangeRequest>): Sample -> Empty<()> {
        Spec::post("poll", "/poll")
            .retry(Retry::Idempotent)
            .body(MediaType::Json);
    }
}

body! {
    pub struct ExchangeRequest(
        code: Secret = "code",
    ) {
        custom_claims: Map<String, Value> = "customClaims",
        roles: Vec<String> = "roles",
        stepup: Option<bool> = "stepup",
        mode: Option<Mode> = "mode",
        type_: Option<String> = "type",
    }
}

closed_enum! {
    pub enum Mode {
        Fast = "fast",
        Slow = "slow",
    }
}

response! {
    pub struct Session(
        session_jwt: Secret = "sessionJwt",
    ) {
        expiration: Option<i64> = "expiration",
        provider: Option<Provider> = "provider",
        roles: Vec<String> = "roles",
    }
}

open_enum! {
    pub enum Provider {
        Apple = "apple",
        AzureAd = "azuread",
    }
}

request! {
    pub struct Filter() {
        name: Option<String> = "name",
        ages: Vec<i64> = "ages",
    }
}

impl BrowserOperation for op::SignIn {}

body! {
    pub struct CallbackForm() {
        state: Option<Secret> = "state",
        user: Map<String, Value> = "user",
    }
}

responses! {
    pub enum CallbackResponse {
        Session(Json<Session>) = 200,
        Nothing = 204,
        Redirect(Location<Redirect>) = 302,
    }
}

body! {
    pub struct SignUpRequest(
        password: Secret = "password".length(4, 8),
    ) {
        aliases: Vec<String> = "aliases".length(2, 5),
        provider: Option<Provider> = "provider".length(0, 7),
        options: Option<SignUpOptions> = "options".within(),
    }
}

request! {
    pub struct SignUpOptions() {
        locale: Option<String> = "locale".length(2, 3).pattern("^[a-z]*$"),
        labels: BTreeMap<String, String> = "labels".length(1, 3),
        ;
        /// All other members.
        rest: Map<String, Value>
    }
}

#[cfg(feature = "operations")]
static OPERATIONS: &[OperationInfo] = &[
    OperationInfo::of::<op::Exchange>("sample", UNDOCUMENTED),
    OperationInfo::of::<op::Find>("sample", UNDOCUMENTED),
];

#[cfg(feature = "operations")]
const UNDOCUMENTED: Documentation = Documentation { link: None, since: None, text: "" };
