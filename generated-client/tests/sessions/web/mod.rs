//! Sessions of the requests of a web server.

mod cookies;
mod credentials;
mod ended;
mod example;
mod layer;
mod rejections;
mod sign_in;
mod sign_out;
