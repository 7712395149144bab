//! The built program, run in a small repository of its own.

mod approvals;
mod bundle;
mod changelog;
mod command_line;
mod diff;
mod drift;
mod lint;
mod regen;
mod reports;
#[cfg(unix)]
mod semver;
mod server;
mod service;
mod workspace;
