//! Requests: how an operation is described, and how its arguments and its body are checked and encoded.

pub(crate) mod argument_group;
pub(crate) mod arguments;
pub(crate) mod body;
pub(crate) mod cookie;
pub(crate) mod encode;
mod expansion;
pub(crate) mod media_choice;
pub(crate) mod media_type;
#[cfg(feature = "multipart")]
mod multipart;
pub(crate) mod paging;
pub(crate) mod parameter;
pub(crate) mod payload;
#[cfg(feature = "operations")]
pub(crate) mod prepared;
pub(crate) mod spec;
pub(crate) mod url;
