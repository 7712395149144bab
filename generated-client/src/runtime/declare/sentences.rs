//! The sentences, headings and links that the documentation of all operations has.

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
            "[`", stringify!($first), "`](", stringify!($operation), "#method.", stringify!($first), ")",
            $(",\n [`", stringify!($other), "`](", stringify!($operation), "#method.", stringify!($other), ")",)*
            $(",\n and each optional member of [`", stringify!($members), "`]",)?
            ".",
        )
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

/// The heading of a list of statuses, if it isn't empty.
macro_rules! heading {
    ($heading:literal) => {
        ""
    };
    ($heading:literal $($status:literal)+) => {
        $heading
    };
}

pub(crate) use {heading, optional, retry, setters};
