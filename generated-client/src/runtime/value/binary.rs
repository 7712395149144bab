//! Bytes that are no JSON and no text.

use std::fmt;
use std::ops::Deref;

use base64::Engine;
use base64::engine::general_purpose::STANDARD;
use serde::{Deserialize, Deserializer, Serialize, Serializer, de, ser};
use serde_json::Value;

use super::binary_content::BinaryContent;
#[cfg(all(feature = "multipart", feature = "stream"))]
use super::form_sources::number;
use super::limits::Limits;
use super::members::Member;
use super::safe_debug::SafeDebug;
use super::secret::Secret;
use super::secret_bytes::SecretBytes;
#[cfg(feature = "operations")]
use super::shape::{Shape, Shaped};
#[cfg(all(feature = "multipart", feature = "stream"))]
use super::source::Source;
use super::validate::Validate;
use super::violation::Violation;

/// The members that stand for the parts of a value in JSON.
const CONTENT: &str = "content";
const MEDIA_TYPE: &str = "media_type";
const FILE_NAME: &str = "file_name";

/// The member that stands for a stream in a form with parts.
#[cfg(all(feature = "multipart", feature = "stream"))]
const STREAM: &str = "stream";

/// Bytes that are neither JSON nor text, such as an image: the body of a request or response, or a file in a form with parts.
/// Nobody knows what they hold, so `Debug` shows their number alone, and their memory is overwritten when they are dropped.
///
/// In a request they can have a media type, and as a file in a form a name:
///
/// ```
/// use generated_client::runtime::Binary;
///
/// let photo = Binary::new(b"...".to_vec()).with_media_type("image/png").with_file_name("sea.png");
/// assert_eq!(photo.media_type(), Some("image/png"));
/// ```
///
/// # Streams
///
/// With the feature `stream`, the bytes of a request can come from a file, a reader or a stream while the request is sent, so
/// that they are never in memory as a whole:
///
/// ```no_run
/// # #[cfg(feature = "stream")] {
/// use generated_client::runtime::Binary;
///
/// # async fn doc(download: impl tokio::io::AsyncRead + Send + 'static) -> std::io::Result<()> {
/// let film = Binary::from_file("film.mp4").await?.with_media_type("video/mp4");
/// let copy = Binary::from_reader(download).with_length(1_000_000);
/// # Ok(()) }
/// # }
/// ```
///
/// - They are read once, so the request is sent once, whatever its [retry class](crate::runtime::Retry), even if no connection
///   could be made. A call that sends them a second time is an invalid request; copies of the value share the bytes.
/// - The call may take as long as its [timeout](crate::runtime::Call::timeout) says, which you will want to set for much data.
/// - If they can't be read to their end, the call fails with
///   [`Phase::Upload`](crate::runtime::Phase::Upload). It names the kind of the error alone.
/// - Where their number isn't known, HTTP/1.1 sends them in chunks, and no limit of the spec is checked.
/// - In the program, this value is empty: nobody but the service sees the bytes.
#[derive(Clone, Default, PartialEq, Eq)]
pub struct Binary {
    pub(super) content: BinaryContent,
    pub(super) media_type: Option<String>,
    pub(super) file_name: Option<String>,
}

impl Binary {
    /// Keeps the bytes.
    #[must_use]
    pub fn new(bytes: impl Into<Vec<u8>>) -> Self {
        Self {
            content: BinaryContent::Bytes(SecretBytes::from(bytes.into())),
            media_type: None,
            file_name: None,
        }
    }

    /// Sets the media type, such as `image/png`. A request that can't be sent with it is refused.
    #[must_use]
    pub fn with_media_type(self, media_type: impl Into<String>) -> Self {
        Self { media_type: Some(media_type.into()), ..self }
    }

    /// Sets the name that a file has in a form with parts. By default it is the name of the part.
    #[must_use]
    pub fn with_file_name(self, name: impl Into<String>) -> Self {
        Self { file_name: Some(name.into()), ..self }
    }

    /// The media type that was set.
    #[must_use]
    pub fn media_type(&self) -> Option<&str> {
        self.media_type.as_deref()
    }

    /// The name of the file that was set.
    #[must_use]
    pub fn file_name(&self) -> Option<&str> {
        self.file_name.as_deref()
    }

    /// Takes the bytes out. Their memory isn't overwritten any more when they are dropped.
    #[must_use]
    pub fn into_vec(self) -> Vec<u8> {
        self.content.into_vec()
    }

    /// The bytes, or where they come from.
    pub(crate) fn content(&self) -> &BinaryContent {
        &self.content
    }

    /// Reads what stands for the bytes in JSON: a text in base64, or an object that has it as `content`, beside `media_type`
    /// and `file_name`.
    pub(crate) fn from_json(json: &Value) -> Option<Self> {
        let content = json.get(CONTENT).unwrap_or(json);
        let text = |name: &str| json.get(name).and_then(Value::as_str).map(str::to_owned);
        let bytes = STANDARD.decode(content.as_str()?).ok()?;
        Some(Self { media_type: text(MEDIA_TYPE), file_name: text(FILE_NAME), ..Self::new(bytes) })
    }

