//! What the generator is given.

/// A file under `spec/`, as a program found it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Input {
    /// Its bytes.
    Read(Vec<u8>),
    /// Why it can't be read. It is reported with the other faults, and references to the file aren't faults.
    Unreadable(String),
}

/// A file that the generator can be given: anything that has bytes, or an [`Input`].
pub trait InputFile {
    /// The bytes.
    ///
    /// # Errors
    ///
    /// Why there are none.
    fn bytes(&self) -> Result<&[u8], &str>;
}

impl<T: AsRef<[u8]>> InputFile for T {
    fn bytes(&self) -> Result<&[u8], &str> {
        Ok(self.as_ref())
    }
}

impl InputFile for Input {
    fn bytes(&self) -> Result<&[u8], &str> {
        match self {
            Self::Read(bytes) => Ok(bytes),
            Self::Unreadable(reason) => Err(reason),
        }
    }
}
