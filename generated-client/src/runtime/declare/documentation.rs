//! Documents the methods that call operations. The text of a method is declared in parts. `rustdoc!` makes of them what
//! rustdoc shows for the method, `of_call!` what it shows for the type of the call, and `described!` the data in the table
//! of operations. Whatever is true of many operations is written here once, and the texts that several operations share
//! are declared once by `shared_texts!`.
//!
//! The parts stand in this order. Behind some of them a text can follow.
//!
//! ```text
//! //! Exchange the code of a social login for a session.
//! //!
//! //! The code works once.
//! #![argument(code)]
//! //! The value of the query parameter `code`.
//! #![argument(provider, ProviderParameter)]
//! #![optional(redirect_url, ..LoginOptions)]
//! #![request(POST "/v1/auth/oauth/exchange")]
//! #![documentation("https://docs.descope.com/api/oauth/exchange-code")]
//! #![since("0.33.0")]
//! #![retry(never)]
//! //! The first call that arrives uses up the code.
//! #![response(200, "[`Session`]")]
//! //! The session.
//! #![body]
//! //! ```json
//! //! {"sessionJwt": "eyJhbGciOi"}
//! //! ```
//! #![error(400, BadRequest)]
//! #![error(404)]
//! //! There is no such code.
//! #![error("any other", OtherError)]
//! #![example(descope)]
//! //! let response = client.oauth().exchange("7d1f0c2e").send().await?;
//! ```
//!
//! `optional` lists what has a setter: parameters and members of the body, and behind two dots a type whose optional
//! members all have one. The text behind the status of a response is its type, with links.
//!
//! Each line of a text begins with the blank behind the marks of its comment, so rustdoc's text is put together with a
//! blank at the start of each line, too. The macros put a text together in one `concat!`, because a macro of its own for
//! each part of it would take the compiler longer than all else that a method needs.

/// Brings the parts of a method's text into a canonical form, in which each has a name, and hands them to a macro.
macro_rules! documentation {
    (
        $taker:ident [call($($call:tt)*)]
        $([doc = $line:literal])*
        $([argument($argument:ident $(, $argument_name:ident)?)] $([doc = $argument_line:literal])*)*
        $([optional($($optional:ident),* $(,)? $(..$members:ident)?)])*
        [request($method:ident $path:literal)]
        $([documentation($page:literal)])?
        $([since($version:literal)])?
        [retry($retry:ident)] $([doc = $reason:literal])*
        $(
            [response($success:literal $(, $success_type:literal)?)] $([doc = $success_line:literal])*
            $([body] $([doc = $body:literal])*)?
        )*
        $([error($status:literal $(, $error_name:ident)?)] $([doc = $error_line:literal])*)*
        [example($service:ident $(<$credential:ident>)?)] $([doc = $code:literal])*
    ) => {
        $crate::runtime::declare::documentation::$taker! {
            call: [$($call)*],
            text: [$($line)*],
            arguments: [$(($argument [$($argument_name)?] [$($argument_line)*]))*],
            optional: [$($($optional)*)*] [$($($members)?)*],
            request: [$method $path],
            documentation: [$($page)?],
            since: [$($version)?],
            retry: [$retry $($reason)*],
            responses: [$(($success [$($success_type)?] [$($success_line)*] [$([$($body)*])?]))*],
            errors: [$(($status [$($error_name)?] [$($error_line)*]))*],
            example: [$service [$($credential)?] $($code)*]
        }
    };
}

/// The parts as rustdoc's text of the method.
macro_rules! rustdoc {
    (
        call: [$handle:ident $called:ident $operation:ident],
        text: [$($line:literal)*],
        arguments: [$(($argument:ident [$($argument_name:ident)?] [$($argument_line:literal)*]))*],
        optional: $optional:tt $members:tt,
        request: [$method:ident $path:literal],
        documentation: [$($page:literal)?],
        since: [$($version:literal)?],
        retry: [$retry:ident $($reason:literal)*],
        responses: [$((
            $success:literal [$($success_type:literal)?] [$($success_line:literal)*] [$([$($body:literal)*])?]
        ))*],
        errors: [$(($status:literal [$($error_name:ident)?] [$($error_line:literal)*]))*],
        example: [$service:ident [$($credential:ident)?] $($code:literal)*]
    ) => {
        concat!(
            $($line, "\n",)*
            $(
                "\n - `", stringify!($argument), "`:", $("\n  ", $argument_name!(),)? $("\n  ", $argument_line,)*
            )*
            "\n\n `", stringify!($method), " ", $path, "`", $(" ([documentation](", $page, "))",)? ".",
            $(" Only servers from version ", $version, " on have it.",)?
            "\n ", $crate::runtime::declare::sentences::retry!($retry), $("\n", $reason,)*
            $crate::runtime::declare::sentences::optional!($operation $optional $members),
            $crate::runtime::declare::sentences::heading!("\n\n # Responses\n" $($success)*),
            $(
                "\n - ", $success, $(", ", $success_type,)? ":", $("\n  ", $success_line,)*
                $("\n", $("\n  ", $body,)*)?
            )*
            $crate::runtime::declare::sentences::heading!("\n\n # Errors\n" $($status)*),
            $("\n - ", $status, ":", $("\n  ", $error_name!(),)? $("\n  ", $error_line,)*)*
            "\n\n # Example\n\n ```no_run\n use generated_client::", stringify!($service),
            ";\n\n async fn example(\n     client: ", stringify!($service), "::Client",
            $("<", stringify!($service), "::", stringify!($credential), ">",)?
            ",\n ) -> Result<(), ", stringify!($service), "::Error> {\n",
            $("    ", $code, "\n",)*
            "     Ok(())\n }\n ```",
        )
    };
}

