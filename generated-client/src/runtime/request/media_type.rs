//! The media types of requests.

use super::parameter::Parameter;

/// The media type of a request's body.
#[derive(Clone, Copy, Debug, PartialEq)]
#[non_exhaustive]
pub enum MediaType {
    /// `application/json`
    Json,
    /// Another type that is JSON, such as `application/merge-patch+json`.
    OtherJson(&'static str),
    /// `application/x-www-form-urlencoded`
    Form,
    /// The same, for a form of which these members have a style. Each is described as a query parameter with that style.
    StyledForm(&'static [Parameter]),
    /// `multipart/form-data`, with a description of each part that isn't written in the usual way.
    #[cfg(feature = "multipart")]
    Multipart(&'static [FormPart]),
    /// A type that is text, such as `text/csv`.
    Text(&'static str),
    /// Any other type, such as `image/png`, or a range of types, such as `image/*`.
    Bytes(&'static str),
}

impl MediaType {
    /// The media type, or the range of types, without the parameters that only a request has.
    #[must_use]
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Json => "application/json",
            Self::Form | Self::StyledForm(_) => "application/x-www-form-urlencoded",
            #[cfg(feature = "multipart")]
            Self::Multipart(_) => "multipart/form-data",
            Self::OtherJson(name) | Self::Text(name) | Self::Bytes(name) => name,
        }
    }
}

/// How a part of a form with parts is written: whether it is a file, in which media type, and with which further headers.
#[cfg(feature = "multipart")]
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub struct FormPart {
    /// The name of the part, which is that of a member of the body.
    pub name: &'static str,
    /// Whether it is a file.
    pub is_file: bool,
    /// Its media type, where that isn't the usual one. A file can have another.
    pub media_type: Option<&'static str>,
    /// Whether each value in a list or an object is a part of its own, with brackets in its name (`deepObject`).
    pub is_deep: bool,
    /// Further headers, each with its value.
    pub headers: &'static [(&'static str, &'static str)],
}

#[cfg(feature = "multipart")]
impl FormPart {
    /// Describes a part that is a file, or several parts that are files.
    #[must_use]
    pub const fn file(name: &'static str) -> Self {
        Self { name, is_file: true, media_type: None, is_deep: false, headers: &[] }
    }

    /// Describes any other part.
    #[must_use]
    pub const fn value(name: &'static str) -> Self {
        Self { name, is_file: false, media_type: None, is_deep: false, headers: &[] }
    }

    /// Sets the media type.
    #[must_use]
    pub const fn media_type(mut self, media_type: &'static str) -> Self {
        self.media_type = Some(media_type);
        self
    }

    /// Makes each value in a list or an object a part of its own, with brackets in its name.
    #[must_use]
    pub const fn deep_object(mut self) -> Self {
        self.is_deep = true;
        self
    }

    /// Sets further headers, each with its value.
    #[must_use]
    pub const fn headers(mut self, headers: &'static [(&'static str, &'static str)]) -> Self {
        self.headers = headers;
        self
    }
}

/// The media type in which a request is sent: the one that the caller gives, if it is one of the range, or else that of the
/// operation. None if the caller's is another, or if a range has no usual type.
pub(crate) fn chosen<'a>(range: &'a str, given: Option<&'a str>) -> Option<&'a str> {
    match (given, essence(range).as_str()) {
        (Some(given), _) => is_in(given, range).then_some(given),
        (None, "*/*" | "application/*") => Some("application/octet-stream"),
        (None, "text/*") => Some("text/plain"),
        (None, essence) => (!essence.ends_with("/*")).then_some(range),
    }
}

/// Whether a media type is one of a range. Parameters make no difference.
pub(crate) fn is_in(media_type: &str, range: &str) -> bool {
    let (media_type, range) = (essence(media_type), essence(range));
    let is_whole = media_type.split_once('/').is_some_and(|(kind, of)| !kind.is_empty() && !of.is_empty());
    is_whole
        && !media_type.contains('*')
        && (media_type == range
            || range == "*/*"
            || range.strip_suffix('*').is_some_and(|start| media_type.starts_with(start)))
}

/// The media type without its parameters.
fn essence(media_type: &str) -> String {
    media_type.split(';').next().unwrap_or_default().trim().to_lowercase()
}

/// Whether a media type is JSON.
pub(crate) fn is_json(media_type: &str) -> bool {
    let essence = essence(media_type);
    essence == "application/json" || essence.ends_with("+json")
}

#[cfg(test)]
mod tests {
    use super::{chosen, is_in};

    #[test]
    fn a_media_type_is_chosen_of_a_range() {
        for (range, given, expected) in [
            ("image/png", None, Some("image/png")),
            ("text/csv; charset=utf-8", None, Some("text/csv; charset=utf-8")),
            ("*/*", None, Some("application/octet-stream")),
            ("application/*", None, Some("application/octet-stream")),
            ("text/*", None, Some("text/plain")),
            ("image/*", None, None),
            ("image/*", Some("image/webp"), Some("image/webp")),
            ("image/*", Some("audio/ogg"), None),
            ("image/*", Some("image/*"), None),
            (
                "multipart/related",
                Some("multipart/related; boundary=b"),
                Some("multipart/related; boundary=b"),
            ),
            ("*/*", Some("image"), None),
        ] {
            assert_eq!(chosen(range, given), expected, "{range} {given:?}");
        }
        assert!(is_in("Application/JSON", "application/json;charset=utf-8"));
        assert!(!is_in("imagery/png", "image/*"));
    }
}
