//! The program `authctl`, run as it is built, against servers on loopback.

mod calls;
mod faults;
mod printed;
mod program;
mod secrets;
