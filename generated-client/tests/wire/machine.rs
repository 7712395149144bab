//! A machine without certificates, seen by the program `authctl`, whose environment can be set.

use std::process::{Command, Output};

use crate::harness::{Server, json};

/// Calls an operation at this URL, on a machine that has no certificates.
fn calls(url: &str) -> Output {
    let mut command = Command::new(env!("CARGO_BIN_EXE_authctl"));
    command.args(["call", "nhost", "system_version", "--base-url", url, "--retries", "0"]).env_clear();
    command.envs([("SSL_CERT_FILE", "/nonexistent"), ("SSL_CERT_DIR", "/nonexistent")]).output().unwrap()
}

#[tokio::test(flavor = "multi_thread")]
async fn plain_http_to_this_machine_needs_no_certificates() {
    let server = Server::answering(json(200, r#"{"version":"1.2.3"}"#)).await;
    let output = calls(&server.uri());
    assert!(output.status.success(), "{output:?}");
    assert!(String::from_utf8(output.stdout).unwrap().contains("1.2.3"));
}

/// On other systems the certificates don't come from files. Where `native-tls` is on, `authctl` uses it, and that looks for
/// certificates only when it connects.
#[test]
#[cfg(all(target_os = "linux", not(feature = "native-tls")))]
fn otherwise_the_error_says_what_is_missing_and_what_to_do() {
    let output = calls("https://127.0.0.1:9");
    assert!(!output.status.success());
    let text = String::from_utf8(output.stderr).unwrap();
    assert!(text.contains("nhost: the HTTP client can't be built ("), "{text}");
    assert!(text.contains("No CA certificates were loaded from the system"), "{text}");
    // The library names a setting as well, which a program has and this one has no option for.
    let mended = "): install the certificates of the system (often the package `ca-certificates`), or let `SSL_CERT_FILE` \
                  name a file of them";
    assert!(text.contains(mended) && !text.contains("http_client_builder"), "{text}");
}
