//! The client that plain progenitor makes of the operation.

#![allow(clippy::all, missing_docs, unreachable_pub, unused, reason = "progenitor wrote it")]

include!(concat!(env!("OUT_DIR"), "/plain.rs"));
