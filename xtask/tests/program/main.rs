//! The built program, run in a small repository of its own.

mod command_line;
mod regen;
mod server;
mod service;
mod workspace;
