//! How a server is set up.

use generated_client::sessions::Algorithm;

/// How a server is set up. The default is a server where everything is on.
#[derive(Clone, Debug)]
#[non_exhaustive]
pub struct NhostSettings {
    /// What is before the paths of all operations: empty, or `/v1`.
    pub prefix: String,
    /// The algorithm that signs access tokens.
    pub algorithm: Algorithm,
}

impl Default for NhostSettings {
    fn default() -> Self {
        Self { prefix: String::new(), algorithm: Algorithm::Rs256 }
    }
}