/// The parts as rustdoc's text of the type of the call, behind its first line. What follows it on the page is the list of
/// its methods, which are the setters and what sends the call.
macro_rules! of_call {
    (
        call: $_call:tt,
        text: $_text:tt,
        arguments: $_arguments:tt,
        optional: [$($optional:ident)*] [$($members:ident)*],
        request: $_request:tt,
        documentation: $_documentation:tt,
        since: $_since:tt,
        retry: $_retry:tt,
        responses: [$(($success:literal [$($success_type:literal)?] [$($success_line:literal)*] $_body:tt))*],
        errors: $_errors:tt,
        example: $_example:tt
    ) => {
        concat!(
            $crate::runtime::declare::sentences::setters!($($optional)* $($members)*),
            $crate::runtime::declare::sentences::heading!("\n\n # Responses\n" $($success)*),
            $("\n - ", $success, $(", ", $success_type,)? ":", $("\n  ", $success_line,)*)*
        )
    };
}

/// The parts as data.
#[cfg(feature = "operations")]
macro_rules! described {
    (
        call: $_call:tt,
        text: [$($line:literal)*],
        arguments: [$(($argument:ident [$($argument_name:ident)?] [$($argument_line:literal)*]))*],
        optional: $_optional:tt $_members:tt,
        request: $_request:tt,
        documentation: $page:tt,
        since: $version:tt,
        retry: [$retry:ident $($reason:literal)*],
        responses: [$(($success:literal $_success_type:tt [$($success_line:literal)*] $_body:tt))*],
        errors: [$(($status:literal [$($error_name:ident)?] [$($error_line:literal)*]))*],
        example: $_example:tt
    ) => {
        $crate::runtime::Documentation {
            link: $crate::runtime::declare::documentation::some!($page),
            since: $crate::runtime::declare::documentation::some!($version),
            text: concat!(
                $($line, "\n",)*
                $("\n@argument ", stringify!($argument), $("\n", $argument_name!(),)? $("\n", $argument_line,)*)*
                "\n@retry\n ", $crate::runtime::declare::sentences::retry!($retry), $("\n", $reason,)*
                $("\n@response ", $success, $("\n", $success_line,)*)*
                $("\n@error ", $status, $("\n", $error_name!(),)? $("\n", $error_line,)*)*
            ),
        }
    };
}

/// A part of a method's text that may be missing, as an `Option`.
#[cfg(feature = "operations")]
macro_rules! some {
    ([]) => {
        None
    };
    ([$value:literal]) => {
        Some($value)
    };
}

/// Declares the texts of error responses and parameters that several operations share. Each becomes a macro that is in
/// scope from here on, and expands to the text, whose lines after the first are indented like those of an item of a list.
/// It has to be called directly as an argument of `concat!`, and not within a further macro: only for a direct argument
/// does the compiler wait until `shared_texts!` has declared the macro.
macro_rules! shared_texts {
    ($(#[doc = $first:literal] $(#[doc = $line:literal])* $name:ident,)*) => {$(
        #[allow(unused_macros, reason = "its operations may be switched off")]
        macro_rules! $name {
            () => {
                concat!($first $(, "\n  ", $line)*)
            };
        }
    )*};
}

/// The text of a member that has nothing to say beyond the text of its type: it refers to the type.
macro_rules! see {
    ($name:ident) => {
        concat!(" See [`", stringify!($name), "`].")
    };
}

#[cfg(feature = "operations")]
pub(crate) use {described, some};
pub(crate) use {documentation, of_call, rustdoc, see, shared_texts};

#[cfg(test)]
mod tests {
    shared_texts! {
        /// There is no such code, or
        /// it was used before.
        NoSuchCode,
    }

