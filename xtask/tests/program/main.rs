//! The built program, run in a small repository of its own.

mod bundle;
mod command_line;
mod lint;
mod regen;
mod reports;
mod server;
mod service;
mod workspace;
