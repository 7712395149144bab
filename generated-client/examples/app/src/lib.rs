//! A web application that signs people in with Descope or Nhost Auth, in every way that a browser can.
//!
//! Both services have the same pages. [`descope`] and [`nhost`] have a file for each way of signing in, to be read by
//! itself; the other modules are what a web application needs beside.

pub mod demo;
pub mod descope;
mod failure;
pub mod nhost;
mod pages;
mod site;
mod step;

pub use site::Site;
