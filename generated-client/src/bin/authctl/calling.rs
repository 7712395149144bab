//! The command `call`.

use std::time::Instant;

use generated_client::runtime::{
    AnyClient, DecodeError, MediaType, Method, OperationInfo, PreparedRequest, RawResponse, Shape,
};
use reqwest::StatusCode;
use reqwest::header::HeaderMap;
use serde_json::{Map, Value};

use crate::Outcome;
use crate::arguments;
use crate::catalog;
use crate::cli::Call;
use crate::credentials::{self, Settings};
use crate::failed::{self, ErrorResponse, Failed};
use crate::listing::method;
use crate::output::{self, Fault};
use crate::paging::{self, Printed, Stopped};
use crate::redact;

/// The argument that asks for the response in another media type.
const ACCEPT: &str = "header.Accept";

const SECRETS_LEFT_OUT: &str = "secrets are left out; `--show-secrets` prints them";

pub(crate) fn run(call: &Call) -> Outcome {
    let info = catalog::find(call.service, &call.operation)?;
    let (client, arguments) = checked(info, call)?;
    if call.dry_run || call.url_only {
        let prepared =
            client.prepare_operation(info.spec.id, arguments).map_err(|error| refused(error.into()))?;
        return if call.url_only {
            print_url(info, &prepared, call)
        } else {
            print_request(info, &prepared, call)
        };
    }
    send(info, &client, arguments, call)
}

/// A client, and the arguments for it.
type Checked = (AnyClient, Map<String, Value>);

/// Makes the client and its arguments. All that is wrong with a call is told at once.
fn checked(info: &OperationInfo, call: &Call) -> Result<Checked, Fault> {
    let mut faults = Vec::new();
    if call.url_only && !is_followed(info) {
        faults.push(format!("`{}` is not called by a browser that follows a URL", info.spec.id));
    }
    if call.all && info.spec.paging.is_none() {
        faults.push(format!("`{}` doesn't give a list in pages, which `--all` is for", info.spec.id));
    }
    let is_sent = !call.dry_run && !call.url_only;
    if let Some(option) = printed_as_it_came(call).filter(|_| is_sent && !may_show_secrets(call)) {
        faults
            .push(format!("the response may have secrets: `{option}` needs `--show-secrets` on a terminal"));
    }
    // The credential comes first on standard input.
    let client = match Settings::read(call) {
        Ok(settings) => credentials::client(info, call, &settings),
        Err(why) => Err(why),
    };
    let (mut arguments, findings) = arguments::collect(info, &call.arguments, call.body.as_deref());
    for warning in &findings.warnings {
        output::warn(warning);
    }
    faults.extend(findings.faults);
    arguments.extend(call.accept.iter().map(|accept| (ACCEPT.to_owned(), Value::from(accept.as_str()))));
    match client {
        Ok(client) if faults.is_empty() => Ok((client, arguments)),
        client => {
            faults.extend(client.err().into_iter().flatten());
            Err(Fault::Usage(faults))
        }
    }
}

/// The option that has the response printed as it came, if one does.
fn printed_as_it_came(call: &Call) -> Option<&'static str> {
    match (call.raw, &call.accept) {
        (true, _) => Some("--raw"),
        (false, Some(_)) => Some("--accept"),
        (false, None) => None,
    }
}

fn is_followed(info: &OperationInfo) -> bool {
    info.spec.method == Method::Get && (info.response)() == Shape::Redirect
}

/// A terminal shows secrets only if it is told to; what is piped on is for a program.
fn may_show_secrets(call: &Call) -> bool {
    call.show_secrets || !output::is_seen()
}

fn refused(failed: Failed) -> Fault {
    match failed {
        Failed::InvalidRequest(why) | Failed::NoResponse(why) => Fault::usage(why),
        Failed::Api(response) => Fault::Api(response.text),
    }
}

fn print_url(info: &OperationInfo, prepared: &PreparedRequest, call: &Call) -> Outcome {
    let url = if may_show_secrets(call) { prepared.url.to_string() } else { redact::url(info, prepared) };
    output::print_bytes(format!("{url}\n").as_bytes())
}

/// A dry run leaves secrets out wherever it is printed to.
fn print_request(info: &OperationInfo, prepared: &PreparedRequest, call: &Call) -> Outcome {
    let url = if call.show_secrets { prepared.url.to_string() } else { redact::url(info, prepared) };
    let headers = redact::request_headers(info, &prepared.headers, &call.header, call.show_secrets);
    let mut text = format!("{} {url}\n{headers}", method(info));
    if let Some(body) = &prepared.body {
        text.push('\n');
        text.push_str(&body_text(info, body, call.show_secrets));
        text.push('\n');
    }
    output::print_bytes(text.as_bytes())
}

