//! What a token can be given as.

use crate::Secret;

/// A token as an argument: a text or a [`Secret`], or an `Option` of either, whose `None` is a missing token.
pub trait AsToken {
    /// The token; empty if there is none.
    fn token(&self) -> &str;
}

impl AsToken for str {
    fn token(&self) -> &str {
        self
    }
}

impl AsToken for String {
    fn token(&self) -> &str {
        self
    }
}

impl AsToken for Secret {
    fn token(&self) -> &str {
        self.expose()
    }
}

impl<T: AsToken + ?Sized> AsToken for &T {
    fn token(&self) -> &str {
        (**self).token()
    }
}

impl<T: AsToken> AsToken for Option<T> {
    fn token(&self) -> &str {
        self.as_ref().map_or("", AsToken::token)
    }
}
