//! The client that plain progenitor generates for the operation.

#![allow(clippy::all, missing_docs, unreachable_pub, unused, reason = "progenitor wrote it")]

include!(concat!(env!("OUT_DIR"), "/plain.rs"));
