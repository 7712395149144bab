//! A design of methods that are described by data: rustdoc's text and the entry of the table of operations are both
//! made of one declaration. No program has to take texts apart again.
//!
//! The doc comment of a method is its summary and description. All else stands in parts that begin with a word, in this
//! order. A text stands on lines of its own, so that a changed text is a change of these lines alone.

#![allow(dead_code, unreachable_pub, reason = "it stands for generated code")]

/// What the table of operations says of a method.
#[derive(Debug, PartialEq)]
struct Described {
    /// The lines of the doc comment. The first paragraph is the summary.
    text: &'static [&'static str],
    /// The required arguments and what is said of each.
    arguments: &'static [(&'static str, &'static [&'static str])],
    /// The page of the vendor's documentation.
    documentation: Option<&'static str>,
    /// The first version of the server that has the operation.
    since: Option<&'static str>,
    /// Why the operation has its retry class.
    reason: &'static [&'static str],
    /// The errors, each with its status: `404`, `5XX` or, as the last one, `any other`.
    errors: &'static [(&'static str, &'static str)],
}

impl Described {
    /// The paragraphs of the doc comment.
    fn paragraphs(&self) -> Vec<String> {
        self.text.split(|line| line.is_empty()).map(|lines| lines.concat().trim().to_owned()).collect()
    }
}

