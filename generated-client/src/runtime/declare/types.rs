//! Declares objects.
//!
//! A declaration lists the members of an object, each as `name: Type = "name"`, or as `name: Type as "nameOnTheWire"` where
//! it has another name on the wire; rustdoc shows that name then, and finds the member by it. Required members stand in
//! parentheses, optional ones in braces. The member after a semicolon is a map that holds all members without a
//! declaration. What the service accepts of a text, or of each text in a list, stands behind the name as calls of methods
//! of [`Limits`](crate::runtime::Limits). `.within()` says that the value has parts with limits of their own.
//!
//! Where both requests and responses contain a type, `read_only { .. }` behind the braces holds the members that only
//! responses have.
//!
//! In a request an empty list or map is something else than an unset one. So where requests contain a type, each of its
//! optional lists and maps is an `Option` of what the declaration says. In a response, an absent list or map is read as an
//! empty one.
//!
//! ```text
//! request! {
//!     /// Who signs up.
//!     pub struct SignUpRequest(
//!         /// Email address.
//!         login_id: String as "loginId".length(1, 254),
//!     ) {
//!         /// Roles to give.
//!         role_names: Vec<String> as "roleNames",
//!     }
//! }
//! ```

/// Declares a type that only requests contain, as a part of their body. `new` takes the required members, and each
/// optional one has a setter. Unset members aren't sent. A type without required members has a default, and no `new`.
macro_rules! request {
    ($($declared:tt)*) => {
        $crate::runtime::declare::types::declare! {
            [
                structures::request_structure, constructors::new_or_default, setters::setters, json::serialize,
                json::deserialize_strictly, limits::validate, shapes::object
            ]
            $($declared)*
        }
    };
}

/// Declares a type that only requests contain, and that can be read without the feature `both-directions`, too, since its
/// values come from somewhere else.
macro_rules! readable_request {
    ($($declared:tt)*) => {
        $crate::runtime::declare::types::declare! {
            [
                structures::request_structure, constructors::new_or_default, setters::setters, json::serialize,
                json::read_strictly, limits::validate, shapes::object
            ]
            $($declared)*
        }
    };
}

/// Declares a type that is the whole body of a request, and that can be read without the feature `both-directions`, too.
macro_rules! readable_body {
    ($($declared:tt)*) => {
        $crate::runtime::declare::types::declare! {
            [
                structures::request_structure, constructors::new_or_default, setters::setters, setters::call_setters,
                json::serialize, json::read_strictly, limits::validate, shapes::object
            ]
            $($declared)*
        }
    };
}

/// Declares a type that is the whole body of a request. It is like `request!`, but the setters exist on each `Call`
/// with such a body as well.
macro_rules! body {
    ($($declared:tt)*) => {
        $crate::runtime::declare::types::declare! {
            [
                structures::request_structure, constructors::new_or_default, setters::setters, setters::call_setters,
                json::serialize, json::deserialize_strictly, limits::validate, shapes::object
            ]
            $($declared)*
        }
    };
}

/// Declares a type that only responses contain. Any member may be absent or null, and has its default then.
macro_rules! response {
    ($($declared:tt)*) => {
        $crate::runtime::declare::types::declare! {
            [structures::structure, constructors::default, json::deserialize, json::serialize_response, shapes::object]
            $($declared)*
        }
    };
}

/// Declares a type that only responses contain, and that can be written without the feature `both-directions`, too, so that
/// it can be stored.
macro_rules! writable_response {
    ($($declared:tt)*) => {
        $crate::runtime::declare::types::declare! {
            [structures::structure, constructors::default, json::deserialize, json::serialize, shapes::object]
            $($declared)*
        }
    };
}

/// Declares a type that only responses contain, and that is handed on to somebody else. What was read is written exactly, so
/// an empty list is something else than an absent one.
macro_rules! relayed_response {
    ($($declared:tt)*) => {
        $crate::runtime::declare::types::declare! {
            [structures::request_structure, constructors::default, json::deserialize, json::serialize, shapes::object]
            $($declared)*
        }
    };
}

/// Declares the headers of a response. It is like `response!`; the names on the wire are in lower case.
macro_rules! headers {
    ($($declared:tt)*) => {
        $crate::runtime::declare::types::declare! {
            [
                structures::structure, structures::response_headers, constructors::default, json::deserialize,
                json::serialize_response, shapes::object
            ]
            $($declared)*
        }
    };
}

