//! Arguments and a response for an operation, made up by their shapes, with a canary for every secret in them.

use generated_client::runtime::{
    Limits, MemberShape, ObjectShape, OperationInfo, Parameter, ParameterLocation, Shape,
};
use percent_encoding::{NON_ALPHANUMERIC, utf8_percent_encode};
use serde_json::{Map, Value, json};

use super::canaries::{COUNT, Canary, FORMS, Form};
use super::service::Arguments;

/// Canaries below this number are the credentials of clients.
pub(crate) const CREDENTIALS: usize = 16;

/// What is sent and answered in one round of calls.
pub(crate) struct Plan {
    pub(crate) arguments: Arguments,
    /// The body as it is sent, by itself.
    pub(crate) body: Value,
    pub(crate) success: Success,
    /// The secrets of the request.
    pub(crate) sent: Vec<Canary>,
    /// One for whatever a response holds that nobody has asked for: headers, keys of maps, unknown members.
    pub(crate) spare: Canary,
    /// How many canaries there are.
    pub(crate) canaries: usize,
}

/// A response that can be decoded.
pub(crate) struct Success {
    pub(crate) status: u16,
    pub(crate) shape: Shape,
    pub(crate) body: Option<Value>,
    pub(crate) location: Option<String>,
}

impl Plan {
    /// In each of as many rounds as there are forms every secret has another one.
    pub(crate) fn of(info: &OperationInfo, round: usize) -> Self {
        let mut maker = Maker {
            round,
            next: CREDENTIALS,
            within: Vec::new(),
            slot: None,
            is_harmless: false,
            left_out: left_out(info, round),
        };
        let mut arguments = Map::new();
        let parameters = info.spec.parameters.iter().zip(info.arguments);
        for (parameter, argument) in
            parameters.filter(|(parameter, _)| !left_out(info, round).contains(&parameter.argument))
        {
            maker.slot = Some(Slot::of_parameter(parameter));
            if let Some(value) = maker.value(&(argument.shape)(), parameter.sensitive) {
                arguments.insert(parameter.name.to_owned(), value);
            }
        }
        maker.slot = Some(Slot::BODY);
        let body = maker.value(&(info.request)(), false).unwrap_or_default();
        maker.slot = None;
        match &body {
            Value::Object(members) if members.keys().all(|name| !arguments.contains_key(name)) => {
                arguments.extend(members.clone());
            }
            Value::Null => {}
            other => _ = arguments.insert("body".to_owned(), other.clone()),
        }
        let sent = (CREDENTIALS..maker.next).map(|number| maker.canary(number)).collect();
        let success = maker.success(info);
        let spare = maker.take();
        Self { arguments, body, success, sent, spare, canaries: maker.next - CREDENTIALS }
    }
}

/// The arguments that can't be sent together with another one, which is sent in this round.
fn left_out(info: &OperationInfo, round: usize) -> Vec<&'static str> {
    let Some(group) = info.spec.argument_group.filter(|group| group.is_exact) else { return Vec::new() };
    let mut arguments = group.arguments.to_vec();
    arguments.remove(round % arguments.len());
    arguments
}

/// The form that a canary has in a round.
pub(crate) fn form(number: usize, round: usize) -> Form {
    FORMS[(number + round) % FORMS.len()]
}

struct Maker {
    round: usize,
    next: usize,
    /// The types that are being made, of which none is made within itself.
    within: Vec<&'static str>,
    /// What is being made of a request.
    slot: Option<Slot>,
    /// Whether the spec says that what is being made holds no secret.
    is_harmless: bool,
    /// The members of the body that aren't made.
    left_out: Vec<&'static str>,
}

/// A part of a request, which may have limits.
#[derive(Clone, Copy, Debug)]
struct Slot {
    name: &'static str,
    limits: Limits,
    is_header: bool,
    is_required: bool,
}

impl Slot {
    /// A body as a whole.
    const BODY: Self = Self { name: "body", limits: Limits::NONE, is_header: false, is_required: true };

    fn of_parameter(parameter: &Parameter) -> Self {
        let Parameter { name, limits, required: is_required, location, .. } = *parameter;
        Self { name, limits, is_header: location == ParameterLocation::Header, is_required }
    }

    fn of_member(member: &MemberShape) -> Self {
        let MemberShape { name, limits, is_required, .. } = *member;
        Self { name, limits, is_header: false, is_required }
    }

    /// What every text begins with, such as `mfaTotp:` for the pattern `^mfaTotp:.*$`.
    fn prefix(&self) -> &'static str {
        let after = self.limits.pattern.and_then(|pattern| pattern.strip_prefix('^')?.strip_suffix(".*$"));
        after.unwrap_or_default()
    }

    /// The text as it may be sent here, made longer if need be.
    fn fitted(&self, mut text: String) -> Option<String> {
        // Whatever is no header is refused, and a segment of dots is no path.
        if self.is_header && !text.bytes().all(|byte| byte.is_ascii_graphic()) {
            return None;
        }
        if let Some((fewest, most)) = self.limits.length {
            while text.chars().count() < fewest as usize {
                text.push('x');
            }
            if text.chars().count() > most as usize {
                return None;
            }
        }
        if self.limits.max_bytes.is_some_and(|most| text.len() > most as usize) {
            return None;
        }
        let matches = |pattern| regress::Regex::with_flags(pattern, "u").unwrap().find(&text).is_some();
        self.limits.pattern.is_none_or(matches).then_some(text)
    }
}