    /// A method with all parts, for the macro that is named.
    macro_rules! exchange {
        ($taker:ident) => {
            documentation! {
                $taker [call(Oauth exchange OauthExchange)]
                [doc = " Exchange a code."] [doc = ""] [doc = " The code"] [doc = " works once."]
                [argument(code)] [doc = " What the browser"] [doc = " returned with."]
                [argument(other, NoSuchCode)]
                [optional(locale, redirect_url)]
                [optional(test, ..Options)]
                [request(POST "/v1/exchange")]
                [documentation("https://a.example/b")]
                [since("0.33.0")]
                [retry(never)] [doc = " The code"] [doc = " is spent."]
                [response(200, "[`Session`]")] [doc = " The session,"] [doc = " which is new."]
                [body] [doc = " ```json"] [doc = " {}"] [doc = " ```"]
                [response(204)] [doc = " Nothing."]
                [error(400)] [doc = " The body is wrong. Mend it."]
                [error(404, NoSuchCode)]
                [error("5XX")] [doc = " It is down."]
                [error("any other", NoSuchCode)]
                [example(descope<RefreshToken>)] [doc = " call().await?;"]
            }
        };
    }

    /// A method with only those parts that every method has.
    macro_rules! health {
        ($taker:ident) => {
            documentation! {
                $taker [call(System health SystemHealth)] [doc = " Say whether it is up."]
                    [request(GET "/healthz")] [retry(safe)] [example(nhost)]
            }
        };
    }

    #[test]
    fn rustdoc_shows_all_parts() {
        assert_eq!(
            exchange!(rustdoc),
            " Exchange a code.\n\n The code\n works once.\n\n \
             - `code`:\n   What the browser\n   returned with.\n \
             - `other`:\n   There is no such code, or\n   it was used before.\n\n \
             `POST /v1/exchange` ([documentation](https://a.example/b)). \
             Only servers from version 0.33.0 on have it.\n \
             It is never sent twice.\n The code\n is spent.\n\n \
             # Optional arguments\n\n These are set on the call, [`OauthExchange`]:\n \
             [`locale`](OauthExchange#method.locale),\n \
             [`redirect_url`](OauthExchange#method.redirect_url),\n \
             [`test`](OauthExchange#method.test),\n \
             and each optional member of [`Options`].\n\n \
             # Responses\n\n \
             - 200, [`Session`]:\n   The session,\n   which is new.\n\n   ```json\n   {}\n   ```\n \
             - 204:\n   Nothing.\n\n \
             # Errors\n\n \
             - 400:\n   The body is wrong. Mend it.\n \
             - 404:\n   There is no such code, or\n   it was used before.\n \
             - 5XX:\n   It is down.\n \
             - any other:\n   There is no such code, or\n   it was used before.\n\n \
             # Example\n\n \
             ```no_run\n use generated_client::descope;\n\n async fn example(\n     client: \
             descope::Client<descope::RefreshToken>,\n ) -> Result<(), descope::Error> {\n     call().await?;\n     \
             Ok(())\n }\n ```"
        );
        assert_eq!(
            health!(rustdoc),
            " Say whether it is up.\n\n\n `GET /healthz`.\n \
             It changes nothing that matters, so a failed call may be sent again.\n\n \
             # Example\n\n \
             ```no_run\n use generated_client::nhost;\n\n async fn example(\n     client: nhost::Client,\n ) \
             -> Result<(), nhost::Error> {\n     Ok(())\n }\n ```"
        );
    }

    #[test]
    fn rustdoc_shows_what_a_call_gives() {
        assert_eq!(
            exchange!(of_call),
            "\n\n The last of the methods below set its optional arguments, and the others are those of every call.\
             \n\n # Responses\n\n \
             - 200, [`Session`]:\n   The session,\n   which is new.\n \
             - 204:\n   Nothing."
        );
        assert_eq!(health!(of_call), "");
    }

    #[cfg(feature = "operations")]
    #[test]
    fn the_same_parts_are_data() {
        let exchange = exchange!(described);
        assert_eq!(exchange.summary(), "Exchange a code.");
        assert_eq!(exchange.description(), ["The code works once."]);
        assert_eq!(exchange.argument("code"), Some("What the browser returned with.".to_owned()));
        assert_eq!(
            exchange.argument("other"),
            Some("There is no such code, or it was used before.".to_owned())
        );
        assert_eq!(exchange.argument("none"), None);
        assert_eq!((exchange.link, exchange.since), (Some("https://a.example/b"), Some("0.33.0")));
        assert_eq!(exchange.retry(), "It is never sent twice. The code is spent.");
        assert_eq!(
            exchange.responses(),
            [("200", "The session, which is new.".to_owned()), ("204", "Nothing.".to_owned())]
        );
        let shared = "There is no such code, or it was used before.".to_owned();
        assert_eq!(
            exchange.errors(),
            [
                ("400", "The body is wrong. Mend it.".to_owned()),
                ("404", shared.clone()),
                ("5XX", "It is down.".to_owned()),
                ("any other", shared),
            ]
        );
        let health = health!(described);
        assert!(health.link.is_none() && health.since.is_none());
        assert!(health.responses().is_empty());
        assert!(health.description().is_empty() && health.errors().is_empty());
    }

    #[test]
    fn a_member_leads_to_its_type() {
        assert_eq!(see!(Session), " See [`Session`].");
    }
}
