//! An exchange that was recorded from a real server.

use base64::Engine;
use base64::prelude::BASE64_URL_SAFE_NO_PAD;
use serde_json::{Map, Value};
use std::error::Error;

/// A request, and what the real server responded.
#[derive(Clone, Debug)]
pub(crate) struct Exchange {
    pub(crate) id: String,
    /// The settings of the server.
    pub(crate) profile: String,
    pub(crate) request: Request,
    pub(crate) response: Response,
}

/// A request.
#[derive(Clone, Debug)]
pub(crate) struct Request {
    pub(crate) method: String,
    pub(crate) path: String,
    pub(crate) query: Vec<(String, String)>,
    pub(crate) headers: Vec<(String, String)>,
    pub(crate) body: Body,
}

/// The body of a request.
#[derive(Clone, Debug, PartialEq)]
pub(crate) enum Body {
    Nothing,
    Json(Value),
    Text(String),
}

/// A response.
#[derive(Clone, Debug)]
pub(crate) struct Response {
    pub(crate) status: u16,
    pub(crate) content_type: String,
    pub(crate) location: Option<String>,
    /// The body as JSON; null if it is none.
    pub(crate) json: Value,
    pub(crate) text: String,
}

impl Exchange {
    /// Reads a line of a file of recordings.
    pub(crate) fn read(line: &str) -> Result<Self, Box<dyn Error>> {
        let all: Value = serde_json::from_str(line)?;
        let text =
            |pointer: &str| all.pointer(pointer).and_then(Value::as_str).unwrap_or_default().to_owned();
        let mut query = Vec::new();
        for (name, value) in members(&all, "/request/query") {
            let values = value.as_array().cloned().unwrap_or_else(|| vec![value.clone()]);
            query.extend(
                values.iter().filter_map(Value::as_str).map(|value| (name.clone(), value.to_owned())),
            );
        }
        let headers = members(&all, "/request/headers");
        let headers =
            headers.into_iter().filter_map(|(name, value)| Some((name, value.as_str()?.to_owned())));
        let body = match (all.pointer("/request/bodyText"), all.pointer("/request/body")) {
            (Some(Value::String(text)), _) => match serde_json::from_str::<Value>(text) {
                Ok(body) if body.is_object() => Body::Json(body),
                _ => Body::Text(text.clone()),
            },
            (_, Some(body)) if !body.is_null() => Body::Json(body.clone()),
            _ => Body::Nothing,
        };
        Ok(Self {
            id: text("/id"),
            profile: text("/profile"),
            request: Request {
                method: text("/request/method"),
                path: text("/request/path"),
                query,
                headers: headers.collect(),
                body,
            },
            response: Response::of(&all["response"])?,
        })
    }

    /// The code of the error that the real server gave, in the body or in the redirect.
    pub(crate) fn code(&self) -> Option<String> {
        let in_body = self.response.json.get("error").and_then(Value::as_str).map(str::to_owned);
        in_body.or_else(|| location_query(self.response.location.as_deref()?, "error"))
    }

    /// The path without the prefix of the profile.
    pub(crate) fn bare_path(&self) -> &str {
        self.request.path.strip_prefix("/v1").unwrap_or(&self.request.path)
    }

    /// The user that the response shows.
    pub(crate) fn shown_user(&self) -> Option<&Map<String, Value>> {
        let json = &self.response.json;
        let user = json.pointer("/session/user").or_else(|| json.get("user")).unwrap_or(json);
        user.as_object().filter(|user| user.contains_key("defaultRole"))
    }
}

impl Response {
    fn of(response: &Value) -> Result<Self, Box<dyn Error>> {
        let header = |name: &str| response["headers"][name].as_str().map(str::to_owned);
        let status = response["status"].as_u64().ok_or("the status is missing")?;
        Ok(Self {
            status: u16::try_from(status)?,
            content_type: header("content-type").unwrap_or_default(),
            location: header("location"),
            json: response["body"].clone(),
            text: response["bodyText"].as_str().unwrap_or_default().to_owned(),
        })
    }
}

impl Request {
    /// A text in the body.
    pub(crate) fn text(&self, pointer: &str) -> Option<&str> {
        match &self.body {
            Body::Json(body) => body.pointer(pointer)?.as_str(),
            _ => None,
        }
    }

    /// Changes a text in the body, if it is there.
    pub(crate) fn set_text(&mut self, pointer: &str, text: String) {
        if let Body::Json(body) = &mut self.body
            && let Some(value) = body.pointer_mut(pointer)
        {
            *value = Value::String(text);
        }
    }

    /// The value of a header.
    pub(crate) fn header(&self, name: &str) -> Option<&str> {
        self.headers.iter().find(|(key, _)| key.eq_ignore_ascii_case(name)).map(|(_, value)| value.as_str())
    }

    /// The access token.
    pub(crate) fn bearer(&self) -> Option<&str> {
        self.header("authorization")?.strip_prefix("Bearer ")
    }

    /// Sends another access token.
    pub(crate) fn set_bearer(&mut self, token: &str) {
        for (name, value) in &mut self.headers {
            if name.eq_ignore_ascii_case("authorization") {
                *value = format!("Bearer {token}");
            }
        }
    }

    /// The first value of a parameter in the query.
    pub(crate) fn query(&self, name: &str) -> Option<&str> {
        self.query.iter().find(|(key, _)| key == name).map(|(_, value)| value.as_str())
    }
}

fn members(all: &Value, pointer: &str) -> Vec<(String, Value)> {
    let object = all.pointer(pointer).and_then(Value::as_object).cloned().unwrap_or_default();
    object.into_iter().collect()
}

/// A parameter in the query of a redirect.
pub(crate) fn location_query(location: &str, name: &str) -> Option<String> {
    let query = location.split('#').next()?.split_once('?')?.1;
    let mut pairs = form_urlencoded::parse(query.as_bytes());
    pairs.find(|(key, _)| key == name).map(|(_, value)| value.into_owned())
}

/// The header and the claims of a token; none if it is no token.
pub(crate) fn decoded(token: &str) -> Option<(Value, Value)> {
    let mut parts = token.split('.').map(|part| BASE64_URL_SAFE_NO_PAD.decode(part).ok());
    let header = serde_json::from_slice(&parts.next()??).ok()?;
    let claims = serde_json::from_slice(&parts.next()??).ok()?;
    Some((header, claims))
}