    /// Reads the JSON that stands for one of these streams.
    #[cfg(all(feature = "multipart", feature = "stream"))]
    pub(crate) fn streamed(json: &Value, sources: &[Source]) -> Option<Self> {
        let number: usize = json.get(STREAM)?.as_str()?.parse().ok()?;
        let text = |name: &str| json.get(name).and_then(Value::as_str).map(str::to_owned);
        let content = BinaryContent::Source(sources.get(number)?.clone());
        Some(Self { content, media_type: text(MEDIA_TYPE), file_name: text(FILE_NAME) })
    }
}

impl Deref for Binary {
    type Target = [u8];

    fn deref(&self) -> &[u8] {
        self.content.as_slice()
    }
}

impl AsRef<[u8]> for Binary {
    fn as_ref(&self) -> &[u8] {
        self.content.as_slice()
    }
}

impl From<Vec<u8>> for Binary {
    fn from(bytes: Vec<u8>) -> Self {
        Self::new(bytes)
    }
}

impl From<&[u8]> for Binary {
    fn from(bytes: &[u8]) -> Self {
        Self::new(bytes)
    }
}

impl SafeDebug for Binary {}

impl fmt::Debug for Binary {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "Binary({:?})", self.content)
    }
}

/// The length is counted in bytes. That of a stream isn't checked where it isn't known.
impl Validate for Binary {
    fn check(&self, limits: &Limits) -> Result<(), Violation> {
        self.content.length().map_or(Ok(()), |length| limits.check_bytes(length))
    }

    #[allow(private_interfaces, reason = "only the runtime asks for it")]
    fn as_binary(&self) -> Option<(&BinaryContent, Option<&str>)> {
        Some((&self.content, self.media_type()))
    }
}

/// In JSON it is a text in base64, or an object that has it beside the media type and the name. A stream has no JSON; while a
/// form with parts is written, a number stands for it.
impl Serialize for Binary {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        #[cfg(all(feature = "multipart", feature = "stream"))]
        if let BinaryContent::Source(source) = &self.content
            && let Some(number) = number(source)
        {
            let number = number.to_string();
            let about = [(MEDIA_TYPE, &self.media_type), (FILE_NAME, &self.file_name)];
            let about = about.into_iter().filter_map(|(name, text)| Some((name, text.as_ref()?)));
            return serializer.collect_map(std::iter::once((STREAM, &number)).chain(about));
        }
        if self.content.is_streamed() {
            return Err(ser::Error::custom("a stream has no JSON"));
        }
        let content = Secret::new(STANDARD.encode(&**self));
        let about = [(MEDIA_TYPE, &self.media_type), (FILE_NAME, &self.file_name)];
        let about = about.into_iter().filter_map(|(name, text)| Some((name, text.as_deref()?)));
        if about.clone().next().is_none() {
            return serializer.serialize_str(content.expose());
        }
        serializer.collect_map(std::iter::once((CONTENT, content.expose().as_str())).chain(about))
    }
}

impl<'de> Deserialize<'de> for Binary {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let json = Secret::new(Value::deserialize(deserializer)?);
        Self::from_json(json.expose()).ok_or_else(|| de::Error::custom("is not a text in base64"))
    }
}

impl Member for Binary {
    fn read<'de, D: Deserializer<'de>>(deserializer: D) -> Result<Option<Self>, D::Error> {
        Option::deserialize(deserializer)
    }
}

#[cfg(feature = "operations")]
impl Shaped for Binary {
    fn shape() -> Shape {
        Shape::Binary
    }
}

#[cfg(test)]
mod tests {
    use super::Binary;
    use serde_json::json;

    #[test]
    fn debug_shows_the_number_of_bytes_alone() {
        let binary = Binary::new(*b"s3cret");
        assert_eq!(format!("{binary:?}"), "Binary(6 bytes)");
        assert_eq!((&*binary, binary.clone().into_vec()), (&b"s3cret"[..], b"s3cret".to_vec()));
        assert_eq!(binary, Binary::from(b"s3cret".to_vec()));
        assert_eq!(format!("{:?}", binary.with_file_name("s3cret.txt")), "Binary(6 bytes)");
    }

    #[test]
    fn json_has_all_of_it() {
        let plain = Binary::new(*b"\0\xff");
        let named = plain.clone().with_media_type("image/png").with_file_name("sea.png");
        let json = serde_json::to_value(&named).unwrap();
        assert_eq!(json, json!({"content": "AP8=", "media_type": "image/png", "file_name": "sea.png"}));
        assert_eq!(serde_json::from_value::<Binary>(json).unwrap(), named);
        assert_eq!(serde_json::to_value(&plain).unwrap(), json!("AP8="));
        assert_eq!(serde_json::from_value::<Binary>(json!("AP8=")).unwrap(), plain);
        for wrong in [json!("s3cret!"), json!(7), json!({"content": 7})] {
            let error = serde_json::from_value::<Binary>(wrong).unwrap_err();
            assert_eq!(error.to_string(), "is not a text in base64");
        }
    }
}
