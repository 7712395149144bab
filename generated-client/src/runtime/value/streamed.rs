//! Binaries whose bytes are read while a request is sent.

use std::fs::Metadata;
use std::io;
use std::path::Path;

use bytes::Bytes;
use futures_core::Stream;
use serde_json::Value;
use tokio::fs::File;
use tokio::io::AsyncRead;

use super::binary::{Binary, FILE_NAME, MEDIA_TYPE, STREAM};
use super::binary_content::BinaryContent;
use super::source::Source;

impl Binary {
    /// Sends the chunks of a stream as they come: see [Streams](Self#streams).
    #[must_use]
    pub fn from_stream<B: Into<Bytes>>(chunks: impl Stream<Item = io::Result<B>> + Send + 'static) -> Self {
        Self { content: BinaryContent::Source(Source::new(chunks)), ..Self::default() }
    }

    /// Sends what a reader gives, up to its end: see [Streams](Self#streams).
    #[must_use]
    pub fn from_reader(reader: impl AsyncRead + Send + 'static) -> Self {
        Self { content: BinaryContent::Source(Source::of_reader(reader)), ..Self::default() }
    }

    /// Sends a file, with its length and its name: see [Streams](Self#streams). It is opened here, and read while the request
    /// is sent.
    ///
    /// # Errors
    ///
    /// If the file can't be opened.
    pub async fn from_file(path: impl AsRef<Path>) -> io::Result<Self> {
        let path = path.as_ref();
        let file = File::open(path).await?;
        let length = file.metadata().await.ok().filter(Metadata::is_file).map(|metadata| metadata.len());
        let name = path.file_name().map(|name| name.to_string_lossy().into_owned());
        let read = Self { file_name: name, ..Self::from_reader(file) };
        Ok(length.into_iter().fold(read, Self::with_length))
    }

    /// Says how many bytes a stream has, so that they are sent with a `Content-Length`. A stream of another length fails the
    /// call. It changes nothing where the bytes are in memory.
    #[must_use]
    pub fn with_length(mut self, bytes: u64) -> Self {
        if let BinaryContent::Source(source) = &mut self.content {
            source.length = Some(bytes);
        }
        self
    }

    /// Reads what stands in JSON for a stream that is one of these.
    pub(crate) fn streamed(json: &Value, sources: &[Source]) -> Option<Self> {
        let number: usize = json.get(STREAM)?.as_str()?.parse().ok()?;
        let text = |name: &str| json.get(name).and_then(Value::as_str).map(str::to_owned);
        let content = BinaryContent::Source(sources.get(number)?.clone());
        Some(Self { content, media_type: text(MEDIA_TYPE), file_name: text(FILE_NAME) })
    }
}
