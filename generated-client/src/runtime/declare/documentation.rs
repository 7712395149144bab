//! Documents the methods that call operations. Whatever is true of many operations is written here once, and whatever
//! is true of several errors is written once by [`shared_texts`].
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

/// A paragraph with the method and path, the page of the vendor's documentation, the first version of the server that
/// has the operation, and its retry class. The reason for the class can follow as text.
///
/// The text begins with two line breaks, because rustdoc removes one at the start of an attribute.
macro_rules! sent {
    ($method:ident $path:literal, $retry:ident $(, docs $page:literal)? $(, since $version:literal)?) => {
        concat!(
            "\n\n`", stringify!($method), " ", $path, "`", $(" ([documentation](", $page, "))",)? ".",
            $(" Only servers from version ", $version, " on have it.",)?
            " ", $crate::runtime::declare::documentation::retry!($retry),
        )
    };
}

/// What the retry class of an operation means for its callers.
macro_rules! retry {
    (safe) => {
        "It changes nothing that matters, so a failed call may be sent again."
    };
    (idempotent) => {
        "Sending it twice has the same effect as sending it once, so a failed call may be sent again."
    };
    (never) => {
        "It is never sent twice."
    };
}

/// The errors of an operation: each status with the name of an error that [`shared_texts`] declares, or with a text. The
/// last one may be `default`, for all other statuses. A status may be a range such as `5XX`.
macro_rules! errors {
    (
        $($status:literal $($shared:ident)? $($text:literal)?),* $(,)?
        $(default $($other:ident)? $($other_text:literal)?)?
    ) => {
        concat!(
            "\n\n# Errors" $(, "\n- ", stringify!($status), ":" $(, " ", $text)? $(, $shared!())?)*
            $(, "\n- any other:" $(, " ", $other_text)? $(, $other!())?)?
        )
    };
}

/// Declares the texts of error responses and parameters that several operations share. Each is a macro that is in scope from here on, and gives
/// the text as an item of a list, whose further lines are indented.
macro_rules! shared_texts {
    ($(#[doc = $first:literal] $(#[doc = $line:literal])* $name:ident,)*) => {$(
        #[allow(unused_macros, reason = "its operations may be switched off")]
        macro_rules! $name {
            () => {
                concat!($first $(, "\n ", $line)*)
            };
        }
    )*};
}

/// The lines before an example, which has a client of this service with this credential; and as `example!(end)` those
/// after it.
macro_rules! example {
    (end) => {
        "# Ok(()) }\n```"
    };
    ($service:ident $(<$credential:ident>)?) => {
        concat!(
            "\n\n# Example\n```no_run\n",
            "# use generated_client::", stringify!($service), "; ",
            "async fn example(client: ", stringify!($service), "::Client",
            $("<", stringify!($service), "::", stringify!($credential), ">",)?
            ") -> Result<(), ", stringify!($service), "::Error> {",
        )
    };
}

pub(crate) use {errors, example, retry, sent, shared_texts};

#[cfg(test)]
mod tests {
    shared_texts! {
        /// There is no such code, or
        /// it was used before.
        NoSuchCode,
    }

    #[test]
    fn how_an_operation_is_sent_is_a_paragraph() {
        assert_eq!(sent!(GET "/keys", never), "\n\n`GET /keys`. It is never sent twice.");
        assert_eq!(
            sent!(POST "/v1/exchange", safe, docs "https://a.example/b", since "0.33.0"),
            "\n\n`POST /v1/exchange` ([documentation](https://a.example/b)). Only servers from version 0.33.0 on have \
             it. It changes nothing that matters, so a failed call may be sent again."
        );
    }

    #[test]
    fn errors_are_a_list() {
        assert_eq!(
            errors!(400 "The body is wrong.", 404 NoSuchCode, 5XX "It is down.", default NoSuchCode),
            "\n\n# Errors\n- 400: The body is wrong.\n\
             - 404: There is no such code, or\n  it was used before.\n- 5XX: It is down.\n\
             - any other: There is no such code, or\n  it was used before."
        );
    }

    #[test]
    fn an_example_stands_in_a_function() {
        let text = [example!(descope<RefreshToken>), " call().await?;", example!(end)].join("\n");
        assert_eq!(
            text,
            "\n\n# Example\n```no_run\n# use generated_client::descope; async fn example(client: \
             descope::Client<descope::RefreshToken>) -> Result<(), descope::Error> {\n call().await?;\n\
             # Ok(()) }\n```"
        );
    }
}
