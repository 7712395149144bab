//! Declares objects.
//!
//! A declaration lists the members of an object, each as `name: Type = "nameOnTheWire"`. Required members stand in
//! parentheses, optional ones in braces. The member after a semicolon is a map that holds all members without a
//! declaration. What the service accepts of a text, or of each text in a list, stands behind the name as calls of
//! methods of [`Limits`](crate::runtime::Limits). `.within()` says that the value has parts with limits of their own.
//!
//! Where both requests and responses contain a type, `read_only { .. }` behind the braces holds the members that only
//! responses have.
//!
//! In a request a list or map that is empty is something else than one that is unset. So where requests contain a type,
//! each optional list or map of it is an `Option` of what the declaration says. In a response both are an empty one.
//!
//! ```text
//! request! {
//!     /// Who signs up.
//!     pub struct SignUpRequest(
//!         /// Email address.
//!         login_id: String = "loginId".length(1, 254),
//!     ) {
//!         /// Roles to give.
//!         role_names: Vec<String> = "roleNames",
//!     }
//! }
//! ```

/// Declares a type that only requests contain, as a part of their body. `new` takes the required members, and each
/// optional one has a setter. Unset members aren't sent. A type without required members has a default, and no `new`.
macro_rules! request {
    ($($declared:tt)*) => {
        $crate::runtime::declare::types::declare! {
            [
                types::request_structure, constructors::new_or_default, setters::setters, json::serialize,
                json::deserialize_strictly, limits::validate, shapes::object
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
                types::request_structure, constructors::new_or_default, setters::setters, setters::call_setters,
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
            [types::structure, constructors::default, json::deserialize, json::serialize_response, shapes::object]
            $($declared)*
        }
    };
}

/// Declares the headers of a response. It is like `response!`; the names on the wire are in lower case.
macro_rules! headers {
    ($($declared:tt)*) => {
        $crate::runtime::declare::types::declare! {
            [
                types::structure, types::response_headers, constructors::default, json::deserialize,
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
                types::request_structure, constructors::new, constructors::default, setters::setters, json::serialize,
                json::deserialize, limits::validate, shapes::object
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
                types::request_structure, constructors::new, constructors::default, setters::setters, setters::call_setters,
                json::serialize, json::deserialize, limits::validate, shapes::object
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
                = $required_wire:literal $(.$required_limit:ident $required_bounds:tt)*
        ),* $(,)?) {
            $(
                $(#$optional_meta:tt)*
                $optional:ident: $optional_type:ident $(<$($optional_of:ty),+>)?
                    = $optional_wire:literal $(.$optional_limit:ident $optional_bounds:tt)*
            ),* $(,)?
            $(; $(#$rest_meta:tt)* $rest:ident: $rest_type:ident $(<$($rest_of:ty),+>)?)?
        }
        $(read_only {$(
            $(#$read_only_meta:tt)*
            $read_only:ident: $read_only_type:ident $(<$($read_only_of:ty),+>)?
                = $read_only_wire:literal $(.$read_only_limit:ident $read_only_bounds:tt)*
        ),* $(,)?})?
    ) => {
        $crate::runtime::declare::types::implement! {
            $implemented {
                $name [$(#$meta)*]
                [$((
                    $required [$required_type $(<$($required_of),+>)?]
                    $required_wire [$(.$required_limit $required_bounds)*] [$(#$required_meta)*]
                ))*]
                [$((
                    $optional [$optional_type $(<$($optional_of),+>)?]
                    $optional_wire [$(.$optional_limit $optional_bounds)*] [$(#$optional_meta)*]
                ))*]
                [$(($rest [$rest_type $(<$($rest_of),+>)?] [$(#$rest_meta)*]))?]
                [$($((
                    $read_only [$read_only_type $(<$($read_only_of),+>)?]
                    $read_only_wire [$(.$read_only_limit $read_only_bounds)*] [$(#$read_only_meta)*]
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

/// The struct itself.
macro_rules! structure {
    (
        $name:ident [$(#$meta:tt)*]
        [$(($required:ident [$($required_type:tt)+] $_required_wire:tt $required_limits:tt [$(#$required_meta:tt)*]))*]
        [$(($optional:ident [$($optional_type:tt)+] $_optional_wire:tt $optional_limits:tt [$(#$optional_meta:tt)*]))*]
        [$(($rest:ident [$($rest_type:tt)+] [$(#$rest_meta:tt)*]))?]
        [$((
            $read_only:ident [$($read_only_type:tt)+] $_read_only_wire:tt $read_only_limits:tt
            [$(#$read_only_meta:tt)*]
        ))*]
    ) => {
        $(#$meta)*
        #[derive(Clone, PartialEq)]
        #[non_exhaustive]
        pub struct $name {
            $($(#$required_meta)* pub $required: $($required_type)+,)*
            $($(#$optional_meta)* pub $optional: $($optional_type)+,)*
            $($(#$rest_meta)* pub $rest: $($rest_type)+,)?
            $($(#$read_only_meta)* pub $read_only: $($read_only_type)+,)*
        }

        #[allow(deprecated, reason = "members are shown whether or not they are deprecated")]
        impl ::std::fmt::Debug for $name {
            #[inline]
            fn fmt(&self, f: &mut ::std::fmt::Formatter<'_>) -> ::std::fmt::Result {
                $crate::runtime::safe_debug::write_struct(
                    f,
                    stringify!($name $($required)* $($optional)* $($rest)? $($read_only)*),
                    &[
                        $($crate::runtime::declare::types::shown!($required_limits self.$required),)*
                        $($crate::runtime::declare::types::shown!($optional_limits self.$optional),)*
                        $($crate::runtime::declare::types::shown!([] self.$rest),)?
                        $($crate::runtime::declare::types::shown!($read_only_limits self.$read_only),)*
                    ],
                )
            }
        }

        impl $crate::runtime::safe_debug::SafeDebug for $name {}
    };
}

/// How `Debug` shows a member: by its safe text, or as it is if the spec says that it isn't sensitive.
macro_rules! shown {
    ([.not_sensitive()] $member:expr) => {
        &$crate::runtime::safe_debug::not_sensitive(&$member)
    };
    ($_limits:tt $member:expr) => {
        &$member
    };
}

/// `ResponseHeaders`, which lets a response read its headers as the type.
macro_rules! response_headers {
    ($name:ident $($_parts:tt)*) => {
        impl $crate::runtime::ResponseHeaders for $name {}
    };
}

/// The struct of a type that requests contain: an optional list or map is an `Option`, which is none if it is unset.
macro_rules! request_structure {
    (
        $name:ident $meta:tt $required:tt [$(($optional:ident [$($type:tt)+] $($parts:tt)*))*]
        $rest:tt $read_only:tt
    ) => {
        $crate::runtime::declare::types::structure! {
            $name $meta $required
            [$(($optional [$crate::runtime::declare::types::unset_or!($($type)+)] $($parts)*))*]
            $rest $read_only
        }
    };
}

/// The type of a member that can be unset.
macro_rules! unset_or {
    (Vec<$item:ty>) => { Option<Vec<$item>> };
    (BTreeMap<$name:ty, $value:ty>) => { Option<BTreeMap<$name, $value>> };
    (Map<$name:ty, $value:ty>) => { Option<Map<$name, $value>> };
    ($type:ty) => { $type };
}

pub(crate) use {
    body, body_and_response, declare, headers, implement, request, request_and_response, request_structure,
    response, response_headers, shown, structure, unset_or,
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
            "Profile { name: \"Ada\", claims: {email: text, …: number}, attributes: Some([2 texts]), list: [text, number], \
             named: {\"code\": number, \"…\": text}, boxed: Some(text), look: {\"colour\": String(\"red\")}, \
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
                login_id: String = "loginId".length(1, 254),
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
                (login_id [String] "loginId" [.length(1, 254)] [#[doc = r" Email address."]])
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
