//! The statuses of responses: which ones mean success, and how they are written.

use std::fmt;

/// The status of a response that means success.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) enum Status {
    /// `200`.
    Exact(u16),
    /// `2XX`, by its first digit.
    Range(u16),
    /// `default`, where no response says what success is.
    Default,
}

impl Status {
    /// Reads the key of a response of an operation whose responses have these keys; `None` if it means an error.
    pub(crate) fn success<'a>(status: &str, mut all: impl Iterator<Item = &'a str>) -> Option<Self> {
        match status {
            "2XX" => Some(Self::Range(2)),
            "3XX" => Some(Self::Range(3)),
            "default" => all.all(|status| !is_success(status)).then_some(Self::Default),
            _ => status.parse().ok().filter(|code| (200..400).contains(code)).map(Self::Exact),
        }
    }

    /// Whether it is one of a redirect.
    pub(crate) fn is_redirect(self) -> bool {
        matches!(self, Self::Exact(300..400) | Self::Range(3))
    }

    /// The number, if it is one.
    pub(crate) fn exact(self) -> Option<u16> {
        match self {
            Self::Exact(status) => Some(status),
            _ => None,
        }
    }

    /// A number that stands for it.
    pub(crate) fn example(self) -> u16 {
        match self {
            Self::Exact(status) => status,
            Self::Range(3) => 302,
            Self::Range(_) | Self::Default => 200,
        }
    }
}

/// Whether a status means success by itself.
fn is_success(status: &str) -> bool {
    status.starts_with(['2', '3'])
}

/// As it stands in the spec.
impl fmt::Display for Status {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Exact(status) => write!(f, "{status}"),
            Self::Range(digit) => write!(f, "{digit}XX"),
            Self::Default => f.write_str("default"),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::Status;

    #[test]
    fn default_means_success_where_nothing_else_does() {
        let read = |status, all: &[&'static str]| Status::success(status, all.iter().copied());
        assert_eq!(read("default", &["default", "404"]), Some(Status::Default));
        assert_eq!(read("default", &["default", "2XX"]), None);
        assert_eq!(read("default", &["default", "304"]), None);
        assert_eq!(read("204", &["204", "default"]), Some(Status::Exact(204)));
        assert_eq!(read("4XX", &["4XX"]), None);
        assert_eq!(read("500", &["500"]), None);
    }

    #[test]
    fn each_is_written_as_it_stands_in_the_spec() {
        for status in ["200", "2XX", "3XX", "default"] {
            assert_eq!(Status::success(status, [status].into_iter()).unwrap().to_string(), status);
        }
    }
}