/// Declares a type that both requests and responses contain, as a part of their body.
macro_rules! request_and_response {
    ($($declared:tt)*) => {
        $crate::runtime::declare::types::declare! {
            [
                structures::request_structure, constructors::new, constructors::default, setters::setters,
                json::serialize, json::deserialize, limits::validate, shapes::object
            ]
            $($declared)*
        }
    };
}

/// Declares a type that is the whole body of a request, and that responses contain too.
macro_rules! body_and_response {
    ($($declared:tt)*) => {
        $crate::runtime::declare::types::declare! {
            [
                structures::request_structure, constructors::new, constructors::default, setters::setters,
                setters::call_setters, json::serialize, json::deserialize, limits::validate, shapes::object
            ]
            $($declared)*
        }
    };
}

/// Brings a declaration into the canonical form, and hands it to each macro of the list.
macro_rules! declare {
    (
        $implemented:tt
        $(#$meta:tt)*
        pub struct $name:ident($(
            $(#$required_meta:tt)*
            $required:ident: $required_type:ident $(<$($required_of:ty),+>)?
                $(= $required_wire:literal)? $(as $required_renamed:literal)?
                $(.$required_limit:ident $required_bounds:tt)*
        ),* $(,)?) {
            $(
                $(#$optional_meta:tt)*
                $optional:ident: $optional_type:ident $(<$($optional_of:ty),+>)?
                    $(= $optional_wire:literal)? $(as $optional_renamed:literal)?
                    $(.$optional_limit:ident $optional_bounds:tt)*
            ),* $(,)?
            $(; $(#$rest_meta:tt)* $rest:ident: $rest_type:ident $(<$($rest_of:ty),+>)?)?
        }
        $(read_only {$(
            $(#$read_only_meta:tt)*
            $read_only:ident: $read_only_type:ident $(<$($read_only_of:ty),+>)?
                $(= $read_only_wire:literal)? $(as $read_only_renamed:literal)?
                $(.$read_only_limit:ident $read_only_bounds:tt)*
        ),* $(,)?})?
    ) => {
        $crate::runtime::declare::types::implement! {
            $implemented {
                $name [$(#$meta)*]
                [$((
                    $required [$required_type $(<$($required_of),+>)?]
                    $($required_wire)? $($required_renamed)? [$(.$required_limit $required_bounds)*]
                    [$(#$required_meta)* $(
                        #[cfg_attr(
                            doc,
                            doc = concat!("\n\n In JSON: `", $required_renamed, "`."),
                            doc(alias = $required_renamed)
                        )]
                    )?]
                ))*]
                [$((
                    $optional [$optional_type $(<$($optional_of),+>)?]
                    $($optional_wire)? $($optional_renamed)? [$(.$optional_limit $optional_bounds)*]
                    [$(#$optional_meta)* $(
                        #[cfg_attr(
                            doc,
                            doc = concat!("\n\n In JSON: `", $optional_renamed, "`."),
                            doc(alias = $optional_renamed)
                        )]
                    )?]
                ))*]
                [$(($rest [$rest_type $(<$($rest_of),+>)?] [$(#$rest_meta)*]))?]
                [$($((
                    $read_only [$read_only_type $(<$($read_only_of),+>)?]
                    $($read_only_wire)? $($read_only_renamed)? [$(.$read_only_limit $read_only_bounds)*]
                    [$(#$read_only_meta)* $(
                        #[cfg_attr(
                            doc,
                            doc = concat!("\n\n In JSON: `", $read_only_renamed, "`."),
                            doc(alias = $read_only_renamed)
                        )]
                    )?]
                ))*)?]
            }
        }
    };
}

/// Hands a declaration in its canonical form to each macro of the list.
macro_rules! implement {
    ([$($module:ident::$macro:ident),*] $declaration:tt) => {
        $($crate::runtime::declare::$module::$macro! $declaration)*
    };
}

pub(crate) use {
    body, body_and_response, declare, headers, implement, readable_body, readable_request, relayed_response,
    request, request_and_response, response, writable_response,
};

#[cfg(test)]
#[allow(dead_code, missing_docs, unreachable_pub, reason = "it stands for generated code")]
mod tests {
    use super::super::testing::assert_tokens;
    use crate::runtime::codegen::*;
    use serde_json::json;

    response! {
        pub struct Profile(
            name: String = "name",
        ) {
            claims: Map<String, Value> = "claims",
            attributes: Option<Value> = "attributes",
            list: Vec<Value> = "list",
            named: BTreeMap<String, Value> = "named",
            boxed: Option<Box<Value>> = "boxed",
            look: Map<String, Value> = "look".not_sensitive();
            rest: Map<String, Value>
        }
    }

    #[test]
    fn debug_shows_the_outline_of_free_form_json() {
        let profile: Profile = serde_json::from_value(json!({
            "name": "Ada",
            "claims": {"email": "s3cret", "s3cret": 7},
            "attributes": ["s3cret", "s3cret"],
            "list": ["s3cret", 7],
            "named": {"s3cret": "s3cret", "code": 1},
            "boxed": "s3cret",
            "look": {"colour": "red"},
            "more": "s3cret",
        }))
        .unwrap();
        assert_eq!(
            format!("{profile:?}"),
            "Profile { name: \"Ada\", claims: {email: text, …: number}, attributes: Some([2 texts]), \
             list: [text, number], named: {\"code\": number, \"…\": text}, boxed: Some(text), \
             look: {\"colour\": String(\"red\")}, \
             rest: {more: text} }"
        );
        assert!(!format!("{profile:#?}").contains("s3cret"));
    }

    request_and_response! {
        pub struct Door() {
            plan: Option<Nullable<Value>> = "plan",
            keys: Option<Secret<Vec<Nullable<String>>>> = "keys",
        } read_only {
            serial: Option<String> = "serial",
            notes: Option<Value> = "notes",
            stamps: Option<Value> = "stamps".not_sensitive(),
        }
    }

    #[test]
    fn debug_shows_what_only_responses_have_and_what_can_be_null() {
        let door: Door = serde_json::from_value(json!({
            "plan": "s3cret", "keys": ["s3cret", null], "serial": "7", "notes": {"s3cret": "s3cret"}, "stamps": "A",
        }))
        .unwrap();
        assert_eq!(
            format!("{door:?}"),
            "Door { plan: Some(Value(text)), keys: Some(Secret(..)), serial: Some(\"7\"), notes: Some({…: text}), \
             stamps: Some(String(\"A\")) }"
        );
        let cleared = Door::default().plan(Nullable::Null);
        assert!(format!("{cleared:?}").starts_with("Door { plan: Some(Null), keys: None,"), "{cleared:?}");
    }

    #[test]
    fn a_declaration_is_brought_into_its_canonical_form() {
        super::declare! {
            [testing::show]
            /// Who signs up.
            pub struct SignUpRequest(
                /// Email address.
                login_id: String as "loginId".length(1, 254),
                codes: Vec<Secret> = "codes",
            ) {
                #[deprecated]
                labels: BTreeMap<String, Vec<i64>> = "labels".length(1, 3).pattern("^a"),
                options: Option<Box<Options>> = "options".within();
                /// All others.
                rest: Map<String, Value>
            } read_only {
                /// Who it is.
                id: Option<String> = "id",
            }
        }
        assert_tokens(
            SHOWN,
            r#"SignUpRequest [#[doc = r" Who signs up."]]
            [
                (login_id [String] "loginId" [.length(1, 254)] [#[doc = r" Email address."]
                    #[cfg_attr(doc, doc = concat!("\n\n In JSON: `", "loginId", "`."), doc(alias = "loginId"))]])
                (codes [Vec<Secret>] "codes" [] [])
            ]
            [
                (labels [BTreeMap<String, Vec<i64>>] "labels" [.length(1, 3).pattern("^a")] [#[deprecated]])
                (options [Option<Box<Options>>] "options" [.within()] [])
            ]
            [(rest [Map<String, Value>] [#[doc = r" All others."]])]
            [(id [Option<String>] "id" [] [#[doc = r" Who it is."]])]"#,
        );
    }

    #[test]
    fn what_is_not_declared_leaves_its_brackets_empty() {
        super::declare! { [testing::show] pub struct Nothing() {} }
        assert_tokens(SHOWN, "Nothing [] [] [] [] []");
    }
}
