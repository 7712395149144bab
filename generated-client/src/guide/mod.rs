//! Guides: what an application has to know beside the pages of the items that it uses.
//!
//! The modules hold text and nothing else, and exist in the documentation alone.
//!
//! | guide | read it to |
//! | --- | --- |
//! | [`errors`] | decide what a failed call means, and whether to call again |
//! | [`secrets`] | keep tokens, codes and passwords out of logs and memory |
//! | [`features`] | compile less, or switch on more |
//! | [`tracing`] | see calls in logs and dashboards |
//! | [`testing`] | test an application without the service |
//! | [`management`] | administer users, tenants, roles and keys of a Descope project |
//! | [`upgrading`] | know what a new version may change |

pub mod errors;
pub mod features;
pub mod management;
pub mod secrets;
pub mod testing;
pub mod tracing;
pub mod upgrading;
