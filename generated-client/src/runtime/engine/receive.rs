//! Reads the bodies of responses.

use bytes::Bytes;
use reqwest::Response;

use crate::runtime::error::kind::ErrorKind;
use crate::runtime::error::transport::TransportError;
use crate::runtime::value::secret_bytes::SecretBytes;

/// The most memory that is reserved for a body before all of it has arrived.
const FIRST_BUFFER: usize = 64 * 1024;

/// The body of a response, or the start of it.
pub(super) struct Arrived {
    pub(super) bytes: Bytes,
    pub(super) is_truncated: bool,
    /// Whether the rest didn't arrive.
    pub(super) is_broken: bool,
}

/// Reads the body of a success. One that is longer than the limit is an error.
pub(super) async fn read_all(response: &mut Response, limit: usize) -> Result<Arrived, ErrorKind> {
    let too_large = ErrorKind::TooLarge { status: response.status(), limit };
    if announced(response) > limit {
        return Err(too_large);
    }
    let mut body = Body::default();
    let is_truncated = body.read(response, limit).await.map_err(TransportError::receiving)?;
    if is_truncated {
        return Err(too_large);
    }
    Ok(Arrived { bytes: body.into_bytes(), is_truncated, is_broken: false })
}

/// Reads the body of an error, up to the limit. If the rest doesn't arrive, what has come is kept, because the status and
/// the headers say what failed, and whether the request may be sent again.
///
/// It is copied: an error may be kept for long, and would keep all memory that the HTTP client has read the response into.
pub(super) async fn read_start(response: &mut Response, limit: usize) -> Arrived {
    let mut body = Body::default();
    let read = body.read(response, limit).await;
    Arrived { bytes: body.into_copy(), is_broken: read.is_err(), is_truncated: read.unwrap_or(true) }
}

/// How long the response says that its body is.
pub(super) fn announced(response: &Response) -> usize {
    usize::try_from(response.content_length().unwrap_or(0)).unwrap_or(usize::MAX)
}

/// What has arrived of a body.
///
/// Most bodies arrive in one piece, in memory of the HTTP client. A copy would be one more place that holds the secrets in
/// it, and would take a notable part of the time of a call.
enum Body {
    Piece(Bytes),
    Pieces(SecretBytes),
}

impl Default for Body {
    fn default() -> Self {
        Self::Piece(Bytes::new())
    }
}

impl Body {
    /// Reads the body as it arrives, up to the limit, and says whether there is more.
    async fn read(&mut self, response: &mut Response, limit: usize) -> reqwest::Result<bool> {
        let expected = announced(response).min(limit).min(FIRST_BUFFER);
        while let Some(mut piece) = response.chunk().await? {
            let room = limit - self.len();
            let is_truncated = piece.len() > room;
            piece.truncate(room);
            self.add(piece, expected);
            if is_truncated {
                return Ok(true);
            }
        }
        Ok(false)
    }

    /// Adds a piece. `expected` is the length that the whole body is expected to have.
    fn add(&mut self, piece: Bytes, expected: usize) {
        match self {
            Self::Piece(first) if first.is_empty() => *first = piece,
            Self::Piece(first) => {
                let mut all = SecretBytes::with_capacity(expected);
                all.extend(first);
                all.extend(&piece);
                *self = Self::Pieces(all);
            }
            Self::Pieces(all) => all.extend(&piece),
        }
    }

    fn len(&self) -> usize {
        match self {
            Self::Piece(piece) => piece.len(),
            Self::Pieces(all) => all.len(),
        }
    }

    fn into_bytes(self) -> Bytes {
        match self {
            Self::Piece(piece) => piece,
            Self::Pieces(all) => all.into_bytes(),
        }
    }

    /// The bytes in memory of their own, which is overwritten in the end.
    fn into_copy(self) -> Bytes {
        match self {
            Self::Piece(piece) => SecretBytes::from(piece.to_vec()).into_bytes(),
            Self::Pieces(all) => all.into_bytes(),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::Body;
    use bytes::Bytes;

    fn of(pieces: &[&Bytes]) -> Body {
        let mut body = Body::default();
        pieces.iter().for_each(|piece| body.add(Bytes::clone(piece), 8));
        body
    }

    #[test]
    fn a_body_in_one_piece_is_not_copied() {
        let (empty, piece) = (Bytes::new(), Bytes::from(vec![b'a'; 7]));
        for body in [of(&[&piece]), of(&[&empty, &piece]), of(&[&empty, &empty, &piece])] {
            assert_eq!((body.len(), body.into_bytes().as_ptr()), (7, piece.as_ptr()));
        }
        let copy = of(&[&piece]).into_copy();
        assert_eq!(copy, piece);
        assert_ne!(copy.as_ptr(), piece.as_ptr());
        assert!(of(&[]).into_bytes().is_empty() && of(&[&empty]).into_copy().is_empty());
    }

    #[test]
    fn several_pieces_are_put_together() {
        let pieces = [Bytes::from("a"), Bytes::new(), Bytes::from("bcdefgh"), Bytes::from("ijk")];
        let body = || of(&pieces.each_ref());
        assert_eq!(
            (body().len(), body().into_bytes(), body().into_copy()),
            (11, "abcdefghijk".into(), "abcdefghijk".into())
        );
    }
}
