//! The sentences, headings and links that the documentation of all operations has.

/// The lines of a text, if there are any. All but the first are indented so that they belong to an item of a list.
macro_rules! text {
    ([]) => {
        ""
    };
    ([$first:literal $($line:literal)*]) => {
        concat!($first $(, "\n  ", $line)*)
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

/// The lines of a further paragraph of an item, if there are any.
macro_rules! paragraph {
    () => {
        ""
    };
    ($($line:literal)+) => {
        concat!("\n" $(, "\n  ", $line)+)
    };
}

/// The section about the optional arguments of a method, if there are any. Each name leads to the setter on the page of
/// the call's type, whose documentation says what the argument is for.
macro_rules! optional {
    ($operation:ident [] []) => {
        ""
    };
    ($operation:ident [] [$members:ident]) => {
        concat!(
            "\n\n # Optional arguments\n\n Each optional member of [`", stringify!($members),
            "`] is set on the call, [`", stringify!($operation), "`].",
        )
    };
    ($operation:ident [$first:ident $($other:ident)*] [$($members:ident)?]) => {
        concat!(
            "\n\n # Optional arguments\n\n These are set on the call, [`", stringify!($operation), "`]:\n ",
            $crate::runtime::declare::sentences::setter!($operation $first),
            $(",\n ", $crate::runtime::declare::sentences::setter!($operation $other),)*
            $(",\n and each optional member of [`", stringify!($members), "`]",)?
            ".",
        )
    };
}

/// A link to a setter on the page of the call's type.
macro_rules! setter {
    ($operation:ident $name:ident) => {
        concat!("[`", stringify!($name), "`](", stringify!($operation), "#method.", stringify!($name), ")")
    };
}

/// The sentence about the setters of a call, if it has any.
macro_rules! setters {
    () => {
        ""
    };
    ($($optional:ident)+) => {
        "\n\n The last of the methods below set its optional arguments, and the others are those of every call."
    };
}

/// The type of a response, if it has one.
macro_rules! response_type {
    ([]) => {
        ""
    };
    ([$type:literal]) => {
        concat!(", ", $type)
    };
}

/// The heading of a list of statuses, if it isn't empty.
macro_rules! heading {
    ($title:literal) => {
        ""
    };
    ($title:literal $($status:tt)+) => {
        concat!("\n\n # ", $title, "\n")
    };
}

/// The status of a response or error, which can be a range such as `5XX`.
macro_rules! status {
    (default) => {
        "any other"
    };
    ($status:literal) => {
        stringify!($status)
    };
}

/// The lines before the call of an example: a function that is given a client of this service with this credential.
macro_rules! example {
    ($service:ident [$($credential:ident)?]) => {
        concat!(
            "\n\n # Example\n\n ```no_run\n",
            " use generated_client::", stringify!($service), ";\n\n",
            " async fn example(\n     client: ", stringify!($service), "::Client",
            $("<", stringify!($service), "::", stringify!($credential), ">",)?
            ",\n ) -> Result<(), ", stringify!($service), "::Error> {\n",
        )
    };
}

pub(crate) use {example, heading, optional, paragraph, response_type, retry, setter, setters, status, text};
