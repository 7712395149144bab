//! The media types that bodies are written and read in.

/// How a body of a media type is written or read.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) enum MediaKind {
    /// As JSON.
    Json,
    /// As a form with parts: `multipart/form-data`.
    Multipart,
    /// As a form: `application/x-www-form-urlencoded`.
    Form,
    /// As text.
    Text,
    /// As bytes.
    Binary,
}

impl MediaKind {
    /// The kind of a media type. `is_text` says whether the schema is that of a string: any media type is taken for JSON if
    /// it isn't.
    pub(crate) fn of(media_type: &str, is_text: bool) -> Self {
        let name = media_type.split(';').next().unwrap_or_default().trim().to_lowercase();
        let is_json = name == "application/json" || name.ends_with("+json");
        let is_any = ["*/*", "application/*"].contains(&&*name);
        let is_xml = name == "application/xml" || name.ends_with("+xml") && !name.starts_with("image/");
        match &*name {
            _ if is_json || is_any && !is_text => Self::Json,
            "application/x-www-form-urlencoded" => Self::Form,
            "multipart/form-data" => Self::Multipart,
            name if name.starts_with("text/") || is_xml || name == "application/yaml" => Self::Text,
            _ => Self::Binary,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::MediaKind;

    #[test]
    fn media_types_are_of_a_kind() {
        for (name, is_text, kind) in [
            ("application/json", true, MediaKind::Json),
            ("application/json; charset=utf-8", false, MediaKind::Json),
            ("application/problem+json", false, MediaKind::Json),
            ("*/*", false, MediaKind::Json),
            ("*/*", true, MediaKind::Binary),
            ("application/x-www-form-urlencoded", false, MediaKind::Form),
            ("multipart/form-data", false, MediaKind::Multipart),
            ("multipart/form-data; boundary=b", true, MediaKind::Multipart),
            ("multipart/mixed", true, MediaKind::Binary),
            ("text/plain", true, MediaKind::Text),
            ("text/csv", true, MediaKind::Text),
            ("application/atom+xml", false, MediaKind::Text),
            ("application/xml", false, MediaKind::Text),
            ("image/svg+xml", true, MediaKind::Binary),
            ("image/*", true, MediaKind::Binary),
            ("application/octet-stream", true, MediaKind::Binary),
        ] {
            assert_eq!(MediaKind::of(name, is_text), kind, "{name}");
        }
    }
}