/// Declares methods, and a table of what is said of them.
macro_rules! methods {
    (
        impl $handle:ident;
        $(
            $(#[doc = $line:literal])*
            pub fn $method:ident $inputs:tt -> $output:ty { $($part:tt)* }
        )*
    ) => {
        impl $handle {
            $(method! { $method $inputs [$output] [$($line)*] $($part)* })*
        }

        const DESCRIBED: &[Described] = &[$(described! { [$($line)*] $($part)* }),*];
    };
}

/// A method with its rustdoc.
macro_rules! method {
    ($method:ident ($($input:tt)*) [$output:ty] $text:tt $($part:tt)*) => {
        #[doc = rustdoc! { $text $($part)* }]
        pub fn $method($($input)*) -> $output {
            body! { $($part)* }
        }
    };
}

/// The last part, which is the body of the method.
macro_rules! body {
    (call $body:block) => { $body };
    ($_part:tt $($rest:tt)*) => { body! { $($rest)* } };
}

/// The text of rustdoc. Each line begins with a blank, like those of a doc comment.
macro_rules! rustdoc {
    (
        [$($line:literal)*]
        $(argument $argument:ident { $(#[doc = $argument_line:literal])* })*
        request $verb:ident $path:literal;
        $(documentation $page:literal;)?
        $(since $version:literal;)?
        $(credential $credential:ident;)?
        retry $retry:ident { $(#[doc = $reason:literal])* }
        errors {
            $($status:literal $($shared:ident)? $($error:literal)?),*
            $(; default $($other:ident)? $($other_error:literal)?)?
        }
        example $service:ident { $(#[doc = $code:literal])* }
        call $_body:block
    ) => {
        concat!(
            $($line, "\n",)*
            $("\n - `", stringify!($argument), "`:" $(, $argument_line, "\n")*,)*
            "\n | | |\n | --- | --- |",
            "\n | Request | `", stringify!($verb), " ", $path, "` |",
            $("\n | Credential | [`", stringify!($credential), "`] |",)?
            "\n | Retry | ", retry!($retry) $(, $reason)*, " |",
            $("\n | Documentation | <", $page, "> |",)?
            $("\n | Since | server version ", $version, " |",)?
            "\n\n # Errors\n",
            $("\n - ", stringify!($status), ": ", $($shared!(),)? $($error,)?)*
            $("\n - any other: ", $($other!(),)? $($other_error,)?)?
            "\n\n # Example\n\n ```no_run\n # use generated_client::", stringify!($service), ";\n",
            $($code, "\n",)*
            " ```",
        )
    };
}

/// The entry of the table.
macro_rules! described {
    (
        [$($line:literal)*]
        $(argument $argument:ident { $(#[doc = $argument_line:literal])* })*
        request $verb:ident $path:literal;
        $(documentation $page:literal;)?
        $(since $version:literal;)?
        $(credential $credential:ident;)?
        retry $retry:ident { $(#[doc = $reason:literal])* }
        errors {
            $($status:literal $($shared:ident)? $($error:literal)?),*
            $(; default $($other:ident)? $($other_error:literal)?)?
        }
        example $($_rest:tt)*
    ) => {
        Described {
            text: &[$($line),*],
            arguments: &[$((stringify!($argument), &[$($argument_line),*])),*],
            documentation: optional!($($page)?),
            since: optional!($($version)?),
            reason: &[$($reason),*],
            errors: &[
                $((stringify!($status), concat!($($shared!())? $($error)?)),)*
                $(("any other", concat!($($other!())? $($other_error)?)),)?
            ],
        }
    };
}

macro_rules! optional {
    () => {
        None
    };
    ($value:literal) => {
        Some($value)
    };
}

macro_rules! retry {
    (never) => {
        "It is never sent twice."
    };
    (safe) => {
        "It changes nothing that matters, so a failed call may be sent again."
    };
}

macro_rules! BadRequest {
    () => {
        "The request is wrong."
    };
}

struct Oauth;

methods! {
    impl Oauth;

    /// Exchange the code of a social login for a session.
    ///
    /// The last step: takes the value of the query parameter `code` with which
    /// the browser came back.
    pub fn exchange(&self, code: &str) -> String {
        argument code {
            /// What the browser
            /// came back with.
        }
        request POST "/v1/auth/oauth/exchange";
        documentation "https://docs.example/exchange-code";
        credential RefreshToken;
        retry never {
            /// The code is spent by the first call that arrives.
        }
        errors { 400 BadRequest, 404 "There is no such code. Begin again."; default "Any other error." }
        example descope {
            /// let session = client.oauth().exchange("7d1f0c2e").send().await?;
        }
        call { code.to_owned() }
    }

    /// Say whether the service is up.
    pub fn health(&self) -> String {
        request GET "/healthz";
        since "0.33.0";
        retry safe {}
        errors { 400 BadRequest }
        example descope {
            /// client.oauth().health().send().await?;
        }
        call { "up".to_owned() }
    }
}

#[test]
fn the_method_is_what_it_was() {
    assert_eq!((Oauth.exchange("c"), Oauth.health()), ("c".to_owned(), "up".to_owned()));
}

#[test]
fn the_table_holds_the_parts_as_data() {
    let [exchange, health] = DESCRIBED else { panic!("not two") };
    assert_eq!(
        exchange.paragraphs(),
        [
            "Exchange the code of a social login for a session.",
            "The last step: takes the value of the query parameter `code` with which the browser came back.",
        ]
    );
    assert_eq!(exchange.arguments, [("code", &[" What the browser", " came back with."][..])]);
    assert_eq!(exchange.documentation, Some("https://docs.example/exchange-code"));
    assert_eq!(exchange.reason, [" The code is spent by the first call that arrives."]);
    assert_eq!(
        exchange.errors,
        [
            ("400", "The request is wrong."),
            ("404", "There is no such code. Begin again."),
            ("any other", "Any other error."),
        ]
    );
    assert_eq!((health.since, health.documentation, health.reason.len()), (Some("0.33.0"), None, 0));
}

#[test]
fn rustdoc_has_the_same_parts_as_text() {
    let text = rustdoc! {
        [" Say whether the service is up."]
        argument id {
            /// Whose.
        }
        request GET "/healthz";
        documentation "https://docs.example/health";
        since "0.33.0";
        credential RefreshToken;
        retry never {
            /// It counts.
        }
        errors { 400 BadRequest, 5XX "It is down."; default "Any other error." }
        example descope {
            /// client.health().send().await?;
        }
        call {}
    };
    assert_eq!(
        text,
        " Say whether the service is up.\n\n \
         - `id`: Whose.\n\n \
         | | |\n | --- | --- |\n \
         | Request | `GET /healthz` |\n \
         | Credential | [`RefreshToken`] |\n \
         | Retry | It is never sent twice. It counts. |\n \
         | Documentation | <https://docs.example/health> |\n \
         | Since | server version 0.33.0 |\n\n \
         # Errors\n\n \
         - 400: The request is wrong.\n \
         - 5XX: It is down.\n \
         - any other: Any other error.\n\n \
         # Example\n\n \
         ```no_run\n # use generated_client::descope;\n client.health().send().await?;\n ```"
    );
}