impl Maker {
    fn canary(&self, number: usize) -> Canary {
        assert!(number < COUNT, "there are too few canaries for all secrets of an operation");
        Canary { form: form(number, self.round), number }
    }

    fn take(&mut self) -> Canary {
        let canary = self.canary(self.next);
        self.next += 1;
        canary
    }

    /// A value of a shape, all of which is secret or not; none for a type within itself.
    fn value(&mut self, shape: &Shape, is_secret: bool) -> Option<Value> {
        Some(match shape {
            Shape::Nothing => return None,
            Shape::Secret(inner) => return self.value(inner, true),
            Shape::Text => self.text(is_secret)?,
            Shape::Time if is_secret => self.text(true)?,
            Shape::Time => json!("2026-11-28T12:30:00Z"),
            Shape::Enum(of) if is_secret && of.is_open => self.text(true)?,
            Shape::Enum(of) => json!(of.json(of.values.first().copied().unwrap_or("plain"))),
            Shape::Boolean => json!(true),
            Shape::Integer | Shape::Number if is_secret => json!(self.take().integer()),
            Shape::Integer | Shape::Number => json!(7),
            Shape::Any if self.is_harmless => json!({ "inner": ["plain"] }),
            // Nobody knows what free-form JSON holds.
            Shape::Any => json!({ "inner": [self.text(true)?], self.take().text(): self.text(true)? }),
            Shape::List(item) => self.value(item, is_secret).into_iter().collect(),
            Shape::Map(inner) => {
                let key = if is_secret { self.take().text() } else { "plain".to_owned() };
                let value = self.value(inner, is_secret)?;
                json!({ key: value })
            }
            Shape::Object(object) => return self.object(object, is_secret),
            Shape::Choice { forms, .. } => {
                return self.value(forms.get(self.round % forms.len())?, is_secret);
            }
            other => panic!("the test doesn't know how to make up {other:?}"),
        })
    }

    fn object(&mut self, object: &ObjectShape, is_secret: bool) -> Option<Value> {
        if self.within.contains(&object.name) {
            return None;
        }
        self.within.push(object.name);
        let slot = self.slot;
        let is_body = slot.is_some() && self.within.len() == 1;
        let left_out = if is_body { self.left_out.clone() } else { Vec::new() };
        let mut members: Map<String, Value> = object
            .members
            .iter()
            // A request has no member that the service alone sets.
            .filter(|member| slot.is_none() || !member.is_read_only)
            .filter(|member| !left_out.contains(&member.name))
            .filter_map(|member| {
                self.slot = slot.map(|_| Slot::of_member(member));
                self.is_harmless = member.limits.not_sensitive;
                Some((member.name.to_owned(), self.value(&(member.shape)(), is_secret)?))
            })
            .collect();
        self.slot = slot.map(|_| Slot::BODY);
        self.is_harmless = false;
        if object.is_extensible {
            members.insert("inner".to_owned(), self.text(true)?);
        }
        self.slot = slot;
        self.within.pop();
        Some(Value::Object(members))
    }

    /// A text within the limits of the slot; none where what has limits can be left out.
    fn text(&mut self, is_secret: bool) -> Option<Value> {
        let Some(slot) = self.slot else {
            return Some(json!(if is_secret { self.take().text() } else { "plain".to_owned() }));
        };
        if is_secret {
            // The form of this round comes first, then the others.
            let number = self.next;
            let fitting = (0..FORMS.len())
                .map(|turn| Canary { form: form(number, self.round + turn), number }.text())
                .find_map(|text| slot.fitted(format!("{}{text}", slot.prefix())));
            self.take();
            let text = fitting.unwrap_or_else(|| panic!("no canary is a {}: {:?}", slot.name, slot.limits));
            return Some(json!(text));
        }
        let challenge = "E9Melhoa2OwvFrEMTJguCHaoeK1t8URWbuGJSstw-cM";
        let samples =
            ["plain", "en", challenge, "https://app.example/plain", "d189abb0-7bae-498f-bb07-a7d1513c092a"];
        let fitting = samples.into_iter().find_map(|sample| slot.fitted(sample.to_owned()));
        assert!(fitting.is_some() || !slot.is_required, "no sample is a {}: {:?}", slot.name, slot.limits);
        fitting.map(Value::String)
    }

    fn success(&mut self, info: &OperationInfo) -> Success {
        let (status, shape) = match (info.response)() {
            Shape::ByStatus(responses) => {
                let (status, shape) = responses[self.round % responses.len()].clone();
                (status.parse().unwrap(), shape)
            }
            shape => (info.spec.responses[0], shape),
        };
        let (body, location) = match &shape {
            Shape::Redirect => (None, Some(self.location())),
            shape => (self.value(shape, false), None),
        };
        Success { status, shape, body, location }
    }

    /// Where a redirect leads: every part but scheme and host holds a canary.
    pub(crate) fn location(&mut self) -> String {
        const MEMBERS: [&str; 8] =
            ["refreshToken", "code", "state", "ticket", "error", "errorDescription", "provider_error", "new"];

        let mut next = || utf8_percent_encode(&self.take().text(), NON_ALPHANUMERIC).to_string();
        let query: Vec<String> = MEMBERS.iter().map(|name| format!("{name}={}", next())).collect();
        let (user, password, path, fragment) = (next(), next(), next(), next());
        format!("https://{user}:{password}@app.example/{path}?{}#{fragment}", query.join("&"))
    }
}