fn body_text(info: &OperationInfo, body: &[u8], are_secrets_shown: bool) -> String {
    let request = (info.request)();
    let plain = String::from_utf8_lossy(body).into_owned();
    if let Some(MediaType::Form | MediaType::StyledForm(_)) = info.spec.body {
        let is_shown = |name: &str| {
            arguments::member_shape(&request, name).is_some_and(|shape| redact::is_printed(&shape))
        };
        return if are_secrets_shown { plain } else { redact::pairs(&plain, is_shown) };
    }
    match info.spec.body {
        Some(MediaType::Text(_)) if are_secrets_shown || redact::is_printed(&request) => return plain,
        #[cfg(feature = "multipart")]
        Some(MediaType::Multipart(_)) => return redact::LEFT_OUT.to_owned(),
        Some(MediaType::Text(_) | MediaType::Bytes(_)) => return redact::LEFT_OUT.to_owned(),
        _ => {}
    }
    match serde_json::from_slice(body) {
        Ok(value) if are_secrets_shown => format!("{:#}", Value::clone(&value)),
        Ok(value) => format!("{:#}", redact::value(&request, &value)),
        Err(_) => redact::LEFT_OUT.to_owned(),
    }
}

fn send(info: &OperationInfo, client: &AnyClient, arguments: Map<String, Value>, call: &Call) -> Outcome {
    let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build();
    let runtime = runtime.map_err(|error| Fault::NoResponse(format!("no call can be made: {error}")))?;
    let start = Instant::now();
    if call.all {
        let walk = paging::print_all(info, client, arguments, may_show_secrets(call));
        return match runtime.block_on(walk) {
            Ok(printed) => {
                tell_printed(&printed, start);
                Ok(())
            }
            Err(Stopped::Call(failed)) => fail(failed, start, call),
            Err(Stopped::Output(fault)) => Err(fault),
            Err(Stopped::Unread) => Ok(()),
        };
    }
    let answered = runtime.block_on(client.call_operation_raw(info.spec.id, arguments));
    match answered.map_err(Failed::from) {
        Ok(response) => {
            report(response.status(), response.request_id(), start);
            print_response(info, &response, call)
        }
        Err(failed) => fail(failed, start, call),
    }
}

fn report(status: StatusCode, request_id: Option<&str>, start: Instant) {
    let request_id = request_id.map(|id| format!(", request {id}")).unwrap_or_default();
    output::say(format_args!("{status} in {} ms{request_id}", start.elapsed().as_millis()));
}

fn tell_printed(printed: &Printed, start: Instant) {
    let count = |count, unit| if count == 1 { format!("1 {unit}") } else { format!("{count} {unit}s") };
    let (items, pages) = (count(printed.items, "item"), count(printed.pages, "page"));
    output::say(format_args!("{items} on {pages} in {} ms", start.elapsed().as_millis()));
    if printed.are_secrets_left_out {
        output::say(SECRETS_LEFT_OUT);
    }
}

fn fail(failed: Failed, start: Instant, call: &Call) -> Outcome {
    match failed {
        Failed::Api(response) => {
            report(response.status, response.request_id.as_deref(), start);
            print_error(&response, call)?;
            Err(Fault::Api(response.text))
        }
        Failed::InvalidRequest(why) => Err(Fault::usage(why)),
        Failed::NoResponse(why) => {
            Err(Fault::NoResponse(format!("{why} ({} ms)", start.elapsed().as_millis())))
        }
    }
}

fn print_response(info: &OperationInfo, response: &RawResponse, call: &Call) -> Outcome {
    if call.include {
        print_head(response.status(), response.headers(), call)?;
    }
    if printed_as_it_came(call).is_some() {
        return output::print_bytes(response.body());
    }
    let unreadable = |fault: DecodeError| {
        Fault::NoResponse(format!("the response of `{}` {}", info.spec.id, failed::unreadable(&fault)))
    };
    let value = info.read(response).map_err(unreadable)?;
    if value.is_null() {
        return Ok(());
    }
    if may_show_secrets(call) {
        return output::print_bytes(format!("{value:#}\n").as_bytes());
    }
    let shown = redact::value(&shape_of(info, response), &value);
    output::print_bytes(format!("{shown:#}\n").as_bytes())?;
    if shown != value {
        output::say(SECRETS_LEFT_OUT);
    }
    Ok(())
}

fn shape_of(info: &OperationInfo, response: &RawResponse) -> Shape {
    match (info.response)() {
        Shape::ByStatus(shapes) => {
            let status = response.status().as_u16().to_string();
            let is_range = |range: &str| range.ends_with("XX") && range.get(..1) == status.get(..1);
            let of_status = shapes.into_iter().find(|(known, _)| *known == status || is_range(known));
            of_status.map_or(Shape::Any, |(_, shape)| shape)
        }
        shape => shape,
    }
}

/// Prints the body of an error response, JSON in a readable form and anything else as it came. The service may repeat in
/// the body what it was sent, so a terminal shows it only if it is told to.
fn print_error(response: &ErrorResponse, call: &Call) -> Outcome {
    if call.include {
        print_head(response.status, &response.headers, call)?;
    }
    if !may_show_secrets(call) {
        output::say(
            "the body of the error is left out, since it may repeat secrets; `--show-secrets` prints it",
        );
        return Ok(());
    }
    match serde_json::from_slice::<Value>(&response.body) {
        Ok(value) if !call.raw => output::print_bytes(format!("{value:#}\n").as_bytes()),
        _ => output::print_bytes(&response.body),
    }
}

fn print_head(status: StatusCode, headers: &HeaderMap, call: &Call) -> Outcome {
    let headers = redact::response_headers(headers, may_show_secrets(call));
    output::print_bytes(format!("{status}\n{headers}\n").as_bytes())
}
