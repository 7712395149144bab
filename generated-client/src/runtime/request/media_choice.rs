//! The media types that a call chooses in place of the usual ones.

use super::media_type::is_in;
use super::payload::Payload;
use super::spec::Spec;
use crate::runtime::error::invalid_request::InvalidRequest;
use crate::runtime::value::binary::Binary;

/// What a call chooses.
#[derive(Clone, Default)]
pub(crate) struct MediaChoice {
    /// The media type of the response.
    pub(crate) accept: Option<String>,
    /// The bytes that are sent in place of the typed body, with their media type.
    pub(crate) body: Option<Binary>,
}

impl MediaChoice {
    /// The value of the header `Accept`; none if nothing is asked for.
    pub(crate) fn accept(&self, spec: &Spec) -> Result<Option<String>, InvalidRequest> {
        let Some(chosen) = &self.accept else {
            return Ok(spec.accept.map(str::to_owned));
        };
        let usual = spec.accept.into_iter().flat_map(|usual| usual.split(", "));
        let ranges: Vec<&str> = usual.chain(spec.other_responses.iter().copied()).collect();
        match ranges.iter().any(|range| is_in(chosen, range)) {
            true => Ok(Some(chosen.clone())),
            false => Err(refused("the media type of the response", "gives", &ranges)),
        }
    }

    /// The body that was chosen, if one was.
    pub(crate) fn body(&self, spec: &Spec) -> Result<Option<Payload>, InvalidRequest> {
        let Some(binary) = &self.body else { return Ok(None) };
        let given = binary.media_type().unwrap_or_default();
        let usual = spec.body.map(|media_type| media_type.as_str());
        let ranges: Vec<&str> = usual.into_iter().chain(spec.other_bodies.iter().copied()).collect();
        match ranges.iter().any(|range| is_in(given, range)) {
            true => Ok(Some(Payload::of(binary.content(), given.to_owned()))),
            false => Err(refused("the media type of the body", "takes", &ranges)),
        }
    }
}

fn refused(what: &str, does: &str, ranges: &[&str]) -> InvalidRequest {
    let why = match ranges {
        [] => "can't be chosen, since the operation has one alone".to_owned(),
        ranges => format!("is none of those that the operation {does}: `{}`", ranges.join("`, `")),
    };
    InvalidRequest::new(what, why)
}
