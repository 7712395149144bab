//! The program `authctl`, run as it is built, against servers on loopback.

mod calls;
mod faults;
mod paging;
mod printed;
mod program;
#[cfg(unix)]
#[path = "../support/terminal.rs"]
mod pseudo_terminal;
mod secrets;
#[cfg(unix)]
mod terminal;
#[allow(dead_code, reason = "other tests need more of it")]
#[path = "../support/timeouts.rs"]
mod timeouts;
