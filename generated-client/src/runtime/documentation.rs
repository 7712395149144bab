//! The macros that generated modules document their operations with: what is said of many operations is written here,
//! or by [`shared_texts`], once.
//!
//! ```text
//! /// Exchange the code of a social login for a session.
//! #[doc = sent!(POST "/v1/auth/oauth/exchange", never, docs "https://docs.descope.com/api/oauth/exchange-code")]
//! /// The code is spent by the first call that arrives.
//! #[doc = errors!(400 BadRequest, 404 "There is no such code.", 429 RateLimited)]
//! #[doc = example!(descope)]
//! /// let response = client.oauth().exchange("7d1f0c2e").send().await?;
//! #[doc = example!(end)]
//! ```

#![allow(unused_macros, unused_imports, reason = "what of it generated code uses depends on the features")]

/// Method and path, the retry class, the page of the vendor's documentation, and the first version of the server that
/// has it. Why it is of that class can follow as text.
macro_rules! sent {
    ($method:ident $path:literal, $retry:ident $(, docs $page:literal)? $(, since $version:literal)?) => {
        concat!(
            "\n`", stringify!($method), " ", $path, "`", $(" ([documentation](", $page, "))",)? ".",
            $(" Only servers from version ", $version, " on have it.",)?
            " ", $crate::runtime::documentation::retry!($retry),
        )
    };
}

/// What the retry class of an operation means for its callers.
macro_rules! retry {
    (safe) => {
        "It changes nothing, so a failed call may be sent again."
    };
    (idempotent) => {
        "Twice is as good as once, so a failed call may be sent again."
    };
    (never) => {
        "It is never sent twice."
    };
}

/// The failures of an operation: each status with the name of what [`shared_texts`] declares, or with a text.
macro_rules! errors {
    ($($status:tt $($shared:ident)? $($text:literal)?),* $(,)?) => {
        concat!("\n# Errors" $(, "\n- ", stringify!($status), ":" $(, $shared!())? $(, " ", $text)?)*)
    };
}

/// Declares the texts of error responses and parameters that several operations share: each is a macro that is in scope
/// from here on.
macro_rules! shared_texts {
    ($($(#[doc = $line:literal])+ $name:ident,)*) => {$(
        #[allow(unused_macros, reason = "its operations may be switched off")]
        macro_rules! $name {
            () => {
                $crate::runtime::documentation::item!($($line),+)
            };
        }
    )*};
}

/// The lines of a doc comment as the text of an item of a list.
macro_rules! item {
    ($first:literal $(, $line:literal)*) => {
        concat!($first $(, "\n ", $line)*)
    };
}

/// What stands before an example and, as `example!(end)`, after it: the client of a service, and the credential that it
/// carries.
macro_rules! example {
    (end) => {
        "# Ok(()) }\n```"
    };
    ($service:ident $(<$credential:ident>)?) => {
        concat!(
            "\n# Example\n```no_run\n",
            "# use generated_client::", stringify!($service), "; ",
            "async fn example(client: ", stringify!($service), "::Client",
            $("<", stringify!($service), "::", stringify!($credential), ">",)?
            ") -> Result<(), ", stringify!($service), "::Error> {",
        )
    };
}

pub(crate) use {errors, example, item, retry, sent, shared_texts};
